//! The search field. Esc clears it, and the arrow leads down to the first row.

use std::rc::Rc;

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::KeyboardEvent;

use super::list::List;
use crate::i18n::t;
use crate::ui::{El, button, el, focus, icon, live, small_icon, value_of};

/// The field with its label, and a button that clears it while there is something to clear.
pub(super) fn field(list: &Rc<List>) -> El {
    let (typed, cleared, shown) = (list.clone(), list.clone(), list.clone());
    let input = el("input", "")
        .attr("id", "find")
        .attr("type", "search")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr("placeholder", t::customers::search_hint())
        .on("input", move |event| typed.search(value_of(&event)))
        .on("keydown", move |event| {
            let done = match event.unchecked_ref::<KeyboardEvent>().key().as_str() {
                "Escape" if cleared.text.peek(|text| !text.is_empty()) => {
                    cleared.search(String::new());
                    true
                }
                "ArrowDown" => {
                    let rows = cleared.rows.borrow().upgrade();
                    rows.is_some_and(|rows| rows.go_to(0).is_some())
                }
                _ => false,
            };
            if done {
                event.prevent_default();
            }
        });
    let element = input.element().clone();
    live(Box::new(move || {
        shown.text.with(|text| {
            let name = JsValue::from_str("value");
            let same =
                Reflect::get(&element, &name).ok().and_then(|value| value.as_string()).as_ref() == Some(text);
            if !same {
                // The field is an input: it has a value.
                let _ = Reflect::set(&element, &name, &JsValue::from_str(text));
            }
        });
    }));
    let list = list.clone();
    el("div", "input find")
        .child(small_icon("search"))
        .child(el("label", "sr").attr("for", "find").text(t::customers::search()))
        .child(input)
        .live(move || {
            let clearing = list.clone();
            let clear = button("btn btn-icon btn-small", move || {
                clearing.search(String::new());
                focus("#find");
            });
            let is_there = list.text.with(|text| !text.is_empty());
            is_there.then(|| clear.attr("aria-label", t::customers::clear()).child(icon("close")))
        })
}
