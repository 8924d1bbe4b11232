//! Where rows and cells are, and how many there are.

use crate::Refusal;
use crate::place::{LAST_COLUMN, LAST_ROW, Place};
use crate::xml::{Element, Piece, Xml};

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
pub(super) fn row(element: &Element<'_>, last: Place) -> Result<(Place, bool), Refusal> {
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
pub(super) fn place(element: &Element<'_>, last: Place) -> Result<Place, Refusal> {
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

pub(super) fn is_true(value: &str) -> bool {
    matches!(value, "1" | "true")
}
