//! Comma-separated files that a spreadsheet opens right and that cannot run anything there.
//!
//! UTF-8 with a byte-order mark (without it Excel guesses the code page), CRLF, every field quoted as
//! RFC 4180 says, and a leading apostrophe before whatever a spreadsheet would take for a formula
//! (OWASP, CSV injection; ASVS 5.0, 1.2.10). A value such as `+34 600 000 000` gets the apostrophe too:
//! a spreadsheet cannot be told that this plus sign is meant as text.
#![deny(missing_docs)]

/// What separates the fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Separator {
    /// Where the decimal sign is a point.
    Comma,
    /// Where the decimal sign is a comma: there Excel expects it.
    Semicolon,
}

impl Separator {
    fn char(self) -> char {
        match self {
            Self::Comma => ',',
            Self::Semicolon => ';',
        }
    }
}

/// A file under construction.
///
/// Quoting every field needs no decision, hence no `csv` writer: that one can quote what is not a number, and brings
/// the parser for floating-point numbers with it (12 KB compressed).
pub struct Sheet {
    separator: char,
    columns: usize,
    figures: Vec<bool>,
    exact: Option<usize>,
    text: String,
}

impl Sheet {
    /// Begins a file with its header row.
    pub fn new(separator: Separator, header: &[&str]) -> Self {
        Self::begin(separator.char(), header, "\u{feff}")
    }

    /// Begins a text for the clipboard, which spreadsheets take by tabs and without a mark.
    pub fn for_clipboard(header: &[&str]) -> Self {
        Self::begin('\t', header, "")
    }

    fn begin(separator: char, header: &[&str], mark: &str) -> Self {
        let mut sheet = Self {
            separator,
            columns: header.len(),
            figures: Vec::new(),
            exact: None,
            text: mark.to_owned(),
        };
        sheet.row(header);
        sheet
    }

    /// Tells which columns hold whole numbers in digits and days as `2026-12-31`. Those stand bare, so that every spreadsheet
    /// takes them for what they are, also one that takes what is quoted for text; all else there is quoted as anywhere.
    #[must_use]
    pub fn with_figures(self, figures: Vec<bool>) -> Self {
        Self { figures, ..self }
    }

    /// Tells which column, counted from 0, has to come out exactly as it went in: passwords, of which one may begin as a
    /// formula does. With a mark before it nobody could sign in.
    #[must_use]
    pub fn with_exact(self, column: usize) -> Self {
        Self { exact: Some(column), ..self }
    }

    /// Adds a row. Fields beyond the header's are dropped and missing ones are empty: a row never shifts a table.
    pub fn row(&mut self, fields: &[&str]) {
        for at in 0..self.columns {
            if at > 0 {
                self.text.push(self.separator);
            }
            let field = fields.get(at).copied().unwrap_or_default();
            if self.figures.get(at) == Some(&true) && is_plain(field) {
                self.text.push_str(field);
            } else {
                self.field(field, self.exact == Some(at));
            }
        }
        self.text.push_str("\r\n");
    }

    fn field(&mut self, field: &str, exact: bool) {
        self.text.push('"');
        if !exact && is_formula(field) {
            self.text.push('\'');
        }
        for (at, part) in field.split('"').enumerate() {
            if at > 0 {
                self.text.push_str("\"\"");
            }
            self.text.push_str(part);
        }
        self.text.push('"');
    }

    /// The file.
    pub fn finish(self) -> String {
        self.text
    }
}

/// Whether a text can stand bare in any file: nothing but digits, and what joins those of a day.
fn is_plain(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}

/// Whether a spreadsheet could take this text for a formula: one of `= + - @`, in half or full width, or a
/// control character that opens a cell anew, also behind blanks.
pub fn is_formula(text: &str) -> bool {
    text.starts_with(['\t', '\r', '\n', '\0'])
        || text
            .trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}')
            .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn file(separator: Separator, fields: &[&str]) -> String {
        let header = vec!["h"; fields.len()];
        let mut sheet = Sheet::new(separator, &header);
        sheet.row(fields);
        sheet.finish()
    }

    #[test]
    fn a_password_is_told_as_it_is() {
        let mut sheet = Sheet::new(Separator::Comma, &["name", "password"]).with_exact(1);
        sheet.row(&["=1", "=;;n.=s9\"Z"]);
        assert_eq!(sheet.finish(), "\u{feff}\"name\",\"password\"\r\n\"'=1\",\"=;;n.=s9\"\"Z\"\r\n");
    }

    #[test]
    fn the_file_has_a_mark_quotes_and_crlf() {
        assert_eq!(
            file(Separator::Semicolon, &["a;b", "say \"x\""]),
            "\u{feff}\"h\";\"h\"\r\n\"a;b\";\"say \"\"x\"\"\"\r\n"
        );
    }

    #[test]
    fn the_clipboard_gets_tabs_and_nothing_that_runs() {
        let mut sheet = Sheet::for_clipboard(&["a", "b"]);
        sheet.row(&["x\ty", "=1+1"]);
        assert_eq!(sheet.finish(), "\"a\"\t\"b\"\r\n\"x\ty\"\t\"'=1+1\"\r\n");
    }

    #[test]
    fn formulas_are_made_harmless() {
        for cell in
            ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "＝1", "  =1", "\u{feff}=1", "\u{a0}@x", "=1+1\";=2+2"]
        {
            assert!(is_formula(cell), "{cell:?}");
            let text = file(Separator::Comma, &[cell]);
            assert!(text.contains("\"'"), "{cell:?} became {text:?}");
        }
        for cell in ["", "a=b", "1-2", "Ana", "a@b"] {
            assert!(!is_formula(cell), "{cell:?}");
        }
    }

    #[test]
    fn a_row_of_another_length_does_not_shift_the_table() {
        let mut sheet = Sheet::new(Separator::Comma, &["a", "b"]);
        sheet.row(&["1"]);
        sheet.row(&["1", "2", "3"]);
        assert_eq!(sheet.finish(), "\u{feff}\"a\",\"b\"\r\n\"1\",\"\"\r\n\"1\",\"2\"\r\n");
    }

    #[test]
    fn numbers_and_days_are_bare_and_nothing_else_is() {
        let columns = ["a"; 7];
        let mut sheet = Sheet::new(Separator::Semicolon, &columns)
            .with_figures(vec![true, true, true, true, true, true, false]);
        sheet.row(&["12480", "2026-12-31", "12.480", "-5", "1;2", "", "7"]);
        let text = sheet.finish();
        let row = text.split("\r\n").nth(1).unwrap();
        // Grouped digits would be decimals elsewhere.
        assert_eq!(row, "12480;2026-12-31;\"12.480\";\"'-5\";\"1;2\";\"\";\"7\"");
    }

    proptest! {
        #[test]
        fn every_value_reads_back_and_none_is_a_formula(cells in prop::collection::vec(".*", 1..5)) {
            let fields: Vec<&str> = cells.iter().map(String::as_str).collect();
            let text = file(Separator::Semicolon, &fields);
            let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(text.as_bytes());
            let record = reader.records().next().unwrap().unwrap();
            prop_assert_eq!(record.len(), cells.len());
            for (read, cell) in record.iter().zip(&cells) {
                prop_assert!(!is_formula(read));
                prop_assert_eq!(read.strip_prefix('\'').filter(|_| is_formula(cell)).unwrap_or(read), cell);
            }
        }
    }
}
