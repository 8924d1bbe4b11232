//! What has become of every row: passwords, which are in this tab only, and rows that were not created, with their reason.

use std::rc::Rc;

use account_rules::gives_licences;
use csv_export::Sheet;
use import_desk::{Ask, Failed};
use leptos::prelude::{request_animation_frame, untrack};
use leptos::task::spawn_local;
use partner_center::{CustomerId, UserId};
use user_import::run::{Event, Outcome, Secret, Step};

use super::run::summary;
use super::{back_to_customer, go, source, source_name, state, status, words};
use crate::i18n::{self, t};
use crate::pages::form::bar;
use crate::pages::save::{self, Kind};
use crate::paths::ImportStep;
use crate::state::{Drive, root};
use crate::ui::{El, Watched, button, copy_and_tell, el, focus, icon, link, shared};

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
        .live(move || failed(&not_done))
        .live(move || passwords(&kept, &shown, &on_paper))
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

/// Rows that somebody may try again: decided, and not created.
fn can_retry(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Rejected(_) | Outcome::NotCreated | Outcome::NotTried | Outcome::Invalid)
}

fn is_failed(outcome: &Outcome) -> bool {
    can_retry(outcome) || matches!(outcome, Outcome::Deleted | Outcome::Unknown)
}

fn code_of(outcome: &Outcome) -> &str {
    match outcome {
        Outcome::Rejected(code) => code,
        _ => "",
    }
}

fn failed(drive: &Rc<Drive>) -> Option<El> {
    drive.tick.with(|()| ());
    let (count, retry, rows) = drive.with(|run| {
        let lines: Vec<_> = run.report().collect();
        let failed: Vec<u32> = drive
            .order()
            .iter()
            .copied()
            .filter(|row| lines.get(*row as usize).is_some_and(|line| is_failed(&line.outcome)))
            .collect();
        let retry = lines.iter().filter(|line| can_retry(&line.outcome)).count();
        let rows: Vec<El> = failed
            .iter()
            .take(SHOWN)
            .filter_map(|row| {
                let line = lines.get(*row as usize)?;
                let person = run.person(*row as usize);
                let (shown_name, sign_in) = drive.names(run, *row as usize);
                let text = |text: &str| el("bdi", "").text(if text.is_empty() { "—" } else { text });
                let act = if line.outcome == Outcome::Deleted {
                    person.and_then(|person| {
                        restore(run.customer(line.lane), &person.sign_in, &person.display_name)
                    })
                } else {
                    None
                };
                Some(
                    el("tr", "")
                        .child(el("td", "num").text(&i18n::number(line.row as usize)))
                        .child(el("th", "").attr("scope", "row").child(text(&shown_name)))
                        .child(el("td", "only-wide").child(text(&sign_in)))
                        .child(el("td", "wrap-cell").text(&words::reason(&line.outcome)))
                        .child(el("td", "act-cell").maybe(act)),
                )
            })
            .collect();
        (failed.len(), retry, rows)
    });
    if count == 0 {
        return None;
    }
    let (saved, again) = (drive.clone(), drive.clone());
    let file = button("btn btn-small", move || save_failed(&saved))
        .child(icon("download"))
        .text(t::import::rows_file());
    let retry = (retry > 0 && drive.is_finished()).then(|| {
        button("btn btn-small", move || try_again(&again))
            .child(icon("refresh"))
            .text(&t::import::retry(retry))
    });
    let more = (count > SHOWN).then(|| el("p", "meta").text(&t::import::more_rows(count - SHOWN)));
    let heading = |class: &str, text: &str| el("th", class).attr("scope", "col").text(text);
    let heads = el("tr", "")
        .child(heading("num c-64", t::import::row()))
        .child(heading("", t::import::user()))
        .child(heading("only-wide", t::import::sign_in_name()))
        .child(heading("", t::import::reason()))
        .child(heading("c-128", "").child(el("span", "sr").text(t::import::restore())));
    Some(
        el("section", "section")
            .child(
                el("div", "section-head")
                    .child(el("h2", "").text(t::import::not_done()))
                    .child(el("span", "count").text(&i18n::number(count)))
                    .child(el("span", "push line").child(file).maybe(retry)),
            )
            .child(
                el("table", "table flush")
                    .attr("aria-label", t::import::not_done())
                    .child(el("thead", "").child(heads))
                    .child(el("tbody", "").children(rows)),
            )
            .maybe(more),
    )
}

/// Brings a deleted user back, where the one look at the users has found it.
fn restore(customer: Option<&str>, sign_in: &str, name: &str) -> Option<El> {
    let customer = CustomerId::parse(customer?)?;
    let known = state().known.peek(|all| all.iter().find(|known| known.id == customer).cloned())?;
    let user = known.deleted.peek(|all| {
        all.iter().find(|(known, _)| known.eq_ignore_ascii_case(sign_in)).map(|(_, id)| id.clone())
    })?;
    let (told, busy) = (name.to_owned(), Rc::new(std::cell::Cell::new(false)));
    let act = button("btn btn-small", move || {
        if busy.replace(true) {
            return;
        }
        let (customer, user, told, busy): (CustomerId, UserId, String, _) =
            (customer.clone(), user.clone(), told.clone(), busy.clone());
        spawn_local(async move {
            match root().client.restore_user(&customer, &user).await {
                Ok(_) => root().toasts.tell(&t::import::restored(&told)),
                Err(error) => {
                    busy.set(false);
                    root().toasts.warn(&[t::import::restore_failed(), &crate::ui::advice(&error)].join(" "));
                }
            }
        });
    });
    Some(act.attr("aria-label", &t::import::restore_of(name)).text(t::import::restore()))
}

fn save_failed(drive: &Rc<Drive>) {
    let rows: Vec<Failed> = drive.with(|run| {
        let lines: Vec<_> = run.report().collect();
        let wanted = drive.order().iter().filter_map(|row| Some((*row as usize, lines.get(*row as usize)?)));
        wanted
            .filter(|(_, line)| is_failed(&line.outcome))
            .map(|(row, line)| Failed {
                index: drive.place(row),
                texts: vec![
                    words::reason(&line.outcome),
                    code_of(&line.outcome).to_owned(),
                    line.correlation.unwrap_or_default().to_owned(),
                ],
            })
            .collect()
    });
    let headings =
        vec![t::import::reason().to_owned(), t::import::code().to_owned(), t::import::call().to_owned()];
    let count = rows.len();
    spawn_local(async move {
        if let Some(file) = state().failed_rows(headings, rows).await {
            offer("export_import_failed", t::import::file_failed(), &file, t::import::rows_file(), count);
        }
    });
}

fn offer(what: &str, name: &'static str, file: &str, told: &str, rows: usize) {
    let customer = state().customer.peek(Clone::clone);
    save::offer(what, (name, Kind::Csv), file, told, (Some(&customer), rows));
}

/// Back to the rows that were not created, and none but them.
fn try_again(drive: &Rc<Drive>) {
    let mut places: Vec<u32> = drive.with(|run| {
        let failed = run.report().filter(|line| can_retry(&line.outcome));
        failed.map(|line| drive.place(line.index)).collect()
    });
    // In the order of the file; those of one customer are already.
    for at in 1..places.len() {
        let mut place = at;
        while place > 0 && places[place] < places[place - 1] {
            places.swap(place, place - 1);
            place -= 1;
        }
    }
    spawn_local(async move {
        state().told(Ask::Keep(places), None).await;
        state().again();
        go(ImportStep::Repair);
    });
}

fn secret_of(drive: &Rc<Drive>, row: usize) -> Option<String> {
    drive.with(|run| {
        run.report().nth(row).and_then(|line| match line.secret {
            Secret::Proven(password) => Some(password.reveal().to_owned()),
            _ => None,
        })
    })
}

/// The passwords, masked, with what can be done about each.
fn passwords(drive: &Rc<Drive>, shown: &Rc<Watched<Vec<usize>>>, sheets: &Rc<Watched<bool>>) -> Option<El> {
    drive.tick.with(|()| ());
    let kept = drive.kept.get();
    let open = shown.get();
    let (rows, count, unproven) = drive.with(|run| {
        let lines: Vec<_> = run.report().collect();
        let made: Vec<usize> = drive
            .order()
            .iter()
            .map(|row| *row as usize)
            .filter(|row| lines.get(*row).is_some_and(|line| line.secret != Secret::None))
            .collect();
        let unproven: Vec<usize> = made
            .iter()
            .copied()
            .filter(|row| lines.get(*row).is_some_and(|line| line.secret == Secret::NotKnown))
            .collect();
        let rows: Vec<El> = made
            .iter()
            .take(SHOWN)
            .filter_map(|row| {
                let (line, person) = (lines.get(*row)?, run.person(*row)?);
                let step = words::step(line.licences).map(|(symbol, tone, said)| status(symbol, tone, &said));
                let known = matches!(line.secret, Secret::Proven(_));
                let resetting = run.new_password(*row).is_some();
                let (cell, acts) =
                    secret(drive, *row, &person.display_name, known, resetting, open.contains(row), shown);
                Some(
                    el("tr", "")
                        .child(
                            el("th", "").attr("scope", "row").child(el("bdi", "").text(&person.display_name)),
                        )
                        .child(el("td", "only-wide").child(el("bdi", "").text(&person.sign_in)))
                        .child(el("td", "only-wide").maybe(step))
                        .child(el("td", "").child(cell))
                        .child(el("td", "act-cell").child(acts)),
                )
            })
            .collect();
        (rows, made.len(), unproven)
    });
    if count == 0 {
        return None;
    }
    let known = count - unproven.len();
    let heading = |class: &str, text: &str| el("th", class).attr("scope", "col").text(text);
    let heads = el("tr", "")
        .child(heading("", t::import::user()))
        .child(heading("only-wide", t::import::sign_in_name()))
        .child(heading("c-160 only-wide", t::import::licence()))
        .child(heading("", t::import::password()))
        .child(heading("c-128", "").child(el("span", "sr").text(t::import::show_these())));
    let print = sheets.clone();
    let paper = (known > 0 && !kept).then(|| {
        button("btn btn-small", move || print.set(true)).child(icon("print")).text(t::import::sheets())
    });
    let resets = unproven.len();
    let all = drive.clone();
    let may_reset = gives_licences(root().config.cloud);
    let reset = (resets > 1 && !kept && may_reset).then(|| {
        button("btn btn-small", move || {
            for row in &unproven {
                all.reset(*row);
            }
        })
        .text(&t::import::reset_all(resets))
    });
    let more = (count > SHOWN).then(|| el("p", "meta").text(&t::import::more_rows(count - SHOWN)));
    Some(
        el("section", "section")
            .child(
                el("div", "section-head")
                    .child(el("h2", "").text(t::import::passwords()))
                    .child(
                        el("span", "count")
                            .text(&t::import::progress(&i18n::number(count), &i18n::number(known))),
                    )
                    .child(el("span", "push line").maybe(reset).maybe(paper)),
            )
            .child(
                el("table", "table flush")
                    .attr("aria-label", t::import::passwords())
                    .child(el("thead", "").child(heads))
                    .child(el("tbody", "").children(rows)),
            )
            .maybe(more)
            .maybe((resets > 0 && !may_reset).then(|| el("p", "support measure").text(t::users::by_hand()))),
    )
}

fn secret(
    drive: &Rc<Drive>,
    row: usize,
    name: &str,
    known: bool,
    resetting: bool,
    open: bool,
    shown: &Rc<Watched<Vec<usize>>>,
) -> (El, El) {
    if resetting {
        return (status("clock", "", t::import::resetting()), el("span", ""));
    }
    if !known {
        let drive = drive.clone();
        let reset = button("btn btn-small", move || {
            drive.reset(row);
        });
        let act = if gives_licences(root().config.cloud) {
            reset.attr("aria-label", &t::import::reset_of(name)).text(t::import::reset())
        } else {
            el("span", "")
        };
        return (el("span", "support").text(t::import::password_unknown()), act);
    }
    let cell = if open {
        // Known while it is asked for, and nowhere else in the page.
        el("code", "").text(&secret_of(drive, row).unwrap_or_default())
    } else {
        el("span", "mask").attr("aria-hidden", "true").text("•••• •••• ••••")
    };
    let (toggled, copied) = (shown.clone(), drive.clone());
    let (symbol, label) =
        if open { ("eye-off", t::import::hide(name)) } else { ("eye", t::import::show(name)) };
    let toggle = button("btn btn-icon btn-small", move || {
        toggled.update(|all| match all.iter().position(|known| *known == row) {
            Some(place) => {
                all.remove(place);
            }
            None => all.push(row),
        });
    })
    .attr("id", &["show-", &row.to_string()].concat())
    .attr("aria-label", &label)
    .child(icon(symbol));
    let copy = button("btn btn-icon btn-small", move || {
        if let Some(password) = secret_of(&copied, row) {
            copy_and_tell(password);
        }
    });
    let copy = copy.attr("aria-label", &t::import::copy(name)).child(icon("copy"));
    (cell, el("span", "line").child(toggle).child(copy))
}

/// Everybody with their password, for the one who hands them on.
fn download(drive: &Rc<Drive>) {
    let header = [t::import::user(), t::import::sign_in_name(), t::import::password(), t::import::outcome()];
    let mut sheet = Sheet::new(i18n::separator(), &header).with_exact(2);
    let mut count = 0;
    drive.with(|run| {
        let lines: Vec<_> = run.report().collect();
        for row in drive.order() {
            let (Some(line), Some(person)) = (lines.get(*row as usize), run.person(*row as usize)) else {
                continue;
            };
            let password = match line.secret {
                Secret::Proven(password) => password.reveal(),
                Secret::NotKnown => "",
                Secret::None => continue,
            };
            let (_, _, said) = words::outcome(&line.outcome, true);
            sheet.row(&[&person.display_name, &person.sign_in, password, said]);
            count += 1;
        }
    });
    offer(
        "export_import_passwords",
        t::import::file_passwords(),
        &sheet.finish(),
        t::import::passwords(),
        count,
    );
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
            if !has && !kept {
                return None;
            }
            if kept {
                return Some(link("btn", &back_to_customer().href()).text(t::import::finish()));
            }
            let drive = seen.clone();
            let check = el("input", "")
                .attr("type", "checkbox")
                .attr("id", "import-kept")
                .on("change", move |_| untrack(|| drive.forget_passwords()));
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
                        button("btn btn-primary", move || download(&drive))
                            .attr("id", "import-download")
                            .child(icon("download"))
                            .text(t::import::download())
                    })
                }),
        )
}
