//! Excel workbooks (`public/lazy/workbook.js`), by a program that is fetched when one is opened.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use super::boot;

/// What a refusal without a code of its own is called.
const NOT_LOADED: &str = "not_loaded";

/// Opens a file. Answers its sheets: name, rows and whether it is hidden, by tabs.
///
/// # Errors
/// The code of the refusal.
pub(crate) async fn open(file: JsValue) -> Result<Vec<String>, String> {
    Ok(list(call("open", &file).await)?.into_iter().filter_map(|text| text.as_string()).collect())
}

/// The rows of a sheet as a file of text, and what is to be said of them: kind, count and first places, by tabs.
///
/// # Errors
/// The code of the refusal.
pub(crate) async fn rows(sheet: u32) -> Result<(File, Vec<String>), String> {
    let mut list = list(call("rows", &JsValue::from(sheet)).await)?.into_iter();
    let file = list.next().and_then(|file| file.dyn_into().ok()).ok_or(NOT_LOADED)?;
    Ok((file, list.filter_map(|text| text.as_string()).collect()))
}

/// Ends the program.
pub(crate) async fn close() {
    // It was not there.
    let _ = call("close", &JsValue::UNDEFINED).await;
}

fn list(answer: Result<JsValue, JsValue>) -> Result<Vec<JsValue>, String> {
    let list: Array = answer
        .map_err(|code| code.as_string().unwrap_or_else(|| NOT_LOADED.to_owned()))?
        .dyn_into()
        .map_err(|_| NOT_LOADED.to_owned())?;
    Ok(list.iter().collect())
}

async fn call(name: &str, argument: &JsValue) -> Result<JsValue, JsValue> {
    let module = boot::load("lazy/workbook.js").await?;
    let function: Function = Reflect::get(&module, &JsValue::from_str(name))?.dyn_into()?;
    let answer = function.call1(&JsValue::UNDEFINED, argument)?;
    JsFuture::from(Promise::resolve(&answer)).await
}
