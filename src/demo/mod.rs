//! A demonstration without a server: the sandbox's own core in a worker (`workers/demo`), which only this mode loads, the way to
//! it, and what the page says of it. Its words are files of their own (`public/lazy/demo/`), so that no other visit loads them.

mod bar;
mod panel;
mod transport;
mod words;

use std::cell::RefCell;
use std::rc::Rc;

use app_config::Cloud;
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use leptos::prelude::window;
use partner_center::Transport;

use crate::i18n;
use crate::paths;
use crate::platform::storage::{self, Preference, Typed};
use crate::platform::{imports, lists};
use crate::ui::{El, Watched};
use transport::Wire;
use words::Words;

/// What a demonstration consists of.
pub(crate) struct Demo {
    /// How calls are made.
    pub transport: Rc<dyn Transport>,
    /// What stands above every page.
    pub bar: fn() -> El,
}

/// What the bar and its panel work with. Made once, with the application.
struct State {
    wire: Rc<Wire>,
    words: Watched<Rc<Words>>,
    /// The faults that are switched on, by the sandbox's names.
    faults: Watched<Vec<String>>,
}

thread_local! {
    static STATE: RefCell<Option<&'static State>> = const { RefCell::new(None) };
}

fn state() -> Option<&'static State> {
    STATE.with_borrow(|state| *state)
}

/// Starts the demonstration. `None` if a part of it does not come: this site was built without it, most likely.
pub(crate) fn open(cloud: Cloud, language: String) -> LocalBoxFuture<'static, Option<Demo>> {
    async move {
        let wire = Rc::new(Wire::open(cloud)?);
        let session = paths::demo_api("/.session");
        let (session, words) =
            futures_util::join!(wire.call("GET", &session, &[], b""), words::fetch(&language));
        let session = session?;
        forget_before(&String::from_utf8_lossy(&session.body)).await;
        let words = Watched::new(Rc::new(words.unwrap_or_default()));
        let state = State { wire: wire.clone(), words, faults: Watched::new(Vec::new()) };
        STATE.set(Some(Box::leak(Box::new(state))));
        Some(Demo { transport: wire, bar: bar::bar })
    }
    .boxed_local()
}

/// The data is new with each load, so what an earlier visit has left in this browser speaks of things that are not there. What is
/// of another partner stays: it came from another application on this origin.
async fn forget_before(session: &str) {
    if storage::read(Preference::Partner).is_some_and(|partner| !session.contains(&partner)) {
        return;
    }
    storage::write(Preference::Journal, None);
    Typed::forget_all();
    futures_util::join!(imports::forget(), lists::forget());
}

/// Begins anew: all that was done is gone.
fn start_again() {
    // It fails only where a page may not navigate itself, and then nothing else can be done.
    let _ = window().location().reload();
}

/// The words of the active language; others are fetched, and the bar follows.
fn follow_language(state: &'static State) {
    let language = i18n::language();
    if state.words.peek(|words| words.language == language) {
        return;
    }
    leptos::task::spawn_local(async move {
        if let Some(words) = words::fetch(&language).await {
            state.words.set(Rc::new(words));
        }
    });
}
