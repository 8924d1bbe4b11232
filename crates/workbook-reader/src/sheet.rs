//! A sheet's markup to rows.

mod cell;
mod measure;

pub(crate) use measure::measure;

use cell::Cell;
use measure::{is_true, place, row};

use crate::caps::MAX_PIECE_BYTES;
use crate::notes::{Finds, NoteKind};
use crate::place::{LAST_COLUMN, Place};
use crate::strings::{Rich, Strings};
use crate::styles::Styles;
use crate::text::Writer;
use crate::xml::{Piece, Xml};
use crate::{Refusal, Rows};

/// What cells refer to.
pub(crate) struct Context<'a> {
    pub(crate) strings: &'a Strings,
    pub(crate) styles: &'a Styles,
    /// Whether days are counted from 1904 on.
    pub(crate) is_1904: bool,
}

/// Reads a sheet's part.
///
/// # Errors
/// [`Refusal::NoRows`] if nothing is in it, [`Refusal::Damaged`] for cells out of order or without their texts, the caps.
pub(crate) fn read(mut xml: Xml<'_>, context: &Context<'_>) -> Result<Rows, Refusal> {
    let mut reader = Reader {
        context,
        writer: Writer::new(),
        finds: Finds::default(),
        last: Place { row: 0, column: 0 },
        is_hidden: false,
        cell: Cell::default(),
        value: String::new(),
    };
    let mut hidden: Vec<(u32, u32)> = Vec::new();
    loop {
        match xml.next()? {
            Piece::Begin(element) => match element.name() {
                "col" if hidden.len() < LAST_COLUMN as usize && is_true(&element.attribute("hidden")?) => {
                    let number = |name| element.attribute(name).map(|text| text.parse().unwrap_or(0));
                    hidden.push((number("min")?, number("max")?));
                }
                "sheetData" if !element.is_empty => reader.rows(&mut xml)?,
                "mergeCell" => {
                    let range = Place::parse_range(&element.attribute("ref")?);
                    if let Some((first, last)) = range.filter(|(first, last)| first != last) {
                        reader.finds.range(first, last);
                    }
                }
                _ => {}
            },
            Piece::Over => break,
            _ => {}
        }
    }
    let size = reader.writer.size();
    if size.cells == 0 {
        return Err(Refusal::NoRows);
    }
    let mut finds = reader.finds;
    for (first, last) in hidden {
        if (1..=size.columns).contains(&first) {
            finds.columns(first, last.clamp(first, size.columns));
        }
    }
    Ok(Rows {
        text: reader.writer.finish(),
        last: size.last,
        filled: size.filled,
        columns: size.columns,
        notes: finds.finish(),
    })
}

struct Reader<'a> {
    context: &'a Context<'a>,
    writer: Writer,
    finds: Finds,
    last: Place,
    is_hidden: bool,
    cell: Cell,
    /// The value of the cell as it is written; here, so that its memory is used again.
    value: String,
}

impl Reader<'_> {
    fn rows(&mut self, xml: &mut Xml<'_>) -> Result<(), Refusal> {
        loop {
            match xml.next()? {
                Piece::Begin(element) => {
                    let (is_row, is_empty) = (element.name() == "row", element.is_empty);
                    if is_row {
                        (self.last, self.is_hidden) = row(&element, self.last)?;
                    }
                    match (is_row, is_empty) {
                        (true, false) => self.cells(xml)?,
                        (false, false) => xml.skip()?,
                        _ => {}
                    }
                }
                Piece::End | Piece::Over => return Ok(()),
                _ => {}
            }
        }
    }

    fn cells(&mut self, xml: &mut Xml<'_>) -> Result<(), Refusal> {
        loop {
            match xml.next()? {
                Piece::Begin(element) => {
                    let (is_cell, is_empty) = (element.name() == "c", element.is_empty);
                    if is_cell {
                        self.last = place(&element, self.last)?;
                        self.cell.begin(&element)?;
                    }
                    match (is_cell, is_empty) {
                        (true, false) => {
                            self.contents(xml)?;
                            self.end()?;
                        }
                        (false, false) => xml.skip()?,
                        _ => {}
                    }
                }
                Piece::End | Piece::Over => return Ok(()),
                _ => {}
            }
        }
    }

    /// Reads what a cell contains.
    fn contents(&mut self, xml: &mut Xml<'_>) -> Result<(), Refusal> {
        loop {
            match xml.next()? {
                Piece::Begin(element) => {
                    let is_empty = element.is_empty;
                    match element.name() {
                        "v" => {
                            self.cell.has_value = true;
                            if !is_empty {
                                self.text(xml, None)?;
                            }
                        }
                        "is" => {
                            self.cell.has_value = true;
                            if !is_empty {
                                self.text(xml, Some(Rich::default()))?;
                            }
                        }
                        name => {
                            self.cell.is_formula |= name == "f";
                            if !is_empty {
                                xml.skip()?;
                            }
                        }
                    }
                }
                Piece::End | Piece::Over => return Ok(()),
                _ => {}
            }
        }
    }

    /// Reads the text of an element: all of it, or what of a text in pieces is the cell's.
    fn text(&mut self, xml: &mut Xml<'_>, mut rich: Option<Rich>) -> Result<(), Refusal> {
        let mut depth = 1_u32;
        loop {
            match xml.next()? {
                Piece::Begin(element) => match &mut rich {
                    Some(rich) => rich.begin(element.name(), element.is_empty),
                    None => depth += u32::from(!element.is_empty),
                },
                Piece::Text(text) if rich.as_ref().is_none_or(Rich::is_text) => {
                    if self.cell.raw.len() + text.len() > MAX_PIECE_BYTES {
                        return Err(Refusal::TooMuchText);
                    }
                    self.cell.raw.push_str(&text);
                }
                Piece::End => {
                    depth -= u32::from(rich.is_none());
                    let is_over = rich.as_mut().map_or(depth == 0, Rich::end);
                    if is_over {
                        return Ok(());
                    }
                }
                Piece::Over => return Ok(()),
                _ => {}
            }
        }
    }

    /// Writes the cell.
    fn end(&mut self) -> Result<(), Refusal> {
        self.value.clear();
        let note = self.cell.evaluate(self.context, &mut self.value)?;
        let Place { row, column } = self.last;
        if self.cell.is_formula && !self.cell.has_value {
            self.finds.cell(NoteKind::NotCalculated, row, column);
        }
        if self.value.is_empty() {
            return Ok(());
        }
        let is_first = self.writer.cell(self.last, &self.value)?;
        if is_first && self.is_hidden {
            self.finds.cell(NoteKind::HiddenRow, row, 0);
        }
        if self.cell.is_formula {
            self.finds.cell(NoteKind::Formula, row, column);
        }
        if let Some(kind) = note {
            self.finds.cell(kind, row, column);
        }
        Ok(())
    }
}
