//! Files that a library wrote, which writes them as Excel does.

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook as Maker};
use workbook_reader::{NoteKind, Refusal, Workbook};

use crate::{notes, rows, text};

/// A file with one sheet.
fn made(write: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut maker = Maker::new();
    write(maker.add_worksheet());
    maker.save_to_buffer().unwrap()
}

#[test]
fn texts_and_numbers_are_as_they_were_typed() {
    let file = made(|sheet| {
        for (column, title) in (0..).zip(["Nombre", "Apellidos", "Teléfono", "CP", "Activo"]) {
            sheet.write(0, column, title).unwrap();
        }
        sheet.write(1, 0, "José \"Pepe\"").unwrap();
        sheet.write(1, 1, "Ruiz\tSanz\nhijo").unwrap();
        sheet.write(1, 2, 34_600_123_456_f64).unwrap();
        sheet.write_with_format(1, 3, 8001, &Format::new().set_num_format("00000")).unwrap();
        sheet.write(1, 4, true).unwrap();
        sheet.write(3, 0, " Ana ").unwrap();
        sheet.write(3, 2, 4.1).unwrap();
        sheet.write_with_format(3, 3, 28_001.5, &Format::new().set_num_format("00000")).unwrap();
        sheet.write(3, 4, false).unwrap();
    });
    let expected = "\"Nombre\"\t\"Apellidos\"\t\"Teléfono\"\t\"CP\"\t\"Activo\"\n\
                    \"José \"\"Pepe\"\"\"\t\"Ruiz\tSanz\nhijo\"\t\"34600123456\"\t\"08001\"\t\"TRUE\"\n\n\
                    \" Ana \"\t\t\"4.1\"\t\"28001.5\"\t\"FALSE\"\n";
    let rows = rows(&file).unwrap();
    assert_eq!(rows.text, expected);
    assert_eq!((rows.last, rows.filled, rows.columns), (4, 3, 5));
    assert!(rows.notes.list.is_empty(), "{:?}", rows.notes);
}

#[test]
fn what_is_not_as_typed_is_told_with_its_place() {
    let file = made(|sheet| {
        let day = Format::new().set_num_format("dd/mm/yyyy");
        let time = Format::new().set_num_format("dd/mm/yyyy hh:mm");
        sheet.merge_range(0, 0, 0, 2, "Altas", &Format::new()).unwrap();
        for row in 1..4 {
            sheet.write(row, 0, Formula::new("=LOWER(\"ANA\")").set_result("ana")).unwrap();
            let date = ExcelDateTime::from_ymd(2026, 11, 27).unwrap();
            sheet.write_with_format(row, 1, &date, &day).unwrap();
        }
        let late = ExcelDateTime::from_ymd(2026, 11, 27).unwrap().and_hms(14, 30, 0).unwrap();
        sheet.write_with_format(4, 1, &late, &time).unwrap();
        sheet.write(5, 0, Formula::new("=NA()").set_result("#N/A")).unwrap();
        sheet.write(5, 2, 4_000_123_412_341_234_f64).unwrap();
        sheet.set_row_hidden(2).unwrap();
        sheet.set_column_hidden(1).unwrap();
        sheet.set_column_hidden(9).unwrap();
    });
    let expected = "\"Altas\"\n\"ana\"\t\"2026-11-27\"\n\"ana\"\t\"2026-11-27\"\n\"ana\"\t\"2026-11-27\"\n\
                    \t\"2026-11-27 14:30\"\n\"#N/A\"\t\t\"4000123412341230\"\n";
    assert_eq!(text(&file), expected);
    let counts = rows(&file).unwrap().notes.counts;
    let count = |kind| counts.get(&kind).copied().unwrap_or_default();
    assert_eq!((count(NoteKind::Formula), count(NoteKind::HiddenRow), count(NoteKind::Merged)), (4, 1, 1));
    let mut found = notes(&file);
    found.retain(|note| !note.starts_with("error"));
    let expected = [
        "formula A2:A4",
        "formula A6",
        "date B2:B5",
        "long_number C6",
        "merged A1:C1",
        "hidden_row 3:3",
        "hidden_column B:B",
    ];
    assert_eq!(found, expected);
}

#[test]
fn forty_sheets_are_listed_and_each_is_read() {
    let mut maker = Maker::new();
    for number in 0..40 {
        let sheet = maker.add_worksheet();
        sheet.set_name(format!("Hoja & {number}")).unwrap();
        sheet.set_hidden(number == 7);
        if number != 3 {
            sheet.write(number, 1, format!("cell {number}")).unwrap();
            sheet.write(number + 1, 0, 1).unwrap();
        }
    }
    let mut book = Workbook::open(maker.save_to_buffer().unwrap()).unwrap();
    assert_eq!(book.sheets().len(), 40);
    let sheet = &book.sheets()[12];
    assert_eq!((&*sheet.name, sheet.rows, sheet.columns, sheet.is_hidden), ("Hoja & 12", 2, 2, false));
    assert!(book.sheets()[7].is_hidden);
    assert_eq!(book.sheets()[3].rows, 0);
    assert_eq!(book.rows(3), Err(Refusal::NoRows));
    assert_eq!(book.rows(40), Err(Refusal::NoSheet));
    let rows = book.rows(12).unwrap();
    assert_eq!(rows.text, format!("{}\t\"cell 12\"\n\"1\"\n", "\n".repeat(12)));
    assert_eq!((rows.last, rows.filled), (14, 2));
}

#[test]
fn a_chart_is_no_sheet_and_a_link_to_outside_is_not_followed() {
    let mut maker = Maker::new();
    let sheet = maker.add_worksheet();
    sheet.write_url(0, 0, "https://contoso.example/").unwrap();
    sheet.write(1, 0, Formula::new("='[otro.xlsx]Hoja1'!A1").set_result("de fuera")).unwrap();
    let mut chart = rust_xlsxwriter::Chart::new(rust_xlsxwriter::ChartType::Column);
    chart.add_series().set_values("Sheet1!$A$1:$A$2");
    maker.add_chartsheet().insert_chart(0, 0, &chart).unwrap();
    let file = maker.save_to_buffer().unwrap();
    assert_eq!(Workbook::open(file.clone()).unwrap().sheets().len(), 1);
    assert_eq!(text(&file), "\"https://contoso.example/\"\n\"de fuera\"\n");
}

#[test]
fn a_workbook_of_nothing_is_refused() {
    assert_eq!(rows(&made(|_| {})), Err(Refusal::NoRows));
    let bold = Format::new().set_bold();
    let blank = made(|sheet| {
        sheet.write_blank(5, 5, &bold).unwrap();
    });
    assert_eq!(rows(&blank), Err(Refusal::NoRows));
}

#[test]
fn protection_against_changes_does_not_keep_from_reading() {
    let file = made(|sheet| {
        sheet.protect_with_password("1234");
        sheet.write(0, 0, "x").unwrap();
    });
    assert_eq!(text(&file), "\"x\"\n");
}

#[test]
fn the_import_reads_it_with_the_numbers_of_the_sheet() {
    use user_import::native::Native;
    let file = made(|sheet| {
        sheet.write(0, 0, "Altas, noviembre; 2026").unwrap();
        for (column, title) in (0..).zip(["Nombre", "Apellidos", "Correo"]) {
            sheet.write(2, column, title).unwrap();
        }
        for (row, name) in [(3, "Ruiz, Ana"), (5, "Sanz; Luis"), (6, "a \"b\" c")] {
            sheet.write(row, 0, name).unwrap();
            sheet.write(row, 1, "x\ny, z").unwrap();
            sheet.write(row, 2, format!("user{row}@contoso.example")).unwrap();
        }
    });
    let text = text(&file);
    let decoded = user_import::decode(text.as_bytes(), None, &Native).unwrap();
    let sheet = user_import::recognise(&decoded.text, &Native).unwrap();
    assert_eq!(sheet.separator, user_import::Separator::Tab);
    assert_eq!((sheet.header_row, sheet.header.len()), (Some(3), 3));
    let numbers: Vec<u32> = (0..sheet.table.len()).map(|row| sheet.table.number(row)).collect();
    assert_eq!(numbers, [4, 6, 7]);
    assert_eq!(sheet.table.cell(0, 0), "Ruiz, Ana");
    assert_eq!(sheet.table.cell(2, 0), "a \"b\" c");
    assert_eq!(sheet.table.cell(1, 1), "x\ny, z");
}

#[test]
fn a_sheet_of_one_column_stays_one_column() {
    use user_import::native::Native;
    let file = made(|sheet| {
        sheet.write(0, 0, "Correo").unwrap();
        sheet.write(1, 0, "a,b;c@contoso.example").unwrap();
        sheet.write(2, 0, "d,e;f@contoso.example").unwrap();
    });
    let text = text(&file);
    let sheet = user_import::recognise(&text, &Native).unwrap();
    assert_eq!(sheet.table.width(), 1);
    assert_eq!(sheet.table.cell(1, 0), "d,e;f@contoso.example");
}
