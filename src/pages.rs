//! The pages, one folder per task, and the one table from addresses to them.

mod activity;
mod add;
mod customer;
mod customers;
mod form;
mod import;
mod lazy;
mod letters;
mod lost;
mod narrow;
mod portals;
mod relationship;
mod request;
mod save;
mod settings;
mod sign_in;
mod switch;
mod tasks;
mod transfers;
mod who;
mod words;

pub(crate) use lazy::{Opened, begin_framed, follow_portal, look, meet, open as open_sign_in, open_demo};
pub(crate) use settings::{change_language, show_language};
pub(crate) use who::{kind_name, role_names};

use std::cell::Cell;
use std::rc::Rc;

use futures_util::FutureExt;
use leptos::prelude::{document, request_animation_frame, untrack};
use leptos::task::spawn_local;

use crate::i18n::t;
use crate::paths::Page;
use crate::platform::boot;
use crate::state::{Found, root};
use crate::ui::{El, Watched, button, el, focus, heading, icon, reload_button, shared};

thread_local! {
    /// Whether no page was built yet: the browser itself announces the first one.
    static FIRST: Cell<bool> = const { Cell::new(true) };
}

/// The page at an address.
pub(crate) fn build(page: Option<Page>) -> El {
    let is_first = FIRST.replace(false);
    match page {
        Some(Page::Customers { .. }) => customers::page(),
        Some(page) => on_demand(page, is_first),
        None => nowhere(),
    }
}

fn nowhere() -> El {
    lost::page(t::lost::title(), t::lost::text())
}

/// How far a part of the program is that a page lies in.
enum Part {
    Coming,
    Here,
    Missing,
}

/// A page that comes with its part of the program: at once where that is here already.
fn on_demand(page: Page, is_first: bool) -> El {
    // Built here and not where the part arrives: what the page keeps while it is shown goes with this place.
    let whole = move || lazy::build(page.clone()).now_or_never().and_then(Result::ok);
    if let Some(page) = whole() {
        return page;
    }
    let part = shared(Part::Coming);
    fetch(&part, is_first);
    el("div", "contents").live(move || {
        part.with(|now| match now {
            Part::Coming => Some(el("div", "page").attr("aria-busy", "true")),
            Part::Here => untrack(&whole).or_else(|| Some(missing(&part))),
            Part::Missing => Some(missing(&part)),
        })
    })
}

/// Has the other pages' part of the program come: somebody is about to open one. What fails now is told when it is needed.
pub(crate) fn prepare() {
    spawn_local(async {
        let _ = lazy::load().await;
    });
}

fn missing(part: &Rc<Watched<Part>>) -> El {
    let part = part.clone();
    let way_out = move || {
        // Another release has no such part: asking once more would not help.
        if root().release.found.with(|found| *found != Found::Nothing) {
            return Some(reload_button("btn"));
        }
        let part = part.clone();
        let again = button("btn", move || {
            part.set(Part::Coming);
            fetch(&part, false);
        });
        Some(again.child(icon("refresh")).text(t::fault::retry()))
    };
    el("div", "page page-narrow")
        .child(heading(t::lost::part_title()))
        .child(el("p", "support measure").text(t::lost::part_text()))
        .child(el("p", "").live(way_out))
}

fn fetch(part: &Rc<Watched<Part>>, is_first: bool) {
    let part = part.clone();
    spawn_local(async move {
        let here = lazy::load().await.is_ok();
        if !here {
            boot::missed();
        }
        part.set(if here { Part::Here } else { Part::Missing });
        if !is_first {
            // The frame looked for the heading when it was not here yet.
            request_animation_frame(|| {
                focus("main h1");
                root().announcement.set(document().title());
            });
        }
    });
}
