//! Reseller relationships that are being ended. What was seen, decided and proved outlives a page: whoever comes back finds
//! the receipt, or what is still open, and nothing is begun twice.

use std::cell::Cell;

use partner_center::Timestamp;
use relationship_removal::{Batch, Looked, Removal as Ended, Stage};

use crate::platform::time::now;
use crate::ui::Watched;

/// Ends of relationships.
pub(crate) struct Removal {
    /// The Microsoft ID of whose end is being prepared, in lower case; empty for none.
    pub customer: Watched<String>,
    /// What stands in its way, as it was last looked at; `None` before.
    pub looked: Watched<Option<Looked>>,
    /// Whether it is being looked at.
    pub looking: Watched<bool>,
    /// When it was last looked at, by this computer's clock.
    pub looked_at: Cell<Option<Timestamp>>,
    /// The person's reason.
    pub reason: Watched<String>,
    /// The domain, or the number of customers, as the person types it.
    pub typed: Watched<String>,
    /// Whether the duties towards the customer are done.
    pub duties: Watched<bool>,
    /// Who agreed, where a second person has to.
    pub approved: Watched<Option<String>>,
    /// What is being changed so that nothing stands in the way.
    pub fixing: Watched<Option<String>>,
    /// What was changed so, in words, and whether that went well.
    pub fixed: Watched<Vec<(bool, String)>>,
    /// Whose relationship is ending now, and how far that is. One at a time.
    pub working: Watched<Option<(String, Stage)>>,
    /// How each ended in this tab.
    pub ended: Watched<Vec<(String, Ended)>>,
    /// Several at once.
    pub batch: Watched<Batch>,
    /// Whether several are being looked at or ended.
    pub batch_runs: Watched<bool>,
    /// Whether to stop after the one that is ending.
    pub batch_stops: Watched<bool>,
}

impl Removal {
    pub(super) fn new() -> Self {
        Self {
            customer: Watched::new(String::new()),
            looked: Watched::new(None),
            looking: Watched::new(false),
            looked_at: Cell::new(None),
            reason: Watched::new(String::new()),
            typed: Watched::new(String::new()),
            duties: Watched::new(false),
            approved: Watched::new(None),
            fixing: Watched::new(None),
            fixed: Watched::new(Vec::new()),
            working: Watched::new(None),
            ended: Watched::new(Vec::new()),
            batch: Watched::new(Batch::default()),
            batch_runs: Watched::new(false),
            batch_stops: Watched::new(false),
        }
    }

    /// Turns to a customer, or to several (a key that is no id). What was typed for another is forgotten.
    pub(crate) fn turn_to(&self, customer: &str) {
        if self.customer.peek(|of| of == customer) {
            return;
        }
        self.customer.set(customer.to_owned());
        self.looked.set(None);
        self.looking.set(false);
        self.looked_at.set(None);
        self.fixed.set(Vec::new());
        self.forget_decision();
    }

    /// Forgets what was typed for a decision.
    pub(crate) fn forget_decision(&self) {
        self.reason.set(String::new());
        self.typed.set(String::new());
        self.duties.set(false);
        self.approved.set(None);
    }

    /// Keeps what was seen of a customer, if it is still the one that matters.
    pub(crate) fn see(&self, customer: &str, looked: Looked) {
        if self.customer.peek(|of| of == customer) {
            self.looked_at.set(Some(now()));
            self.looked.set(Some(looked));
            self.looking.set(false);
        }
    }

    /// Keeps how it ended for a customer, in the place of what was before.
    pub(crate) fn end(&self, customer: &str, ended: Ended) {
        self.ended.update(|all| {
            all.retain(|(of, _)| of != customer);
            all.push((customer.to_owned(), ended));
        });
    }

    /// Takes out how it ended: the person goes on from there.
    pub(crate) fn take(&self, customer: &str) -> Option<Ended> {
        let place = self.ended.peek(|all| all.iter().position(|(of, _)| of == customer))?;
        Some(self.ended.update(|all| all.remove(place)).1)
    }

    /// Whether anything is under way whose answer matters.
    pub(crate) fn is_busy(&self) -> bool {
        self.working.with(Option::is_some) | self.fixing.with(Option::is_some) | self.batch_runs.get()
    }

    /// Forgets everything: another partner's are no business of this one.
    pub(super) fn forget(&self) {
        self.turn_to("");
        self.ended.set(Vec::new());
        self.batch.set(Batch::default());
    }
}
