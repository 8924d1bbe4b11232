//! The company, its domain and its address, as its country writes them.

use std::time::Duration;

use account_rules::{Entry, Field};
use leptos::prelude::{request_animation_frame, untrack};

use super::{AddStep, domain, go};
use crate::i18n::{self, t};
use crate::pages::form::{
    Verdict, address_check, all_right, check_address, country_field, fields, label, rules_note, verdict,
};
use crate::state::{CountryForm, DomainState, Form, root};
use crate::ui::{El, el, focus, live};

const COMPANY: &[Field] = &[Field::CompanyName, Field::Registration];
const ADDRESS: &[Field] =
    &[Field::AddressLine1, Field::AddressLine2, Field::City, Field::State, Field::PostalCode];
/// What has to be right before going on.
pub(super) const ALL: [Field; 9] = [
    Field::CompanyName,
    Field::Registration,
    Field::Country,
    Field::Domain,
    Field::AddressLine1,
    Field::AddressLine2,
    Field::City,
    Field::State,
    Field::PostalCode,
];

pub(super) fn content() -> El {
    let form = &root().add.form;
    let company = el("section", "section")
        .child(el("h2", "").text(t::add::company_title()))
        .child(el("div", "fields").child(country_field(form, "span-3")))
        .child(rules_note(form))
        .child(fields(form, COMPANY))
        .child(el("div", "contents").live(move || {
            form.revision.with(|_| ());
            let input = form.input(Field::Domain)?;
            Some(untrack(|| el("div", "fields").child(domain::field(form, &input))))
        }));
    let address = el("section", "section")
        .live(move || form.country_form().map(|_| el("h2", "").text(t::add::address_title())))
        .child(
            el("div", "contents")
                .child(fields(form, ADDRESS))
                // Whoever has left the address has written it.
                .on("focusout", move |_| check_address(form, Duration::from_millis(300)))
                .on("change", move |_| check_address(form, Duration::from_millis(300))),
        )
        .child(address_check(form));
    el("div", "split split-form")
        .child(el("div", "stack stack-24").child(company).child(address))
        .child(rail(form))
}

/// What the country demands, beside the work.
pub(super) fn rail(form: &'static Form) -> El {
    el("aside", "rail stack").attr("aria-label", t::form::rules()).live(move || {
        let country = form.country_form()?;
        let name = i18n::region_name(&country.rules.iso2_code);
        Some(
            el("div", "stack")
                .child(el("h2", "").text(&t::form::rules_of(&name)))
                .child(el("p", "support").text(t::form::rules_what()))
                .child(facts(&country)),
        )
    })
}

fn facts(country: &CountryForm) -> El {
    let code = &country.rules.iso2_code;
    let demanded = country.new.iter().filter(|input| {
        matches!(
            input.field,
            Field::Registration | Field::PostalCode | Field::State | Field::City | Field::Phone
        )
    });
    let mut list = el("dl", "facts facts-1");
    for input in demanded {
        let need = if input.required { t::form::demanded() } else { t::form::not_demanded() };
        let sample = match &input.sample {
            Some(sample) => [need, ", ", &t::form::for_example(sample)].concat(),
            None if !input.choices.is_empty() => {
                [need, ", ", &t::form::of_a_list(input.choices.len())].concat()
            }
            None => need.to_owned(),
        };
        list = list.child(el("dt", "").text(&label(input.field, code))).child(el("dd", "").text(&sample));
    }
    let languages: Vec<String> =
        country.rules.supported_languages.iter().map(|code| i18n::language_name(code)).collect();
    if languages.is_empty() {
        return list;
    }
    list.child(el("dt", "").text(t::form::languages())).child(el("dd", "").text(&languages.join(", ")))
}

/// Why one cannot go on yet. Who calls this is told of changes.
pub(super) fn why() -> Option<String> {
    let form = &root().add.form;
    if form.country().is_empty() {
        return Some(t::add::why_country().to_owned());
    }
    let wrong = form.wrong(&ALL);
    let code = form.country();
    match wrong.as_slice() {
        [] => {}
        [one] => return Some(t::add::why_field(&label(*one, &code))),
        more => return Some(t::add::why_fields(more.len())),
    }
    if let Some(why) = domain::why() {
        return Some(why.to_owned());
    }
    (verdict(form) == Verdict::Open).then(|| t::add::why_address().to_owned())
}

pub(super) fn foot() -> El {
    live(Box::new(go_on));
    super::foot(Some(AddStep::Who), t::add::to_contact(), why, || {
        let form = &root().add.form;
        if form.country().is_empty() {
            form.see(&[Entry::Field(Field::Country)]);
            return focus(&["#", &form.id(Field::Country)].concat());
        }
        if all_right(form, &ALL) {
            check_address(form, Duration::ZERO);
            root().add.onward.set(true);
        }
    })
}

/// Goes on once everything is checked: a press on the button while a check is under way is not lost.
fn go_on() {
    let add = &root().add;
    let form = &add.form;
    if !add.onward.get() {
        return;
    }
    let (address, domain) = (verdict(form), domain::why());
    let is_asking = add.domain.with(|state| matches!(state, DomainState::Asking));
    match (address, domain) {
        (Verdict::Settled, None) => go(AddStep::Contact),
        // What is to be chosen from is there with the next frame.
        (Verdict::Open, _) => {
            request_animation_frame(|| focus("#add-address-1, #add-address-0, .status + .btn"));
        }
        (Verdict::Settled, Some(_)) if !is_asking => focus(&["#", &form.id(Field::Domain)].concat()),
        _ => return,
    }
    add.onward.set(false);
}
