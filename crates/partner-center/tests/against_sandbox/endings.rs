//! Subscriptions and relationships end as the sandbox lets them.

use crate::adapter::{World, all, customer_id, done};
use partner_center::{
    CustomerId, CustomerQuery, ErrorKind, RelationshipToPartner, Subscription, SubscriptionStatus,
};
use sandbox::Method;
use serde_json::{Value, json};
use std::time::Duration;

const FREE: &str = "ca5e0000-0000-4000-8000-000000000001";
const LEGACY: &str = "ca5e0000-0000-4000-8000-000000000002";
const WINDOW: &str = "ca5e0000-0000-4000-8000-000000000003";
const AZURE: &str = "ca5e0000-0000-4000-8000-000000000008";

fn world() -> World {
    let world = World::new(3);
    world.control(Method::Post, "cases", &Value::Null);
    world
}

fn active(world: &World, id: &CustomerId) -> Vec<Subscription> {
    let mut found = all(world.client.subscriptions(id));
    found.retain(|one| one.status == SubscriptionStatus::Active);
    found
}

/// Puts one into another state; answers the code of a refusal.
fn put(
    world: &World,
    id: &CustomerId,
    one: &Subscription,
    status: SubscriptionStatus,
) -> Result<(), Option<u32>> {
    let document = done(world.client.subscription_document(id, &one.id)).unwrap().with_status(status);
    let changed = done(world.client.change_subscription(id, &one.id, &document));
    changed.map(drop).map_err(|error| error.details.code)
}

#[test]
fn legacy_ones_are_suspended_also_where_that_takes_its_time() {
    let (world, id) = (world(), customer_id(LEGACY));
    world.control(Method::Post, "config", &json!({ "slow_changes": 3000 }));
    let before = active(&world, &id);
    assert!(!before.is_empty());
    put(&world, &id, &before[0], SubscriptionStatus::Suspended).unwrap();
    world.pass(Duration::from_secs(10));
    let now = done(world.client.subscription_document(&id, &before[0].id)).unwrap();
    assert_eq!(now.subscription().status, SubscriptionStatus::Suspended);
    assert_eq!(now.subscription().order_id, before[0].order_id, "the rest went back as it came");
}

#[test]
fn new_commerce_is_cancelled_within_its_window_and_not_after_it() {
    let (world, id) = (world(), customer_id(WINDOW));
    let [first, second] = active(&world, &id).try_into().unwrap();
    put(&world, &id, &first, SubscriptionStatus::Deleted).unwrap();
    world.pass(Duration::from_secs(8 * 86_400));
    assert_eq!(put(&world, &id, &second, SubscriptionStatus::Deleted), Err(Some(900_117)));
    assert_eq!(active(&world, &id).len(), 1);
}

#[test]
fn a_stale_version_is_a_conflict() {
    let (world, id) = (world(), customer_id(LEGACY));
    let one = &active(&world, &id)[0];
    let read = done(world.client.subscription_document(&id, &one.id)).unwrap();
    put(&world, &id, one, SubscriptionStatus::Suspended).unwrap();
    let stale = read.with_status(SubscriptionStatus::Suspended);
    let changed = done(world.client.change_subscription(&id, &one.id, &stale));
    assert_eq!(changed.map_err(|error| error.kind), Err(ErrorKind::Conflict));
}

#[test]
fn an_azure_plan_is_suspended_after_what_is_under_it() {
    let (world, id) = (world(), customer_id(AZURE));
    let [plan] = active(&world, &id).try_into().unwrap();
    assert_eq!(put(&world, &id, &plan, SubscriptionStatus::Suspended), Err(Some(900_115)));
    for azure in all(world.client.azure_entitlements(&id, &plan.id)) {
        if azure.is_active() {
            done(world.client.cancel_azure_entitlement(&id, &plan.id, azure.id.as_str())).unwrap();
        }
    }
    assert!(all(world.client.azure_entitlements(&id, &plan.id)).iter().all(|azure| !azure.is_active()));
    put(&world, &id, &plan, SubscriptionStatus::Suspended).unwrap();
}

#[test]
fn a_relationship_ends_once_and_delegation_alone_before() {
    let (world, id) = (world(), customer_id(FREE));
    let refused = done(world.client.remove_relationship(&customer_id(LEGACY))).unwrap_err();
    assert!(matches!(refused.kind, ErrorKind::Invalid(_)) && refused.details.code == Some(3000));
    done(world.client.remove_delegated_access(&id)).unwrap();
    let now = done(world.client.customer(&id)).unwrap();
    assert_eq!(now.allow_delegated_access, Some(false));
    assert_eq!(now.relationship_to_partner, RelationshipToPartner::Reseller);
    done(world.client.remove_relationship(&id)).unwrap();
    assert_eq!(done(world.client.customer(&id)).unwrap_err().kind, ErrorKind::NoRelationship);
    assert!(all(world.client.customers(&CustomerQuery::default())).iter().all(|one| one.id != id));
    let again = done(world.client.remove_relationship(&id)).unwrap_err();
    assert!(matches!(again.kind, ErrorKind::Invalid(_)), "{again}");
}
