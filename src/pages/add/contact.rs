//! Whom Microsoft writes to, and in which language.

use account_rules::Field;

use super::{AddStep, company, go};
use crate::i18n::t;
use crate::pages::form::{all_right, fields, label, rules_note};
use crate::state::root;
use crate::ui::{El, el};

const PERSON: &[Field] = &[Field::FirstName, Field::LastName, Field::Email, Field::Phone];
const LETTERS: &[Field] = &[Field::Language, Field::Culture];
/// What has to be right before going on.
pub(super) const ALL: [Field; 6] =
    [Field::FirstName, Field::LastName, Field::Email, Field::Phone, Field::Language, Field::Culture];

pub(super) fn content() -> El {
    let form = &root().add.form;
    root().rules.want(&form.peek(account_rules::Entry::Field(Field::Country)));
    let person = el("section", "section")
        .child(el("h2", "").text(t::add::person_title()))
        .child(el("p", "support measure").text(t::add::person_text()))
        .child(rules_note(form))
        .child(fields(form, PERSON));
    let letters = el("section", "section")
        .child(el("h2", "").text(t::add::letters_title()))
        .child(fields(form, LETTERS));
    el("div", "split split-form")
        .child(el("div", "stack stack-24").child(person).child(letters))
        .child(company::rail(form))
}

/// Why one cannot go on yet. Who calls this is told of changes.
pub(super) fn why() -> Option<String> {
    let form = &root().add.form;
    let code = form.country();
    if code.is_empty() {
        return Some(t::add::why_country().to_owned());
    }
    match form.wrong(&ALL).as_slice() {
        [] => None,
        [one] => Some(t::add::why_field(&label(*one, &code))),
        more => Some(t::add::why_fields(more.len())),
    }
}

pub(super) fn foot() -> El {
    super::foot(Some(AddStep::Company), t::add::to_agreement(), why, || {
        let form = &root().add.form;
        if form.country().is_empty() {
            go(AddStep::Company);
        } else if all_right(form, &ALL) {
            go(AddStep::Agreement);
        }
    })
}
