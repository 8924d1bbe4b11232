//! Everything once more, with a way back to each part, and the button that makes the customer.

use account_changes::{Creation, Stage};
use account_rules::{Entry, Field, Signed, has_agreements, refused_fields};

use super::{AddStep, agreement, company, contact, domain, go, make};
use crate::i18n::{self, t};
use crate::pages::form::{label, said, spoken};
use crate::paths::{CustomerKey, Page};
use crate::state::{Work, root};
use crate::ui::{El, advice, advised_fault, button, el, icon, link};

pub(super) fn content() -> El {
    let form = &root().add.form;
    root().rules.want(&form.peek(Entry::Field(Field::Country)));
    let who = fields(&company::ALL);
    let person = fields(&contact::ALL);
    el("div", "stack stack-24")
        .live(outcome)
        .child(block(AddStep::Company, t::add::company_title(), who, company::why))
        .child(block(AddStep::Contact, t::add::person_title(), person, contact::why))
        .child(block(AddStep::Agreement, t::add::agreement(), agreed(), agreement::why))
        .child(said("info", t::add::review_text()))
}

/// The values of fields that the country has.
fn fields(wanted: &'static [Field]) -> El {
    el("div", "contents").live(move || {
        let form = &root().add.form;
        let country = form.country_form()?;
        let code = form.country();
        let mut list = el("dl", "facts");
        for field in wanted {
            let has = *field == Field::Country || country.new.iter().any(|input| input.field == *field);
            let value = if *field == Field::Domain { domain::whole() } else { spoken(form, *field) };
            if has && value != "—" {
                let value = el("dd", "").child(el("bdi", "").text(&value));
                list = list.child(el("dt", "").text(&label(*field, &code))).child(value);
            }
        }
        Some(list)
    })
}

fn agreed() -> El {
    el("div", "contents").live(|| {
        let words = if !has_agreements(root().config.cloud) {
            t::add::agreement_not_here().to_owned()
        } else if agreement::is_attested() {
            let signer = agreement::signer();
            let day = match agreement::day() {
                Signed::On(day) => i18n::date(day),
                Signed::NoDay | Signed::Future => "—".to_owned(),
            };
            t::add::agreed_by(&day, &[signer.first_name.as_str(), " ", &signer.last_name].concat())
        } else {
            t::add::agreement_later_means().to_owned()
        };
        Some(el("p", "measure").child(el("bdi", "").text(&words)))
    })
}

/// A part of what was typed, with what is missing in it and the way there.
fn block(step: AddStep, title: &str, content: El, why: fn() -> Option<String>) -> El {
    let change = link("btn btn-small push", &Page::Add(step).href())
        .attr("aria-label", &t::add::change_of(title))
        .child(icon("edit"))
        .text(t::add::change());
    el("section", "section")
        .child(el("div", "section-head").child(el("h2", "").text(title)).child(change))
        .live(move || {
            let why = why()?;
            Some(el("p", "status is-warn").child(icon("warn")).child(el("span", "").text(&why)))
        })
        .child(content)
}

/// What came of trying, if it was not made.
fn outcome() -> Option<El> {
    root().add.work.with(|work| match work {
        Work::Going(stage) => {
            let words = match stage {
                Stage::Sending => t::add::sending(),
                Stage::Settling => t::add::settling(),
                Stage::Verifying => t::add::verifying(),
            };
            let line = el("p", "status is-run").attr("role", "status").child(icon("clock"));
            Some(line.child(el("span", "").text(words)))
        }
        Work::Ended(Creation::Refused(error)) => {
            let code = root().add.form.peek(Entry::Field(Field::Country));
            let named: Vec<String> =
                refused_fields(error).iter().map(|(field, _)| label(*field, &code)).collect();
            let words =
                if named.is_empty() { advice(error) } else { t::add::refused_fields(&named.join(", ")) };
            Some(advised_fault(t::add::refused(), &words, error, None))
        }
        Work::Ended(Creation::Taken(owner, error)) => {
            let panel = advised_fault(t::add::taken(), t::add::taken_text(), error, None);
            Some(match owner {
                Some(owner) => {
                    let key = CustomerKey::Id(owner.id.as_str().to_ascii_lowercase());
                    let open = link("btn", &Page::customer(key).href())
                        .child(el("bdi", "").text(&t::add::open(&owner.company_profile.company_name)));
                    el("div", "stack")
                        .child(panel)
                        .child(el("p", "").text(t::add::taken_by_yours()))
                        .child(open)
                }
                None => panel,
            })
        }
        Work::Ended(Creation::Unsettled { error, free }) => {
            let words = if *free { t::add::unsettled_free() } else { t::add::unsettled() };
            let again = button("btn", make::look).child(icon("refresh")).text(t::add::look_again());
            let panel = advised_fault(t::add::unsettled_title(), words, error, None);
            Some(el("div", "stack").child(panel).child(el("div", "line").child(again)))
        }
        Work::None | Work::Ended(_) | Work::Made(_) => None,
    })
}

/// Why it cannot be made yet. Who calls this is told of changes.
fn why() -> Option<String> {
    if root().add.is_going() {
        return Some(t::add::why_going().to_owned());
    }
    company::why().or_else(contact::why).or_else(agreement::why)
}

pub(super) fn foot() -> El {
    super::foot(Some(AddStep::Agreement), t::add::make(), why, || {
        if root().add.is_going() {
            return;
        }
        let missing = [
            (AddStep::Company, company::why()),
            (AddStep::Contact, contact::why()),
            (AddStep::Agreement, agreement::why()),
        ];
        match missing.into_iter().find(|(_, why)| why.is_some()) {
            Some((step, _)) => go(step),
            None => make::make(),
        }
    })
}
