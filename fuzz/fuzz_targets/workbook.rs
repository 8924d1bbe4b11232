//! Any bytes as a workbook: opened and every sheet read, or refused. Nothing panics, and no text is longer than its cap.
#![no_main]

use libfuzzer_sys::fuzz_target;
use workbook_reader::{MAX_TEXT_BYTES, Workbook};

fuzz_target!(|file: &[u8]| {
    let Ok(mut book) = Workbook::open(file.to_vec()) else { return };
    for sheet in 0..book.sheets().len().min(3) {
        if let Ok(rows) = book.rows(sheet) {
            assert!(rows.text.len() <= MAX_TEXT_BYTES + 1);
            assert!(rows.filled > 0 && rows.filled <= rows.last);
        }
    }
});
