//! Every kind of fault, the sentinels, and the control path.

use sandbox::core::faults::Kind;
use sandbox::core::seed::special::{SENTINELS, SHOWCASES};
use sandbox::{Ending, Method, Request, Response, Sandbox};
use serde_json::{Value, json};

use super::{get, id_of, json, open};

fn with_fault(rule: &Value) -> Sandbox {
    let (mut sandbox, _) = open(60);
    let request = Request::new(Method::Put, "/.sandbox/faults").with_body(json!([rule]).to_string());
    assert_eq!(sandbox.handle(&request).status, 200);
    sandbox
}

fn list(kind: &str) -> Response {
    with_fault(&json!({ "kind": kind })).handle(&Request::get("/v1/customers?size=5"))
}

#[test]
fn throttling_names_its_wait_in_four_ways() {
    let texts = |kind| {
        let response = list(kind);
        assert_eq!((response.status, json(&response)["statusCode"].clone()), (429, json!(429)));
        let message = json(&response)["message"].as_str().unwrap().to_owned();
        (response.header("Retry-After").map(str::to_owned), message.contains("2 seconds"))
    };
    assert_eq!(texts("throttle"), (Some("2".to_owned()), true));
    assert_eq!(texts("throttle_date"), (Some("Mon, 02 Feb 2026 02:40:02 GMT".to_owned()), false));
    assert_eq!(texts("throttle_text"), (None, true));
    assert_eq!(texts("throttle_bare"), (None, false));
}

#[test]
fn refusals_look_like_the_real_ones() {
    for (kind, status, code) in [
        ("error_before", 500, Some(0)),
        ("error_empty", 500, None),
        ("expired", 401, None),
        ("mfa", 401, Some(900_421)),
        ("mfa_header", 401, None),
        ("forbidden", 403, Some(900_150)),
        ("role_missing", 403, Some(900_308)),
        ("conditional_access", 403, Some(900_309)),
        ("not_found", 404, Some(3000)),
    ] {
        let response = list(kind);
        assert_eq!(response.status, status, "{kind}");
        assert_eq!(json(&response)["code"].as_u64(), code, "{kind}");
        assert!(response.header("MS-CorrelationId").is_some(), "{kind}");
    }
    assert!(json(&list("conditional_access"))["data"].is_null());
    assert_eq!(list("mfa_header").reason, Some("MFA required"));
    assert!(list("expired").header("WWW-Authenticate").is_some());
    let html = list("html");
    assert_eq!((html.status, html.header("Content-Type")), (502, Some("text/html")));
    assert!(html.body.starts_with(b"<!doctype html>"));
}

#[test]
fn bodies_can_be_broken() {
    let whole = open(60).0.handle(&Request::get("/v1/customers?size=5")).body;
    let unreadable = |body: &[u8]| serde_json::from_slice::<Value>(body).is_err();
    let (garbage, cut, empty, bom) = (list("garbage"), list("truncated"), list("empty200"), list("bom"));
    assert!([&garbage, &cut, &empty, &bom].iter().all(|response| response.status == 200));
    assert!(unreadable(&garbage.body) && unreadable(&cut.body) && empty.body.is_empty());
    assert!(whole.starts_with(&cut.body));
    assert_eq!(bom.body, [b"\xEF\xBB\xBF", whole.as_slice()].concat());
    assert_eq!(list("slow_body").delivery.ending, Ending::Slow(5000));
    assert_eq!(list("broken_body").delivery.ending, Ending::Broken);
    assert_eq!(list("lost_answer").delivery.ending, Ending::Dropped);
}

#[test]
fn collections_can_lie() {
    let looped = json(&list("self_link"));
    assert_eq!(looped["links"]["next"]["uri"], "/customers?size=5");
    assert_eq!(json(&list("wrong_total"))["totalCount"], "06");
    let repeated = json(&list("repeat_id"));
    assert_eq!(repeated["items"][0], repeated["items"][5]);
    // What is no collection stays as it is.
    let mut sandbox = with_fault(&json!({ "kind": "repeat_id" }));
    assert_eq!(get(&mut sandbox, "/v1/.session").1["items"], Value::Null);
    assert_eq!(get(&mut sandbox, "/.sandbox/ledger").1["faults"], json!({}));
}

#[test]
fn later_pages_can_fail_alone() {
    for (kind, status) in [("page2_404", 404), ("not_ready", 204)] {
        let mut sandbox = with_fault(&json!({ "kind": kind, "count": 1 }));
        let (first, page) = get(&mut sandbox, "/v1/customers?size=5");
        let token = page["continuationToken"].as_str().unwrap();
        let next =
            Request::get("/v1/customers?seekOperation=Next").with_header("MS-ContinuationToken", token);
        let failed = sandbox.handle(&next);
        assert_eq!((first, failed.status, sandbox.handle(&next).status), (200, status, 200), "{kind}");
        assert_eq!(failed.header("Retry-After").is_some(), kind == "not_ready");
    }
}

#[test]
fn an_application_alone_is_kept_from_what_needs_a_user() {
    let mut sandbox = with_fault(&json!({ "kind": "app_only" }));
    let id = id_of(&mut sandbox, "Cafés Peñalara SA");
    let mut status = |below: &str| sandbox.handle(&Request::get(format!("/v1/{below}"))).status;
    for below in ["", "/subscriptions", "/profiles/billing"] {
        assert_eq!(status(&format!("customers/{id}{below}")), 200, "{below}");
    }
    for below in [
        "profiles/company",
        "users",
        "users/x/licenses",
        "subscribedskus",
        "directoryroles",
        "agreements",
        "DirectSignedMicrosoftCustomerAgreementStatus",
        "entitlements",
        "relationships",
    ] {
        assert_eq!(status(&format!("customers/{id}/{below}")), 403, "{below}");
    }
    for target in
        ["agreements", "agreementtemplates/x/document", "relationships", "customers/relationshiprequests"]
    {
        assert_eq!(status(target), 403, "{target}");
    }
    let refused = sandbox.handle(&Request::get("/v1/agreements"));
    assert!(refused.header("Content-Type").is_some_and(|kind| kind.starts_with("text/plain")));
    assert!(String::from_utf8(refused.body).unwrap().contains("application credentials"));
}

#[test]
fn rules_can_be_narrowed_and_are_counted() {
    let mut sandbox =
        with_fault(&json!({ "kind": "html", "path": "relationships", "method": "GET", "count": 2 }));
    let target = "/v1/relationships?relationship_type=IsIndirectResellerOf";
    let mut statuses = Vec::new();
    for target in ["/v1/customers", target, target, target] {
        statuses.push(sandbox.handle(&Request::get(target)).status);
    }
    assert_eq!(statuses, [200, 502, 502, 200]);
    assert_eq!(get(&mut sandbox, "/.sandbox/ledger").1["faults"], json!({ "html": 2 }));
    assert_eq!(get(&mut sandbox, "/.sandbox/faults").1[0]["count"], 0);
}

#[test]
fn the_same_seed_throws_the_same_dice() {
    let run = || {
        let mut sandbox = with_fault(&json!({ "kind": "html", "rate": 0.4 }));
        (0..40).map(|_| sandbox.handle(&Request::get("/v1/.session")).status).collect::<Vec<_>>()
    };
    assert_eq!(run(), run());
    assert!(run().contains(&200) && run().contains(&502));
}

#[test]
fn latency_waits_before_every_answer() {
    let (mut sandbox, _) = open(1);
    sandbox.handle(&Request::new(Method::Post, "/.sandbox/config").with_body(r#"{"latency_ms":120}"#));
    assert_eq!(sandbox.handle(&Request::get("/v1/customers")).delivery.delay_ms, 120);
    assert_eq!(sandbox.handle(&Request::get("/.sandbox/config")).delivery.delay_ms, 0);
}

#[test]
fn sentinels_are_listed_and_fail_when_opened() {
    let (mut sandbox, _) = open(60);
    for sentinel in SENTINELS {
        assert_eq!(id_of(&mut sandbox, sentinel.name), sentinel.id);
        let mut below = |what: &str| {
            sandbox.handle(&Request::get(format!("/v1/customers/{}{what}", sentinel.id.to_uppercase())))
        };
        let (detail, part) = (below(""), below(sentinel.only.unwrap_or("/subscriptions")));
        let fails = |response: &Response| {
            response.status != 200
                || response.delivery.ending != Ending::Whole
                || serde_json::from_slice::<Value>(&response.body).is_err()
        };
        assert_eq!(fails(&detail), sentinel.only.is_none(), "{}", sentinel.name);
        assert!(fails(&part), "{}", sentinel.name);
    }
}

#[test]
fn the_control_path_refuses_what_it_does_not_know() {
    let (mut sandbox, _) = open(1);
    for (method, what, body, status) in [
        (Method::Put, "faults", r#"[{"kind":"nonsense"}]"#, 400),
        (Method::Put, "faults", r#"[{"kind":"html","rate":7}]"#, 400),
        (Method::Put, "faults", "{}", 400),
        (Method::Post, "config", r#"{"bim":true}"#, 400),
        (Method::Post, "config", r#"{"bom":1}"#, 400),
        (Method::Post, "config", "x", 400),
        (Method::Post, "clock", "{}", 400),
        (Method::Get, "nothing", "", 404),
        (Method::Get, "", "", 404),
    ] {
        let response = sandbox.handle(&Request::new(method, format!("/.sandbox/{what}")).with_body(body));
        assert_eq!(response.status, status, "{what} {body}");
        assert!(json(&response)["error"].is_string());
    }
}

#[test]
fn every_kind_is_described_for_people() {
    let readme = include_str!("../../README.md");
    for (_, name) in Kind::all() {
        assert!(readme.contains(&format!("`{name}`")), "the README does not name {name}");
    }
    for showcase in SHOWCASES {
        assert!(readme.contains(showcase.name) && readme.contains(showcase.id), "{}", showcase.name);
    }
    for sentinel in SENTINELS {
        assert!(readme.contains(sentinel.name) && readme.contains(sentinel.id), "{}", sentinel.name);
    }
}
