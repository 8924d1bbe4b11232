//! The run: how far it is, row by row, what it waits for and why, pause and stop.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::untrack;
use user_import::run::{Counts, Event, Stop};

use super::{go, rows, span_of, state, status};
use crate::i18n::{self, t};
use crate::pages::form::bar;
use crate::paths::ImportStep;
use crate::platform::time::now;
use crate::state::{Drive, root};
use crate::ui::{El, button, el, icon, link, live, shared};

/// How often a screen reader is told at most, in milliseconds.
const SAID_EVERY: i64 = 10_000;

pub(super) fn parts() -> (El, El) {
    let Some(drive) = state().run.peek(Clone::clone) else { return (el("div", ""), el("div", "")) };
    announce(&drive);
    end(&drive);
    let (top, waits) = (drive.clone(), drive.clone());
    let follow = shared(true);
    let box_follow = follow.clone();
    let check = el("input", "").attr("type", "checkbox").attr("checked", "").on("change", move |_| {
        let now = box_follow.peek(|now| *now);
        box_follow.set(!now);
    });
    let content = el("div", "stack stack-16")
        .live(move || Some(progress(&top)))
        .live(move || waiting(&waits))
        .child(
            el("div", "section-head")
                .child(el("h2", "").text(t::import::row_by_row()))
                .child(el("label", "check push").child(check).text(t::import::follow())),
        )
        .child(rows::table(&drive, follow));
    (content, foot(&drive))
}

/// Tells a screen reader how far it is: not more often than every tenth, or every ten seconds.
fn announce(drive: &Rc<Drive>) {
    let (drive, last) = (drive.clone(), Cell::new((0_usize, 0_i64)));
    live(Box::new(move || {
        let done = drive.pace().done;
        let all = drive.counts().sum();
        let (before, at) = last.get();
        let time = now().millis();
        let tenth = all.div_ceil(10).max(1);
        if done != before && (done / tenth != before / tenth || time > at + SAID_EVERY) {
            last.set((done, time));
            let words = t::import::announce(&i18n::number(all), &i18n::number(done));
            untrack(|| root().announcement.set_if_new(words));
        }
    }));
}

/// When it has ended, the result is the next page.
fn end(drive: &Rc<Drive>) {
    let drive = drive.clone();
    live(Box::new(move || {
        drive.tick.with(|()| ());
        let open = drive.counts().unknown + drive.counts().not_tried;
        if drive.is_finished() && open == 0 && drive.news.replace(false) {
            untrack(|| {
                root().announcement.set_if_new(t::import::finished().to_owned());
                go(ImportStep::Results);
            });
        }
    }));
}

fn progress(drive: &Rc<Drive>) -> El {
    let pace = drive.pace();
    let counts = drive.counts();
    let all = counts.sum();
    let number = i18n::number;
    let left = pace.left.filter(|_| !drive.is_finished());
    let said = match left {
        Some(left) => [t::import::left(&span_of(left)), t::import::safe().to_owned()].join(" "),
        None if drive.is_finished() => String::new(),
        None => t::import::safe().to_owned(),
    };
    let head = el("div", "line wrap")
        .child(el("p", "big").text(&t::import::progress(&number(all), &number(pace.done))))
        .child(el("p", "support").text(&said));
    let bar = el("progress", "bar-progress")
        .attr("max", &all.to_string())
        .attr("value", &pace.done.to_string())
        .attr("aria-label", t::import::run());
    el("div", "stack stack-8").child(head).child(bar).child(summary(counts))
}

/// Counts by what became of the rows, with their sum.
pub(super) fn summary(counts: Counts) -> El {
    let parts = [
        (counts.created, "ok", "is-ok", t::import::created()),
        (counts.unproven, "ok", "is-warn", t::import::unproven()),
        (counts.there, "minus", "", t::import::there()),
        (counts.deleted, "bad", "is-bad", t::import::deleted()),
        (counts.rejected, "bad", "is-bad", t::import::rejected()),
        (counts.not_created, "bad", "is-bad", t::import::not_created()),
        (counts.unknown, "unknown", "is-warn", t::import::unknown()),
        (counts.not_tried, "clock", "", t::import::remaining()),
        (counts.invalid, "bad", "is-bad", t::import::invalid()),
    ];
    let items = parts.into_iter().filter(|(count, ..)| *count > 0).map(|(count, symbol, tone, words)| {
        el("span", "line").child(status(symbol, tone, words)).child(el("b", "num").text(&i18n::number(count)))
    });
    el("div", "line wrap tally").children(items).child(
        el("span", "push support")
            .text(t::import::sum())
            .text(" ")
            .child(el("b", "").text(&i18n::number(counts.sum()))),
    )
}

/// What it waits for, or why it stands.
fn waiting(drive: &Rc<Drive>) -> Option<El> {
    drive.tick.with(|()| ());
    let holds = drive.with(user_import::run::Run::holds);
    let alert = |words: &str, more: Option<El>| Some(bar("bar-warn", "warn", words, more));
    let act = |words: &str, event: Event| {
        let drive = drive.clone();
        el("div", "bar-actions").child(button("btn btn-small", move || drive.feed(event.clone())).text(words))
    };
    if holds.journal {
        return alert(
            t::import::held_journal(),
            Some(act(t::import::without_journal(), Event::WithoutJournal)),
        );
    }
    if holds.sign_in {
        return alert(t::import::held_sign_in(), Some(act(t::import::go_on(), Event::SignedIn)));
    }
    if holds.offline {
        return alert(t::import::held_offline(), None);
    }
    let lanes: Vec<_> = drive.with(|run| run.lanes().collect());
    if let Some(stop) = lanes.iter().find_map(|lane| lane.stop.as_ref()) {
        return alert(&stopped(stop), Some(act(t::import::go_on(), Event::Continue)));
    }
    if holds.person {
        return Some(bar("", "pause", t::import::held_person(), None));
    }
    let refused = lanes.iter().find_map(|lane| {
        let licences = lane.no_licences.as_ref().map(|code| t::import::no_licences(code));
        licences.or_else(|| lane.no_roles.as_ref().map(|code| t::import::no_roles(code)))
    });
    if let Some(words) = refused {
        return alert(&words, None);
    }
    let longest = lanes.iter().map(|lane| lane.waits).max().unwrap_or(0);
    (longest >= 1000 && !drive.is_finished()).then(|| {
        let seconds = usize::try_from(longest.div_ceil(1000)).unwrap_or(usize::MAX);
        let words = [t::import::waits(&i18n::number(seconds)), t::import::waits_text().to_owned()].join(" ");
        bar("", "clock", &words, None)
    })
}

fn stopped(stop: &Stop) -> String {
    match stop {
        Stop::Forbidden(code) => t::import::stop_forbidden(code),
        Stop::Gone(code) => t::import::stop_gone(code),
        Stop::Throttled => t::import::stop_throttled().to_owned(),
        Stop::Unsteady => t::import::stop_unsteady().to_owned(),
    }
}

fn foot(drive: &Rc<Drive>) -> El {
    let (stop, pause, seen) = (drive.clone(), drive.clone(), drive.clone());
    el("div", "foot")
        .child(button("btn", move || stop.feed(Event::Stop)).child(icon("stop")).text(t::import::stop()))
        .child(el("span", "meta").text(t::import::stop_why()))
        .child(
            el("span", "push line")
                .live(move || {
                    seen.tick.with(|()| ());
                    seen.is_finished().then(|| {
                        link("btn", &super::at(ImportStep::Results).href()).text(t::import::results())
                    })
                })
                .live(move || {
                    pause.tick.with(|()| ());
                    let counts = pause.counts();
                    let held = pause.with(user_import::run::Run::holds).person;
                    let over = pause.is_finished();
                    if over && counts.unknown + counts.not_tried == 0 {
                        return None;
                    }
                    let drive = pause.clone();
                    let (symbol, words, event) = if held || over {
                        ("arrow-right", t::import::go_on(), Event::Continue)
                    } else {
                        ("pause", t::import::pause(), Event::Pause)
                    };
                    Some(
                        button("btn btn-primary", move || drive.feed(event.clone()))
                            .attr("id", "import-pause")
                            .child(icon(symbol))
                            .text(words),
                    )
                }),
        )
}
