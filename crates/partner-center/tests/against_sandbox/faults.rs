//! What the client makes of a service that fails.

use crate::adapter::*;
use partner_center::{CALLS_PER_MINUTE, Customer, CustomerQuery, ErrorKind, MAX_REPEATS, Pages};
use serde_json::{Value, json};
use std::{collections::HashSet, time::Duration};

/// Makes 50 pages.
const CUSTOMERS: u64 = 150;
const QUERY: CustomerQuery = CustomerQuery { page_size: 3, filter: None };

fn customers(world: &World) -> Pages<Customer> {
    world.client.customers(&QUERY)
}

fn ids(items: &[Customer]) -> Vec<String> {
    items.iter().map(|customer| customer.id.to_string()).collect()
}

/// What a walk without faults finds.
fn truth() -> Vec<String> {
    ids(&all(customers(&World::new(CUSTOMERS))))
}

/// The errors, by kind, of a walk under a fault that yet finds all customers, each once and in order.
fn errors_of_a_walk(kind: &str, rule: Value, truth: &[String]) -> Vec<ErrorKind> {
    let world = World::new(CUSTOMERS);
    world.fault(kind, rule);
    let walk = walk(customers(&world));
    assert!(walk.complete && world.fired(kind) > 0, "{kind}");
    assert_eq!(ids(&walk.items), truth, "{kind}");
    walk.errors.into_iter().map(|error| error.kind).collect()
}

#[test]
fn what_passes_by_itself_is_not_seen_by_the_caller() {
    let truth = truth();
    for kind in [
        "throttle",
        "throttle_date",
        "throttle_text",
        "throttle_bare",
        "error_before",
        "error_empty",
        "html",
        "lost_answer",
        "broken_body",
        "not_ready",
        "slow_body",
        "bom",
        "wrong_total",
    ] {
        // So seldom that no call fails five times in a row.
        assert_eq!(errors_of_a_walk(kind, json!({ "rate": 0.15 }), &truth), [], "{kind}");
    }
}

#[test]
fn what_a_caller_has_to_decide_about_is_told_and_the_walk_goes_on_from_there() {
    let truth = truth();
    for (kind, expected) in [
        ("truncated", ErrorKind::Unreadable),
        ("garbage", ErrorKind::Unreadable),
        ("empty200", ErrorKind::Unreadable),
        ("page2_404", ErrorKind::NotFound),
        ("expired", ErrorKind::SignInAgain),
        ("mfa", ErrorKind::StepUp),
        ("mfa_header", ErrorKind::StepUp),
        ("forbidden", ErrorKind::NotAllowed),
    ] {
        let errors = errors_of_a_walk(kind, json!({ "rate": 0.3 }), &truth);
        assert!(!errors.is_empty() && errors.iter().all(|error| *error == expected), "{kind}: {errors:?}");
    }
}

#[test]
fn what_never_passes_ends_with_an_error_and_keeps_what_came() {
    let truth = truth();
    for (kind, expected) in [
        ("throttle", ErrorKind::Wait(Duration::from_secs(2))),
        ("error_before", ErrorKind::Unavailable),
        ("html", ErrorKind::Unavailable),
        ("lost_answer", ErrorKind::Unavailable),
        ("truncated", ErrorKind::Unreadable),
        ("page2_404", ErrorKind::NotFound),
    ] {
        let world = World::new(CUSTOMERS);
        let mut pages = customers(&world);
        let first = done(pages.next()).unwrap().unwrap();
        world.fault(kind, json!({}));
        assert_eq!(done(pages.next()).unwrap().unwrap_err().kind, expected, "{kind}");
        let repeated = !matches!(expected, ErrorKind::Unreadable | ErrorKind::NotFound);
        let calls = if repeated { MAX_REPEATS as usize + 1 } else { 1 };
        assert_eq!(world.calls(), 1 + calls, "{kind}");

        world.fault(kind, json!({ "rate": 0.0 }));
        let mut found = ids(&first.items);
        found.extend(ids(&all(pages)));
        assert_eq!(found, truth, "{kind}: the walk goes on from there");
    }
}

#[test]
fn a_link_to_itself_is_noticed_on_any_page() {
    let truth = truth();
    for before in [0, 3] {
        let world = World::new(CUSTOMERS);
        let mut pages = customers(&world);
        let mut found = Vec::new();
        for _ in 0..before {
            found.extend(ids(&done(pages.next()).unwrap().unwrap().items));
        }
        world.fault("self_link", json!({ "count": 1 }));
        let walk = walk(pages);
        found.extend(ids(&walk.items));
        assert!(!walk.complete, "it is never taken for the end");
        assert!(walk.errors.iter().all(|error| error.kind == ErrorKind::Unreadable));
        assert_eq!(found, truth[..3 * (before + 1)], "each customer came once");
        assert_eq!(ids(&all(customers(&world))), truth, "a new walk finds all");
    }
}

#[test]
fn an_id_that_comes_twice_is_handed_on_and_loses_none() {
    let world = World::new(CUSTOMERS);
    world.fault("repeat_id", json!({ "rate": 0.5 }));
    let found = ids(&all(customers(&world)));
    let repeated = usize::try_from(world.fired("repeat_id")).unwrap();
    assert!(repeated > 0);
    assert_eq!(found.len(), truth().len() + repeated, "whoever keeps customers has to tell them apart");
    let distinct: HashSet<_> = found.into_iter().collect();
    assert_eq!(distinct, truth().into_iter().collect());
}

#[test]
fn a_paced_walk_keeps_to_the_limit_under_throttling() {
    let world = World::new(CUSTOMERS);
    world.fault("throttle", json!({ "rate": 0.1, "seconds": 30 }));
    let pacer = world.client.pacer(CALLS_PER_MINUTE);
    let mut pages = customers(&world);
    let mut found = Vec::new();
    loop {
        done(pacer.turn());
        let Some(page) = done(pages.next()) else { break };
        found.extend(ids(&page.unwrap().items));
    }
    assert_eq!(found, truth());
    let pauses = u32::try_from(world.fired("throttle")).unwrap();
    assert!(pauses > 0);
    let spaced = Duration::from_millis(134) * u32::try_from(world.calls()).unwrap();
    let whole = world.elapsed();
    let least = Duration::from_secs(30) * pauses;
    assert!(least <= whole && whole <= least + spaced, "{whole:?}: every pause is kept, and kept once");
}

#[test]
fn a_failing_part_leaves_the_others_of_a_customer_readable() {
    let world = World::new(60);
    let id = &all(customers(&world))[40].id.clone();
    world.fault("error_before", json!({ "path": "/subscriptions" }));
    let walk = walk(world.client.subscriptions(id));
    assert!(!walk.complete && walk.items.is_empty());
    assert_eq!(walk.errors[0].kind, ErrorKind::Unavailable);
    assert!(done(world.client.customer(id)).is_ok() && done(world.client.billing_profile(id)).is_ok());
}
