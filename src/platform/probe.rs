//! Finds out why an address does not answer. A failed call across origins is an opaque error, the same for an API that allows no
//! browsers, a policy of this site's, and a dead network.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{RequestCache, RequestCredentials, RequestInit, RequestMode};

use super::sign_in::{fetch, text_of};

/// What was found.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Finding {
    /// The server answers, but not to pages of this origin.
    Browsers,
    /// This site's policy forbids the call.
    Policy,
    /// Only this server does not answer.
    Unreachable,
    /// Not even this site answers.
    Offline,
}

/// Looks. `own` is a file of this site.
pub(crate) async fn look(address: &str, own: &str) -> Finding {
    if !window().navigator().on_line() {
        return Finding::Offline;
    }
    let forbidden = Rc::new(Cell::new(false));
    let told = forbidden.clone();
    let heard = Closure::<dyn FnMut(web_sys::Event)>::new(move |event: web_sys::Event| {
        if text_of(&event, "effectiveDirective") == "connect-src" {
            told.set(true);
        }
    });
    let name = "securitypolicyviolation";
    // It fails only for what is no function; the same below.
    let _ = document().add_event_listener_with_callback(name, heard.as_ref().unchecked_ref());
    // Nothing of the answer can be read, but it is known that there was one.
    let answered = fetch(address, &plain(RequestMode::NoCors)).await.is_some();
    let finding = if answered {
        Finding::Browsers
    } else {
        let own_answers = fetch(own, &plain(RequestMode::SameOrigin)).await.is_some();
        // The browser has told of a violation by now.
        match (forbidden.get(), own_answers) {
            (true, _) => Finding::Policy,
            (false, true) => Finding::Unreachable,
            (false, false) => Finding::Offline,
        }
    };
    let _ = document().remove_event_listener_with_callback(name, heard.as_ref().unchecked_ref());
    finding
}

fn plain(mode: RequestMode) -> RequestInit {
    let init = RequestInit::new();
    init.set_mode(mode);
    init.set_cache(RequestCache::NoStore);
    init.set_credentials(RequestCredentials::Omit);
    init
}
