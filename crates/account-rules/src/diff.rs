//! What differs between two short texts, word by word.

/// A word, and whether the other text lacks it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<'a> {
    /// The word, without blanks.
    pub text: &'a str,
    /// Whether the other text lacks it.
    pub differs: bool,
}

/// The words of `text`, held against those of `other`. Case counts: an address check may only mend that. A word that the
/// other text has fewer times differs as often as it is missing there.
pub fn words<'a>(text: &'a str, other: &str) -> Vec<Word<'a>> {
    let mut left: Vec<&str> = other.split_whitespace().collect();
    let judge = |text| {
        let place = left.iter().position(|word| *word == text);
        if let Some(place) = place {
            left.swap_remove(place);
        }
        Word { text, differs: place.is_none() }
    };
    text.split_whitespace().map(judge).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_the_other_lacks_are_told() {
        let differing = |text, other| -> Vec<String> {
            let words = words(text, other).into_iter();
            words.filter(|word| word.differs).map(|word| word.text.to_owned()).collect()
        };
        assert_eq!(differing("Avda de la Marina 112", "Avenida de la Marina 112"), ["Avda"]);
        assert_eq!(differing("Avenida de la Marina 112", "Avda de la Marina 112"), ["Avenida"]);
        assert_eq!(differing("a a b", "a b"), ["a"]);
        assert_eq!(differing("  ", "a"), Vec::<String>::new());
        assert_eq!(differing("MURCIA", "Murcia"), ["MURCIA"]);
    }
}
