use proptest::prelude::*;

use super::*;
use crate::RefusalKind;

type Rows = Vec<(u32, Vec<String>)>;

fn rows(text: &str, separator: Separator) -> Rows {
    all(&Table::read(text, separator, 1).unwrap())
}

/// As `csv` reads each row, odd or not; or the number of the row in which a quotation mark is not closed.
fn by_csv(text: &str) -> Result<Rows, u32> {
    let mut odd = odd::Odd::new(text, Separator::Comma);
    let (mut begin, mut number, mut rows) = (0, 1, Rows::new());
    while let Some(rest) = text.get(begin..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with(['\r', '\n']) {
            begin += if rest.starts_with("\r\n") { 2 } else { 1 };
        } else {
            let (record, next) = odd.row(begin).ok_or(number)?;
            let cells: Vec<String> =
                record.iter().map(|cell| String::from_utf8(cell.to_vec()).unwrap()).collect();
            begin = next;
            if cells.iter().any(|cell| !cell.trim_ascii().is_empty()) {
                rows.push((number, cells));
            }
        }
        number += 1;
    }
    Ok(rows)
}

fn all(table: &Table) -> Rows {
    let cells = |row| (0..table.cells(row)).map(|at| table.cell(row, at).to_owned()).collect();
    (0..table.len()).map(|row| (table.number(row), cells(row))).collect()
}

fn check(text: &str, expected: &[(u32, &[&str])]) {
    let found = rows(text, Separator::Comma);
    let found: Vec<(u32, Vec<&str>)> =
        found.iter().map(|(number, cells)| (*number, cells.iter().map(String::as_str).collect())).collect();
    let expected: Vec<(u32, Vec<&str>)> =
        expected.iter().map(|(number, cells)| (*number, cells.to_vec())).collect();
    assert_eq!(found, expected, "{text:?}");
}

#[test]
fn rows_have_the_numbers_of_a_spreadsheet() {
    check("a,b\nc,d\n", &[(1, &["a", "b"]), (2, &["c", "d"])]);
    check("a,b\r\n\r\nc,d", &[(1, &["a", "b"]), (3, &["c", "d"])]);
    check("a,b\rc,d\r\re,f\r", &[(1, &["a", "b"]), (2, &["c", "d"]), (4, &["e", "f"])]);
    check("\n\na\n,,,\n \nb", &[(3, &["a"]), (6, &["b"])]);
    check("a,\"x\ny\"\nb,c\n", &[(1, &["a", "x\ny"]), (2, &["b", "c"])]);
    check("\"say \"\"x\"\"\",\"\"\n", &[(1, &["say \"x\"", ""])]);
    check("a,b,c\nd\ne,f,g,h\n", &[(1, &["a", "b", "c"]), (2, &["d"]), (3, &["e", "f", "g", "h"])]);
    check("", &[]);
}

#[test]
fn caps_are_named_with_their_place() {
    let refused = |text: &str| Table::read(text, Separator::Comma, 1).unwrap_err();
    let long = ["a,b\nc,", &"x".repeat(MAX_CELL_BYTES + 1), "\nd,e\n"].concat();
    assert_eq!(refused(&long), Refusal::at(RefusalKind::CellTooLong, 2, Some(2)));
    let wide = ["a\n", &",".repeat(MAX_COLUMNS), "\n"].concat();
    assert_eq!(refused(&wide), Refusal::at(RefusalKind::TooManyColumns, 2, None));
    let many = "a\n".repeat(MAX_ROWS + 1);
    assert_eq!(refused(&many), Refusal::at(RefusalKind::TooManyRows, 250_001, None));
    assert_eq!(Table::read(&"a\n".repeat(MAX_ROWS), Separator::Comma, 1).unwrap().len(), MAX_ROWS);
}

#[test]
fn an_unclosed_quote_is_found_where_it_opens() {
    for (text, row) in [
        ("a,b\nc,\"d\n", 2),
        ("a,b\n\"c,d\ne,\"f\"\ng,h\n", 2),
        ("a,b\nc,\"d\ne,f\ng,h\n", 2),
        ("a,\"b\nc\"d\ne\n", 1),
        ("a,\"b\"\nc,\"d", 2),
        ("\"", 1),
    ] {
        let refusal = Table::read(text, Separator::Comma, 1).unwrap_err();
        assert_eq!(refusal, Refusal::at(RefusalKind::UnclosedQuote, row, None), "{text:?}");
    }
    for text in
        ["a,\"b\"\n", "a,b\"c\n", "a,\"b\"c\n", "\"\"\n", "a,\"\"\"\"\n", "5\" tube,x\n", "\"a\nb\",c"]
    {
        assert!(Table::read(text, Separator::Comma, 1).is_ok(), "{text:?}");
    }
}

#[test]
fn rows_are_dropped_from_anywhere() {
    for dropped in [&[0][..], &[0, 1], &[1], &[0, 2], &[2], &[]] {
        let mut table = Table::read("a,b\nc\n\nd,e,f\n", Separator::Comma, 1).unwrap();
        let all = ["ab", "c", "def"];
        table.drop_rows(dropped);
        let found: Vec<String> = (0..table.len())
            .map(|row| (0..table.cells(row)).map(|column| table.cell(row, column)).collect())
            .collect();
        let expected: Vec<&str> =
            (0..3).filter(|row| !dropped.contains(row)).filter_map(|row| all.get(row).copied()).collect();
        assert_eq!(found, expected, "{dropped:?}");
    }
}

proptest! {
    #![proptest_config(crate::seeded())]

    #[test]
    fn what_was_written_is_read(rows in prop::collection::vec(prop::collection::vec("[a-zé,;\"\n\r\t ']{0,12}", 1..6), 0..20)) {
        let mut text = String::new();
        for row in &rows {
            let cells: Vec<String> = row.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
            text.push_str(&cells.join(","));
            text.push_str("\r\n");
        }
        let table = Table::read(&text, Separator::Comma, 1).unwrap();
        let full: Vec<(usize, &Vec<String>)> =
            rows.iter().enumerate().filter(|(_, row)| row.iter().any(|cell| !cell.trim().is_empty())).collect();
        prop_assert_eq!(table.len(), full.len());
        for (at, (number, row)) in full.into_iter().enumerate() {
            prop_assert_eq!(table.number(at) as usize, number + 1);
            prop_assert_eq!(table.cells(at), row.len());
            for (column, cell) in row.iter().enumerate() {
                prop_assert_eq!(table.cell(at, column), cell);
            }
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[ab,;\"\n\r]{0,60}") {
        let _ = Table::read(&text, Separator::Comma, 1);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, ..crate::seeded() })]

    #[test]
    fn rows_are_those_of_the_crate_csv(text in "(?:[aé ,\"\n\r]|\"\"|,\"|\",|\"\r\n|\r\n){0,60}") {
        let found = Table::read(&text, Separator::Comma, 1);
        match by_csv(&text) {
            Err(number) => prop_assert_eq!(found.err(), Some(Refusal::at(RefusalKind::UnclosedQuote, number, None))),
            Ok(rows) => {
                let table = found.unwrap();
                prop_assert_eq!(table.width(), rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0));
                prop_assert_eq!(all(&table), rows);
            }
        }
    }
}
