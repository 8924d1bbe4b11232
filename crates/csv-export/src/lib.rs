//! Comma-separated files that a spreadsheet opens right and that cannot run anything there.
//!
//! UTF-8 with a byte-order mark (without it Excel guesses the code page), CRLF, every field quoted as
//! RFC 4180 says, and a leading apostrophe before whatever a spreadsheet would take for a formula
//! (OWASP, CSV injection; ASVS 5.0, 1.2.10). A value such as `+34 600 000 000` gets the apostrophe too:
//! a spreadsheet cannot be told that this plus sign is meant as text.
#![deny(missing_docs)]

use csv::{QuoteStyle, Terminator, WriterBuilder};

/// What separates the fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Separator {
    /// Where the decimal sign is a point.
    Comma,
    /// Where the decimal sign is a comma: there Excel expects it.
    Semicolon,
}

impl Separator {
    fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
        }
    }
}

/// A file under construction.
pub struct Sheet {
    writer: csv::Writer<Vec<u8>>,
    fault: Option<csv::Error>,
}

impl Sheet {
    /// Begins a file with its header row.
    pub fn new(separator: Separator, header: &[&str]) -> Self {
        let writer = WriterBuilder::new()
            .delimiter(separator.byte())
            .quote_style(QuoteStyle::Always)
            .terminator(Terminator::CRLF)
            .from_writer("\u{feff}".as_bytes().to_vec());
        let mut sheet = Self { writer, fault: None };
        sheet.row(header);
        sheet
    }

    /// Adds a row; it must have as many fields as the header.
    pub fn row(&mut self, fields: &[&str]) {
        let mut record = csv::ByteRecord::new();
        for field in fields {
            if is_formula(field) {
                record.push_field(format!("'{field}").as_bytes());
            } else {
                record.push_field(field.as_bytes());
            }
        }
        if let Err(error) = self.writer.write_byte_record(&record) {
            self.fault.get_or_insert(error);
        }
    }

    /// The bytes of the file.
    ///
    /// # Errors
    /// The number of the first row with another number of fields than the header.
    pub fn finish(self) -> Result<Vec<u8>, String> {
        if let Some(fault) = self.fault {
            return Err(fault.to_string());
        }
        self.writer.into_inner().map_err(|error| error.to_string())
    }
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
        String::from_utf8(sheet.finish().unwrap()).unwrap()
    }

    #[test]
    fn the_file_has_a_mark_quotes_and_crlf() {
        assert_eq!(
            file(Separator::Semicolon, &["a;b", "say \"x\""]),
            "\u{feff}\"h\";\"h\"\r\n\"a;b\";\"say \"\"x\"\"\"\r\n"
        );
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
    fn a_row_of_another_length_is_an_error_not_a_shifted_table() {
        let mut sheet = Sheet::new(Separator::Comma, &["a", "b"]);
        sheet.row(&["1"]);
        assert!(sheet.finish().is_err());
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
