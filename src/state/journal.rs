//! What was done in this browser, beside Microsoft's own records. By ids and times only.

use journal::{Entry, Journal, Outcome};

use crate::platform::storage::{self, Preference};
use crate::platform::time::now;
use crate::ui::Watched;

/// The entries. Kept in this browser where it lets that happen, otherwise until the tab is closed.
pub(crate) struct Done {
    pub journal: Watched<Journal>,
}

impl Done {
    pub(super) fn new() -> Self {
        let kept = storage::read(Preference::Journal).map(|text| Journal::parse(&text));
        Self { journal: Watched::new(kept.unwrap_or_default()) }
    }

    /// Notes that something was done, for a customer or for none, with so many things.
    pub(crate) fn note(&self, what: &str, outcome: Outcome, customer: Option<&str>, count: usize) {
        let entry = Entry {
            at: now().millis(),
            what: what.to_owned(),
            outcome,
            customer: customer.map(str::to_owned),
            count: u32::try_from(count).ok(),
            request: None,
        };
        self.journal.update(|journal| journal.add(entry));
        // Where nothing may be kept it lasts as long as the tab, which the settings say.
        storage::write(Preference::Journal, Some(&self.journal.peek(Journal::print)));
    }

    /// Forgets all, after it was taken away from where it is kept.
    pub(crate) fn forget(&self) {
        self.journal.set(Journal::default());
    }
}
