//! The page before somebody has signed in, and the bar over the pages of whoever has to sign in again.

use leptos::prelude::untrack;
use sign_in::{Fault, State, Why};

use crate::i18n::{self, t};
use crate::paths::Page;
use crate::router;
use crate::state::machine::{Machine, Phase, Problem, machine};
use crate::state::root;
use crate::ui::{El, button, el, heading, icon, link, trouble_words};

/// In place of everything.
pub(super) fn page() -> El {
    let Some(machine) = machine() else { return el("main", "main") };
    let content = el("div", "empty")
        .child(icon("lock"))
        .child(heading(t::signin::title()))
        .child(el("p", "support measure").text(t::signin::text()))
        .live(move || problem(machine))
        .live(|| {
            root().troubles.found.with(|trouble| {
                Some(el("p", "support measure").attr("role", "alert").text(&trouble_words(trouble.as_ref()?)))
            })
        });
    let content = if Machine::is_framed() {
        let open =
            link("btn btn-primary", &untrack(router::current).unwrap_or_else(Page::all_customers).href())
                .attr("target", "_blank")
                .attr("rel", "noopener");
        content
            .child(el("p", "measure").text(t::signin::framed()))
            .child(el("p", "").child(open.child(icon("open")).text(t::frame::open())))
    } else {
        content.child(action(machine, true))
    };
    el("main", "main").attr("id", "main").child(el("div", "page page-narrow").child(content))
}

/// Over every page, while there is something to say.
pub(super) fn bar() -> El {
    el("div", "contents")
        .live(|| {
            let machine = machine()?;
            let State::Out(why) = root().sign_in.access.get() else { return None };
            let words = el("div", "bar-text").text(reason(why)).live(move || problem(machine));
            let bar = el("div", "bar bar-warn").attr("role", "alert").child(icon("lock")).child(words);
            Some(bar.child(action(machine, false)))
        })
        .live(|| {
            let minutes = machine()?.clock.get()?;
            let count = i18n::number(usize::try_from(minutes.unsigned_abs()).unwrap_or(usize::MAX));
            let words =
                if minutes > 0 { t::signin::clock_ahead(&count) } else { t::signin::clock_behind(&count) };
            let close = button("btn btn-small", || {
                if let Some(machine) = machine() {
                    machine.clock.set(None);
                }
            });
            let bar = el("div", "bar bar-warn").attr("role", "status").child(icon("warn"));
            Some(
                bar.child(el("div", "bar-text").text(&words))
                    .child(el("div", "bar-actions").child(close.text(t::shell::close()))),
            )
        })
}

fn reason(why: Why) -> &'static str {
    match why {
        Why::NotYet | Why::SignedOut => t::signin::out(),
        Why::Ended => t::signin::ended(),
        Why::SecondFactor => t::signin::second_factor(),
        Why::NoSecondFactor => t::signin::no_second_factor(),
        Why::Refused => t::signin::refused(),
    }
}

/// The one thing to do now.
fn action(machine: &'static Machine, is_first: bool) -> El {
    el("div", "bar-actions").live(move || {
        Some(match machine.phase.get() {
            Phase::Idle => {
                let (name, class) = if is_first {
                    (t::signin::sign_in(), "btn btn-primary")
                } else {
                    (t::signin::again(), "btn")
                };
                let blocked = machine.problem.with(|problem| *problem == Some(Problem::Blocked));
                let here =
                    blocked.then(|| button("btn", move || machine.sign_in_here()).text(t::signin::here()));
                el("div", "line wrap").child(button(class, move || machine.sign_in()).text(name)).maybe(here)
            }
            Phase::Waiting => el("div", "line wrap")
                .child(el("span", "support").attr("role", "status").text(t::signin::waiting()))
                .child(button("btn", move || machine.give_up()).text(t::signin::closed())),
            Phase::Working => el("span", "support").attr("role", "status").text(t::signin::working()),
        })
    })
}

/// What kept somebody from signing in.
fn problem(machine: &'static Machine) -> Option<El> {
    let problem = machine.problem.get()?;
    let words = match &problem {
        Problem::Failure(failure) => fault_words(failure.fault),
        Problem::Blocked => t::signin::blocked(),
        Problem::NoStore => t::signin::no_store(),
        Problem::TimedOut => t::signin::timed_out(),
        Problem::Silent => t::signin::silent(),
        Problem::NoRandom => t::signin::no_random(),
    };
    let details = match &problem {
        Problem::Failure(failure) if !failure.code.is_empty() => {
            let said = [failure.code.as_str(), " ", &failure.said].concat();
            Some(el("p", "meta measure").attr("dir", "auto").text(said.trim()))
        }
        _ => None,
    };
    let told = el("div", "stack stack-4").attr("role", "alert");
    Some(told.child(el("p", "measure").text(words)).maybe(details))
}

/// What happened and the one thing to do about it.
fn fault_words(fault: Fault) -> &'static str {
    match fault {
        Fault::State => t::signin::state(),
        Fault::Late => t::signin::late(),
        Fault::Issuer => t::signin::issuer(),
        Fault::Denied => t::signin::denied(),
        Fault::Interaction => t::signin::interaction(),
        Fault::SecondFactor => t::signin::factor(),
        Fault::Consent => t::signin::consent(),
        Fault::Address => t::signin::address(),
        Fault::Registration => t::signin::registration(),
        Fault::Application => t::signin::application(),
        Fault::Policy => t::signin::policy(),
        Fault::Account | Fault::Tenant => t::signin::tenant(),
        Fault::Ended => t::signin::ended(),
        Fault::Busy => t::signin::busy(),
        Fault::Other => t::signin::unknown(),
        Fault::Unreadable => t::signin::unreadable(),
        Fault::Audience => t::signin::audience(),
        Fault::Nonce => t::signin::nonce(),
        Fault::Expired => t::signin::expired(),
        Fault::Person => t::signin::person(),
    }
}
