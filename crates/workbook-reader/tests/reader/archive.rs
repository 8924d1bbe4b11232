//! Archives and workbooks written by hand.

/// A part, stored as it is, and what its headers say about it.
#[derive(Clone)]
pub(crate) struct Part {
    pub(crate) name: String,
    pub(crate) content: Vec<u8>,
    pub(crate) method: u16,
    pub(crate) flags: u16,
    pub(crate) checksum: u32,
    pub(crate) size: u64,
}

impl Part {
    /// A part that is stored as it is.
    pub(crate) fn stored(name: &str, content: impl AsRef<[u8]>) -> Self {
        let content = content.as_ref().to_vec();
        let (checksum, size) = (crc(&content), content.len() as u64);
        Self { name: name.to_owned(), content, method: 0, flags: 0, checksum, size }
    }

    /// A part that is compressed.
    pub(crate) fn deflated(name: &str, content: impl AsRef<[u8]>) -> Self {
        let stored = Self::stored(name, content);
        Self { content: miniz_oxide::deflate::compress_to_vec(&stored.content, 6), method: 8, ..stored }
    }

    /// A part of zeros or other bytes that are all alike, compressed by the shortest means there are.
    pub(crate) fn run(name: &str, byte: u8, blocks: usize) -> Self {
        let packed = packed_run(byte, blocks);
        Self { content: packed, method: 8, size: 0, checksum: 0, ..Self::stored(name, "") }
    }
}

/// One byte, and then `blocks` times 258 of the same, in the fixed code of 'deflate'.
fn packed_run(byte: u8, blocks: usize) -> Vec<u8> {
    assert!(byte < 144);
    let mut bits: Vec<bool> = vec![true, true, false];
    let mut code = |code: u32, length: u32| bits.extend((0..length).rev().map(|at| code >> at & 1 == 1));
    code(0x30 + u32::from(byte), 8);
    for _ in 0..blocks {
        // Length 258, distance 1.
        code(0b1100_0101, 8);
        code(0, 5);
    }
    code(0, 7);
    let eights = bits.chunks(8);
    eights.map(|eight| (0..).zip(eight).map(|(at, bit)| u8::from(*bit) << at).sum()).collect()
}

/// The archive of these parts.
pub(crate) fn archive(parts: &[Part]) -> Vec<u8> {
    write(parts, false)
}

/// The archive of these parts, with its numbers in the fields for large ones, and a comment.
pub(crate) fn wide_archive(parts: &[Part]) -> Vec<u8> {
    write(parts, true)
}

fn write(parts: &[Part], is_wide: bool) -> Vec<u8> {
    let (mut file, mut list) = (Vec::new(), Vec::new());
    for part in parts {
        let (begin, packed) = (file.len() as u64, part.content.len() as u64);
        let mut common = Vec::new();
        for short in [20, part.flags, part.method, 0, 0x21] {
            common.extend(short.to_le_bytes());
        }
        for long in [u64::from(part.checksum), packed, part.size] {
            let is_apart = is_wide && long != u64::from(part.checksum);
            common.extend((if is_apart { u32::MAX } else { short_of(long) }).to_le_bytes());
        }
        let extra: Vec<u8> = if is_wide {
            let other = [7, 0, 2, 0, 0, 0, 1, 0, 24, 0];
            other
                .into_iter()
                .chain([part.size, packed, begin].into_iter().flat_map(u64::to_le_bytes))
                .collect()
        } else {
            Vec::new()
        };
        common.extend(u16::try_from(part.name.len()).unwrap().to_le_bytes());
        common.extend(u16::try_from(extra.len()).unwrap().to_le_bytes());
        file.extend(b"PK\x03\x04");
        file.extend(&common);
        file.extend(part.name.as_bytes());
        file.extend(&extra);
        file.extend(&part.content);
        list.extend(b"PK\x01\x02\x14\0");
        list.extend(&common);
        list.extend([0; 10]);
        list.extend((if is_wide { u32::MAX } else { short_of(begin) }).to_le_bytes());
        list.extend(part.name.as_bytes());
        list.extend(&extra);
    }
    let (begin, size, count) = (file.len() as u64, list.len() as u64, parts.len() as u64);
    file.extend(&list);
    let end = file.len() as u64;
    if is_wide {
        file.extend(b"PK\x06\x06");
        file.extend(44_u64.to_le_bytes());
        file.extend([0; 12]);
        file.extend([count, count, size, begin].into_iter().flat_map(u64::to_le_bytes));
        file.extend(b"PK\x06\x07\0\0\0\0");
        file.extend(end.to_le_bytes());
        file.extend(1_u32.to_le_bytes());
    }
    file.extend(b"PK\x05\x06\0\0\0\0");
    let count = u16::try_from(count).unwrap().to_le_bytes();
    file.extend([count, count].concat());
    for long in [size, begin] {
        file.extend((if is_wide { u32::MAX } else { short_of(long) }).to_le_bytes());
    }
    let comment: &[u8] = if is_wide { b"PK\x05\x06 is no end here" } else { b"" };
    file.extend(u16::try_from(comment.len()).unwrap().to_le_bytes());
    file.extend(comment);
    file
}

fn short_of(long: u64) -> u32 {
    u32::try_from(long).unwrap_or(u32::MAX)
}

pub(crate) fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |rest, byte| {
        (0..8)
            .fold(rest ^ u32::from(*byte), |rest, _| (rest >> 1) ^ (0xedb8_8320 & (rest & 1).wrapping_neg()))
    })
}

/// The parts of a workbook with one sheet, of which the inner markup is given: of the sheet, of the texts, of the styles.
pub(crate) fn parts(sheet: &str, strings: &str, styles: &str) -> Vec<Part> {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |id: &str, of: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{kind}/{of}\" Target=\"{target}\"/>")
    };
    let relations = |inner: &str| format!("<?xml version=\"1.0\"?><Relationships>{inner}</Relationships>");
    vec![
        Part::stored("_rels/.rels", relations(&relation("rId1", "officeDocument", "xl/workbook.xml"))),
        Part::stored(
            "xl/workbook.xml",
            "<workbook><sheets><sheet name=\"Hoja1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
        ),
        Part::stored(
            "xl/_rels/workbook.xml.rels",
            relations(
                &[
                    relation("rId1", "worksheet", "worksheets/sheet1.xml"),
                    relation("rId2", "sharedStrings", "sharedStrings.xml"),
                    relation("rId3", "styles", "/xl/styles.xml"),
                ]
                .concat(),
            ),
        ),
        Part::stored("xl/worksheets/sheet1.xml", format!("<worksheet>{sheet}</worksheet>")),
        Part::stored("xl/sharedStrings.xml", format!("<sst>{strings}</sst>")),
        Part::stored("xl/styles.xml", format!("<styleSheet>{styles}</styleSheet>")),
    ]
}

/// A workbook with one sheet whose rows are given.
pub(crate) fn book(rows: &str) -> Vec<u8> {
    archive(&parts(&format!("<sheetData>{rows}</sheetData>"), "", ""))
}
