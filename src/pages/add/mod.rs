//! A new customer, step by step.

mod agreement;
mod company;
mod contact;
mod domain;
mod make;
mod result;
mod review;
mod who;

use account_rules::Draft;
use leptos::prelude::{document, request_animation_frame, untrack};

use crate::i18n::t;
use crate::pages::form::{bar, primary};
use crate::paths::{AddStep, Page};
use crate::router::{self, Step};
use crate::state::{Work, root};
use crate::ui::{El, button, el, heading, link, small_icon};

/// The page of a step.
pub(super) fn page(step: AddStep) -> El {
    let root = root();
    root.add.restore();
    root.guard.for_page();
    let made = root.add.work.peek(|work| match work {
        Work::Made(made) => Some(made.has_password()),
        _ => None,
    });
    match (step, made) {
        // Nothing has been made in this tab, or it is over: an old link.
        (AddStep::Result, None) => return lead_to(AddStep::Who),
        (AddStep::Result, Some(_)) => return result::page(),
        // What comes next is another customer, whose beginning would lose this one's password.
        (_, Some(true)) => return lead_to(AddStep::Result),
        // In the same place and language, most likely.
        (_, Some(false)) => root.add.begin(root.add.form.typed.peek(Draft::defaults)),
        _ => {}
    }
    let title = heading(t::add::title());
    document().set_title(&[name(step), " · ", t::add::title(), " · Cartera"].concat());
    let content = match step {
        AddStep::Who => who::content(),
        AddStep::Company => company::content(),
        AddStep::Contact => contact::content(),
        AddStep::Agreement => agreement::content(),
        AddStep::Review | AddStep::Result => review::content(),
    };
    let foot = match step {
        AddStep::Who => who::foot(),
        AddStep::Company => company::foot(),
        AddStep::Contact => contact::foot(),
        AddStep::Agreement => agreement::foot(),
        AddStep::Review | AddStep::Result => review::foot(),
    };
    let page = el("div", "page").child(title).child(steps(step)).live(restored).child(content);
    el("div", "contents").child(page).child(foot)
}

fn lead_to(step: AddStep) -> El {
    request_animation_frame(move || router::go(&Page::Add(step), Step::Replace));
    el("div", "page")
}

/// What was typed before a reload is there again, and can be thrown away.
fn restored() -> Option<El> {
    let add = &root().add;
    add.restored.get().then(|| {
        let discard = button("btn btn-small", || {
            root().add.begin(Draft::default());
            router::go(&Page::Add(AddStep::Who), Step::Replace);
        });
        bar("", "history", t::add::restored(), Some(discard.text(t::add::discard())))
    })
}

/// What a step is called.
fn name(step: AddStep) -> &'static str {
    match step {
        AddStep::Who => t::add::who(),
        AddStep::Company => t::add::company(),
        AddStep::Contact => t::add::contact(),
        AddStep::Agreement => t::add::agreement(),
        AddStep::Review | AddStep::Result => t::add::review(),
    }
}

/// All steps; those that were done can be gone back to.
fn steps(now: AddStep) -> El {
    let all = AddStep::ALL.into_iter().filter(|step| *step != AddStep::Result);
    let place = all.clone().position(|step| step == now).unwrap_or_default();
    el("ol", "steps").attr("aria-label", t::add::steps()).children(all.enumerate().map(|(at, step)| {
        let is_done = at < place;
        let dot = el("span", "dot");
        let dot = if is_done { dot.child(small_icon("check")) } else { dot.text(&(at + 1).to_string()) };
        let item = el("li", if is_done { "is-done" } else { "" }).child(dot);
        if at == place {
            item.attr("aria-current", "step").text(name(step))
        } else if is_done {
            item.child(link("", &Page::Add(step).href()).text(name(step)))
        } else {
            item.text(name(step))
        }
    }))
}

/// The foot of a step: back, what the tab keeps, and on.
fn foot(
    back: Option<AddStep>,
    words: &'static str,
    why: impl Fn() -> Option<String> + Clone + 'static,
    on: impl Fn() + 'static,
) -> El {
    let back = match back {
        Some(step) => link("btn", &Page::Add(step).href()).text(t::add::back()),
        None => link("btn", &Page::all_customers().href()).text(t::add::cancel()),
    };
    let kept = el("span", "meta").live_text(|| {
        root().add.form.typed.with(|_| ());
        if root().add.is_kept.get() { t::add::kept_here().to_owned() } else { String::new() }
    });
    el("div", "foot").child(back).child(kept).child(primary(move || words.to_owned(), why, on))
}

fn go(step: AddStep) {
    untrack(|| router::go(&Page::Add(step), Step::Push));
}
