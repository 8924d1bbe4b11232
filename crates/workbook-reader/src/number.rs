//! Numbers as they were typed. A workbook keeps the nearest binary number in 17 digits, `4.0999999999999996`; a spreadsheet
//! shows 15 of them. All of it is done on the digits, so that nothing is lost on the way.

/// How many digits a spreadsheet keeps.
const DIGITS: usize = 15;
/// Beyond this many zeros a number stays as the file has it.
const MOST_ZEROS: i32 = 40;

/// A number in decimal digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decimal {
    is_negative: bool,
    /// Digits without zeros at the beginning and the end; empty for nothing.
    digits: Vec<u8>,
    /// How many of them stand before the point: `25` with 4 is 2500, with -1 it is 0.025.
    before: i32,
}

impl Decimal {
    /// Reads a number as workbooks write it, rounded to 15 digits; `None` for what is none.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (is_negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (number, power) = match text.split_once(['e', 'E']) {
            Some((number, power)) => (number, power.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.len() + fraction.len() == 0 || !is_number(whole) || !is_number(fraction) {
            return None;
        }
        let all: Vec<u8> = whole.bytes().chain(fraction.bytes()).map(|byte| byte - b'0').collect();
        let zeros = all.iter().take_while(|digit| **digit == 0).count();
        let mut digits = all.get(zeros..)?.to_vec();
        let mut before = i32::try_from(whole.len()).ok()?.checked_sub(i32::try_from(zeros).ok()?)?;
        before = before.checked_add(power)?;
        if digits.len() > DIGITS {
            let is_up = digits[DIGITS] >= 5;
            digits.truncate(DIGITS);
            if is_up {
                before = before.checked_add(i32::from(add_one(&mut digits)))?;
            }
        }
        while digits.last() == Some(&0) {
            digits.pop();
        }
        if digits.is_empty() {
            before = 0;
        }
        Some(Self { is_negative: is_negative && !digits.is_empty(), digits, before })
    }

    pub(crate) fn is_negative(&self) -> bool {
        self.is_negative
    }

    pub(crate) fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    /// Whether it has no fraction.
    pub(crate) fn is_whole(&self) -> bool {
        usize::try_from(self.before).is_ok_and(|before| before >= self.digits.len())
    }

    /// Whether it is whole and so long that a spreadsheet has lost its last digits: a number of a card, say.
    pub(crate) fn is_cut(&self) -> bool {
        usize::try_from(self.before).is_ok_and(|before| before > DIGITS)
    }

    /// The digits before the point; `None` where they would be mostly zeros.
    pub(crate) fn whole(&self) -> Option<String> {
        if self.before > MOST_ZEROS {
            return None;
        }
        let length = usize::try_from(self.before).unwrap_or(0);
        Some((0..length).map(|at| digit(self.digits.get(at))).collect())
    }

    /// The digits behind the point; `None` where they would be mostly zeros.
    pub(crate) fn fraction(&self) -> Option<String> {
        if self.before < -MOST_ZEROS {
            return None;
        }
        let zeros = usize::try_from(-self.before).unwrap_or(0);
        let skipped = usize::try_from(self.before).unwrap_or(0);
        if self.is_zero() {
            return Some(String::new());
        }
        let digits = self.digits.iter().skip(skipped);
        Some((0..zeros).map(|_| '0').chain(digits.map(|one| digit(Some(one)))).collect())
    }

    /// Without an exponent; `None` where that would be mostly zeros.
    pub(crate) fn print(&self) -> Option<String> {
        let (whole, fraction) = (self.whole()?, self.fraction()?);
        let mut text = String::with_capacity(whole.len() + fraction.len() + 3);
        if self.is_negative {
            text.push('-');
        }
        text.push_str(if whole.is_empty() { "0" } else { &whole });
        if !fraction.is_empty() {
            text.push('.');
            text.push_str(&fraction);
        }
        Some(text)
    }
}

/// Adds one to the last digit; whether there is one digit more before the point then.
fn add_one(digits: &mut [u8]) -> bool {
    for digit in digits.iter_mut().rev() {
        if *digit < 9 {
            *digit += 1;
            return false;
        }
        *digit = 0;
    }
    // 99…9 has become 00…0, and is 100…0.
    if let Some(first) = digits.first_mut() {
        *first = 1;
    }
    true
}

fn digit(digit: Option<&u8>) -> char {
    char::from(b'0' + digit.copied().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(text: &str) -> String {
        Decimal::parse(text).and_then(|number| number.print()).unwrap_or_else(|| format!("none: {text}"))
    }

    #[test]
    fn numbers_are_as_they_were_typed() {
        for (kept, typed) in [
            ("1", "1"),
            ("1.0", "1"),
            ("0", "0"),
            ("-0", "0"),
            ("00.50", "0.5"),
            (".5", "0.5"),
            ("5.", "5"),
            ("28001", "28001"),
            ("612345678", "612345678"),
            ("4.0999999999999996", "4.1"),
            ("0.30000000000000004", "0.3"),
            ("-2.2000000000000002", "-2.2"),
            ("9.9999999999999996", "10"),
            ("999999999999999.9", "1000000000000000"),
            ("1.2345678E7", "12345678"),
            ("3.4600123456E+10", "34600123456"),
            ("1E-3", "0.001"),
            ("1.5E-05", "0.000015"),
            ("1.2345678901234501E+19", "12345678901234500000"),
            ("100", "100"),
            ("1e2", "100"),
        ] {
            assert_eq!(print(kept), typed, "{kept}");
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in [
            "",
            "-",
            ".",
            "e5",
            "1e",
            "1e+",
            "1.2.3",
            "1,5",
            " 1",
            "0x1",
            "NaN",
            "INF",
            "1e99999999999",
            "--1",
        ] {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
        assert_eq!(Decimal::parse("1E+308").and_then(|number| number.print()), None);
        assert_eq!(Decimal::parse("1E-308").and_then(|number| number.print()), None);
        assert_eq!(Decimal::parse("1E2147483647").and_then(|number| number.print()), None);
    }

    #[test]
    fn long_numbers_are_told() {
        let is_cut = |text| Decimal::parse(text).is_some_and(|number| number.is_cut());
        assert!(is_cut("4000123412341230") && is_cut("1.2E+17"));
        assert!(!is_cut("34600123456") && !is_cut("999999999999999") && !is_cut("0.1234567890123456"));
    }
}
