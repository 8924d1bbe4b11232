//! The workbook: its sheets, and how its parts are found.

use crate::archive::Archive;
use crate::caps::{MAX_FILE_BYTES, MAX_OPENING_BYTES, MAX_PART_BYTES, MAX_SMALL_PART_BYTES};
use crate::crc::Crc;
use crate::notes::Notes;
use crate::sheet::{self, Context};
use crate::strings::Strings;
use crate::styles::Styles;
use crate::{Refusal, kind, relations};

/// A workbook that is open.
pub struct Workbook {
    file: Vec<u8>,
    crc: Crc,
    sheets: Vec<Sheet>,
    /// The part of each sheet.
    parts: Vec<String>,
    is_1904: bool,
    /// The parts with styles and texts, where there are some.
    styles_part: Option<String>,
    strings_part: Option<String>,
    /// Read with the first sheet.
    read: Option<(Styles, Strings)>,
}

/// Without the cells, which name persons.
impl std::fmt::Debug for Workbook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Workbook of {} sheets", self.sheets.len())
    }
}

/// A sheet with cells; charts are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// How many rows there are from the first to the last that has something, as the file says: 0 for an empty sheet.
    pub rows: u32,
    /// How many columns, in the same way.
    pub columns: u32,
    /// Whether the workbook hides it.
    pub is_hidden: bool,
}

/// The rows of a sheet.
#[derive(Clone, PartialEq, Eq)]
pub struct Rows {
    /// Tab-separated: a line for each row of the sheet from its first on, empty ones too, each cell with something in it between
    /// quotation marks. Line breaks within cells are `\n`.
    pub text: String,
    /// The number of the last row with something in it, counted from 1.
    pub last: u32,
    /// How many rows have something in them.
    pub filled: u32,
    /// The number of the last column with something in it, counted from 1.
    pub columns: u32,
    /// What is not as it was typed.
    pub notes: Notes,
}

/// Without the cells, which name persons.
impl std::fmt::Debug for Rows {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Rows to {}, {} with something in them", self.last, self.filled)
    }
}

impl Workbook {
    /// Opens a file: finds its sheets, and reads none of them but for their size.
    ///
    /// # Errors
    /// Every [`Refusal`] but [`Refusal::NoSheet`] and those that concern cells.
    pub fn open(file: Vec<u8>) -> Result<Self, Refusal> {
        if file.len() > MAX_FILE_BYTES {
            return Err(Refusal::TooLarge);
        }
        if !file.starts_with(b"PK") {
            return Err(kind::of_other(&file));
        }
        let mut this = Self {
            file,
            crc: Crc::new(),
            sheets: Vec::new(),
            parts: Vec::new(),
            is_1904: false,
            styles_part: None,
            strings_part: None,
            read: None,
        };
        let archive = Archive::new(&this.file)?;
        let found = relations::find(&archive, &this.crc)?;
        this.is_1904 = found.is_1904;
        (this.styles_part, this.strings_part) = (found.styles, found.strings);
        let mut left = MAX_OPENING_BYTES;
        for (mut sheet, part) in found.sheets {
            let mut xml =
                archive.markup(&part, &this.crc, left.min(MAX_PART_BYTES))?.ok_or(Refusal::Damaged)?;
            (sheet.rows, sheet.columns) = sheet::measure(&mut xml)?;
            left = left.checked_sub(xml.count()).ok_or(Refusal::Bomb)?;
            this.sheets.push(sheet);
            this.parts.push(part);
        }
        if this.sheets.iter().all(|sheet| sheet.rows == 0) {
            return Err(Refusal::NoRows);
        }
        Ok(this)
    }

    /// Its sheets, in their order.
    pub fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    /// Reads the rows of a sheet, by its place in [`sheets`](Self::sheets).
    ///
    /// # Errors
    /// [`Refusal::NoSheet`], [`Refusal::NoRows`], [`Refusal::Damaged`], [`Refusal::Encrypted`] and the caps.
    pub fn rows(&mut self, sheet: usize) -> Result<Rows, Refusal> {
        let read = match self.read.take() {
            Some(read) => read,
            None => self.read()?,
        };
        let archive = Archive::new(&self.file)?;
        let part = self.parts.get(sheet).ok_or(Refusal::NoSheet);
        let rows = part.and_then(|part| {
            let xml = archive.markup(part, &self.crc, MAX_PART_BYTES)?.ok_or(Refusal::Damaged)?;
            sheet::read(xml, &Context { strings: &read.1, styles: &read.0, is_1904: self.is_1904 })
        });
        self.read = Some(read);
        rows
    }

    fn read(&self) -> Result<(Styles, Strings), Refusal> {
        let archive = Archive::new(&self.file)?;
        let part = |name: &Option<String>, most| {
            name.as_ref().map_or(Ok(None), |name| archive.markup(name, &self.crc, most))
        };
        let styles =
            part(&self.styles_part, MAX_SMALL_PART_BYTES)?.map_or(Ok(Styles::default()), Styles::read)?;
        let strings =
            part(&self.strings_part, MAX_PART_BYTES)?.map_or(Ok(Strings::default()), Strings::read)?;
        Ok((styles, strings))
    }
}
