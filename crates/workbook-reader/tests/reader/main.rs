//! The reader from the outside: files made by a library, by hand, and broken.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::format_collect)]

mod against;
mod archive;
mod byhand;
mod large;
mod made;
mod mutations;
mod refused;

use workbook_reader::{Refusal, Rows, Workbook};

/// The rows of the first sheet.
fn rows(file: &[u8]) -> Result<Rows, Refusal> {
    Workbook::open(file.to_vec())?.rows(0)
}

/// The text of the first sheet.
fn text(file: &[u8]) -> String {
    rows(file).unwrap().text
}

/// Its notes, as `kind place`.
fn notes(file: &[u8]) -> Vec<String> {
    let rows = rows(file).unwrap();
    rows.notes.list.iter().map(|note| format!("{} {}", note.kind.code(), note.place)).collect()
}
