//! Pages of other origins: those on the list, and all the others.

use hosting_tests::{Answer, answer, call};

use crate::world::{CALL_ID, COOKIE, OWN, World, own};

/// The headers that `contract.md` §3.4 lets pass, and those that it exposes.
const SENT: [&str; 11] = [
    "authorization",
    "accept",
    "content-type",
    "if-match",
    "ms-requestid",
    "ms-correlationid",
    "ms-contract-version",
    "ms-partnercenter-application",
    "x-locale",
    "ms-continuationtoken",
    "validatemfa",
];
const EXPOSED: [&str; 8] = [
    "ms-requestid",
    "ms-correlationid",
    "ms-cv",
    "ms-serverid",
    "retry-after",
    "location",
    "ms-continuationtoken",
    "www-authenticate",
];

fn list(answer: &Answer, header: &str) -> Vec<String> {
    answer.header(header).split(',').map(|item| item.trim().to_owned()).collect()
}

fn allows_nothing(answer: &Answer) {
    for (name, value) in &answer.headers {
        assert!(!name.starts_with("access-control-"), "{name}: {value}");
    }
}

#[test]
fn an_origin_of_the_list_may_ask_send_and_read() {
    let world = World::new();
    let asked = world.send(
        &call("OPTIONS", "/v1/customers")
            .with("Origin", OWN)
            .with("Access-Control-Request-Method", "PATCH")
            .with("Access-Control-Request-Headers", "ms-correlationid"),
    );
    assert_eq!(asked.status, 204);
    assert_eq!(asked.header("access-control-allow-origin"), OWN);
    assert_eq!(asked.header("access-control-allow-credentials"), "true");
    let methods = list(&asked, "access-control-allow-methods");
    for method in ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] {
        assert!(methods.iter().any(|known| known == method), "{method}");
    }
    let headers = list(&asked, "access-control-allow-headers");
    for header in SENT {
        assert!(headers.iter().any(|known| known == header), "{header}");
    }
    assert!(world.service.heard().is_empty() && world.login.heard().is_empty(), "a question is not a call");

    for answer in [
        world.send(
            &own("GET", "/v1/customers")
                .without("Sec-Fetch-Site")
                .with("Sec-Fetch-Site", "same-site")
                .with("Origin", OWN),
        ),
        // A refusal can be read, too, or it would look like a lost connection.
        world.send(&own("GET", "/v1/customers").without("Cookie").with("Origin", OWN)),
        world.send(&own("BREW", "/v1/customers")),
        world.send(&own("GET", "/v1/.session").with("Origin", OWN)),
    ] {
        assert_eq!(answer.header("access-control-allow-origin"), OWN, "{}", answer.status);
        let exposed = list(&answer, "access-control-expose-headers");
        for header in EXPOSED {
            assert!(exposed.iter().any(|known| known == header), "{header}");
        }
        assert!(list(&answer, "vary").iter().any(|name| name == "Origin"));
    }
}

#[test]
fn other_origins_are_refused_and_learn_nothing() {
    let world = World::new();
    for origin in [
        "https://attacker.example",
        "null",
        "http://cartera.partner.example",
        "https://cartera.partner.example.attacker.example",
        "https://cartera.partner.example:8443",
        "https://x.cartera.partner.example",
        "https://cartera.partner.example;",
        ";same-origin",
    ] {
        let asked = world.send(
            &call("OPTIONS", "/v1/customers")
                .with("Origin", origin)
                .with("Access-Control-Request-Method", "GET"),
        );
        assert_eq!(asked.status, 204, "{origin}");
        allows_nothing(&asked);
        for method in ["GET", "POST"] {
            let sent = world.send(&own(method, "/v1/customers").without("Origin").with("Origin", origin));
            assert_eq!(sent.status, 403, "{method} {origin}");
            allows_nothing(&sent);
        }
    }
    assert!(world.service.heard().is_empty() && world.login.heard().is_empty());
}

#[test]
fn what_the_service_says_about_origins_does_not_pass() {
    let world = World::with(|_| {
        answer(
            "200 OK",
            &[
                ("Access-Control-Allow-Origin", "*"),
                ("Access-Control-Allow-Credentials", "true"),
                ("Vary", "X-Other"),
            ],
            b"{}",
        )
    });
    allows_nothing(&world.send(&own("GET", "/v1/customers")));
    let read = world.send(&own("GET", "/v1/customers").with("Origin", OWN));
    assert_eq!(list(&read, "access-control-allow-origin"), [OWN]);
}

#[test]
fn requests_that_ride_on_the_agents_cookie_are_refused() {
    let world = World::new();
    let with_cookie = |method: &str| call(method, "/v1/customers").with("Cookie", COOKIE);
    for (what, request) in [
        (
            "a form of another site",
            with_cookie("POST")
                .with("Origin", "https://attacker.example")
                .with("Sec-Fetch-Site", "cross-site"),
        ),
        ("a form of an old browser", with_cookie("POST").with("Content-Type", "text/plain").body("{}")),
        ("an image", with_cookie("GET").with("Sec-Fetch-Site", "cross-site").with("Sec-Fetch-Dest", "image")),
        (
            "a link",
            with_cookie("GET").with("Sec-Fetch-Site", "cross-site").with("Sec-Fetch-Mode", "navigate"),
        ),
        (
            "another subdomain",
            with_cookie("GET").with("Sec-Fetch-Site", "same-site").with("MS-CorrelationId", CALL_ID),
        ),
        ("a typed address", with_cookie("GET").with("Sec-Fetch-Site", "none")),
        (
            "the own origin without the header",
            with_cookie("POST").with("Origin", OWN).with("Sec-Fetch-Site", "same-origin"),
        ),
        (
            "an id that is none",
            with_cookie("GET").with("Sec-Fetch-Site", "same-origin").with("MS-CorrelationId", "1"),
        ),
        (
            "a cross-site call with an id",
            with_cookie("GET").with("Sec-Fetch-Site", "cross-site").with("MS-CorrelationId", CALL_ID),
        ),
    ] {
        for target in ["/v1/customers", "/v1/.session"] {
            let mut request = request.clone();
            request.target = target.to_owned();
            assert_eq!(world.send(&request).status, 403, "{what} {target}");
        }
    }
    assert!(world.service.heard().is_empty() && world.login.heard().is_empty());
    // Browsers that say nothing about where a request comes from: the header alone, which a form cannot send.
    assert_eq!(world.send(&with_cookie("GET").with("MS-CorrelationId", CALL_ID)).status, 200);
}
