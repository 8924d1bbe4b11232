//! What reaches the service, and what does not.

use hosting_tests::answer;

use crate::world::{CALL_ID, TOKEN, World, own};

#[test]
fn the_service_gets_the_logins_token_and_the_headers_of_the_contract_and_no_others() {
    let world = World::new();
    let request = own("PUT", "/v1/customers/a/profiles/billing?x=%2F%C3%A9&y=a..b")
        .with("Accept", "application/json")
        .with("If-Match", "\"eyJhIjoxfQ==\"")
        .with("MS-RequestId", "5f0e2a0c-0000-4000-8000-000000000001")
        .with("MS-Contract-Version", "v1")
        .with("MS-PartnerCenter-Application", "Cartera")
        .with("MS-ContinuationToken", "dG9rZW4=")
        .with("X-Locale", "es-ES")
        .with("ValidateMfa", "true")
        .with("Authorization", "Bearer made-up-by-the-page")
        .with("X-Forwarded-For", "192.0.2.7")
        .with("Forwarded", "for=192.0.2.7")
        .with("X-Anything", "else")
        .with("User-Agent", "a browser")
        .body("{\"name\":\"Contoso\"}");
    assert_eq!(world.send(&request).status, 200);
    let heard = world.service.last();
    assert_eq!(heard.line, "PUT /v1/customers/a/profiles/billing?x=%2F%C3%A9&y=a..b");
    assert_eq!(heard.body, b"{\"name\":\"Contoso\"}");
    assert_eq!(heard.header("authorization"), format!("Bearer {TOKEN}"));
    for (name, value) in [
        ("accept", "application/json"),
        ("content-type", "application/json"),
        ("if-match", "\"eyJhIjoxfQ==\""),
        ("ms-requestid", "5f0e2a0c-0000-4000-8000-000000000001"),
        ("ms-correlationid", CALL_ID),
        ("ms-contract-version", "v1"),
        ("ms-partnercenter-application", "Cartera"),
        ("ms-continuationtoken", "dG9rZW4="),
        ("x-locale", "es-ES"),
        ("validatemfa", "true"),
        ("host", "api.partnercenter.microsoft.com"),
    ] {
        assert_eq!(heard.header(name), value, "{name}");
    }
    let mut names: Vec<&str> = heard.headers.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    let expected = [
        "accept",
        "authorization",
        "content-length",
        "content-type",
        "host",
        "if-match",
        "ms-continuationtoken",
        "ms-contract-version",
        "ms-correlationid",
        "ms-partnercenter-application",
        "ms-requestid",
        "validatemfa",
        "x-locale",
    ];
    assert_eq!(names, expected);
}

#[test]
fn headers_that_are_not_there_are_not_made_up() {
    let world = World::new();
    assert_eq!(world.send(&own("GET", "/v1/customers")).status, 200);
    let heard = world.service.last();
    let mut names: Vec<&str> = heard.headers.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["authorization", "host", "ms-correlationid"]);
}

#[test]
fn every_method_of_the_service_passes_and_no_other() {
    let world = World::new();
    for method in ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"] {
        assert_eq!(world.send(&own(method, "/v1/customers")).status, 200, "{method}");
        assert_eq!(world.service.last().line, format!("{method} /v1/customers"));
    }
    let before = world.service.heard().len();
    for method in ["TRACE", "PROPFIND", "CONNECT", "get", "BREW"] {
        let status = world.send(&own(method, "/v1/customers")).status;
        assert!(matches!(status, 400 | 405), "{method}: {status}");
    }
    assert_eq!(world.service.heard().len(), before);
}

#[test]
fn a_path_that_could_lead_elsewhere_does_not_pass() {
    let world = World::new();
    for target in [
        "/v1/../admin",
        "/v1/customers/../../admin",
        "/v1/%2e%2e/admin",
        "/v1/customers/%2E./x",
        "/v1/x/.",
        "/v1/..%2fadmin",
        "/v1/a%5c..%5cb",
        "/v1/a\\b",
        "/x/../v1/customers",
        "/v2/customers",
        "/",
        "/.cartera/login",
        "/.sandbox/ledger",
    ] {
        let answer = world.send(&own("GET", target));
        assert!(matches!(answer.status, 400 | 404), "{target}: {}", answer.status);
    }
    assert!(world.service.heard().is_empty(), "{:?}", world.service.heard());
    // What the service's links look like, passes as it is.
    for target in [
        "/v1//v1/customers?size=2",
        "/v1/customers/a/users/",
        "/v1/domains/contoso.example",
        "/v1/customers?filter=%7B%22a%22:%22..%22%7D",
    ] {
        assert_eq!(world.send(&own("GET", target)).status, 200, "{target}");
        assert_eq!(world.service.last().line, format!("GET {target}"));
    }
}

#[test]
fn a_call_whose_answer_was_lost_is_not_made_again() {
    let world = World::with(|_| Vec::new());
    let lost = world.send(&own("POST", "/v1/customers").body("{}"));
    assert_eq!(lost.status, 502);
    assert!(lost.text().contains("\"source\":\"gateway\""), "{}", lost.text());
    assert_eq!(world.service.heard().len(), 1);
}

#[test]
fn large_answers_pass_whole_and_never_touch_the_disk() {
    let large = vec![b'x'; 6 << 20];
    let expected = large.len();
    let world = World::with(move |_| answer("200 OK", &[("Content-Type", "text/plain")], &large));
    // nginx deletes its files itself; that one was there is seen by the time at which its folder last changed.
    let changed = || {
        ["proxy", "body"].map(|kind| {
            std::fs::metadata(world.nginx.folder().join("tmp").join(kind)).unwrap().modified().unwrap()
        })
    };
    let before = changed();
    // Somebody who reads slowly: what the service says waits with the service.
    assert_eq!(world.send(&own("GET", "/v1/customers?size=500").slowly()).body.len(), expected);
    let body = vec![b'y'; 200 << 10];
    assert_eq!(world.send(&own("POST", "/v1/customers").body(body.clone())).status, 200);
    assert_eq!(world.service.last().body, body);
    assert_eq!(changed(), before);
}
