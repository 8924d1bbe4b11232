//! All cells of a file in one text, with offsets.

mod marks;
mod odd;
mod read;

use std::collections::{BTreeMap, BTreeSet};

use crate::Refusal;

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

/// Where a row is: its cells are cut out of the text when they are asked for.
#[derive(Debug, Clone, Copy)]
struct Row {
    /// Where it begins in the text.
    begin: u32,
    /// The end of its first cell in `ends`.
    first: u32,
    /// Where it is in the file.
    number: u32,
    /// How many cells it has; at most [`MAX_COLUMNS`].
    count: u16,
}

/// Where a cell ends in the text. The next one of its row begins behind the separator there.
#[derive(Debug, Clone, Copy)]
struct End(u32);

impl End {
    /// The cell lies within quotes.
    const QUOTED: u32 = 1 << 31;
    /// The cell is not as it stands in the text: it is in `apart`.
    const APART: u32 = 1 << 30;
    /// The largest place.
    const MOST: u32 = (1 << 30) - 1;

    /// `place` is at most [`MOST`](Self::MOST).
    fn new(place: usize, flag: u32) -> Self {
        Self(small(place) & Self::MOST | flag)
    }

    fn place(self) -> usize {
        (self.0 & Self::MOST) as usize
    }

    fn has(self, flag: u32) -> bool {
        self.0 & flag != 0
    }
}

/// The rows of a file that have something in them.
///
/// Numbers of rows are the file's as a spreadsheet shows them, counted from 1: empty rows count, and a line break within
/// a quoted cell begins no row.
#[derive(Default, Clone)]
pub struct Table {
    text: String,
    ends: Vec<End>,
    rows: Vec<Row>,
    widest: usize,
    apart: Apart,
    /// Cells that a person has changed, by row and column.
    changed: BTreeMap<(usize, usize), Box<str>>,
    /// Rows that a person has taken away. They keep their place, so that no number changes its meaning.
    gone: BTreeSet<usize>,
}

/// Cells that are not as they stand in the file: their quotation marks are doubled, or in odd places.
#[derive(Default, Clone)]
struct Apart {
    text: String,
    /// Which of `ends` it is, and where it ends in this text; ascending.
    cells: Vec<(u32, u32)>,
}

impl Apart {
    fn push(&mut self, cell: usize, text: &str) {
        self.text.push_str(text);
        self.cells.push((small(cell), small(self.text.len())));
    }

    fn get(&self, cell: usize) -> &str {
        let Ok(at) = self.cells.binary_search_by_key(&small(cell), |(cell, _)| *cell) else { return "" };
        let begin = at.checked_sub(1).and_then(|at| self.cells.get(at)).map_or(0, |(_, end)| *end as usize);
        let end = self.cells.get(at).map_or(begin, |(_, end)| *end as usize);
        self.text.get(begin..end).unwrap_or_default()
    }

    /// Forgets the cells from this one on.
    fn forget_from(&mut self, cell: usize) {
        while self.cells.last().is_some_and(|(last, _)| *last as usize >= cell) {
            self.cells.pop();
        }
        self.text.truncate(self.cells.last().map_or(0, |(_, end)| *end as usize));
    }
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
        read::read(text, separator, first)
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
        let read = self.rows.get(row).map_or(0, |row| usize::from(row.count));
        if self.changed.is_empty() {
            return read;
        }
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
        if column >= usize::from(found.count) {
            return "";
        }
        self.cut(found.begin as usize, found.first as usize, column)
    }

    /// A cell of the row that begins here, with its first cell at `first`.
    fn cut(&self, row_begin: usize, first: usize, column: usize) -> &str {
        let at = first + column;
        let before = if column == 0 { None } else { self.ends.get(at - 1) };
        let begin = before.map_or(row_begin, |end| end.place() + 1);
        let Some(end) = self.ends.get(at) else { return "" };
        let range = if end.has(End::APART) {
            return self.apart.get(at);
        } else if end.has(End::QUOTED) {
            begin + 1..end.place() - 1
        } else {
            begin..end.place()
        };
        self.text.get(range).unwrap_or_default()
    }

    /// Changes a cell, of this row or beyond its end. Nothing else moves, and row numbers stay the file's.
    pub fn set(&mut self, row: usize, column: usize, text: &str) {
        if row < self.rows.len() && column < MAX_COLUMNS {
            self.changed.insert((row, column), text.into());
            self.widest = self.widest.max(column + 1);
        }
    }

    /// Adds an empty row at the end, whose number follows the last one's. Answers which it is; `None` at [`MAX_ROWS`].
    pub fn add_row(&mut self) -> Option<usize> {
        let at = self.rows.len();
        let number = self.rows.last().map_or(1, |row| row.number + 1);
        (at < MAX_ROWS).then(|| {
            self.rows.push(Row { begin: 0, first: 0, number, count: 0 });
            at
        })
    }

    /// Takes a row away, or brings it back.
    pub fn set_gone(&mut self, row: usize, gone: bool) {
        if gone && row < self.rows.len() {
            self.gone.insert(row);
        } else {
            self.gone.remove(&row);
        }
    }

    /// Whether a row was taken away.
    pub fn is_gone(&self, row: usize) -> bool {
        !self.gone.is_empty() && self.gone.contains(&row)
    }

    /// How many rows were taken away.
    pub fn gone(&self) -> usize {
        self.gone.len()
    }

    /// Takes rows away by their numbers in here, in ascending order. Only while no cell is changed.
    pub(crate) fn drop_rows(&mut self, rows: &[usize]) {
        let mut at = 0;
        self.rows.retain(|_| {
            at += 1;
            rows.binary_search(&(at - 1)).is_err()
        });
    }
}

/// A file has at most 32 MB, hence offsets of 32 bits.
fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
