//! What the portal says and wants, done to the application; and what happens here, told to the portal.

use std::cell::Cell;

use embed_protocol::{Context, Height, Order, RampFault, Tell, Theme};
use json_value::object;
use leptos::prelude::{Owner, document};
use leptos::task::spawn_local;
use list_view::Density;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

use super::connection::Connection;
use super::portal::{self, Portal};
use super::{Met, glue};
use crate::pages;
use crate::paths::Page;
use crate::platform::host;
use crate::router::{self, Away, Step};
use crate::state::root;
use crate::ui::live;

thread_local! {
    static CONNECTION: Cell<Option<&'static Connection>> = const { Cell::new(None) };
    /// The portal's question whether it may go elsewhere, while the person is asked.
    static LEAVING: Cell<Option<u64>> = const { Cell::new(None) };
}

/// Makes the portal known before anything is built, and returns the page to begin with.
pub(crate) fn begin(met: &Met) -> Option<Page> {
    CONNECTION.set(Some(met.connection));
    host::set(Box::leak(Box::new(Portal(met.connection))));
    portal::set_session(&met.context.session);
    let _ = host::set_chrome(met.context.chrome);
    mark("data-frame", Some(chrome_name()));
    // The frame's own address is newer: somebody loaded the frame again where he was.
    glue::route().or_else(|| met.context.route.clone()).and_then(|route| page_at(&route))
}

/// To be called when the root's state is there: from now on both sides follow each other.
pub(crate) fn follow(met: &Met) {
    look(&met.context);
    language(&met.context);
    met.connection.set_obey(obey);
    glue::observe(observed);
    // As long as the application lives.
    let owner = Owner::new();
    owner.with(follow_guard);
    std::mem::forget(owner);
    tell(Tell::Title, &object(&[("title", &document().title())]));
    tell(Tell::Ready, "");
    if !root().done.is_kept() {
        tell(Tell::Notice, "{\"code\":\"storage\"}");
    }
}

fn follow_guard() {
    let guard = &root().guard;
    live(Box::new(|| {
        // Both are read, so that a change of either is heard of.
        let (page, tab) = (guard.loss.with(Option::is_some), guard.unload.with(Option::is_some));
        let dirty = page || tab;
        tell(Tell::Dirty, if dirty { "{\"dirty\":true}" } else { "{\"dirty\":false}" });
    }));
    live(Box::new(|| {
        if guard.asked.with(Option::is_none)
            && let Some(id) = LEAVING.take()
        {
            may_leave(id);
        }
    }));
}

fn tell(what: Tell, params: &str) {
    if let Some(connection) = CONNECTION.get() {
        connection.tell(what, params);
    }
}

fn answer(id: u64, value: &str) {
    if let Some(connection) = CONNECTION.get() {
        connection.answer(id, value);
    }
}

/// Whether nothing would be lost if the portal went elsewhere: it is like closing the tab.
fn is_free() -> bool {
    let guard = &root().guard;
    guard.loss.peek(Option::is_none) && guard.unload.peek(Option::is_none)
}

fn may_leave(id: u64) {
    answer(id, if is_free() { "{\"may\":true}" } else { "{\"may\":false}" });
}

/// The person, who was asked, lets the portal go elsewhere.
pub(super) fn freed() {
    if let Some(id) = LEAVING.take() {
        answer(id, "{\"may\":true}");
    }
}

fn page_at(route: &str) -> Option<Page> {
    let (path, search) = route.split_once('?').unwrap_or((route, ""));
    Page::parse(path, search)
}

fn observed(what: &str, value: &JsValue) {
    let text = value.as_string().unwrap_or_default();
    match what {
        "title" => tell(Tell::Title, &object(&[("title", &text)])),
        "shortcut" => tell(Tell::Shortcut, &object(&[("key", &text)])),
        "modal" => tell(Tell::Modal, if value.is_truthy() { "{\"open\":true}" } else { "{\"open\":false}" }),
        // A whole number, as a text.
        "height" => tell(Tell::Height, &["{\"height\":", &text, "}"].concat()),
        _ => {}
    }
}

fn obey(order: Order) {
    match order {
        Order::Context(context) => {
            look(&context);
            language(&context);
            if host::set_chrome(context.chrome) {
                mark("data-frame", Some(chrome_name()));
                // Everything is built anew, as for another language.
                root().language.update(|_| ());
            }
            if portal::set_session(&context.session) {
                read_session();
            }
        }
        Order::Go { id, route } => {
            let page = page_at(&route);
            if let Some(page) = page {
                router::follow(&page, &route);
            }
            let now = router::path();
            answer(id, &object(&[("path", &now)]));
        }
        Order::MayLeave { id } => {
            let guard = &root().guard;
            if is_free() {
                return may_leave(id);
            }
            // Whoever asked before is answered first, that it may not.
            if let Some(before) = LEAVING.replace(Some(id)) {
                answer(before, "{\"may\":false}");
            }
            guard.asked.set(Some(Away::Out));
        }
        Order::Viewport { top, height } => glue::set_view(top, height),
        Order::Focus { last } => glue::enter(last),
        Order::AuthChanged => {
            root().forget_partner();
            router::go(&Page::all_customers(), Step::Replace);
            read_session();
        }
    }
}

fn read_session() {
    spawn_local(async {
        if let Ok(session) = root().client.session().await {
            root().set_session(session);
        }
    });
}

/// Looks, density, height and keys. Nothing of it is remembered: it is the portal's.
fn look(context: &Context) {
    match context.theme {
        Some(Theme::Light) => mark("data-theme", Some("light")),
        Some(Theme::Dark) => mark("data-theme", Some("dark")),
        Some(Theme::System) => mark("data-theme", None),
        None => {}
    }
    match &context.brand {
        None => {}
        Some(Ok(ramp)) => {
            if let Some(html) = document().document_element() {
                let html: &HtmlElement = html.unchecked_ref();
                for (name, colour) in ramp.properties() {
                    // Through the object model: the policy forbids style attributes.
                    let _ = html.style().set_property(&name, colour);
                }
            }
        }
        Some(Err(RampFault::NotARamp)) => tell(Tell::Notice, "{\"code\":\"brand\"}"),
        Some(Err(RampFault::Contrast { step, has, needs })) => {
            let number = |name: &str, value: &str| [",\"", name, "\":", value].concat();
            let params = [
                "{\"code\":\"brand_contrast\"",
                &number("step", &step.to_string()),
                &number("has", &has.to_string()),
                &number("needs", &needs.to_string()),
                "}",
            ];
            tell(Tell::Notice, &params.concat());
        }
    }
    if let Some(density) = context.density.as_deref().and_then(Density::parse) {
        root().preferences.lend_density(density);
    }
    let is_auto = context.height == Height::Auto;
    mark("data-height", Some(if is_auto { "auto" } else { "fill" }));
    glue::set_auto(is_auto);
    glue::set_shortcuts(&context.shortcuts);
}

fn language(context: &Context) {
    let Some(tag) = &context.locale else { return };
    let code = tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
    let root = root();
    if root.config.languages.contains(&code) && root.language.peek(|now| *now != code) {
        spawn_local(async move {
            pages::show_language(&code).await;
        });
    }
}

fn chrome_name() -> &'static str {
    match host::chrome() {
        embed_protocol::Chrome::Tabs => "tabs",
        embed_protocol::Chrome::Full => "full",
        embed_protocol::Chrome::None => "none",
    }
}

fn mark(name: &str, value: Option<&str>) {
    if let Some(html) = document().document_element() {
        // Both fail only for a name that no attribute can have.
        let _ = match value {
            Some(value) => html.set_attribute(name, value),
            None => html.remove_attribute(name),
        };
    }
}
