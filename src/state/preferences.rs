//! What a person has set for the whole application, beside language and theme.

use leptos::prelude::document;
use list_view::Density;

use crate::platform::storage::{self, Preference};
use crate::ui::Watched;

/// After how many minutes the list can be read anew by itself.
pub(crate) const REFRESH: [u16; 3] = [5, 15, 60];

/// The settings.
pub(crate) struct Preferences {
    /// Whether single letters are keys: those who speak to their computer switch that off (WCAG 2.1.4).
    pub keys: Watched<bool>,
    /// The height of rows and controls.
    pub density: Watched<Density>,
    /// After how many minutes the list is read anew by itself.
    pub refresh: Watched<Option<u16>>,
    /// Whether the list is kept in this browser: the deployment allows it and the person agreed.
    pub keeps: Watched<bool>,
    may_keep: bool,
}

impl Preferences {
    pub(super) fn new(may_keep: bool) -> Self {
        let preferences = Self {
            keys: Watched::new(true),
            density: Watched::new(Density::Normal),
            refresh: Watched::new(None),
            keeps: Watched::new(false),
            may_keep,
        };
        preferences.read();
        preferences
    }

    /// Takes in what is remembered, which another tab may have changed.
    pub(crate) fn read(&self) {
        let density = storage::read(Preference::Density).and_then(|key| Density::parse(&key));
        let minutes = storage::read(Preference::Refresh).and_then(|text| text.parse().ok());
        self.keys.set_if_new(storage::read(Preference::Keys).as_deref() != Some("off"));
        self.density.set_if_new(density.unwrap_or(Density::Normal));
        self.refresh.set_if_new(minutes.filter(|minutes| REFRESH.contains(minutes)));
        let agreed = storage::read(Preference::KeepCustomers).as_deref() == Some("yes");
        self.keeps.set_if_new(self.may_keep && agreed);
        self.show_density();
    }

    /// Answers whether the choice is there after a reload.
    pub(crate) fn set_keys(&self, on: bool) -> bool {
        self.keys.set(on);
        storage::write(Preference::Keys, (!on).then_some("off"))
    }

    /// Answers whether the choice is there after a reload.
    pub(crate) fn set_density(&self, density: Density) -> bool {
        self.density.set(density);
        self.show_density();
        storage::write(Preference::Density, (density != Density::Normal).then(|| density.key()))
    }

    /// Takes a portal's choice for now: it is not the person's, and is not remembered.
    pub(crate) fn lend_density(&self, density: Density) {
        self.density.set_if_new(density);
        self.show_density();
    }

    /// Answers whether the choice is there after a reload.
    pub(crate) fn set_refresh(&self, minutes: Option<u16>) -> bool {
        self.refresh.set(minutes);
        storage::write(Preference::Refresh, minutes.map(|minutes| minutes.to_string()).as_deref())
    }

    /// Answers whether the choice is there after a reload.
    pub(crate) fn set_keeps(&self, keeps: bool) -> bool {
        self.keeps.set(keeps);
        storage::write(Preference::KeepCustomers, keeps.then_some("yes"))
    }

    fn show_density(&self) {
        let key = self.density.peek(|density| density.key());
        if let Some(html) = document().document_element() {
            // It fails only for a name that no attribute can have.
            let _ = html.set_attribute("data-density", key);
        }
    }
}
