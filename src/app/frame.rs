//! The frame around every page: top bar, navigation, messages, and what a change of page means to
//! somebody who does not see it.

use std::rc::Rc;

use account_rules::{Means, azure_transfers};
use embed_protocol::Chrome;
use leptos::prelude::{document, request_animation_frame, untrack};
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

use super::{help, inspector, leave, offline, palette, release, who};
use crate::i18n::t;
use crate::pages;
use crate::paths::{AddStep, Page};
use crate::platform::host::chrome;
use crate::router;
use crate::state::root;
use crate::ui::{El, Watched, button, el, focus, icon, link, live, shared, toast_region, trouble_words};

/// The frame, with the page at the present address in it. On a phone the navigation is a sheet behind a button.
pub(super) fn build() -> El {
    let root = root();
    let (menu, dialog) = menu();
    let open = dialog.clone();
    let open_menu = button("btn btn-icon only-phone", move || {
        // It throws only when the sheet is open already.
        let _ = open.show_modal();
    });
    let help_button =
        button("btn btn-icon", help::open).attr("aria-label", t::keys::title()).child(icon("unknown"));
    let bar = el("header", "topbar")
        .child(open_menu.attr("aria-label", t::shell::open_menu()).child(icon("menu")))
        .child(link("brandmark", &Page::all_customers().href()).child(icon("mark")).text("Cartera"))
        .live(|| {
            let name = root.session.with(|session| Some(session.as_ref()?.partner.as_ref()?.name.clone()))?;
            // An id token knows its id alone, which stands in the menu.
            (!name.is_empty()).then(|| el("span", "tenant clip").child(el("bdi", "").text(&name)))
        })
        .child(palette::button())
        .child(who::menu())
        .child(help_button);
    let bar = match chrome() {
        Chrome::Full => Some(bar),
        Chrome::Tabs => Some(tabs()),
        Chrome::None => None,
    };
    let page = follow_page(dialog);
    let main =
        el("main", "main").attr("id", "main").attr("tabindex", "-1").child(notices()).live(move || {
            let page = page.get();
            let built = untrack(|| pages::build(page));
            router::shown();
            Some(built)
        });
    // A link under the pointer or with the focus is about to be followed: to another page, most likely.
    let prepare = |event: web_sys::Event| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        if target.is_some_and(|target| target.closest("a[href]").is_ok_and(|link| link.is_some())) {
            pages::prepare();
        }
    };
    let skip = link("skip", "#main").text(t::shell::skip()).on("click", |event| {
        // The router would take the link for a page of its own.
        event.prevent_default();
        focus("#main");
    });
    el("div", "contents")
        .child(skip)
        .child(
            el("div", if chrome() == Chrome::Full { "app" } else { "app app-framed" })
                .on("pointerover", prepare)
                .on("focusin", prepare)
                .maybe(bar)
                .maybe((chrome() == Chrome::Full).then(navigation))
                .child(main.child(toast_region())),
        )
        .child(offline::bar())
        .child(palette::palette())
        .child(inspector::inspector())
        .child(help::help())
        .child(leave::question())
        .child(menu)
        .child(el("div", "sr").attr("role", "status").live_text(|| root.announcement.get()))
}

/// What stands above every page while it holds: that the sign-in has ended, and why nobody answers.
fn notices() -> El {
    let sign_in = root().sign_in.parts().map(|parts| (parts.bar)());
    el("div", "notices").maybe(root().bar.map(|bar| bar())).child(release::bar()).maybe(sign_in).live(|| {
        root().troubles.found.with(|trouble| {
            let words = trouble_words(trouble.as_ref()?);
            let bar = el("div", "bar bar-warn").attr("role", "alert").child(icon("offline"));
            Some(bar.child(el("div", "bar-text").text(&words)))
        })
    })
}

fn menu() -> (El, HtmlDialogElement) {
    let sheet = el("dialog", "menu-sheet").attr("aria-label", t::shell::main_navigation());
    let dialog: HtmlDialogElement = sheet.element().clone().unchecked_into();
    let close = dialog.clone();
    let close = button("btn btn-icon", move || close.close()).attr("aria-label", t::shell::close_menu());
    (sheet.child(close.child(icon("close"))).child(navigation()), dialog)
}

/// In a portal's frame, which has a bar and a navigation of its own: one row.
fn tabs() -> El {
    places(el("nav", "tabs frametabs").attr("aria-label", t::shell::main_navigation()), false)
        .child(palette::button())
}

fn navigation() -> El {
    places(el("nav", "nav").attr("aria-label", t::shell::main_navigation()), true)
}

/// Where one can go: with icons and the settings at the foot, or with words only.
fn places(nav: El, with_icons: bool) -> El {
    let entry = move |page: Page, symbol: &str, name: &str, is_here: fn(&Page) -> bool| {
        link("", &page.href())
            .live_attr("aria-current", move || {
                router::current().is_some_and(|page| is_here(&page)).then(|| "page".to_owned())
            })
            .maybe(with_icons.then(|| icon(symbol)))
            .child(el("span", "label").text(name))
    };
    let customers = entry(Page::all_customers(), "people", t::shell::customers(), |page| {
        matches!(
            page,
            Page::Customers(_)
                | Page::Customer(..)
                | Page::Import(..)
                | Page::Request
                | Page::RemoveSeveral(_)
        )
    });
    let add =
        entry(Page::Add(AddStep::Who), "person-add", t::add::title(), |page| matches!(page, Page::Add(_)));
    // Not where no subscription can change its partner.
    let transfers = (azure_transfers(root().config.cloud) != Means::None).then(|| {
        entry(Page::Transfers, "swap", t::transfers::title(), |page| {
            matches!(page, Page::Transfers | Page::Switch(..))
        })
    });
    let activity =
        entry(Page::Activity, "history", t::shell::activity(), |page| matches!(page, Page::Activity));
    let settings =
        entry(Page::Settings, "settings", t::shell::settings(), |page| matches!(page, Page::Settings));
    let settings = if with_icons { el("div", "nav-foot").child(settings) } else { settings };
    nav.child(customers).child(add).maybe(transfers).child(activity).child(settings)
}

/// The page at the present address. What is searched for on it and which part of it is shown is the page's own matter.
///
/// To the eye a new page is a new page; to a screen reader it is one only when the focus goes to its
/// heading. Not on the first page, where the browser has announced the document itself.
fn follow_page(menu: HtmlDialogElement) -> Rc<Watched<Option<Page>>> {
    let here = || router::current().map(Page::whole);
    let shown = shared(untrack(here));
    let page = shown.clone();
    live(Box::new(move || {
        let now = here();
        if shown.peek(|before| *before != now) {
            menu.close();
            shown.set(now);
            root().release.typed.set_if_new(false);
            // The page is built right after this; its heading is there in the next frame but one.
            request_animation_frame(|| {
                request_animation_frame(|| {
                    focus("main h1");
                    root().announcement.set(document().title());
                });
            });
        } else {
            router::shown();
        }
    }));
    page
}
