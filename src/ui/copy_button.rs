//! Copies a short text, such as an id.

use leptos::task::spawn_local;

use super::dom::{El, button};
use super::icon::icon;
use crate::i18n::t;
use crate::platform::clipboard;
use crate::state::root;

/// Copies `text` and says whether it worked.
pub(crate) fn copy_and_tell(text: String) {
    spawn_local(async move {
        if clipboard::copy(&text).await {
            root().toasts.tell(t::shell::copied());
        } else {
            root().toasts.warn(t::shell::not_copied());
        }
    });
}

/// A small button that copies `text`; `label` says what that is.
pub(crate) fn copy_button(text: String, label: &str) -> El {
    button("btn btn-icon btn-small", move || copy_and_tell(text.clone()))
        .attr("aria-label", label)
        .child(icon("copy"))
}
