//! What a format of numbers makes of a number, as far as an import has to know: dates, and digits that are written though they
//! are zeros. Everything else (currencies, percentages, thousands) is read as it was typed.

use std::iter::Peekable;
use std::str::Chars;

use crate::date::{self, Shown};
use crate::number::Decimal;

/// A format of numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Format {
    /// As typed.
    Plain,
    /// A date or a time.
    Date(Shown),
    /// A pattern of digits for whole numbers: `00000` for a postal code, `000-00-0000`.
    Digits {
        pattern: Vec<Sign>,
        /// Whether it is for negative numbers and nothing, too.
        is_for_all: bool,
    },
}

/// One place of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    /// A digit, written as a zero where the number has none.
    Zero,
    /// A digit, left out where the number has none.
    Digit,
    /// This character.
    Literal(char),
}

impl Format {
    /// A format by its number, where the file does not spell it out.
    pub(crate) fn built_in(number: u32) -> Self {
        match number {
            14..=17 | 27..=31 | 36 | 50..=54 | 57 | 58 | 71..=74 => Self::Date(Shown::Date),
            22 | 77 => Self::Date(Shown::DateTime),
            18..=21 | 32..=35 | 45 | 47 | 55 | 56 | 75 | 76 | 78 | 80 => Self::Date(Shown::Time),
            46 | 79 => Self::Date(Shown::Elapsed),
            _ => Self::Plain,
        }
    }

    /// A format as the file spells it: `dd/mm/yyyy`, `00000;-00000`.
    pub(crate) fn parse(code: &str) -> Self {
        let mut reading = Reading::default();
        let mut letters = code.chars().peekable();
        let mut is_for_all = true;
        while let Some(letter) = letters.next() {
            if letter == ';' {
                is_for_all = false;
                break;
            }
            if reading.take(letter, &mut letters).is_none() {
                break;
            }
        }
        reading.finish(is_for_all)
    }

    /// A number as text; `None` where it is to be as it was typed.
    pub(crate) fn apply(&self, number: &Decimal, is_1904: bool) -> Option<String> {
        match self {
            Self::Plain => None,
            Self::Date(shown) => date::print(number, *shown, is_1904),
            Self::Digits { pattern, is_for_all } => {
                let is_otherwise = number.is_negative() || number.is_zero();
                if !number.is_whole() && !number.is_zero() || is_otherwise && !is_for_all {
                    return None;
                }
                let text = fill(pattern, &number.whole()?);
                Some(if number.is_negative() { "-".to_owned() + &text } else { text })
            }
        }
    }
}

/// Writes digits into a pattern, from the right. What has no place stands before the first one.
fn fill(pattern: &[Sign], digits: &str) -> String {
    let places = pattern.iter().filter(|sign| !matches!(sign, Sign::Literal(_))).count();
    let mut before = digits.len().saturating_sub(places);
    let mut missing = places.saturating_sub(digits.len());
    let mut rest = digits.chars();
    let mut text = String::with_capacity(digits.len() + pattern.len());
    for sign in pattern {
        if let Sign::Literal(letter) = sign {
            text.push(*letter);
            continue;
        }
        text.extend(rest.by_ref().take(std::mem::take(&mut before)));
        if missing > 0 {
            missing -= 1;
            if *sign == Sign::Zero {
                text.push('0');
            }
        } else {
            text.extend(rest.next());
        }
    }
    text
}

/// What was found in a format so far.
#[derive(Default)]
#[allow(clippy::struct_excessive_bools)] // each stands for letters that were seen
struct Reading {
    pattern: Vec<Sign>,
    has_day: bool,
    has_hour: bool,
    has_month: bool,
    is_elapsed: bool,
    /// There is something that an import leaves out: decimals, thousands, a percentage, an exponent.
    is_plain: bool,
}

impl Reading {
    /// Takes what begins with this letter; `None` if the rest does not matter.
    fn take(&mut self, letter: char, letters: &mut Peekable<Chars<'_>>) -> Option<()> {
        match letter {
            '"' => {
                let quoted = letters.by_ref().take_while(|letter| *letter != '"');
                self.pattern.extend(quoted.map(Sign::Literal));
            }
            '\\' => self.pattern.push(Sign::Literal(letters.next()?)),
            // The width of a character, and a character that fills the cell.
            '_' | '*' => {
                letters.next()?;
            }
            '[' => {
                let inside: String = letters.by_ref().take_while(|letter| *letter != ']').collect();
                self.bracket(&inside);
            }
            'd' | 'D' | 'y' | 'Y' | 'e' | 'E' | 'g' | 'G' if self.is_date_letter(letter, letters) => {
                self.has_day = true;
            }
            'h' | 'H' | 's' | 'S' => self.has_hour = true,
            'm' | 'M' => self.has_month = true,
            // `AM/PM`, `A/P`
            'a' | 'A' | 'p' | 'P' => {}
            '0' => self.pattern.push(Sign::Zero),
            '#' | '?' => self.pattern.push(Sign::Digit),
            '.' | ',' | '%' | '@' | '/' => self.is_plain = true,
            _ if letter.is_ascii_alphabetic() => self.is_plain = true,
            _ => self.pattern.push(Sign::Literal(letter)),
        }
        Some(())
    }

    /// Whether a letter is of a date: `E+00` is an exponent, and `General` no era.
    fn is_date_letter(&mut self, letter: char, letters: &mut Peekable<Chars<'_>>) -> bool {
        let next = letters.peek().copied();
        let is_other = match letter {
            'e' | 'E' => matches!(next, Some('+' | '-' | 'n' | 'r')),
            'g' | 'G' => next.is_some_and(|next| next.eq_ignore_ascii_case(&'e')),
            _ => false,
        };
        self.is_plain |= is_other;
        !is_other
    }

    /// `[Red]`, `[h]`, `[$€-C0A]`, `[<=9999999]`
    fn bracket(&mut self, inside: &str) {
        if let Some(currency) = inside.strip_prefix('$') {
            let sign = currency.split('-').next().unwrap_or_default();
            self.pattern.extend(sign.chars().map(Sign::Literal));
        } else if inside.starts_with(['<', '>', '=']) {
            self.is_plain = true;
        } else if let Some(first) = inside.chars().next()
            && inside.chars().all(|letter| letter.eq_ignore_ascii_case(&first))
        {
            self.is_elapsed |= matches!(first, 'h' | 'H' | 'm' | 'M' | 's' | 'S');
        }
    }

    fn finish(self, is_for_all: bool) -> Format {
        let has_place = self.pattern.iter().any(|sign| !matches!(sign, Sign::Literal(_)));
        if self.is_elapsed {
            return Format::Date(Shown::Elapsed);
        }
        // A month alone is one; beside hours or seconds it is minutes.
        let has_day = self.has_day || self.has_month && !self.has_hour;
        match (has_day, self.has_hour) {
            (true, true) => return Format::Date(Shown::DateTime),
            (true, false) if !has_place => return Format::Date(Shown::Date),
            (false, true) => return Format::Date(Shown::Time),
            _ => {}
        }
        let mut least = self.pattern.iter().skip_while(|sign| **sign != Sign::Zero);
        let least = least.by_ref().filter(|sign| !matches!(sign, Sign::Literal(_))).count();
        if self.is_plain || has_day || least < 2 {
            return Format::Plain;
        }
        Format::Digits { pattern: self.pattern, is_for_all }
    }
}

#[cfg(test)]
mod tests;
