//! Headers, ids, repetition, observation.

use crate::support::*;
use partner_center::{Error, ErrorKind, MAX_DELAY, Method, Request, Timestamp, TransportError, is_guid};
use std::{cell::Cell, rc::Rc, time::Duration};

const WRITES: [Method; 4] = [Method::Post, Method::Put, Method::Patch, Method::Delete];

fn call(method: Method) -> Request {
    Request::new(method, "customers/{id}", format!("/customers/{CUSTOMER}"))
}

fn kind(result: Result<(), Error>) -> ErrorKind {
    result.unwrap_err().kind
}

fn ids(world: &World, name: &str) -> Vec<String> {
    world.sent().iter().map(|request| header(request, name).unwrap().to_owned()).collect()
}

fn all_differ(values: &[String]) -> bool {
    values.iter().enumerate().all(|(at, value)| !values[..at].contains(value))
}

#[test]
fn the_headers_of_the_contract_are_sent() {
    let world = World::new([ok("{}"), ok("{}")]);
    world.send(call(Method::Get)).unwrap();
    world.client.set_locale(Some("es-ES".to_owned()));
    world.client.clone().set_locale(Some("de-DE".to_owned()));
    world.send(Request { body: Some("{}".to_owned()), ..call(Method::Post) }).unwrap();

    let [read, write] = world.sent().try_into().unwrap();
    assert_eq!(header(&read, "Accept"), Some("application/json"));
    assert_eq!(header(&read, "Content-Type"), None);
    assert_eq!(header(&read, "X-Locale"), None);
    assert_eq!(header(&write, "Content-Type"), Some("application/json"));
    assert_eq!(header(&write, "X-Locale"), Some("de-DE"), "clones are one client");
    for name in ["MS-RequestId", "MS-CorrelationId"] {
        let values = ids(&world, name);
        assert!(all_differ(&values));
        for value in values {
            assert!(is_guid(&value) && value.as_bytes()[14] == b'4', "{value}");
            assert!(b"89ab".contains(&value.as_bytes()[19]), "{value}");
        }
    }
}

#[test]
fn a_read_that_fails_on_the_way_is_repeated_four_times_with_one_request_id() {
    for failure in [TransportError::Lost, TransportError::Timeout] {
        let world = World::new(vec![Err(failure); 5]);
        assert_eq!(kind(world.send(call(Method::Get))), ErrorKind::Unavailable);
        assert_eq!((world.sent().len(), world.left()), (5, 0));
        let request_ids = ids(&world, "MS-RequestId");
        assert!(request_ids.iter().all(|id| *id == request_ids[0]));
        assert!(all_differ(&ids(&world, "MS-CorrelationId")));
        for (sleep, limit) in world.sleeps().iter().zip([500, 1000, 2000, 4000]) {
            assert!(*sleep <= Duration::from_millis(limit), "{sleep:?}");
        }
    }
}

#[test]
fn after_an_answer_the_request_id_is_new() {
    let world =
        World::new([Err(TransportError::Lost), status(503, ""), Err(TransportError::Timeout), ok("{}")]);
    world.send(call(Method::Get)).unwrap();
    let [first, second, third, fourth] = ids(&world, "MS-RequestId").try_into().unwrap();
    assert_eq!(first, second);
    assert_ne!(second, third);
    assert_eq!(third, fourth);
}

#[test]
fn a_write_is_never_repeated_once_it_may_have_happened() {
    for method in WRITES {
        for reply in [
            Err(TransportError::Lost),
            Err(TransportError::Timeout),
            Err(TransportError::Aborted),
            status(500, ""),
            status(502, "<html>"),
            status(503, r#"{"code":1,"isRetryable":true}"#),
            with_header(status(503, ""), "retry-after", "1"),
            status(504, ""),
            status(408, ""),
        ] {
            let world = World::new([reply.clone()]);
            assert_eq!(kind(world.send(call(method))), ErrorKind::OutcomeUnknown, "{method:?} {reply:?}");
            assert!(world.sleeps().is_empty());
        }
    }
}

#[test]
fn a_write_that_never_left_is_repeated_with_its_request_id() {
    for method in WRITES {
        let world =
            World::new([Err(TransportError::NotSent), Err(TransportError::NotSent), status(201, "{}")]);
        world.send(call(method)).unwrap();
        let request_ids = ids(&world, "MS-RequestId");
        assert!(request_ids.iter().all(|id| *id == request_ids[0]));

        let world = World::new(vec![Err(TransportError::NotSent); 5]);
        assert_eq!(kind(world.send(call(method))), ErrorKind::Offline);
        assert_eq!(world.left(), 0);
    }
}

#[test]
fn a_write_that_first_did_not_leave_and_then_was_lost_has_an_unknown_outcome() {
    let world = World::new([Err(TransportError::NotSent), Err(TransportError::Lost)]);
    assert_eq!(kind(world.send(call(Method::Post))), ErrorKind::OutcomeUnknown);
}

#[test]
fn a_throttled_call_waits_as_long_as_it_is_told() {
    let text = r#"{ "statusCode": 429, "message": "Rate limit is exceeded. Try again in 57 seconds." }"#;
    // The date lies 30 seconds after the answer, which came 40 ms after the start.
    let date = "Sun, 22 Nov 2026 10:00:30 GMT";
    for method in [Method::Get, Method::Post, Method::Delete] {
        for (throttled, wait) in [
            (with_header(status(429, ""), "retry-after", "3"), Duration::from_secs(3)),
            (with_header(status(429, ""), "retry-after", date), Duration::from_millis(29_960)),
            (status(429, text), Duration::from_secs(57)),
        ] {
            let world = World::new([throttled, ok("{}")]);
            world.send(call(method)).unwrap();
            assert_eq!(world.sleeps(), [wait]);
            assert!(all_differ(&ids(&world, "MS-RequestId")));
        }
    }
}

#[test]
fn throttled_without_a_time_backs_off() {
    let zero = || with_header(status(429, ""), "retry-after", "0");
    let world = World::new([status(429, ""), zero(), ok("{}")]);
    world.send(call(Method::Patch)).unwrap();
    let [first, second] = world.sleeps().try_into().unwrap();
    assert!(first <= Duration::from_millis(500) && second <= Duration::from_secs(1));
}

#[test]
fn the_caller_decides_about_long_and_endless_waits() {
    let world = World::new([with_header(status(429, ""), "retry-after", "121")]);
    assert_eq!(kind(world.send(call(Method::Get))), ErrorKind::Wait(Duration::from_secs(121)));
    assert!(world.sleeps().is_empty());

    let world = World::new(vec![with_header(status(429, ""), "retry-after", "9"); 5]);
    assert_eq!(kind(world.send(call(Method::Put))), ErrorKind::Wait(Duration::from_secs(9)));
    assert_eq!(world.sleeps(), [Duration::from_secs(9); 4]);

    let world = World::new(vec![status(429, ""); 5]);
    assert_eq!(kind(world.send(call(Method::Get))), ErrorKind::Wait(MAX_DELAY));

    let world = World::new([with_header(status(503, ""), "retry-after", "600")]);
    assert_eq!(kind(world.send(call(Method::Get))), ErrorKind::Wait(Duration::from_secs(600)));
}

#[test]
fn the_services_word_against_repeating_is_honoured() {
    let world = World::new([status(500, r#"{"code":"77","description":"No use.","isRetryable":false}"#)]);
    let error = world.send(call(Method::Get)).unwrap_err();
    assert_eq!((error.kind, error.details.code), (ErrorKind::Unavailable, Some(77)));
}

#[test]
fn a_read_that_was_given_up_is_cancelled() {
    let world = World::new([Err(TransportError::Aborted)]);
    assert_eq!(kind(world.send(call(Method::Get))), ErrorKind::Cancelled);
}

#[test]
fn an_error_carries_what_a_person_needs_to_ask_for_help() {
    let world = World::new([status(500, ""), status(403, r#"{"code":1002,"description":"Not you."}"#)]);
    let error = world.send(call(Method::Get)).unwrap_err();
    let details = &error.details;
    assert_eq!((details.status, details.code, details.message.as_str()), (Some(403), Some(1002), "Not you."));
    assert_eq!((details.method, details.route, details.note), (Method::Get, "customers/{id}", ""));
    assert_eq!(details.request_id, ids(&world, "MS-RequestId")[1]);
    assert_eq!(details.correlation_id, ids(&world, "MS-CorrelationId")[1]);
    let waited = world.sleeps()[0] + 2 * LATENCY;
    assert_eq!(details.at.since(Timestamp::parse(START).unwrap()), waited);
    assert_eq!(error.to_string(), "GET customers/{id}: NotAllowed, status 403, code 1002");
}

#[test]
fn observers_are_told_of_every_call_without_ids_of_customers() {
    let world = World::new([Err(TransportError::Lost), status(429, "Try again in 7 seconds"), ok("{}")]);
    let late = Rc::new(Cell::new(0));
    let counter = late.clone();
    world.client.clone().observe(Rc::new(move |_| counter.set(counter.get() + 1)));
    world.send(call(Method::Get)).unwrap();

    let records = world.records();
    assert_eq!(late.get(), 3, "every observer is told, of clones too");
    assert_eq!(records.iter().map(|record| record.attempt).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(records.iter().map(|record| record.status).collect::<Vec<_>>(), [None, Some(429), Some(200)]);
    assert_eq!(records[0].repeats_after, Some(world.sleeps()[0]));
    assert_eq!(records[1].repeats_after, Some(Duration::from_secs(7)));
    assert_eq!(records[2].repeats_after, None);
    assert_eq!(records[0].started, Timestamp::parse(START).unwrap());
    for (record, request) in records.iter().zip(world.sent()) {
        assert_eq!((record.method, record.route, record.duration), (Method::Get, "customers/{id}", LATENCY));
        assert_eq!(Some(record.request_id.as_str()), header(&request, "MS-RequestId"));
        assert_eq!(Some(record.correlation_id.as_str()), header(&request, "MS-CorrelationId"));
    }
    assert!(!format!("{records:?}").contains(CUSTOMER));
}

#[test]
fn nothing_secret_is_printed() {
    let secret = "Tmp-31xZqe";
    let request = Request {
        headers: vec![("Authorization", secret.to_owned())],
        body: Some(secret.to_owned()),
        ..Request::new(Method::Post, "customers", format!("/customers?name={secret}"))
    };
    assert_eq!(format!("{request:?}"), "POST customers");
    let response = with_header(ok(secret), "location", secret).unwrap();
    assert_eq!(format!("{response:?}"), "status 200");
    let world = World::new([Ok(response)]);
    let answer = done(world.client.send(request)).unwrap();
    assert_eq!(format!("{answer:?}"), "POST customers: status 200");
    assert_eq!(format!("{:?}", world.client), "Client");
}
