//! Lower case without accents, from the browser's own Unicode tables.

use std::borrow::Cow;

use customer_index::{Collate, Fold};
use js_sys::{JsString, RegExp};

use list_view::Column;

use crate::i18n;
use crate::state::number;

/// Folds by `String.normalize`: decomposed (compatibility forms too, so that full-width letters are
/// found), without combining marks, in lower case.
pub(crate) struct BrowserFold {
    marks: RegExp,
}

impl BrowserFold {
    pub(crate) fn new() -> Self {
        Self { marks: RegExp::new(r"\p{M}", "gu") }
    }
}

impl Fold for BrowserFold {
    fn fold(&self, text: &str) -> String {
        let text = JsString::from(text).normalize("NFKD").replace_by_pattern(&self.marks, "");
        // Marks again: 'İ' has one only once it is small.
        text.to_lower_case().normalize("NFKD").replace_by_pattern(&self.marks, "").into()
    }
}

/// The order of letters in the active language, by `Intl.Collator`.
pub(crate) struct BrowserCollate;

impl Collate for BrowserCollate {
    fn weigh(&self, letters: &[char]) -> Vec<u32> {
        i18n::letter_weights(letters)
    }

    fn label<'a>(&self, column: u8, text: &'a str) -> Cow<'a, str> {
        // A country or a language is sorted by what the person reads, not by its code.
        if column == number(Column::Country) {
            i18n::region_name(text).into()
        } else if column == number(Column::Language) {
            i18n::language_name(text).into()
        } else {
            text.into()
        }
    }
}
