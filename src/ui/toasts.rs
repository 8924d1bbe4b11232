//! Where short messages appear.

use leptos::prelude::*;

use super::Icon;
use crate::i18n::t;
use crate::state::Toasts;

/// The region, there from the start: a screen reader only hears what changes in a region that it knows.
#[component]
pub(crate) fn ToastRegion(toasts: Toasts) -> impl IntoView {
    view! {
        <div
            class="toasts stack stack-8"
            role="log"
            aria-label=t::shell::messages()
            on:pointerenter=move |_| toasts.hold(true)
            on:pointerleave=move |_| toasts.hold(false)
            on:focusin=move |_| toasts.hold(true)
            on:focusout=move |_| toasts.hold(false)
        >
            <For each=move || toasts.shown().get() key=|toast| toast.number let(toast)>
                <div class="toast" class:is-fault=toast.is_fault>
                    <Icon name=if toast.is_fault { "bad" } else { "ok" } />
                    <p>{toast.text.clone()}</p>
                    <button
                        type="button"
                        class="btn btn-icon btn-small"
                        aria-label=t::shell::dismiss()
                        on:click=move |_| toasts.dismiss(toast.number)
                    >
                        <Icon name="close" />
                    </button>
                </div>
            </For>
        </div>
    }
}
