//! Bytes to text. What the encoding is gets decided here, from marks and statistics; old encodings are decoded by the
//! caller ([`Decode`]).

mod guess;
mod ibm850;

use std::borrow::Cow;

use memchr::memchr;

use crate::{Content, Decode, Refusal, RefusalKind};

/// The largest file, in bytes (1 MB = 1,000,000 bytes).
pub const MAX_BYTES: usize = 32_000_000;

/// How a text is written in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without its mark.
    Utf8,
    /// UTF-16, the lower byte first: Excel's 'Unicode text'.
    Utf16Le,
    /// UTF-16, the higher byte first.
    Utf16Be,
    /// Western Europe on Windows: what Excel writes as CSV there.
    Windows1252,
    /// Central Europe on Windows.
    Windows1250,
    /// Cyrillic on Windows.
    Windows1251,
    /// Western Europe on old Macintosh computers: Excel's 'CSV (Macintosh)'.
    Macintosh,
    /// Western Europe in DOS: Excel's 'CSV (MS-DOS)'. Decoded here, since browsers do not know it.
    Ibm850,
}

impl Encoding {
    /// All of them, for a switch.
    pub const ALL: [Self; 8] = [
        Self::Utf8,
        Self::Utf16Le,
        Self::Utf16Be,
        Self::Windows1252,
        Self::Windows1250,
        Self::Windows1251,
        Self::Macintosh,
        Self::Ibm850,
    ];

    /// Its label, as the Encoding Standard has it (`ibm850` is not in there).
    pub fn label(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Windows1252 => "windows-1252",
            Self::Windows1250 => "windows-1250",
            Self::Windows1251 => "windows-1251",
            Self::Macintosh => "macintosh",
            Self::Ibm850 => "ibm850",
        }
    }

    /// Whether it was told by statistics only, which a person should see and be able to change.
    pub fn is_guess(self) -> bool {
        !matches!(self, Self::Utf8 | Self::Utf16Le | Self::Utf16Be)
    }
}

/// A text, and how it was found.
#[derive(Clone, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text, without a byte-order mark.
    pub text: Cow<'a, str>,
    /// How it was written.
    pub encoding: Encoding,
    /// How many places could not be read; each is a U+FFFD in the text.
    pub damaged: usize,
}

/// Without the text, which names persons.
impl std::fmt::Debug for Decoded<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} bytes of {}, damaged {}", self.text.len(), self.encoding.label(), self.damaged)
    }
}

/// Reads bytes as text. `chosen` is what a person chose instead of what is found here.
///
/// # Errors
/// Refused are more than [`MAX_BYTES`], what is no text ([`Content`]), NUL characters, and a text of nothing.
pub fn decode<'a>(
    bytes: &'a [u8],
    chosen: Option<Encoding>,
    decoder: &dyn Decode,
) -> Result<Decoded<'a>, Refusal> {
    if bytes.len() > MAX_BYTES {
        return Err(Refusal::whole(RefusalKind::TooLarge));
    }
    if let Some(content) = binary(bytes) {
        return Err(Refusal::whole(RefusalKind::NotText(content)));
    }
    let told = chosen.or_else(|| by_mark(bytes)).map(|encoding| (encoding, None));
    let (encoding, known) = told.unwrap_or_else(|| guess::guess(bytes));
    let (text, damaged) = match (encoding, known) {
        (_, Some(text)) => (Cow::Borrowed(text), 0),
        (Encoding::Utf8, None) => utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)),
        (other, None) => {
            let text = if other == Encoding::Ibm850 {
                Some(ibm850::decode(bytes))
            } else {
                decoder.decode(other, without_mark(bytes, other))
            };
            let Some(mut text) = text else {
                return Err(Refusal::whole(RefusalKind::NoDecoder(other.label())));
            };
            if text.starts_with('\u{feff}') {
                text.drain(..'\u{feff}'.len_utf8());
            }
            let damaged = text.matches(char::REPLACEMENT_CHARACTER).count();
            (Cow::Owned(text), damaged)
        }
    };
    if let Some(content) = markup(&text) {
        return Err(Refusal::whole(RefusalKind::NotText(content)));
    }
    if let Some(at) = memchr(0, text.as_bytes()) {
        return Err(Refusal::at(RefusalKind::Nul, row_of(&text.as_bytes()[..at]), None));
    }
    if text.trim_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}').is_empty() {
        return Err(Refusal::whole(RefusalKind::Empty));
    }
    Ok(Decoded { text, encoding, damaged })
}

fn by_mark(bytes: &[u8]) -> Option<Encoding> {
    match bytes {
        [0xef, 0xbb, 0xbf, ..] => Some(Encoding::Utf8),
        [0xff, 0xfe, ..] => Some(Encoding::Utf16Le),
        [0xfe, 0xff, ..] => Some(Encoding::Utf16Be),
        _ => None,
    }
}

fn without_mark(bytes: &[u8], encoding: Encoding) -> &[u8] {
    if by_mark(bytes) == Some(encoding) { &bytes[2..] } else { bytes }
}

fn utf8(bytes: &[u8]) -> (Cow<'_, str>, usize) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (Cow::Borrowed(text), 0);
    }
    let damaged = bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
    (String::from_utf8_lossy(bytes), damaged)
}

/// The line, counted from 1, of what comes after `before`.
fn row_of(before: &[u8]) -> u32 {
    let mut row = 1;
    for (at, byte) in before.iter().enumerate() {
        if *byte == b'\n' || *byte == b'\r' && before.get(at + 1) != Some(&b'\n') {
            row += 1;
        }
    }
    row
}

/// What files of other kinds begin with.
fn binary(bytes: &[u8]) -> Option<Content> {
    const BEGINNINGS: [(&[u8], Content); 11] = [
        (b"PK\x03\x04", Content::Workbook),
        (b"PK\x05\x06", Content::Workbook),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Content::Workbook),
        (b"%PDF", Content::Pdf),
        (b"\x89PNG", Content::Binary),
        (b"\xff\xd8\xff", Content::Binary),
        (b"GIF8", Content::Binary),
        (b"\x1f\x8b", Content::Binary),
        (b"7z\xbc\xaf", Content::Binary),
        (b"{\\rtf", Content::Binary),
        (b"\x7fELF", Content::Binary),
    ];
    BEGINNINGS.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, content)| *content)
}

/// A text that is something else than rows.
fn markup(text: &str) -> Option<Content> {
    let start = text.trim_start();
    let mut letters = start.chars();
    match letters.next()? {
        '<' => {
            let name = letters.next()?;
            (name.is_ascii_alphabetic() || matches!(name, '!' | '?' | '/')).then_some(Content::Html)
        }
        open @ ('{' | '[') => {
            let next = letters.find(|letter| !letter.is_whitespace())?;
            let is_json = match open {
                '{' => matches!(next, '"' | '}'),
                _ => matches!(next, '{' | '[' | ']' | '"'),
            };
            is_json.then_some(Content::Json)
        }
        _ => start.starts_with("%PDF").then_some(Content::Pdf),
    }
}

#[cfg(test)]
mod tests;
