//! A workbook: which of its sheets, and what of it is not as it was typed.

use leptos::task::spawn_local;
use web_sys::File;

use super::state;
use crate::i18n::{self, t};
use crate::platform::workbook;
use crate::state::{Book, Trouble};
use crate::ui::{El, button, el, small_icon};

/// Opens it. One with a single sheet is read at once.
pub(super) fn open(file: File) {
    let name = file.name();
    state().asking.update(|count| *count += 1);
    spawn_local(async move {
        let opened = workbook::open(file.into()).await;
        state().asking.update(|count| *count -= 1);
        match opened {
            Ok(lines) => {
                let sheets: Vec<(String, u32, bool)> = lines.iter().filter_map(|line| sheet(line)).collect();
                let shown: Vec<usize> = (0..sheets.len()).filter(|at| !sheets[*at].2).collect();
                let only = if shown.len() == 1 { shown.first().copied() } else { None };
                state().book.set(Some(Book { name, sheets, notes: Vec::new() }));
                if let Some(only) = only {
                    take(only);
                }
            }
            Err(code) => refuse(&code),
        }
    });
}

fn sheet(line: &str) -> Option<(String, u32, bool)> {
    let mut parts = line.split('\t');
    Some((parts.next()?.to_owned(), parts.next()?.parse().ok()?, parts.next()? == "1"))
}

/// Reads a sheet.
fn take(at: usize) {
    let Some(mut book) = state().book.peek(Clone::clone) else { return };
    let Ok(number) = u32::try_from(at) else { return };
    let sheet = book.sheets.get(at).map(|sheet| sheet.0.clone()).unwrap_or_default();
    state().asking.update(|count| *count += 1);
    spawn_local(async move {
        let read = workbook::rows(number).await;
        state().asking.update(|count| *count -= 1);
        match read {
            Ok((file, notes)) => {
                book.notes = notes;
                let name = [&book.name, " · ", &sheet].concat();
                state().book.set(Some(book));
                // Its hash is that of the sheet's text: a workbook that was only saved again is the same to a run.
                if !state().open_file(name, file) {
                    refuse("too_much_text");
                }
            }
            Err(code) => refuse(&code),
        }
    });
}

fn refuse(code: &str) {
    state().book.set(None);
    let words = match code {
        "encrypted" => t::import::w_encrypted(),
        "damaged" | "bomb" => t::import::w_damaged(),
        "too_large" => t::import::r_file_too_large(),
        "too_many_cells" | "too_much_text" => t::import::w_too_much(),
        "no_rows" | "no_sheet" => t::import::w_no_rows(),
        "not_readable" => t::import::unreadable(),
        "not_loaded" | "stopped" => t::import::no_worker(),
        _ => t::import::r_workbook(),
    };
    state().trouble.set(Some(Trouble::Workbook(words.to_owned())));
}

/// The sheets to choose from, where there are several.
pub(super) fn chooser() -> Option<El> {
    let book = state().book.get()?;
    if book.sheets.len() < 2 {
        return None;
    }
    let sheets = book.sheets.iter().enumerate().map(|(at, (name, rows, hidden))| {
        let button =
            button("btn", move || take(at)).child(small_icon("table")).child(el("bdi", "").text(name));
        let rows = t::import::sheet_rows(*rows as usize);
        let words = if *hidden { [&rows, ", ", t::import::sheet_hidden()].concat() } else { rows };
        el("li", "line").child(button).child(el("span", "meta").text(&words))
    });
    let list = el("ul", "plain stack stack-4").children(sheets);
    Some(el("section", "section").child(el("h2", "").text(t::import::choose_sheet())).child(list))
}

/// What was found in the sheet that one should know.
pub(super) fn notes() -> Option<El> {
    let book = state().book.get().filter(|book| !book.notes.is_empty())?;
    let lines = book.notes.iter().filter_map(|note| {
        let mut parts = note.split('\t');
        let (kind, count, places) = (parts.next()?, parts.next()?, parts.next()?);
        let words = match kind {
            "formula" => t::import::w_formula(),
            "not_calculated" => t::import::w_not_calculated(),
            "date" => t::import::w_date(),
            "error" => t::import::w_error(),
            "long_number" => t::import::w_long_number(),
            "merged" => t::import::w_merged(),
            "hidden_row" => t::import::w_hidden_row(),
            _ => t::import::w_hidden_column(),
        };
        let count = i18n::number(count.parse().unwrap_or_default());
        Some(
            el("li", "why")
                .child(small_icon("info"))
                .child(el("span", "").text(words).text(" ").text(&t::import::w_where(&count, places))),
        )
    });
    Some(el("ul", "plain stack stack-4").children(lines))
}
