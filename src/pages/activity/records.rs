//! Reading what Microsoft recorded, a page at a time.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::task::spawn_local;
use partner_center::{AuditFilter, AuditQuery, AuditRecord, CustomerId, Error, Pages, Timestamp};

use crate::state::root;
use crate::ui::Watched;

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
    /// `None` while a page is on its way.
    pages: RefCell<Option<Pages<AuditRecord>>>,
}

impl Records {
    /// Begins to read what was recorded since then.
    pub(super) fn read(since: Timestamp, customer: Option<CustomerId>) -> Rc<Self> {
        let query = AuditQuery {
            start: Some(since),
            filter: customer.map(AuditFilter::Customer),
            ..AuditQuery::default()
        };
        let records = Rc::new(Self {
            items: Watched::new(Vec::new()),
            phase: Watched::new(Phase::Reading),
            pages: RefCell::new(Some(root().client.audit_records(&query))),
        });
        records.clone().next();
        records
    }

    /// Reads a page more, or the failed one again.
    pub(super) fn next(self: Rc<Self>) {
        let Some(mut pages) = self.pages.take() else { return };
        self.phase.set(Phase::Reading);
        spawn_local(async move {
            let phase = match pages.next().await {
                None => Phase::All,
                Some(Err(error)) => Phase::Failed(error),
                Some(Ok(page)) => {
                    self.items.update(|items| items.extend(page.items));
                    if page.has_more { Phase::Partly } else { Phase::All }
                }
            };
            self.pages.replace(Some(pages));
            self.phase.set(phase);
        });
    }
}
