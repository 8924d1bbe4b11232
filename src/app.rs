//! From the boot script's findings to the page at the present address.

mod frame;
mod help;
mod inspector;
mod leave;
mod misconfigured;
mod offline;
mod palette;
mod shortcuts;
mod who;

use std::rc::Rc;

use app_config::Config;
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use leptos::prelude::untrack;
use leptos::task::spawn_local;
use partner_center::Client;
use web_sys::Element;

use crate::i18n::LANGUAGES;
use crate::pages::{self, Opened};
use crate::paths::Page;
use crate::platform::boot::{Boot, give_up};
use crate::platform::gateway::{Bearer, Gateway};
use crate::platform::probe::Finding;
use crate::platform::time::{BrowserClock, BrowserRandom};
use crate::router::Step;
use crate::state::{SignIn, Silence, root};
use crate::ui::{El, live};
use crate::{router, state};

/// Puts the application into `place`, or the page that says why there is none.
pub(crate) fn build(place: &Element, boot: Boot) {
    let parsed = match boot.config_status {
        200 => app_config::parse(&boot.config, &LANGUAGES),
        _ => Err(Vec::new()),
    };
    let config = match parsed {
        Ok(config) => config,
        Err(faults) => {
            show(place, &misconfigured::page(boot.config_status, &faults));
            return;
        }
    };
    let Some(registration) = config.registration.clone() else {
        run(place, config, boot.language, SignIn::elsewhere(), None);
        return;
    };
    let place = place.clone();
    spawn_local(async move {
        match pages::open_sign_in(registration).await {
            Ok(Opened { door, parts, access }) => {
                let bearer = Some(door.bearer());
                run(&place, config, boot.language, SignIn::here(door, parts, access), bearer);
            }
            Err(_) => give_up("missing", "sign-in"),
        }
    });
}

fn run(place: &Element, config: Config, language: String, sign_in: SignIn, bearer: Option<Rc<dyn Bearer>>) {
    let silent = |is_silent| root().troubles.note(is_silent);
    let transport = Rc::new(Gateway { api: config.api.clone(), bearer, silent });
    let client = Client::new(transport, Rc::new(BrowserClock), Rc::new(BrowserRandom));
    // Whatever goes to the authority and back goes on at the address that it began at: the router comes first.
    leave::start();
    router::start();
    let root = state::start(config, client, language, sign_in, look);
    // A partner may offer fewer languages than there are texts.
    let offered = &root.config.languages;
    if !root.language.peek(|language| offered.contains(language))
        && let Some(first) = offered.first()
    {
        pages::change_language(first.clone());
    }
    shortcuts::start();
    offline::watch();
    if untrack(router::current) == Some(Page::all_customers()) {
        // The bare address shows the list: under its own address.
        router::go(&Page::all_customers(), Step::Replace);
    }
    root.sign_in.wake();
    let place = place.clone();
    live(Box::new(move || {
        // Texts are not reactive: another language builds everything anew.
        root.language.with(|_| ());
        let outside = root.sign_in.outside.get();
        match root.sign_in.parts().filter(|_| outside) {
            Some(parts) => show(&place, &(parts.page)()),
            None => show(&place, &frame::build()),
        }
    }));
}

/// Why an address does not answer, in the words of the state.
fn look(address: String) -> LocalBoxFuture<'static, Option<Silence>> {
    async move {
        let origin = address.split('/').take(3).collect::<Vec<_>>().join("/");
        Some(match pages::look(address).await.ok()?.await {
            Finding::Browsers => Silence::Browsers(origin),
            Finding::Policy => Silence::Policy(origin),
            Finding::Unreachable => Silence::Unreachable(origin),
            Finding::Offline => Silence::Offline,
        })
    }
    .boxed_local()
}

fn show(place: &Element, page: &El) {
    place.replace_children_with_node_1(page.element());
}
