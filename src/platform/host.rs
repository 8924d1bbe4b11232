//! The portal around the application, where it is in a frame. What speaks with it comes with a part of the program that only
//! frames load (`src/embed/`); this is what the rest of the application knows of it.

use std::cell::{Cell, OnceCell};

use embed_protocol::Chrome;
use futures_util::future::LocalBoxFuture;

/// A portal that holds the application.
pub(crate) trait Host {
    /// Another page is shown: its path below the base. The frame's own address follows, its history does not grow.
    fn changed(&self, path: &str, is_step: bool);
    /// Something was done, as the journal calls it, for a customer and with so many things.
    fn done(&self, what: &str, customer: Option<&str>, count: usize);
    /// The person lets the portal go elsewhere, and lose what would be lost.
    fn freed(&self);
    /// Asks a second person about a decision, as JSON. `None` where nobody agreed; else who did.
    fn approve(&self, request: String) -> LocalBoxFuture<'_, Option<String>>;
}

thread_local! {
    static HOST: OnceCell<&'static dyn Host> = const { OnceCell::new() };
    static CHROME: Cell<Chrome> = const { Cell::new(Chrome::Tabs) };
}

/// The portal; `None` in a tab of its own.
pub(crate) fn host() -> Option<&'static dyn Host> {
    HOST.with(|host| host.get().copied())
}

/// Whether the application is in a frame.
pub(crate) fn is_framed() -> bool {
    host().is_some()
}

/// Makes this the portal. Once; it lives as long as the application.
pub(crate) fn set(host: &'static dyn Host) {
    // A second one would be a mistake of this program's, and the first one stays.
    let _ = HOST.with(|slot| slot.set(host));
}

/// What is shown around the pages.
pub(crate) fn chrome() -> Chrome {
    if is_framed() { CHROME.get() } else { Chrome::Full }
}

/// Changes that. Answers whether it is another one: then everything is to be built anew.
pub(crate) fn set_chrome(chrome: Chrome) -> bool {
    CHROME.replace(chrome) != chrome
}
