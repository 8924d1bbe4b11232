//! Icons of the one sprite. Always decoration: the word stands beside them or is the control's name.

use leptos::prelude::*;

use crate::paths;

/// An icon by its name in `icons.svg`; `class` adds to its look.
#[component]
pub(crate) fn Icon(name: &'static str, #[prop(optional)] class: &'static str) -> impl IntoView {
    view! {
        <svg class=format!("icon {class}") aria-hidden="true">
            <use href=paths::asset(&format!("icons.svg#{name}"))></use>
        </svg>
    }
}
