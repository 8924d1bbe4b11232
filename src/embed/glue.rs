//! `public/lazy/embed.js`: the window, the port, and the page as a script sees it.

use std::cell::OnceCell;

use js_sys::{Array, ArrayBuffer, Function, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::connection::Connection;
use crate::platform::boot;

thread_local! {
    static MODULE: OnceCell<JsValue> = const { OnceCell::new() };
}

/// Begins to look for a host among those of these origins.
///
/// # Errors
/// The module did not come.
pub(super) async fn meet(hosts: &[String], connection: &'static Connection) -> Result<(), JsValue> {
    let module = boot::load("lazy/embed.js").await?;
    MODULE.with(|slot| slot.get_or_init(|| module).clone());
    let hosts: Array = hosts.iter().map(|host| JsValue::from_str(host)).collect();
    let hello = Closure::<dyn Fn() -> String>::new(|| connection.hello());
    let judge =
        Closure::<dyn Fn(String, u32) -> bool>::new(|text: String, ports| connection.judge(&text, ports));
    let heard = Closure::<dyn Fn(String, JsValue)>::new(|text: String, body: JsValue| {
        let body = body.dyn_into::<ArrayBuffer>().ok().map(|body| Uint8Array::new(&body));
        connection.hear(&text, body.as_ref());
    });
    let closed = Closure::<dyn Fn()>::new(|| connection.closed());
    call(
        "meet",
        &[
            hosts.into(),
            hello.into_js_value(),
            judge.into_js_value(),
            heard.into_js_value(),
            closed.into_js_value(),
        ],
    );
    Ok(())
}

/// Sends a text, and perhaps what goes beside it. Without a port it goes nowhere: answers whether there was one.
pub(super) fn send(text: &str, body: Option<&[u8]>) -> bool {
    let body = body.map_or(JsValue::UNDEFINED, |body| Uint8Array::from(body).buffer().into());
    call("send", &[JsValue::from_str(text), body]).is_truthy()
}

/// Has `told` told of what the page does: `title`, `modal`, `height`, `shortcut`, with its value.
pub(super) fn observe(told: fn(&str, &JsValue)) {
    let told =
        Closure::<dyn Fn(String, JsValue)>::new(move |what: String, value: JsValue| told(&what, &value));
    call("observe", &[told.into_js_value()]);
}

/// Whether the frame is to be as high as its content.
pub(super) fn set_auto(auto: bool) {
    call("setAuto", &[auto.into()]);
}

/// The part of the frame that can be seen.
pub(super) fn set_view(top: u32, height: u32) {
    call("setView", &[top.into(), height.into()]);
}

/// Keys that are the host's.
pub(super) fn set_shortcuts(keys: &[String]) {
    let keys: Array = keys.iter().map(|key| JsValue::from_str(key)).collect();
    call("setShortcuts", &[keys.into()]);
}

/// The focus goes to the first place, or to the last.
pub(super) fn enter(last: bool) {
    call("enter", &[last.into()]);
}

/// The path that the frame's own address names, if any.
pub(super) fn route() -> Option<String> {
    call("route", &[]).as_string()
}

/// Writes it there, in place of the one before.
pub(super) fn set_route(path: &str) {
    call("setRoute", &[JsValue::from_str(path)]);
}

fn call(name: &str, arguments: &[JsValue]) -> JsValue {
    let Some(module) = MODULE.with(|module| module.get().cloned()) else { return JsValue::UNDEFINED };
    let function = Reflect::get(&module, &JsValue::from_str(name)).and_then(JsValue::dyn_into::<Function>);
    let arguments: Array = arguments.iter().collect();
    function
        .and_then(|function| function.apply(&JsValue::UNDEFINED, &arguments))
        .unwrap_or(JsValue::UNDEFINED)
}
