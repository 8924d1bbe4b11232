//! Several customers, one after the other.

use super::checks::{CUSTOMER_BODY, subscription};
use crate::support::*;
use partner_center::CustomerId;
use relationship_removal::{Batch, Looked, Removal, State, look};

fn ids() -> Vec<CustomerId> {
    (1..=3).map(|n| CustomerId::parse(&format!("7c1f3f52-0a5e-4d0b-9c2f-2f4f6a1b9e0{n}")).unwrap()).collect()
}

fn looked(id: &CustomerId, subscriptions: &str) -> Looked {
    let body = CUSTOMER_BODY.replace(CUSTOMER, id.as_str());
    let world = World::new([ok(body), ok(subscriptions), ok("[]"), ok("[]")]);
    done(look(&world.client, id))
}

#[test]
fn first_all_are_looked_at_and_then_those_that_can_end_one_by_one() {
    let ids = ids();
    let mut batch = Batch::new(ids.iter().cloned().chain(ids.clone()));
    assert_eq!(batch.items().len(), 3, "each once");
    let active = format!("[{}]", subscription("", "active", ""));
    let mut order = Vec::new();
    while let Some(id) = batch.next_to_look() {
        let seen = looked(&id, if id == ids[1] { &active } else { "[]" });
        batch.looked(&id, seen);
        order.push(id);
    }
    assert_eq!(order, ids);
    assert_eq!(batch.can(), (2, 3));

    let first = batch.begin_next().unwrap();
    assert_eq!(first.customer.id, ids[0]);
    assert_eq!(batch.can(), (1, 2), "what has begun is nobody's turn again");
    batch.look_again();
    batch.looked(&ids[0], looked(&ids[0], "[]"));
    assert!(matches!(batch.items()[0].state, State::Begun(_)), "not even after another look");
    assert!(batch.ended(&ids[0], Removal::AlreadyGone));
    assert!(batch.begin_next().is_none(), "looked at again first");
    batch.looked(&ids[2], looked(&ids[2], "[]"));
    assert_eq!(batch.begin_next().unwrap().customer.id, ids[2]);
    assert!(batch.begin_next().is_none());
}

#[test]
fn what_is_refused_to_the_person_stops_all() {
    let refused = |status: u16, body: &str| {
        let world = World::new([crate::support::status(status, body)]);
        Removal::Refused(done(world.client.remove_relationship(&customer_id())).unwrap_err())
    };
    let mut batch = Batch::new(ids());
    assert!(!batch.ended(&ids()[0], refused(403, r#"{"code":2032}"#)));
    assert!(!batch.ended(&ids()[0], refused(401, "")));
    assert!(batch.ended(&ids()[1], refused(400, r#"{"code":3000}"#)));
}
