//! A text to rows: places only, no cell is copied but those with doubled quotation marks.

use super::marks::Marks;
use super::odd::Odd;
use super::{End, MAX_CELL_BYTES, MAX_COLUMNS, MAX_ROWS, Row, Separator, Table, small};
use crate::{Refusal, RefusalKind};

/// After how many bytes it is foreseen how many cells there will be.
const SAMPLE: usize = 64 * 1024;

/// See [`Table::read`].
pub(super) fn read(text: &str, separator: Separator, first: u32) -> Result<Table, Refusal> {
    if text.len() > End::MOST as usize {
        return Err(Refusal::whole(RefusalKind::TooLarge));
    }
    // As the reader of the crate `csv` does it.
    let begin = text.len() - text.strip_prefix('\u{feff}').unwrap_or(text).len();
    let mut reader = Reader {
        text,
        bytes: text.as_bytes(),
        separator,
        marks: Marks::new(text.as_bytes(), separator.byte(), begin),
        odd: None,
        table: Table { text: text.to_owned(), ..Table::default() },
    };
    let (mut begin, mut number, mut is_foreseen) = (begin, first, false);
    while begin < text.len() {
        let cells = reader.table.ends.len();
        let next = match reader.row(begin) {
            Some(next) => next,
            None => reader.odd_row(begin, cells, number)?,
        };
        reader.keep(begin, cells, number)?;
        begin = next;
        number += 1;
        if !is_foreseen && begin > SAMPLE {
            is_foreseen = true;
            reader.table.foresee(begin);
        }
    }
    Ok(reader.table)
}

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    separator: Separator,
    marks: Marks<'a>,
    /// Made for the first row that needs it.
    odd: Option<Odd<'a>>,
    table: Table,
}

impl Reader<'_> {
    /// Reads a row that begins here, and answers where the next one does; `None` if a quotation mark is not where it
    /// should be: cells are half read then.
    #[inline]
    fn row(&mut self, begin: usize) -> Option<usize> {
        let mut cell = begin;
        let most = self.table.ends.len() + MAX_COLUMNS;
        loop {
            let mut place = self.marks.next();
            let mut flag = 0;
            if self.bytes.get(place) == Some(&b'"') {
                if place > cell {
                    // Within a cell without quotes it is a character like others.
                    continue;
                }
                (place, flag) = self.quoted(cell)?;
            }
            self.table.ends.push(End::new(place, flag));
            let byte = self.bytes.get(place).copied();
            // A row of too many cells is not read to its end: it is refused.
            if byte == Some(self.separator.byte()) && self.table.ends.len() <= most {
                cell = place + 1;
                continue;
            }
            let is_double = byte == Some(b'\r') && self.bytes.get(place + 1) == Some(&b'\n');
            if is_double {
                self.marks.next();
            }
            return Some(place + 1 + usize::from(is_double));
        }
    }

    /// Where a quoted cell ends, and how it is to be read. The mark there is taken.
    fn quoted(&mut self, begin: usize) -> Option<(usize, u32)> {
        let mut is_doubled = false;
        loop {
            let place = self.marks.next();
            if *self.bytes.get(place)? != b'"' {
                continue;
            }
            let next = self.bytes.get(place + 1).copied();
            if next == Some(b'"') {
                is_doubled = true;
                self.marks.next();
                continue;
            }
            if next.is_some_and(|next| next != self.separator.byte() && next != b'\n' && next != b'\r') {
                return None;
            }
            // What stands behind it.
            self.marks.next();
            if !is_doubled {
                return Some((place + 1, End::QUOTED));
            }
            let inner = self.text.get(begin + 1..place).unwrap_or_default();
            self.table.apart.push(self.table.ends.len(), &inner.replace("\"\"", "\""));
            return Some((place + 1, End::APART));
        }
    }

    /// Reads the row in another way, in place of what was read of its cells since `first`.
    #[cold]
    fn odd_row(&mut self, begin: usize, first: usize, number: u32) -> Result<usize, Refusal> {
        let table = &mut self.table;
        table.ends.truncate(first);
        table.apart.forget_from(first);
        let odd = self.odd.get_or_insert_with(|| Odd::new(self.text, self.separator));
        let Some((record, next)) = odd.row(begin) else {
            return Err(Refusal::at(RefusalKind::UnclosedQuote, number, None));
        };
        for cell in record {
            // Cut at ASCII characters only, it is the text that it was.
            table.apart.push(table.ends.len(), std::str::from_utf8(cell).unwrap_or_default());
            table.ends.push(End::new(next, End::APART));
        }
        self.marks.go_to(next);
        Ok(next)
    }

    /// Keeps the row whose cells were read, if there is something in it.
    #[inline]
    fn keep(&mut self, begin: usize, first: usize, number: u32) -> Result<(), Refusal> {
        let table = &mut self.table;
        let count = table.ends.len() - first;
        if count > MAX_COLUMNS {
            return Err(Refusal::at(RefusalKind::TooManyColumns, number, None));
        }
        let end = table.ends.last().map_or(begin, |end| end.place());
        if end - begin > MAX_CELL_BYTES
            && let Some(at) = (0..count).find(|at| table.cut(begin, first, *at).len() > MAX_CELL_BYTES)
        {
            return Err(Refusal::at(RefusalKind::CellTooLong, number, u32::try_from(at + 1).ok()));
        }
        if (0..count).all(|at| table.cut(begin, first, at).trim_ascii().is_empty()) {
            table.ends.truncate(first);
            table.apart.forget_from(first);
            return Ok(());
        }
        if table.rows.len() == MAX_ROWS {
            return Err(Refusal::at(RefusalKind::TooManyRows, number, None));
        }
        table.widest = table.widest.max(count);
        let count = u16::try_from(count).unwrap_or(u16::MAX);
        table.rows.push(Row { begin: small(begin), first: small(first), number, count });
        Ok(())
    }
}

impl Table {
    /// Makes room for what will come if the rest of the text is like its beginning, so that nothing grows by copies.
    fn foresee(&mut self, read: usize) {
        let times = |count: usize| count.saturating_mul(self.text.len() / read + 1);
        let (cells, rows) = (times(self.ends.len()), times(self.rows.len()).min(MAX_ROWS));
        // A file of separators only would ask for too much.
        self.ends.reserve(cells.min(self.text.len() / 4).saturating_sub(self.ends.len()));
        self.rows.reserve(rows.saturating_sub(self.rows.len()));
    }
}
