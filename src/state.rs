//! What lives as long as the application: made once at the root, never freed, reached from anywhere.

mod actions;
mod add;
mod calls;
mod customers;
mod details;
mod edit;
mod form;
mod guard;
mod journal;
mod kept;
mod list;
mod preferences;
mod resellers;
mod rules;
mod toasts;
mod views;

pub(crate) use actions::{Action, Actions};
pub(crate) use add::{Add, AgreementState, DomainState, Made, Work, typed_profile};
pub(crate) use calls::Calls;
pub(crate) use customers::{Customers, Phase, decode_relationship, encode_relationship};
pub(crate) use details::{Details, minutes, number};
pub(crate) use edit::{Edit, Step as EditStep, draft_of};
pub(crate) use form::{AddressState, Form, patterns};
pub(crate) use guard::{Guard, Loss};
pub(crate) use journal::Done;
pub(crate) use list::{ListState, Scrolled};
pub(crate) use preferences::{Preferences, REFRESH};
pub(crate) use resellers::Known as KnownResellers;
pub(crate) use rules::{CountryForm, Known, Rules};
pub(crate) use toasts::Toasts;
pub(crate) use views::Views;

use std::cell::OnceCell;

use app_config::Config;
use leptos::task::spawn_local;
use partner_center::{BillingDocument, Client, Session};

use crate::ui::Watched;

/// Everything that outlives a page.
pub(crate) struct Root {
    /// The checked settings of this deployment.
    pub config: Config,
    /// The client of the API.
    pub client: Client,
    /// Who works here; `None` until it is known, and for ever where nobody tells.
    pub session: Watched<Option<Session>>,
    /// The customers, loaded once.
    pub customers: Customers,
    /// What is known of customers beyond the list call.
    pub details: Details,
    /// What the list remembers.
    pub list: ListState,
    /// Saved views of the list.
    pub views: Views,
    /// A customer that is being added.
    pub add: Add,
    /// An account that is being changed.
    pub edit: Edit,
    /// What each country asks for.
    pub rules: Rules,
    /// What stands in the way of leaving the page.
    pub guard: Guard,
    /// What can be done on the page that is shown.
    pub actions: Actions,
    /// What was done here.
    pub done: Done,
    /// The last calls to the API.
    pub calls: Calls,
    /// What was set for the whole application.
    pub preferences: Preferences,
    /// Whether the browser has a connection, as far as it knows.
    pub online: Watched<bool>,
    /// The account that was saved here last: whose, by Microsoft ID in lower case, and as it is now.
    pub saved: Watched<Option<(String, BillingDocument)>>,
    /// Told when something that a page had shown is not there any more.
    pub missed: Watched<()>,
    /// Short messages.
    pub toasts: Toasts,
    /// What a screen reader is told when counts change.
    pub announcement: Watched<String>,
    /// The active language. Everything is built anew when it changes.
    pub language: Watched<String>,
}

thread_local! {
    static ROOT: OnceCell<&'static Root> = const { OnceCell::new() };
}

/// The root's state. Only the application itself is built before it is there.
pub(crate) fn root() -> &'static Root {
    match ROOT.with(|root| root.get().copied()) {
        Some(root) => root,
        None => unreachable!("pages are built after the root"),
    }
}

/// Makes the root's state, once.
pub(crate) fn start(config: Config, client: Client, language: String) -> &'static Root {
    let made = Root {
        preferences: Preferences::new(config.keep_customers),
        config,
        details: Details::new(&client),
        done: Done::new(),
        calls: Calls::new(&client),
        add: Add::new(),
        edit: Edit::new(),
        rules: Rules::new(),
        guard: Guard::new(),
        actions: Actions::new(),
        online: Watched::new(true),
        session: Watched::new(None),
        customers: Customers::new(&client),
        client,
        list: ListState::new(),
        views: Views::new(),
        saved: Watched::new(None),
        missed: Watched::new(()),
        toasts: Toasts::new(),
        announcement: Watched::new(String::new()),
        language: Watched::new(language),
    };
    let root = ROOT.with(|root| *root.get_or_init(|| Box::leak(Box::new(made))));
    spawn_local(async {
        // Nobody has to know who works here: without an answer the names stay away.
        if let Ok(session) = root.client.session().await {
            root.session.set(Some(session));
        }
    });
    root
}
