//! A customer that is being added. It outlives the page: nothing that was typed is lost by looking elsewhere, and a reload
//! finds it in the tab's own storage, where the deployment allows that. Passwords are in memory only.

use std::cell::{Cell, RefCell};

use account_changes::{Attempt, Creation, Stage};
use account_rules::{Draft, Entry};
use partner_center::{BillingDocument, Customer, CustomerId, Error, Secret};

use super::form::Form;
use super::root;
use crate::platform::storage::Typed;
use crate::ui::{Latest, Watched};

/// Whether the domain is free.
#[derive(Clone)]
pub(crate) enum DomainState {
    /// Nothing to ask about.
    Unasked,
    /// It is being asked.
    Asking,
    /// This one is free.
    Free(String),
    /// This one is taken; of these first parts some are free.
    Taken(String, Vec<String>),
    /// It could not be asked about this one.
    Failed(String, Error),
}

/// What is being done, or was.
pub(crate) enum Work {
    /// Nothing yet.
    None,
    /// It is being made.
    Going(Stage),
    /// It was not made, or nobody knows.
    Ended(Creation),
    /// It is there.
    Made(Made),
}

/// A customer that was added.
#[derive(Clone)]
pub(crate) struct Made {
    pub id: CustomerId,
    pub name: String,
    pub domain: String,
    /// The administrator's name, and the password until the person says that it is kept.
    pub administrator: Option<(String, Option<Secret>)>,
}

/// What became of the agreement.
#[derive(Clone)]
pub(crate) enum AgreementState {
    /// It was not asked for.
    None,
    /// It is being sent.
    Sending,
    /// It is confirmed.
    Confirmed,
    /// It could not be confirmed.
    Failed(Error),
    /// Microsoft has no text of it here.
    NoText,
}

/// The customer that is being added.
pub(crate) struct Add {
    pub form: Form,
    pub domain: Watched<DomainState>,
    pub domain_check: Latest,
    pub work: Watched<Work>,
    pub attempt: RefCell<Attempt>,
    pub agreement: Watched<AgreementState>,
    /// Whether the person wants to go on as soon as domain and address are checked.
    pub onward: Watched<bool>,
    /// Whether what is there came from before a reload.
    pub restored: Watched<bool>,
    /// Whether the tab keeps it.
    pub is_kept: Cell<bool>,
}

impl Add {
    pub(super) fn new() -> Self {
        Self {
            form: Form::new("add", true),
            domain: Watched::new(DomainState::Unasked),
            domain_check: Latest::default(),
            work: Watched::new(Work::None),
            attempt: RefCell::default(),
            agreement: Watched::new(AgreementState::None),
            onward: Watched::new(false),
            restored: Watched::new(false),
            is_kept: Cell::new(false),
        }
    }

    /// Takes up what the tab has kept from before a reload, once.
    pub(crate) fn restore(&self) {
        if self.form.typed.peek(Draft::is_empty)
            && let Some(text) = Typed::NewCustomer.read()
        {
            let draft = Draft::parse(&text);
            if !draft.is_empty() {
                self.form.fill(draft);
                self.restored.set(true);
            }
        }
    }

    /// Types something there, and keeps all.
    pub(crate) fn set(&self, entry: Entry, text: &str) {
        self.form.set(entry, text);
        // Who types on is not going on.
        self.onward.set_if_new(false);
        self.keep();
    }

    /// Keeps what was typed, where that is allowed.
    pub(crate) fn keep(&self) {
        if root().config.keep_drafts {
            self.is_kept.set(Typed::NewCustomer.write(Some(&self.form.typed.peek(Draft::print))));
        }
        // Data that differ are another customer: what is known of an earlier try is not about this one.
        if self.attempt.borrow().is_open() {
            self.attempt.replace(Attempt::default());
        }
    }

    /// Begins anew, with these values.
    pub(crate) fn begin(&self, with: Draft) {
        self.domain_check.stop();
        self.domain.set(DomainState::Unasked);
        self.attempt.replace(Attempt::default());
        self.agreement.set(AgreementState::None);
        self.restored.set(false);
        self.work.set(Work::None);
        Typed::NewCustomer.write(None);
        self.form.fill(with);
    }

    /// Forgets the password of a customer that was made: it is kept elsewhere, or the page is put away.
    pub(crate) fn forget_password(&self) {
        if self.work.peek(|work| matches!(work, Work::Made(made) if made.has_password())) {
            self.work.update(|work| {
                if let Work::Made(Made { administrator: Some((_, password)), .. }) = work {
                    *password = None;
                }
            });
        }
    }

    /// Whether something is being done that must not be done twice.
    pub(crate) fn is_going(&self) -> bool {
        self.work.with(|work| matches!(work, Work::Going(_)))
    }
}

impl Made {
    /// Whether there is a password that the person has not kept yet.
    pub(crate) fn has_password(&self) -> bool {
        matches!(self.administrator, Some((_, Some(_))))
    }

    /// From a customer that was found.
    pub(crate) fn found(customer: &Customer) -> Self {
        let profile = &customer.company_profile;
        Self {
            id: customer.id.clone(),
            name: profile.company_name.clone(),
            domain: profile.domain.clone(),
            administrator: None,
        }
    }
}

/// The address that was typed, as the service is asked about it.
pub(crate) fn typed_profile(form: &Form) -> BillingDocument {
    let mut profile = BillingDocument::default();
    form.typed.peek(|typed| {
        for field in account_rules::Field::ALL.into_iter().filter(|field| field.is_of_profile()) {
            profile.set(field.path(), typed.get(Entry::Field(field)).trim());
        }
    });
    profile
}
