//! An address that leads nowhere.

use crate::i18n::t;
use crate::paths::Page;
use crate::ui::{El, el, heading, link};

/// Words about what is not there, and the way back to the list.
pub(super) fn page(title: &str, text: &str) -> El {
    let back = link("btn", &Page::all_customers().href()).text(t::customer::to_list());
    el("div", "page page-narrow")
        .child(heading(title))
        .child(el("p", "support measure").text(text))
        .child(el("p", "").child(back))
}
