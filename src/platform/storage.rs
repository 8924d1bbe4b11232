//! Small preferences that survive a reload. No names, no addresses, no tokens: language and theme, which
//! the boot script reads back, and the views of the list that somebody saved by name.
//!
//! Storage may be missing or throw (private mode, a frame without storage, a full quota): then nothing
//! is remembered, and the application works all the same.

use leptos::prelude::window;

/// What is remembered.
#[derive(Clone, Copy)]
pub(crate) enum Preference {
    Language,
    Theme,
    /// Whether single letters are keys.
    Keys,
    /// Saved views, as `list-view` prints them.
    Views,
}

impl Preference {
    const ALL: [Self; 4] = [Self::Language, Self::Theme, Self::Keys, Self::Views];

    /// The boot script reads the first two.
    fn key(self) -> &'static str {
        match self {
            Self::Language => "cartera.language",
            Self::Theme => "cartera.theme",
            Self::Keys => "cartera.keys",
            Self::Views => "cartera.views",
        }
    }
}

/// Remembers `value`, or forgets it. Answers whether it will be there after a reload.
pub(crate) fn write(preference: Preference, value: Option<&str>) -> bool {
    let Ok(Some(store)) = window().local_storage() else { return false };
    match value {
        Some(value) => store.set_item(preference.key(), value).is_ok(),
        None => store.remove_item(preference.key()).is_ok(),
    }
}

/// What is remembered, if anything.
pub(crate) fn read(preference: Preference) -> Option<String> {
    window().local_storage().ok()??.get_item(preference.key()).ok()?
}

/// How many characters are kept here, keys included.
pub(crate) fn size() -> usize {
    let kept = |preference: Preference| read(preference).map(|value| preference.key().len() + value.len());
    Preference::ALL.into_iter().filter_map(kept).sum()
}

/// Forgets everything. Answers whether nothing is left.
pub(crate) fn forget_all() -> bool {
    for preference in Preference::ALL {
        write(preference, None);
    }
    size() == 0
}
