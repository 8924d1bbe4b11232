//! What a large list takes.

use std::time::{Duration, Instant};

use rust_xlsxwriter::{Format, Workbook as Maker};
use workbook_reader::Workbook;

/// Fifty thousand are measured; built for tests the library that makes the file takes too long for so many.
const ROWS: u32 = if cfg!(debug_assertions) { 10_000 } else { 50_000 };

#[test]
fn many_rows_take_seconds_and_not_much_memory() {
    let mut maker = Maker::new();
    let sheet = maker.add_worksheet();
    let code = Format::new().set_num_format("00000");
    for row in 0..ROWS {
        for column in 0..10 {
            sheet.write(row, column, format!("value {column} of {row}")).unwrap();
        }
        sheet.write_with_format(row, 10, row, &code).unwrap();
        sheet.write(row, 11, 600_000_000 + row).unwrap();
    }
    let file = maker.save_to_buffer().unwrap();
    let size = file.len() as u64;
    let begin = Instant::now();
    let mut text = 0;
    let memory = allocation_counter::measure(|| {
        let mut book = Workbook::open(file).unwrap();
        let rows = book.rows(0).unwrap();
        assert_eq!((rows.filled, rows.columns), (ROWS, 12));
        text = rows.text.len() as u64;
    });
    let took = begin.elapsed();
    println!("{size} bytes, {text} of text: {took:?}, {} bytes at most", memory.bytes_max);
    // The texts, the rows (which have twice their room while they grow), and little beside.
    assert!(memory.bytes_max < size + 4 * text, "{memory:?}");
    // Built for tests it is many times slower than as it is shipped, and other tests run at the same time.
    let limit = if cfg!(debug_assertions) { 60 } else { 10 };
    assert!(took < Duration::from_secs(limit), "{took:?}");
}
