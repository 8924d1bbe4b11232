//! What lives as long as the application: created once at the root, handed down by context.

mod customers;
mod toasts;

pub(crate) use customers::{Customers, Phase, decode_relationship};
pub(crate) use toasts::Toasts;

use app_config::Config;
use leptos::prelude::*;
use partner_center::{Client, Session};

/// Everything that outlives a page.
#[derive(Clone, Copy)]
pub(crate) struct Root {
    /// The checked settings of this deployment.
    pub config: StoredValue<Config>,
    /// The client of the API.
    pub client: StoredValue<Client, LocalStorage>,
    /// Who works here; `None` until it is known, and for ever where nobody tells.
    pub session: RwSignal<Option<Session>>,
    /// The customers, loaded once.
    pub customers: Customers,
    /// Short messages.
    pub toasts: Toasts,
    /// What a screen reader is told after a change of page, or when counts change.
    pub announcement: RwSignal<String>,
    /// The active language. The shell is built anew when it changes.
    pub language: RwSignal<String>,
}

/// The root's state, from anywhere below it.
pub(crate) fn root() -> Root {
    expect_context()
}

impl Root {
    /// The client, cheap to clone.
    pub(crate) fn client(self) -> Client {
        self.client.get_value()
    }
}
