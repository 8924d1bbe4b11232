//! The one call, and the proof.

use super::checks::{CUSTOMER_BODY, subscription};
use super::fixes::clock;
use crate::support::*;
use partner_center::{ErrorKind, TransportError};
use relationship_removal::{
    Clear, Decision, Delegation, Looked, Removal, Stage, Waits, end_delegation, look, remove, settle,
};
use std::cell::RefCell;

/// Answers of a customer of whom nothing stands in the way.
fn free() -> Vec<Reply> {
    vec![ok(CUSTOMER_BODY), ok("[]"), ok("[]"), ok("[]")]
}

fn gone() -> Vec<Reply> {
    vec![status(403, r#"{"code":20002}"#), ok("[]")]
}

fn there() -> Reply {
    ok(CUSTOMER_BODY)
}

fn granted() -> Reply {
    ok(r#"{"RelationshipToPartner":"none"}"#)
}

fn clear() -> Clear {
    let world = World::new(free());
    let Looked::Checked(checked) = done(look(&world.client, &customer_id())) else { panic!() };
    checked.clear().unwrap()
}

fn decision() -> Decision {
    clear().decide(" FARO.onmicrosoft.com ", " Se va ", true).unwrap()
}

fn removed(after: Vec<Reply>) -> (World, Removal) {
    let world = World::new([free(), after].concat());
    let ended = done(remove(&world.client, &clock(), decision(), &|_| ()));
    assert_eq!(world.left(), 0, "{ended:?}");
    (world, ended)
}

fn writes(world: &World) -> usize {
    world.sent().iter().filter(|request| !request.method.is_read()).count()
}

#[test]
fn a_decision_wants_duties_a_reason_and_the_domain() {
    for (typed, reason, duties, lack) in [
        ("faro.onmicrosoft.com", "why", false, Waits::Duties),
        ("faro.onmicrosoft.com", "  ", true, Waits::Reason),
        ("faro.onmicrosoft.co", "why", true, Waits::Typed),
        ("", "why", true, Waits::Typed),
    ] {
        assert_eq!(clear().decide(typed, reason, duties), Err(lack));
    }
    assert_eq!(*decision().customer(), customer_id());
    assert_eq!(clear().decide_as_one_of(12, "11", "why", true), Err(Waits::Typed));
    assert!(clear().decide_as_one_of(12, " 12 ", "why", true).is_ok());
}

#[test]
fn it_ends_with_one_call_and_a_receipt_that_reads_confirm() {
    let (world, ended) = removed([vec![granted()], gone()].concat());
    let Removal::Removed(receipt) = ended else { panic!("{ended:?}") };
    assert_eq!(writes(&world), 1);
    assert_eq!((receipt.reason.as_str(), receipt.answered), ("Se va", true));
    let call = &world.sent()[4];
    assert_eq!(Some(receipt.call.request_id.as_str()), header(call, "MS-RequestId"));
    assert!(receipt.checked.is_clear());
}

#[test]
fn an_answer_that_reads_deny_is_no_success() {
    let (world, ended) = removed([vec![granted()], vec![there(); 6]].concat());
    let Removal::Unsettled(open) = ended else { panic!("{ended:?}") };
    assert_eq!((writes(&world), open.lost.is_none()), (1, true));
    // The list still has it: that is no proof either.
    let still = vec![vec![status(404, ""), ok(format!("[{CUSTOMER_BODY}]"))]; 6].concat();
    let (_, ended) = removed([vec![granted()], still].concat());
    assert!(matches!(ended, Removal::Unsettled(_)), "{ended:?}");
    // Later it is settled by reading.
    let world = World::new(gone());
    let ended = done(settle(&world.client, &clock(), *open, &|_| ()));
    assert!(matches!(ended, Removal::Removed(receipt) if receipt.answered));
    assert_eq!(writes(&world), 0);
}

#[test]
fn a_lost_answer_is_settled_by_reading() {
    let lost = || vec![Err(TransportError::Lost)];
    let (world, ended) = removed([lost(), vec![there()], gone()].concat());
    assert!(matches!(ended, Removal::Removed(receipt) if !receipt.answered));
    assert_eq!(writes(&world), 1);
    let (world, ended) = removed([lost(), vec![there(); 6]].concat());
    assert!(matches!(ended, Removal::StillThere(_)), "{ended:?}");
    assert_eq!(writes(&world), 1);
    let (world, ended) = removed([lost(), vec![status(403, ""); 6]].concat());
    assert!(matches!(ended, Removal::Unsettled(_)), "{ended:?}");
    assert_eq!(writes(&world), 1);
}

#[test]
fn what_became_active_meanwhile_stops_it_before_anything_is_sent() {
    let active = ok(format!("[{}]", subscription("", "active", "")));
    let world = World::new([ok(CUSTOMER_BODY), active, ok("[]"), ok("[]")]);
    let ended = done(remove(&world.client, &clock(), decision(), &|_| ()));
    assert!(matches!(ended, Removal::Blocked(now) if now.blockers().count() == 1));
    assert_eq!(writes(&world), 0);
}

#[test]
fn a_customer_who_has_gone_is_not_sent_for() {
    let world = World::new([status(404, "")].into_iter().chain(gone()));
    assert!(matches!(done(remove(&world.client, &clock(), decision(), &|_| ())), Removal::AlreadyGone));
    assert_eq!(writes(&world), 0);
    // One refused read alone says nothing.
    let world = World::new([status(404, ""), there()]);
    assert!(matches!(done(remove(&world.client, &clock(), decision(), &|_| ())), Removal::Refused(_)));
    // Between the checks and the call.
    let (_, ended) = removed([vec![status(400, r#"{"code":3000}"#)], gone()].concat());
    assert!(matches!(ended, Removal::AlreadyGone));
}

#[test]
fn a_refusal_is_told_and_leaves_it_as_it_was() {
    let (_, ended) = removed(vec![status(400, r#"{"code":3000,"data":["S1"]}"#), there()]);
    assert!(matches!(ended, Removal::Refused(error) if matches!(error.kind, ErrorKind::Invalid(_))));
    let (_, ended) = removed(vec![status(403, r#"{"code":2032}"#)]);
    assert!(matches!(ended, Removal::Refused(error) if error.kind == ErrorKind::NotAllowed));
}

#[test]
fn those_who_wait_are_told_how_far_it_is() {
    let stages = RefCell::new(Vec::new());
    let world = World::new([free(), vec![granted(), there()], gone()].concat());
    done(remove(&world.client, &clock(), decision(), &|stage| stages.borrow_mut().push(stage)));
    let wanted = [Stage::Checking, Stage::Sending, Stage::Verifying, Stage::Settling, Stage::Verifying];
    assert_eq!(*stages.borrow(), wanted);
}

#[test]
fn delegation_ends_alone() {
    let without = || ok(CUSTOMER_BODY.replace("true", "false"));
    let end = |script: Vec<Reply>| {
        let world = World::new(script);
        let ended = done(end_delegation(&world.client, &clock(), &customer_id(), &|_| ()));
        assert_eq!(world.left(), 0, "{ended:?}");
        (writes(&world), ended)
    };
    let granted = || ok(r#"{"allowDelegatedAccess":false}"#);
    assert!(matches!(end(vec![there(), granted(), there(), without()]), (1, Delegation::Ended(_))));
    assert!(matches!(end(vec![without()]), (0, Delegation::Already)));
    assert!(matches!(end(vec![there(), status(403, "")]), (1, Delegation::Refused(_))));
    let lost = [vec![there(), Err(TransportError::Lost)], vec![there(); 6]].concat();
    assert!(matches!(end(lost), (1, Delegation::StillThere(_))));
    let denied = [vec![there(), granted()], vec![there(); 6]].concat();
    assert!(matches!(end(denied), (1, Delegation::Unsettled(_))));
}
