//! Bugs that can be planted, so that the proof shows that it would find them (`docs/proof.md`). Without the feature
//! `planted` nothing of this is compiled.

#[cfg(feature = "planted")]
use std::cell::Cell;

/// A bug.
#[cfg(feature = "planted")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bug {
    /// What got no answer is sent once more.
    SentAgain,
    /// A 2xx is taken for success before anything was read.
    AnswerIsProof,
    /// A request in another state than was wanted is taken for success.
    OtherwiseIsDone,
}

#[cfg(feature = "planted")]
thread_local! {
    static PLANTED: Cell<Option<Bug>> = const { Cell::new(None) };
}

/// Plants a bug in what this thread does from now on; `None` takes it out.
#[cfg(feature = "planted")]
pub fn plant(bug: Option<Bug>) {
    PLANTED.set(bug);
}

#[cfg(feature = "planted")]
pub(crate) fn is(bug: Bug) -> bool {
    PLANTED.get() == Some(bug)
}

/// Whether a bug is planted; never without the feature.
macro_rules! planted {
    ($bug:ident) => {{
        #[cfg(feature = "planted")]
        let is_planted = $crate::planted::is($crate::planted::Bug::$bug);
        #[cfg(not(feature = "planted"))]
        let is_planted = false;
        is_planted
    }};
}
pub(crate) use planted;
