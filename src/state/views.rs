//! Saved views of the customer list, kept in this browser.

use list_view::{SavedViews, Stored};

use crate::platform::storage::{self, Preference};
use crate::ui::Watched;

/// The views, and whether there is something that must not be written over.
pub(crate) struct Views {
    pub saved: Watched<SavedViews>,
    /// What is stored comes from another release or is damaged: it stays as it is until the person decides.
    pub foreign: Watched<bool>,
}

impl Views {
    pub(super) fn new() -> Self {
        let stored = storage::read(Preference::Views).map(|text| SavedViews::parse(&text));
        let (saved, foreign) = match stored {
            Some(Stored::Views(saved)) => (saved, false),
            Some(Stored::NotUnderstood) => (SavedViews::default(), true),
            None => (SavedViews::default(), false),
        };
        Self { saved: Watched::new(saved), foreign: Watched::new(foreign) }
    }

    /// Changes the views and keeps them. Answers whether they will be there after a reload.
    pub(crate) fn change(&self, change: impl FnOnce(&mut SavedViews)) -> bool {
        self.saved.update(change);
        !self.foreign.peek(|foreign| *foreign)
            && self.saved.peek(|saved| storage::write(Preference::Views, Some(&saved.print())))
    }

    /// Gives up what could not be read.
    pub(crate) fn replace_foreign(&self) {
        self.foreign.set(false);
        self.change(|_| ());
    }

    /// Forgets all, after they were taken away from where they are kept.
    pub(crate) fn forget(&self) {
        self.foreign.set(false);
        self.saved.set(SavedViews::default());
    }
}
