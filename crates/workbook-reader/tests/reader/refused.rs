//! Files that are no workbook, or one that is not read.

use std::time::{Duration, Instant};

use workbook_reader::{MAX_FILE_BYTES, MAX_PART_BYTES, Refusal, Workbook};

use crate::archive::{Part, archive, book, parts};
use crate::rows as rows_of;

fn open(file: &[u8]) -> Refusal {
    Workbook::open(file.to_vec()).expect_err("it is no workbook")
}

/// A compound file whose directory has a stream of this name.
fn compound(name: &str) -> Vec<u8> {
    let mut file = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    file.resize(512 + 128, 0);
    let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let length = u16::try_from(entry.len() + 2).unwrap();
    entry.resize(64, 0);
    entry.extend(length.to_le_bytes());
    entry.push(2);
    entry.resize(128, 0);
    file.extend(entry);
    file
}

#[test]
fn other_files_are_named() {
    for (file, refusal) in [
        (compound("EncryptedPackage"), Refusal::Encrypted),
        (compound("Workbook"), Refusal::OldWorkbook),
        (compound("Book"), Refusal::OldWorkbook),
        (compound("WordDocument"), Refusal::NotWorkbook),
        (compound("Workbook2"), Refusal::NotWorkbook),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), Refusal::NotWorkbook),
        (vec![9, 4, 6, 0, 0, 0], Refusal::OldWorkbook),
        (archive(&[Part::stored("xl/workbook.bin", "x")]), Refusal::BinaryWorkbook),
        (
            archive(&[Part::stored("content.xml", "x"), Part::stored("META-INF/manifest.xml", "x")]),
            Refusal::OpenDocument,
        ),
        (archive(&[Part::stored("word/document.xml", "x")]), Refusal::NotWorkbook),
        (archive(&[]), Refusal::NotWorkbook),
        (b"Nombre;Correo\r\n".to_vec(), Refusal::NotWorkbook),
        (b"<html><table>".to_vec(), Refusal::NotWorkbook),
        (b"%PDF-1.7".to_vec(), Refusal::NotWorkbook),
        (b"{}".to_vec(), Refusal::NotWorkbook),
        (Vec::new(), Refusal::NotWorkbook),
        (b"PK\x03\x04".to_vec(), Refusal::Damaged),
        (vec![b'P'; MAX_FILE_BYTES + 1], Refusal::TooLarge),
    ] {
        assert_eq!(open(&file), refusal, "{:?}", file.get(..20.min(file.len())));
    }
}

#[test]
fn a_document_of_another_program_is_no_workbook() {
    let mut parts = parts("", "", "");
    parts[1] = Part::stored("xl/workbook.xml", "<w:document/>");
    assert_eq!(open(&archive(&parts)), Refusal::NotWorkbook);
    parts[1] = Part::stored("xl/workbook.xml", "<!DOCTYPE workbook [<!ENTITY a \"b\">]><workbook/>");
    assert_eq!(open(&archive(&parts)), Refusal::Damaged);
}

#[test]
fn every_cut_is_noticed() {
    let file = book("<row><c><v>1</v></c></row>");
    assert!(rows_of(&file).is_ok());
    for length in 2..file.len() {
        assert_eq!(rows_of(&file[..length]), Err(Refusal::Damaged), "{length}");
    }
}

#[test]
fn a_changed_letter_is_noticed() {
    let file = book("<row><c t=\"inlineStr\"><is><t>untouched</t></is></c></row>");
    let at = file.windows(9).position(|text| text == b"untouched").unwrap();
    let mut changed = file.clone();
    changed[at] = b'U';
    assert_eq!(rows_of(&changed), Err(Refusal::Damaged));
}

#[test]
fn parts_that_are_otherwise_than_they_say_are_refused() {
    let with = |change: fn(&mut Part)| {
        let mut parts = parts("<sheetData><row><c><v>1</v></c></row></sheetData>", "", "");
        change(&mut parts[3]);
        rows_of(&archive(&parts)).map(|_| ())
    };
    assert_eq!(with(|_| {}), Ok(()));
    assert_eq!(with(|part| part.flags = 1), Err(Refusal::Encrypted));
    assert_eq!(with(|part| part.method = 12), Err(Refusal::Damaged));
    assert_eq!(with(|part| part.method = 8), Err(Refusal::Damaged));
    assert_eq!(with(|part| part.size -= 1), Err(Refusal::Damaged));
    assert_eq!(with(|part| part.checksum += 1), Err(Refusal::Damaged));
    assert_eq!(with(|part| part.size = MAX_PART_BYTES + 1), Err(Refusal::Damaged));
}

#[test]
fn markup_that_is_none_is_refused() {
    for sheet in [
        "<sheetData><row><c><v>1</v></c></row>",
        "<sheetData><row></sheetData>",
        "<sheetData><row><c><v>&none;</v></c></row></sheetData>",
        "<sheetData><row><c><v>&#x110000;</v></c></row></sheetData>",
        "<sheetData><row r=\"0\"><c><v>1</v></c></row></sheetData>",
        "<sheetData><row r=\"1048577\"><c><v>1</v></c></row></sheetData>",
        "<sheetData><row r=\"2\"/><row r=\"1\"><c><v>1</v></c></row></sheetData>",
        "<sheetData><row><c r=\"B1\"><v>1</v></c><c r=\"B1\"><v>1</v></c></row></sheetData>",
        "<sheetData><row><c r=\"A2\"><v>1</v></c></row></sheetData>",
        "<sheetData><row><c r=\"XFD1\"><v>1</v></c><c><v>1</v></c></row></sheetData>",
        "<sheetData><row><c t=\"s\"><v>0</v></c></row></sheetData>",
        "<sheetData><row><c t=\"s\"><v>-1</v></c></row></sheetData>",
        "<!DOCTYPE x><sheetData><row><c><v>1</v></c></row></sheetData>",
    ] {
        assert_eq!(rows_of(&archive(&parts(sheet, "", ""))), Err(Refusal::Damaged), "{sheet}");
    }
    let mut parts = parts("", "", "");
    parts[3] = Part::stored(&parts[3].name, "<worksheet><sheetData><row><c><v>1</v></c></row>");
    assert_eq!(rows_of(&archive(&parts)), Err(Refusal::Damaged));
}

#[test]
fn bombs_are_refused_before_they_go_off() {
    let begin = Instant::now();
    // 270 MB of the letter 'x', which says so.
    let honest = Part { size: 270_000_000, ..Part::run("xl/worksheets/sheet1.xml", b'x', 1_046_512) };
    // The same, which says to be a sheet of 100 bytes.
    let lying = Part { size: 100, ..honest.clone() };
    // Within the cap, and yet one text without end.
    let long = Part { size: 51_600_001, ..Part::run("xl/worksheets/sheet1.xml", b'x', 200_000) };
    for (part, refusal) in [(honest, Refusal::Bomb), (lying, Refusal::Damaged), (long, Refusal::TooMuchText)]
    {
        let mut parts = parts("", "", "");
        parts[3] = part;
        let file = archive(&parts);
        let memory = allocation_counter::measure(|| assert_eq!(open(&file), refusal));
        assert!(memory.bytes_max < 8_000_000 + file.len() as u64, "{refusal:?}: {memory:?}");
    }
    assert!(begin.elapsed() < Duration::from_secs(5), "{:?}", begin.elapsed());
}

#[test]
fn many_sheets_in_one_part_are_looked_through_up_to_a_limit() {
    let mut parts = parts("", "", "");
    let blank = " ".repeat(1_000_000);
    let sheets: String =
        (0..1000).map(|at| format!("<sheet name=\"{at}\" sheetId=\"{at}\" r:id=\"rId1\"/>")).collect();
    let pieces = "<a/>".to_owned() + &blank;
    parts[3] = Part::stored("xl/worksheets/sheet1.xml", format!("<worksheet>{pieces}</worksheet>"));
    parts[1] = Part::stored("xl/workbook.xml", format!("<workbook><sheets>{sheets}</sheets></workbook>"));
    assert_eq!(open(&archive(&parts)), Refusal::Bomb);
    let sheets = "<sheet/>".repeat(5000);
    parts[1] = Part::stored("xl/workbook.xml", format!("<workbook><sheets>{sheets}</sheets></workbook>"));
    assert_eq!(open(&archive(&parts)), Refusal::Bomb);
}

#[test]
fn lists_that_no_workbook_has_are_refused_soon() {
    let begin = Instant::now();
    let rows = "<sheetData><row><c><v>1</v></c></row></sheetData>";
    let many: Vec<Part> =
        (0..65_000).map(|at| Part::stored(&format!("xl/media/image{at}.png"), "")).collect();
    let many = [parts(rows, "", ""), many].concat();
    assert_eq!(open(&archive(&many)), Refusal::Bomb);
    let styles = |count: u32| {
        let formats: String =
            (0..count).map(|at| format!("<numFmt numFmtId=\"{at}\" formatCode=\"0\"/>")).collect();
        let styles: String = (0..count).map(|at| format!("<xf numFmtId=\"{at}\"/>")).collect();
        rows_of(&archive(&parts(rows, "", &format!("{formats}<cellXfs>{styles}</cellXfs>")))).map(|_| ())
    };
    assert_eq!(styles(60_000), Ok(()));
    assert_eq!(styles(70_000), Err(Refusal::Damaged));
    let mut parts = parts(rows, "", "");
    let relation = "<Relationship Id=\"x\" Type=\"x\" Target=\"x\"/>";
    parts[2] =
        Part::stored(&parts[2].name, format!("<Relationships>{}</Relationships>", relation.repeat(9000)));
    assert_eq!(open(&archive(&parts)), Refusal::Bomb);
    assert!(begin.elapsed() < Duration::from_secs(10), "{:?}", begin.elapsed());
}

#[test]
fn too_much_text_is_refused_before_it_is_there() {
    let text = "x".repeat(30_000);
    let cells = "<c t=\"s\"><v>0</v></c>".repeat(2400);
    let file = archive(&parts(
        &format!("<sheetData><row>{cells}</row></sheetData>"),
        &format!("<si><t>{text}</t></si>"),
        "",
    ));
    assert_eq!(rows_of(&file), Err(Refusal::TooMuchText));
    // A cell far away needs all the tabs before it.
    let far = "<row><c r=\"XFD1\"><v>1</v></c></row>".to_owned()
        + &(2..5000).map(|row| format!("<row><c r=\"XFD{row}\"><v>1</v></c></row>")).collect::<String>();
    assert_eq!(rows_of(&book(&far)), Err(Refusal::TooMuchText));
}

#[test]
fn nothing_of_a_file_is_in_what_is_printed_of_it() {
    let file = book("<row><c t=\"inlineStr\"><is><t>Ana Sanz</t></is></c></row>");
    let mut book = Workbook::open(file).unwrap();
    let rows = book.rows(0).unwrap();
    assert!(!format!("{book:?} {rows:?}").contains("Ana"));
}
