//! What of an answer reaches the browser.

use hosting_tests::answer;

use crate::world::{World, own};

#[test]
fn the_services_answer_passes_as_it_is() {
    let world = World::with(|_| {
        answer(
            "409 Conflict",
            &[
                ("Content-Type", "application/json; charset=utf-8"),
                ("MS-RequestId", "r"),
                ("MS-CorrelationId", "c"),
                ("MS-CV", "v"),
                ("MS-ServerId", "s"),
                ("WWW-Authenticate", "Bearer error=\"invalid_token\""),
            ],
            b"\xef\xbb\xbf{\"code\":900104}",
        )
    });
    let answer = world.send(&own("GET", "/v1/customers"));
    assert_eq!(answer.status, 409);
    assert_eq!(answer.body, b"\xef\xbb\xbf{\"code\":900104}");
    for (name, value) in
        [("ms-requestid", "r"), ("ms-correlationid", "c"), ("ms-cv", "v"), ("ms-serverid", "s")]
    {
        assert_eq!(answer.header(name), value);
    }
    assert_eq!(answer.header("www-authenticate"), "Bearer error=\"invalid_token\"");
    assert_eq!(answer.header("content-type"), "application/json; charset=utf-8");
}

#[test]
fn refusals_of_the_service_are_not_taken_for_the_gateways() {
    for status in [
        "401 Unauthorized",
        "403 Forbidden",
        "413 Payload Too Large",
        "429 Too Many Requests",
        "500 Internal Server Error",
        "502 Bad Gateway",
        "504 Gateway Timeout",
    ] {
        let world =
            World::with(move |_| answer(status, &[("Retry-After", "57")], b"{\"source\":\"PartnerFD\"}"));
        let answer = world.send(&own("GET", "/v1/customers"));
        assert!(status.starts_with(&answer.status.to_string()), "{status}: {}", answer.status);
        assert_eq!(
            (answer.text().as_str(), answer.header("retry-after").as_str()),
            ("{\"source\":\"PartnerFD\"}", "57")
        );
    }
}

#[test]
fn nothing_is_kept_and_nothing_of_the_services_own_site_passes() {
    let world = World::with(|_| {
        answer(
            "200 OK",
            &[
                ("Cache-Control", "public, max-age=600"),
                ("Expires", "Tue, 01 Jan 2030 00:00:00 GMT"),
                ("Set-Cookie", "ARRAffinity=1; Path=/"),
                ("Server", "Microsoft-IIS/10.0"),
                ("X-Powered-By", "ASP.NET"),
                ("Alt-Svc", "h3=\":443\""),
                ("Strict-Transport-Security", "max-age=1"),
                ("X-Accel-Redirect", "/.cartera/login"),
                ("Keep-Alive", "timeout=5"),
                ("Content-Type", "application/json"),
            ],
            b"{}",
        )
    });
    let answer = world.send(&own("GET", "/v1/customers"));
    assert_eq!((answer.status, answer.text().as_str()), (200, "{}"));
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert_eq!(answer.header("server"), "nginx", "without a version");
    for name in [
        "expires",
        "set-cookie",
        "x-powered-by",
        "alt-svc",
        "x-accel-redirect",
        "keep-alive",
        "strict-transport-security",
    ] {
        assert_eq!(answer.header(name), "", "{name}");
    }
    // Asked twice: the second time the service is asked, too.
    world.send(&own("GET", "/v1/customers"));
    assert_eq!(world.service.heard().len(), 2);
}

#[test]
fn refusals_of_the_gateway_are_kept_by_nobody_either() {
    let world = World::new();
    for request in [
        own("GET", "/v1/customers").without("Cookie"),
        own("GET", "/v1/customers").without("MS-CorrelationId"),
        own("GET", "/v1/a%5cb"),
        own("BREW", "/v1/customers"),
        own("POST", "/v1/customers").body(vec![b'x'; 300 << 10]),
    ] {
        let answer = world.send(&request);
        assert!(answer.status >= 400);
        assert_eq!(answer.header("cache-control"), "no-store", "{}", answer.status);
        assert_eq!(answer.header("content-type"), "application/json", "{}", answer.status);
        serde_json::from_slice::<serde_json::Value>(&answer.body).expect("JSON");
    }
}

#[test]
fn a_place_to_look_is_one_of_the_gateway() {
    for (location, expected) in [
        ("https://api.partnercenter.microsoft.com/v1/operations/1?a=b", "/v1/operations/1?a=b"),
        ("/v1/operations/1", "/v1/operations/1"),
    ] {
        let world = World::with(move |_| answer("202 Accepted", &[("Location", location)], b""));
        let answer = world.send(&own("POST", "/v1/customers").body("{}"));
        let found = answer.header("location");
        let found = found.strip_prefix(&format!("http://127.0.0.1:{}", world.nginx.port)).unwrap_or(&found);
        assert_eq!(found, expected);
    }
}

#[test]
fn large_json_is_compressed_for_those_who_can_read_it() {
    let world =
        World::with(|_| answer("200 OK", &[("Content-Type", "application/json")], &vec![b' '; 40_000]));
    let compressed = world.send(&own("GET", "/v1/customers").with("Accept-Encoding", "gzip, br"));
    assert_eq!(compressed.header("content-encoding"), "gzip");
    assert!(compressed.body.len() < 4000 && compressed.header("vary").contains("Accept-Encoding"));
    assert_eq!(world.send(&own("GET", "/v1/customers")).body.len(), 40_000);
}
