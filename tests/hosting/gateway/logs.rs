//! Logs that tell what happened, and of nobody.

use std::thread;
use std::time::Duration;

use hosting_tests::{answer, call, exchange};

use crate::world::{CALL_ID, TOKEN, World, login, own, put};

/// Planted where persons are named: path, query, headers, cookies, bodies, method.
const PLANTED: [&str; 9] = [
    "planted-customer",
    "planted-domain.example",
    "planted-query",
    "planted-cookie",
    "planted-agent",
    "planted-body",
    "planted-referer",
    "PLANTEDMETHOD",
    "127.0.0.1",
];

#[test]
fn no_name_address_or_token_is_in_any_log_whatever_happens() {
    let world = World::changed(
        |heard| {
            if heard.line.contains("slow") {
                thread::sleep(Duration::from_secs(3));
            }
            if heard.line.contains("lost") { Vec::new() } else { answer("200 OK", &[], b"planted-body") }
        },
        |heard| {
            if heard.header("cookie").contains("planted-cookie-fails") { Vec::new() } else { login(heard) }
        },
        |_, text| {
            if text.contains("95s") {
                put(&text, "proxy_read_timeout    95s;", "proxy_read_timeout 1s;")
            } else {
                text
            }
        },
    );
    let planted = |method: &str, target: &str| {
        own(method, target)
            .with("Referer", "https://x.example/planted-referer")
            .with("User-Agent", "planted-agent")
            .with("Cookie", "b=planted-cookie")
    };
    for (request, status) in [
        (planted("GET", "/v1/customers/planted-customer/users?filter=planted-query"), 200),
        (planted("GET", "/v1/domains/planted-domain.example"), 200),
        (planted("POST", "/v1/customers").body("planted-body"), 200),
        (planted("POST", "/v1/customers/planted-customer").body(vec![b'p'; 300 << 10]), 413),
        (planted("GET", "/v1/customers/planted-customer/slow"), 504),
        (planted("GET", "/v1/customers/planted-customer/lost"), 502),
        (planted("GET", "/v1/customers/planted-customer").without("Cookie"), 401),
        (
            planted("GET", "/v1/customers/planted-customer")
                .without("Cookie")
                .with("Cookie", "c=planted-cookie-fails"),
            503,
        ),
        (
            planted("GET", "/v1/customers/planted-customer").with("Origin", "https://planted-domain.example"),
            403,
        ),
        (planted("PLANTEDMETHOD", "/v1/customers/planted-customer"), 405),
        (planted("GET", "/v1/customers/planted-customer/%2e%2e/x"), 404),
        (planted("GET", "/planted-customer"), 404),
        (call("GET", "/oauth2/callback?code=planted-query&state=planted-query"), 401),
        (call("GET", "/v1/customers").with("MS-CorrelationId", "planted-body"), 403),
    ] {
        assert_eq!(world.send(&request).status, status, "{request:?}");
    }
    // What nginx itself finds broken: no host, a header that is too long, a line that is none.
    let long =
        format!("GET /v1/planted-customer HTTP/1.1\r\nHost: x\r\nX: {}\r\n\r\n", "planted-body".repeat(9000));
    for broken in [
        "GET /v1/planted-customer HTTP/1.1\r\n\r\n",
        "PLANTEDMETHOD\r\n\r\n",
        "GET /planted-customer HTTP/9.9\r\nHost: x\r\n\r\n",
        &long,
    ] {
        exchange(world.nginx.port, broken.as_bytes(), false);
    }
    for number in 0..90 {
        world.send(&planted("GET", &format!("/v1/customers/planted-customer?n={number}")));
    }
    let (access, errors, main) =
        (world.read("access.log"), world.read("errors.log"), world.read("error.log"));
    for (name, log) in [("access", &access), ("errors", &errors), ("main", &main)] {
        for word in PLANTED.iter().chain(&[TOKEN, "a-session"]) {
            assert!(!log.contains(word), "{word} is in the {name} log:\n{log}");
        }
    }
    assert!(access.lines().count() > 100, "{access}");
    assert!(access.contains(" 429 "), "the limit was reached");
}

#[test]
fn a_line_tells_kind_result_and_the_id_by_which_microsoft_finds_the_call() {
    let world = World::new();
    world.send(&own("GET", "/v1/customers/0f6e/users/77?x=1"));
    world.send(&own("PATCH", "/v1/customers/0f6e"));
    world.send(&own("GET", "/v1/.session"));
    let log = world.read("access.log");
    let lines: Vec<Vec<&str>> = log.lines().map(|line| line.split(' ').collect()).collect();
    assert_eq!(lines[0][1..4], ["GET", "customers/id/users", "200"], "{log}");
    assert_eq!(lines[0][6], CALL_ID);
    assert_eq!(lines[1][1..4], ["PATCH", "customers/id", "200"], "{log}");
    assert_eq!(lines[2][1..4], ["GET", "session", "200"], "{log}");
}
