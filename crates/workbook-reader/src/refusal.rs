//! Why a workbook is not read.

/// A file that cannot be read as a workbook, or a sheet that cannot be read as rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It asks for a password to open. One that only protects against changes does not keep from reading.
    Encrypted,
    /// A workbook of Excel 97 to 2003, or an older one (`.xls`).
    OldWorkbook,
    /// A binary workbook (`.xlsb`).
    BinaryWorkbook,
    /// An OpenDocument file (`.ods`).
    OpenDocument,
    /// Something else: no workbook at all.
    NotWorkbook,
    /// A workbook that is cut off, altered, or against its own rules.
    Damaged,
    /// The file has more than [`MAX_FILE_BYTES`](crate::MAX_FILE_BYTES).
    TooLarge,
    /// What is compressed in it is larger than any list is ([`MAX_PART_BYTES`](crate::MAX_PART_BYTES)).
    Bomb,
    /// A sheet has more than [`MAX_CELLS`](crate::MAX_CELLS) cells with something in them.
    TooManyCells,
    /// There is more than [`MAX_TEXT_BYTES`](crate::MAX_TEXT_BYTES) of text.
    TooMuchText,
    /// No sheet, or not this one, has a row with something in it.
    NoRows,
    /// There is no such sheet.
    NoSheet,
}

impl Refusal {
    /// Its name, for texts and machines.
    pub fn code(self) -> &'static str {
        match self {
            Self::Encrypted => "encrypted",
            Self::OldWorkbook => "old_workbook",
            Self::BinaryWorkbook => "binary_workbook",
            Self::OpenDocument => "open_document",
            Self::NotWorkbook => "not_workbook",
            Self::Damaged => "damaged",
            Self::TooLarge => "too_large",
            Self::Bomb => "bomb",
            Self::TooManyCells => "too_many_cells",
            Self::TooMuchText => "too_much_text",
            Self::NoRows => "no_rows",
            Self::NoSheet => "no_sheet",
        }
    }
}
