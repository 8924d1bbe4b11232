//! What every page has: one heading, which is the document's title too.

use leptos::prelude::document;

use super::dom::{El, el};

/// The page's one `h1`.
pub(crate) fn heading(text: &str) -> El {
    document().set_title(&format!("{text} · Cartera"));
    el("h1", "").attr("tabindex", "-1").child(el("bdi", "").text(text))
}
