//! First passwords.

use std::fmt;

/// The fewest characters of a password (contract.md §2.9).
pub const SHORTEST: usize = 8;
/// The most characters of a password.
pub const LONGEST: usize = 256;
/// How many characters a generated password has: about 80 bits.
pub const GENERATED: usize = 14;

/// A source of random bytes that nobody can guess: a browser's `crypto.getRandomValues`.
pub trait Random {
    /// Fills `bytes`.
    fn fill(&mut self, bytes: &mut [u8]);
}

/// A password. It is never written anywhere by itself: `Debug` shows nothing, and there is no `Display`.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

// No look-alikes: no I l 1 | O 0 o. Nothing that a separated file, a spreadsheet or a shell takes for its own.
const SMALL: &[u8] = b"abcdefghijkmnpqrstuvwxyz";
const CAPITAL: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ";
const DIGIT: &[u8] = b"23456789";
const OTHER: &[u8] = b"!#$%*+-=?@_";
const ALL: &[u8] = b"abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!#$%*+-=?@_";

impl Password {
    /// The password of a file, exactly as it is there.
    pub fn given(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// A new one: it begins with a letter, so that no spreadsheet takes it for a formula, and has a small letter, a
    /// capital, a digit and another character.
    pub fn generate(random: &mut dyn Random) -> Self {
        let mut pool = Pool { random, bytes: [0; 64], at: 64 };
        loop {
            let mut text = String::with_capacity(GENERATED);
            text.push(pool.one_of(&[SMALL, CAPITAL].concat()));
            while text.len() < GENERATED {
                text.push(pool.one_of(ALL));
            }
            // Drawn anew as a whole, so that all passwords of this form are equally likely.
            let has = |class: &[u8]| text.bytes().any(|byte| class.contains(&byte));
            if [SMALL, CAPITAL, DIGIT, OTHER].into_iter().all(has) {
                return Self(text);
            }
        }
    }

    /// The password, for the request that sets it and the file that tells it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

struct Pool<'a> {
    random: &'a mut dyn Random,
    bytes: [u8; 64],
    at: usize,
}

impl Pool<'_> {
    fn byte(&mut self) -> u8 {
        if self.at == self.bytes.len() {
            self.random.fill(&mut self.bytes);
            self.at = 0;
        }
        let byte = self.bytes[self.at];
        self.at += 1;
        byte
    }

    /// One of these, each as likely: bytes beyond the last whole multiple are drawn again.
    fn one_of(&mut self, letters: &[u8]) -> char {
        loop {
            let byte = usize::from(self.byte());
            if byte < 256 - 256 % letters.len() {
                return char::from(letters[byte % letters.len()]);
            }
        }
    }
}

/// What is wrong with a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Problem {
    Length,
    Classes,
}

/// Eight to 256 characters, of three of four classes: small letters, capitals, digits, others.
pub(crate) fn problem(text: &str) -> Option<Problem> {
    if !(SHORTEST..=LONGEST).contains(&text.encode_utf16().count()) {
        return Some(Problem::Length);
    }
    let has = |test: fn(char) -> bool| usize::from(text.chars().any(test));
    let classes = has(char::is_lowercase)
        + has(char::is_uppercase)
        + has(|letter| letter.is_ascii_digit())
        + has(|letter| !letter.is_ascii_digit() && !letter.is_lowercase() && !letter.is_uppercase());
    (classes < 3).then_some(Problem::Classes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Counts, from a seed.
    struct Counter(u64);

    impl Random for Counter {
        fn fill(&mut self, bytes: &mut [u8]) {
            for byte in bytes {
                self.0 =
                    self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                *byte = self.0.to_be_bytes()[0];
            }
        }
    }

    #[test]
    fn passwords_are_made_for_people_and_files() {
        let mut random = Counter(7);
        let mut seen = std::collections::HashSet::new();
        let mut counts = [0_u32; 128];
        for _ in 0..5000 {
            let password = Password::generate(&mut random);
            let text = password.reveal();
            assert_eq!((text.len(), problem(text)), (GENERATED, None));
            assert!(text.starts_with(|first: char| first.is_ascii_alphabetic()), "{text}");
            assert!(
                !text.contains([',', ';', '"', '\'', '\t', ' ', 'l', 'I', '1', '0', 'O', 'o', '|']),
                "{text}"
            );
            text.bytes().for_each(|byte| counts[usize::from(byte)] += 1);
            assert!(seen.insert(text.to_owned()));
        }
        // Every character comes about as often as the others of its kind.
        for class in [SMALL, CAPITAL, DIGIT, OTHER] {
            let counts: Vec<u32> = class.iter().map(|byte| counts[usize::from(*byte)]).collect();
            let (least, most) = (counts.iter().min().unwrap(), counts.iter().max().unwrap());
            assert!(*least * 3 > *most * 2, "{counts:?}");
        }
        assert_eq!(format!("{:?}", Password::given("secret")), "Password(…)");
    }

    #[test]
    fn a_byte_beyond_the_last_multiple_is_drawn_again() {
        struct High(u8);
        impl Random for High {
            fn fill(&mut self, bytes: &mut [u8]) {
                bytes.fill(self.0);
                self.0 = self.0.wrapping_add(1);
            }
        }
        let mut random = High(255);
        let mut pool = Pool { random: &mut random, bytes: [0; 64], at: 64 };
        assert_eq!(pool.one_of(b"abc"), 'a');
    }

    #[test]
    fn passwords_of_files_are_judged() {
        for (text, expected) in [
            ("Abcdefg1", None),
            ("abcdef1!", None),
            ("=;;n.=s9Z", None),
            ("Abcdef1", Some(Problem::Length)),
            ("abcdefgh1", Some(Problem::Classes)),
            ("contraseña Ñ", None),
        ] {
            assert_eq!(problem(text), expected, "{text}");
        }
        assert_eq!(problem(&"Aa1".repeat(86)), Some(Problem::Length));
    }
}
