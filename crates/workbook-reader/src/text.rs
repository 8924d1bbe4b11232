//! The rows as text: tabs between cells, a line for each row of the sheet, every cell with something in it between quotation
//! marks. So nothing in a cell can be taken for a separator, and the numbers of the lines are those of the sheet.

use crate::Refusal;
use crate::caps::{MAX_CELLS, MAX_TEXT_BYTES};
use crate::place::Place;

/// Rows that are being written.
pub(crate) struct Writer {
    text: String,
    /// The last cell; the first row and no column before there is one.
    last: Place,
    cells: u32,
    /// How many rows have something in them.
    rows: u32,
    widest: u32,
}

impl Writer {
    pub(crate) fn new() -> Self {
        Self { text: String::new(), last: Place { row: 1, column: 0 }, cells: 0, rows: 0, widest: 0 }
    }

    /// Writes a cell, which is behind the last one; whether it is the first of its row.
    ///
    /// # Errors
    /// [`Refusal::TooManyCells`], [`Refusal::TooMuchText`].
    pub(crate) fn cell(&mut self, place: Place, value: &str) -> Result<bool, Refusal> {
        if self.cells == MAX_CELLS {
            return Err(Refusal::TooManyCells);
        }
        let is_first = self.cells == 0 || place.row > self.last.row;
        let lines = place.row.saturating_sub(self.last.row);
        let before = if lines > 0 { 1 } else { self.last.column.max(1) };
        let tabs = place.column.saturating_sub(before);
        let length = self.text.len() + lines as usize + tabs as usize + value.len() + 2;
        if length > MAX_TEXT_BYTES {
            return Err(Refusal::TooMuchText);
        }
        self.text.extend(std::iter::repeat_n('\n', lines as usize));
        self.text.extend(std::iter::repeat_n('\t', tabs as usize));
        self.text.push('"');
        let mut pieces = value.split('"');
        self.text.push_str(pieces.next().unwrap_or_default());
        for piece in pieces {
            self.text.push_str("\"\"");
            self.text.push_str(piece);
        }
        self.text.push('"');
        self.last = place;
        self.cells += 1;
        self.rows += u32::from(is_first);
        self.widest = self.widest.max(place.column);
        Ok(is_first)
    }

    /// How many cells, rows with something in them and columns there are, and the number of the last row.
    pub(crate) fn size(&self) -> Size {
        Size { cells: self.cells, filled: self.rows, columns: self.widest, last: self.last.row }
    }

    pub(crate) fn finish(mut self) -> String {
        self.text.push('\n');
        self.text
    }
}

/// How much was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Size {
    pub(crate) cells: u32,
    pub(crate) filled: u32,
    pub(crate) columns: u32,
    pub(crate) last: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stand_where_the_sheet_has_them() {
        let mut writer = Writer::new();
        for (row, column, value) in
            [(2, 3, "a"), (2, 4, "b\tc"), (2, 7, "\""), (5, 1, "d\ne"), (6, 2, "\"f\"")]
        {
            writer.cell(Place { row, column }, value).unwrap();
        }
        assert_eq!(writer.size(), Size { cells: 5, filled: 3, columns: 7, last: 6 });
        let expected = "\n\t\t\"a\"\t\"b\tc\"\t\t\t\"\"\"\"\n\n\n\"d\ne\"\n\t\"\"\"f\"\"\"\n";
        assert_eq!(writer.finish(), expected);
    }

    #[test]
    fn one_cell_too_many_is_refused() {
        let mut writer = Writer::new();
        let mut cells = (1..).flat_map(|row| (1..=10).map(move |column| Place { row, column }));
        for place in cells.by_ref().take(MAX_CELLS as usize) {
            assert!(writer.cell(place, "x").is_ok());
        }
        assert_eq!(writer.cell(cells.next().unwrap(), "x"), Err(Refusal::TooManyCells));
    }

    #[test]
    fn one_byte_too_many_is_refused() {
        let mut writer = Writer::new();
        let half = "x".repeat(MAX_TEXT_BYTES / 2 - 2);
        assert!(writer.cell(Place { row: 1, column: 1 }, &half).is_ok());
        // Quotation marks come with each, and a line break.
        assert_eq!(writer.cell(Place { row: 2, column: 1 }, &half[1..]), Ok(true));
        assert_eq!(writer.cell(Place { row: 3, column: 1 }, ""), Err(Refusal::TooMuchText));
    }
}
