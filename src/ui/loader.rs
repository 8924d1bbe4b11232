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
    // What the lost connection took is read again when it is back.
    let (again, refetch) = (state.clone(), fetch.clone());
    live(Box::new(move || {
        let lost = |now: &State| matches!(now, State::Failed(error) if error.kind == ErrorKind::Offline);
        if root().online.get() && again.peek(lost) {
            again.set(State::Waiting);
            run(&again, &refetch);
        }
    }));
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

fn run(state: &Rc<Watched<State>>, fetch: &Fetch) {
    let (state, future) = (state.clone(), fetch());
    spawn_local(async move {
        let outcome = future.await;
        let gone = matches!(&outcome, Err(error) if is_gone(&error.kind));
        state.set(outcome.map_or_else(State::Failed, State::Ready));
        if gone {
            root().missed.set(());
        }
    });
}
