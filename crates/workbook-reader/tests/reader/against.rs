//! The same files read by another reader.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use rust_xlsxwriter::{Format, Workbook as Maker};

use crate::rows;

/// What is typed into a cell.
#[derive(Debug, Clone)]
enum Typed {
    Text(String),
    Number(f64),
    Truth(bool),
}

fn typed() -> impl Strategy<Value = Typed> {
    prop_oneof![
        "[^\u{0}]{0,12}".prop_map(Typed::Text),
        "(_x[0-9A-F]{4}_|a|_|\r|\n|\"|\t){1,6}".prop_map(Typed::Text),
        (-1_000_000_i32..1_000_000).prop_map(|number| Typed::Number(f64::from(number) / 100.0)),
        (0_u32..1_000_000_000, 0_u32..1_000_000)
            .prop_map(|(high, low)| Typed::Number(f64::from(high) * 1e6 + f64::from(low))),
        any::<bool>().prop_map(Typed::Truth),
    ]
}

/// The cells of a text as the import reads them.
fn cells(text: &str) -> Vec<(u32, u32, String)> {
    let mut found = Vec::new();
    let (mut row, mut column, mut letters) = (0, 0, text.chars().peekable());
    while let Some(letter) = letters.next() {
        match letter {
            '\n' => (row, column) = (row + 1, 0),
            '\t' => column += 1,
            '"' => {
                let mut cell = String::new();
                loop {
                    match letters.next() {
                        Some('"') if letters.peek() == Some(&'"') => cell.extend(letters.next()),
                        Some('"') => break,
                        Some(letter) => cell.push(letter),
                        None => panic!("a cell without end"),
                    }
                }
                found.push((row, column, cell));
            }
            other => panic!("{other:?} outside of a cell"),
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_read_the_same(typed in prop::collection::btree_map((0_u32..40, 0_u16..30), typed(), 1..40)) {
        let mut maker = Maker::new();
        let sheet = maker.add_worksheet();
        let format = Format::new().set_num_format("#,##0.00");
        for ((row, column), value) in &typed {
            match value {
                Typed::Text(text) => sheet.write(*row, *column, text).map(|_| ()),
                Typed::Number(number) => sheet.write_with_format(*row, *column, *number, &format).map(|_| ()),
                Typed::Truth(truth) => sheet.write(*row, *column, *truth).map(|_| ()),
            }.unwrap();
        }
        let file = maker.save_to_buffer().unwrap();
        let mut other: Xlsx<_> = Xlsx::new(Cursor::new(&file)).unwrap();
        let range = other.worksheet_range("Sheet1").unwrap();
        let (top, left) = range.start().unwrap_or_default();
        let theirs: Vec<(u32, u32, String)> = range
            .used_cells()
            .map(|(row, column, value)| {
                let text = match value {
                    Data::Bool(truth) => truth.to_string().to_uppercase(),
                    // They leave line breaks as the file has them.
                    Data::String(text) => text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "\u{fffd}"),
                    other => other.to_string(),
                };
                (u32::try_from(row).unwrap() + top, u32::try_from(column).unwrap() + left, text)
            })
            .filter(|(_, _, text)| !text.is_empty())
            .collect();
        let ours = rows(&file).map(|rows| cells(&rows.text)).unwrap_or_default();
        prop_assert_eq!(ours, theirs);
    }
}
