//! New requests under new commerce.

use super::scene::*;
use partner_center::{ErrorKind, TransferStatus};
use partner_transfers::{Asked, Decision, Stage};
use serde_json::json;
use std::time::Duration;

#[test]
fn it_is_made_by_one_call_and_told_when_it_is_read() {
    let (scene, _) = Scene::new(&[PLAN]);
    let mut decision = Decision::default();
    let ended = scene.ask(&request(), &mut decision);
    assert!(matches!(&ended, Asked::Done(made) if made.status == TransferStatus::Pending), "{ended:?}");
    assert_eq!(scene.stages(), [Stage::Looking, Stage::Sending, Stage::Verifying]);
    assert_eq!((scene.left(), scene.count(), decision.is_open()), (1, 1, false));
}

#[test]
fn one_that_is_open_stands_in_the_way_unless_it_is_another_part() {
    let (scene, _) = Scene::new(&[PLAN]);
    let first = scene.asked();
    let ended = scene.ask(&request(), &mut Decision::default());
    assert!(matches!(ended, Asked::Open(open) if open.id == first.id));
    assert_eq!(scene.left(), 0);
    let mut part = Decision::default();
    part.further_part = true;
    let ended = scene.ask(&request(), &mut part);
    assert!(matches!(ended, Asked::Done(made) if made.id != first.id));
    assert_eq!((scene.left(), scene.count()), (1, 2));
    // A service that takes one at a time refuses the next.
    scene.switch(&json!({ "single_requests": true }));
    part.further_part = true;
    let ended = scene.ask(&request(), &mut part);
    assert!(matches!(&ended, Asked::Refused(error) if error.details.code == Some(900_101)), "{ended:?}");
    assert_eq!((scene.left(), scene.count(), part.is_open()), (1, 2, false));
}

#[test]
fn a_refusal_leaves_nothing_open() {
    let (scene, _) = Scene::new(&[PLAN]);
    let mut decision = Decision::default();
    let mut itself = request();
    itself.source_partner = OWN.to_owned();
    let ended = scene.ask(&itself, &mut decision);
    assert!(matches!(&ended, Asked::Refused(error) if error.details.code == Some(900_148)), "{ended:?}");
    assert_eq!((scene.left(), scene.count(), decision.is_open()), (1, 0, false));
    assert!(matches!(scene.ask(&request(), &mut decision), Asked::Done(_)), "another source, another call");
}

#[test]
fn a_lost_answer_is_found_and_not_sent_again() {
    for (kind, seconds) in [("lost_answer", 0), ("garbage", 0), ("error_after", 0), ("late_landing", 20)] {
        let (scene, _) = Scene::new(&[PLAN]);
        scene.fault(kind, "POST", json!({ "count": 1, "seconds": seconds }));
        let mut decision = Decision::default();
        let ended = scene.ask(&request(), &mut decision);
        assert!(matches!(ended, Asked::Done(_)), "{kind}: {ended:?}");
        assert_eq!((scene.left(), scene.count(), decision.is_open()), (1, 1, false), "{kind}");
        assert!(scene.world.elapsed() >= Duration::from_secs(seconds));
        assert_eq!(scene.stages()[2], Stage::Settling, "{kind}: it is not looked before it can have arrived");
    }
}

#[test]
fn what_never_arrived_stays_open_and_going_on_only_looks() {
    let (scene, _) = Scene::new(&[PLAN]);
    scene.fault("error_before", "POST", json!({ "count": 1 }));
    let mut decision = Decision::default();
    let ended = scene.ask(&request(), &mut decision);
    assert!(matches!(&ended, Asked::Unsettled(Some(error)) if error.kind == ErrorKind::OutcomeUnknown));
    assert_eq!((scene.left(), scene.count(), decision.is_open()), (1, 0, true));
    assert!(scene.world.elapsed() >= Duration::from_secs(60), "longer than anything is on its way");
    assert!(matches!(scene.ask(&request(), &mut decision), Asked::Unsettled(None)));
    assert_eq!((scene.left(), scene.count(), decision.is_open()), (0, 0, true));
    // A person decides again.
    assert!(matches!(scene.ask(&request(), &mut Decision::default()), Asked::Done(_)));
    assert_eq!((scene.left(), scene.count()), (1, 1));
}

#[test]
fn what_arrives_later_than_anybody_looks_is_found_by_whoever_looks_next() {
    let late = || {
        let (scene, _) = Scene::new(&[PLAN]);
        scene.fault("late_landing", "POST", json!({ "count": 1, "seconds": 100 }));
        let mut decision = Decision::default();
        assert!(matches!(scene.ask(&request(), &mut decision), Asked::Unsettled(Some(_))));
        assert_eq!(scene.left(), 1);
        scene.world.pass(Duration::from_secs(60));
        (scene, decision)
    };
    let (scene, mut decision) = late();
    assert!(matches!(scene.ask(&request(), &mut decision), Asked::Done(_)));
    assert_eq!((scene.left(), scene.count(), decision.is_open()), (0, 1, false));
    let (scene, _) = late();
    let ended = scene.ask(&request(), &mut Decision::default());
    assert!(matches!(ended, Asked::Open(_)), "a new decision finds the open one: {ended:?}");
    assert_eq!((scene.left(), scene.count()), (0, 1));
}

#[test]
fn what_was_there_before_is_not_taken_for_what_never_arrived() {
    let (scene, _) = Scene::new(&[PLAN]);
    scene.asked();
    scene.fault("error_before", "POST", json!({ "count": 1 }));
    let mut part = Decision::default();
    part.further_part = true;
    let ended = scene.ask(&request(), &mut part);
    assert!(matches!(ended, Asked::Unsettled(Some(_))), "{ended:?}");
    assert_eq!((scene.left(), scene.count(), part.is_open()), (1, 1, true));
}

#[test]
fn a_grant_that_no_read_shows_is_no_success_yet() {
    let (scene, _) = Scene::new(&[PLAN]);
    scene.switch(&json!({ "lag_ms": 5000 }));
    let before = scene.world.elapsed();
    assert!(matches!(scene.ask(&request(), &mut Decision::default()), Asked::Done(_)));
    assert!(scene.since(before) >= Duration::from_secs(5), "it is told when a read shows it");

    let (scene, _) = Scene::new(&[PLAN]);
    scene.switch(&json!({ "lag_ms": 90_000 }));
    let mut decision = Decision::default();
    assert!(matches!(scene.ask(&request(), &mut decision), Asked::Unsettled(None)));
    scene.world.pass(Duration::from_secs(30));
    assert!(matches!(scene.ask(&request(), &mut decision), Asked::Done(_)));
    assert_eq!((scene.left(), scene.count()), (1, 1));
}

#[test]
fn nothing_is_sent_where_nothing_can_be_read() {
    let (scene, _) = Scene::new(&[PLAN]);
    scene.fault("garbage", "GET", json!({}));
    let mut decision = Decision::default();
    assert!(
        matches!(scene.ask(&request(), &mut decision), Asked::Refused(error) if error.kind == ErrorKind::Unreadable)
    );
    scene.no_faults();
    scene.leaves(None);
    let ended = scene.ask(&request(), &mut decision);
    assert!(matches!(&ended, Asked::Refused(error) if error.kind == ErrorKind::NoRelationship), "{ended:?}");
    assert_eq!((scene.left(), decision.is_open()), (0, false));
}

#[test]
fn a_customer_who_leaves_meanwhile_is_refused() {
    let (scene, _) = Scene::new(&[PLAN]);
    scene.leaves(Some("POST"));
    let mut decision = Decision::default();
    let ended = scene.ask(&request(), &mut decision);
    assert!(matches!(&ended, Asked::Refused(error) if error.kind == ErrorKind::NoRelationship), "{ended:?}");
    assert_eq!((scene.left(), scene.count(), decision.is_open()), (1, 0, false));
}

#[test]
fn what_is_pending_goes_by_the_clock_of_the_service() {
    let (scene, _) = Scene::new(&[PLAN]);
    let first = scene.asked();
    // 29 days later, on a computer that is 40 days ahead.
    scene.world.pass(DAY * 29);
    scene.world.set_clock_off(40 * 24 * 3_600_000, false);
    let ended = scene.ask(&request(), &mut Decision::default());
    assert!(matches!(&ended, Asked::Open(open) if open.id == first.id), "{ended:?}");
    scene.world.pass(DAY);
    assert!(matches!(scene.ask(&request(), &mut Decision::default()), Asked::Done(_)), "it has expired");
    assert_eq!((scene.left(), scene.count()), (1, 2));
}

#[test]
fn one_that_was_answered_before_it_was_seen_is_found() {
    let (scene, _) = Scene::new(&[PLAN]);
    scene.switch(&json!({ "lag_ms": 90_000 }));
    let mut decision = Decision::default();
    assert!(matches!(scene.ask(&request(), &mut decision), Asked::Unsettled(None)));
    scene.world.pass(Duration::from_secs(60));
    scene.switch(&json!({ "lag_ms": 0 }));
    let there = done(&scene);
    scene.other("accept", Some(&there), json!({}));
    let ended = scene.ask(&request(), &mut decision);
    assert!(matches!(ended, Asked::Done(made) if made.status == TransferStatus::InProgress));
}

fn done(scene: &Scene) -> partner_center::Transfer {
    crate::adapter::done(scene.world.client.transfers(&scene.customer)).unwrap().remove(0)
}
