use super::*;
use proptest::prelude::*;

const METHODS: [Method; 6] =
    [Method::Get, Method::Head, Method::Post, Method::Put, Method::Patch, Method::Delete];

fn answered(status: u16) -> Outcome {
    Outcome::Answered { status, hint: None, retryable: None }
}

fn with_hint(status: u16, seconds: u64) -> Outcome {
    Outcome::Answered { status, hint: Some(Duration::from_secs(seconds)), retryable: None }
}

#[test]
fn reads_and_writes_are_repeated_by_their_own_rules() {
    let table = [
        // outcome, reads repeated, writes repeated
        (Outcome::Failed(TransportError::NotSent), true, true),
        (Outcome::Failed(TransportError::Lost), true, false),
        (Outcome::Failed(TransportError::Timeout), true, false),
        (Outcome::Failed(TransportError::Aborted), false, false),
        (answered(429), true, true),
        (answered(408), true, false),
        (answered(500), true, false),
        (answered(502), true, false),
        (answered(503), true, false),
        (answered(504), true, false),
        (answered(200), false, false),
        (answered(204), false, false),
        (answered(302), false, false),
        (answered(400), false, false),
        (answered(401), false, false),
        (answered(403), false, false),
        (answered(404), false, false),
        (answered(409), false, false),
        (answered(412), false, false),
        (answered(417), false, false),
    ];
    for (outcome, read, write) in table {
        for method in METHODS {
            let expected = if method.is_read() { read } else { write };
            assert_eq!(repeats_after(method, 0, outcome, 7).is_some(), expected, "{method:?} {outcome:?}");
            assert_eq!(repeats_after(method, MAX_REPEATS, outcome, 7), None, "{method:?} {outcome:?}");
        }
    }
}

#[test]
fn the_services_word_against_repeating_holds() {
    for status in [429, 503] {
        let outcome =
            Outcome::Answered { status, hint: Some(Duration::from_secs(1)), retryable: Some(false) };
        assert_eq!(repeats_after(Method::Get, 0, outcome, 0), None);
        let outcome = Outcome::Answered { status, hint: Some(Duration::from_secs(1)), retryable: Some(true) };
        assert_eq!(repeats_after(Method::Get, 0, outcome, 0), Some(Duration::from_secs(1)));
    }
    let no_promise = Outcome::Answered { status: 400, hint: None, retryable: Some(true) };
    assert_eq!(repeats_after(Method::Get, 0, no_promise, 0), None);
}

#[test]
fn a_named_time_is_waited_exactly_and_up_to_two_minutes() {
    for method in METHODS {
        let seconds = Duration::from_secs;
        assert_eq!(repeats_after(method, 0, with_hint(429, 57), u64::MAX), Some(seconds(57)));
        assert_eq!(repeats_after(method, 3, with_hint(429, 120), u64::MAX), Some(seconds(120)));
        assert_eq!(repeats_after(method, 0, with_hint(429, 121), u64::MAX), None);
    }
    assert_eq!(repeats_after(Method::Get, 0, with_hint(503, 9), 0), Some(Duration::from_secs(9)));
}

#[test]
fn a_page_that_is_not_ready_is_asked_for_again() {
    assert_eq!(repeats_after(Method::Get, 0, with_hint(204, 3), 0), Some(Duration::from_secs(3)));
    assert_eq!(repeats_after(Method::Delete, 0, with_hint(204, 3), 0), None);
}

#[test]
fn delays_double_up_to_their_limit() {
    let limits = [500, 1000, 2000, 4000, 8000, 16_000, 20_000, 20_000];
    for (repeats, limit) in (0..).zip(limits) {
        assert_eq!(delay_limit(repeats), Duration::from_millis(limit));
    }
    assert_eq!(delay_limit(u32::MAX), MAX_DELAY);
    // The jitter is full: from nothing to the limit, both reached.
    assert_eq!(jittered(BASE_DELAY, 0), Duration::ZERO);
    assert_eq!(jittered(BASE_DELAY, 500), BASE_DELAY);
    assert_eq!(jittered(BASE_DELAY, 501), Duration::ZERO);
}

fn hint(status: u16, headers: &[(&str, &str)], body: &str) -> Option<u64> {
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let response = Response { status, reason: String::new(), headers, body: body.as_bytes().to_vec() };
    let now = Timestamp::parse("2026-11-22T10:00:00Z").unwrap();
    wait_hint(&response, now).map(|wait| wait.as_secs())
}

/// Status, headers, body, the wait in seconds.
type Row<'a> = (u16, &'a [(&'a str, &'a str)], &'a str, Option<u64>);

#[test]
fn the_wait_is_read_from_seconds_date_or_text() {
    let text = r#"{ "statusCode": 429, "message": "Rate limit is exceeded. Try again in 57 seconds." }"#;
    let date = ("retry-after", "Sun, 22 Nov 2026 10:01:30 GMT");
    let table: &[Row] = &[
        (429, &[("retry-after", "57")], "", Some(57)),
        (429, &[("retry-after", " 7 ")], text, Some(7)),
        (429, &[], text, Some(57)),
        (429, &[], &format!("\u{feff}{text}"), Some(57)),
        (429, &[], "Slow down; retry in 20 SECONDS.", Some(20)),
        (429, &[], "1 second", Some(1)),
        (429, &[("retry-after", "0")], "", None),
        (429, &[("retry-after", "0")], text, Some(57)),
        (429, &[("retry-after", "soon")], text, Some(57)),
        (429, &[("retry-after", "")], "", None),
        (429, &[("retry-after", "-5")], "", None),
        (429, &[("retry-after", "1.5")], "", None),
        (429, &[("retry-after", "99999999999999999999999")], "", Some(86_400)),
        (429, &[], "Try again in 0 seconds", None),
        (429, &[], "Try again in some seconds", None),
        (429, &[], "seconds", None),
        (429, &[], "57", None),
        (429, &[], "", None),
        (503, &[], "Back in 5 seconds", Some(5)),
        // Only answers that put off may name a time in their text.
        (400, &[], "The password expires in 30 seconds", None),
        (200, &[], "57 seconds", None),
        (204, &[date], "", Some(90)),
        (429, &[date], "", Some(90)),
        (429, &[("retry-after", "Sun, 22 Nov 2026 09:00:00 GMT")], "", None),
        // The service's clock is ten seconds ahead of ours.
        (429, &[date, ("date", "Sun, 22 Nov 2026 10:00:10 GMT")], "", Some(80)),
        (429, &[date, ("date", "today")], "", Some(90)),
    ];
    for (status, headers, body, expected) in table {
        assert_eq!(hint(*status, headers, body), *expected, "{status} {headers:?} {body}");
    }
}

proptest! {
    #![proptest_config(crate::seeded())]

    #[test]
    fn delays_stay_within_their_limits(repeats in 0..MAX_REPEATS, random: u64) {
        let delay = repeats_after(Method::Get, repeats, answered(500), random).unwrap();
        prop_assert!(delay <= delay_limit(repeats) && delay <= MAX_DELAY);
    }

    #[test]
    fn any_number_of_seconds_is_read(seconds in 1u64..=86_400) {
        prop_assert_eq!(hint(429, &[("retry-after", &seconds.to_string())], ""), Some(seconds));
        prop_assert_eq!(hint(429, &[], &format!("wait {seconds} seconds, please")), Some(seconds));
    }

    #[test]
    fn no_header_and_no_body_panics(status: u16, header: String, body: Vec<u8>) {
        let headers = vec![("retry-after".to_owned(), header)];
        let response = Response { status, reason: String::new(), headers, body };
        let wait = wait_hint(&response, Timestamp::default());
        prop_assert!(wait.is_none_or(|wait| !wait.is_zero()));
    }
}
