//! What Python's csv writes is read as it was.

// All of this is test code, also where it is no test function.
#![allow(clippy::panic, clippy::unwrap_used)]

use std::process::Command;

use user_import::{native::Native, recognise};

/// Writes files with everything that is awkward, and beside each its cells, ended by U+001F, rows by U+001E.
const SCRIPT: &str = r#"
import csv, io, random, sys
random.seed(7)
pieces = ["a", "Ana", " ", ",", ";", "\t", "|", '"', '""', "\n", "\r\n", "\r", "é", "ñ", "中", "=", "@", "'", "x" * 50]
out = sys.stdout
out.reconfigure(newline="", encoding="utf-8")
for number in range(200):
    columns = random.randint(2, 6)
    rows = [["Email", "Display name", "First name", "Last name", "Department", "City"][:columns]]
    for row in range(random.randint(1, 8)):
        rows.append(["u%d@a.es" % row] + ["".join(random.choices(pieces, k=random.randint(0, 6))) for _ in range(columns - 1)])
    text = io.StringIO(newline="")
    quoting = random.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC])
    end = "\r\n"
    delimiter = random.choice(",;\t|")
    csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows(rows)
    out.write(delimiter + "\x1d" + text.getvalue() + "\x1d")
    out.write("\x1e".join("\x1f".join(row) for row in rows) + "\x1c")
"#;

#[test]
fn what_python_writes_is_read() {
    let output = Command::new("python3").args(["-c", SCRIPT]).output().unwrap_or_else(|error| {
        panic!("python3 cannot be started ({error}): `cargo xtask test` installs it on Debian")
    });
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let all = String::from_utf8(output.stdout).unwrap();
    let mut count = 0;
    for file in all.split('\x1c').filter(|file| !file.is_empty()) {
        let mut parts = file.split('\x1d');
        let (separator, text, cells) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
        let sheet = recognise(text, &Native).unwrap_or_else(|refusal| panic!("{text:?}: {refusal:?}"));
        assert_eq!(char::from(sheet.separator.byte()).to_string(), separator, "{text:?}");
        let mut rows = cells.split('\x1e').map(|row| row.split('\x1f').collect::<Vec<_>>());
        assert_eq!(sheet.header, rows.next().unwrap());
        for (at, row) in rows.enumerate() {
            let found: Vec<&str> = (0..row.len()).map(|column| sheet.table.cell(at, column)).collect();
            assert_eq!(found, row, "{text:?}");
        }
        count += 1;
    }
    assert_eq!(count, 200);
}
