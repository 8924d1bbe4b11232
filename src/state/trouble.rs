//! Why nobody answers. A call across origins that fails looks the same whatever the cause: the browser is asked a little more, and
//! a person is told what to do about it.

use std::cell::Cell;

use futures_util::future::LocalBoxFuture;
use leptos::task::spawn_local;

use super::root;
use crate::platform::time::now;
use crate::ui::Watched;

/// Why nobody answers. Each with the origin that was asked.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Silence {
    /// It answers, but lets no browser read it from here (CORS).
    Browsers(String),
    /// This site's Content-Security-Policy does not allow asking it.
    Policy(String),
    /// It does not answer, while this site does.
    Unreachable(String),
    /// Nobody answers.
    Offline,
}

/// Looks for the cause why an address does not answer; `None` if that cannot be done.
pub(crate) type Look = fn(String) -> LocalBoxFuture<'static, Option<Silence>>;

/// What was found.
pub(crate) struct Troubles {
    how: Look,
    /// The cause, while there is one.
    pub found: Watched<Option<Silence>>,
    is_looking: Cell<bool>,
    looked: Cell<i64>,
}

/// So long the cause is not looked for again: 10 seconds, in milliseconds.
const REST: i64 = 10_000;

impl Troubles {
    pub(super) fn new(how: Look) -> Self {
        Self { how, found: Watched::new(None), is_looking: Cell::new(false), looked: Cell::new(0) }
    }

    /// A call to the API got no answer, or did.
    pub(crate) fn note(&'static self, is_silent: bool) {
        if !is_silent {
            self.found.set_if_new(None);
        } else if !root().config.api.starts_with('/') {
            self.look(root().config.api.clone());
        }
    }

    /// Looks for the cause why this address does not answer.
    pub(crate) fn look(&'static self, address: String) {
        let at = now().millis();
        if self.is_looking.get() || at.saturating_sub(self.looked.get()).saturating_abs() < REST {
            return;
        }
        self.is_looking.set(true);
        spawn_local(async move {
            self.found.set_if_new((self.how)(address).await);
            self.looked.set(now().millis());
            self.is_looking.set(false);
        });
    }
}
