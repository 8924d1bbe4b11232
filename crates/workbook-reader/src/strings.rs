//! The texts of a workbook: cells name them by number.

use crate::Refusal;
use crate::caps::MAX_TEXT_BYTES;
use crate::xml::{Piece, Xml};

/// The most texts: their places take memory, too.
const MOST: usize = 4_000_000;

/// All texts, one after the other.
#[derive(Default)]
pub(crate) struct Strings {
    text: String,
    /// Where each of them ends.
    ends: Vec<u32>,
}

impl Strings {
    /// Reads the part with the texts.
    ///
    /// # Errors
    /// [`Refusal::TooMuchText`]; what is wrong with the part.
    pub(crate) fn read(mut xml: Xml<'_>) -> Result<Self, Refusal> {
        let mut this = Self::default();
        let mut rich = Rich::default();
        let mut is_inside = false;
        loop {
            match xml.next()? {
                Piece::Begin(element) => match element.name() {
                    "si" if !is_inside => {
                        if element.is_empty {
                            this.end()?;
                        }
                        is_inside = !element.is_empty;
                        rich = Rich::default();
                    }
                    name if is_inside => rich.begin(name, element.is_empty),
                    _ => {}
                },
                Piece::Text(text) if is_inside && rich.is_text() => {
                    if this.text.len() + text.len() > MAX_TEXT_BYTES {
                        return Err(Refusal::TooMuchText);
                    }
                    this.text.push_str(&text);
                }
                Piece::End if is_inside && rich.end() => {
                    is_inside = false;
                    this.end()?;
                }
                Piece::End | Piece::Text(_) | Piece::Other => {}
                Piece::Over => return Ok(this),
            }
        }
    }

    fn end(&mut self) -> Result<(), Refusal> {
        if self.ends.len() == MOST {
            return Err(Refusal::TooMuchText);
        }
        self.ends.push(u32::try_from(self.text.len()).map_err(|_| Refusal::TooMuchText)?);
        Ok(())
    }

    /// A text as the file has it, see [`unescape`].
    pub(crate) fn get(&self, at: usize) -> Option<&str> {
        let begin = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.text.get(begin as usize..*self.ends.get(at)? as usize)
    }
}

/// Follows the elements of a text that may be of pieces in different letters, and have its reading beside it.
#[derive(Default)]
pub(crate) struct Rich {
    depth: u32,
    /// How deep the text or the reading is in which we are.
    text: Option<u32>,
    reading: Option<u32>,
}

impl Rich {
    /// An element begins.
    pub(crate) fn begin(&mut self, name: &str, is_empty: bool) {
        if is_empty {
            return;
        }
        self.depth += 1;
        match name {
            "t" if self.text.is_none() => self.text = Some(self.depth),
            "rPh" if self.reading.is_none() => self.reading = Some(self.depth),
            _ => {}
        }
    }

    /// An element ends; whether it is the one around all of them.
    pub(crate) fn end(&mut self) -> bool {
        let Some(outer) = self.depth.checked_sub(1) else { return true };
        for open in [&mut self.text, &mut self.reading] {
            if *open == Some(self.depth) {
                *open = None;
            }
        }
        self.depth = outer;
        false
    }

    /// Whether text in here is the cell's.
    pub(crate) fn is_text(&self) -> bool {
        self.text.is_some() && self.reading.is_none()
    }
}

/// Writes a text as it was typed: `_x0009_` stands for a character that XML cannot have, and line breaks are `\n`. What no text
/// can have becomes U+FFFD.
pub(crate) fn unescape(text: &str, into: &mut String) {
    let mut rest = text;
    let mut was_return = false;
    loop {
        let at = rest.find(['_', '\r', '\n', '\0']).unwrap_or(rest.len());
        let (plain, found) = rest.split_at(at);
        if was_return {
            was_return = false;
            into.push('\n');
            if plain.is_empty() && found.starts_with('\n') {
                rest = &found[1..];
                continue;
            }
        }
        into.push_str(plain);
        let Some(first) = found.chars().next() else { return };
        let (letter, length) = escaped(found).unwrap_or((first, 1));
        match letter {
            '\r' => was_return = true,
            '\0' => into.push(char::REPLACEMENT_CHARACTER),
            _ => into.push(letter),
        }
        rest = &found[length..];
    }
}

/// `_x000D_`, and how long it is.
fn escaped(text: &str) -> Option<(char, usize)> {
    let digits = text.strip_prefix("_x")?.get(..5)?.strip_suffix('_')?;
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let code = u32::from_str_radix(digits, 16).ok()?;
    Some((char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), 7))
}

#[cfg(test)]
mod tests {
    use super::unescape;

    #[test]
    fn escapes_are_read_once() {
        for (kept, typed) in [
            ("plain", "plain"),
            ("", ""),
            ("a_b", "a_b"),
            ("_x0041_", "A"),
            ("_x005F_x0041_", "_x0041_"),
            ("a_x000D_\nb", "a\nb"),
            ("a_x000D_b", "a\nb"),
            ("a_x000D_", "a\n"),
            ("a_x000D__x000D_\n", "a\n\n"),
            ("a\r\nb\rc", "a\nb\nc"),
            ("_x0000_", "\u{fffd}"),
            ("_xD83D_", "\u{fffd}"),
            ("_x00e9_", "é"),
            ("_xé00_", "_xé00_"),
            ("_x12", "_x12"),
            ("_x+041_", "_x+041_"),
            ("_", "_"),
        ] {
            let mut text = String::new();
            unescape(kept, &mut text);
            assert_eq!(text, typed, "{kept}");
        }
    }
}
