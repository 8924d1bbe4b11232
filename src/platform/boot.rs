//! What the boot script found out before the wasm was here.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The boot script's findings.
#[derive(Clone)]
pub(crate) struct Boot {
    /// The path below which the site lies, with a slash at both ends: `/`, `/portal/accounts/`.
    pub base: String,
    /// The language chosen: remembered, else the browser's, else English.
    pub language: String,
    /// The text file of that language.
    pub texts: String,
    /// The text of `config.json`; empty when it did not come.
    pub config: String,
    /// The HTTP status of `config.json`; 0 when there was no answer.
    pub config_status: u16,
    /// What stands in the names of texts and lazy files of this release.
    pub files: String,
    /// Whether this is the page for frames.
    pub is_framed: bool,
}

/// Reads `globalThis.cartera`; `None` when the page was not started by the boot script.
pub(crate) fn read() -> Option<Boot> {
    let boot = Reflect::get(&js_sys::global(), &JsValue::from_str("cartera")).ok()?;
    let field = |name: &str| Reflect::get(&boot, &JsValue::from_str(name)).ok();
    let text = |name: &str| field(name)?.as_string();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // an HTTP status
    let config_status = field("configStatus")?.as_f64()? as u16;
    Some(Boot {
        base: text("base")?,
        language: text("language")?,
        texts: text("texts")?,
        config: text("config")?,
        config_status,
        files: text("files")?,
        is_framed: field("frame").is_some_and(|frame| frame.is_object()),
    })
}

/// Fetches a module of this site that few visits need.
pub(crate) async fn load(name: &str) -> Result<JsValue, JsValue> {
    let boot = Reflect::get(&js_sys::global(), &JsValue::from_str("cartera"))?;
    let load: Function = Reflect::get(&boot, &JsValue::from_str("load"))?.dyn_into()?;
    let module: Promise = load.call1(&JsValue::UNDEFINED, &JsValue::from_str(name))?.dyn_into()?;
    JsFuture::from(module).await
}

/// Has it looked for another release: a part of this one did not come.
pub(crate) fn missed() {
    tell("missed", "", "");
}

/// Shows the boot script's crash page. `kind` is one of its words.
pub(crate) fn give_up(kind: &str, reference: &str) {
    tell("crash", kind, reference);
}

/// Hands the boot script the text file of a new language, so that its crash page speaks that one.
pub(crate) fn retext(file: &str) {
    tell("retext", file, "");
}

fn tell(function: &str, first: &str, second: &str) {
    let function = Reflect::get(&js_sys::global(), &JsValue::from_str("cartera"))
        .and_then(|boot| Reflect::get(&boot, &JsValue::from_str(function)))
        .and_then(JsValue::dyn_into::<Function>);
    if let Ok(function) = function {
        // It shows or keeps words only; it has nothing that could fail.
        let _ = function.call2(&JsValue::UNDEFINED, &JsValue::from_str(first), &JsValue::from_str(second));
    }
}
