//! A field that narrows a list as one types.

use leptos::prelude::untrack;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::dom::{El, el, live, value_of};
use super::icon::small_icon;

/// The field. What it holds follows `text`, which another control or the address may change.
pub(crate) fn find(
    id: &str,
    label: &str,
    text: impl Fn() -> String + 'static,
    typed: impl Fn(String) + 'static,
) -> El {
    let (whole, input) = parts(id, label);
    follow(&input, text);
    let _ = input.on("input", move |event| untrack(|| typed(value_of(&event))));
    whole
}

/// Apart from what differs between the fields, so that it is there once.
fn parts(id: &str, label: &str) -> (El, El) {
    let input = el("input", "")
        .attr("id", id)
        .attr("type", "search")
        .attr("autocomplete", "off")
        .attr("placeholder", label);
    let whole = el("div", "input find")
        .child(small_icon("search"))
        .child(el("label", "sr").attr("for", id).text(label))
        .child(input.clone());
    (whole, input)
}

/// Keeps the value of a field as `value` says; what is being typed is not touched.
pub(crate) fn follow(field: &El, value: impl Fn() -> String + 'static) {
    // Every field has a value; which kind it is does not matter to the browser.
    let field: HtmlInputElement = field.element().clone().unchecked_into();
    live(Box::new(move || {
        let value = value();
        if field.value() != value {
            field.set_value(&value);
        }
    }));
}
