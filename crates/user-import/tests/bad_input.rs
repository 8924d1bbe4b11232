//! Files as they come: each kind has a defined result, with the rows that a spreadsheet shows, and none makes it panic.

// All of this is test code, also where it is no test function.
#![allow(clippy::panic, clippy::unwrap_used)]

use std::time::{Duration, Instant};

use user_import::native::Native;
use user_import::{Known, Learned, Mapping, check, decode, recognise};

const HEADER: &str = "Email,Display name\n";

/// How many rows can be created, and the issues: row, column, code. A refusal has the one issue, and `None` before it.
type Told = (Option<usize>, Vec<(u32, u32, &'static str)>);

fn read(bytes: &[u8], domain: Option<&str>) -> Told {
    let domains = domain.map(|domain| vec![domain.to_owned()]);
    let known = Known { domain, domains: domains.as_deref(), ..Known::default() };
    let result = decode(bytes, None, &Native).and_then(|decoded| {
        let sheet = recognise(&decoded.text, &Native)?;
        let mapping = Mapping::suggest(&sheet, &Learned::default(), &Native);
        check(&sheet, &mapping, &known, &Native)
    });
    match result {
        Ok(checked) => {
            let issue = |issue: &user_import::Issue| (issue.row, issue.column.unwrap_or(0), issue.code.key());
            (Some(checked.valid()), checked.issues().iter().map(issue).collect())
        }
        Err(refusal) => (None, vec![(refusal.row.unwrap_or(0), 0, refusal.kind.code())]),
    }
}

fn with(rows: &str) -> Told {
    read(format!("{HEADER}{rows}").as_bytes(), None)
}

fn wide(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn every_way_of_writing_a_file_is_read() {
    let tabs = "\u{feff}Email\tDisplay name\r\na@a.example\tÑ\r\n";
    for (file, rows) in [
        (format!("\u{feff}{HEADER}a@a.example,A\n").into_bytes(), 1),
        (wide(tabs, u16::to_le_bytes), 1),
        (wide(tabs, u16::to_be_bytes), 1),
        (b"Email;Display name\r\na@a.example;Jos\xe9\r\n".to_vec(), 1),
        (b"sep=;\r\nEmail;Display name\r\na@a.example;A\r\n".to_vec(), 1),
        (b"Email,Display name\ra@a.example,A\rb@a.example,B\r".to_vec(), 2),
        (b"Email,Display name\n\n,,\na@a.example,A\n,,,,\n".to_vec(), 1),
        (b"a@a.example,Ana\nb@a.example,Ben\n".to_vec(), 2),
        (HEADER.as_bytes().to_vec(), 0),
    ] {
        assert_eq!(read(&file, None), (Some(rows), Vec::new()), "{file:?}");
    }
}

#[test]
fn rows_are_those_that_a_spreadsheet_shows() {
    for (rows, valid, issues) in [
        ("a@a.example,\"A\nB\"\nb@a,B\n", 1, vec![(2, 2, "control_characters"), (3, 1, "sign_in_domain")]),
        (
            "a@a.example,A,x,y\nb@a.example\n\nc@a.example,\n",
            1,
            vec![(2, 3, "surplus_cells"), (3, 2, "name_missing"), (5, 2, "name_missing")],
        ),
        ("Ana@a.example,A\n,,\nana@A.example,B\n", 1, vec![(4, 1, "sign_in_duplicate")]),
    ] {
        assert_eq!(with(rows), (Some(valid), issues), "{rows:?}");
    }
}

#[test]
fn what_is_no_list_of_users_is_refused_by_name() {
    let many = "u@a.example,N\n".repeat(250_001);
    let columns: Vec<String> = (0..10_000).map(|column| format!("c{column}")).collect();
    for (file, row, code) in [
        (Vec::new(), 0, "empty_file"),
        (b"PK\x03\x04\0\0".to_vec(), 0, "workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0".to_vec(), 0, "workbook"),
        (b"%PDF-1.7\n1 0 obj".to_vec(), 0, "pdf"),
        (b"<!doctype html><html>".to_vec(), 0, "html"),
        (b"[{\"a\":1}]".to_vec(), 0, "json"),
        (format!("{HEADER}a@a.example,A\nb\0@a.example,B\n").into_bytes(), 3, "nul_character"),
        (format!("{HEADER}a@a.example,\"A\nb@a.example,B\n").into_bytes(), 2, "unclosed_quote"),
        (b"Email,Email,Display name\na@a.example,b@a.example,A\n".to_vec(), 0, "two_columns_for_one_field"),
        (b"Name,Department\nA,B\n".to_vec(), 0, "missing_columns"),
        (format!("{HEADER}{many}").into_bytes(), 250_001, "too_many_rows"),
        (format!("{HEADER}a@a.example,{}\n", "x".repeat(5 << 20)).into_bytes(), 2, "cell_too_long"),
        (columns.join(",").into_bytes(), 1, "too_many_columns"),
        (vec![b'a'; 50 << 20], 0, "file_too_large"),
    ] {
        let begin = Instant::now();
        let told = read(&file, None);
        assert_eq!(told, (None, vec![(row, 0, code)]));
        // Far from it, in a build that is not made for speed.
        assert!(begin.elapsed() < Duration::from_secs(10), "{code}: {:?}", begin.elapsed());
    }
}

#[test]
fn names_that_cannot_be_are_flagged_before_anything_is_sent() {
    let long = format!("{}@a.example,A\n", "a".repeat(65));
    for (rows, valid, codes) in [
        ("\u{a0}ana@a.example\u{200b},A\n", 1, vec!["invisible_characters", "blanks"]),
        ("an\u{202e}a@a.example,A\n", 0, vec!["sign_in_direction"]),
        ("ana@a.example,A\u{202e}B\n", 1, vec!["direction_characters"]),
        // The first letter is Cyrillic.
        ("\u{430}na@a.example,A\n", 0, vec!["sign_in_letters"]),
        (&long, 0, vec!["sign_in_too_long"]),
        ("a_b.com#EXT#@a.example,A\n", 0, vec!["sign_in_guest"]),
        ("ana@a.example,Jose\u{301}\n", 1, vec!["composed"]),
        ("ana@a.example,=1+1\n", 1, vec!["name_formula"]),
        ("ana,A\n", 0, vec!["sign_in_no_domain"]),
    ] {
        let (found, issues) = with(rows);
        let found = (found, issues.iter().map(|issue| issue.2).collect());
        assert_eq!(found, (Some(valid), codes), "{rows:?}");
    }
    let foreign = read(format!("{HEADER}a@b.example,A\n").as_bytes(), Some("a.example"));
    assert_eq!(foreign, (Some(0), vec![(2, 1, "sign_in_foreign_domain")]));
    let alone = read(format!("{HEADER}ana,A\n").as_bytes(), Some("a.example"));
    assert_eq!(alone, (Some(1), vec![(2, 1, "sign_in_completed")]));
}
