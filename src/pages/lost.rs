//! An address that leads nowhere.

use leptos::prelude::*;

use crate::i18n::t;
use crate::paths::Page;
use crate::ui::Heading;

/// The page for an unknown route.
#[component]
pub(crate) fn LostPage() -> impl IntoView {
    view! { <Lost title=t::lost::title().to_owned() text=t::lost::text().to_owned() /> }
}

/// Words about what is not there, and the way back to the list.
#[component]
pub(crate) fn Lost(title: String, text: String) -> impl IntoView {
    view! {
        <div class="page page-narrow">
            <Heading text=title />
            <p class="support measure">{text}</p>
            <p><a class="btn" href=Page::Customers { search: String::new() }.href()>{t::customer::to_list()}</a></p>
        </div>
    }
}
