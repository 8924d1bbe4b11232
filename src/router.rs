//! The address: read, followed, changed.
//!
//! leptos_router's location layer does what is hard: links of this site, Back and Forward, the history. Its route
//! components are left out: [`Page`] is the route table, typed, at a fifth of the bytes.

use std::cell::OnceCell;

use leptos::prelude::*;
use leptos_router::location::{BrowserUrl, LocationChange, LocationProvider, State};

use crate::paths::{self, Page, Parameter};

thread_local! {
    static LOCATION: OnceCell<BrowserUrl> = const { OnceCell::new() };
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

/// What narrows the rows of the present page. Who calls this is told of changes.
pub(crate) fn narrowing(parameter: Parameter) -> String {
    with_location(|location| location.as_url().with(|url| parameter.read(url.search()))).unwrap_or_default()
}

/// Narrows the rows of the present page, in place of what its address said of that before.
pub(crate) fn narrow(by: &[(Parameter, &str)]) {
    if let Some(page) = untrack(current) {
        let href = paths::narrowed(&page, by);
        let here = with_location(|location| {
            location.as_url().with_untracked(|url| {
                let mark = if url.search().is_empty() { "" } else { "?" };
                [url.path(), mark, url.search()].concat()
            })
        });
        // Otherwise the address of before would come again for each change that it makes itself.
        if here.as_ref() != Some(&href) {
            go_to(href, Step::Replace);
        }
    }
}

/// Goes to a page without a link.
pub(crate) fn go(page: &Page, step: Step) {
    go_to(page.href(), step);
}

fn go_to(href: String, step: Step) {
    with_location(|location| {
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
