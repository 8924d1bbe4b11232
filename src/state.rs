//! What lives as long as the application: made once at the root, never freed, reached from anywhere.

mod actions;
mod add;
mod calls;
mod customers;
mod details;
mod edit;
mod form;
mod guard;
mod import;
mod journal;
mod kept;
mod list;
mod preferences;
mod release;
mod removal;
mod resellers;
mod rules;
mod session;
mod sign_in;
mod toasts;
mod transfers;
mod trouble;
mod views;

pub(crate) use actions::{Action, Actions};
pub(crate) use add::{Add, AgreementState, DomainState, Made, Work, typed_profile};
pub(crate) use calls::Calls;
pub(crate) use customers::{Customers, Phase, decode_relationship, encode_relationship};
pub(crate) use details::{Details, minutes, number};
pub(crate) use edit::{Edit, Step as EditStep, draft_of};
pub(crate) use form::{AddressState, Form, patterns};
pub(crate) use guard::{Guard, Loss};
pub(crate) use import::{Book, Drive, Held, Import, KnownCustomer, Scan, Seat, Source, Trouble};
pub(crate) use journal::Done;
pub(crate) use list::{ListState, Scrolled};
pub(crate) use preferences::{Preferences, REFRESH};
pub(crate) use release::{Found, Release};
pub(crate) use removal::Removal;
pub(crate) use resellers::Known as KnownResellers;
pub(crate) use rules::{CountryForm, Known, Rules};
pub(crate) use session::session_of;
pub(crate) use sign_in::{Door, Parts, SignIn, machine};
pub(crate) use toasts::Toasts;
pub(crate) use transfers::{Doing, Transfers, What, own_partner};
pub(crate) use trouble::{Look, Silence, Troubles};
pub(crate) use views::Views;

use std::cell::OnceCell;

use account_rules::Draft;
use app_config::Config;
use leptos::prelude::{untrack, window};
use leptos::task::spawn_local;
use partner_center::{BillingDocument, Client, Session};

use crate::platform::lists;
use crate::platform::storage::{self, Preference, Typed};
use crate::ui::{El, Watched};

/// Everything that outlives a page.
pub(crate) struct Root {
    /// The checked settings of this deployment.
    pub config: Config,
    /// The client of the API.
    pub client: Client,
    /// Who works here; `None` until it is known, and for ever where nobody tells.
    pub session: Watched<Option<Session>>,
    /// What stands above every page, where this is a demonstration.
    pub bar: Option<fn() -> El>,
    /// Whether somebody is signed in, where this page does it.
    pub sign_in: SignIn,
    /// Why nobody answers, while nobody does.
    pub troubles: Troubles,
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
    /// Subscriptions that go to another partner, and come from one.
    pub transfers: Transfers,
    /// Relationships that are being ended.
    pub removal: Removal,
    /// Users from a file.
    pub import: Import,
    /// What each country asks for.
    pub rules: Rules,
    /// Whether another release is there.
    pub release: Release,
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

impl Root {
    /// Takes in who works here. What is of another partner is forgotten first.
    pub(crate) fn set_session(&'static self, session: Session) {
        let before = self.session.peek(|session| session.as_ref().and_then(partner_key));
        let before = before.or_else(|| storage::read(Preference::Partner));
        if let (Some(before), Some(now)) = (before, partner_key(&session))
            && before != now
        {
            self.forget_partner();
        }
        self.session.set(Some(session));
        self.note_partner();
    }

    /// Forgets everything of a partner: the customers and what is known of them, here and in this browser, what was
    /// done, and what was typed. For a change of partner, and for signing out.
    pub(crate) fn forget_partner(&'static self) {
        storage::write(Preference::Journal, None);
        storage::write(Preference::Partner, None);
        self.done.forget();
        if self.preferences.keeps.peek(|keeps| *keeps) {
            // It was this partner's agent who agreed.
            self.preferences.set_keeps(false);
        }
        spawn_local(async {
            lists::forget().await;
        });
        self.customers.start_over();
        Typed::forget_all();
        self.edit.discard();
        self.transfers.forget();
        self.removal.forget();
        self.import.forget();
        if !untrack(|| self.add.is_going()) {
            self.add.begin(Draft::default());
        }
    }

    /// Reads again what failed for want of a connection or of a sign-in.
    pub(crate) fn read_again(&'static self) {
        self.customers.resume_if_offline();
        self.details.resume_if_offline();
        self.import.signed_in();
        // What pages have failed to read, they read again when they hear of a connection.
        self.online.set(window().navigator().on_line());
    }

    /// Notes whose the things are that this browser keeps, where it keeps any.
    pub(crate) fn note_partner(&self) {
        let keeps = self.preferences.keeps.peek(|keeps| *keeps);
        if (keeps || storage::read(Preference::Journal).is_some())
            && let Some(key) = self.session.peek(|session| session.as_ref().and_then(partner_key))
        {
            storage::write(Preference::Partner, Some(&key));
        }
    }
}

/// Under what things of a partner are kept. `None` if nobody says which partner this is.
pub(crate) fn partner_key(session: &Session) -> Option<String> {
    Some(session.partner.as_ref()?.id.as_ref()?.as_str().to_ascii_lowercase())
}

/// Makes the root's state, once.
pub(crate) fn start(
    config: Config,
    client: Client,
    language: String,
    sign_in: SignIn,
    look: Look,
    bar: Option<fn() -> El>,
) -> &'static Root {
    let made = Root {
        preferences: Preferences::new(config.keep_customers),
        config,
        details: Details::new(&client),
        done: Done::new(),
        calls: Calls::new(&client),
        add: Add::new(),
        edit: Edit::new(),
        transfers: Transfers::new(&client),
        removal: Removal::new(),
        import: Import::new(),
        rules: Rules::new(),
        release: Release::new(),
        guard: Guard::new(),
        actions: Actions::new(),
        online: Watched::new(window().navigator().on_line()),
        session: Watched::new(None),
        bar,
        sign_in,
        troubles: Troubles::new(look),
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
        if root.sign_in.is_here() {
            // Who signs in here is known from that, and the API itself tells nobody.
            return;
        }
        // Nobody has to know who works here: without an answer the names stay away.
        if let Ok(session) = root.client.session().await {
            root.set_session(session);
        }
    });
    // Two tabs are one person's: what is chosen, saved and forgotten in one holds in the other.
    storage::watch(|| {
        root.preferences.read();
        root.views.read();
        root.done.read();
    });
    root
}
