//! The formats of a workbook's cells.

use crate::Refusal;
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
        let mut spelled: Vec<(u32, Format)> = Vec::new();
        let mut known: Vec<u32> = Vec::new();
        let mut is_of_cells = false;
        let mut depth_of_cells = 0_u32;
        loop {
            match xml.next()? {
                Piece::Begin(element) => {
                    let (name, is_empty) = (element.name(), element.is_empty);
                    if name == "numFmt" {
                        let number = element.attribute("numFmtId")?.parse();
                        if let Ok(number) = number {
                            spelled.push((number, Format::parse(&element.attribute("formatCode")?)));
                        }
                    } else if name == "cellXfs" && !is_empty {
                        (is_of_cells, depth_of_cells) = (true, 0);
                    } else if name == "xf" && is_of_cells && depth_of_cells == 0 {
                        let number = element.attribute("numFmtId")?.parse().unwrap_or(0);
                        let at = known.iter().position(|known| *known == number).unwrap_or_else(|| {
                            let own = spelled.iter().find(|(spelled, _)| *spelled == number);
                            let format = own.map_or_else(|| Format::built_in(number), |(_, own)| own.clone());
                            this.formats.push(format);
                            known.push(number);
                            known.len() - 1
                        });
                        this.styles.push(u32::try_from(at).unwrap_or(0));
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
