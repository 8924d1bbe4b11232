//! Whether a second person has signed a request (`public/lazy/approval.js`), by the browser's own cryptography.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, HtmlInputElement};

use super::boot;

/// The text of the request among the files of an input, and the place of the key that signed it; `None` if none of the keys
/// did. The keys are public ones on P-256, in base64.
///
/// # Errors
/// The browser could not say, or the module did not come.
pub(crate) async fn verify(chosen: &Event, keys: &[&str]) -> Result<Option<(usize, String)>, JsValue> {
    let input: HtmlInputElement = chosen.target().ok_or(JsValue::NULL)?.dyn_into()?;
    let files = Reflect::get(&input, &JsValue::from_str("files"))?;
    let module = boot::load("lazy/approval.js").await?;
    let function: Function = Reflect::get(&module, &JsValue::from_str("verify"))?.dyn_into()?;
    let arguments: Array = keys.iter().map(|key| JsValue::from_str(key)).collect();
    arguments.unshift(&files);
    let answer: Promise = function.apply(&JsValue::UNDEFINED, &arguments)?.dyn_into()?;
    let answer = JsFuture::from(answer).await?.as_string().unwrap_or_default();
    Ok(answer.split_once(' ').and_then(|(place, text)| Some((place.parse().ok()?, text.to_owned()))))
}
