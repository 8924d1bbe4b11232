//! Somebody else is faster, the service says so in its codes, or the time is over.

use super::answers::{accept, received};
use super::scene::*;
use partner_center::{ErrorKind, TransferStatus};
use partner_transfers::{Act, Acted};
use serde_json::json;
use std::time::Duration;

const HOUR: i64 = 3_600_000;

#[test]
fn one_that_is_accepted_while_it_is_cancelled_is_not_cancelled() {
    for kind in ["", "lost_answer", "late_landing"] {
        let (scene, _) = Scene::new(&[PLAN]);
        let one = scene.asked();
        scene.other_is_faster("PATCH", "accept", &one);
        if !kind.is_empty() {
            scene.fault(kind, "PATCH", json!({ "count": 1 }));
        }
        let ended = scene.act(&one, &Act::Cancel);
        assert!(
            matches!(&ended, Acted::Otherwise(now) if now.status == TransferStatus::InProgress),
            "{kind}: {ended:?}"
        );
        assert_eq!(scene.left(), 1, "{kind}");
    }
}

#[test]
fn one_that_is_cancelled_while_it_is_answered_is_not_answered() {
    let (scene, one, held) = received();
    scene.other_is_faster("PATCH", "cancel", &one);
    let ended = scene.act(&one, &accept(&held));
    assert!(matches!(&ended, Acted::Otherwise(now) if now.status == TransferStatus::Cancelled), "{ended:?}");
    assert_eq!(scene.left(), 1);
}

#[test]
fn a_conflict_is_waited_for_and_told_when_nothing_came_of_it() {
    for (code, kept) in [(900_104, true), (900_101, true), (900_102, false), (900_145, false)] {
        let (scene, one, held) = received();
        scene.switch(&json!({ "transfer_refusals": [code] }));
        let before = scene.world.elapsed();
        let ended = scene.act(&one, &accept(&held));
        assert!(matches!(&ended, Acted::Refused(error) if error.details.code == Some(code)), "{ended:?}");
        assert_eq!(scene.left(), 1, "{code}");
        let waited = scene.since(before);
        assert_eq!(waited >= Duration::from_secs(60), kept, "{code}: {waited:?}");
    }
    // 500 says nothing of what was done.
    let (scene, one, held) = received();
    scene.switch(&json!({ "transfer_refusals": [900_103] }));
    assert!(matches!(scene.act(&one, &accept(&held)), Acted::Unsettled(Some(_))));
    assert_eq!(scene.left(), 1);
}

#[test]
fn what_is_in_another_transfer_is_refused() {
    let (scene, first, held) = received();
    let second = scene.other("create", None, json!({}));
    assert!(matches!(scene.act(&first, &accept(&held)), Acted::Done(_)));
    let ended = scene.act(&second, &accept(&held));
    assert!(matches!(&ended, Acted::Refused(error) if error.details.code == Some(900_101)), "{ended:?}");
    assert_eq!(scene.left(), 2);
}

#[test]
fn a_customer_who_leaves_is_told_and_nothing_is_claimed() {
    let (scene, one, held) = received();
    scene.leaves(Some("PATCH"));
    let ended = scene.act(&one, &accept(&held));
    assert!(matches!(&ended, Acted::Refused(error) if error.kind == ErrorKind::NoRelationship), "{ended:?}");
    assert_eq!(scene.left(), 1);
    assert!(matches!(scene.act(&one, &Act::Reject), Acted::Refused(_)));
    assert_eq!(scene.left(), 0);
}

#[test]
fn what_was_granted_in_the_last_second_counts_though_reads_lag_behind() {
    let (scene, one, held) = received();
    // Its 30 days are over while it is looked, and what is read is older than the answer.
    scene.world.pass(ALMOST_OVER);
    scene.switch(&json!({ "lag_ms": 9000 }));
    let ended = scene.act(&one, &accept(&held));
    assert!(matches!(&ended, Acted::Done(now) if now.status == TransferStatus::InProgress), "{ended:?}");
    assert_eq!(scene.left(), 1);
}

#[test]
fn what_expires_before_it_arrives_is_not_carried_out() {
    let (scene, one, held) = received();
    scene.world.pass(ALMOST_OVER);
    scene.fault("late_landing", "PATCH", json!({ "count": 1, "seconds": 20 }));
    let ended = scene.act(&one, &accept(&held));
    assert!(matches!(&ended, Acted::Otherwise(now) if now.status == TransferStatus::Expired), "{ended:?}");
    assert_eq!(scene.left(), 1);
}

#[test]
fn the_time_goes_by_the_clock_of_the_service() {
    // A computer that is 26 hours ahead of a service that tells its time.
    let (scene, one, held) = received();
    scene.world.pass(DAY * 29);
    scene.world.set_clock_off(26 * HOUR, false);
    assert!(matches!(scene.act(&one, &accept(&held)), Acted::Done(_)));
    assert_eq!(scene.left(), 1);
    // One that hides it: by all that can be known the time is over, and nothing is sent.
    let (scene, one, held) = received();
    scene.world.pass(DAY * 29);
    scene.world.set_clock_off(26 * HOUR, true);
    let ended = scene.act(&one, &accept(&held));
    assert!(matches!(ended, Acted::Otherwise(_)), "{ended:?}");
    assert_eq!(scene.left(), 0);
    // A computer that is behind takes the service's word.
    let (scene, one, held) = received();
    scene.world.set_clock_off(-26 * HOUR, true);
    scene.world.pass(DAY * 30);
    let ended = scene.act(&one, &accept(&held));
    assert!(matches!(&ended, Acted::Otherwise(now) if now.status == TransferStatus::Expired), "{ended:?}");
    assert_eq!(scene.left(), 0);
}
