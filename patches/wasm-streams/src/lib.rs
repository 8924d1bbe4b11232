//! In the place of `wasm-streams`.
//!
//! Leptos depends on `server_fn` whether or not an application has server functions, and that on `wasm-streams`, whose
//! classes are exported to JavaScript and hence stay in every program. Cartera has no server functions. This has what
//! `server_fn` needs to compile; a stream of it is empty.
#![deny(missing_docs)]

use futures_util::stream::{Empty, Stream, empty};
use wasm_bindgen::JsValue;

/// A stream of the browser.
pub struct ReadableStream(Option<web_sys::ReadableStream>);

impl ReadableStream {
    /// Leaves `stream` unread.
    pub fn from_stream(_stream: impl Stream<Item = Result<JsValue, JsValue>> + 'static) -> Self {
        Self(None)
    }

    /// Takes a stream of the browser.
    pub fn from_raw(raw: web_sys::ReadableStream) -> Self {
        Self(Some(raw))
    }

    /// The stream of the browser: `undefined` where there was none.
    pub fn into_raw(self) -> JsValue {
        self.0.map_or(JsValue::UNDEFINED, Into::into)
    }

    /// An empty stream.
    pub fn into_stream(self) -> Empty<Result<JsValue, JsValue>> {
        empty()
    }
}
