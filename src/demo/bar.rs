//! What stands above every page of a demonstration: that it is one, a way to begin anew, and the panel with the faults.

use super::{State, follow_language, panel, start_again, state};
use crate::ui::{DropDown, El, button, el, icon};

/// The bar.
pub(super) fn bar() -> El {
    let Some(state) = state() else { return el("div", "contents") };
    follow_language(state);
    let open = DropDown::new();
    let part = open.clone();
    el("div", "contents")
        .live(move || {
            let words = state.words.get();
            let faults = open.button("btn btn-small").attr("aria-haspopup", "dialog").child(icon("warn"));
            let again = button("btn btn-small", start_again).child(icon("refresh")).text(words.of("again"));
            let text = el("div", "bar-text")
                .child(el("b", "").text(words.of("label")))
                .text(" ")
                .text(words.of("about"));
            Some(
                el("div", "bar bar-demo no-print")
                    .attr("role", "note")
                    .attr("aria-label", words.of("label"))
                    .child(icon("info"))
                    .child(text)
                    .child(
                        el("div", "bar-actions")
                            .child(faults.live_text(move || switched_on(state)))
                            .child(again),
                    ),
            )
        })
        .child(part.part("panel demo", move || panel::panel(state)))
}

/// The button's name, with the number of faults that are on.
fn switched_on(state: &'static State) -> String {
    let name = state.words.with(|words| words.of("faults").to_owned());
    match state.faults.with(Vec::len) {
        0 => name,
        on => [&name, ": ", &crate::i18n::number(on)].concat(),
    }
}
