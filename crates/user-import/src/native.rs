//! Decoders and Unicode tables for programs without a browser: the binary of this crate, and tests.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::{Decode, Encoding, Letters};

/// What a browser would do, natively.
#[derive(Debug, Clone, Copy, Default)]
pub struct Native;

impl Decode for Native {
    fn decode(&self, encoding: Encoding, bytes: &[u8]) -> Option<String> {
        let known = encoding_rs::Encoding::for_label(encoding.label().as_bytes())?;
        Some(known.decode_without_bom_handling(bytes).0.into_owned())
    }
}

impl Letters for Native {
    fn compose(&self, text: &str) -> String {
        text.nfc().collect()
    }

    fn fold(&self, text: &str) -> String {
        let bare = text.nfd().filter(|letter| !is_combining_mark(*letter));
        bare.flat_map(char::to_lowercase).collect()
    }
}
