//! Answers to requests of new commerce, and what is taken back.

use super::scene::*;
use partner_center::{ErrorKind, SubscriptionId, Transfer, TransferProduct, TransferStatus};
use partner_transfers::{Act, Acted, Stage, spread};
use serde_json::json;
use std::time::Duration;

pub(crate) fn accept(held: &[SubscriptionId]) -> Act {
    Act::Accept(held.iter().map(|id| (id.clone(), TransferProduct::OnlineServicesNce)).collect())
}

/// A request of the other partner, with what can go.
pub(crate) fn received() -> (Scene, Transfer, Vec<SubscriptionId>) {
    let (scene, held) = Scene::new(&[NEW, NEW]);
    let one = scene.other("create", None, json!({}));
    (scene, one, held)
}

#[test]
fn each_decision_is_carried_out_by_one_call_and_read() {
    for (wanted, status) in
        [(accept(&[]), TransferStatus::InProgress), (Act::Reject, TransferStatus::Rejected)]
    {
        let (scene, one, held) = received();
        let wanted = if wanted == Act::Reject { wanted } else { accept(&held) };
        let ended = scene.act(&one, &wanted);
        assert!(matches!(&ended, Acted::Done(now) if now.status == status), "{ended:?}");
        assert_eq!(scene.stages(), [Stage::Looking, Stage::Sending, Stage::Verifying]);
        assert_eq!(scene.left(), 1);
    }
    let (scene, _) = Scene::new(&[PLAN]);
    let one = scene.asked();
    assert!(
        matches!(scene.act(&one, &Act::Cancel), Acted::Done(now) if now.status == TransferStatus::Cancelled)
    );
    assert_eq!(scene.left(), 1);
}

#[test]
fn what_a_role_cannot_do_is_not_sent() {
    let (scene, one, held) = received();
    assert!(matches!(scene.act(&one, &Act::Cancel), Acted::Otherwise(_)), "whoever asked takes it back");
    let (asking, _) = Scene::new(&[PLAN]);
    let sent = asking.asked();
    for wanted in [accept(&held), Act::Reject] {
        assert!(matches!(asking.act(&sent, &wanted), Acted::Otherwise(_)));
    }
    let (offering, held) = Scene::new(&[LEGACY]);
    let offered = offering.offered(&held);
    for wanted in [accept(&[]), Act::Reject] {
        assert!(matches!(offering.act(&offered, &wanted), Acted::Otherwise(_)));
    }
    let received = offering.other("create", None, json!({ "contract": "legacy", "lines": 1 }));
    assert!(matches!(offering.act(&received, &Act::Cancel), Acted::Otherwise(_)));
    assert_eq!((scene.left(), asking.left(), offering.left()), (0, 0, 0));
}

#[test]
fn what_has_ended_is_not_answered() {
    let (scene, one, held) = received();
    assert!(matches!(scene.act(&one, &accept(&held)), Acted::Done(_)));
    scene.world.pass(Duration::from_secs(15 * 60));
    scene.left();
    for wanted in [accept(&held), Act::Reject, Act::Cancel] {
        let ended = scene.act(&one, &wanted);
        assert!(
            matches!(&ended, Acted::Otherwise(now) if now.status == TransferStatus::Complete),
            "{ended:?}"
        );
    }
    let later = scene.other("create", None, json!({}));
    scene.world.pass(DAY * 30);
    let ended = scene.act(&later, &Act::Reject);
    assert!(matches!(&ended, Acted::Otherwise(now) if now.status == TransferStatus::Expired), "{ended:?}");
    assert_eq!(scene.left(), 0);
}

#[test]
fn a_lost_answer_is_settled_by_reading() {
    for (kind, seconds) in [
        ("lost_answer", 0),
        ("error_after", 0),
        ("broken_body", 0),
        ("truncated", 0),
        ("late_landing", 20),
        ("lag", 9),
    ] {
        let (scene, one, held) = received();
        scene.fault(kind, "PATCH", json!({ "count": 1, "seconds": seconds }));
        let before = scene.world.elapsed();
        let ended = scene.act(&one, &accept(&held));
        assert!(matches!(&ended, Acted::Done(now) if now.line_items.len() == 2), "{kind}: {ended:?}");
        assert!(scene.since(before) >= Duration::from_secs(seconds), "{kind}");
        assert_eq!(scene.left(), 1, "{kind}");
    }
}

#[test]
fn what_never_arrived_is_not_sent_again() {
    for kind in ["error_before", "error_empty", "html"] {
        let (scene, one, held) = received();
        scene.fault(kind, "PATCH", json!({ "count": 1 }));
        let ended = scene.act(&one, &accept(&held));
        assert!(matches!(&ended, Acted::Unsettled(Some(error)) if error.kind == ErrorKind::OutcomeUnknown));
        assert_eq!(scene.left(), 1, "{kind}");
        scene.world.pass(DAY);
        assert!(matches!(scene.look(&one, &accept(&held)), Acted::Unsettled(None)));
        assert_eq!((scene.left(), scene.one(&one.id).status), (0, TransferStatus::Pending), "{kind}");
    }
}

#[test]
fn what_arrives_later_than_anybody_looks_is_found_by_looking_again() {
    let (scene, one, held) = received();
    scene.fault("late_landing", "PATCH", json!({ "count": 1, "seconds": 100 }));
    assert!(matches!(scene.act(&one, &accept(&held)), Acted::Unsettled(Some(_))));
    scene.world.pass(Duration::from_secs(60));
    assert!(matches!(scene.look(&one, &accept(&held)), Acted::Done(_)));
    assert_eq!(scene.left(), 1);
}

#[test]
fn reads_that_fail_prove_nothing() {
    let (scene, one, _) = received();
    scene.fault("garbage", "GET", json!({ "after": 1 }));
    let ended = scene.act(&one, &Act::Reject);
    assert!(
        matches!(&ended, Acted::Unsettled(Some(error)) if error.kind == ErrorKind::Unreadable),
        "{ended:?}"
    );
    scene.no_faults();
    assert!(matches!(scene.look(&one, &Act::Reject), Acted::Done(_)));
    assert_eq!(scene.left(), 1);
    let (scene, one, _) = received();
    scene.fault("expired", "GET", json!({}));
    assert!(
        matches!(scene.act(&one, &Act::Reject), Acted::Refused(error) if error.kind == ErrorKind::SignInAgain)
    );
    assert_eq!(scene.left(), 0, "what cannot be looked at is not sent");
}

#[test]
fn more_than_one_request_holds_goes_by_several() {
    let (scene, held) = Scene::new(&[NEW; 27]);
    let requests = [0; 2].map(|_| scene.other("create", None, json!({})));
    let (parts, rest) = spread(&held, requests.len());
    assert_eq!((parts.len(), rest.len()), (2, 0));
    for (one, lines) in requests.iter().zip(&parts) {
        let ended = scene.act(one, &accept(lines));
        assert!(matches!(&ended, Acted::Done(now) if now.line_items.len() == lines.len()), "{ended:?}");
        assert_eq!(scene.left(), 1);
    }
}
