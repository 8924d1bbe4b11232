//! The pages that come on demand. What the list does not need lies in parts of the program beside it: the build divides
//! the program here (`xtask/split`), and a part is fetched when the first of its pages is opened.
//!
//! The macro makes two functions of each, one on either side, whose link is checked by nobody but the build tool: hence
//! the one place of this workspace where `unsafe` is allowed. None is written by hand.
#![allow(unsafe_code)]
// It is the macro that may fail: the part of the program may not come.
#![allow(clippy::unnecessary_wraps)]

use std::rc::Rc;

use wasm_split_helpers::{SplitLoaderError, wasm_split};

use app_config::{Cloud, Config, Registration};
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use sign_in::State;

use super::{
    activity, add, customer, import, relationship, request, settings, sign_in as signing, switch, transfers,
};
use crate::demo::{self, Demo};
use crate::embed::{self, Met};
use crate::paths::{self, Page};
use crate::platform::probe::{self, Finding};
use crate::state::{Door, Parts, machine};
use crate::ui::{El, Watched};

/// A page, or why its part of the program did not come.
pub(super) type Part = Result<El, SplitLoaderError>;

/// All pages but the list.
#[wasm_split(pages, fallible, preload(load))]
pub(super) fn build(page: Page) -> Part {
    Ok(match page {
        Page::Customer(key, _) => customer::page(key),
        Page::Add(step) => add::page(step),
        Page::Request => request::page(),
        Page::Transfers => transfers::page(),
        Page::Switch(key, view) => switch::page(key, view),
        Page::Import(key, step) => import::page(key, step),
        Page::RemoveSeveral(ids) => relationship::several(&ids),
        Page::Activity => activity::page(),
        Page::Settings => settings::page(),
        Page::Customers(_) => super::nowhere(),
    })
}

/// What only a frame loads: looks for the portal around it.
#[wasm_split(frame, fallible)]
pub(crate) fn meet(config: Config) -> Result<LocalBoxFuture<'static, Option<Met>>, SplitLoaderError> {
    Ok(embed::meet(config))
}

/// Makes the portal known, before anything is built; returns the page to begin with.
#[wasm_split(frame, fallible)]
pub(crate) fn begin_framed(met: &'static Met) -> Result<Option<Page>, SplitLoaderError> {
    Ok(embed::begin(met))
}

/// Has application and portal follow each other.
#[wasm_split(frame, fallible)]
pub(crate) fn follow_portal(met: &'static Met) -> Result<(), SplitLoaderError> {
    embed::follow(met);
    Ok(())
}

/// Starts a demonstration: nobody else fetches it.
#[wasm_split(demo, fallible)]
pub(crate) fn open_demo(
    cloud: Cloud,
    language: String,
) -> Result<LocalBoxFuture<'static, Option<Demo>>, SplitLoaderError> {
    Ok(demo::open(cloud, language))
}

/// What a sign-in in this page consists of.
pub(crate) struct Opened {
    pub door: Rc<dyn Door>,
    pub parts: Parts,
    pub access: Rc<Watched<State>>,
}

/// What signs people in: only those fetch it who have no gateway.
#[wasm_split(sign_in, fallible)]
pub(crate) fn open(registration: Registration) -> Result<Opened, SplitLoaderError> {
    let access = machine::access();
    let door = machine::Machine::start(registration, access.clone());
    let parts = Parts { page: signing::page, bar: signing::bar };
    Ok(Opened { door, parts, access })
}

/// Looks for the cause why an address does not answer.
#[wasm_split(sign_in, fallible)]
pub(crate) fn look(address: String) -> Result<LocalBoxFuture<'static, Finding>, SplitLoaderError> {
    Ok(async move { probe::look(&address, &paths::asset("config.json")).await }.boxed_local())
}
