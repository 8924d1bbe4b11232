//! The last calls to the API, for whoever has to find out what went wrong. In memory only; no bodies, and no path beyond
//! its template, so that nothing of a customer is in it.

use std::collections::VecDeque;
use std::rc::Rc;

use partner_center::{CallRecord, Client};

use super::root;
use crate::ui::Watched;

/// How many calls are kept.
pub(crate) const KEPT: usize = 100;

/// The calls, the newest first.
pub(crate) struct Calls {
    pub list: Watched<VecDeque<CallRecord>>,
    /// Whether they are to be shown.
    pub shown: Watched<bool>,
}

impl Calls {
    pub(super) fn new(client: &Client) -> Self {
        client.observe(Rc::new(|call| root().calls.note(call)));
        Self { list: Watched::new(VecDeque::new()), shown: Watched::new(false) }
    }

    /// How long calls take here, in milliseconds: the mean of those that were answered lately. `None` if there are none.
    pub(crate) fn usual(&self) -> Option<u64> {
        self.list.peek(|list| {
            let answered = list.iter().filter(|call| call.status.is_some());
            let times: Vec<u64> =
                answered.map(|call| u64::try_from(call.duration.as_millis()).unwrap_or(u64::MAX)).collect();
            let count = u64::try_from(times.len()).unwrap_or(u64::MAX);
            times.iter().fold(0_u64, |sum, time| sum.saturating_add(*time)).checked_div(count)
        })
    }

    fn note(&self, call: &CallRecord) {
        self.list.update(|list| {
            list.truncate(KEPT - 1);
            list.push_front(call.clone());
        });
    }
}
