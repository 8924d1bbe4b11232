//! No bytes make it panic, and none make it take more than its caps.

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::RngSeed;
use rust_xlsxwriter::{Format, Formula, Workbook as Maker};
use workbook_reader::Workbook;

use crate::archive::{Part, archive, parts};

/// What happens to a file.
#[derive(Debug, Clone)]
enum Change {
    Byte(Index, u8),
    Number(Index, u32),
    Cut(Index),
    Copy(Index, Index, usize),
    Drop(Index, usize),
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let change = prop_oneof![
        (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Change::Byte(at, byte)),
        (any::<Index>(), prop_oneof![Just(0), Just(u32::MAX), Just(i32::MAX as u32), any::<u32>()])
            .prop_map(|(at, number)| Change::Number(at, number)),
        any::<Index>().prop_map(Change::Cut),
        (any::<Index>(), any::<Index>(), 1_usize..200)
            .prop_map(|(from, to, length)| Change::Copy(from, to, length)),
        (any::<Index>(), 1_usize..60).prop_map(|(at, length)| Change::Drop(at, length)),
    ];
    prop::collection::vec(change, 1..6)
}

fn apply(file: &mut Vec<u8>, change: &Change) {
    if file.is_empty() {
        return;
    }
    let length = file.len();
    let range = |begin: usize, wanted: usize| begin..length.min(begin + wanted);
    match change {
        Change::Byte(at, byte) => file[at.index(length)] = *byte,
        Change::Number(at, number) => {
            let range = range(at.index(length), 4);
            let bytes = number.to_le_bytes();
            let count = range.len();
            file[range].copy_from_slice(&bytes[..count]);
        }
        Change::Cut(at) => file.truncate(at.index(length)),
        Change::Copy(from, to, wanted) => {
            let piece = file[range(from.index(length), *wanted)].to_vec();
            let at = to.index(length);
            file.splice(at..at, piece);
        }
        Change::Drop(at, wanted) => {
            file.drain(range(at.index(length), *wanted));
        }
    }
}

/// Reads all there is.
fn read(file: Vec<u8>) {
    if let Ok(mut book) = Workbook::open(file) {
        for sheet in 0..book.sheets().len().min(5) {
            let _ = book.rows(sheet);
        }
    }
}

fn made() -> Vec<u8> {
    let mut maker = Maker::new();
    for _ in 0..2 {
        let sheet = maker.add_worksheet();
        let day = Format::new().set_num_format("dd/mm/yyyy");
        for row in 0..20 {
            sheet.write(row, 0, format!("Name {row}")).unwrap();
            sheet.write_with_format(row, 1, 46_353 + row, &day).unwrap();
            sheet.write(row, 2, Formula::new("=A1").set_result("x")).unwrap();
        }
        sheet.merge_range(25, 0, 26, 3, "merged", &day).unwrap();
    }
    maker.save_to_buffer().unwrap()
}

/// Parts that are stored as they are, so that what changes is markup, with checksums that fit.
fn changed_parts(changes: &[(usize, Vec<Change>)]) -> Vec<u8> {
    let sheet = "<cols><col min=\"1\" max=\"3\" hidden=\"1\"/></cols><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\" s=\"1\"><v>0</v></c>\
                 <c r=\"B1\" s=\"1\"><f>A1</f><v>46353.5</v></c><c t=\"inlineStr\"><is><r><t>a_x000D_</t></r></is></c></row>\
                 <row r=\"9\" hidden=\"1\"><c r=\"C9\" s=\"2\"><v>12</v></c></row></sheetData><mergeCells><mergeCell ref=\"A1:B2\"/></mergeCells>";
    let strings = "<si><r><t>one</t></r><rPh><t>x</t></rPh></si>";
    let styles = "<numFmts><numFmt numFmtId=\"164\" formatCode=\"00000\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"22\"/><xf numFmtId=\"164\"/></cellXfs>";
    let mut parts = parts(sheet, strings, styles);
    for (at, changes) in changes {
        let count = parts.len();
        let part = &mut parts[at % count];
        let mut content = part.content.clone();
        for change in changes {
            apply(&mut content, change);
        }
        *part = Part::stored(&part.name, content);
    }
    archive(&parts)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changed_files_are_read_or_refused(changes in changes()) {
        thread_local!(static MADE: Vec<u8> = made());
        let mut file = MADE.with(Vec::clone);
        for change in &changes {
            apply(&mut file, change);
        }
        read(file);
    }

    #[test]
    fn changed_markup_is_read_or_refused(changes in prop::collection::vec((0_usize..6, changes()), 1..4)) {
        read(changed_parts(&changes));
    }

    #[test]
    fn any_bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        read(bytes.clone());
        read([b"PK\x03\x04", &*bytes].concat());
        read([b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", &*bytes].concat());
    }
}
