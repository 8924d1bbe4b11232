//! The zip archive that a workbook is: its list of parts. Every number in it is checked before it is believed.

use crate::Refusal;
use crate::caps::MAX_LIST_BYTES;
use crate::crc::Crc;
use crate::part::Part;
use crate::xml::Xml;

/// A part, and where it lies.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry<'a> {
    /// Its bytes as they are in the file.
    pub(crate) packed: &'a [u8],
    /// Whether they are compressed, by 'deflate'.
    pub(crate) is_deflated: bool,
    /// How many bytes it says to have when they are not.
    pub(crate) size: u64,
    /// The checksum it says to have.
    pub(crate) checksum: u32,
}

/// Finds the list of parts and reads from it, one after the other.
pub(crate) struct Archive<'a> {
    file: &'a [u8],
    list: &'a [u8],
}

impl<'a> Archive<'a> {
    /// Finds the list of parts.
    ///
    /// # Errors
    /// [`Refusal::Damaged`] if there is none, [`Refusal::Bomb`] for one that is longer than any workbook's.
    pub(crate) fn new(file: &'a [u8]) -> Result<Self, Refusal> {
        const END: usize = 22;
        const COMMENT: usize = u16::MAX as usize;
        let from = file.len().saturating_sub(END + COMMENT);
        let last = file.get(from..).unwrap_or_default();
        let at = last
            .windows(END)
            .rposition(|end| end.starts_with(b"PK\x05\x06") && end[4..8] == [0; 4])
            .map(|at| from + at)
            .ok_or(Refusal::Damaged)?;
        let mut size = u64::from(u32_at(file, at + 12)?);
        let mut begin = u64::from(u32_at(file, at + 16)?);
        if size == u64::from(u32::MAX) || begin == u64::from(u32::MAX) {
            // Larger numbers stand in a record of their own, whose place is told before this one.
            let before = at.checked_sub(20).ok_or(Refusal::Damaged)?;
            if file.get(before..before + 4) != Some(b"PK\x06\x07") {
                return Err(Refusal::Damaged);
            }
            let wide = usize::try_from(u64_at(file, before + 8)?).map_err(|_| Refusal::Damaged)?;
            if slice(file, wide as u64, 4)? != b"PK\x06\x06" {
                return Err(Refusal::Damaged);
            }
            size = u64_at(file, wide + 40)?;
            begin = u64_at(file, wide + 48)?;
        }
        if size > MAX_LIST_BYTES {
            return Err(Refusal::Bomb);
        }
        Ok(Self { file, list: slice(file, begin, size)? })
    }

    /// The part of this name; names are compared as Windows does, since some programs write them so.
    ///
    /// # Errors
    /// [`Refusal::Damaged`] if the list or the part is not as it should be, [`Refusal::Encrypted`] for a part with a password.
    fn find(&self, name: &str) -> Result<Option<Entry<'a>>, Refusal> {
        let mut list = self.list;
        while !list.is_empty() {
            let (listed, rest) = Listed::read(list)?;
            if same(listed.name, name.as_bytes()) {
                return listed.entry(self.file).map(Some);
            }
            list = rest;
        }
        Ok(None)
    }

    /// The markup of a part, of at most this size; `None` if there is no such part.
    ///
    /// # Errors
    /// As [`find`](Self::find), and [`Refusal::Bomb`].
    pub(crate) fn markup(&self, name: &str, crc: &'a Crc, most: u64) -> Result<Option<Xml<'a>>, Refusal> {
        let Some(entry) = self.find(name)? else { return Ok(None) };
        Part::new(entry, crc, most).map(|part| Some(Xml::new(part)))
    }

    /// Whether there is a part of this name, however it is packed.
    pub(crate) fn has(&self, name: &str) -> bool {
        let mut list = self.list;
        while let Ok((listed, rest)) = Listed::read(list) {
            if same(listed.name, name.as_bytes()) {
                return true;
            }
            list = rest;
        }
        false
    }
}

/// A part as the list has it.
struct Listed<'a> {
    head: &'a [u8],
    name: &'a [u8],
    extra: &'a [u8],
}

impl<'a> Listed<'a> {
    fn read(list: &'a [u8]) -> Result<(Self, &'a [u8]), Refusal> {
        const HEAD: usize = 46;
        let head = list.get(..HEAD).filter(|head| head.starts_with(b"PK\x01\x02")).ok_or(Refusal::Damaged)?;
        let length = |at| u16_at(head, at).map(usize::from);
        let (name, extra, comment) = (length(28)?, length(30)?, length(32)?);
        let all = list.get(HEAD..HEAD + name + extra + comment).ok_or(Refusal::Damaged)?;
        let this = Self { head, name: &all[..name], extra: &all[name..name + extra] };
        Ok((this, &list[HEAD + all.len()..]))
    }

    fn entry(self, file: &'a [u8]) -> Result<Entry<'a>, Refusal> {
        const OWN: usize = 30;
        const PASSWORD: u16 = 1;
        if u16_at(self.head, 8)? & PASSWORD != 0 {
            return Err(Refusal::Encrypted);
        }
        let is_deflated = match u16_at(self.head, 10)? {
            0 => false,
            8 => true,
            _ => return Err(Refusal::Damaged),
        };
        let mut wide = self.wide();
        let mut number = |at| -> Result<u64, Refusal> {
            let short = u32_at(self.head, at)?;
            if short < u32::MAX {
                return Ok(u64::from(short));
            }
            let (first, rest) = wide.split_at_checked(8).ok_or(Refusal::Damaged)?;
            wide = rest;
            u64_at(first, 0)
        };
        // In the order in which they stand in the extra field.
        let (size, packed, begin) = (number(24)?, number(20)?, number(42)?);
        let own = slice(file, begin, OWN as u64)?;
        if !own.starts_with(b"PK\x03\x04") {
            return Err(Refusal::Damaged);
        }
        let skipped = u64::from(u16_at(own, 26)?) + u64::from(u16_at(own, 28)?);
        let begin = begin + OWN as u64 + skipped;
        let packed = slice(file, begin, packed)?;
        if !is_deflated && packed.len() as u64 != size {
            return Err(Refusal::Damaged);
        }
        Ok(Entry { packed, is_deflated, size, checksum: u32_at(self.head, 16)? })
    }

    /// The numbers of 64 bits in the extra field.
    fn wide(&self) -> &'a [u8] {
        const WIDE: u16 = 1;
        let mut extra = self.extra;
        while let (Ok(kind), Ok(length)) = (u16_at(extra, 0), u16_at(extra, 2)) {
            let Some((field, rest)) = extra[4..].split_at_checked(usize::from(length)) else { break };
            if kind == WIDE {
                return field;
            }
            extra = rest;
        }
        &[]
    }
}

fn same(a: &[u8], b: &[u8]) -> bool {
    let plain = |byte: &u8| if *byte == b'\\' { b'/' } else { byte.to_ascii_lowercase() };
    a.len() == b.len() && a.iter().map(plain).eq(b.iter().map(plain))
}

/// A piece of the file.
fn slice(file: &[u8], begin: u64, length: u64) -> Result<&[u8], Refusal> {
    let end = begin.checked_add(length).ok_or(Refusal::Damaged)?;
    let place = |place: u64| usize::try_from(place).map_err(|_| Refusal::Damaged);
    file.get(place(begin)?..place(end)?).ok_or(Refusal::Damaged)
}

fn bytes_at<const N: usize>(bytes: &[u8], at: usize) -> Result<[u8; N], Refusal> {
    bytes.get(at..).and_then(|rest| rest.first_chunk()).copied().ok_or(Refusal::Damaged)
}

fn u16_at(bytes: &[u8], at: usize) -> Result<u16, Refusal> {
    bytes_at(bytes, at).map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Result<u32, Refusal> {
    bytes_at(bytes, at).map(u32::from_le_bytes)
}

fn u64_at(bytes: &[u8], at: usize) -> Result<u64, Refusal> {
    bytes_at(bytes, at).map(u64::from_le_bytes)
}
