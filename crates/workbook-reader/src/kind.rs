//! What a file is when it is not the archive of a workbook.

use crate::Refusal;
use crate::archive::Archive;

/// Why a file that does not begin as an archive is refused.
pub(crate) fn of_other(file: &[u8]) -> Refusal {
    const COMPOUND: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    if file.starts_with(&COMPOUND) {
        return of_compound(file);
    }
    // Excel 2 to 4 wrote the bare records: the first of them tells the version.
    let is_bare = matches!(file, [9, 0 | 2 | 4, 4 | 6, 0, ..]);
    if is_bare { Refusal::OldWorkbook } else { Refusal::NotWorkbook }
}

/// Workbooks of before 2007, and those with a password, are in a compound file: its directory tells which.
fn of_compound(file: &[u8]) -> Refusal {
    const SECTOR: usize = 512;
    let entries = || file.get(SECTOR..).unwrap_or_default().chunks_exact(128);
    let has = |name: &str| entries().any(|entry| is_stream(entry, name));
    if has("EncryptedPackage") {
        Refusal::Encrypted
    } else if has("Workbook") || has("Book") {
        Refusal::OldWorkbook
    } else {
        Refusal::NotWorkbook
    }
}

/// Whether this is the entry of a stream with this name: 64 bytes for the name and its final zero, two for its length, the kind.
fn is_stream(entry: &[u8], name: &str) -> bool {
    const STREAM: u8 = 2;
    let letters = entry.chunks_exact(2).take(name.len() + 1);
    entry.get(66) == Some(&STREAM) && letters.eq(name.bytes().chain([0]).map(|byte| [byte, 0]))
}

/// Why an archive without the workbook's part is refused.
pub(crate) fn of_archive(archive: &Archive<'_>) -> Refusal {
    if archive.has("xl/workbook.bin") {
        Refusal::BinaryWorkbook
    } else if archive.has("content.xml") && archive.has("META-INF/manifest.xml") {
        Refusal::OpenDocument
    } else {
        Refusal::NotWorkbook
    }
}
