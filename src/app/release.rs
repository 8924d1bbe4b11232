//! The offer of another release, when nothing is lost by it; and why a part of the program is missing.

use crate::i18n::t;
use crate::state::{Found, root};
use crate::ui::{El, el, icon, reload_button};

/// The bar.
pub(super) fn bar() -> El {
    el("div", "contents").live(|| {
        let (class, text) = match root().release.found.get() {
            // Whoever has met a gap is told at once: the browser itself asks before a reload that loses something.
            Found::Gone => ("bar bar-warn", t::release::gone()),
            Found::New if root().is_free() => ("bar", t::release::found()),
            _ => return None,
        };
        Some(
            el("div", class)
                .attr("role", "status")
                .child(icon("info"))
                .child(el("div", "bar-text").text(text))
                .child(el("div", "bar-actions").child(reload_button("btn btn-small"))),
        )
    })
}
