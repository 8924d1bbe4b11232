//! A part of a page that comes from the API: waiting, there, or failed with a way to try again.

use std::rc::Rc;

use futures_util::future::LocalBoxFuture;
use leptos::task::spawn_local;
use partner_center::{Error, ErrorKind};

use super::dom::{El, Watched, el, live, shared};
use super::fault::fault;
use crate::state::root;

/// Builds what was loaded.
pub(crate) type Show = Box<dyn Fn() -> El>;

enum State {
    Waiting,
    Ready(Show),
    Failed(Error),
}

type Fetch = Rc<dyn Fn() -> LocalBoxFuture<'static, Result<Show, Error>>>;

/// Fetches at once, and again when the person asks. A failure is shown in place, under `title`, in the surroundings that
/// `around` puts it into. What comes back for a page that has gone is shown to nobody.
pub(crate) fn load(
    title: &'static str,
    waiting: impl Fn() -> El + 'static,
    around: fn(El) -> El,
    fetch: impl Fn() -> LocalBoxFuture<'static, Result<Show, Error>> + 'static,
) -> El {
    let state = shared(State::Waiting);
    let fetch: Fetch = Rc::new(fetch);
    run(&state, &fetch);
    let (again, refetch) = (state.clone(), fetch.clone());
    let lost = move || again.peek(|now| matches!(now, State::Failed(error) if is_lost(error)));
    let again = state.clone();
    on_reconnect(lost, move || {
        again.set(State::Waiting);
        run(&again, &refetch);
    });
    el("div", "contents").live(move || {
        Some(state.with(|now| match now {
            State::Waiting => waiting(),
            State::Ready(show) => show(),
            State::Failed(error) => {
                let (state, fetch) = (state.clone(), fetch.clone());
                let retry = move || {
                    state.set(State::Waiting);
                    run(&state, &fetch);
                };
                around(fault(title, error, Some(Box::new(retry))))
            }
        }))
    })
}

/// Whether a failure means that there is no such thing, or none of ours.
pub(crate) fn is_gone(kind: &ErrorKind) -> bool {
    matches!(kind, ErrorKind::NotFound | ErrorKind::NoRelationship)
}

/// Whether a failure is only that there was no connection, or nobody signed in: it goes away by itself, and then what failed is
/// read again.
pub(crate) fn is_lost(error: &Error) -> bool {
    matches!(error.kind, ErrorKind::Offline | ErrorKind::SignInAgain | ErrorKind::StepUp)
}

/// Tells that something is not there which was shown, if that is what the failure means: whose it was may have gone.
pub(crate) fn tell_if_gone(error: &Error) {
    if is_gone(&error.kind) {
        root().missed.set(());
    }
}

/// Reads again, when the connection is back, what its loss took, until the page that calls this goes.
pub(crate) fn on_reconnect(lost: impl Fn() -> bool + 'static, again: impl Fn() + 'static) {
    live(Box::new(move || {
        if root().online.get() && lost() {
            again();
        }
    }));
}

fn run(state: &Rc<Watched<State>>, fetch: &Fetch) {
    let (state, future) = (state.clone(), fetch());
    spawn_local(async move {
        let outcome = future.await;
        let failed = outcome.as_ref().err().cloned();
        state.set(outcome.map_or_else(State::Failed, State::Ready));
        if let Some(error) = failed {
            tell_if_gone(&error);
        }
    });
}
