//! Journals of imports, and who of several tabs runs one (`public/lazy/imports.js`). The database may be missing, forbidden
//! or full: the caller is told, and decides.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::boot;

/// Adds a text to the journal of an import. Answers whether it is kept for certain.
pub(crate) async fn append(import: &str, text: &str) -> bool {
    call("append", &[import, text]).await.is_ok()
}

/// Forgets the journal of an import.
pub(crate) async fn drop_journal(import: &str) {
    // One that stays goes by itself after three days.
    let _ = call("drop", &[import]).await;
}

/// All journals that are kept, the latest first: when each was last written, in milliseconds since 1970, and its text.
/// `None` where nothing can be kept.
pub(crate) async fn journals() -> Option<Vec<(i64, String)>> {
    let found: Array = call("all", &[]).await.ok()?.dyn_into().ok()?;
    let texts = found.iter().filter_map(|text| text.as_string());
    let parts = texts.filter_map(|text| {
        let (at, journal) = text.split_once('\u{1e}')?;
        Some((at.parse().ok()?, journal.to_owned()))
    });
    Some(parts.collect())
}

/// Forgets all journals.
pub(crate) async fn forget() {
    // What cannot be forgotten could not be written.
    let _ = call("forget", &[]).await;
}

/// Holds imports of this name for this tab. Answers whether it does: one tab can. Without the module nobody is kept away.
pub(crate) async fn hold(name: &str) -> bool {
    call("hold", &[name]).await.map_or(true, |held| held.is_truthy())
}

/// Lets another tab run them.
pub(crate) async fn let_go() {
    let _ = call("letGo", &[]).await;
}

async fn call(name: &str, arguments: &[&str]) -> Result<JsValue, JsValue> {
    let module = boot::load("lazy/imports.js").await?;
    let function: Function = Reflect::get(&module, &JsValue::from_str(name))?.dyn_into()?;
    let arguments: Array = arguments.iter().map(|text| JsValue::from_str(text)).collect();
    let answer = function.apply(&JsValue::UNDEFINED, &arguments)?;
    JsFuture::from(Promise::resolve(&answer)).await
}
