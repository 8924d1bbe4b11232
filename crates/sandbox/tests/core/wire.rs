//! What every answer has, and the odd ways in which real clients ask.

use sandbox::{Method, Request};
use serde_json::json;

use super::{get, json, open};

#[test]
fn request_ids_are_echoed_or_made() {
    let (mut sandbox, _) = open(1);
    let id = "AAAAAAAA-0000-4000-8000-000000000001";
    for target in ["/v1/customers", "/v1/nowhere", "/v1/customers/x"] {
        let request =
            Request::get(target).with_header("ms-requestid", id).with_header("MS-CORRELATIONID", "my-own");
        let response = sandbox.handle(&request);
        assert_eq!(
            (response.header("MS-RequestId"), response.header("MS-CorrelationId")),
            (Some(id), Some("my-own"))
        );
        for name in ["MS-CV", "MS-ServerId", "Content-Type"] {
            assert!(response.header(name).is_some_and(|value| !value.is_empty()), "{name}");
        }
        assert_eq!(response.header("Date"), Some("Mon, 02 Feb 2026 02:40:00 GMT"));
        assert_eq!(response.header("ETag"), None);
    }
    let (one, two) =
        (sandbox.handle(&Request::get("/v1/customers")), sandbox.handle(&Request::get("/v1/customers")));
    assert!(one.header("MS-RequestId").is_some_and(|id| id.len() == 36));
    assert_ne!(one.header("MS-RequestId"), two.header("MS-RequestId"));
}

#[test]
fn slashes_and_casings_do_not_matter() {
    let (mut sandbox, _) = open(5);
    let expected = get(&mut sandbox, "/v1/customers?size=2");
    for target in [
        "/v1/customers/?size=2",
        "/v1//customers?size=2",
        "/V1/Customers?Size=2",
        "/v1/customers/?size=2&size=9",
    ] {
        assert_eq!(get(&mut sandbox, target), expected, "{target}");
    }
}

#[test]
fn paths_that_are_not_there_and_methods_that_do_not_fit_get_json() {
    let (mut sandbox, _) = open(1);
    for target in [
        "/v1",
        "/v1/",
        "/v1/nowhere",
        "/v1/v1/customers",
        "/v1//v1/customers",
        "/nowhere",
        "/v1/customers/a/b/c",
    ] {
        let (status, body) = get(&mut sandbox, target);
        assert_eq!(
            (status, &body["code"], &body["source"]),
            (404, &json!(1000), &json!("PartnerFD")),
            "{target}"
        );
    }
    let response = sandbox.handle(&Request::new(Method::Delete, "/v1/customers"));
    assert_eq!((response.status, json(&response)["source"].as_str()), (405, Some("PartnerFD")));
}

#[test]
fn bodies_can_begin_with_a_mark() {
    let (mut sandbox, _) = open(1);
    let switch =
        |on| Request::new(Method::Post, "/.sandbox/config").with_body(json!({ "bom": on }).to_string());
    assert_eq!(sandbox.handle(&switch(true)).status, 200);
    for target in ["/v1/customers", "/v1/nowhere"] {
        assert!(sandbox.handle(&Request::get(target)).body.starts_with(b"\xEF\xBB\xBF{"), "{target}");
    }
    sandbox.handle(&switch(false));
    assert!(sandbox.handle(&Request::get("/v1/customers")).body.starts_with(b"{"));
}

#[test]
fn logs_get_the_route_and_never_an_id() {
    let (mut sandbox, _) = open(1);
    for (target, route) in [
        ("/v1/customers/00000000-0000-4000-8000-000000000000", "customers/{}"),
        (
            "/v1/customers/5e170000-0000-4000-8000-000000000404/subscriptions/x",
            "customers/{}/subscriptions/{}",
        ),
        ("/v1/customers/relationshiprequests", "customers/relationshiprequests"),
        ("/v1/domains/secret.example", "domains/{}"),
        ("/v1/secret", "unknown"),
        ("/.sandbox/secret", ".sandbox"),
    ] {
        assert_eq!(sandbox.handle(&Request::get(target)).route, route);
    }
}
