//! Markup, piece by piece. Names are taken without their prefixes: programs choose those as they like.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::Refusal;
use crate::part::Part;

/// A piece of markup or text.
pub(crate) enum Piece<'a> {
    /// An element begins; one without contents ends with that, and no [`Piece::End`] follows.
    Begin(Element<'a>),
    /// The innermost element ends.
    End,
    /// Text; several pieces may follow one another.
    Text(Cow<'a, str>),
    /// A comment, or what else tells nothing.
    Other,
    /// Nothing more.
    Over,
}

/// A beginning element.
pub(crate) struct Element<'a> {
    tag: BytesStart<'a>,
    /// Whether it ends here, too.
    pub(crate) is_empty: bool,
}

impl Element<'_> {
    /// Its name without prefix.
    pub(crate) fn name(&self) -> &str {
        local(self.tag.name().into_inner())
    }

    /// Hands over each attribute: its name without prefix, and its value as it stands.
    pub(crate) fn attributes(&self, mut take: impl FnMut(&str, &str)) -> Result<(), Refusal> {
        for attribute in self.tag.attributes().with_checks(false) {
            let attribute = attribute.map_err(|_| Refusal::Damaged)?;
            take(local(attribute.key.into_inner()), &attribute.value);
        }
        Ok(())
    }

    /// The value of an attribute; empty if there is none.
    pub(crate) fn attribute(&self, name: &str) -> Result<String, Refusal> {
        let mut found = Ok(String::new());
        self.attributes(|key, value| {
            if key == name {
                found = unescape(value).map(Cow::into_owned).map_err(|_| Refusal::Damaged);
            }
        })?;
        found
    }
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// Reads the markup of a part.
pub(crate) struct Xml<'a> {
    reader: Reader<Part<'a>>,
    piece: Vec<u8>,
    depth: usize,
}

impl<'a> Xml<'a> {
    pub(crate) fn new(part: Part<'a>) -> Self {
        Self { reader: Reader::from_reader(part), piece: Vec::new(), depth: 0 }
    }

    /// Goes behind the end of the element that has just begun.
    ///
    /// # Errors
    /// As [`next`](Self::next).
    pub(crate) fn skip(&mut self) -> Result<(), Refusal> {
        let mut depth = 1_u32;
        while depth > 0 {
            match self.next()? {
                Piece::Begin(element) if !element.is_empty => depth += 1,
                Piece::End => depth -= 1,
                Piece::Over => break,
                _ => {}
            }
        }
        Ok(())
    }

    /// How many bytes were unpacked.
    pub(crate) fn count(&self) -> u64 {
        self.reader.get_ref().count()
    }

    /// The next piece.
    ///
    /// # Errors
    /// [`Refusal::Damaged`] for what is no XML, or has a document type, which no workbook has; what was wrong with the part.
    pub(crate) fn next(&mut self) -> Result<Piece<'_>, Refusal> {
        self.piece.clear();
        self.reader.get_mut().begin_piece();
        let Ok(event) = self.reader.read_event_into(&mut self.piece) else {
            return Err(self.reader.get_ref().fault());
        };
        Ok(match event {
            Event::Start(tag) => {
                self.depth += 1;
                Piece::Begin(Element { tag, is_empty: false })
            }
            Event::Empty(tag) => Piece::Begin(Element { tag, is_empty: true }),
            Event::End(_) => {
                self.depth = self.depth.saturating_sub(1);
                Piece::End
            }
            Event::Text(text) => Piece::Text(text.xml10_content()),
            Event::CData(text) => Piece::Text(text.xml10_content()),
            Event::GeneralRef(name) => Piece::Text(character(&name)?.to_string().into()),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => Piece::Other,
            Event::DocType(_) => return Err(Refusal::Damaged),
            Event::Eof if self.depth > 0 => return Err(Refusal::Damaged),
            Event::Eof => Piece::Over,
        })
    }
}

/// A character that is written by its name or number.
fn character(reference: &BytesRef<'_>) -> Result<char, Refusal> {
    match &**reference {
        "amp" => Ok('&'),
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        _ => reference.resolve_char_ref().ok().flatten().ok_or(Refusal::Damaged),
    }
}
