//! Points in time, read from every form that the service writes and printed in one.
//!
//! The Gregorian calendar in whole numbers: a date library would cost the browser 43 KB.

use crate::json::FromJson;
use json_value::Value;
use std::{fmt, time::Duration};

const MILLIS_PER_DAY: i64 = 86_400_000;

/// A point in time: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// From milliseconds since the Unix epoch.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since the Unix epoch.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Whether this is the service's way of writing 'no end': it puts such dates into the year 9999.
    pub fn is_no_end(self) -> bool {
        civil_from_days(self.0.div_euclid(MILLIS_PER_DAY)).0 >= 9999
    }

    /// The time from `earlier` to this one, zero if it is not earlier (clocks are set back).
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(self.0.saturating_sub(earlier.0).try_into().unwrap_or(0))
    }

    /// The date in UTC: `2026-02-03`.
    pub fn date(self) -> String {
        let (year, month, day) = civil_from_days(self.0.div_euclid(MILLIS_PER_DAY));
        format!("{year:04}-{month:02}-{day:02}")
    }

    /// Reads `yyyy-mm-dd`, alone or followed by `T` (or a blank) and `hh:mm[:ss[.fraction]]` with an optional
    /// `Z`, `+hh:mm`, `-hh:mm` or `+hhmm`. A time without a zone is UTC; digits below the millisecond are
    /// dropped. `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let mut rest = Reader(text.trim().as_bytes());
        let year = rest.number(4)?;
        rest.expect(b'-')?;
        let month = rest.number(2)?;
        rest.expect(b'-')?;
        let day = rest.number(2)?;
        let midnight = days_from_civil(year, month, day)?.checked_mul(MILLIS_PER_DAY)?;
        if rest.0.is_empty() {
            return Some(Self(midnight));
        }
        rest.one_of(b"Tt ")?;
        let hours = rest.number(2)?;
        rest.expect(b':')?;
        let minutes = rest.number(2)?;
        let seconds = if rest.one_of(b":").is_some() { rest.number(2)? } else { 0 };
        let millis = rest.fraction()?;
        let offset = rest.offset()?;
        let in_day = millis_in_day(hours, minutes, seconds)? + millis;
        rest.0.is_empty().then_some(Self(midnight + in_day - offset))
    }

    /// Reads the form that HTTP prescribes for dates in headers: `Sun, 06 Nov 1994 08:49:37 GMT`.
    pub fn parse_http(text: &str) -> Option<Self> {
        const MONTHS: [&str; 12] =
            ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
        let (_, date) = text.split_once(',')?;
        let mut words = date.split_ascii_whitespace();
        let day = Reader(words.next()?.as_bytes()).whole(2)?;
        let month = words.next()?;
        let month = (1..).zip(MONTHS).find(|(_, name)| name.eq_ignore_ascii_case(month))?.0;
        let year = Reader(words.next()?.as_bytes()).whole(4)?;
        let mut time = Reader(words.next()?.as_bytes());
        let hours = time.number(2)?;
        time.expect(b':')?;
        let minutes = time.number(2)?;
        time.expect(b':')?;
        let seconds = time.whole(2)?;
        (words.next() == Some("GMT") && words.next().is_none()).then_some(())?;
        let days = days_from_civil(year, month, day)?;
        Some(Self(days * MILLIS_PER_DAY + millis_in_day(hours, minutes, seconds)?))
    }
}

/// RFC 3339 in UTC with milliseconds: `2026-02-03T09:10:11.250Z`.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let millis = self.0.rem_euclid(MILLIS_PER_DAY);
        let (hours, minutes) = (millis / 3_600_000, millis / 60_000 % 60);
        let (seconds, fraction) = (millis / 1000 % 60, millis % 1000);
        write!(f, "{}T{hours:02}:{minutes:02}:{seconds:02}.{fraction:03}Z", self.date())
    }
}

impl FromJson for Timestamp {
    fn from_json(value: &Value) -> Option<Self> {
        Self::parse(value.as_str()?)
    }
}

/// A leap second counts as the last second of its minute: the service has no use for it.
fn millis_in_day(hours: i64, minutes: i64, seconds: i64) -> Option<i64> {
    let valid = hours < 24 && minutes < 60 && seconds <= 60;
    valid.then(|| ((hours * 60 + minutes) * 60 + seconds.min(59)) * 1000)
}

/// Days from 1970-01-01 to a date, `None` if the calendar does not have it.
///
/// The year is taken to begin in March, so that the leap day is its last and the lengths of the months before
/// it follow one line; 400 years are always 146,097 days.
fn days_from_civil(year: i64, month: i64, day: i64) -> Option<i64> {
    if !(1..=12).contains(&month) || !(1..=days_in_month(year, month)).contains(&day) {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let cycle = year.div_euclid(400);
    let year_of_cycle = year.rem_euclid(400);
    let month_from_march = (month + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    let day_of_cycle = year_of_cycle * 365 + year_of_cycle / 4 - year_of_cycle / 100 + day_of_year;
    Some(cycle * 146_097 + day_of_cycle - 719_468)
}

/// The date that lies this many days after 1970-01-01: year, month, day.
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let cycle = days.div_euclid(146_097);
    let day_of_cycle = days.rem_euclid(146_097);
    // Leap days before this one are taken out, which leaves years of 365 days.
    let year_of_cycle =
        (day_of_cycle - day_of_cycle / 1460 + day_of_cycle / 36_524 - day_of_cycle / 146_096) / 365;
    let day_of_year = day_of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = cycle * 400 + year_of_cycle + i64::from(month <= 2);
    (year, month, day)
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Reads a text from its beginning.
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    /// A number of exactly so many digits.
    fn number(&mut self, digits: usize) -> Option<i64> {
        let (number, rest) = self.0.split_at_checked(digits)?;
        let all_digits = number.iter().all(u8::is_ascii_digit);
        self.0 = rest;
        all_digits.then(|| number.iter().fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0')))
    }

    /// A number of so many digits, and nothing after it.
    fn whole(mut self, digits: usize) -> Option<i64> {
        self.number(digits).filter(|_| self.0.is_empty())
    }

    fn one_of(&mut self, bytes: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        bytes.contains(first).then(|| {
            self.0 = rest;
            *first
        })
    }

    fn expect(&mut self, byte: u8) -> Option<u8> {
        self.one_of(&[byte])
    }

    /// A fraction of a second in milliseconds, zero if there is none. `None` for a point without digits.
    fn fraction(&mut self) -> Option<i64> {
        if self.expect(b'.').is_none() {
            return Some(0);
        }
        let digits = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (fraction, rest) = self.0.split_at_checked(digits)?;
        self.0 = rest;
        let padded = fraction.iter().copied().chain([b'0'; 3]).take(3);
        (digits > 0).then(|| padded.fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0')))
    }

    /// The offset from UTC in milliseconds, zero if none is given.
    fn offset(&mut self) -> Option<i64> {
        if self.0.is_empty() || self.one_of(b"Zz").is_some() {
            return Some(0);
        }
        let sign = if self.one_of(b"+-")? == b'-' { -1 } else { 1 };
        let hours = self.number(2)?;
        self.expect(b':');
        Some(sign * millis_in_day(hours, self.number(2)?, 0)?)
    }
}

#[cfg(test)]
mod tests;
