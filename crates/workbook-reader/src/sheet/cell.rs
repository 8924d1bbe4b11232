//! One cell: from what the file has to what was typed.

use super::Context;
use crate::Refusal;
use crate::format::Format;
use crate::notes::NoteKind;
use crate::number::Decimal;
use crate::strings::unescape;
use crate::xml::Element;

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
pub(super) struct Cell {
    kind: Kind,
    style: u32,
    pub(super) is_formula: bool,
    pub(super) has_value: bool,
    /// Its value as the file has it.
    pub(super) raw: String,
}

impl Cell {
    /// Begins another cell.
    ///
    /// # Errors
    /// [`Refusal::Damaged`] for attributes that are none.
    pub(super) fn begin(&mut self, element: &Element<'_>) -> Result<(), Refusal> {
        // Its memory is used again.
        let mut raw = std::mem::take(&mut self.raw);
        raw.clear();
        *self = Self { raw, ..Self::default() };
        element.attributes(|name, value| match name {
            "s" => self.style = value.parse().unwrap_or(0),
            "t" => {
                self.kind = match value {
                    "s" => Kind::Shared,
                    "str" | "inlineStr" => Kind::Text,
                    "b" => Kind::Truth,
                    "e" => Kind::Error,
                    "d" => Kind::Date,
                    _ => Kind::Number,
                }
            }
            _ => {}
        })
    }

    /// Writes the value of the cell, and returns what is to be said about it.
    ///
    /// # Errors
    /// [`Refusal::Damaged`] for a text that is not there.
    pub(super) fn evaluate(
        &self,
        context: &Context<'_>,
        value: &mut String,
    ) -> Result<Option<NoteKind>, Refusal> {
        let raw = self.raw.trim();
        match self.kind {
            Kind::Text => unescape(&self.raw, value),
            Kind::Shared if raw.is_empty() => {}
            Kind::Shared => {
                let at = raw.parse().map_err(|_| Refusal::Damaged)?;
                unescape(context.strings.get(at).ok_or(Refusal::Damaged)?, value);
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
                let format = context.styles.format(self.style);
                if let Some(text) = format.apply(&number, context.is_1904) {
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
