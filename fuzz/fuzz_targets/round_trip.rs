//! Any cells, written by the exporter and read by the importer: the same cells.
#![no_main]

use csv_export::{Separator, Sheet, is_formula};
use libfuzzer_sys::fuzz_target;
use user_import::{decode, native::Native, recognise};

fuzz_target!(|input: (bool, Vec<[String; 2]>)| {
    let (comma, rows) = input;
    let is_long = |cell: &String| cell.contains('\0') || cell.contains('\u{fffd}') || cell.len() > 10_000;
    if rows.is_empty() || rows.len() > 200 || rows.iter().flatten().any(is_long) {
        return;
    }
    let separator = if comma { Separator::Comma } else { Separator::Semicolon };
    let mut sheet = Sheet::new(separator, &["Email", "Display name", "Department"]);
    for (at, [name, department]) in rows.iter().enumerate() {
        sheet.row(&[&format!("user{at}@a.example"), name, department]);
    }
    let text = sheet.finish();
    let decoded = decode(text.as_bytes(), None, &Native).expect("it is UTF-8 with its mark");
    let read = recognise(&decoded.text, &Native).expect("it has a header");
    assert_eq!(read.table.len(), rows.len());
    for (at, row) in rows.iter().enumerate() {
        for (column, cell) in row.iter().enumerate() {
            let expected = if is_formula(cell) { format!("'{cell}") } else { cell.clone() };
            assert_eq!(read.table.cell(at, column + 1), expected);
        }
    }
});
