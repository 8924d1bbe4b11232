//! What is shown in a frame when no portal answers: the way into a tab of its own.

use leptos::prelude::document;

use crate::i18n::t;
use crate::paths::Page;
use crate::ui::{El, el, heading, icon, link};

/// Words about it, and a link that works without any portal.
pub(super) fn page() -> El {
    if let Some(html) = document().document_element() {
        // It fails only for a name that no attribute can have.
        let _ = html.set_attribute("data-height", "fill");
    }
    let open = link("btn btn-primary", &Page::all_customers().href())
        .attr("target", "_blank")
        .attr("rel", "noopener")
        .child(icon("open"))
        .text(t::frame::open());
    let notice = el("div", "empty")
        .attr("role", "alert")
        .child(icon("unknown"))
        .child(heading(t::frame::alone()))
        .child(el("p", "").text(t::frame::alone_text()))
        .child(el("p", "").child(open));
    el("main", "main").attr("id", "main").child(el("div", "page page-narrow").child(notice))
}
