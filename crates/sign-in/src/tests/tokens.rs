//! Which token goes with a call, and when a person is needed.

use crate::sample::*;
use crate::*;

const HOUR: i64 = 60 * MINUTE;

fn signed_in() -> Tokens {
    let mut tokens = Tokens::new(registration());
    tokens.signed_in(grant("first", Some("refresh"), HOUR), false, 0, NOW);
    tokens
}

fn used(next: Next) -> (String, u32) {
    match next {
        Next::Use { token, number } => (token, number),
        other => panic!("no token, but {other:?}"),
    }
}

#[test]
fn nobody_is_signed_in_at_first_and_nothing_is_left_afterwards() {
    let mut tokens = Tokens::new(registration());
    assert_eq!(tokens.next(NOW), Next::Stop(Why::NotYet));
    let mut tokens_in = signed_in();
    assert_eq!(tokens_in.state(), State::In);
    tokens_in.end(Why::SignedOut);
    assert_eq!(tokens_in.next(NOW), Next::Stop(Why::SignedOut));
    assert_eq!(tokens_in.ends_at(), None);
    // A renewal that comes in late brings nobody back.
    tokens_in.renewed(1, Some(Ok(grant("late", None, HOUR))), 0, NOW);
    assert_eq!(tokens_in.state(), State::Out(Why::SignedOut));
    tokens.renewed(0, Some(Ok(grant("late", None, HOUR))), 0, NOW);
    assert_eq!(tokens.state(), State::Out(Why::NotYet));
}

#[test]
fn a_token_is_renewed_five_minutes_before_its_end_by_the_first_who_asks() {
    let mut tokens = signed_in();
    let (token, number) = used(tokens.next(NOW + 54 * MINUTE));
    assert_eq!((token.as_str(), number), ("first", tokens.number()));
    let at = NOW + 56 * MINUTE;
    let Next::Renew(form) = tokens.next(at) else { panic!("the first renews") };
    assert_eq!(parameter(&form, "grant_type").as_deref(), Some("refresh_token"));
    assert_eq!(parameter(&form, "refresh_token").as_deref(), Some("refresh"));
    for _ in 0..9 {
        assert_eq!(tokens.next(at), Next::Wait);
    }
    tokens.renewed(number, Some(Ok(grant("second", Some("rotated"), HOUR))), 0, at);
    for _ in 0..9 {
        assert_eq!(used(tokens.next(at)).0, "second");
    }
    let Next::Renew(form) = tokens.next(at + 56 * MINUTE) else { panic!("it is time again") };
    assert_eq!(parameter(&form, "refresh_token").as_deref(), Some("rotated"));
}

#[test]
fn ten_refusals_at_once_are_one_renewal() {
    let mut tokens = signed_in();
    let (_, number) = used(tokens.next(NOW));
    for _ in 0..10 {
        assert_eq!(tokens.refused(number), After::Again);
    }
    let renewals = (0..10).filter(|_| matches!(tokens.next(NOW), Next::Renew(_))).count();
    assert_eq!(renewals, 1);
    tokens.renewed(number, Some(Ok(grant("second", None, HOUR))), 0, NOW);
    // One that comes in afterwards is of the old token.
    assert_eq!(tokens.refused(number), After::Again);
    assert_eq!(used(tokens.next(NOW)).0, "second");
}

#[test]
fn what_was_never_accepted_is_not_renewed_for_ever() {
    let mut tokens = signed_in();
    let mut renewals = 0;
    let end = loop {
        match tokens.next(NOW) {
            Next::Use { number, .. } => {
                if let After::Stop(why) = tokens.refused(number) {
                    break why;
                }
            }
            Next::Renew(_) => {
                renewals += 1;
                assert!(renewals < 5, "it never ends");
                tokens.renewed(tokens.number(), Some(Ok(grant("new", None, HOUR))), 0, NOW);
            }
            Next::Wait => panic!("nobody is at it"),
            Next::Stop(why) => break why,
        }
    };
    assert_eq!((renewals, end), (1, Why::Refused));
}

#[test]
fn one_that_was_accepted_may_be_renewed_again() {
    let mut tokens = signed_in();
    for _ in 0..3 {
        let (_, number) = used(tokens.next(NOW));
        tokens.accepted(number);
        assert_eq!(tokens.refused(number), After::Again);
        assert!(matches!(tokens.next(NOW), Next::Renew(_)));
        tokens.renewed(number, Some(Ok(grant("new", None, HOUR))), 0, NOW);
    }
}

#[test]
fn after_a_day_a_person_is_needed() {
    let mut tokens = signed_in();
    assert_eq!(tokens.ends_at(), Some(NOW + RENEWABLE));
    for hour in 1..24 {
        let at = NOW + hour * HOUR;
        assert!(matches!(tokens.next(at), Next::Renew(_)), "hour {hour}");
        tokens.renewed(tokens.number(), Some(Ok(grant("new", Some("new"), HOUR))), 0, at);
    }
    // Rotation gives no new day.
    assert_eq!(tokens.next(NOW + RENEWABLE), Next::Stop(Why::Ended));
    // And where the authority says it first.
    let mut tokens = signed_in();
    assert!(matches!(tokens.next(NOW + HOUR), Next::Renew(_)));
    let said = Grant::read(400, br#"{"error":"invalid_grant","error_description":"AADSTS700084: ..."}"#);
    tokens.renewed(tokens.number(), Some(said.map_err(|failure| failure.fault)), 0, NOW + HOUR);
    assert_eq!(tokens.state(), State::Out(Why::Ended));
}

#[test]
fn a_second_factor_is_asked_for_once_and_then_an_administrator_is() {
    let mut tokens = signed_in();
    let (_, first) = used(tokens.next(NOW));
    assert_eq!(tokens.lacks_factor(first, Some("{}".to_owned())), After::Stop(Why::SecondFactor));
    assert_eq!(tokens.claims(), Some("{}"));
    // Others that were under way change nothing.
    assert_eq!(tokens.lacks_factor(first, None), After::Stop(Why::SecondFactor));
    assert_eq!(tokens.refused(first), After::Stop(Why::SecondFactor));
    tokens.signed_in(grant("second", Some("r"), HOUR), true, 0, NOW);
    assert_eq!(tokens.lacks_factor(first, None), After::Again, "it was sent before");
    let (_, second) = used(tokens.next(NOW));
    assert_eq!(tokens.lacks_factor(second, None), After::Stop(Why::NoSecondFactor));
    assert_eq!(tokens.next(NOW), Next::Stop(Why::NoSecondFactor));
}

#[test]
fn without_a_connection_the_old_token_goes_on_and_nobody_is_signed_out() {
    let mut tokens = signed_in();
    let at = NOW + 56 * MINUTE;
    for outcome in [None, Some(Err(Fault::Busy))] {
        let at = if outcome.is_none() { at } else { at + MINUTE };
        assert!(matches!(tokens.next(at), Next::Renew(_)));
        tokens.renewed(tokens.number(), outcome, 0, at);
        assert_eq!(used(tokens.next(at + 1)).0, "first");
    }
    // When it has ended, each call tries once, and nothing is lost.
    let late = NOW + 61 * MINUTE;
    assert!(matches!(tokens.next(late), Next::Renew(_)));
    tokens.renewed(tokens.number(), None, 0, late);
    assert!(matches!(tokens.next(late + 1), Next::Renew(_)));
}

#[test]
fn a_clock_that_is_two_hours_off_or_jumps_never_loops() {
    for jump in [-2 * HOUR, 2 * HOUR] {
        let mut tokens = signed_in();
        let mut now = NOW + MINUTE;
        let mut renewals = 0;
        for call in 0..100 {
            if call == 10 {
                now += jump;
            }
            if let Next::Renew(_) = tokens.next(now) {
                renewals += 1;
                tokens.renewed(tokens.number(), Some(Ok(grant("new", None, HOUR))), 0, now);
            }
            let (_, number) = used(tokens.next(now));
            tokens.accepted(number);
            now += 1000;
        }
        assert_eq!(renewals, 1, "{jump}");
    }
}

#[test]
fn a_short_life_is_renewed_at_its_half_and_jitter_never_eats_it() {
    let mut tokens = Tokens::new(registration());
    tokens.signed_in(grant("first", Some("r"), 60_000), false, u32::MAX, NOW);
    assert_eq!(used(tokens.next(NOW + 29_999)).0, "first");
    assert!(matches!(tokens.next(NOW + 30_000), Next::Renew(_)));
    // Without a refresh token it is used to its end.
    tokens.signed_in(grant("alone", None, HOUR), false, 0, NOW);
    assert_eq!(used(tokens.next(NOW + 59 * MINUTE)).0, "alone");
    assert_eq!(tokens.next(NOW + HOUR), Next::Stop(Why::Ended));
}

#[test]
fn an_answer_of_the_token_endpoint_is_read_or_told() {
    let good = br#"{"token_type":"Bearer","access_token":"a.b-c","refresh_token":"r","expires_in":"3599","id_token":"i"}"#;
    let read = Grant::read(200, good).unwrap();
    assert_eq!((read.access.as_str(), read.refresh.as_deref(), read.life), ("a.b-c", Some("r"), 3_599_000));
    let fault = |status, body: &str| Grant::read(status, body.as_bytes()).unwrap_err().fault;
    assert_eq!(fault(200, "<!doctype html>"), Fault::Unreadable);
    assert_eq!(fault(200, "{}"), Fault::Unreadable);
    assert_eq!(fault(200, r#"{"access_token":"a\r\nX: y"}"#), Fault::Unreadable);
    assert_eq!(fault(200, r#"{"access_token":"a","token_type":"mac"}"#), Fault::Unreadable);
    assert_eq!(fault(503, "<html>"), Fault::Busy);
    assert_eq!(fault(429, "{}"), Fault::Busy);
    assert_eq!(
        fault(400, r#"{"error":"invalid_request","error_description":"AADSTS9002327: x"}"#),
        Fault::Registration
    );
    assert_eq!(Grant::read(200, br#"{"access_token":"a"}"#).unwrap().life, HOUR);
}
