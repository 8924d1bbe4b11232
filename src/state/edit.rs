//! An account that is being changed. One at a time; it outlives a change of language, and a reload where the deployment
//! allows that.

use std::cell::RefCell;

use account_changes::{Edit as Change, Stage};
use account_rules::{Draft, Entry, Field};
use json_value::{Value, object, parse};
use partner_center::{BillingDocument, Error};

use super::form::Form;
use super::root;
use crate::platform::storage::Typed;
use crate::ui::Watched;

/// How far it is.
pub(crate) enum Step {
    /// The person types.
    Typing,
    /// The person looks at the changes once more.
    Reviewing,
    /// They are being sent.
    Sending(Stage),
    /// Somebody else saved the same fields: which value each keeps has to be decided. This is the profile now.
    Conflict(BillingDocument),
    /// It was not saved, or nobody knows: the latter if `true`.
    Failed(Error, bool),
}

/// The account that is being changed.
pub(crate) struct Edit {
    pub form: Form,
    /// The Microsoft ID of whose it is, in lower case; empty for none.
    pub customer: Watched<String>,
    /// The values when the person began, or when a conflict was solved.
    pub before: Watched<Draft>,
    pub step: Watched<Step>,
    /// Whether what is there came from before a reload.
    pub restored: Watched<bool>,
    /// What the profile holds a second time, by its path.
    twins: RefCell<Vec<(&'static str, String)>>,
}

impl Edit {
    pub(super) fn new() -> Self {
        Self {
            form: Form::new("account", false),
            customer: Watched::new(String::new()),
            before: Watched::new(Draft::default()),
            step: Watched::new(Step::Typing),
            restored: Watched::new(false),
            twins: RefCell::default(),
        }
    }

    /// What stands where the profile holds a field a second time, as it was read.
    pub(crate) fn twin(&self, path: &str) -> Option<String> {
        self.twins.borrow().iter().find(|(other, _)| *other == path).map(|(_, text)| text.clone())
    }

    fn read_twins(&self, profile: &BillingDocument) {
        let twins = Field::ALL.into_iter().filter_map(Field::twin_path);
        self.twins.replace(twins.map(|path| (path, profile.text(path).to_owned())).collect());
    }

    /// Begins with a customer's profile, unless changes to it are there already, typed in this tab before a reload or
    /// before another part of the page was looked at.
    pub(crate) fn begin(&self, customer: &str, profile: &BillingDocument) {
        let now = draft_of(profile);
        self.read_twins(profile);
        if self.customer.peek(|of| of == customer) && !self.changes(false).is_empty() {
            return;
        }
        if let Some((before, typed)) = kept(customer) {
            self.customer.set(customer.to_owned());
            self.before.set(before);
            self.form.fill(typed);
            self.step.set(Step::Typing);
            self.restored.set(!self.changes(false).is_empty());
            return;
        }
        self.customer.set(customer.to_owned());
        self.before.set(now.clone());
        self.form.fill(now);
        self.step.set(Step::Typing);
        self.restored.set(false);
    }

    /// Types something there, and keeps all.
    pub(crate) fn set(&self, field: Field, text: &str) {
        self.form.set(Entry::Field(field), text);
        self.keep();
    }

    fn keep(&self) {
        let changed = !self.changes(false).is_empty();
        if !changed || !root().config.keep_drafts {
            Typed::Account.write(None);
            return;
        }
        let texts = [
            ("customer", self.customer.peek(String::clone)),
            ("before", self.before.peek(Draft::print)),
            ("typed", self.form.typed.peek(Draft::print)),
        ];
        Typed::Account.write(Some(&object(&texts)));
    }

    /// What was changed, in the order of the form. With `told`, who calls this is told when that is other.
    pub(crate) fn changes(&self, told: bool) -> Vec<Change> {
        let typed = if told { self.form.typed.get() } else { self.form.typed.peek(Draft::clone) };
        let before = if told { self.before.get() } else { self.before.peek(Draft::clone) };
        let fields = Field::ALL.into_iter().filter(|field| field.is_of_profile());
        fields
            .map(|field| {
                let entry = Entry::Field(field);
                Change {
                    path: field.path(),
                    before: before.get(entry).trim().to_owned(),
                    mine: typed.get(entry).trim().to_owned(),
                }
            })
            .filter(|change| change.before != change.mine)
            .collect()
    }

    /// The profile is this now, and nothing is changed.
    pub(crate) fn settle(&self, profile: &BillingDocument) {
        let now = draft_of(profile);
        self.read_twins(profile);
        self.before.set(now.clone());
        self.form.fill(now);
        self.step.set(Step::Typing);
        self.restored.set(false);
        Typed::Account.write(None);
    }

    /// What is typed is wanted on top of `profile`, which somebody else saved meanwhile.
    pub(crate) fn rebase(&self, profile: &BillingDocument, typed: Draft) {
        self.read_twins(profile);
        self.before.set(draft_of(profile));
        self.form.fill(typed);
        self.step.set(Step::Typing);
        self.keep();
    }

    /// Forgets what was typed.
    pub(crate) fn discard(&self) {
        let before = self.before.peek(Draft::clone);
        self.form.fill(before);
        self.step.set(Step::Typing);
        self.restored.set(false);
        Typed::Account.write(None);
    }
}

/// The fields of a profile.
pub(crate) fn draft_of(profile: &BillingDocument) -> Draft {
    let mut draft = Draft::default();
    for field in Field::ALL.into_iter().filter(|field| field.is_of_profile()) {
        draft.set(Entry::Field(field), profile.text(field.path()));
    }
    draft
}

/// What the tab has kept for this customer.
fn kept(customer: &str) -> Option<(Draft, Draft)> {
    let Ok(Value::Object(kept)) = parse(Typed::Account.read()?.as_bytes()) else { return None };
    let text = |name: &str| kept.get(name).and_then(Value::as_str);
    (text("customer") == Some(customer)).then(|| {
        (Draft::parse(text("before").unwrap_or_default()), Draft::parse(text("typed").unwrap_or_default()))
    })
}
