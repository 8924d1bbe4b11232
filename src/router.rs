//! The address: read, followed, changed.
//!
//! leptos_router's location layer does what is hard: links of this site, Back and Forward, the history. Its route
//! components are left out: [`Page`] is the route table, typed, at a fifth of the bytes.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, HtmlAnchorElement, MouseEvent};

use leptos_router::location::{BrowserUrl, LocationChange, LocationProvider, State};

use crate::paths::{self, Page, Parameter};
use crate::platform::host::{host, is_framed};
use crate::ui::{Run, at_end};

thread_local! {
    static LOCATION: OnceCell<BrowserUrl> = const { OnceCell::new() };
    static GUARD: Cell<Option<Guard>> = const { Cell::new(None) };
    static BEFORE_LEAVING: RefCell<Option<Rc<dyn Run>>> = const { RefCell::new(None) };
}

/// Has `work` done before the present address is left by a link or a step, until the page that calls this goes. Back and
/// Forward have left it when anybody hears of them.
pub(crate) fn before_leaving(work: impl Fn() + 'static) {
    BEFORE_LEAVING.replace(Some(Rc::new(work)));
    at_end(|| {
        BEFORE_LEAVING.take();
    });
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

/// Begins at this page, in a frame: its own address is that of the page for frames, and says nothing of the page.
pub(crate) fn begin_at(page: &Page) {
    go_to(page.href(), Step::Replace);
}

/// Path and query of the page that is shown, below the base.
pub(crate) fn path() -> String {
    with_location(|location| location.as_url().with_untracked(address)).unwrap_or_default()
}

/// What a portal wants to see: a page, by its path with its query. Its history moved before; nothing is added to it.
pub(crate) fn follow(page: &Page, path: &str) {
    if self::path() != path && may_leave(&Away::To(page.clone())) {
        go_to([&paths::base(), path].concat(), Step::Replace);
    }
}

fn address(url: &leptos_router::location::Url) -> String {
    let path = url.path().strip_prefix(paths::base().as_str()).unwrap_or_else(|| url.path());
    let mark = if url.search().is_empty() { "" } else { "?" };
    [path, mark, url.search()].concat()
}

/// Asked before the page is left, for another one or the way that Back leads; answers whether that may happen now. Who
/// answers no asks the person and goes on by himself.
pub(crate) type Guard = fn(&Away) -> bool;

/// How a page is about to be left.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Away {
    /// To this page.
    To(Page),
    /// Where Back or Forward leads. The history stands one step behind, so that it leads there again.
    Back,
    /// To somewhere else in the portal, which asks before.
    Out,
}

/// Has `guard` asked from now on. Once, before [`start`]: the location layer listens too, and has to come later.
pub(crate) fn guard(guard: Guard) {
    GUARD.set(Some(guard));
    listen_late("click", follow_in_frame);
    listen("click", |event| {
        let mouse: &MouseEvent = event.unchecked_ref();
        let plain = !(mouse.ctrl_key() || mouse.meta_key() || mouse.shift_key() || mouse.alt_key());
        if let Some(page) = link_under(event)
            && plain
            && !may_leave(&Away::To(page))
        {
            event.prevent_default();
            event.stop_immediate_propagation();
        }
    });
    listen("popstate", |event| {
        if is_framed() {
            // The history is the portal's: what changed is the frame's own address, which says nothing of the page.
            event.stop_immediate_propagation();
            return;
        }
        if may_leave(&Away::Back) {
            return;
        }
        event.stop_immediate_propagation();
        if let (Some(page), Ok(history)) = (untrack(current), window().history()) {
            // It fails only for an address of another origin.
            let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&page.href()));
        }
    });
}

/// Follows links in a frame. The location layer would add to the history, which is the portal's.
fn follow_in_frame(event: &Event) {
    let mouse: &MouseEvent = event.unchecked_ref();
    let plain = !(mouse.ctrl_key() || mouse.meta_key() || mouse.shift_key() || mouse.alt_key());
    if !is_framed() || !plain || mouse.button() != 0 || event.default_prevented() {
        return;
    }
    if let Some(link) = own_link_under(event) {
        event.prevent_default();
        go_to([link.pathname(), link.search()].concat(), Step::Push);
    }
}

/// Goes where the person wanted, now that it may.
pub(crate) fn leave(away: &Away) {
    match away {
        Away::To(page) => go(page, Step::Push),
        // The portal goes by itself, once it is answered.
        Away::Out => {
            if let Some(host) = host() {
                host.freed();
            }
        }
        Away::Back => {
            if let Ok(history) = window().history() {
                // It fails only for a document that is not shown any more.
                let _ = history.back();
            }
        }
    }
}

fn may_leave(away: &Away) -> bool {
    if let (Away::To(_), Some(work)) = (away, BEFORE_LEAVING.with_borrow(Clone::clone)) {
        work.run();
    }
    if let Away::To(page) = away
        && untrack(current).as_ref() == Some(page)
    {
        return true;
    }
    GUARD.get().is_none_or(|guard| guard(away))
}

/// The page of this site that a press on a link would open in this window.
fn link_under(event: &Event) -> Option<Page> {
    let link = own_link_under(event)?;
    Page::at(&link.pathname(), link.search().trim_start_matches('?'))
}

fn own_link_under(event: &Event) -> Option<HtmlAnchorElement> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let link: HtmlAnchorElement = target.closest("a[href]").ok()??.dyn_into().ok()?;
    let own = window().location().origin().is_ok_and(|own| own == link.origin());
    // Elsewhere, or in another window: this one stays.
    let here = own && matches!(link.target().as_str(), "" | "_self") && !link.has_attribute("download");
    (here && Page::at(&link.pathname(), link.search().trim_start_matches('?')).is_some()).then_some(link)
}

/// After all others in the page, and as long as the application lives.
fn listen_late(event: &str, heard: fn(&Event)) {
    let listener = Closure::wrap(Box::new(move |event: Event| heard(&event)) as Box<dyn Fn(Event)>);
    // It fails only for a listener that is no function.
    let _ = window().add_event_listener_with_callback(event, listener.into_js_value().unchecked_ref());
}

/// Before everybody else, and as long as the application lives.
fn listen(event: &str, heard: impl Fn(&Event) + 'static) {
    let listener = Closure::wrap(Box::new(move |event: Event| heard(&event)) as Box<dyn Fn(Event)>);
    // It fails only for a listener that is no function.
    let _ = window().add_event_listener_with_callback_and_bool(
        event,
        listener.into_js_value().unchecked_ref(),
        true,
    );
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
        // Otherwise the address of before would come again for each change that it makes itself.
        if here() != href {
            go_to(href, Step::Replace);
        }
    }
}

/// The present address: path and query.
pub(crate) fn here() -> String {
    let here = with_location(|location| {
        location.as_url().with_untracked(|url| {
            let mark = if url.search().is_empty() { "" } else { "?" };
            [url.path(), mark, url.search()].concat()
        })
    });
    here.unwrap_or_default()
}

/// Goes to an address that [`here`] was, in place of the present one.
pub(crate) fn restore(href: String) {
    go_to(href, Step::Replace);
}

/// Goes to a page without a link.
pub(crate) fn go(page: &Page, step: Step) {
    if may_leave(&Away::To(page.clone())) {
        go_to(page.href(), step);
    }
}

fn go_to(href: String, step: Step) {
    with_location(|location| {
        if let Ok(url) = BrowserUrl::parse(&href) {
            if let Some(host) = host() {
                let path = address(&url);
                location.as_url().set(url);
                host.changed(&path, step == Step::Push);
                return;
            }
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
