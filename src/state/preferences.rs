//! What a person has set for the whole application, beside language and theme.

use crate::platform::storage::{self, Preference};
use crate::ui::Watched;

/// The settings.
pub(crate) struct Preferences {
    /// Whether single letters are keys: those who speak to their computer switch that off (WCAG 2.1.4).
    pub keys: Watched<bool>,
}

impl Preferences {
    pub(super) fn new() -> Self {
        Self { keys: Watched::new(storage::read(Preference::Keys).as_deref() != Some("off")) }
    }

    /// Answers whether the choice is there after a reload.
    pub(crate) fn set_keys(&self, on: bool) -> bool {
        self.keys.set(on);
        storage::write(Preference::Keys, (!on).then_some("off"))
    }
}
