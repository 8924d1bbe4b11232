//! All cells of a file in one text, with offsets.

use std::collections::BTreeMap;

use csv::{ByteRecord, ReaderBuilder};
use memchr::memchr2;

use crate::{Refusal, RefusalKind};

/// The most rows with something in them, header and notes included.
pub const MAX_ROWS: usize = 250_000;
/// The most cells in a row.
pub const MAX_COLUMNS: usize = 512;
/// The longest cell, in bytes: what a spreadsheet's cell holds (32,767 characters), in the longest letters.
pub const MAX_CELL_BYTES: usize = 131_068;

/// What separates the cells of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Separator {
    /// `,`
    Comma,
    /// `;`, where the comma is the decimal sign.
    Semicolon,
    /// A tab: what a spreadsheet puts on the clipboard.
    Tab,
    /// `|`
    Bar,
}

impl Separator {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Comma, Self::Semicolon, Self::Tab, Self::Bar];

    /// The character.
    pub fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
            Self::Bar => b'|',
        }
    }

    pub(crate) fn of(byte: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|separator| separator.byte() == byte)
    }
}

#[derive(Debug, Clone, Copy)]
struct Row {
    /// Its first cell.
    cells: u32,
    /// Where it is in the file.
    number: u32,
}

/// The rows of a file that have something in them.
///
/// Numbers of rows are the file's as a spreadsheet shows them, counted from 1: empty rows count, and a line break within
/// a quoted cell begins no row.
#[derive(Default, Clone)]
pub struct Table {
    text: String,
    /// Where each cell ends.
    ends: Vec<u32>,
    rows: Vec<Row>,
    widest: usize,
    /// Cells that a person has changed, by row and column.
    changed: BTreeMap<(usize, usize), Box<str>>,
}

/// Without the cells, which name persons and hold passwords.
impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Table of {} rows", self.rows.len())
    }
}

impl Table {
    /// Reads rows. `first` is the number of the first row.
    pub(crate) fn read(text: &str, separator: Separator, first: u32) -> Result<Self, Refusal> {
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator.byte())
            .buffer_capacity(64 * 1024)
            .from_reader(text.as_bytes());
        let mut bytes = Vec::with_capacity(text.len());
        let mut table = Self::default();
        let (mut record, mut number) = (ByteRecord::new(), first);
        loop {
            let begin = reader.position().byte();
            // A text in memory does not fail to be read, and rows may be of any length.
            if !reader.read_byte_record(&mut record).unwrap_or(false) {
                break;
            }
            let place = |byte| usize::try_from(byte).unwrap_or(text.len());
            let (blank, start) = blank_lines(text.as_bytes(), place(begin));
            number += blank;
            let end = place(reader.position().byte());
            // A quotation mark that nothing closes takes rows into its cell: only such a cell is looked at.
            let has_breaks = end >= text.len() || memchr2(b'\r', b'\n', record.as_slice()).is_some();
            if has_breaks && !is_closed(text.as_bytes().get(start..end).unwrap_or_default(), separator) {
                return Err(Refusal::at(RefusalKind::UnclosedQuote, number, None));
            }
            if record.len() > MAX_COLUMNS {
                return Err(Refusal::at(RefusalKind::TooManyColumns, number, None));
            }
            if record.as_slice().len() > MAX_CELL_BYTES
                && let Some(at) = record.iter().position(|cell| cell.len() > MAX_CELL_BYTES)
            {
                return Err(Refusal::at(RefusalKind::CellTooLong, number, u32::try_from(at + 1).ok()));
            }
            if record.iter().any(|cell| !cell.trim_ascii().is_empty()) {
                if table.rows.len() == MAX_ROWS {
                    return Err(Refusal::at(RefusalKind::TooManyRows, number, None));
                }
                table.push(&record, number, &mut bytes);
            }
            number += 1;
        }
        // Cut at ASCII characters only, it is the text that it was.
        table.text = String::from_utf8(bytes).unwrap_or_default();
        Ok(table)
    }

    fn push(&mut self, record: &ByteRecord, number: u32, bytes: &mut Vec<u8>) {
        self.rows.push(Row { cells: small(self.ends.len()), number });
        let base = bytes.len();
        bytes.extend_from_slice(record.as_slice());
        let end = |at| record.range(at).map_or(base, |range| base + range.end);
        self.ends.extend((0..record.len()).map(|at| small(end(at))));
        self.widest = self.widest.max(record.len());
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// How many cells the widest row has.
    pub fn width(&self) -> usize {
        self.widest
    }

    /// The number of a row in the file.
    pub fn number(&self, row: usize) -> u32 {
        self.rows.get(row).map_or(0, |row| row.number)
    }

    /// How many cells a row has.
    pub fn cells(&self, row: usize) -> usize {
        let begin = self.rows.get(row).map_or(self.ends.len(), |row| row.cells as usize);
        let read = self.rows.get(row + 1).map_or(self.ends.len(), |next| next.cells as usize) - begin;
        let last = self.changed.range((row, 0)..(row + 1, 0)).next_back();
        last.map_or(read, |((_, column), _)| read.max(column + 1))
    }

    /// A cell; empty where the row has none.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        if !self.changed.is_empty()
            && let Some(changed) = self.changed.get(&(row, column))
        {
            return changed;
        }
        let Some(found) = self.rows.get(row) else { return "" };
        let at = found.cells as usize + column;
        if at >= self.rows.get(row + 1).map_or(self.ends.len(), |next| next.cells as usize) {
            return "";
        }
        let begin = at.checked_sub(1).and_then(|at| self.ends.get(at)).map_or(0, |end| *end as usize);
        let end = self.ends.get(at).map_or(begin, |end| *end as usize);
        self.text.get(begin..end).unwrap_or_default()
    }

    /// Changes a cell, of this row or beyond its end. Nothing else moves, and row numbers stay the file's.
    pub fn set(&mut self, row: usize, column: usize, text: &str) {
        if row < self.rows.len() && column < MAX_COLUMNS {
            self.changed.insert((row, column), text.into());
            self.widest = self.widest.max(column + 1);
        }
    }

    /// Takes rows away by their numbers in here, in ascending order.
    pub(crate) fn drop_rows(&mut self, rows: &[usize]) {
        // Cells are found by where the next row begins: those of dropped rows go, too.
        let mut kept = Self { text: std::mem::take(&mut self.text), ..Self::default() };
        kept.widest = self.widest;
        if rows.iter().enumerate().all(|(at, row)| at == *row) {
            // From the beginning only: nothing moves but the offsets, and these keep the place before the first cell.
            let cut = self.rows.get(rows.len()).map_or(self.ends.len(), |row| row.cells as usize);
            let before = cut.checked_sub(1).and_then(|at| self.ends.get(at)).map_or(0, |end| *end as usize);
            kept.text.drain(..before.min(kept.text.len()));
            kept.ends = self.ends[cut..].iter().map(|end| end - small(before)).collect();
            let moved = |row: &Row| Row { cells: row.cells - small(cut), ..*row };
            kept.rows = self.rows.iter().skip(rows.len()).map(moved).collect();
        } else {
            let old = Self { text: std::mem::take(&mut kept.text), ..std::mem::take(self) };
            for row in (0..old.len()).filter(|row| rows.binary_search(row).is_err()) {
                kept.rows.push(Row { cells: small(kept.ends.len()), number: old.number(row) });
                for column in 0..old.cells(row) {
                    kept.text.push_str(old.cell(row, column));
                    kept.ends.push(small(kept.text.len()));
                }
            }
        }
        *self = kept;
    }
}

/// A file has at most 32 MB, hence offsets of 32 bits.
fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// How many empty lines there are from here on, and where they end.
fn blank_lines(text: &[u8], begin: usize) -> (u32, usize) {
    let (mut at, mut count) = (begin, 0);
    // The line break that ended the record before, when the reader has not taken all of it.
    if begin > 0 && text.get(begin - 1) == Some(&b'\r') && text.get(begin) == Some(&b'\n') {
        at += 1;
    }
    loop {
        at += match (text.get(at), text.get(at + 1)) {
            (Some(b'\r'), Some(b'\n')) => 2,
            (Some(b'\r' | b'\n'), _) => 1,
            _ => return (count, at),
        };
        count += 1;
    }
}

/// What the reader's states come to for quotation marks.
enum At {
    Begin,
    Bare,
    Quoted,
    /// After a quotation mark within quotes: a doubled one, or the end of the quoted part.
    Mark,
}

/// Whether the quotation marks of a row are in order: none is open at its end, and no quoted part with a line break in it
/// ends before something else than the end of its cell, which is what a forgotten mark makes of the next one.
fn is_closed(row: &[u8], separator: Separator) -> bool {
    let (mut state, mut breaks) = (At::Begin, 0);
    for byte in row {
        let is_break = matches!(byte, b'\n' | b'\r');
        let is_end = is_break || *byte == separator.byte();
        state = match state {
            At::Begin if *byte == b'"' => {
                breaks = 0;
                At::Quoted
            }
            At::Quoted if *byte == b'"' => At::Mark,
            At::Quoted => {
                breaks += u32::from(is_break);
                At::Quoted
            }
            At::Mark if *byte == b'"' => At::Quoted,
            At::Mark if !is_end && breaks > 0 => return false,
            _ if is_end => At::Begin,
            _ => At::Bare,
        };
    }
    !matches!(state, At::Quoted)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rows(text: &str, separator: Separator) -> Vec<(u32, Vec<String>)> {
        let table = Table::read(text, separator, 1).unwrap();
        let cells = |row| (0..table.cells(row)).map(|at| table.cell(row, at).to_owned()).collect();
        (0..table.len()).map(|row| (table.number(row), cells(row))).collect()
    }

    fn check(text: &str, expected: &[(u32, &[&str])]) {
        let found = rows(text, Separator::Comma);
        let found: Vec<(u32, Vec<&str>)> = found
            .iter()
            .map(|(number, cells)| (*number, cells.iter().map(String::as_str).collect()))
            .collect();
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
}
