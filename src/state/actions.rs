//! What can be done on the page that is shown: contributed by the page, gone with it.

use std::cell::Cell;
use std::rc::Rc;

use crate::ui::{Run, Watched, at_end};

/// Something to do.
#[derive(Clone)]
pub(crate) struct Action {
    pub symbol: &'static str,
    pub text: String,
    pub run: Rc<dyn Run>,
}

impl Action {
    pub(crate) fn new(symbol: &'static str, text: &str, run: impl Fn() + 'static) -> Self {
        Self { symbol, text: text.to_owned(), run: Rc::new(run) }
    }
}

/// The actions on offer, in groups by page part.
pub(crate) struct Actions {
    offered: Watched<Vec<(u32, Vec<Action>)>>,
    last: Cell<u32>,
}

impl Actions {
    pub(super) fn new() -> Self {
        Self { offered: Watched::new(Vec::new()), last: Cell::new(0) }
    }

    /// Offers these until the part of the page that calls this goes.
    pub(crate) fn offer(&'static self, actions: Vec<Action>) {
        let number = self.last.get() + 1;
        self.last.set(number);
        self.offered.update(|offered| offered.push((number, actions)));
        at_end(move || self.offered.update(|offered| offered.retain(|(other, _)| *other != number)));
    }

    /// All that are on offer now.
    pub(crate) fn all(&self) -> Vec<Action> {
        self.offered.peek(|offered| offered.iter().flat_map(|(_, actions)| actions.clone()).collect())
    }
}
