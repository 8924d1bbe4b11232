//! The rows of a run around the latest of which something is known. While it runs they change several times a second: what
//! stays as it is is left in the document.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use user_import::run::Outcome;

use super::{status, words};
use crate::i18n::{self, t};
use crate::state::Drive;
use crate::ui::{El, Watched, el, live};

/// How many rows are shown.
const SHOWN: usize = 60;

/// What is told of a row: its number, names, and what became of user, licences and roles, each with symbol and tone.
#[derive(PartialEq)]
struct Told {
    number: u32,
    names: (String, String),
    user: (&'static str, &'static str, &'static str),
    steps: [Option<(&'static str, &'static str, String)>; 2],
}

/// A row that is in the document.
struct Shown {
    row: u32,
    told: Told,
    line: El,
}

/// The table, which follows the run, and the latest rows where that is wanted.
pub(super) fn table(drive: &Rc<Drive>, follows: Rc<Watched<bool>>) -> El {
    let head = |class: &str, text: &str| el("th", class).attr("scope", "col").text(text);
    let heads = el("tr", "")
        .child(head("num c-64", t::import::row()))
        .child(head("", t::import::user()))
        .child(head("only-wide", t::import::sign_in_name()))
        .child(head("", t::import::new_user()))
        .child(head("c-160", t::import::licence()))
        .child(head("c-160 only-wide", t::import::role()));
    let body = el("tbody", "");
    let table = el("table", "table flush users")
        .attr("aria-label", t::import::row_by_row())
        .child(el("thead", "").child(heads))
        .child(body.clone());
    let (drive, from, shown) = (drive.clone(), Cell::new(0), RefCell::default());
    live(Box::new(move || {
        drive.tick.with(|()| ());
        let wanted = wanted(&drive, follows.get(), &from);
        fill(&body, &mut shown.borrow_mut(), wanted);
    }));
    table
}

/// The rows to show, and what is told of each.
fn wanted(drive: &Rc<Drive>, follows: bool, from: &Cell<usize>) -> Vec<(u32, Told)> {
    let ended = drive.is_finished();
    drive.with(|run| {
        let lines: Vec<_> = run.report().collect();
        let order = drive.order();
        let is_open = |row: &u32| {
            lines
                .get(*row as usize)
                .is_none_or(|line| matches!(line.outcome, Outcome::NotTried | Outcome::Unknown))
        };
        if follows {
            // The first that is open, a third down from the top.
            let first = order.iter().position(is_open).unwrap_or(order.len());
            from.set(first.saturating_sub(SHOWN / 3));
        }
        let told = |row: &u32| {
            let line = lines.get(*row as usize)?;
            let told = Told {
                number: line.row,
                names: drive.names(run, *row as usize),
                user: words::outcome(&line.outcome, ended),
                steps: [line.licences, line.roles]
                    .map(|step| words::step(step).filter(|_| is_to_come(&line.outcome))),
            };
            Some((*row, told))
        };
        order.iter().skip(from.get()).take(SHOWN).filter_map(told).collect()
    })
}

/// Whether what comes after the creation has come, or may come yet.
fn is_to_come(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Created | Outcome::CreatedUnproven | Outcome::NotTried | Outcome::Unknown)
}

/// Puts rows in place of those that are shown. Those that are the same stay.
fn fill(body: &El, shown: &mut VecDeque<Shown>, wanted: Vec<(u32, Told)>) {
    let first = wanted.first().map(|(row, _)| *row);
    while shown.front().is_some_and(|front| Some(front.row) != first) {
        shown.pop_front().inspect(|gone| gone.line.element().remove());
    }
    let count = wanted.len();
    for (at, (row, told)) in wanted.into_iter().enumerate() {
        match shown.get_mut(at) {
            Some(here) if here.row == row && here.told == told => {}
            Some(here) => {
                let line = line(&told);
                // It fails only for one that is not in the document.
                let _ = here.line.element().replace_with_with_node_1(line.element());
                *here = Shown { row, told, line };
            }
            None => {
                let line = line(&told);
                let _ = body.element().append_child(line.element());
                shown.push_back(Shown { row, told, line });
            }
        }
    }
    for gone in shown.drain(count.min(shown.len())..) {
        gone.line.element().remove();
    }
}

fn line(told: &Told) -> El {
    let text = |text: &str| el("bdi", "").text(if text.is_empty() { "—" } else { text });
    let (symbol, tone, said) = told.user;
    let [licences, roles] = &told.steps;
    let step = |step: &Option<(&str, &str, String)>| {
        step.as_ref().map(|(symbol, tone, said)| status(symbol, tone, said))
    };
    el("tr", "")
        .child(el("td", "num").text(&i18n::number(told.number as usize)))
        .child(el("th", "").attr("scope", "row").child(text(&told.names.0)))
        .child(el("td", "only-wide").child(text(&told.names.1)))
        .child(el("td", "").child(status(symbol, tone, said)))
        .child(el("td", "").maybe(step(licences)))
        .child(el("td", "only-wide").maybe(step(roles)))
}
