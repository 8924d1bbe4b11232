//! A sheet's markup to rows.

use crate::caps::MAX_PIECE_BYTES;
use crate::format::Format;
use crate::notes::{Finds, NoteKind};
use crate::number::Decimal;
use crate::place::{LAST_COLUMN, LAST_ROW, Place};
use crate::strings::{Rich, Strings, unescape};
use crate::styles::Styles;
use crate::text::Writer;
use crate::xml::{Element, Piece, Xml};
use crate::{Refusal, Rows};

/// What cells refer to.
pub(crate) struct Context<'a> {
    pub(crate) strings: &'a Strings,
    pub(crate) styles: &'a Styles,
    /// Whether days are counted from 1904 on.
    pub(crate) is_1904: bool,
}

/// What a cell's value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Kind {
    #[default]
    Number,
    /// The number of a text.
    Shared,
    /// A text, here.
    Text,
    Truth,
    Error,
    /// A date as text.
    Date,
}

/// A cell that is being read.
#[derive(Default)]
struct Cell {
    kind: Kind,
    style: u32,
    is_formula: bool,
    has_value: bool,
    raw: String,
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
                "col" if is_true(&element.attribute("hidden")?) => {
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

/// How many rows and columns a sheet has, from its first to its last: as its head says, or else counted.
pub(crate) fn measure(xml: &mut Xml<'_>) -> Result<(u32, u32), Refusal> {
    let size = |first: Place, last: Place| {
        let of = |first: u32, last: u32| (last + 1).saturating_sub(first);
        (of(first.row, last.row), of(first.column, last.column))
    };
    let mut last = Place { row: 0, column: 0 };
    let mut bounds: Option<(Place, Place)> = None;
    let mut depth = 0_u32;
    loop {
        match xml.next()? {
            Piece::Begin(element) => match element.name() {
                // Of one cell: programs write it that do not know better.
                "dimension" => {
                    let told = Place::parse_range(&element.attribute("ref")?);
                    if let Some((first, last)) = told.filter(|(first, last)| first != last) {
                        return Ok(size(first, last));
                    }
                }
                "sheetData" => depth = u32::from(!element.is_empty),
                "row" if depth > 0 => last = row(&element, last)?.0,
                "c" if depth > 0 => last = place(&element, last)?,
                "v" | "is" if depth > 0 && !element.is_empty => {
                    let (first, end) = bounds.get_or_insert((last, last));
                    first.column = first.column.min(last.column);
                    *end = Place { row: last.row, column: end.column.max(last.column) };
                }
                _ => {}
            },
            Piece::Over => break,
            _ => {}
        }
    }
    Ok(bounds.map_or((0, 0), |(first, last)| size(first, last)))
}

/// Where a row's cells begin, and whether it is hidden. A row without a number follows the last one.
fn row(element: &Element<'_>, last: Place) -> Result<(Place, bool), Refusal> {
    let (mut number, mut is_hidden) = (Some(last.row + 1), false);
    element.attributes(|name, value| match name {
        "r" => number = value.parse().ok(),
        "hidden" => is_hidden = is_true(value),
        _ => {}
    })?;
    let row = number.filter(|row| *row > last.row && *row <= LAST_ROW).ok_or(Refusal::Damaged)?;
    Ok((Place { row, column: 0 }, is_hidden))
}

/// Where a cell is. One that does not say it follows the last one.
fn place(element: &Element<'_>, last: Place) -> Result<Place, Refusal> {
    let mut place = Some(Place { row: last.row, column: last.column + 1 });
    element.attributes(|name, value| {
        if name == "r" {
            place = Place::parse(value);
        }
    })?;
    let is_behind =
        |place: &Place| place.row == last.row && place.column > last.column && place.column <= LAST_COLUMN;
    place.filter(is_behind).ok_or(Refusal::Damaged)
}

fn is_true(value: &str) -> bool {
    matches!(value, "1" | "true")
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
                        self.begin(&element)?;
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

    fn begin(&mut self, element: &Element<'_>) -> Result<(), Refusal> {
        let mut raw = std::mem::take(&mut self.cell.raw);
        raw.clear();
        let mut cell = Cell { raw, ..Cell::default() };
        element.attributes(|name, value| match name {
            "s" => cell.style = value.parse().unwrap_or(0),
            "t" => {
                cell.kind = match value {
                    "s" => Kind::Shared,
                    "str" | "inlineStr" => Kind::Text,
                    "b" => Kind::Truth,
                    "e" => Kind::Error,
                    "d" => Kind::Date,
                    _ => Kind::Number,
                }
            }
            _ => {}
        })?;
        self.cell = cell;
        Ok(())
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
        let note = self.evaluate()?;
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

    /// Finds the value of the cell, and what is to be said about it.
    fn evaluate(&mut self) -> Result<Option<NoteKind>, Refusal> {
        let (raw, value) = (self.cell.raw.trim(), &mut self.value);
        match self.cell.kind {
            Kind::Text => unescape(&self.cell.raw, value),
            Kind::Shared if raw.is_empty() => {}
            Kind::Shared => {
                let at = raw.parse().map_err(|_| Refusal::Damaged)?;
                unescape(self.context.strings.get(at).ok_or(Refusal::Damaged)?, value);
            }
            Kind::Truth => value.push_str(match raw {
                "1" | "true" => "TRUE",
                "0" | "false" => "FALSE",
                other => other,
            }),
            Kind::Error => {
                unescape(raw, value);
                return Ok(Some(NoteKind::Error));
            }
            Kind::Date => {
                let day = raw.strip_suffix("T00:00:00").unwrap_or(raw);
                unescape(&day.replacen('T', " ", 1), value);
                return Ok(Some(NoteKind::Date));
            }
            Kind::Number => {
                let Some(number) = Decimal::parse(raw) else {
                    unescape(raw, value);
                    return Ok(None);
                };
                let format = self.context.styles.format(self.cell.style);
                if let Some(text) = format.apply(&number, self.context.is_1904) {
                    value.push_str(&text);
                    return Ok(matches!(format, Format::Date(_)).then_some(NoteKind::Date));
                }
                value.push_str(number.print().as_deref().unwrap_or(raw));
                return Ok(number.is_cut().then_some(NoteKind::LongNumber));
            }
        }
        Ok(None)
    }
}
