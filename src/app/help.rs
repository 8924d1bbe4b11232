//! The keys, in a dialog.

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

use crate::i18n::t;
use crate::ui::{El, button, el, icon};

thread_local! {
    static DIALOG: RefCell<Option<HtmlDialogElement>> = const { RefCell::new(None) };
}

/// Opens it.
pub(super) fn open() {
    if let Some(dialog) = DIALOG.with_borrow(Clone::clone) {
        // It throws only when it is open already.
        let _ = dialog.show_modal();
    }
}

/// The dialog, closed.
pub(super) fn help() -> El {
    let dialog = el("dialog", "dialog").attr("aria-label", t::keys::title());
    let handle: HtmlDialogElement = dialog.element().clone().unchecked_into();
    DIALOG.with_borrow_mut(|slot| *slot = Some(handle.clone()));
    let close = button("btn btn-icon push", move || handle.close()).attr("aria-label", t::shell::close());
    let keys: [(&str, &str); 10] = [
        ("Ctrl K", t::palette::title()),
        ("/", t::customers::search()),
        ("j k ↓ ↑", t::keys::move_()),
        ("Enter", t::customers::open()),
        ("→ ←", t::customers::details()),
        ("x", t::keys::choose()),
        ("Shift X ↓ ↑", t::keys::range()),
        ("Esc", t::keys::escape()),
        ("g c, g t, g a, g s", t::keys::go()),
        ("?", t::keys::title()),
    ];
    let pairs = keys
        .into_iter()
        .flat_map(|(key, words)| [el("dt", "").child(el("kbd", "").text(key)), el("dd", "").text(words)]);
    dialog
        .child(
            el("div", "section-head")
                .child(el("h2", "").text(t::keys::title()))
                .child(close.child(icon("close"))),
        )
        .child(el("dl", "facts facts-tight").children(pairs))
        .child(el("p", "meta").text(t::keys::off()))
}
