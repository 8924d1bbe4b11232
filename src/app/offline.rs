//! A bar while the browser has no connection. What failed for want of one is read again when it is back.

use leptos::prelude::window;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use crate::i18n::t;
use crate::state::root;
use crate::ui::{El, el, icon};

/// Begins to watch the connection. Once.
pub(super) fn watch() {
    let changed = Closure::<dyn FnMut()>::new(|| {
        let online = window().navigator().on_line();
        root().online.set_if_new(online);
        if online {
            root().read_again();
        }
    })
    .into_js_value();
    for event in ["online", "offline"] {
        // It fails only for what is no function.
        let _ = window().add_event_listener_with_callback(event, changed.unchecked_ref());
    }
}

/// The bar.
pub(super) fn bar() -> El {
    el("div", "offline").attr("role", "status").live(|| {
        let offline = root().online.with(|online| !online);
        offline.then(|| {
            el("div", "bar bar-warn")
                .child(icon("offline"))
                .child(el("div", "bar-text").text(t::shell::offline()))
        })
    })
}
