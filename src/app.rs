//! The shell, and the one table of routes.

mod frame;
mod misconfigured;

use std::rc::Rc;

use app_config::Config;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::hooks::{use_location, use_navigate};
use leptos_router::{NavigateOptions, path};
use partner_center::Client;

use crate::i18n::{self, LANGUAGES};
use crate::pages::{CustomerPage, CustomersPage, LostPage, SettingsPage};
use crate::paths::{self, Page};
use crate::platform::boot::Boot;
use crate::platform::gateway::Gateway;
use crate::platform::time::{BrowserClock, BrowserRandom};
use crate::state::{Customers, Root, Toasts};
use frame::Frame;
use misconfigured::Misconfigured;

/// The application, or the page that says why there is none.
#[component]
pub(crate) fn App(boot: Boot) -> impl IntoView {
    if !i18n::is_installed() {
        // Texts of another release: the boot script's own words are all there is.
        crate::platform::boot::give_up("broken", "texts");
        return ().into_any();
    }
    if boot.config_status != 200 {
        return view! { <Misconfigured status=boot.config_status faults=Vec::new() /> }.into_any();
    }
    match app_config::parse(&boot.config, LANGUAGES) {
        Ok(config) => view! { <Configured config=config language=boot.language /> }.into_any(),
        Err(faults) => view! { <Misconfigured status=200 faults=faults /> }.into_any(),
    }
}

#[component]
fn Configured(config: Config, language: String) -> impl IntoView {
    let transport = Rc::new(Gateway { api: config.api.clone() });
    let client = Client::new(transport, Rc::new(BrowserClock), Rc::new(BrowserRandom));
    let root = Root {
        client: StoredValue::new_local(client),
        config: StoredValue::new(config),
        session: RwSignal::new(None),
        customers: Customers::new(),
        toasts: Toasts::new(),
        announcement: RwSignal::new(String::new()),
        language: RwSignal::new(language),
    };
    provide_context(root);
    // A partner may offer fewer languages than there are texts.
    let offered = root.config.with_value(|config| config.languages.clone());
    if !offered.contains(&root.language.get_untracked())
        && let Some(first) = offered.into_iter().next()
    {
        crate::pages::change_language(root, first);
    }
    let asking = root.client();
    spawn_local(async move {
        // Nobody has to know who works here: without an answer the names stay away.
        if let Ok(session) = asking.session().await {
            root.session.set(Some(session));
        }
    });
    let base = paths::base();
    view! {
        <Router base=base>
            {move || {
                // Texts are not signals: a new language builds everything below anew.
                root.language.track();
                view! {
                    <Frame>
                        <FlatRoutes fallback=LostPage>
                            <Route path=path!("/") view=Home />
                            <Route path=path!("/customers") view=CustomersPage />
                            <Route path=path!("/customers/:key") view=CustomerPage />
                            <Route path=path!("/settings") view=SettingsPage />
                        </FlatRoutes>
                    </Frame>
                }
            }}
        </Router>
    }
}

/// The bare address shows the list, under its own address.
#[component]
fn Home() -> impl IntoView {
    let navigate = navigator();
    request_animation_frame(move || navigate(&Page::Customers { search: String::new() }, Move::Replace));
}

/// Whether a change of page is a step that Back returns from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Move {
    Replace,
}

/// Goes to a page. The one way to do so apart from links.
pub(crate) fn navigator() -> impl Fn(&Page, Move) + Clone + 'static {
    let navigate = use_navigate();
    move |page: &Page, step: Move| {
        let options = NavigateOptions {
            replace: step == Move::Replace,
            scroll: false,
            resolve: false,
            ..NavigateOptions::default()
        };
        navigate(&page.href(), options);
    }
}

/// The page at the present address; `None` when it leads nowhere.
pub(crate) fn current_page() -> Memo<Option<Page>> {
    let location = use_location();
    Memo::new(move |_| Page::at(&location.pathname.get(), &location.search.get()))
}
