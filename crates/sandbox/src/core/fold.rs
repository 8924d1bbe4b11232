//! Text as filters compare it.

/// Folds a text so that two spellings that differ only in case become equal, in every script.
///
/// Letters are folded one by one: lower-casing a whole text would spell a sigma by its place in the word, and
/// the end of a prefix is not the end of a word. Accents stay: the service does not ignore them.
pub fn fold_case(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).map(|c| if c == 'ς' { 'σ' } else { c }).collect()
}

/// The first text, by bytes, that sorts after everything beginning with `prefix`; `None` when nothing does.
///
/// UTF-8 holds no byte 0xFF, so adding one to the last byte never overflows.
pub fn after_prefix(prefix: &str) -> Option<Vec<u8>> {
    let mut bytes = prefix.as_bytes().to_vec();
    let last = bytes.last_mut()?;
    *last = last.saturating_add(1);
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_is_folded_in_every_script() {
        for (a, b) in [("ÁRBOL", "árbol"), ("ΟΔΟΣ", "οδος"), ("ΟΔΟΣ", "οδοσ"), ("ЖУК", "жук"), ("ẞ", "ß")]
        {
            assert_eq!(fold_case(a), fold_case(b), "{a} {b}");
        }
        assert_ne!(fold_case("árbol"), fold_case("arbol"));
    }

    #[test]
    fn the_bound_follows_its_prefix() {
        assert_eq!(after_prefix(""), None);
        for prefix in ["a", "ñ", "z\u{10FFFF}", "🦀"] {
            let bound = after_prefix(prefix).unwrap();
            assert!(bound.as_slice() > format!("{prefix}\u{10FFFF}\u{10FFFF}").as_bytes(), "{prefix}");
        }
    }
}
