//! Nothing yet, nothing found, not allowed: words first, at most one action.

use super::dom::{El, el};
use super::icon::icon;

/// An empty state.
pub(crate) fn empty(symbol: &str, title: &str, text: &str, action: Option<El>) -> El {
    el("div", "empty")
        .child(icon(symbol))
        .child(el("h2", "").text(title))
        .child(el("p", "").text(text))
        .maybe(action)
}
