//! The end of subscriptions and of relationships.

use crate::support::*;
use partner_center::{
    Error, ErrorKind, Method, SubscriptionDocument, SubscriptionId, SubscriptionStatus, Timestamp,
    TransportError,
};
use std::time::Duration;

const SUBSCRIPTION: &str =
    r#"{"id":"5E7B-A/1","Status":"active","unheardOf":[1.50],"attributes":{"etag":"W7"}}"#;

fn document() -> (SubscriptionId, SubscriptionDocument) {
    let world = World::new([ok(format!("[{SUBSCRIPTION}]")), ok(SUBSCRIPTION)]);
    let page = done(world.client.subscriptions(&customer_id()).next()).unwrap().unwrap();
    let id = page.items[0].id.clone();
    let document = done(world.client.subscription_document(&customer_id(), &id)).unwrap();
    assert_eq!(world.paths()[1], format!("/customers/{CUSTOMER}/subscriptions/5E7B-A%2F1"));
    (id, document)
}

fn suspend(script: Vec<Reply>) -> (World, Result<String, ErrorKind>) {
    let (id, document) = document();
    let document = document.with_status(SubscriptionStatus::Suspended);
    let world = World::new(script);
    let ended = done(world.client.change_subscription(&customer_id(), &id, &document));
    (world, ended.map(|proof| proof.request_id).map_err(|error| error.kind))
}

#[test]
fn a_subscription_goes_back_whole_with_its_version() {
    let (world, ended) = suspend(vec![ok(SUBSCRIPTION)]);
    let [request] = world.sent().try_into().unwrap();
    assert_eq!(request.method, Method::Patch);
    assert_eq!(header(&request, "If-Match"), Some("\"W7\""));
    assert_eq!(
        request.body.as_deref(),
        Some(r#"{"id":"5E7B-A/1","Status":"suspended","unheardOf":[1.50],"attributes":{"etag":"W7"}}"#)
    );
    assert_eq!(ended.as_deref(), Ok(header(&request, "MS-RequestId").unwrap()));
}

#[test]
fn a_change_that_takes_its_time_is_asked_for_until_it_is_done_or_too_long() {
    let later = || with_header(status(202, ""), "location", "/v1/operations/9");
    let (world, ended) = suspend(vec![later(), status(202, ""), status(202, "{}"), ok("{}")]);
    assert!(ended.is_ok());
    assert_eq!(world.paths()[1..], ["/operations/9"; 3]);
    assert_eq!(world.sleeps(), [1, 2, 4].map(Duration::from_secs));

    let (world, ended) = suspend([vec![later()], vec![status(202, ""); 7]].concat());
    assert_eq!((ended, world.left()), (Err(ErrorKind::OutcomeUnknown), 0));
    assert!(world.sleeps().iter().sum::<Duration>() > Duration::from_secs(100));
}

#[test]
fn nothing_is_followed_to_another_place() {
    for place in ["https://elsewhere.example/v1/operations/9", "//elsewhere.example/x", "/../x"] {
        let (world, ended) = suspend(vec![with_header(status(202, ""), "location", place)]);
        assert_eq!((ended, world.sent().len()), (Err(ErrorKind::OutcomeUnknown), 1), "{place}");
    }
    let (_, ended) = suspend(vec![status(202, "")]);
    assert_eq!(ended, Err(ErrorKind::OutcomeUnknown), "no place at all");
}

#[test]
fn what_cannot_be_read_proves_nothing_and_is_not_sent_again() {
    for reply in [ok("<html>"), ok("{}"), Err(TransportError::Lost), status(502, "")] {
        let (world, ended) = suspend(vec![reply]);
        assert_eq!((ended, world.sent().len()), (Err(ErrorKind::OutcomeUnknown), 1));
    }
    let kind = |result: Result<_, Error>| result.map(|_| ()).map_err(|error| error.kind);
    for body in ["", "{}", r#"{"relationshipToPartner":"reseller","allowDelegatedAccess":true}"#, "[]"] {
        let world = World::new([ok(body), ok(body)]);
        let ended = kind(done(world.client.remove_relationship(&customer_id())));
        assert_eq!(ended, Err(ErrorKind::OutcomeUnknown), "{body}");
        let ended = kind(done(world.client.remove_delegated_access(&customer_id())));
        assert_eq!(ended, Err(ErrorKind::OutcomeUnknown), "{body}");
    }
}

#[test]
fn a_relationship_ends_with_what_the_contract_says() {
    let answer = "\u{feff}{\"Id\":null,\"RelationshipToPartner\":\"none\",\"AllowDelegatedAccess\":null}";
    let world = World::new([ok(answer), ok(r#"{"AllowDelegatedAccess":false}"#)]);
    let proof = done(world.client.remove_relationship(&customer_id())).unwrap();
    done(world.client.remove_delegated_access(&customer_id())).unwrap();
    let [first, second] = world.sent().try_into().unwrap();
    assert_eq!((first.method, first.path.as_str()), (Method::Patch, &*format!("/customers/{CUSTOMER}")));
    assert_eq!(
        first.body.as_deref(),
        Some(r#"{"relationshipToPartner":"none","attributes":{"objectType":"Customer"}}"#)
    );
    assert_eq!(
        second.body.as_deref(),
        Some(r#"{"allowDelegatedAccess":false,"attributes":{"objectType":"Customer"}}"#)
    );
    assert_eq!(Some(proof.request_id.as_str()), header(&first, "MS-RequestId"));
    assert_eq!(Some(proof.correlation_id.as_str()), header(&first, "MS-CorrelationId"));
}

#[test]
fn azure_subscriptions_are_listed_and_cancelled() {
    let (id, _) = document();
    let list = r#"{"items":[{"id":"a1","status":"active"},{"id":"a2","status":"Canceled"},{"id":"a3","status":"odd"}]}"#;
    let world = World::new([ok(list), status(200, "")]);
    let page = done(world.client.azure_entitlements(&customer_id(), &id).next()).unwrap().unwrap();
    let active: Vec<bool> = page.items.iter().map(partner_center::AzureEntitlement::is_active).collect();
    assert_eq!(active, [true, false, true], "a word that nobody knows is no end");
    done(world.client.cancel_azure_entitlement(&customer_id(), &id, page.items[0].id.as_str())).unwrap();
    let cancel = world.sent().pop().unwrap();
    assert!(
        cancel.path.ends_with("/subscriptions/5E7B-A%2F1/azureEntitlements/a1/cancel"),
        "{}",
        cancel.path
    );
    assert_eq!(cancel.body.as_deref(), Some(r#"{"cancellationReason":"compromise"}"#));
}

#[test]
fn the_services_clock_is_told_by_its_answers() {
    let world = World::new([
        ok("{}"),
        with_header(ok("{}"), "date", "Sun, 22 Nov 2026 15:00:00 GMT"),
        with_header(ok("{}"), "date", "Sun, 22 Nov 2026 10:00:01 GMT"),
    ]);
    let mut times = Vec::new();
    for _ in 0..3 {
        done(world.client.session()).unwrap();
        times.push(world.client.service_now());
    }
    let start = Timestamp::parse(START).unwrap();
    assert_eq!(times[0].since(start), LATENCY, "nothing was said");
    assert_eq!(times[1], Timestamp::parse("2026-11-22T15:00:00Z").unwrap());
    assert_eq!(times[2].since(start), 3 * LATENCY, "a second is no difference");
}
