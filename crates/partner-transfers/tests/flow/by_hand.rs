//! What the sandbox does not do: colleagues with the same idea, and words that nobody knows.

use super::scene::{OTHER, OWN, partner, request};
use crate::support::*;
use futures_util::future::LocalBoxFuture;
use partner_center::{
    Clock, CustomerId, SubscriptionId, Timestamp, Transfer, TransferId, TransferProduct, TransportError,
};
use partner_transfers::{Act, Acted, Asked, Decision, Place, Role, Sent, act, ask, offer};
use serde_json::{Value, json};
use std::time::Duration;

const ONE: &str = "9a9b9c9d-1212-4343-8656-787878787878";
const LINES: [&str; 2] = ["5e7b0c11-2222-4333-8444-a5b5c5d5e5f5", "5e7b0c11-2222-4333-8444-a5b5c5d5e5f6"];

fn lines() -> Vec<SubscriptionId> {
    LINES.iter().filter_map(|id| SubscriptionId::parse(id)).collect()
}

fn wire(status: &str, (source, target): (&str, &str), more: &Value) -> Value {
    let mut one = json!({
        "id": ONE, "status": status, "createdTime": "2026-11-20T10:00:00Z", "sourcePartnerTenantId": source,
        "targetPartnerTenantId": target,
    });
    for (name, value) in more.as_object().unwrap() {
        one[name] = value.clone();
    }
    one
}

fn goes(ids: &[&str]) -> Value {
    ids.iter().map(|id| json!({ "subscriptionId": id })).collect()
}

fn place<'a>(world: &'a World, customer: &'a CustomerId) -> Place<'a> {
    Place { client: &world.client, clock: &Still, customer, told: &|_| () }
}

/// A clock that only waits on paper.
struct Still;

impl Clock for Still {
    fn now(&self) -> Timestamp {
        Timestamp::parse(START).unwrap()
    }

    fn sleep(&self, _: Duration) -> LocalBoxFuture<'_, ()> {
        Box::pin(std::future::ready(()))
    }
}

/// A lost request, after which the list is this.
fn asked(there: &Value, products: &[TransferProduct]) -> Asked {
    let list = ok(json!([there]).to_string());
    let world = World::new([vec![ok("[]"), Err(TransportError::Lost)], vec![list; 5]].concat());
    let mut wanted = request();
    wanted.products = products.to_vec();
    done(ask(place(&world, &customer_id()), &partner(OWN), &wanted, &mut Decision::default()))
}

#[test]
fn a_colleagues_request_for_other_things_is_not_taken_for_ones_own() {
    let there = |types: Value| {
        wire("Pending", (OTHER, OWN), &json!({ "transferType": 5, "targetProductTypes": types }))
    };
    let software = [TransferProduct::Software];
    assert!(matches!(asked(&there(json!(["OnlineServicesNCE"])), &software), Asked::Unsettled(Some(_))));
    assert!(matches!(asked(&there(json!(["Software", "SaaS"])), &software), Asked::Unsettled(Some(_))));
    assert!(matches!(asked(&there(json!(["software"])), &software), Asked::Done(_)));
    // Whether the service writes all of them where none was named, nobody knows.
    assert!(matches!(asked(&there(json!(["Software"])), &[]), Asked::Done(_)));
    assert!(matches!(asked(&there(Value::Null), &software), Asked::Done(_)));
    // Of another partner, or the other way round.
    let third = "3f0c0000-0000-4000-8000-00000000000c";
    for parties in [(third, OWN), (OWN, OTHER)] {
        let other = wire("Pending", parties, &json!({ "transferType": 5 }));
        assert!(matches!(asked(&other, &[]), Asked::Unsettled(Some(_))), "{parties:?}");
    }
}

#[test]
fn a_colleagues_offer_of_a_part_is_not_taken_for_ones_own() {
    let offered = |ids: &[&str]| {
        let list = ok(json!([wire("Active", (OWN, OTHER), &json!({ "lineItems": goes(ids) }))]).to_string());
        let world = World::new([vec![ok("[]"), Err(TransportError::Lost)], vec![list; 5]].concat());
        let (mut decision, customer) = (Decision::default(), customer_id());
        let place = place(&world, &customer);
        done(offer(place, &partner(OWN), &partner(OTHER), &lines(), &mut decision))
    };
    let upper = LINES.map(str::to_uppercase);
    assert!(matches!(offered(&[LINES[1], &upper[0]]), Asked::Done(_)), "in any order and case");
    assert!(matches!(offered(&LINES[..1]), Asked::Unsettled(Some(_))));
    assert!(matches!(offered(&[LINES[0], LINES[1], ONE]), Asked::Unsettled(Some(_))));
}

/// A lost acceptance or refusal of a request of new commerce, after which it is this.
fn acted(wanted: &Act, there: &Value) -> (usize, Acted) {
    let before = ok(wire("Pending", (OWN, OTHER), &json!({ "transferType": 5 })).to_string());
    let after = ok(there.to_string());
    let world = World::new([vec![before.clone(), Err(TransportError::Lost)], vec![after; 5]].concat());
    let one: Transfer = {
        let world = World::new([before]);
        done(world.client.transfer(&customer_id(), &TransferId::parse(ONE).unwrap())).unwrap()
    };
    let customer = customer_id();
    let ended = done(act(place(&world, &customer), Role::Current, &one, wanted, Sent::Not));
    (world.sent().iter().filter(|request| !request.method.is_read()).count(), ended)
}

#[test]
fn what_a_colleague_accepted_with_other_lines_is_not_ones_own() {
    let wanted =
        Act::Accept(lines().into_iter().map(|id| (id, TransferProduct::OnlineServicesNce)).collect());
    let there = |ids: &[&str]| {
        wire("InProgress", (OWN, OTHER), &json!({ "transferType": 5, "lineItems": goes(ids) }))
    };
    assert!(matches!(acted(&wanted, &there(&LINES)), (1, Acted::Done(_))));
    for ids in [&LINES[..1], &[LINES[0], ONE], &[LINES[0], LINES[1], ONE]] {
        assert!(matches!(acted(&wanted, &there(ids)), (1, Acted::Otherwise(_))), "{ids:?}");
    }
}

#[test]
fn a_word_that_nobody_knows_says_nothing() {
    let there = wire("AwaitingReview", (OWN, OTHER), &json!({ "transferType": 5 }));
    let ended = acted(&Act::Reject, &there);
    assert!(matches!(ended, (1, Acted::Unsettled(Some(_)))), "{ended:?}");
}
