//! What needs Unicode tables or tables of old encodings: a browser has them, and compiling them in would cost more than
//! this crate.

use crate::Encoding;

/// Turns bytes of an old encoding into text: a browser's `TextDecoder`, or the `native` module of this crate.
pub trait Decode {
    /// The text, with U+FFFD for what the encoding does not have; `None` if the encoding is not known.
    fn decode(&self, encoding: Encoding, bytes: &[u8]) -> Option<String>;
}

/// Unicode's composition and folding: a browser's `String.normalize`, or the `native` module.
pub trait Letters {
    /// Normalisation form C.
    fn compose(&self, text: &str) -> String;
    /// Lower case without accents, as one compares names.
    fn fold(&self, text: &str) -> String;
}

/// Folds ASCII here and asks for the rest.
pub(crate) fn fold(text: &str, letters: &dyn Letters) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { letters.fold(text).to_ascii_lowercase() }
}

/// Only letters and digits, folded: how headers and names are compared.
pub(crate) fn key(text: &str, letters: &dyn Letters) -> String {
    fold(text, letters).replace('ß', "ss").chars().filter(|letter| letter.is_alphanumeric()).collect()
}
