//! The rows, as a spreadsheet, with what was found in them beside it.

use std::rc::Rc;

use import_desk::{Ask, Filter, Overview};

use super::grid::{self, Grid};
use super::{columns, find, go, problems, state};
use crate::i18n::{self, t};
use crate::pages::form::primary;
use crate::pages::save::{self, Kind};
use crate::paths::ImportStep;
use crate::state::Scan;
use crate::ui::{El, button, el, icon, live};

pub(super) fn parts() -> (El, El) {
    let content = el("div", "contents").live(|| {
        // Built anew for other columns only: the place where one is would be lost.
        state().layout.with(|_| ());
        let now = state().now.peek(Clone::clone)?;
        Some(leptos::prelude::untrack(|| sheet(&now)))
    });
    follow_layout();
    let note = el("span", "meta").attr("role", "status").live_text(ready);
    let next = primary(
        || {
            let count = state().now.with(|now| now.as_ref().map_or(0, |now| now.valid));
            t::import::see_plan(count as usize)
        },
        why,
        || {
            if state().now.peek(|now| now.as_ref().is_some_and(|now| now.valid > 0)) {
                go(ImportStep::Plan);
            }
        },
    );
    let blank = state().now.peek(|now| now.as_ref().is_some_and(|now| now.hash.is_empty()));
    let back = if blank { ImportStep::Source } else { ImportStep::Columns };
    (content, super::foot(&super::at(back), note, next))
}

/// Which columns there are, for the grid to be built by.
fn follow_layout() {
    live(Box::new(|| {
        let layout = state().now.with(|now| {
            now.as_ref().map(|now| {
                let field = |column: &u32| now.columns.get(*column as usize).and_then(|column| column.field);
                now.shown.iter().map(field).collect::<Vec<_>>()
            })
        });
        state().layout.set_if_new(layout);
    }));
}

fn ready() -> String {
    state().now.with(|now| {
        now.as_ref().map_or_else(String::new, |now| {
            let number = |n: u32| i18n::number(n as usize);
            let ready = t::import::ready(&number(now.errors), &number(now.rows), &number(now.valid));
            if now.errors == 0 {
                return ready;
            }
            [&ready, ". ", &t::import::left_out(now.errors as usize)].concat()
        })
    })
}

fn why() -> Option<String> {
    state().now.with(|now| {
        let now = now.as_ref()?;
        if now.problem.is_some() {
            Some(t::import::settle_columns().to_owned())
        } else if now.valid == 0 {
            Some(t::import::nothing_valid().to_owned())
        } else {
            None
        }
    })
}

fn sheet(now: &Rc<Overview>) -> El {
    let (grid, scroller) = grid::grid(now);
    let empty = state().now.peek(|now| now.as_ref().is_some_and(|now| now.hash.is_empty()));
    if empty {
        grid::focus_soon();
    }
    let main = el("div", "sheet-main")
        .child(tools(&grid))
        .child(find::bar(&grid))
        .child(scroller)
        .child(el("p", "meta sheet-keys").attr("id", "import-keys").text(t::import::keys()))
        .children(lists());
    el("div", "sheet").child(main).child(problems::aside())
}

/// What one can choose from while one writes a licence, a role or a place.
fn lists() -> Vec<El> {
    let names = |all: Vec<(String, String)>| all.into_iter().map(|(_, name)| name).collect::<Vec<_>>();
    let licences = || {
        let own = state().known.with(|all| all.first().cloned());
        let seats = own.and_then(|own| own.licences.get()).unwrap_or_default();
        seats.into_iter().map(|seat| seat.name).collect::<Vec<_>>()
    };
    let list = |id: &'static str, texts: Box<dyn Fn() -> Vec<String>>| {
        el("div", "contents").live(move || {
            Some(
                el("datalist", "")
                    .attr("id", id)
                    .children(texts().into_iter().map(|text| el("option", "").attr("value", &text))),
            )
        })
    };
    vec![
        list("import-licences", Box::new(licences)),
        list("import-roles", Box::new(move || names(columns::roles()))),
        list("import-places", Box::new(move || names(crate::pages::form::countries()))),
    ]
}

fn filter(what: Filter, words: impl Fn(&Overview) -> Option<String> + 'static) -> El {
    let (wanted, shown) = (what.clone(), what);
    el("div", "contents").live(move || {
        let now = state().now.get()?;
        let words = words(&now)?;
        let wanted = wanted.clone();
        Some(
            button("btn btn-small", move || state().tell(Ask::Filter(wanted.clone())))
                .attr("aria-pressed", if now.filter == shown { "true" } else { "false" })
                .text(&words),
        )
    })
}

fn tools(grid: &Rc<Grid>) -> El {
    let number = |n: u32| i18n::number(n as usize);
    let some = move |n: u32, words: fn(&str) -> String| (n > 0).then(|| words(&number(n)));
    let filters = el("div", "group")
        .attr("role", "group")
        .attr("aria-label", t::import::rows_shown())
        .child(filter(Filter::All, move |now| Some(t::import::all_rows(&number(now.rows)))))
        .child(filter(Filter::Errors, move |now| some(now.errors, t::import::with_errors)))
        .child(filter(Filter::Warnings, move |now| some(now.warnings, t::import::with_warnings)))
        .child(filter(Filter::Fixed, move |now| some(now.fixed, t::import::with_fixes)))
        .child(filter(Filter::There, move |now| some(now.there, t::import::are_there)))
        .child(filter(Filter::Deleted, move |now| some(now.deleted, t::import::are_deleted)))
        .live(move || {
            let now = state().now.get()?;
            let Filter::Group(_) = now.filter else { return None };
            let words = t::import::of_group(&number(now.view));
            Some(el("span", "btn btn-small").attr("aria-current", "true").text(&words))
        });
    let tool = |symbol: &str, name: &'static str, act: Box<dyn Fn()>| {
        button("btn btn-icon btn-small", act).attr("aria-label", name).attr("title", name).child(icon(symbol))
    };
    let can = |undo: bool| {
        move || {
            let can = state()
                .now
                .with(|now| now.as_ref().is_some_and(|now| if undo { now.can_undo } else { now.can_redo }));
            (!can).then(|| "true".to_owned())
        }
    };
    let (taken, filled) = (grid.clone(), grid.clone());
    let right = el("span", "push line")
        .child(
            tool("undo", t::import::undo(), Box::new(|| state().tell(Ask::Undo)))
                .live_attr("aria-disabled", can(true)),
        )
        .child(
            tool("redo", t::import::redo(), Box::new(|| state().tell(Ask::Redo)))
                .live_attr("aria-disabled", can(false)),
        )
        .child(tool("search", t::import::find(), Box::new(find::open)))
        .child(tool("plus", t::import::add_row(), Box::new(|| state().tell(Ask::Add(1)))))
        .child(tool(
            "minus",
            t::import::delete_rows(),
            Box::new(move || {
                let (first, last) = taken.rows();
                state().tell(Ask::Delete((first, last)));
            }),
        ))
        .child(tool("arrow-down", t::import::fill_down(), Box::new(move || filled.fill_down())))
        .child(tool("download", t::import::export_repaired(), Box::new(export)));
    el("div", "tools sheet-tools").child(filters).child(right)
}

/// Saves the rows as they are now.
pub(super) fn export() {
    leptos::task::spawn_local(async {
        if let Some(file) = state().text(Ask::Export).await {
            let rows = state().now.peek(|now| now.as_ref().map_or(0, |now| now.rows)) as usize;
            let customer = state().customer.peek(Clone::clone);
            let name = (t::import::file_repaired(), Kind::Csv);
            save::offer(
                "export_import_rows",
                name,
                &file,
                t::import::export_repaired(),
                (Some(&customer), rows),
            );
        }
    });
}

/// What the one look at the customer's users has found.
pub(super) fn scan() -> Option<El> {
    let own = state().known.with(|all| all.first().cloned())?;
    Some(match own.scan.get() {
        Scan::Reading(count) => el("p", "meta").text(&t::import::scan_reading(&i18n::number(count))),
        Scan::Done(active, deleted) => {
            el("p", "meta").text(&t::import::scan_done(&i18n::number(active), &i18n::number(deleted)))
        }
        Scan::Failed(error) => {
            let again = own.clone();
            crate::ui::fault(
                t::import::scan_failed(),
                &error,
                Some(Box::new(move || state().read_known(again.clone()))),
            )
        }
    })
}
