//! The billing profile as a form.

use account_rules::{Entry, Field};

use std::time::Duration;

use crate::i18n::t;
use crate::pages::form::{
    Verdict, address_check, all_right, bar, check_address, country_field, fields, label, primary, rules_note,
    said, verdict,
};
use crate::state::{EditStep, root};
use crate::ui::{El, button, el, icon};

const COMPANY: &[Field] = &[Field::CompanyName];
const ADDRESS: &[Field] =
    &[Field::AddressLine1, Field::AddressLine2, Field::City, Field::State, Field::PostalCode];
const PERSON: &[Field] = &[Field::FirstName, Field::LastName, Field::Email, Field::Phone];
const LETTERS: &[Field] = &[Field::Language, Field::Culture];

pub(super) fn form() -> El {
    let edit = &root().edit;
    let form = &edit.form;
    root().rules.want(&form.peek(Entry::Field(Field::Country)));
    let part =
        |title: &str, fields: El| el("section", "section").child(el("h2", "").text(title)).child(fields);
    let name_hint = el("div", "contents").live(move || {
        let changed = edit.changes(true).iter().any(|change| change.path == Field::CompanyName.path());
        changed.then(|| said("info", t::account::rename()))
    });
    let address = el("div", "stack")
        .child(el("div", "fields").child(country_field(form, "span-3")))
        .child(rules_note(form))
        .child(
            el("div", "contents")
                .child(fields(form, ADDRESS))
                .on("focusout", move |_| check_changed_address())
                .on("change", move |_| check_changed_address()),
        )
        .child(address_check(form));
    el("div", "stack stack-24")
        .live(restored)
        .child(part(t::customer::billing(), el("div", "stack").child(fields(form, COMPANY)).child(name_hint)))
        .child(part(t::add::address_title(), address))
        .child(part(t::add::person_title(), fields(form, PERSON)))
        .child(part(t::add::letters_title(), fields(form, LETTERS)))
        .child(foot())
        .on("keydown", |event| {
            use wasm_bindgen::JsCast;
            let key: &web_sys::KeyboardEvent = event.unchecked_ref();
            if (key.ctrl_key() || key.meta_key()) && matches!(key.key().as_str(), "Enter" | "s") {
                event.prevent_default();
                review();
            }
        })
}

/// An address that nobody has changed is not asked about: it is the customer's, as it is.
fn check_changed_address() {
    let edit = &root().edit;
    let is_of_address = |path: &str| Field::ADDRESS.iter().any(|field| field.path() == path);
    if edit.changes(false).iter().any(|change| is_of_address(change.path)) {
        check_address(&edit.form, Duration::from_millis(300));
    }
}

fn restored() -> Option<El> {
    let edit = &root().edit;
    edit.restored.get().then(|| {
        let discard = button("btn btn-small", || root().edit.discard());
        bar("", "history", t::add::restored(), Some(discard.text(t::add::discard())))
    })
}

/// Why the changes cannot be looked at yet. Who calls this is told of changes.
fn why() -> Option<String> {
    let edit = &root().edit;
    let changes = edit.changes(true);
    if changes.is_empty() {
        return Some(t::account::why_nothing().to_owned());
    }
    // What was wrong before and was not touched is not this person's to mend now.
    let touched: Vec<Field> = Field::ALL
        .into_iter()
        .filter(|field| changes.iter().any(|change| change.path == field.path()))
        .collect();
    let code = edit.form.country();
    if code.is_empty() {
        return Some(t::add::why_country().to_owned());
    }
    match edit.form.wrong(&touched).as_slice() {
        [] => {}
        [one] => return Some(t::add::why_field(&label(*one, &code))),
        more => return Some(t::add::why_fields(more.len())),
    }
    (verdict(&edit.form) == Verdict::Open).then(|| t::add::why_address().to_owned())
}

/// The changes once more, if they can be sent.
fn review() {
    let edit = &root().edit;
    let touched: Vec<Field> = Field::ALL
        .into_iter()
        .filter(|field| edit.changes(false).iter().any(|change| change.path == field.path()))
        .collect();
    if all_right(&edit.form, &touched) && leptos::prelude::untrack(why).is_none() {
        edit.step.set(EditStep::Reviewing);
        crate::ui::focus("#account-review");
    }
}

fn foot() -> El {
    let edit = &root().edit;
    let undo = button("btn", || root().edit.discard())
        .live_attr("aria-disabled", move || edit.changes(true).is_empty().then(|| "true".to_owned()))
        .child(icon("undo"))
        .text(t::account::undo());
    let words = move || t::account::review(edit.changes(true).len());
    el("div", "foot foot-in-page").child(undo).child(primary(words, why, review))
}
