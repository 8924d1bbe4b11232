//! The database of kept lists (`public/lazy/store.js`), where the person agreed. It may be missing or full: then nothing is
//! kept.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::boot;

/// The text that is kept under this key.
pub(crate) async fn read(key: &str) -> Option<String> {
    call("read", &[key]).await.ok()?.as_string()
}

/// Keeps a text. Answers whether it is kept.
pub(crate) async fn write(key: &str, text: &str) -> bool {
    call("write", &[key, text]).await.is_ok()
}

/// Forgets all that is kept. Answers whether nothing is left.
pub(crate) async fn forget() -> bool {
    call("forget", &[]).await.is_ok()
}

async fn call(name: &str, arguments: &[&str]) -> Result<JsValue, JsValue> {
    let store = boot::load("lazy/store.js").await?;
    let function: Function = Reflect::get(&store, &JsValue::from_str(name))?.dyn_into()?;
    let arguments: Array = arguments.iter().map(|text| JsValue::from_str(text)).collect();
    let answer: Promise = function.apply(&JsValue::UNDEFINED, &arguments)?.dyn_into()?;
    JsFuture::from(answer).await
}
