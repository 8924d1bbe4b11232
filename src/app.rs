//! From the boot script's findings to the page at the present address.

mod alone;
mod frame;
mod help;
mod inspector;
mod leave;
mod misconfigured;
mod offline;
mod palette;
mod release;
mod shortcuts;
mod who;

use std::rc::Rc;

use app_config::{Config, Mode};
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use leptos::prelude::{Owner, untrack};
use leptos::task::spawn_local;
use partner_center::{Client, Transport};
use web_sys::Element;

use crate::embed::Met;
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
    let owner = Owner::current().unwrap_or_default();
    if boot.is_framed || config.registration.is_some() || config.mode == Mode::Demo {
        spawn_local(prepare(place.clone(), config, boot, owner));
    } else {
        run(place, config, Ways::default(), boot.language);
    }
}

/// How the application reaches its API and who works in it, where that is not simply a gateway's matter.
#[derive(Default)]
struct Ways {
    sign_in: Option<SignIn>,
    bearer: Option<Rc<dyn Bearer>>,
    transport: Option<Rc<dyn Transport>>,
    /// The page to begin with, in a frame.
    first: Option<Page>,
    /// What stands above every page of a demonstration.
    bar: Option<fn() -> El>,
}

/// Looks for the portal around a frame, fetches what signs people in, and begins.
async fn prepare(place: Element, config: Config, boot: Boot, owner: Owner) {
    let mut ways = Ways::default();
    let mut portal: Option<&'static Met> = None;
    if boot.is_framed {
        // A part of the program that does not come is like a portal that does not answer: the tab of its own may work.
        let Ok(meeting) = pages::meet(config.clone()).await else { return show(&place, &alone::page()) };
        let Some(met) = meeting.await else { return show(&place, &alone::page()) };
        let met: &'static Met = Box::leak(Box::new(met));
        let Ok(page) = pages::begin_framed(met).await else { return show(&place, &alone::page()) };
        ways.first = Some(page.unwrap_or_else(Page::all_customers));
        ways.transport.clone_from(&met.transport);
        portal = Some(met);
    }
    if let Some(registration) = config.registration.clone() {
        let Ok(Opened { door, parts, access }) = pages::open_sign_in(registration).await else {
            return give_up("missing", "sign-in");
        };
        ways.bearer = Some(door.bearer());
        ways.sign_in = Some(SignIn::here(door, parts, access));
    }
    if config.mode == Mode::Demo {
        // A site without it has no worker of this name, either.
        let demo = match pages::open_demo(config.cloud, boot.language.clone()).await {
            Ok(opening) => opening.await,
            Err(_) => None,
        };
        let Some(demo) = demo else { return give_up("missing", "demo") };
        ways.transport = Some(demo.transport);
        ways.bar = Some(demo.bar);
    }
    // What is built belongs to the application, as where nothing had to be fetched.
    owner.with(|| run(&place, config, ways, boot.language));
    if let Some(met) = portal {
        // The part is here already.
        let _ = pages::follow_portal(met).await;
    }
}

fn run(place: &Element, config: Config, ways: Ways, language: String) {
    let Ways { sign_in, bearer, transport, first, bar } = ways;
    let silent = |is_silent| root().troubles.note(is_silent);
    let gateway = || Rc::new(Gateway { api: config.api.clone(), bearer, silent }) as Rc<dyn Transport>;
    let transport = transport.unwrap_or_else(gateway);
    let sign_in = sign_in.unwrap_or_else(SignIn::elsewhere);
    let client = Client::new(transport, Rc::new(BrowserClock), Rc::new(BrowserRandom));
    // Whatever goes to the authority and back goes on at the address that it began at: the router comes first.
    leave::start();
    router::start();
    let root = state::start(config, client, language, sign_in, look, bar);
    // A partner may offer fewer languages than there are texts.
    let offered = &root.config.languages;
    if !root.language.peek(|language| offered.contains(language))
        && let Some(first) = offered.first()
    {
        pages::change_language(first.clone());
    }
    shortcuts::start();
    offline::watch();
    root.release.watch();
    if let Some(page) = first {
        router::begin_at(&page);
    } else if untrack(router::current) == Some(Page::all_customers()) {
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
