//! What would be lost if the page were left now, and the question whether it may be.

use crate::router::Away;
use crate::ui::{Watched, at_end};

/// What would be lost.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Loss {
    /// Changes that were not sent.
    Changes,
    /// A password that nobody can read again.
    Password,
    /// The answer to something that is being done.
    Answer,
}

/// What stands in the way of leaving.
pub(crate) struct Guard {
    pub loss: Watched<Option<Loss>>,
    /// What closing the tab would lose, whichever page is shown: a run goes on while one looks at another page.
    pub unload: Watched<Option<Loss>>,
    /// How the person wants to leave, while it is asked whether that may be.
    pub asked: Watched<Option<Away>>,
}

impl Guard {
    pub(super) fn new() -> Self {
        Self { loss: Watched::new(None), unload: Watched::new(None), asked: Watched::new(None) }
    }

    /// Stands in the way from now on, or not any more. It ends with the part of the page that calls [`Self::for_page`].
    pub(crate) fn set(&self, loss: Option<Loss>) {
        self.loss.set_if_new(loss);
    }

    /// To be called by a part of a page that stands in the way now and then: when it goes, nothing does.
    pub(crate) fn for_page(&'static self) {
        at_end(move || self.set(None));
    }
}
