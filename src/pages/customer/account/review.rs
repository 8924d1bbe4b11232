//! Only what was changed, once more; and what came of sending it.

use account_changes::{Edit as Change, Stage};
use account_rules::{Field, refused_fields};
use partner_center::{CustomerId, Error};

use super::send;
use crate::i18n::t;
use crate::pages::form::{label, said, spoken_text};
use crate::state::{EditStep, root};
use crate::ui::{El, advice, advised_fault, button, el, icon};

/// The field of a change.
pub(super) fn field_of(change: &Change) -> Option<Field> {
    Field::ALL.into_iter().find(|field| field.path() == change.path)
}

pub(super) fn review(id: &CustomerId) -> El {
    let changes = root().edit.changes(false);
    let renamed = changes.iter().any(|change| change.path == Field::CompanyName.path());
    el("div", "stack stack-24")
        .child(table(&changes))
        .maybe(renamed.then(|| said("info", t::account::rename())))
        .child(foot(id, &t::account::send(changes.len()), t::account::back_to_form()))
}

/// Each change: what it is about, as it was, as it will be.
fn table(changes: &[Change]) -> El {
    let code = root().edit.form.peek(account_rules::Entry::Field(Field::Country));
    let head = |text: &str| el("th", "").attr("scope", "col").text(text);
    let rows = changes.iter().filter_map(|change| {
        let field = field_of(change)?;
        let value = |tag: &str, text: &str| {
            el("td", "").child(el(tag, "").child(el("bdi", "").text(&spoken_text(field, text))))
        };
        Some(
            el("tr", "")
                .child(el("th", "").attr("scope", "row").text(&label(field, &code)))
                .child(value("del", &change.before))
                .child(value("ins", &change.mine)),
        )
    });
    el("section", "section")
        .child(
            el("h2", "")
                .attr("id", "account-review")
                .attr("tabindex", "-1")
                .text(&t::account::changes(changes.len())),
        )
        .child(
            el("table", "table diff-table")
                .attr("aria-labelledby", "account-review")
                .child(
                    el("thead", "").child(
                        el("tr", "")
                            .child(head(t::account::field()))
                            .child(head(t::account::before()))
                            .child(head(t::account::after())),
                    ),
                )
                .child(el("tbody", "").children(rows)),
        )
}

fn foot(id: &CustomerId, words: &str, back: &str) -> El {
    let id = id.clone();
    let back = button("btn", || root().edit.step.set(EditStep::Typing)).text(back);
    let send = button("btn btn-primary", move || send::send(&id)).attr("id", "account-send").text(words);
    el("div", "foot foot-in-page").child(back).child(el("span", "push").child(send))
}

/// While it is being sent.
pub(super) fn sending(stage: Stage) -> El {
    let words = match stage {
        Stage::Sending => t::account::sending(),
        Stage::Settling => t::account::settling(),
        Stage::Verifying => t::account::verifying(),
    };
    let line = el("p", "status is-run").attr("role", "status").child(icon("clock"));
    el("div", "stack stack-24")
        .child(table(&root().edit.changes(false)))
        .child(line.child(el("span", "").text(words)))
}

/// It was not saved, or nobody knows.
pub(super) fn failed(id: &CustomerId, error: &Error, unsettled: bool) -> El {
    let (title, words) = if unsettled {
        (t::account::unsettled_title(), t::account::unsettled().to_owned())
    } else {
        let code = root().edit.form.peek(account_rules::Entry::Field(Field::Country));
        let named: Vec<String> =
            refused_fields(error).iter().map(|(field, _)| label(*field, &code)).collect();
        let words = if named.is_empty() { advice(error) } else { t::add::refused_fields(&named.join(", ")) };
        (t::account::refused_title(), words)
    };
    el("div", "stack stack-24")
        .child(advised_fault(title, &words, error, None))
        .child(table(&root().edit.changes(false)))
        .child(foot(id, t::account::send_again(), t::account::back_to_form()))
}
