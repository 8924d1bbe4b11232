//! What this project writes is read back as it was, here and by Python.

// All of this is test code, also where it is no test function.
#![allow(clippy::panic, clippy::unwrap_used)]

use std::io::Write as _;
use std::process::{Command, Stdio};

use csv_export::{Separator, Sheet, is_formula};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{RngSeed, TestRunner};
use user_import::{decode, native::Native, recognise};

const HEADER: [&str; 4] = ["Email", "Display name", "First name", "Department"];

fn config() -> ProptestConfig {
    ProptestConfig { rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..ProptestConfig::default() }
}

/// Cells with everything that is awkward, but for NUL, which is refused.
fn rows() -> impl Strategy<Value = Vec<[String; 3]>> {
    let cell = "([\\PC]|[,;|\t\"'=+@\r\n-]|\u{feff}|\u{a0}|＝|é|\u{301}){0,12}";
    proptest::collection::vec([cell, cell, cell], 1..8)
}

fn separator() -> impl Strategy<Value = Separator> {
    prop_oneof![Just(Separator::Comma), Just(Separator::Semicolon)]
}

/// The cells as they stand in the file: with an apostrophe before what a spreadsheet would run.
fn written(rows: &[[String; 3]]) -> Vec<Vec<String>> {
    let shown = |cell: &String| if is_formula(cell) { format!("'{cell}") } else { cell.clone() };
    let row = |(at, row): (usize, &[String; 3])| {
        std::iter::once(format!("user{at}@a.example")).chain(row.iter().map(shown)).collect()
    };
    rows.iter().enumerate().map(row).collect()
}

fn file(rows: &[[String; 3]], separator: Separator) -> String {
    let mut sheet = Sheet::new(separator, &HEADER);
    for (at, [a, b, c]) in rows.iter().enumerate() {
        sheet.row(&[&format!("user{at}@a.example"), a, b, c]);
    }
    sheet.finish()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_is_written_is_read_back(rows in rows(), separator in separator()) {
        let text = file(&rows, separator);
        let decoded = decode(text.as_bytes(), None, &Native).unwrap();
        prop_assert_eq!(decoded.damaged, 0);
        let sheet = recognise(&decoded.text, &Native).unwrap();
        prop_assert_eq!(&sheet.header, &HEADER);
        prop_assert_eq!(sheet.table.len(), rows.len());
        for (at, row) in written(&rows).iter().enumerate() {
            let found: Vec<&str> = (0..HEADER.len()).map(|column| sheet.table.cell(at, column)).collect();
            prop_assert_eq!(&found, row, "{:?}", text);
        }
    }
}

/// Reads files, each after its separator and its length in bytes, and prints their cells.
const READER: &str = r#"
import csv, io, sys
data = sys.stdin.buffer.read()
out = sys.stdout.buffer
at = 0
while at < len(data):
    end = data.index(b"\n", at)
    delimiter, length = data[at:end].decode().split()
    text = data[end + 1:end + 1 + int(length)].decode("utf-8-sig")
    at = end + 1 + int(length)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    out.write("\x1e".join("\x1f".join(row) for row in rows).encode() + b"\x1c")
"#;

#[test]
fn python_reads_what_is_written() {
    let mut runner = TestRunner::new(config());
    let mut files = Vec::new();
    for _ in 0..300 {
        let tree = (rows(), separator()).new_tree(&mut runner).unwrap();
        files.push(tree.current());
    }
    let mut input = Vec::new();
    for (rows, separator) in &files {
        let text = file(rows, *separator);
        let sign = if *separator == Separator::Comma { ',' } else { ';' };
        input.extend(format!("{sign} {}\n{text}", text.len()).into_bytes());
    }
    let child =
        Command::new("python3").args(["-c", READER]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut child = child.unwrap_or_else(|error| {
        panic!("python3 cannot be started ({error}): `cargo xtask test` installs it on Debian")
    });
    child.stdin.take().unwrap().write_all(&input).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    let all = String::from_utf8(output.stdout).unwrap();
    let mut read = all.split_terminator('\x1c');
    for (rows, _) in &files {
        let found: Vec<Vec<&str>> =
            read.next().unwrap().split('\x1e').map(|row| row.split('\x1f').collect()).collect();
        assert_eq!(found[0], HEADER);
        assert_eq!(found[1..], written(rows));
    }
    assert_eq!(read.next(), None);
}
