//! Places on a sheet: `B7`.

/// The last row and column that a sheet can have, counted from 1.
pub(crate) const LAST_ROW: u32 = 1_048_576;
pub(crate) const LAST_COLUMN: u32 = 16_384;

/// A cell, by its column and row, both counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) row: u32,
    pub(crate) column: u32,
}

impl Place {
    /// Reads `B7`, also `$B$7`; `None` for what is no place on a sheet.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (mut column, mut row) = (0_u32, 0_u32);
        for byte in text.bytes().filter(|byte| *byte != b'$') {
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' if row == 0 => {
                    column = column * 26 + u32::from(byte.to_ascii_uppercase() - b'A') + 1;
                }
                b'0'..=b'9' if column > 0 => row = row * 10 + u32::from(byte - b'0'),
                _ => return None,
            }
            if column > LAST_COLUMN || row > LAST_ROW {
                return None;
            }
        }
        (row > 0).then_some(Self { row, column })
    }

    /// Reads `B7:D9`, or `B7`, which is a range of one.
    pub(crate) fn parse_range(text: &str) -> Option<(Self, Self)> {
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        Some((Self::parse(first)?, Self::parse(last)?))
    }

    /// As a spreadsheet shows it.
    pub(crate) fn print(self) -> String {
        let mut name = letters(self.column);
        name.push_str(&self.row.to_string());
        name
    }
}

/// The letters of a column.
pub(crate) fn letters(column: u32) -> String {
    let mut name = Vec::new();
    let mut rest = column;
    while rest > 0 {
        name.push(char::from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"[(rest as usize - 1) % 26]));
        rest = (rest - 1) / 26;
    }
    name.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_printed_as_they_are_read() {
        for (text, row, column) in
            [("A1", 1, 1), ("Z9", 9, 26), ("AA10", 10, 27), ("XFD1048576", LAST_ROW, LAST_COLUMN)]
        {
            assert_eq!(Place::parse(text), Some(Place { row, column }));
            assert_eq!(Place { row, column }.print(), text);
        }
        for column in 1..=LAST_COLUMN {
            assert_eq!(Place::parse(&(letters(column) + "1")), Some(Place { row: 1, column }));
        }
        assert_eq!(Place::parse("$b$7"), Some(Place { row: 7, column: 2 }));
    }

    #[test]
    fn what_is_beyond_a_sheet_is_no_place() {
        for text in [
            "",
            "A",
            "7",
            "A0",
            "A1048577",
            "XFE1",
            "AAAAAAAAAAAA1",
            "A99999999999",
            "A1B",
            "1A",
            "A-1",
            "Ä1",
        ] {
            assert_eq!(Place::parse(text), None, "{text}");
        }
        assert_eq!(Place::parse_range("A1:B"), None);
        assert_eq!(Place::parse_range("A1").map(|(first, last)| first == last), Some(true));
    }
}
