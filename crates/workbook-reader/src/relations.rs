//! How the parts of a workbook refer to one another, and what the workbook's own part says.

use crate::archive::Archive;
use crate::caps::{MAX_RELATIONS, MAX_SHEETS, MAX_SMALL_PART_BYTES};
use crate::crc::Crc;
use crate::xml::{Piece, Xml};
use crate::{Refusal, Sheet, kind};

/// What a part refers to: its other parts, by their kind.
struct Relation {
    id: String,
    /// The last word of its kind, which is an address.
    kind: String,
    target: String,
}

/// Finds the sheets of a workbook. Each has the name of its part.
///
/// # Errors
/// [`Refusal::BinaryWorkbook`] and the like for an archive that is none; what is wrong with its parts.
pub(crate) fn find(archive: &Archive<'_>, crc: &Crc) -> Result<Found, Refusal> {
    let small = |name: &str| archive.markup(name, crc, MAX_SMALL_PART_BYTES);
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

/// What the workbook's own part says.
#[derive(Default)]
pub(crate) struct Found {
    /// Whether days are counted from 1904 on.
    pub(crate) is_1904: bool,
    /// Each sheet with the id of its relation, which becomes the name of its part.
    pub(crate) sheets: Vec<(Sheet, String)>,
    /// The parts with styles and texts, where there are some.
    pub(crate) styles: Option<String>,
    pub(crate) strings: Option<String>,
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
                if relations.len() == MAX_RELATIONS {
                    return Err(Refusal::Bomb);
                }
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
