//! Copies a short text, such as an id.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Icon;
use crate::i18n::t;
use crate::platform::clipboard;
use crate::state::{Toasts, root};

/// Copies `text` and says whether it worked.
pub(super) fn copy_and_tell(text: String, toasts: Toasts) {
    spawn_local(async move {
        if clipboard::copy(&text).await {
            toasts.tell(t::shell::copied());
        } else {
            toasts.warn(t::shell::not_copied());
        }
    });
}

/// A small button that copies `text`; `label` says what that is.
#[component]
pub(crate) fn CopyButton(#[prop(into)] text: String, label: &'static str) -> impl IntoView {
    let toasts = root().toasts;
    view! {
        <button
            type="button"
            class="btn btn-icon btn-small"
            aria-label=label
            on:click=move |_| copy_and_tell(text.clone(), toasts)
        >
            <Icon name="copy" />
        </button>
    }
}
