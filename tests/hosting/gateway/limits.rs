//! Bodies, rates, time.

use std::thread;
use std::time::{Duration, Instant};

use hosting_tests::{answer, exchange};

use crate::world::{CALL_ID, COOKIE, OWN, World, login, own, put};

#[test]
fn a_body_that_is_too_large_is_refused_unread() {
    let world = World::new();
    assert_eq!(world.send(&own("POST", "/v1/customers").body(vec![b'x'; 256 << 10])).status, 200);
    let refused = world.send(&own("POST", "/v1/customers").body(vec![b'x'; (256 << 10) + 1]));
    assert_eq!(refused.status, 413);
    assert!(refused.text().contains("larger than the gateway takes"), "{}", refused.text());
    assert_eq!(refused.header("access-control-allow-origin"), OWN);
    // The same in pieces, whose sum nobody tells beforehand.
    let mut chunked = format!(
        "POST /v1/customers HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\nOrigin: {OWN}\r\n\
         Cookie: {COOKIE}\r\nMS-CorrelationId: {CALL_ID}\r\n\r\n"
    );
    for _ in 0..5 {
        chunked.extend(["10000\r\n", &"x".repeat(0x10000), "\r\n"]);
    }
    assert_eq!(exchange(world.nginx.port, format!("{chunked}0\r\n\r\n").as_bytes(), false).status, 413);
    assert_eq!(world.service.heard().len(), 1);
}

#[test]
fn one_caller_who_calls_too_often_is_told_when_to_come_back_and_others_go_on() {
    let world = World::new();
    let begin = Instant::now();
    let (mut granted, mut refused) = (0, None);
    while refused.is_none() && granted < 1000 {
        let answer = world.send(&own("GET", "/v1/customers").with("Origin", OWN));
        if answer.status == 200 {
            granted += 1;
        } else {
            refused = Some(answer);
        }
    }
    // Sixty at once, the one that is always free, and five for each second that this took, however slow the machine is.
    let most = 62 + 5 * begin.elapsed().as_secs() + 5;
    assert!((61..=most).contains(&granted), "{granted} of {most}");
    let refused = refused.expect("a refusal");
    assert_eq!(refused.status, 429);
    assert_eq!(refused.header("retry-after"), "5");
    assert_eq!(
        refused.text(),
        "{\"statusCode\":429,\"message\":\"Rate limit is exceeded. Try again in 5 seconds.\"}"
    );
    assert!(refused.header("access-control-expose-headers").contains("retry-after"));
    let other = own("GET", "/v1/customers")
        .without("Cookie")
        .with("Cookie", "x=1; __Host-cartera=a-session-of-another");
    assert_eq!(world.send(&other).status, 200);
}

#[test]
fn an_address_that_makes_up_sessions_is_stopped_as_well() {
    let world = World::new();
    // Two hundred at once, and twenty for each second that this takes.
    let stopped = (0..4000).any(|number| {
        let made_up = own("GET", "/v1/customers")
            .without("Cookie")
            .with("Cookie", &format!("__Host-cartera=made-up-{number}"));
        let status = world.send(&made_up).status;
        assert!(matches!(status, 401 | 429), "{status}");
        status == 429
    });
    assert!(stopped);
}

#[test]
fn a_service_that_does_not_answer_is_given_up_in_time() {
    let world = World::changed(
        |_| {
            thread::sleep(Duration::from_secs(4));
            answer("200 OK", &[], b"")
        },
        login,
        |_, text| {
            if text.contains("95s") {
                put(&text, "proxy_read_timeout    95s;", "proxy_read_timeout 1s;")
            } else {
                text
            }
        },
    );
    let begin = Instant::now();
    let late = world.send(&own("POST", "/v1/customers").body("{}"));
    assert_eq!(late.status, 504);
    assert!(late.text().contains("did not answer in time"), "{}", late.text());
    assert!(begin.elapsed() < Duration::from_secs(3), "{:?}", begin.elapsed());
    assert_eq!(late.header("access-control-allow-origin"), OWN);
    assert_eq!(world.service.heard().len(), 1, "and is not asked again");
}

#[test]
fn a_login_that_does_not_answer_is_given_up_in_time() {
    let world = World::changed(
        |_| answer("200 OK", &[], b""),
        |_| {
            thread::sleep(Duration::from_secs(4));
            Vec::new()
        },
        |_, text| {
            if text.contains("/oauth2/auth;") {
                put(&text, "proxy_read_timeout    10s;", "proxy_read_timeout 1s;")
            } else {
                text
            }
        },
    );
    assert_eq!(world.send(&own("GET", "/v1/customers")).status, 503);
    assert!(world.service.heard().is_empty());
}

#[test]
fn the_gateways_patience_fits_the_applications() {
    let locations = crate::world::shipped("locations.conf");
    // src/platform/gateway.rs: READ_LIMIT 30 s, WRITE_LIMIT 100 s.
    let source =
        std::fs::read_to_string(hosting_tests::repository().join("src/platform/gateway.rs")).unwrap();
    assert!(
        source.contains("WRITE_LIMIT: Duration = Duration::from_secs(100)"),
        "the gateway's limits follow this one"
    );
    assert!(locations.contains("proxy_read_timeout    95s;"));
}
