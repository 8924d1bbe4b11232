//! Dates as the service writes them, from milliseconds since the Unix epoch.

/// Milliseconds in a day.
pub const DAY: i64 = 86_400_000;
/// How the service writes "no end".
pub const NO_END: &str = "9999-12-14T00:00:00Z";

/// Year, month (1 to 12) and day (1 to 31) of a day counted from 1970-01-01, by the Gregorian calendar.
///
/// Counts in eras of 400 years that begin on a 1 March, which puts the leap day at the end of a year.
pub fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// Days from 1970-01-01 to a date. The date must exist.
pub fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let shifted_month = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * shifted_month + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// `2026-02-03T09:10:11Z`
pub fn seconds(ms: i64) -> String {
    let (year, month, day) = civil(ms.div_euclid(DAY));
    let second = ms.rem_euclid(DAY) / 1000;
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", second / 3600, second / 60 % 60, second % 60)
}

/// `2026-02-03T09:10:11`: the zone is left out, and still it is UTC.
pub fn zoneless(ms: i64) -> String {
    seconds(ms).trim_end_matches('Z').to_owned()
}

/// `2026-02-03T09:10:11.71Z`: a fraction without its trailing zeros, none at all for a whole second.
pub fn fraction(ms: i64) -> String {
    let whole = seconds(ms);
    let fraction = format!("{:03}", ms.rem_euclid(1000));
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() { whole } else { format!("{}.{fraction}Z", whole.trim_end_matches('Z')) }
}

/// `2026-02-03T09:10:11.7100000+00:00`
pub fn seven_digits(ms: i64) -> String {
    format!("{}.{:03}0000+00:00", seconds(ms).trim_end_matches('Z'), ms.rem_euclid(1000))
}

/// `2026-02-03T02:10:11-07:00`: the same moment in the time of the service's home.
pub fn pacific(ms: i64) -> String {
    format!("{}-07:00", seconds(ms - 7 * 3_600_000).trim_end_matches('Z'))
}

/// `Tue, 03 Feb 2026 09:10:11 GMT`, the form of HTTP headers.
pub fn http(ms: i64) -> String {
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let days = ms.div_euclid(DAY);
    let (year, month, day) = civil(days);
    let name = |names: &[&'static str], index: i64| {
        usize::try_from(index).ok().and_then(|i| names.get(i).copied()).unwrap_or_default()
    };
    let second = ms.rem_euclid(DAY) / 1000;
    format!(
        "{}, {day:02} {} {year:04} {:02}:{:02}:{:02} GMT",
        name(&DAYS, days.rem_euclid(7)),
        name(&MONTHS, month - 1),
        second / 3600,
        second / 60 % 60,
        second % 60
    )
}

/// The start of the day, in milliseconds since the Unix epoch, of a text that begins with `yyyy-mm-dd`.
/// `None` for any other text and for dates that do not exist.
pub fn parse_day(text: &str) -> Option<i64> {
    let date = text.get(..10)?;
    let rest = text.get(10..)?;
    if !(rest.is_empty() || rest.starts_with('T') || rest.starts_with(' ')) {
        return None;
    }
    let mut parts = date.split('-');
    let mut number = |width: usize| {
        let part = parts.next()?;
        (part.len() == width && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<i64>().ok())?
    };
    let (year, month, day) = (number(4)?, number(2)?, number(2)?);
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let days = days_from_civil(year, month, day);
    (civil(days) == (year, month, day)).then_some(days * DAY)
}

/// The moment, in milliseconds since the Unix epoch, of `yyyy-mm-dd`, alone or with a time of day behind a `T`
/// or a space: `hh:mm`, seconds and a fraction if wanted, `Z` or an offset if wanted. Without one it is UTC.
pub fn parse(text: &str) -> Option<i64> {
    let text = text.trim();
    let day = parse_day(text)?;
    let Some(time) = text.get(11..) else { return (text.len() == 10).then_some(day) };
    let (time, offset) = match time.strip_suffix(['Z', 'z']) {
        Some(time) => (time, 0),
        None => match time.find(['+', '-']) {
            Some(at) => {
                let sign = if time[at..].starts_with('-') { -1 } else { 1 };
                (&time[..at], sign * clock(&time[at + 1..])?)
            }
            None => (time, 0),
        },
    };
    Some(day + clock(time)? - offset)
}

/// Milliseconds of `hh:mm`, `hh:mm:ss` or `hh:mm:ss.fff…`.
fn clock(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let mut parts = whole.split(':');
    let mut number = |end: i64| {
        let part = parts.next()?;
        let digits = part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| part.parse::<i64>().ok())?.filter(|number| *number < end)
    };
    let minutes = number(24)? * 60 + number(60)?;
    let seconds = if whole.len() > 5 { number(60)? } else { 0 };
    let digits = fraction.bytes().all(|b| b.is_ascii_digit());
    let thousandths = format!("{fraction:0<3}").get(..3)?.parse::<i64>().ok()?;
    (digits && parts.next().is_none()).then_some((minutes * 60 + seconds) * 1000 + thousandths)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOMENT: i64 = 1_770_109_811_710;

    #[test]
    fn every_form_tells_the_same_moment() {
        assert_eq!(seconds(MOMENT), "2026-02-03T09:10:11Z");
        assert_eq!(fraction(MOMENT), "2026-02-03T09:10:11.71Z");
        assert_eq!(fraction(MOMENT - 710), "2026-02-03T09:10:11Z");
        assert_eq!(seven_digits(MOMENT), "2026-02-03T09:10:11.7100000+00:00");
        assert_eq!(pacific(MOMENT), "2026-02-03T02:10:11-07:00");
        assert_eq!(http(MOMENT), "Tue, 03 Feb 2026 09:10:11 GMT");
    }

    #[test]
    fn days_count_up_one_by_one() {
        let mut expected = (1899, 12, 31);
        for day in days_from_civil(1900, 1, 1)..days_from_civil(2101, 1, 1) {
            let length = match expected.1 {
                4 | 6 | 9 | 11 => 30,
                2 if expected.0 % 4 == 0 && (expected.0 % 100 != 0 || expected.0 % 400 == 0) => 29,
                2 => 28,
                _ => 31,
            };
            expected = match expected {
                (y, 12, 31) => (y + 1, 1, 1),
                (y, m, d) if d == length => (y, m + 1, 1),
                (y, m, d) => (y, m, d + 1),
            };
            assert_eq!(civil(day), expected);
            assert_eq!(days_from_civil(expected.0, expected.1, expected.2), day);
        }
    }

    #[test]
    fn moments_are_read_in_every_form_that_they_are_written_in() {
        for text in [fraction(MOMENT), seven_digits(MOMENT), "2026-02-03T02:10:11.71-07:00".to_owned()] {
            assert_eq!(parse(&text), Some(MOMENT), "{text}");
        }
        assert_eq!(parse(&zoneless(MOMENT)), Some(MOMENT - 710));
        assert_eq!(parse("2026-02-03T09:10"), Some(MOMENT - 11_710));
        assert_eq!(parse("2026-02-03"), Some(MOMENT - MOMENT % DAY));
        for text in [
            "",
            "2026-02-03T",
            "2026-02-03T9:10",
            "2026-02-03T24:00",
            "2026-02-03T09:10:11.x",
            "2026-02-03T09:10:11+",
            "2026-02-03T09:10:11:12",
            "2026-02-30T09:10:11Z",
            "tomorrow",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn only_days_that_exist_are_read() {
        assert_eq!(parse_day("2026-02-03"), Some(MOMENT - MOMENT % DAY));
        assert_eq!(parse_day("2026-02-03T09:10:11Z"), Some(MOMENT - MOMENT % DAY));
        for text in ["", "2026-02-30", "2026-13-01", "03/02/2026", "2026-2-3", "2026-02-0३", "2026-02-03x"]
        {
            assert_eq!(parse_day(text), None, "{text}");
        }
    }
}
