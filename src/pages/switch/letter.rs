//! The message that tells the customer what happens and what it has to do, in its own language.

use std::rc::Rc;

use leptos::prelude::untrack;
use partner_center::Customer;

use super::name;
use crate::i18n::{self, t};
use crate::pages::letters::fetch;
use crate::paths;
use crate::state::root;
use crate::ui::{El, Watched, button, copy_and_tell, el, follow, icon, link, shared, small_icon, value_of};

struct Letter {
    language: Watched<String>,
    /// `None` when it could not be loaded.
    text: Watched<Option<String>>,
    customer: String,
    partner: String,
}

/// The section. `partner` is the other partner.
pub(super) fn section(customer: &Customer, partner: &str) -> El {
    let profile = customer.billing_profile.as_ref();
    let wanted = profile.and_then(|profile| profile.language.clone().or_else(|| profile.culture.clone()));
    let wanted = wanted.unwrap_or_else(i18n::language).to_ascii_lowercase();
    let language = i18n::LANGUAGES.into_iter().find(|code| wanted.starts_with(code)).unwrap_or("en");
    let letter = Rc::new(Letter {
        language: Watched::new(language.to_owned()),
        text: Watched::new(Some(String::new())),
        customer: name(customer).to_owned(),
        partner: partner.to_owned(),
    });
    load(&letter);
    let shown = letter.clone();
    el("section", "section")
        .child(el("h2", "").text(t::switch::letter()))
        .child(el("p", "support measure").text(t::switch::letter_what()))
        .child(choice(&letter))
        .live(move || {
            let there = shown.text.with(Option::is_some);
            Some(if there {
                untrack(|| message(&shown))
            } else {
                el("p", "support").text(t::switch::letter_failed())
            })
        })
}

fn load(letter: &Rc<Letter>) {
    let letter = letter.clone();
    let language = letter.language.peek(String::clone);
    fetch("transfer/", &language.clone(), move |text| {
        // Somebody may have chosen another one meanwhile.
        if letter.language.peek(|now| *now == language) {
            letter.text.set(text);
        }
    });
}

fn choice(letter: &Rc<Letter>) -> El {
    let now = letter.language.peek(String::clone);
    let options = i18n::LANGUAGES.map(|code| {
        let option = el("option", "").attr("value", code).text(&i18n::language_name(code));
        if code == now { option.attr("selected", "") } else { option }
    });
    let changed = letter.clone();
    let select =
        el("select", "").attr("id", "letter-language").children(options).on("change", move |event| {
            changed.language.set(value_of(&event));
            load(&changed);
        });
    el("div", "field")
        .child(el("label", "").attr("for", "letter-language").text(t::switch::letter_language()))
        .child(el("div", "input").child(select).child(small_icon("chevron-down")))
}

/// Subject and text, filled in.
fn filled(letter: &Letter) -> (String, String) {
    let own = root().session.with(|session| Some(session.as_ref()?.partner.as_ref()?.name.clone()));
    let values = [
        ("{customer}", letter.customer.as_str()),
        ("{partner}", own.as_deref().unwrap_or("…")),
        ("{other}", &letter.partner),
    ];
    letter.text.with(|text| account_rules::fill(text.as_deref().unwrap_or_default(), &values))
}

fn message(letter: &Rc<Letter>) -> El {
    let typed = shared(None::<String>);
    let text = {
        let (letter, typed) = (letter.clone(), typed.clone());
        Rc::new(move || typed.get().unwrap_or_else(|| filled(&letter).1))
    };
    let (written, shown, copied, mailed, of) = (typed, text.clone(), text.clone(), text, letter.clone());
    let area = el("textarea", "")
        .attr("id", "letter-text")
        .attr("rows", "14")
        .on("input", move |event| written.set(Some(value_of(&event))));
    follow(&area, move || shown());
    let mail = link("btn", "").live_attr("href", move || {
        let body = paths::encode(&mailed().replace('\n', "\r\n"));
        Some(["mailto:?subject=", &paths::encode(&filled(&of).0), "&body=", &body].concat())
    });
    el("div", "stack")
        .child(
            el("div", "field")
                .child(el("label", "").attr("for", "letter-text").text(t::request::message()))
                .child(el("div", "input").child(area)),
        )
        .child(
            el("div", "line wrap")
                .child(
                    button("btn", move || copy_and_tell(untrack(|| copied())))
                        .child(icon("copy"))
                        .text(t::request::copy()),
                )
                .child(mail.child(icon("mail")).text(t::request::mail())),
        )
}
