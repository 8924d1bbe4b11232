//! Find and replace in the rows that are shown.

use std::rc::Rc;

use import_desk::{Answer, Ask, Needle};
use leptos::prelude::queue_microtask;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, KeyboardEvent};

use super::grid::Grid;
use super::state;
use crate::i18n::t;
use crate::ui::{El, button, el, focus, icon, shared};

/// Opens it, if there is one on the page.
pub(super) fn open() {
    state().finding.set_if_new(true);
    queue_microtask(|| focus("#import-find"));
}

/// The bar, while it is open.
pub(super) fn bar(grid: &Rc<Grid>) -> El {
    let grid = grid.clone();
    el("div", "contents").live(move || state().finding.get().then(|| build(&grid)))
}

fn field(id: &str, label: &str) -> (El, HtmlInputElement) {
    let input = el("input", "").attr("id", id).attr("autocomplete", "off").attr("spellcheck", "false");
    let control: HtmlInputElement = input.element().clone().unchecked_into();
    let whole = el("div", "field field-inline")
        .child(el("label", "").attr("for", id).text(label))
        .child(el("div", "input").child(input));
    (whole, control)
}

fn check(id: &str, label: &str) -> (El, HtmlInputElement) {
    let input = el("input", "").attr("id", id).attr("type", "checkbox");
    let control: HtmlInputElement = input.element().clone().unchecked_into();
    (el("label", "check").attr("for", id).child(input).text(label), control)
}

fn build(grid: &Rc<Grid>) -> El {
    let (what, text) = field("import-find", t::import::find_what());
    let (with, new) = field("import-replace", t::import::find_with());
    let (exact, is_exact) = check("import-find-exact", t::import::find_case());
    let (whole, is_whole) = check("import-find-whole", t::import::find_whole());
    let none = shared(false);
    let needle =
        Rc::new(move || Needle { text: text.value(), exact: is_exact.checked(), whole: is_whole.checked() });
    let (sought, from, told) = (needle.clone(), grid.clone(), none.clone());
    let next = Rc::new(move || {
        let (ask, grid, told) = (Ask::Find((sought(), from.active())), from.clone(), told.clone());
        spawn_local(async move {
            if let Some(Answer::Found(place)) = state().ask(&ask, None).await {
                told.set_if_new(place.is_none());
                if let Some(place) = place {
                    grid.go_to(place);
                }
            }
        });
    });
    let all = button("btn btn-small", move || state().tell(Ask::Replace((needle(), new.value()))));
    let entered = next.clone();
    let close = || {
        state().finding.set_if_new(false);
        focus("#import-grid");
    };
    el("div", "tools find-bar")
        .attr("role", "search")
        .on("keydown", move |event| match event.unchecked_ref::<KeyboardEvent>().key().as_str() {
            "Escape" => close(),
            "Enter"
                if event.target().is_some_and(|target| target.dyn_ref::<HtmlInputElement>().is_some()) =>
            {
                event.prevent_default();
                entered();
            }
            _ => {}
        })
        .child(what)
        .child(with)
        .child(exact)
        .child(whole)
        .child(button("btn btn-small", move || next()).text(t::import::find_next()))
        .child(all.text(t::import::find_all()))
        .child(
            button("btn btn-icon btn-small", close)
                .attr("aria-label", t::shell::close())
                .child(icon("close")),
        )
        .child(
            el("span", "meta").attr("role", "status").live_text(move || {
                if none.get() { t::import::find_nothing().to_owned() } else { String::new() }
            }),
        )
}
