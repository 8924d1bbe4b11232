//! Reading what Microsoft recorded, a page at a time.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::task::spawn_local;
use partner_center::{AuditFilter, AuditQuery, AuditRecord, CustomerId, Error, Pages, Timestamp};

use crate::state::root;
use crate::ui::{Watched, is_lost, tell_if_gone};

/// How far the reading is.
pub(super) enum Phase {
    Reading,
    /// There is more, when asked for.
    Partly,
    All,
    Failed(Error),
}

/// What was read so far of a period, of one customer or of all.
pub(super) struct Records {
    pub items: Watched<Vec<AuditRecord>>,
    /// How far the reading is.
    pub phase: Watched<Phase>,
    /// Whether to read on by itself until all is here.
    pub on: Cell<bool>,
    /// `None` while a page is on its way.
    pages: RefCell<Option<Pages<AuditRecord>>>,
}

impl Records {
    /// Begins to read what was recorded since then; without a beginning there is nothing to read.
    pub(super) fn read(since: Option<Timestamp>, customer: Option<CustomerId>) -> Rc<Self> {
        let query =
            AuditQuery { start: since, filter: customer.map(AuditFilter::Customer), ..AuditQuery::default() };
        let records = Rc::new(Self {
            items: Watched::new(Vec::new()),
            phase: Watched::new(Phase::All),
            on: Cell::new(false),
            pages: RefCell::new(since.map(|_| root().client.audit_records(&query))),
        });
        records.clone().next();
        records
    }

    /// Reads all that is left, page after page, until somebody stops it.
    pub(super) fn all(self: Rc<Self>) {
        self.on.set(true);
        self.next();
    }

    /// Reads a page more, or the failed one again.
    pub(super) fn next(self: Rc<Self>) {
        let Some(mut pages) = self.pages.take() else { return };
        self.phase.set(Phase::Reading);
        spawn_local(async move {
            let phase = loop {
                match pages.next().await {
                    None => break Phase::All,
                    Some(Err(error)) => break Phase::Failed(error),
                    Some(Ok(page)) => {
                        self.items.update(|items| items.extend(page.items));
                        if !page.has_more {
                            break Phase::All;
                        }
                        if !self.on.get() {
                            break Phase::Partly;
                        }
                    }
                }
            };
            self.pages.replace(Some(pages));
            let failed = if let Phase::Failed(error) = &phase { Some(error.clone()) } else { None };
            self.phase.set(phase);
            if let Some(error) = failed {
                tell_if_gone(&error);
            }
        });
    }

    /// Whether reading ended for lack of a connection.
    pub(super) fn is_lost(&self) -> bool {
        self.phase.peek(|phase| matches!(phase, Phase::Failed(error) if is_lost(error)))
    }

    /// Whether something was recorded that is not here.
    pub(super) fn is_partial(&self) -> bool {
        self.phase.peek(|phase| !matches!(phase, Phase::All))
    }
}
