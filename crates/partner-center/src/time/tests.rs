use super::*;
use proptest::prelude::*;

fn millis(text: &str) -> Option<i64> {
    Timestamp::parse(text).map(Timestamp::millis)
}

#[test]
fn every_form_that_was_seen_is_read() {
    // Reference values: `date -u -d TEXT +%s`.
    let table = [
        ("2018-04-04T17:08:20.71Z", 1_522_861_700_710),
        ("2018-04-04T17:08:20.7112345+00:00", 1_522_861_700_711),
        ("2018-04-04T10:08:20-07:00", 1_522_861_700_000),
        ("2018-04-04T22:38:20+05:30", 1_522_861_700_000),
        ("2018-04-04T22:38:20+0530", 1_522_861_700_000),
        ("2018-04-04T17:08:20", 1_522_861_700_000),
        ("2018-04-04 17:08:20Z", 1_522_861_700_000),
        ("2018-04-04t17:08:20z", 1_522_861_700_000),
        ("2018-04-04T17:08Z", 1_522_861_680_000),
        (" 2018-04-04 ", 1_522_800_000_000),
        ("9999-12-14T00:00:00Z", 253_400_745_600_000),
        ("9999-12-31T23:59:59.9999999Z", 253_402_300_799_999),
        ("1970-01-01T00:00:00Z", 0),
        ("1969-12-31T23:59:59.999Z", -1),
        ("0001-01-01T00:00:00Z", -62_135_596_800_000),
        ("2000-02-29T00:00:00Z", 951_782_400_000),
        ("2016-12-31T23:59:60Z", 1_483_228_799_000),
        ("2026-02-03T09:10:11.5Z", 1_770_109_811_500),
    ];
    for (text, expected) in table {
        assert_eq!(millis(text), Some(expected), "{text}");
    }
}

#[test]
fn anything_else_is_no_date() {
    for text in [
        "",
        "today",
        "2026",
        "2026-2-3",
        "2026-13-01",
        "2026-00-01",
        "2026-01-00",
        "2026-02-29",
        "1900-02-29",
        "2026-04-31",
        "2026-02-03T",
        "2026-02-03T9:10",
        "2026-02-03T24:00:00Z",
        "2026-02-03T09:60:00Z",
        "2026-02-03T09:10:61Z",
        "2026-02-03T09:10:11.Z",
        "2026-02-03T09:10:11Zulu",
        "2026-02-03T09:10:11+25:00",
        "2026-02-03T09:10:11+1",
        "+026-02-03",
        "٢٠٢٦-02-03",
        "/Date(1522861700710)/",
    ] {
        assert_eq!(millis(text), None, "{text}");
    }
}

#[test]
fn the_form_of_http_is_read_and_no_other() {
    let http = |text| Timestamp::parse_http(text).map(Timestamp::millis);
    assert_eq!(http("Sun, 06 Nov 1994 08:49:37 GMT"), Some(784_111_777_000));
    assert_eq!(http("sun, 06 nov 1994 08:49:37 GMT"), Some(784_111_777_000));
    for text in [
        "",
        "57",
        "Sun, 06 Nov 1994 08:49:37",
        "Sun, 06 Nov 1994 08:49:37 CET",
        "Sun, 06 Nov 1994 08:49:37 GMT+1",
        "Sun, 06 Now 1994 08:49:37 GMT",
        "Sun, 31 Feb 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
    ] {
        assert_eq!(http(text), None, "{text}");
    }
}

#[test]
fn a_date_without_end_is_known_as_such() {
    assert!(Timestamp::parse("9999-12-14T00:00:00Z").unwrap().is_no_end());
    assert!(!Timestamp::parse("9998-12-31T23:59:59Z").unwrap().is_no_end());
    assert!(!Timestamp::default().is_no_end());
}

#[test]
fn printing() {
    assert_eq!(Timestamp::from_millis(1_770_109_811_250).to_string(), "2026-02-03T09:10:11.250Z");
    assert_eq!(Timestamp::from_millis(-1).to_string(), "1969-12-31T23:59:59.999Z");
    assert_eq!(Timestamp::from_millis(-1).date(), "1969-12-31");
    // The ends of the type print something, and do not overflow.
    let _ = Timestamp::from_millis(i64::MAX).to_string();
    let _ = Timestamp::from_millis(i64::MIN).to_string();
}

#[test]
fn a_clock_that_was_set_back_gives_no_time() {
    let (early, late) = (Timestamp::from_millis(1000), Timestamp::from_millis(3500));
    assert_eq!(late.since(early), Duration::from_millis(2500));
    assert_eq!(early.since(late), Duration::ZERO);
    assert_eq!(Timestamp::from_millis(i64::MIN).since(late), Duration::ZERO);
}

/// Counts days one year and one month at a time, as a person would.
fn naive_days(year: i64, month: i64, day: i64) -> i64 {
    let years: i64 =
        (1970..year).map(|year| (1..=12).map(|month| days_in_month(year, month)).sum::<i64>()).sum();
    years + (1..month).map(|month| days_in_month(year, month)).sum::<i64>() + day - 1
}

proptest! {
    #![proptest_config(crate::seeded())]

    #[test]
    fn the_calendar_agrees_with_counting(year in 1970i64..2500, month in 1i64..=12, day in 1i64..=31) {
        let expected = (day <= days_in_month(year, month)).then(|| naive_days(year, month, day));
        prop_assert_eq!(days_from_civil(year, month, day), expected);
        if let Some(days) = expected {
            prop_assert_eq!(civil_from_days(days), (year, month, day));
        }
    }

    #[test]
    fn what_is_printed_reads_the_same(millis in -62_135_596_800_000i64..253_402_300_800_000) {
        let timestamp = Timestamp::from_millis(millis);
        prop_assert_eq!(Timestamp::parse(&timestamp.to_string()), Some(timestamp));
    }

    #[test]
    fn an_offset_moves_the_time(minutes in -1439i64..=1439) {
        let sign = if minutes < 0 { '-' } else { '+' };
        let (hours, rest) = (minutes.abs() / 60, minutes.abs() % 60);
        let text = format!("2026-02-03T09:10:11{sign}{hours:02}:{rest:02}");
        prop_assert_eq!(millis(&text), Some(1_770_109_811_000 - minutes * 60_000));
    }

    #[test]
    fn no_text_panics(text: String) {
        let _ = (Timestamp::parse(&text), Timestamp::parse_http(&text));
    }

    #[test]
    fn nothing_like_a_date_panics(text in r"[0-9]{0,5}-[0-9]{1,2}-[0-9]{1,2}[T ][0-9:.+\-Z]{0,24}") {
        let _ = Timestamp::parse(&text);
    }
}
