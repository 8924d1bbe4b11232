//! Rows whose quotation marks are in odd places, read as the crate `csv` reads them.

use std::io::Cursor;

use csv::{ByteRecord, Position, Reader, ReaderBuilder};
use memchr::memchr2;

use super::Separator;

/// Reads single rows of a text.
pub(super) struct Odd<'a> {
    text: &'a [u8],
    separator: Separator,
    reader: Reader<Cursor<&'a [u8]>>,
    record: ByteRecord,
}

impl<'a> Odd<'a> {
    pub(super) fn new(text: &'a str, separator: Separator) -> Self {
        let text = text.as_bytes();
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator.byte())
            // Such rows are few, and each may begin with filling this.
            .buffer_capacity(4 * 1024)
            .from_reader(Cursor::new(text));
        Self { text, separator, reader, record: ByteRecord::new() }
    }

    /// The row that begins here, with the place where the next one does; `None` if a quotation mark is not closed.
    pub(super) fn row(&mut self, begin: usize) -> Option<(&ByteRecord, usize)> {
        let mut position = Position::new();
        position.set_byte(begin as u64);
        // A text in memory does not fail to be read, and rows may be of any length.
        let there = self.reader.seek(position).is_ok();
        if !there || !self.reader.read_byte_record(&mut self.record).unwrap_or(false) {
            self.record.clear();
        }
        let place = usize::try_from(self.reader.position().byte()).unwrap_or(self.text.len());
        let mut end = place.clamp(begin, self.text.len());
        // A quotation mark that nothing closes takes rows into its cell: only such a cell is looked at.
        let has_breaks = end == self.text.len() || memchr2(b'\r', b'\n', self.record.as_slice()).is_some();
        if has_breaks && !is_closed(&self.text[begin..end], self.separator) {
            return None;
        }
        // The reader takes the second half of a line break with the next row.
        if end > begin && self.text[end - 1] == b'\r' && self.text.get(end) == Some(&b'\n') {
            end += 1;
        }
        // It gets on in any case.
        Some((&self.record, if end > begin { end } else { self.text.len() }))
    }
}

/// What the reader's states come to for quotation marks.
enum At {
    Begin,
    Bare,
    Quoted,
    /// After a quotation mark within quotes: a doubled one, or the end of the quoted part.
    Mark,
}

/// Whether the quotation marks of a row are in order: none is open at its end, and no quoted part with a line break in it
/// ends before something else than the end of its cell, which is what a forgotten mark makes of the next one.
fn is_closed(row: &[u8], separator: Separator) -> bool {
    let (mut state, mut breaks) = (At::Begin, 0);
    for byte in row {
        let is_break = matches!(byte, b'\n' | b'\r');
        let is_end = is_break || *byte == separator.byte();
        state = match state {
            At::Begin if *byte == b'"' => {
                breaks = 0;
                At::Quoted
            }
            At::Quoted if *byte == b'"' => At::Mark,
            At::Quoted => {
                breaks += u32::from(is_break);
                At::Quoted
            }
            At::Mark if *byte == b'"' => At::Quoted,
            At::Mark if !is_end && breaks > 0 => return false,
            _ if is_end => At::Begin,
            _ => At::Bare,
        };
    }
    !matches!(state, At::Quoted)
}
