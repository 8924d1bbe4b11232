//! The older contract: offers of this partner, and those that it has.

use super::scene::*;
use partner_center::{ErrorKind, TransferStatus};
use partner_transfers::{Act, Acted, Asked, Decision};
use serde_json::json;
use std::time::Duration;

fn accept() -> Act {
    Act::Accept(Vec::new())
}

#[test]
fn it_is_made_once_and_stands_in_the_way_of_what_it_holds() {
    let (scene, held) = Scene::new(&[LEGACY, LEGACY, LEGACY]);
    let first = scene.offered(&held[..2]);
    assert_eq!((first.status, first.line_items.len()), (TransferStatus::Active, 2));
    assert!(
        matches!(scene.offer(&held[1..], &mut Decision::default()), Asked::Open(open) if open.id == first.id)
    );
    assert_eq!(scene.left(), 0);
    assert!(
        matches!(scene.offer(&held[2..], &mut Decision::default()), Asked::Done(_)),
        "nothing of it is in one"
    );
    assert_eq!((scene.left(), scene.count()), (1, 2));
    // A further part with something that is in an offer is the service's to refuse.
    let mut part = Decision::default();
    part.further_part = true;
    let ended = scene.offer(&held, &mut part);
    assert!(matches!(&ended, Asked::Refused(error) if error.details.code == Some(900_101)), "{ended:?}");
    assert_eq!((scene.left(), scene.count(), part.is_open()), (1, 2, false));
}

#[test]
fn a_lost_offer_is_found_and_not_sent_again() {
    for (kind, seconds) in [("lost_answer", 0), ("truncated", 0), ("late_landing", 20)] {
        let (scene, held) = Scene::new(&[LEGACY, LEGACY]);
        scene.fault(kind, "POST", json!({ "count": 1, "seconds": seconds }));
        let ended = scene.offer(&held, &mut Decision::default());
        assert!(matches!(&ended, Asked::Done(made) if made.line_items.len() == 2), "{kind}: {ended:?}");
        assert_eq!((scene.left(), scene.count()), (1, 1), "{kind}");
    }
    let (scene, held) = Scene::new(&[LEGACY]);
    scene.fault("html", "POST", json!({ "count": 1 }));
    let mut decision = Decision::default();
    assert!(matches!(scene.offer(&held, &mut decision), Asked::Unsettled(Some(_))));
    assert!(matches!(scene.offer(&held, &mut decision), Asked::Unsettled(None)));
    assert_eq!((scene.left(), scene.count()), (1, 0));
}

#[test]
fn an_offer_is_withdrawn_once_and_that_it_is_away_is_read() {
    for (kind, seconds) in [("", 0), ("lost_answer", 0), ("error_after", 0), ("late_landing", 20), ("lag", 9)]
    {
        let (scene, held) = Scene::new(&[LEGACY]);
        let one = scene.offered(&held);
        if !kind.is_empty() {
            scene.fault(kind, "DELETE", json!({ "count": 1, "seconds": seconds }));
        }
        let before = scene.world.elapsed();
        let ended = scene.act(&one, &Act::Cancel);
        assert!(matches!(ended, Acted::Gone), "{kind}: {ended:?}");
        assert_eq!((scene.left(), scene.count()), (1, 0), "{kind}");
        assert!(scene.since(before) >= Duration::from_secs(seconds), "{kind}");
    }
    let (scene, held) = Scene::new(&[LEGACY]);
    let one = scene.offered(&held);
    scene.fault("error_before", "DELETE", json!({ "count": 1 }));
    assert!(matches!(scene.act(&one, &Act::Cancel), Acted::Unsettled(Some(_))));
    assert!(matches!(scene.look(&one, &Act::Cancel), Acted::Unsettled(None)));
    assert_eq!((scene.left(), scene.count()), (1, 1));
}

#[test]
fn a_404_alone_does_not_say_that_an_offer_is_away() {
    let (scene, held) = Scene::new(&[LEGACY]);
    let one = scene.offered(&held);
    // The one cannot be read, and the list has it.
    scene.fault("not_found", "GET", json!({ "path": "/transfers/" }));
    scene.switch(&json!({ "roles": ["HelpdeskAgent"] }));
    let ended = scene.act(&one, &Act::Cancel);
    assert!(matches!(&ended, Acted::Refused(error) if error.kind == ErrorKind::NotAllowed), "{ended:?}");
    // Nothing of the customer can be read.
    scene.fault("not_found", "GET", json!({}));
    let ended = scene.act(&one, &Act::Cancel);
    assert!(matches!(&ended, Acted::Refused(error) if error.kind == ErrorKind::NotFound), "{ended:?}");
    assert!(matches!(scene.look(&one, &Act::Cancel), Acted::Unsettled(Some(_))));
    scene.no_faults();
    scene.leaves(None);
    assert!(matches!(scene.act(&one, &Act::Cancel), Acted::Refused(_)), "who has left has no list");
    assert_eq!((scene.left(), scene.count()), (1, 1));
}

#[test]
fn what_is_offered_here_is_accepted_or_refused_once() {
    for (kind, seconds) in [("", 0), ("lost_answer", 0), ("empty200", 0), ("late_landing", 20)] {
        for (wanted, status) in
            [(accept(), TransferStatus::Complete), (Act::Reject, TransferStatus::Rejected)]
        {
            let (scene, _) = Scene::new(&[]);
            let one = scene.other("create", None, json!({ "contract": "legacy", "lines": 2 }));
            if !kind.is_empty() {
                let method = if wanted == Act::Reject { "PATCH" } else { "POST" };
                scene.fault(kind, method, json!({ "count": 1, "seconds": seconds }));
            }
            let ended = scene.act(&one, &wanted);
            assert!(
                matches!(&ended, Acted::Done(now) if now.status == status),
                "{kind} {wanted:?}: {ended:?}"
            );
            assert_eq!(scene.left(), 1, "{kind} {wanted:?}");
        }
    }
}

#[test]
fn lines_that_fail_are_told_by_the_state_and_all_of_them_by_nothing() {
    let (scene, _) = Scene::new(&[]);
    let one = scene.other("create", None, json!({ "contract": "legacy", "lines": 2 }));
    let failing = one.line_items[0].subscription_id.as_ref().unwrap().as_str();
    scene.switch(&json!({ "transfer_failures": [failing] }));
    let ended = scene.act(&one, &accept());
    assert!(
        matches!(&ended, Acted::Done(now) if now.status == TransferStatus::PartiallyComplete),
        "{ended:?}"
    );
    let one = scene.other("create", None, json!({ "contract": "legacy", "lines": 2 }));
    scene.switch(&json!({ "transfer_failures": ["*"] }));
    let ended = scene.act(&one, &accept());
    // 500 with 900103: nothing is said of what was done.
    assert!(
        matches!(&ended, Acted::Unsettled(Some(error)) if error.details.code == Some(900_103)),
        "{ended:?}"
    );
    assert_eq!(scene.left(), 2);
}

#[test]
fn one_that_is_withdrawn_while_it_is_answered_is_gone() {
    for (method, wanted) in [("POST", accept()), ("PATCH", Act::Reject)] {
        let (scene, _) = Scene::new(&[]);
        let one = scene.other("create", None, json!({ "contract": "legacy", "lines": 1 }));
        scene.other_is_faster(method, "withdraw", &one);
        let ended = scene.act(&one, &wanted);
        assert!(matches!(ended, Acted::Gone), "{wanted:?}: {ended:?}");
        assert_eq!(scene.left(), 1);
        assert!(matches!(scene.act(&one, &wanted), Acted::Gone), "and is not sent for again");
        assert_eq!(scene.left(), 0);
    }
}
