//! Names of companies: what Microsoft refuses, and what it would ask about. From its rules for names and addresses.

use crate::Problem;

/// What a company may not be called by alone.
const LEGAL_FORMS: [&str; 36] = [
    "ab",
    "ag",
    "as",
    "bv",
    "co",
    "corp",
    "corporation",
    "eirl",
    "eood",
    "gmbh",
    "inc",
    "incorporated",
    "kft",
    "kg",
    "kk",
    "lda",
    "limited",
    "llc",
    "llp",
    "lp",
    "ltd",
    "ltda",
    "nv",
    "ood",
    "oy",
    "plc",
    "pte",
    "pty",
    "sa",
    "sarl",
    "sas",
    "sl",
    "slu",
    "spa",
    "srl",
    "zrt",
];

/// How addresses of the web end.
const ENDINGS: [&str; 12] =
    [".com", ".net", ".org", ".es", ".eu", ".info", ".io", ".de", ".fr", ".pt", ".co.uk", ".biz"];

/// Something that is allowed and looks like a mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// It ends like an address of the web.
    LooksLikeAnAddress,
    /// One character again and again.
    Repeats,
    /// Single letters with blanks between them.
    SpacedLetters,
}

pub(crate) fn problem(name: &str) -> Option<Problem> {
    let mut characters = name.chars();
    if characters.next().is_some() && characters.next().is_none() {
        return Some(Problem::OneCharacter);
    }
    if !name.chars().any(char::is_alphanumeric) {
        return Some(Problem::OnlySymbols);
    }
    let bare: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let is_bare = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | ' ' | ','));
    (is_bare && LEGAL_FORMS.contains(&bare.to_ascii_lowercase().as_str())).then_some(Problem::OnlyLegalForm)
}

/// What somebody should look at once more before the name is used.
pub fn doubt(name: &str) -> Option<Doubt> {
    let name = name.trim();
    let letters: Vec<char> = name.chars().collect();
    if letters.len() >= 3 && letters.windows(2).all(|pair| pair[0] == pair[1]) {
        return Some(Doubt::Repeats);
    }
    let words: Vec<&str> = name.split(' ').filter(|word| !word.is_empty()).collect();
    if words.len() >= 2 && words.iter().all(|word| word.chars().count() == 1) {
        return Some(Doubt::SpacedLetters);
    }
    let lower = name.to_ascii_lowercase();
    ENDINGS.iter().any(|ending| lower.ends_with(ending)).then_some(Doubt::LooksLikeAnAddress)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_name_is_refused() {
        for (name, expected) in [
            ("X", Problem::OneCharacter),
            ("ñ", Problem::OneCharacter),
            ("...", Problem::OnlySymbols),
            ("& / &", Problem::OnlySymbols),
            ("GmbH", Problem::OnlyLegalForm),
            ("S.L.", Problem::OnlyLegalForm),
            ("S. A.", Problem::OnlyLegalForm),
        ] {
            assert_eq!(problem(name), Some(expected), "{name}");
        }
        for name in ["3M", "Panadería Ruiz SL", "Ag Foods", "株式会社山田", "S&P"] {
            assert_eq!(problem(name), None, "{name}");
        }
    }

    #[test]
    fn what_looks_like_a_mistake_is_asked_about() {
        assert_eq!(doubt("tienda.com"), Some(Doubt::LooksLikeAnAddress));
        assert_eq!(doubt("aaa"), Some(Doubt::Repeats));
        assert_eq!(doubt("A B C"), Some(Doubt::SpacedLetters));
        assert_eq!(doubt("Comercial Ruiz"), None);
        assert_eq!(doubt("aa"), None);
    }
}
