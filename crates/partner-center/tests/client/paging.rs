//! Collections: every form in which the service sends them, and every way to the next page.

use crate::support::*;
use partner_center::{Customer, CustomerQuery, ErrorKind, Pages, TransportError};
use serde_json::{Value, json};
use std::time::Duration;

/// Pages of customers over this script.
fn customers(script: impl IntoIterator<Item = Reply>) -> (World, Pages<Customer>) {
    let world = World::new(script);
    let pages = world.client.customers(&CustomerQuery::default());
    (world, pages)
}

fn customer(name: &str) -> Value {
    json!({ "id": name, "companyProfile": { "companyName": name }, "relationshipToPartner": "reseller" })
}

/// A page with these customers and this link to the next page.
fn page(names: &[&str], next: &Value) -> Reply {
    let items: Vec<_> = names.iter().map(|name| customer(name)).collect();
    ok(json!({ "totalCount": names.len(), "items": items, "links": { "next": next } }).to_string())
}

fn link(uri: &str, token: &str) -> Value {
    json!({ "uri": uri, "method": "GET", "headers": [{ "key": "MS-ContinuationToken", "value": token }] })
}

/// Reads one page that should come.
fn names(pages: &mut Pages<Customer>) -> Vec<String> {
    let page = done(pages.next()).expect("a page").expect("no error");
    page.items.into_iter().map(|customer| customer.company_profile.company_name).collect()
}

fn error(pages: &mut Pages<Customer>) -> (ErrorKind, &'static str) {
    let error = done(pages.next()).expect("an error").unwrap_err();
    (error.kind, error.details.note)
}

fn ended(pages: &mut Pages<Customer>) -> bool {
    done(pages.next()).is_none()
}

#[test]
fn pages_follow_one_another_by_link_and_token() {
    let uri = "/customers?size=500&seekOperation=Next";
    let (world, mut pages) = customers([
        page(&["a", "b"], &link(uri, "token-2")),
        page(&[], &link(uri, "token-3")),
        page(&["c"], &Value::Null),
    ]);
    let first = done(pages.next()).unwrap().unwrap();
    assert_eq!((first.items.len(), first.skipped, first.has_more), (2, 0, true));
    assert_eq!(names(&mut pages), [""; 0], "an empty page is not the end");
    let last = done(pages.next()).unwrap().unwrap();
    assert_eq!((last.items.len(), last.has_more), (1, false));
    assert!(ended(&mut pages) && ended(&mut pages));

    assert_eq!(world.paths(), ["/customers?size=500", uri, uri]);
    let tokens: Vec<_> =
        world.sent().iter().map(|r| header(r, "MS-ContinuationToken").map(str::to_owned)).collect();
    assert_eq!(tokens, [None, Some("token-2".to_owned()), Some("token-3".to_owned())]);
    assert!(world.sent().iter().all(|request| request.route == "customers"));
}

#[test]
fn every_form_of_the_next_link_is_followed() {
    for uri in [
        "/customers?size=2&seekOperation=Next",
        "/v1/customers?size=2&seekOperation=Next",
        "customers?size=2&seekOperation=Next",
        "/v1//v1/customers?size=2&seekOperation=Next",
        "https://api.example/v1/customers?size=2&seekOperation=Next",
    ] {
        let (world, mut pages) = customers([page(&["a"], &link(uri, "t")), page(&["b"], &Value::Null)]);
        assert_eq!((names(&mut pages), names(&mut pages)), (vec!["a".to_owned()], vec!["b".to_owned()]));
        assert_eq!(world.paths()[1], "/customers?size=2&seekOperation=Next", "{uri}");
    }
}

#[test]
fn the_token_is_taken_from_wherever_it_is() {
    let uri = "/customers?seekOperation=Next";
    let table = [
        json!({ "items": [], "links": { "next": link(uri, "t") } }),
        json!({ "items": [], "links": { "next": { "uri": uri, "headers": [] } }, "continuationToken": "t" }),
        json!({ "items": [], "links": { "next": { "uri": uri } }, "ContinuationToken": "t" }),
        json!({ "Items": [], "Links": { "Next": { "Uri": uri, "Headers": [
            { "Key": "X-Other", "Value": "x" }, { "Key": "ms-continuationtoken", "Value": "t" }] } } }),
    ];
    for body in table {
        let (world, mut pages) = customers([ok(body.to_string()), ok("{}")]);
        assert!(names(&mut pages).is_empty() && names(&mut pages).is_empty() && ended(&mut pages));
        let next = &world.sent()[1];
        assert_eq!((next.path.as_str(), header(next, "MS-ContinuationToken")), (uri, Some("t")), "{body}");
        assert_eq!(header(next, "X-Other"), None, "a link sets no other header");
    }
}

#[test]
fn a_token_without_links_says_that_there_is_more() {
    let (world, mut pages) = customers([ok(r#"{"items":[],"continuationToken":"t"}"#), ok("{}")]);
    assert!(names(&mut pages).is_empty() && names(&mut pages).is_empty() && ended(&mut pages));
    assert_eq!(world.paths()[1], "/customers?size=500&seekOperation=Next");
    assert_eq!(header(&world.sent()[1], "MS-ContinuationToken"), Some("t"));

    // Links without a next one are the last page, whatever token there is.
    let (_, mut pages) = customers([ok(r#"{"items":[],"links":{"self":{}},"continuationToken":"t"}"#)]);
    assert!(names(&mut pages).is_empty() && ended(&mut pages));
    let (_, mut pages) = customers([ok(r#"{"items":[],"continuationToken":""}"#)]);
    assert!(names(&mut pages).is_empty() && ended(&mut pages));
}

#[test]
fn every_form_of_a_collection_is_read() {
    let item = customer("a").to_string();
    for body in [
        format!(r#"{{"totalCount":1,"items":[{item}],"links":{{}}}}"#),
        format!(r#"{{"totalCount":2,"items":[{item}]}}"#),
        format!(r#"{{"totalCount":"04","items":[{item}]}}"#),
        format!(r#"{{"TotalCount":null,"Items":[{item}],"Links":null,"ContinuationToken":null}}"#),
        format!("[{item}]"),
        format!("\u{feff}[{item}]"),
        format!("\u{feff}{{\"items\":[{item}]}}"),
    ] {
        let (_, mut pages) = customers([ok(&body)]);
        assert_eq!(names(&mut pages), ["a"], "{body}");
        assert!(ended(&mut pages));
    }
    for reply in [ok("{}"), ok("[]"), ok(r#"{"items":null}"#), ok("null"), status(204, "")] {
        let (_, mut pages) = customers([reply]);
        assert!(names(&mut pages).is_empty() && ended(&mut pages));
    }
}

#[test]
fn what_is_no_collection_is_unreadable_and_can_be_asked_for_again() {
    let depth_bomb = "[".repeat(10_000);
    let long = " ".repeat(30 * 1024 * 1024) + "{}";
    for body in [
        "",
        "<html>",
        "\u{feff}",
        r#"{"items":[{"id":"a"#,
        r#"{"items":7}"#,
        "\"text\"",
        "7",
        &depth_bomb,
        &long,
    ] {
        let (_, mut pages) = customers([ok(body), page(&["a"], &Value::Null)]);
        assert_eq!(error(&mut pages).0, ErrorKind::Unreadable);
        assert_eq!(names(&mut pages), ["a"]);
    }
}

#[test]
fn a_bad_item_does_not_lose_the_others() {
    let body = json!({ "items": [customer("a"), null, 7, {}, { "id": null }, { "id": {} }, customer("b")] });
    let (_, mut pages) = customers([ok(body.to_string())]);
    let page = done(pages.next()).unwrap().unwrap();
    assert_eq!((page.items.len(), page.skipped), (2, 5));
}

#[test]
fn a_second_page_that_is_not_found_keeps_the_first_and_the_position() {
    let next = link("/customers?page=2", "t");
    let (world, mut pages) = customers([page(&["a"], &next), status(404, ""), page(&["b"], &Value::Null)]);
    assert_eq!(names(&mut pages), ["a"]);
    assert_eq!(error(&mut pages).0, ErrorKind::NotFound);
    assert_eq!(names(&mut pages), ["b"]);
    assert!(ended(&mut pages));
    assert_eq!(world.paths()[1..], ["/customers?page=2", "/customers?page=2"]);
}

#[test]
fn an_error_at_any_page_can_be_resumed() {
    let mut script = vec![page(&["a"], &link("/customers?page=2", "t"))];
    script.extend(vec![Err(TransportError::Lost); 5]);
    script.push(page(&["b"], &link("/customers?page=3", "t")));
    script.extend([status(401, ""), page(&["c"], &Value::Null)]);
    let (world, mut pages) = customers(script);
    assert_eq!(names(&mut pages), ["a"]);
    assert_eq!(error(&mut pages).0, ErrorKind::Unavailable);
    assert_eq!(names(&mut pages), ["b"]);
    assert_eq!(error(&mut pages).0, ErrorKind::SignInAgain);
    assert_eq!(names(&mut pages), ["c"]);
    assert!(ended(&mut pages) && world.left() == 0);
}

#[test]
fn a_page_that_is_not_ready_is_waited_for() {
    let not_ready = || with_header(status(204, ""), "retry-after", "Sun, 22 Nov 2026 10:00:05 GMT");
    let (world, mut pages) =
        customers([page(&["a"], &link("/customers?page=2", "t")), not_ready(), page(&["b"], &Value::Null)]);
    assert_eq!(names(&mut pages), ["a"]);
    assert_eq!(names(&mut pages), ["b"]);
    assert_eq!(world.sleeps(), [Duration::from_millis(4920)]);

    // Never ready: said, and not taken for the end.
    let seconds = || with_header(status(204, ""), "retry-after", "2");
    let mut script = vec![page(&["a"], &link("/customers?page=2", "t"))];
    script.extend((0..5).map(|_| seconds()));
    script.push(page(&["b"], &Value::Null));
    let (_, mut pages) = customers(script);
    assert_eq!(names(&mut pages), ["a"]);
    assert_eq!(error(&mut pages).0, ErrorKind::Wait(Duration::from_secs(2)));
    assert_eq!(names(&mut pages), ["b"]);

    // No content and no time, where a page was promised.
    let (_, mut pages) = customers([
        page(&["a"], &link("/customers?page=2", "t")),
        status(204, ""),
        page(&["b"], &Value::Null),
    ]);
    assert_eq!(names(&mut pages), ["a"]);
    assert_eq!(error(&mut pages).0, ErrorKind::Unavailable);
    assert_eq!(names(&mut pages), ["b"]);
}

#[test]
fn a_link_that_leads_back_ends_with_an_error() {
    let leads_back = (ErrorKind::Unreadable, "the link to the next page leads back");
    // To the page itself.
    let (_, mut pages) = customers([page(&["a"], &json!({ "uri": "/v1/customers?size=500" }))]);
    assert_eq!(names(&mut pages), ["a"]);
    assert_eq!(error(&mut pages), leads_back);
    assert_eq!(error(&mut pages), leads_back, "never taken for the end");
    // To the page before.
    let next = |page: &str| link("/customers?seekOperation=Next", page);
    let (_, mut pages) =
        customers([page(&["a"], &next("2")), page(&["b"], &next("3")), page(&["c"], &next("2"))]);
    let came = [names(&mut pages), names(&mut pages), names(&mut pages)].concat();
    assert_eq!(came, ["a", "b", "c"]);
    assert_eq!(error(&mut pages), leads_back);
}

#[test]
fn a_link_elsewhere_is_never_followed() {
    for uri in
        ["https://evil.example/v1/customers", "//evil.example/customers", "/../admin", "/\\evil.example"]
    {
        let (world, mut pages) = customers([page(&["a"], &link(uri, "t"))]);
        let first = done(pages.next()).unwrap().unwrap();
        assert!(first.has_more, "there is more, though it cannot be had");
        assert_eq!(
            error(&mut pages),
            (ErrorKind::Unreadable, "the link to the next page leads elsewhere"),
            "{uri}"
        );
        assert_eq!(world.sent().len(), 1);
    }
}

#[test]
fn a_token_cannot_smuggle_headers() {
    let (world, mut pages) = customers([page(&["a"], &link("/customers?page=2", "t\r\nAuthorization: x"))]);
    assert_eq!(names(&mut pages), ["a"]);
    assert_eq!(error(&mut pages).0, ErrorKind::Unreadable);
    assert_eq!(world.sent().len(), 1);
}
