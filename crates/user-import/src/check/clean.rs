//! Cells as they were meant: without what nobody sees.

use std::borrow::Cow;

use super::issue::Code;
use crate::Letters;

/// What was done to a cell, as a set of [`Code`]s.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Changes(u8);

impl Changes {
    const CODES: [Code; 6] =
        [Code::Invisible, Code::Blanks, Code::Composed, Code::Controls, Code::Direction, Code::Damaged];

    fn add(&mut self, code: Code) {
        let at = Self::CODES.iter().position(|known| *known == code).unwrap_or_default();
        self.0 |= 1 << at;
    }

    pub(super) fn has(self, code: Code) -> bool {
        self.codes().any(|known| known == code)
    }

    pub(super) fn codes(self) -> impl Iterator<Item = Code> {
        (0..).zip(Self::CODES).filter(move |(at, _)| self.0 & 1 << at != 0).map(|(_, code)| code)
    }
}

/// A cell without invisible characters and blanks at its edges, composed, and what that took.
pub(super) fn clean<'a>(cell: &'a str, letters: &dyn Letters) -> (Cow<'a, str>, Changes) {
    let mut changes = Changes::default();
    if cell.bytes().all(|byte| (b' '..0x7f).contains(&byte)) {
        let trimmed = cell.trim_matches(' ');
        if trimmed.len() != cell.len() && !trimmed.is_empty() {
            changes.add(Code::Blanks);
        }
        return (Cow::Borrowed(trimmed), changes);
    }
    if !cell.starts_with(' ') && !cell.ends_with(' ') && cell.chars().all(is_plain) {
        return (Cow::Borrowed(cell), changes);
    }
    let (mut text, mut combines) = (String::with_capacity(cell.len()), false);
    let mut before = ' ';
    let mut rest = cell.chars().peekable();
    while let Some(letter) = rest.next() {
        let joins = |letter: char| u32::from(letter) >= 0x590 && letter.is_alphabetic();
        match letter {
            '\u{200c}' | '\u{200d}' if joins(before) && rest.peek().is_some_and(|next| joins(*next)) => {
                text.push(letter);
            }
            letter if is_invisible(letter) => changes.add(Code::Invisible),
            letter if is_direction(letter) => changes.add(Code::Direction),
            letter if letter.is_control() => {
                changes.add(Code::Controls);
                text.push(' ');
            }
            letter if letter != ' ' && letter.is_whitespace() => {
                changes.add(Code::Blanks);
                text.push(' ');
            }
            letter => {
                if letter == char::REPLACEMENT_CHARACTER {
                    changes.add(Code::Damaged);
                }
                combines |= ('\u{300}'..='\u{36f}').contains(&letter);
                text.push(letter);
            }
        }
        before = letter;
    }
    let trimmed = text.trim_matches(' ');
    if trimmed.is_empty() {
        return (Cow::Borrowed(""), Changes(changes.0 & 1 << 4));
    }
    if trimmed.len() != text.len() {
        changes.add(Code::Blanks);
        text = trimmed.to_owned();
    }
    if combines {
        let composed = letters.compose(&text);
        if composed != text {
            changes.add(Code::Composed);
            text = composed;
        }
    }
    if changes == Changes::default() {
        return (Cow::Borrowed(cell), changes);
    }
    (Cow::Owned(text), changes)
}

/// Characters that are left alone wherever they stand: ASCII that can be seen, the blank, and Latin letters.
fn is_plain(letter: char) -> bool {
    matches!(letter, ' '..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{2ff}')
}

/// Characters without any width. Joiners belong to the words of some scripts; see above.
pub(super) fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}'
    )
}

/// Overrides and isolates of the direction of writing.
pub(super) fn is_direction(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::native::Native;

    #[test]
    fn cells_are_cleaned_and_it_is_said() {
        for (cell, expected, codes) in [
            ("Ana Ruiz", "Ana Ruiz", &[][..]),
            ("José", "José", &[]),
            ("", "", &[]),
            ("   ", "", &[]),
            (" Ana ", "Ana", &[Code::Blanks]),
            ("Ana\u{a0}Ruiz", "Ana Ruiz", &[Code::Blanks]),
            ("\u{a0}Ana", "Ana", &[Code::Blanks]),
            ("An\u{200b}a\u{feff}", "Ana", &[Code::Invisible]),
            ("Jose\u{301}", "José", &[Code::Composed]),
            ("Ana\nRuiz", "Ana Ruiz", &[Code::Controls]),
            ("Ana\tRuiz\t", "Ana Ruiz", &[Code::Blanks, Code::Controls]),
            ("\u{202e}anA", "anA", &[Code::Direction]),
            ("می\u{200c}خواهم", "می\u{200c}خواهم", &[]),
            ("a\u{200d}b", "ab", &[Code::Invisible]),
            ("Jos\u{fffd}", "Jos\u{fffd}", &[Code::Damaged]),
            ("\u{200b}", "", &[]),
        ] {
            let (text, changes) = clean(cell, &Native);
            assert_eq!(
                (text.as_ref(), changes.codes().collect::<Vec<_>>()),
                (expected, codes.to_vec()),
                "{cell:?}"
            );
        }
    }

    proptest::proptest! {
        #![proptest_config(crate::seeded())]

        #[test]
        fn cleaning_twice_changes_nothing(cell in "[\\PC\u{200b}\u{a0}\t\n\u{301}a-z]{0,20}") {
            let (text, _) = clean(&cell, &Native);
            let (again, changes) = clean(&text, &Native);
            proptest::prop_assert_eq!(&again, &text);
            proptest::prop_assert!(changes.codes().all(|code| code == Code::Damaged), "{:?}", changes);
        }
    }
}
