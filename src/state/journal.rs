//! What was done in this browser, beside Microsoft's own records. By ids and times only.

use std::cell::Cell;

use journal::{Entry, Journal, Outcome, Stored};

use super::root;
use crate::platform::host::host;
use crate::platform::storage::{self, Preference};
use crate::platform::time::now;
use crate::ui::Watched;

/// The entries. Kept in this browser where it lets that happen, otherwise until the tab is closed.
pub(crate) struct Done {
    pub journal: Watched<Journal>,
    /// Whether all that is here is kept: then what is kept counts, and what another tab has forgotten is forgotten.
    kept: Cell<bool>,
    /// Whether another release keeps a journal of its own form: it is not written over.
    foreign: Cell<bool>,
}

impl Done {
    pub(super) fn new() -> Self {
        let done = Self {
            journal: Watched::new(Journal::default()),
            kept: Cell::new(true),
            foreign: Cell::new(false),
        };
        done.read();
        done
    }

    /// Takes in what other tabs have kept since.
    pub(super) fn read(&self) {
        let stored = storage::read(Preference::Journal).map(|text| Journal::parse(&text));
        self.foreign.set(stored == Some(Stored::NotUnderstood));
        let mut stored = match stored {
            Some(Stored::Journal(journal)) => journal,
            _ => Journal::default(),
        };
        if !self.kept.get() {
            stored.merge(self.journal.peek(Clone::clone));
        }
        self.journal.set_if_new(stored);
    }

    /// Notes that something was done, for a customer or for none, with so many things.
    pub(crate) fn note(&self, what: &str, outcome: Outcome, customer: Option<&str>, count: usize) {
        // An import has come to its end however it ended.
        if let Some(host) = host().filter(|_| outcome == Outcome::Done || what == "create_customer_user") {
            host.done(what, customer, count);
        }
        let entry = Entry {
            at: now().millis(),
            what: what.to_owned(),
            outcome,
            customer: customer.map(str::to_owned),
            count: u32::try_from(count).ok(),
            request: None,
        };
        self.read();
        self.journal.update(|journal| journal.add(entry));
        // Where nothing may be kept it lasts as long as the tab, which the settings say.
        let kept = !self.foreign.get()
            && storage::write(Preference::Journal, Some(&self.journal.peek(Journal::print)));
        self.kept.set(kept);
        root().note_partner();
    }

    /// Whether what is noted outlives this tab, as far as is known.
    pub(crate) fn is_kept(&self) -> bool {
        self.kept.get() && storage::is_there()
    }

    /// Forgets all, after it was taken away from where it is kept.
    pub(crate) fn forget(&self) {
        self.kept.set(true);
        self.foreign.set(false);
        self.journal.set(Journal::default());
    }
}
