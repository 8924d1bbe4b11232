//! The encoding of bytes without a mark.
//!
//! UTF-8 shows by itself. Of old encodings the one wins in which the bytes beyond ASCII are most often letters that
//! stand where such letters stand in words: small ones after letters, capitals at a beginning. Without evidence it is
//! Windows-1252, which is what Excel writes in Western Europe.

use super::Encoding;

/// How much of a file is looked at for statistics: more does not change the result.
const SAMPLE: usize = 256 * 1024;

/// The encoding, and the text where finding out has shown it.
pub(super) fn guess(bytes: &[u8]) -> (Encoding, Option<&str>) {
    if let Some(encoding) = sixteen_bits(bytes) {
        return (encoding, None);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (Encoding::Utf8, Some(text));
    }
    (if is_damaged_utf8(bytes) { Encoding::Utf8 } else { old(bytes) }, None)
}

/// Of the encodings before Unicode the one that fits best.
fn old(bytes: &[u8]) -> Encoding {
    let bytes = &bytes[first_high(bytes).saturating_sub(SAMPLE / 2)..];
    let bytes = &bytes[..bytes.len().min(SAMPLE)];
    if is_mostly_high(bytes) {
        return Encoding::Windows1251;
    }
    let mut best = (Encoding::Windows1252, score(bytes, is_letter_1252));
    let others: [(Encoding, Kind); 3] = [
        (Encoding::Macintosh, is_letter_macintosh),
        (Encoding::Ibm850, is_letter_850),
        (Encoding::Windows1250, is_letter_1250),
    ];
    for (encoding, kind) in others {
        let score = score(bytes, kind);
        if score > best.1 {
            best = (encoding, score);
        }
    }
    best.0
}

fn first_high(bytes: &[u8]) -> usize {
    bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0)
}

/// UTF-16 without its mark: every second byte of Western text is NUL.
fn sixteen_bits(bytes: &[u8]) -> Option<Encoding> {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    let (mut first, mut second) = (0, 0);
    for pair in sample.chunks_exact(2) {
        first += usize::from(pair[0] == 0);
        second += usize::from(pair[1] == 0);
    }
    let pairs = sample.len() / 2;
    let many = |count: usize| pairs >= 2 && count * 2 > pairs;
    match (many(first), many(second)) {
        (false, true) if first * 20 <= pairs => Some(Encoding::Utf16Le),
        (true, false) if second * 20 <= pairs => Some(Encoding::Utf16Be),
        _ => None,
    }
}

/// UTF-8 with a few broken places: cut off, or pasted together.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut sound, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().bytes().filter(|byte| *byte >= 0xc0).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    sound > broken * 4
}

/// Whether most bytes beyond ASCII follow each other: words of another script.
fn is_mostly_high(bytes: &[u8]) -> bool {
    let high = bytes.iter().filter(|byte| **byte >= 0xc0).count();
    let pairs = bytes.windows(2).filter(|pair| pair[0] >= 0xc0 && pair[1] >= 0xc0).count();
    high >= 4 && pairs * 2 > high
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Small,
    Capital,
    None,
}

type Kind = fn(u8) -> Case;

/// How well the bytes beyond ASCII fit into the words around them.
fn score(bytes: &[u8], kind: Kind) -> i64 {
    let case = |byte: u8| match byte {
        b'a'..=b'z' => Case::Small,
        b'A'..=b'Z' => Case::Capital,
        0..=0x7f => Case::None,
        high => kind(high),
    };
    let mut score = 0;
    for (at, byte) in bytes.iter().enumerate().filter(|(_, byte)| !byte.is_ascii()) {
        let before = at.checked_sub(1).and_then(|at| bytes.get(at)).map_or(Case::None, |byte| case(*byte));
        let after = bytes.get(at + 1).map_or(Case::None, |byte| case(*byte));
        score += match (case(*byte), before, after) {
            (Case::Small, Case::Small, _) | (Case::Small, _, Case::Small) => 2,
            (Case::Small, Case::Capital, _) => 1,
            (Case::Capital, Case::Small, _) => -2,
            (Case::Capital, Case::Capital, _) | (Case::Capital, _, Case::Small | Case::Capital) => 2,
            (Case::None, Case::Small, Case::Small) => -3,
            (Case::None, Case::Small | Case::Capital, _) => -1,
            _ => 0,
        };
    }
    score
}

fn is_letter_1252(byte: u8) -> Case {
    match byte {
        0xf7 | 0xd7 => Case::None,
        0xdf..=0xff | 0x9a | 0x9c | 0x9e => Case::Small,
        0xc0..=0xde | 0x8a | 0x8c | 0x8e | 0x9f => Case::Capital,
        _ => Case::None,
    }
}

fn is_letter_1250(byte: u8) -> Case {
    match byte {
        0xf7 | 0xd7 | 0xff => Case::None,
        0xdf..=0xfe | 0x9a | 0x9c..=0x9f | 0xb3 | 0xb9 | 0xba | 0xbe | 0xbf => Case::Small,
        0xc0..=0xde | 0x8a | 0x8c..=0x8f | 0xa3 | 0xa5 | 0xaa | 0xaf | 0xbc => Case::Capital,
        _ => Case::None,
    }
}

fn is_letter_macintosh(byte: u8) -> Case {
    match byte {
        0x87..=0x9f | 0xa7 | 0xbe | 0xbf | 0xcf | 0xd8 => Case::Small,
        0x80..=0x86 | 0xae | 0xaf | 0xcb..=0xce | 0xd9 | 0xe5..=0xef | 0xf1..=0xf4 => Case::Capital,
        _ => Case::None,
    }
}

fn is_letter_850(byte: u8) -> Case {
    match byte {
        0x81..=0x8d | 0x91 | 0x93..=0x98 | 0x9b | 0xa0..=0xa4 | 0xc6 | 0xe1 | 0xe4 | 0xec => Case::Small,
        0x80
        | 0x8e..=0x90
        | 0x92
        | 0x99
        | 0x9a
        | 0x9d
        | 0xa5
        | 0xb5..=0xb7
        | 0xc7
        | 0xd2..=0xd4
        | 0xd6..=0xd8
        | 0xde
        | 0xe0
        | 0xe2
        | 0xe3
        | 0xe5
        | 0xe9..=0xeb
        | 0xed => Case::Capital,
        _ => Case::None,
    }
}
