//! Where short messages appear.

use super::dom::{El, button, el};
use super::icon::icon;
use crate::i18n::t;
use crate::state::root;

/// The region, there from the start: a screen reader only hears what changes in a region that it knows.
pub(crate) fn toast_region() -> El {
    let toasts = &root().toasts;
    el("div", "toasts")
        .attr("role", "log")
        .attr("aria-label", t::shell::messages())
        .on("pointerenter", |_| toasts.hold(true))
        .on("pointerleave", |_| toasts.hold(false))
        .on("focusin", |_| toasts.hold(true))
        .on("focusout", |_| toasts.hold(false))
        .live(move || {
            let shown = toasts.shown();
            (!shown.is_empty()).then(|| {
                el("div", "stack stack-8").children(shown.into_iter().map(|toast| {
                    el("div", if toast.is_fault { "toast is-fault" } else { "toast" })
                        .child(icon(if toast.is_fault { "bad" } else { "ok" }))
                        .child(el("p", "").text(&toast.text))
                        .child(
                            button("btn btn-icon btn-small", move || toasts.dismiss(toast.number))
                                .attr("aria-label", t::shell::dismiss())
                                .child(icon("close")),
                        )
                }))
            })
        })
}
