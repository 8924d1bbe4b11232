//! Why a file is refused as a whole. Everything else becomes rows and issues.

use crate::Field;

/// A file that cannot be read as a list of users, and where that shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong.
    pub kind: RefusalKind,
    /// The row of the file, counted from 1, where one can be named.
    pub row: Option<u32>,
    /// The column, counted from 1, where one can be named.
    pub column: Option<u32>,
}

/// What keeps a file from being read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefusalKind {
    /// There is nothing in it but blanks.
    Empty,
    /// More than [`MAX_BYTES`](crate::MAX_BYTES).
    TooLarge,
    /// More than [`MAX_ROWS`](crate::MAX_ROWS) rows with something in them.
    TooManyRows,
    /// More than [`MAX_COLUMNS`](crate::MAX_COLUMNS) cells in one row.
    TooManyColumns,
    /// A cell of more than [`MAX_CELL_BYTES`](crate::MAX_CELL_BYTES).
    CellTooLong,
    /// A NUL character: the file is no text, or is damaged.
    Nul,
    /// A quotation mark opens a cell and nothing closes it: the rest of the file would be one cell.
    UnclosedQuote,
    /// It is not a text file, but this.
    NotText(Content),
    /// The caller's decoder does not know the encoding.
    NoDecoder(&'static str),
    /// No row tells what the columns mean, and their contents do not either.
    NoHeader,
    /// Fields without which nobody can be created have no column.
    MissingColumns(Vec<Field>),
    /// Two columns (counted from 1) for one field: one has to be chosen.
    TwoColumns(Field, u32, u32),
}

/// What a file is when it is not a text with rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// An Excel or OpenDocument workbook, or another archive of that form.
    Workbook,
    /// A PDF document.
    Pdf,
    /// A web page, or XML.
    Html,
    /// JSON.
    Json,
    /// An image, a compressed file or another binary form.
    Binary,
}

impl Refusal {
    /// A refusal of the file as a whole.
    pub(crate) fn whole(kind: RefusalKind) -> Self {
        Self { kind, row: None, column: None }
    }

    pub(crate) fn at(kind: RefusalKind, row: u32, column: Option<u32>) -> Self {
        Self { kind, row: Some(row), column }
    }
}

impl RefusalKind {
    /// Its name, for texts and machines.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty_file",
            Self::TooLarge => "file_too_large",
            Self::TooManyRows => "too_many_rows",
            Self::TooManyColumns => "too_many_columns",
            Self::CellTooLong => "cell_too_long",
            Self::Nul => "nul_character",
            Self::UnclosedQuote => "unclosed_quote",
            Self::NotText(Content::Workbook) => "workbook",
            Self::NotText(Content::Pdf) => "pdf",
            Self::NotText(Content::Html) => "html",
            Self::NotText(Content::Json) => "json",
            Self::NotText(Content::Binary) => "binary",
            Self::NoDecoder(_) => "unknown_encoding",
            Self::NoHeader => "no_header",
            Self::MissingColumns(_) => "missing_columns",
            Self::TwoColumns(..) => "two_columns_for_one_field",
        }
    }
}
