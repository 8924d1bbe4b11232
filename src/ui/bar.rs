//! A bar above what it talks about: it is there, but something is missing from it.

use partner_center::Error;

use super::dom::{El, el};
use super::fault::details;
use super::icon::icon;

/// The bar of a failure that leaves something to work with: what is missing, what to do, the one action, and the details
/// that a support case needs.
pub(crate) fn fault_bar(title: &str, advice: &str, error: Option<&Error>, action: El) -> El {
    let words =
        el("div", "bar-text").child(el("b", "").text(title)).text(" ").text(advice).maybe(error.map(details));
    el("div", "bar bar-warn")
        .attr("role", "alert")
        .child(icon("warn"))
        .child(words)
        .child(el("div", "bar-actions").child(action))
}
