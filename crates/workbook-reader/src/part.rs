//! A part of the archive as it is read: unpacked piece by piece, counted, and its checksum compared at its end.

use std::io::{self, BufRead, Read};

use miniz_oxide::inflate::stream::{InflateState, inflate};
use miniz_oxide::{DataFormat, MZFlush, MZStatus};

use crate::Refusal;
use crate::archive::Entry;
use crate::caps::MAX_PIECE_BYTES;
use crate::crc::Crc;

/// How much is unpacked at once, in bytes.
const STEP: usize = 32 * 1024;

/// The bytes of a part.
pub(crate) struct Part<'a> {
    entry: Entry<'a>,
    crc: &'a Crc,
    state: Box<InflateState>,
    /// What is unpacked and not taken yet is between the two places.
    unpacked: Box<[u8]>,
    begin: usize,
    end: usize,
    /// How much was unpacked, and its checksum.
    count: u64,
    checksum: u32,
    is_over: bool,
    /// How much was taken since the last piece of markup.
    piece: usize,
    /// What was wrong, since the reader of XML knows errors of its own only.
    fault: Option<Refusal>,
}

impl<'a> Part<'a> {
    /// Begins to read a part of at most this size.
    ///
    /// # Errors
    /// [`Refusal::Bomb`] for one that says to be larger; one that says less than is true is refused while it is read.
    pub(crate) fn new(entry: Entry<'a>, crc: &'a Crc, most: u64) -> Result<Self, Refusal> {
        if entry.size > most {
            return Err(Refusal::Bomb);
        }
        Ok(Self {
            entry,
            crc,
            state: InflateState::new_boxed(DataFormat::Raw),
            unpacked: vec![0; STEP].into(),
            begin: 0,
            end: 0,
            count: 0,
            checksum: 0,
            is_over: false,
            piece: 0,
            fault: None,
        })
    }

    /// How many bytes were unpacked.
    pub(crate) fn count(&self) -> u64 {
        self.count
    }

    /// Begins a new piece of markup.
    pub(crate) fn begin_piece(&mut self) {
        self.piece = 0;
    }

    /// What was wrong, if the reading did not end well.
    pub(crate) fn fault(&self) -> Refusal {
        self.fault.unwrap_or(Refusal::Damaged)
    }

    fn unpack(&mut self) -> Result<(), Refusal> {
        (self.begin, self.end) = (0, 0);
        while self.end == 0 && !self.is_over {
            let taken = if self.entry.is_deflated { self.inflate()? } else { self.copy() };
            self.entry.packed = self.entry.packed.get(taken..).unwrap_or_default();
        }
        let new = self.unpacked.get(..self.end).unwrap_or_default();
        self.count += new.len() as u64;
        self.checksum = self.crc.extend(self.checksum, new);
        let is_wrong = self.count > self.entry.size
            || self.is_over && (self.count != self.entry.size || self.checksum != self.entry.checksum);
        if is_wrong { Err(Refusal::Damaged) } else { Ok(()) }
    }

    /// Unpacks into the buffer; returns how much was taken of what is packed.
    fn inflate(&mut self) -> Result<usize, Refusal> {
        let result = inflate(&mut self.state, self.entry.packed, &mut self.unpacked, MZFlush::None);
        self.end = result.bytes_written;
        match result.status {
            Ok(MZStatus::StreamEnd) => self.is_over = true,
            // Nothing more to come, and no end.
            Ok(_) if result.bytes_written == 0 && result.bytes_consumed == 0 => return Err(Refusal::Damaged),
            Ok(_) => {}
            Err(_) => return Err(Refusal::Damaged),
        }
        Ok(result.bytes_consumed)
    }

    fn copy(&mut self) -> usize {
        let length = self.entry.packed.len().min(STEP);
        if let (Some(to), Some(from)) = (self.unpacked.get_mut(..length), self.entry.packed.get(..length)) {
            to.copy_from_slice(from);
        }
        self.end = length;
        self.is_over = length == self.entry.packed.len();
        length
    }
}

impl Read for Part<'_> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let from = self.fill_buf()?;
        let length = from.len().min(to.len());
        to[..length].copy_from_slice(&from[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl BufRead for Part<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.begin == self.end && !self.is_over && self.fault.is_none() {
            self.fault = self.unpack().err();
        }
        if self.piece > MAX_PIECE_BYTES && self.fault.is_none() {
            self.fault = Some(Refusal::TooMuchText);
        }
        if self.fault.is_some() {
            return Err(io::ErrorKind::InvalidData.into());
        }
        Ok(self.unpacked.get(self.begin..self.end).unwrap_or_default())
    }

    fn consume(&mut self, length: usize) {
        self.begin = self.end.min(self.begin + length);
        self.piece += length;
    }
}
