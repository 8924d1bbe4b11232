//! Days and times of a spreadsheet: days since the end of 1899 (or since 1904), the time as a fraction of a day.

use crate::number::Decimal;

/// The parts of a date that a format shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    /// `2026-11-27`
    Date,
    /// `2026-11-27 14:30`, with seconds where there are some.
    DateTime,
    /// `14:30`
    Time,
    /// `26:30`: hours beyond a day.
    Elapsed,
}

const DAY: u64 = 86_400;
/// The last day that a spreadsheet knows: 9999-12-31.
const LAST: u64 = 2_958_465;

/// A date and time as text; `None` for what no spreadsheet shows as one.
pub(crate) fn print(number: &Decimal, shown: Shown, is_1904: bool) -> Option<String> {
    if number.is_negative() {
        return None;
    }
    let whole = number.whole()?;
    let mut days: u64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let mut seconds = if shown == Shown::Date { 0 } else { seconds(&number.fraction()?) };
    if seconds == DAY {
        (days, seconds) = (days + 1, 0);
    }
    if days > LAST {
        return None;
    }
    match shown {
        Shown::Date => date(days, is_1904),
        Shown::DateTime => Some(date(days, is_1904)? + " " + &time(seconds)),
        Shown::Time => Some(time(seconds)),
        Shown::Elapsed => Some(time(days * DAY + seconds)),
    }
}

/// A fraction of a day in seconds, rounded: up to a whole day.
fn seconds(fraction: &str) -> u64 {
    // Twelve digits are a tenth of a microsecond.
    let digits = fraction.get(..12).unwrap_or(fraction);
    let number: u64 = digits.parse().unwrap_or(0);
    let whole = 10_u64.pow(u32::try_from(digits.len()).unwrap_or(0));
    (number * DAY + whole / 2) / whole
}

fn time(seconds: u64) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let mut text = two(hours) + ":" + &two(minutes);
    if seconds > 0 {
        text.push(':');
        text.push_str(&two(seconds));
    }
    text
}

fn two(number: u64) -> String {
    let text = number.to_string();
    if text.len() < 2 { "0".to_owned() + &text } else { text }
}

fn date(days: u64, is_1904: bool) -> Option<String> {
    /// Days from 0000-03-01 to 1899-12-31 and to 1904-01-01.
    const BEFORE_1900: u64 = 693_900;
    const BEFORE_1904: u64 = 695_361;
    /// The day that never was: the first spreadsheet took 1900 for a leap year, and all others followed.
    const NEVER: u64 = 60;
    let since = match days {
        _ if is_1904 => BEFORE_1904 + days,
        0 => return None,
        NEVER => return Some("1900-02-29".to_owned()),
        1..NEVER => BEFORE_1900 + days,
        _ => BEFORE_1900 + days - 1,
    };
    // Years that begin in March have their leap day at their end, and months of 30.6 days.
    let (era, day) = (since / 146_097, since % 146_097);
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day_of_month = day - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    let year = (era * 400 + year + next).to_string();
    Some(year + "-" + &two(month) + "-" + &two(day_of_month))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str, shown: Shown) -> Option<String> {
        print(&Decimal::parse(text).unwrap(), shown, false)
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        for (serial, day) in [
            ("1", "1900-01-01"),
            ("59", "1900-02-28"),
            ("60", "1900-02-29"),
            ("61", "1900-03-01"),
            ("36526", "2000-01-01"),
            ("36585", "2000-02-29"),
            ("45351", "2024-02-29"),
            ("46353", "2026-11-27"),
            ("46353.75", "2026-11-27"),
            ("73050", "2099-12-31"),
            ("73110", "2100-03-01"),
            ("2958465", "9999-12-31"),
        ] {
            assert_eq!(show(serial, Shown::Date).as_deref(), Some(day), "{serial}");
        }
        let in_1904 = |text: &str| print(&Decimal::parse(text).unwrap(), Shown::Date, true);
        assert_eq!(in_1904("0").as_deref(), Some("1904-01-01"));
        assert_eq!(in_1904("44891").as_deref(), Some("2026-11-27"));
    }

    #[test]
    fn times_are_rounded_to_seconds() {
        assert_eq!(show("46353.604166666664", Shown::DateTime).as_deref(), Some("2026-11-27 14:30"));
        assert_eq!(show("46353.604178240741", Shown::DateTime).as_deref(), Some("2026-11-27 14:30:01"));
        assert_eq!(show("46353", Shown::DateTime).as_deref(), Some("2026-11-27 00:00"));
        assert_eq!(show("46352.9999999", Shown::DateTime).as_deref(), Some("2026-11-27 00:00"));
        assert_eq!(show("0.3125", Shown::Time).as_deref(), Some("07:30"));
        assert_eq!(show("2.0E-05", Shown::Time).as_deref(), Some("00:00:02"));
        assert_eq!(show("1.1041666666666667", Shown::Elapsed).as_deref(), Some("26:30"));
    }

    #[test]
    fn what_no_spreadsheet_shows_is_none() {
        for text in ["-1", "0", "2958466", "1E+20", "1E+200"] {
            assert_eq!(show(text, Shown::Date), None, "{text}");
        }
    }
}
