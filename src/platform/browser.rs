//! What the browser is asked for in passing.

use leptos::prelude::window;

/// Opens an address elsewhere in a tab of its own, which learns nothing of this one.
pub(crate) fn open_tab(address: &str) {
    // Where the browser lets no tab be opened it says so itself.
    let _ = window().open_with_url_and_target_and_features(address, "_blank", "noopener,noreferrer");
}

/// The languages that the person prefers, the first two letters of each.
pub(crate) fn languages() -> Vec<String> {
    let tags = window().navigator().languages();
    let tags = tags.iter().filter_map(|tag| tag.as_string());
    tags.map(|tag| tag.chars().take(2).collect::<String>().to_ascii_lowercase()).collect()
}
