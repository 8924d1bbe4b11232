//! The address: read, followed, changed.
//!
//! leptos_router's location layer does what is hard: links of this site, Back and Forward, the history. Its route
//! components are left out: [`Page`] is the route table, typed, at a fifth of the bytes.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;
use leptos_router::location::{BrowserUrl, LocationChange, LocationProvider, State};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

use crate::paths::{self, Page};
use crate::ui::{Run, at_end};

thread_local! {
    static LOCATION: OnceCell<BrowserUrl> = const { OnceCell::new() };
    static BEFORE_LEAVING: RefCell<Option<Rc<dyn Run>>> = const { RefCell::new(None) };
}

/// Has `work` done before the present address is left by a link or a step, until the page that calls this goes.
pub(crate) fn before_leaving(work: impl Fn() + 'static) {
    BEFORE_LEAVING.replace(Some(Rc::new(work)));
    at_end(|| {
        BEFORE_LEAVING.take();
    });
}

fn leave() {
    if let Some(work) = BEFORE_LEAVING.with_borrow(Clone::clone) {
        work.run();
    }
}

fn with_location<T>(read: impl FnOnce(&BrowserUrl) -> T) -> Option<T> {
    LOCATION.with(|location| location.get().map(read))
}

/// Whether a change of page is a step that Back returns from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// It is not: the present address is replaced.
    Replace,
    /// It is.
    Push,
}

/// Begins to follow the address. Once, below the owner that lives as long as the application.
pub(crate) fn start() {
    // It fails only where there is no window.
    let Ok(location) = BrowserUrl::new() else { return };
    // On its way down to a link, before the location layer hears of it.
    let leaving = Closure::<dyn FnMut()>::new(leave).into_js_value();
    // It fails only for what is no function.
    let _ = document().add_event_listener_with_callback_and_bool("click", leaving.unchecked_ref(), true);
    location.init(Some(paths::base().into()));
    LOCATION.with(|slot| slot.get_or_init(|| location).clone());
}

/// The page at the present address; `None` when it leads nowhere. Who calls this is told of changes.
pub(crate) fn current() -> Option<Page> {
    with_location(|location| location.as_url().with(|url| Page::at(url.path(), url.search()))).flatten()
}

/// To be called when the page of the present address is built: only then does the browser's bar show the address.
pub(crate) fn shown() {
    with_location(LocationProvider::ready_to_complete);
}

/// Goes to a page without a link.
pub(crate) fn go(page: &Page, step: Step) {
    if step == Step::Push {
        leave();
    }
    with_location(|location| {
        let href = page.href();
        if let Ok(url) = BrowserUrl::parse(&href) {
            location.as_url().set(url);
            location.complete_navigation(&LocationChange {
                value: href,
                replace: step == Step::Replace,
                scroll: false,
                state: State::new(None),
            });
        }
    });
}
