//! Rows that were not created: why, in their own columns as a file, and tried again.

use std::rc::Rc;

use import_desk::{Ask, Failed};
use leptos::task::spawn_local;
use partner_center::{CustomerId, UserId};
use user_import::run::Outcome;

use super::super::{go, state, words};
use super::{SHOWN, code_of, offer};
use crate::i18n::{self, t};
use crate::paths::ImportStep;
use crate::state::{Drive, root};
use crate::ui::{El, button, el, icon};

/// Rows that somebody may try again: decided, and not created.
fn can_retry(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Rejected(_) | Outcome::NotCreated | Outcome::NotTried | Outcome::Invalid)
}

fn is_failed(outcome: &Outcome) -> bool {
    can_retry(outcome) || matches!(outcome, Outcome::Deleted | Outcome::Unknown)
}

/// Rows that were not created, with why, and what can be done.
pub(super) fn failed(drive: &Rc<Drive>) -> Option<El> {
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
                el("table", "table flush users")
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

/// Back to the rows that were not created, and none but them.
fn try_again(drive: &Rc<Drive>) {
    // Another run takes the place of this one, and its passwords would go with it.
    if drive.has_passwords() {
        root().toasts.warn(t::import::keep_first());
        return;
    }
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
