//! What signing in needs of the browser: windows, a channel between them, what the tab keeps meanwhile, the authority's answers.

use std::time::Duration;

use futures_util::future::{Either, select};
use js_sys::Reflect;
use leptos::prelude::window;
use sign_in::Entropy;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{BroadcastChannel, MessageEvent, RequestCredentials, RequestInit};

use super::time::BrowserClock;
use partner_center::{Clock, Timestamp};

/// How long the authority may take: 30 seconds.
const LIMIT: Duration = Duration::from_secs(30);

/// The browser's random bytes.
pub(crate) struct BrowserEntropy;

impl Entropy for BrowserEntropy {
    fn fill(&self, bytes: &mut [u8]) -> bool {
        window().crypto().is_ok_and(|crypto| crypto.get_random_values_with_u8_array(bytes).is_ok())
    }
}

/// What the tab's own storage keeps while this window is at the authority. Never a token.
#[derive(Clone, Copy)]
pub(crate) enum Kept {
    /// The sign-in that was begun.
    Pending,
    /// What the authority answered, as `callback.js` put it there.
    Answer,
    /// That somebody was signed in, so that a reload goes on without a question.
    Was,
}

impl Kept {
    fn key(self) -> &'static str {
        match self {
            Self::Pending => "cartera.sign-in",
            Self::Answer => "cartera.sign-in.answer",
            Self::Was => "cartera.signed-in",
        }
    }

    /// Keeps `value`; whether it is there.
    pub(crate) fn put(self, value: &str) -> bool {
        let store = window().session_storage().ok().flatten();
        store.is_some_and(|store| store.set_item(self.key(), value).is_ok())
    }

    /// Takes it away and answers what it was.
    pub(crate) fn take(self) -> Option<String> {
        let store = window().session_storage().ok().flatten()?;
        let value = store.get_item(self.key()).ok().flatten();
        // Nothing that is used once may be there twice.
        store.remove_item(self.key()).ok()?;
        value
    }
}

/// Whether this page is in a frame, where an authority shows nothing.
pub(crate) fn is_framed() -> bool {
    window().parent().ok().flatten().is_some_and(|parent| parent != window())
}

/// Opens a window; whether the browser let it. What becomes of it afterwards it does not tell: the authority's own policy
/// cuts the two windows off from each other.
pub(crate) fn open_window(address: &str) -> bool {
    let features = "popup,width=520,height=720";
    window()
        .open_with_url_and_target_and_features(address, "_blank", features)
        .is_ok_and(|opened| opened.is_some())
}

/// Leaves this page.
pub(crate) fn leave_for(address: &str) {
    // It fails only where a page may not navigate itself.
    let _ = window().location().assign(address);
}

/// Waits for the answer of another window to one sign-in, until it is dropped.
pub(crate) struct Listening {
    channel: BroadcastChannel,
    _heard: Closure<dyn FnMut(MessageEvent)>,
}

impl Listening {
    /// Listens; what is heard goes to `heard`, once it was told that it arrived.
    pub(crate) fn new(state: &str, heard: impl Fn(String) + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new(&["cartera.sign-in.", state].concat()).ok()?;
        let back = channel.clone();
        let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(answer) = event.data().as_string() {
                // It fails only when the channel is closed.
                let _ = back.post_message(&JsValue::TRUE);
                heard(answer);
            }
        });
        channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        Some(Self { channel, _heard: heard })
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        // Later: what was just said has to be heard first.
        let channel = self.channel.clone();
        channel.set_onmessage(None);
        leptos::task::spawn_local(async move {
            BrowserClock.sleep(Duration::from_secs(2)).await;
            channel.close();
        });
    }
}

/// Sends a form to the authority; status and body, or `None` if nothing came.
pub(crate) async fn post_form(address: &str, form: &str) -> Option<(u16, Vec<u8>)> {
    let init = RequestInit::new();
    init.set_method("POST");
    // No cookie of the authority's goes with it.
    init.set_credentials(RequestCredentials::Omit);
    init.set_body(&JsValue::from_str(form));
    let headers = web_sys::Headers::new().ok()?;
    headers.set("Content-Type", "application/x-www-form-urlencoded").ok()?;
    init.set_headers(&headers);
    let answer = async {
        let response = gloo_net::http::Response::from(fetch(address, &init).await?);
        let body = response.binary().await.ok()?;
        Some((response.status(), body))
    };
    match select(Box::pin(answer), BrowserClock.sleep(LIMIT)).await {
        Either::Left((answer, _)) => answer,
        Either::Right(_) => None,
    }
}

/// What time it is at the server of this site, in milliseconds since 1970: it says so to its own pages.
pub(crate) async fn site_time(own_file: &str) -> Option<i64> {
    let init = RequestInit::new();
    init.set_method("HEAD");
    init.set_cache(web_sys::RequestCache::NoStore);
    let response = gloo_net::http::Response::from(fetch(own_file, &init).await?);
    let date = Timestamp::parse_http(&response.headers().get("date")?)?;
    // What a cache on the way kept is older than it says.
    let age = response.headers().get("age").and_then(|age| age.parse::<i64>().ok()).unwrap_or(0);
    Some(date.millis().saturating_add(age.saturating_mul(1000)))
}

/// What `fetch` gives; `None` for whatever keeps it from an answer.
pub(crate) async fn fetch(address: &str, init: &RequestInit) -> Option<web_sys::Response> {
    let promise = window().fetch_with_str_and_init(address, init);
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

/// The member of an event that is a text.
pub(crate) fn text_of(event: &JsValue, name: &str) -> String {
    Reflect::get(event, &JsValue::from_str(name)).ok().and_then(|value| value.as_string()).unwrap_or_default()
}
