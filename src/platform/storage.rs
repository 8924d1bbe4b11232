//! Small preferences that survive a reload. No names, no addresses, no tokens: language and theme, which
//! the boot script reads back, the views of the list that somebody saved by name, and what was done here, by ids only.
//! Other tabs change the same things: who writes what has grown reads it again first.
//!
//! Storage may be missing or throw (private mode, a frame without storage, a full quota): then nothing
//! is remembered, and the application works all the same.

use leptos::prelude::window;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// What is remembered.
#[derive(Clone, Copy)]
pub(crate) enum Preference {
    Language,
    Theme,
    /// Whether single letters are keys.
    Keys,
    /// Saved views, as `list-view` prints them.
    Views,
    /// The height of rows and controls.
    Density,
    /// After how many minutes the list is read anew.
    Refresh,
    /// Whether the list of customers is kept in this browser.
    KeepCustomers,
    /// What was done here, as `journal` prints it.
    Journal,
    /// What columns of files were said to be, by their headings.
    Columns,
    /// Of which partner the things above are, by its Microsoft ID: those of one are not shown to another.
    Partner,
}

impl Preference {
    const ALL: [Self; 10] = [
        Self::Language,
        Self::Theme,
        Self::Keys,
        Self::Views,
        Self::Density,
        Self::Refresh,
        Self::KeepCustomers,
        Self::Journal,
        Self::Columns,
        Self::Partner,
    ];

    /// The boot script reads the first two.
    fn key(self) -> &'static str {
        match self {
            Self::Language => "cartera.language",
            Self::Theme => "cartera.theme",
            Self::Keys => "cartera.keys",
            Self::Views => "cartera.views",
            Self::Density => "cartera.density",
            Self::Refresh => "cartera.refresh",
            Self::KeepCustomers => "cartera.keep-customers",
            Self::Journal => "cartera.journal",
            Self::Columns => "cartera.columns",
            Self::Partner => "cartera.partner",
        }
    }
}

/// Whether the browser lets anything be kept: not in private windows and frames of some.
pub(crate) fn is_there() -> bool {
    matches!(window().local_storage(), Ok(Some(_)))
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

/// Calls this whenever another tab has changed what is remembered. Once.
pub(crate) fn watch(changed: impl FnMut() + 'static) {
    let changed = Closure::<dyn FnMut()>::new(changed).into_js_value();
    // It fails only for what is no function.
    let _ = window().add_event_listener_with_callback("storage", changed.unchecked_ref());
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
    Typed::forget_all();
    size() == 0
}

/// What was typed and not sent yet, kept in the tab's own storage: it outlives a reload, and ends with the tab.
#[derive(Clone, Copy)]
pub(crate) enum Typed {
    /// For a new customer.
    NewCustomer,
    /// On a customer's account.
    Account,
}

impl Typed {
    /// Forgets all that was typed in this tab.
    pub(crate) fn forget_all() {
        for typed in [Self::NewCustomer, Self::Account] {
            typed.write(None);
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::NewCustomer => "cartera.draft.new-customer",
            Self::Account => "cartera.draft.account",
        }
    }

    /// Keeps a text, or forgets it. Answers whether it will be there after a reload.
    pub(crate) fn write(self, text: Option<&str>) -> bool {
        let Ok(Some(store)) = window().session_storage() else { return false };
        match text {
            Some(text) => store.set_item(self.key(), text).is_ok(),
            None => store.remove_item(self.key()).is_ok(),
        }
    }

    /// What is kept, if anything.
    pub(crate) fn read(self) -> Option<String> {
        window().session_storage().ok()??.get_item(self.key()).ok()?
    }
}
