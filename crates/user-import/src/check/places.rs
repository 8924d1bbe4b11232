//! Countries and territories: ISO 3166-1 codes of two letters, and how people write them in five languages.

use std::sync::OnceLock;

use crate::{Letters, letters};

/// A line for each code: its names, folded, in English, Spanish, German, French and Portuguese.
const PLACES: &str = include_str!("places.txt");

/// Whether this is a code, in capitals.
pub(crate) fn is_code(code: &str) -> bool {
    static CODES: OnceLock<Vec<&str>> = OnceLock::new();
    let codes = CODES.get_or_init(|| PLACES.lines().filter_map(|line| line.get(..2)).collect());
    codes.binary_search(&code).is_ok()
}

/// The code of a place that is written as a code in any case, or by its name.
pub(crate) fn code_of(text: &str, letters: &dyn Letters) -> Option<&'static str> {
    let key = letters::key(text, letters);
    let names = names();
    let found = names.binary_search_by(|(name, _)| name.as_str().cmp(&key)).ok()?;
    names.get(found).map(|(_, code)| *code)
}

fn names() -> &'static [(String, &'static str)] {
    static NAMES: OnceLock<Vec<(String, &'static str)>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let mut all: Vec<(String, &str)> = Vec::new();
        for line in PLACES.lines() {
            let Some((code, names)) = line.split_once(' ') else { continue };
            all.push((code.to_ascii_lowercase(), code));
            all.extend(names.split(';').map(|name| (name.replace(' ', ""), code)));
        }
        all.sort_unstable();
        all
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::native::Native;

    #[test]
    fn places_are_known_by_code_and_by_name_in_five_languages() {
        for (text, code) in [
            ("ES", Some("ES")),
            ("es", Some("ES")),
            ("España", Some("ES")),
            ("espagne", Some("ES")),
            ("UK", Some("GB")),
            ("U.K.", Some("GB")),
            ("GB", Some("GB")),
            ("Österreich", Some("AT")),
            ("Großbritannien", Some("GB")),
            ("Côte d’Ivoire", Some("CI")),
            ("EE. UU.", Some("US")),
            ("USA", Some("US")),
            ("Etats-Unis", Some("US")),
            ("Países Baixos", Some("NL")),
            ("São Tomé e Príncipe", Some("ST")),
            ("XX", None),
            ("Atlantis", None),
            ("", None),
        ] {
            assert_eq!(code_of(text, &Native), code, "{text}");
        }
        assert!(is_code("ES") && !is_code("UK") && !is_code("es") && !is_code(""));
    }

    #[test]
    fn the_table_is_whole_and_no_name_means_two_places() {
        assert_eq!(PLACES.lines().count(), 250);
        for pair in names().windows(2) {
            assert!(pair[0].0 != pair[1].0 || pair[0].1 == pair[1].1, "{pair:?}");
        }
        let folded = |line: &str| line[3..].bytes().all(|byte| matches!(byte, b'a'..=b'z' | b' ' | b';'));
        PLACES.lines().for_each(|line| assert!(folded(line), "{line}"));
    }
}
