//! The formats of a workbook's cells.

use std::collections::BTreeMap;

use crate::Refusal;
use crate::caps::MAX_STYLES;
use crate::format::Format;
use crate::xml::{Piece, Xml};

/// The format of each style that a cell can name.
#[derive(Default)]
pub(crate) struct Styles {
    formats: Vec<Format>,
    /// The style's format in `formats`.
    styles: Vec<u32>,
}

impl Styles {
    /// Reads the part with the styles.
    ///
    /// # Errors
    /// What is wrong with the part.
    pub(crate) fn read(mut xml: Xml<'_>) -> Result<Self, Refusal> {
        let mut this = Self::default();
        // Formats that the file spells out, and where each number's format is.
        let mut spelled: BTreeMap<u32, Format> = BTreeMap::new();
        let mut known: BTreeMap<u32, u32> = BTreeMap::new();
        let mut is_of_cells = false;
        let mut depth_of_cells = 0_u32;
        loop {
            match xml.next()? {
                Piece::Begin(element) => {
                    let (name, is_empty) = (element.name(), element.is_empty);
                    if name == "numFmt" {
                        if let Ok(number) = element.attribute("numFmtId")?.parse() {
                            spelled.insert(number, Format::parse(&element.attribute("formatCode")?));
                        }
                    } else if name == "cellXfs" && !is_empty {
                        (is_of_cells, depth_of_cells) = (true, 0);
                    } else if name == "xf" && is_of_cells && depth_of_cells == 0 {
                        let number = element.attribute("numFmtId")?.parse().unwrap_or(0);
                        let at = *known.entry(number).or_insert_with(|| {
                            let own = spelled.get(&number).cloned();
                            this.formats.push(own.unwrap_or_else(|| Format::built_in(number)));
                            u32::try_from(this.formats.len() - 1).unwrap_or(0)
                        });
                        if this.styles.len() == MAX_STYLES {
                            return Err(Refusal::Damaged);
                        }
                        this.styles.push(at);
                    }
                    depth_of_cells += u32::from(is_of_cells && name != "cellXfs" && !is_empty);
                }
                Piece::End if is_of_cells && depth_of_cells == 0 => is_of_cells = false,
                Piece::End => depth_of_cells = depth_of_cells.saturating_sub(1),
                Piece::Text(_) | Piece::Other => {}
                Piece::Over => return Ok(this),
            }
        }
    }

    /// The format of a style.
    pub(crate) fn format(&self, style: u32) -> &Format {
        let at = self.styles.get(style as usize);
        at.and_then(|at| self.formats.get(*at as usize)).unwrap_or(&Format::Plain)
    }
}
