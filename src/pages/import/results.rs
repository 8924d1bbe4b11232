//! What has become of every row: passwords, which are in this tab only, and rows that were not created, with their reason.

use std::rc::Rc;

use csv_export::Sheet;
use leptos::prelude::{request_animation_frame, untrack};
use user_import::run::{Event, Outcome, Secret, Step};

mod failed;
mod passwords;

use super::run::summary;
use super::{back_to_customer, go, source, source_name, state, status, words};
use crate::i18n::{self, t};
use crate::pages::form::bar;
use crate::pages::save::{self, Kind};
use crate::paths::ImportStep;
use crate::state::{Drive, root};
use crate::ui::{El, Watched, button, el, focus, icon, link, shared};

/// How many rows a table has; the files have all.
const SHOWN: usize = 200;

pub(super) fn parts() -> (El, El) {
    let Some(drive) = state().run.peek(Clone::clone) else { return (el("div", ""), el("div", "")) };
    note_done(&drive);
    // Behind the heading, which the frame gives the focus to.
    request_animation_frame(|| request_animation_frame(|| focus("#import-summary")));
    let (top, warn, not_done, kept) = (drive.clone(), drive.clone(), drive.clone(), drive.clone());
    let shown: Rc<Watched<Vec<usize>>> = shared(Vec::new());
    let sheets = shared(false);
    let on_paper = sheets.clone();
    let content = el("div", "stack stack-24")
        .live(move || Some(head(&top)))
        .live(move || passwords_here(&warn))
        .live(move || failed::failed(&not_done))
        .live(move || passwords::passwords(&kept, &shown, &on_paper))
        .child(super::sheets::part(&drive, &sheets));
    (content, foot(&drive))
}

/// Notes in the activity what was done, once.
fn note_done(drive: &Rc<Drive>) {
    if !drive.noted.replace(true) {
        let counts = drive.counts();
        let outcome = if counts.unknown > 0 { journal::Outcome::Unknown } else { journal::Outcome::Done };
        let customer = state().customer.peek(Clone::clone);
        root().done.note("create_customer_user", outcome, Some(&customer), counts.created + counts.unproven);
    }
}

fn head(drive: &Rc<Drive>) -> El {
    drive.tick.with(|()| ());
    let counts = drive.counts();
    let name = source_name();
    let from = i18n::date_time(drive.began);
    let to = drive.ended.get().map(i18n::date_time).unwrap_or_default();
    el("div", "stack stack-8")
        .child(
            el("div", "line wrap")
                .child(
                    el("h2", "big")
                        .attr("id", "import-summary")
                        .attr("tabindex", "-1")
                        .text(&t::import::done(counts.created + counts.unproven)),
                )
                .child(
                    el("p", "support").child(el("bdi", "").text(&t::import::done_when(&from, &name, &to))),
                ),
        )
        .child(summary(counts))
        .children(without(drive))
}

/// Users who were created and did not get what they should have.
fn without(drive: &Rc<Drive>) -> Vec<El> {
    let (mut licences, mut roles): (Missing, Missing) = Default::default();
    drive.with(|run| {
        for line in run.report() {
            licences.count(line.licences);
            roles.count(line.roles);
        }
    });
    let line = |missing: Missing, words: fn(usize, &str) -> String| {
        (missing.count > 0).then(|| status("warn", "is-warn", &words(missing.count, &missing.why())))
    };
    [line(licences, t::import::without_licence), line(roles, t::import::without_role)]
        .into_iter()
        .flatten()
        .collect()
}

/// How many went without something, and the first code that the service gave.
#[derive(Default)]
struct Missing {
    count: usize,
    code: Option<String>,
}

/// What the service answers when no licence is free (contract.md §7.2).
const NO_SEATS: &str = "60012";

impl Missing {
    fn count(&mut self, step: &Step) {
        match step {
            Step::Refused(code) => {
                self.count += 1;
                self.code.get_or_insert_with(|| code.clone());
            }
            Step::NotDone | Step::Unknown => self.count += 1,
            Step::Nothing | Step::Open | Step::Done => {}
        }
    }

    fn why(&self) -> String {
        match self.code.as_deref() {
            Some(NO_SEATS) => t::import::no_seats().to_owned(),
            Some(code) => t::import::code_is(code),
            None => t::import::not_proved().to_owned(),
        }
    }
}

fn passwords_here(drive: &Rc<Drive>) -> Option<El> {
    let kept = drive.kept.get();
    let has = drive.with(|run| run.report().any(|line| matches!(line.secret, Secret::Proven(_))));
    (has && !kept).then(|| {
        let words = [t::import::passwords_here(), t::import::passwords_why()].join(" ");
        bar("bar-warn", "key", &words, None)
    })
}

fn code_of(outcome: &Outcome) -> &str {
    match outcome {
        Outcome::Rejected(code) => code,
        _ => "",
    }
}

fn offer(what: &str, name: &'static str, file: &str, told: &str, rows: usize) {
    let customer = state().customer.peek(Clone::clone);
    save::offer(what, (name, Kind::Csv), file, told, (Some(&customer), rows));
}

/// One line for every row of the file, in its order; without passwords.
fn report(drive: &Rc<Drive>) {
    let header = [
        t::import::row(),
        t::import::user(),
        t::import::sign_in_name(),
        t::import::outcome(),
        t::import::reason(),
        t::import::code(),
        t::import::licence(),
        t::import::role(),
        t::import::attempts(),
        t::import::call(),
    ];
    let mut sheet = Sheet::new(i18n::separator(), &header);
    let mut count = 0;
    drive.with(|run| {
        let lines: Vec<_> = run.report().collect();
        for row in drive.order() {
            let Some(line) = lines.get(*row as usize) else { continue };
            let (shown_name, sign_in) = drive.names(run, *row as usize);
            let step = |step| words::step(step).map(|(_, _, said)| said).unwrap_or_default();
            let (_, _, said) = words::outcome(&line.outcome, true);
            sheet.row(&[
                &line.row.to_string(),
                &shown_name,
                &sign_in,
                said,
                &words::reason(&line.outcome),
                code_of(&line.outcome),
                &step(line.licences),
                &step(line.roles),
                &line.attempts.to_string(),
                line.correlation.unwrap_or_default(),
            ]);
            count += 1;
        }
    });
    offer("export_import_report", t::import::file_report(), &sheet.finish(), t::import::report(), count);
}

fn foot(drive: &Rc<Drive>) -> El {
    let (seen, saved, told, open) = (drive.clone(), drive.clone(), drive.clone(), drive.clone());
    el("div", "foot")
        .live(move || {
            let has = seen.with(user_import::run::Run::must_stay);
            seen.tick.with(|()| ());
            let kept = seen.kept.get();
            if kept || !has {
                let drive = seen.clone();
                let end = link("btn", &back_to_customer().href()).on("click", move |_| drive.settled());
                return (kept || seen.is_decided()).then(|| end.text(t::import::finish()));
            }
            let drive = seen.clone();
            let check = el("input", "")
                .attr("type", "checkbox")
                .attr("id", "import-kept")
                .on("change", move |_| untrack(|| drive.settled()));
            Some(el("label", "check").attr("for", "import-kept").child(check).text(t::import::keep()))
        })
        .child(source::another())
        .child(
            el("span", "push line")
                .live(move || {
                    open.tick.with(|()| ());
                    let counts = open.counts();
                    let drive = open.clone();
                    (open.is_finished() && counts.unknown + counts.not_tried > 0).then(|| {
                        button("btn", move || {
                            drive.feed(Event::Continue);
                            go(ImportStep::Run);
                        })
                        .text(t::import::go_on())
                    })
                })
                .child(button("btn", move || report(&told)).child(icon("table")).text(t::import::report()))
                .live(move || {
                    let kept = saved.kept.get();
                    saved.tick.with(|()| ());
                    let has =
                        saved.with(|run| run.report().any(|line| matches!(line.secret, Secret::Proven(_))));
                    let drive = saved.clone();
                    (has && !kept).then(|| {
                        button("btn btn-primary", move || passwords::download(&drive))
                            .attr("id", "import-download")
                            .child(icon("download"))
                            .text(t::import::download())
                    })
                }),
        )
}
