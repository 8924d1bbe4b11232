//! The workbook: its sheets, and how its parts are found.

use crate::archive::Archive;
use crate::caps::{MAX_FILE_BYTES, MAX_OPENING_BYTES, MAX_PART_BYTES, MAX_SHEETS, MAX_SMALL_PART_BYTES};
use crate::crc::Crc;
use crate::notes::Notes;
use crate::part::Part;
use crate::sheet::{self, Context};
use crate::strings::Strings;
use crate::styles::Styles;
use crate::xml::{Piece, Xml};
use crate::{Refusal, kind};

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

/// What a part refers to: its other parts, by their kind.
struct Relation {
    id: String,
    /// The last word of its kind, which is an address.
    kind: String,
    target: String,
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
        let found = this.find_sheets(&archive)?;
        this.is_1904 = found.is_1904;
        (this.styles_part, this.strings_part) = (found.styles, found.strings);
        let mut left = MAX_OPENING_BYTES;
        for (mut sheet, part) in found.sheets {
            let mut xml = this.xml(&archive, &part, left.min(MAX_PART_BYTES))?.ok_or(Refusal::Damaged)?;
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
            let xml = self.xml(&archive, part, MAX_PART_BYTES)?.ok_or(Refusal::Damaged)?;
            sheet::read(xml, &Context { strings: &read.1, styles: &read.0, is_1904: self.is_1904 })
        });
        self.read = Some(read);
        rows
    }

    fn read(&self) -> Result<(Styles, Strings), Refusal> {
        let archive = Archive::new(&self.file)?;
        let part = |name: &Option<String>, most| {
            name.as_ref().map_or(Ok(None), |name| self.xml(&archive, name, most))
        };
        let styles =
            part(&self.styles_part, MAX_SMALL_PART_BYTES)?.map_or(Ok(Styles::default()), Styles::read)?;
        let strings =
            part(&self.strings_part, MAX_PART_BYTES)?.map_or(Ok(Strings::default()), Strings::read)?;
        Ok((styles, strings))
    }

    /// The markup of a part; `None` if there is no such part.
    fn xml<'a>(&'a self, archive: &Archive<'a>, name: &str, most: u64) -> Result<Option<Xml<'a>>, Refusal> {
        let Some(entry) = archive.find(name)? else { return Ok(None) };
        Part::new(entry, &self.crc, most).map(|part| Some(Xml::new(part)))
    }

    fn find_sheets(&self, archive: &Archive<'_>) -> Result<Found, Refusal> {
        let small = |name: &str| self.xml(archive, name, MAX_SMALL_PART_BYTES);
        let relations = |part: &str| small(&relations_of(part))?.map_or(Ok(Vec::new()), read_relations);
        let part = relations("")?
            .into_iter()
            .find(|relation| relation.kind == "officeDocument")
            .map_or_else(|| "xl/workbook.xml".to_owned(), |relation| resolve("", &relation.target));
        let other = kind::of_archive(archive);
        if other == Refusal::BinaryWorkbook {
            return Err(other);
        }
        let mut found = read_workbook(small(&part)?.ok_or(other)?)?;
        let relations = relations(&part)?;
        let of_kind = |kind: &str| {
            let relation = relations.iter().find(|relation| relation.kind == kind)?;
            Some(resolve(&part, &relation.target))
        };
        (found.styles, found.strings) = (of_kind("styles"), of_kind("sharedStrings"));
        found.sheets.retain_mut(|(_, id)| {
            let relation = relations.iter().find(|relation| relation.id == *id);
            let sheet = relation.filter(|relation| relation.kind == "worksheet");
            sheet.map(|sheet| *id = resolve(&part, &sheet.target)).is_some()
        });
        Ok(found)
    }
}

/// What the workbook's own part says.
#[derive(Default)]
struct Found {
    is_1904: bool,
    /// Each sheet with the id of its relation, which becomes the name of its part.
    sheets: Vec<(Sheet, String)>,
    styles: Option<String>,
    strings: Option<String>,
}

fn read_workbook(mut xml: Xml<'_>) -> Result<Found, Refusal> {
    let mut found = Found::default();
    let mut is_begun = false;
    loop {
        match xml.next()? {
            Piece::Begin(element) => {
                if !is_begun && element.name() != "workbook" {
                    return Err(Refusal::NotWorkbook);
                }
                is_begun = true;
                match element.name() {
                    "workbookPr" => found.is_1904 = matches!(&*element.attribute("date1904")?, "1" | "true"),
                    "sheet" => {
                        if found.sheets.len() == MAX_SHEETS {
                            return Err(Refusal::Bomb);
                        }
                        let is_hidden = matches!(&*element.attribute("state")?, "hidden" | "veryHidden");
                        let name = element.attribute("name")?;
                        found
                            .sheets
                            .push((Sheet { name, rows: 0, columns: 0, is_hidden }, element.attribute("id")?));
                    }
                    _ => {}
                }
            }
            Piece::Over if is_begun => return Ok(found),
            Piece::Over => return Err(Refusal::NotWorkbook),
            _ => {}
        }
    }
}

/// Reads what a part refers to, but for what lies outside of the file.
fn read_relations(mut xml: Xml<'_>) -> Result<Vec<Relation>, Refusal> {
    let mut relations = Vec::new();
    loop {
        match xml.next()? {
            Piece::Begin(element)
                if element.name() == "Relationship" && element.attribute("TargetMode")? != "External" =>
            {
                let kind = element.attribute("Type")?;
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                let (id, target) = (element.attribute("Id")?, element.attribute("Target")?);
                relations.push(Relation { id, kind, target });
            }
            Piece::Over => return Ok(relations),
            _ => {}
        }
    }
}

/// The part that tells what a part refers to: `xl/_rels/workbook.xml.rels` for `xl/workbook.xml`.
fn relations_of(part: &str) -> String {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let slash = if folder.is_empty() { "" } else { "/" };
    [folder, slash, "_rels/", name, ".rels"].concat()
}

/// The name of a part that another one refers to.
fn resolve(from: &str, target: &str) -> String {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let begin = if target.starts_with('/') { "" } else { folder };
    let mut names: Vec<&str> = Vec::new();
    for name in begin.split('/').chain(target.split(['/', '\\'])) {
        match name {
            "" | "." => {}
            ".." => {
                names.pop();
            }
            name => names.push(name),
        }
    }
    names.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_found_from_where_they_are_named() {
        for (from, target, part) in [
            ("", "xl/workbook.xml", "xl/workbook.xml"),
            ("", "/xl/workbook.xml", "xl/workbook.xml"),
            ("xl/workbook.xml", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl/workbook.xml", "/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl/workbook.xml", "../xl/./a.xml", "xl/a.xml"),
            ("xl/workbook.xml", "../../../a.xml", "a.xml"),
            ("xl/workbook.xml", "worksheets\\sheet1.xml", "xl/worksheets/sheet1.xml"),
        ] {
            assert_eq!(resolve(from, target), part);
        }
        assert_eq!(relations_of("xl/workbook.xml"), "xl/_rels/workbook.xml.rels");
        assert_eq!(relations_of(""), "_rels/.rels");
    }
}
