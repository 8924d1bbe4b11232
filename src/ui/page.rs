//! What every page has: one heading, which is the document's title too.

use leptos::prelude::{document, window};

use super::dom::{El, button, el};
use super::icon::icon;
use crate::i18n::t;

/// The page's one `h1`.
pub(crate) fn heading(text: &str) -> El {
    document().set_title(&format!("{text} · Cartera"));
    el("h1", "").attr("tabindex", "-1").child(el("bdi", "").text(text))
}

/// A button that loads the page again.
pub(crate) fn reload_button(class: &str) -> El {
    let reload = button(class, || {
        // It fails only where a page may not navigate itself, and then nothing else can be done.
        let _ = window().location().reload();
    });
    reload.child(icon("refresh")).text(t::config::reload())
}
