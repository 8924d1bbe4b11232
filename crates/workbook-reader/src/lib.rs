//! From the bytes of an Excel workbook (`.xlsx`) to rows as text, and to notes on what is not as it was typed.
//!
//! [`Workbook::open`] finds the sheets, [`Workbook::rows`] reads one. What it gives is a text that `user-import` takes as it
//! takes a file. Pure: no I/O, no clock. Nothing that a file says is believed before it is checked, everything has a cap
//! ([`MAX_CELLS`], [`MAX_TEXT_BYTES`], [`MAX_PART_BYTES`]), and what cannot be read is a [`Refusal`]. Links to
//! outside are not followed, formulas are not calculated.
#![deny(missing_docs)]

mod archive;
mod book;
mod caps;
mod crc;
mod date;
mod format;
mod kind;
mod notes;
mod number;
mod part;
mod place;
mod refusal;
mod relations;
mod sheet;
mod strings;
mod styles;
mod text;
mod xml;

pub use book::{Rows, Sheet, Workbook};
pub use caps::{MAX_CELLS, MAX_FILE_BYTES, MAX_PART_BYTES, MAX_TEXT_BYTES};
pub use notes::{MAX_NOTES, Note, NoteKind, Notes};
pub use refusal::Refusal;
