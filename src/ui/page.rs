//! What every page has: one heading, a title, and words for a screen reader.

use leptos::prelude::*;

use crate::state::root;

/// The page's one `h1`. Its text is the document's title too, and is announced when it changes.
#[component]
pub(crate) fn Heading(#[prop(into)] text: Signal<String>) -> impl IntoView {
    Effect::new(move |_| {
        let text = text.get();
        document().set_title(&format!("{text} · Cartera"));
    });
    view! { <h1 tabindex="-1"><bdi>{text}</bdi></h1> }
}

/// Tells a screen reader, politely.
pub(crate) fn announce(text: impl Into<String>) {
    let announcement = root().announcement;
    announcement.set(text.into());
}
