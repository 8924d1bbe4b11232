//! What was typed, made ready for searching.

use crate::fold::{Fold, fold_into};

/// The words of a search, folded; all must be found, in any order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    words: Vec<String>,
}

impl Query {
    /// Splits at blanks. The braces that some tools put around an id are no part of it.
    pub fn new(text: &str, fold: &dyn Fold) -> Self {
        let mut folded = String::new();
        fold_into(text, fold, &mut folded);
        let mut words: Vec<String> = folded
            .split_whitespace()
            .map(|word| word.trim_matches(['{', '}']).to_owned())
            .filter(|word| !word.is_empty())
            .collect();
        // The longest word is the rarest: it leads the search, the others only confirm.
        if let Some(longest) = (0..words.len()).max_by_key(|at| words[*at].len()) {
            words.swap(0, longest);
        }
        Self { words }
    }

    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The words, the longest one first.
    pub(crate) fn words(&self) -> &[String] {
        &self.words
    }
}
