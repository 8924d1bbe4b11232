//! Sending the changes, without overwriting what a colleague has just saved.

use account_changes::{Edit as Change, Saving, Stage, save};
use account_rules::{Entry, Field, refused_fields};
use customer_index::Customer as Listed;
use journal::Outcome;
use leptos::task::spawn_local;
use partner_center::{BillingDocument, CustomerId, ErrorKind};

use crate::i18n::t;
use crate::platform::time::BrowserClock;
use crate::state::{EditStep, root};

/// Sends what was changed.
pub(super) fn send(id: &CustomerId) {
    let edit = &root().edit;
    if edit.step.peek(|step| matches!(step, EditStep::Sending(_))) {
        return;
    }
    let changes = with_twins(edit.changes(false));
    if changes.is_empty() {
        return edit.step.set(EditStep::Typing);
    }
    edit.step.set(EditStep::Sending(Stage::Sending));
    let id = id.clone();
    spawn_local(async move {
        let told = |stage| root().edit.step.set(EditStep::Sending(stage));
        let ended = save(&root().client, &BrowserClock, &id, &changes, &told).await;
        finish(&id, ended);
    });
}

/// The contact stands in the profile twice, and means the same person.
fn with_twins(changes: Vec<Change>) -> Vec<Change> {
    let twins: Vec<Change> = changes
        .iter()
        .filter_map(|change| {
            let field = Field::ALL.into_iter().find(|field| field.path() == change.path)?;
            let path = field.twin_path()?;
            let before = root().edit.twin(path)?;
            (before.trim() == change.before).then(|| Change { path, before, mine: change.mine.clone() })
        })
        .collect();
    changes.into_iter().chain(twins).collect()
}

fn finish(id: &CustomerId, ended: Saving) {
    let root = root();
    let edit = &root.edit;
    let key = id.as_str().to_ascii_lowercase();
    let note = |outcome| root.done.note("update_customer_billing_profile", outcome, Some(&key), 0);
    match ended {
        Saving::Saved(now) => {
            note(Outcome::Done);
            show_everywhere(&key, &now);
            edit.settle(&now);
            root.toasts.tell(t::account::saved());
            crate::ui::focus("main h1");
        }
        Saving::Conflict(now) => {
            edit.step.set(EditStep::Conflict(now));
            crate::ui::focus("#account-conflict");
        }
        Saving::Refused(error) => {
            note(Outcome::Failed);
            if matches!(error.kind, ErrorKind::Invalid(_)) {
                // Its rules may have changed since they were read.
                root.rules.read(&edit.form.peek(Entry::Field(Field::Country)));
            }
            let fields = refused_fields(&error);
            edit.form.see(&fields.iter().map(|(field, _)| Entry::Field(*field)).collect::<Vec<_>>());
            edit.form.refused.set(fields);
            edit.step.set(EditStep::Failed(error, false));
        }
        Saving::Unsettled(error) => {
            note(Outcome::Unknown);
            edit.step.set(EditStep::Failed(error, true));
        }
    }
}

/// The list and every part of the page that is open show the new name at once; Microsoft's own lists may lag behind.
fn show_everywhere(key: &str, now: &BillingDocument) {
    let root = root();
    let name = now.text("companyName").to_owned();
    let listed = root.customers.index.peek(|index| {
        let customer = index.get(index.row_of(key)?)?;
        Some((customer.id.to_owned(), customer.domain.to_owned(), customer.relationship))
    });
    if let Some((id, domain, relationship)) = listed {
        let entry = Listed { id: &id, name: &name, domain: &domain, relationship };
        root.customers.index.update(|index| index.update(entry, &root.customers.fold));
    }
    root.saved.set(Some((key.to_owned(), now.clone())));
}
