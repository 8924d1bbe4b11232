//! Each change that takes something out of the way.

use super::checks::subscription;
use crate::support::*;
use partner_center::{Clock, ErrorKind, Method, SubscriptionId, TransportError};
use relationship_removal::{Fixed, Looked, Step, fix, look};
use std::time::Duration;

/// The world's own clock is its client's; the procedures wait by this one.
struct NoWait;

impl Clock for NoWait {
    fn now(&self) -> partner_center::Timestamp {
        partner_center::Timestamp::parse(START).unwrap()
    }

    fn sleep(&self, _: Duration) -> futures_util::future::LocalBoxFuture<'_, ()> {
        Box::pin(async {})
    }
}

pub(super) fn clock() -> impl Clock {
    NoWait
}

fn id() -> SubscriptionId {
    let world = World::new([
        ok(super::checks::CUSTOMER_BODY),
        ok(format!("[{}]", subscription("", "active", ""))),
        ok("[]"),
        ok("[]"),
    ]);
    let Looked::Checked(checked) = done(look(&world.client, &customer_id())) else { panic!() };
    match checked.blockers().next().unwrap().step(checked.at) {
        Some(Step::Suspend(id)) => id,
        other => panic!("{other:?}"),
    }
}

fn fixed(step: Step, script: Vec<Reply>) -> (World, Fixed) {
    let world = World::new(script);
    let ended = done(fix(&world.client, &clock(), &customer_id(), step, &|_| ()));
    assert_eq!(world.left(), 0, "{ended:?}");
    (world, ended)
}

fn writes(world: &World) -> usize {
    world.sent().iter().filter(|request| !request.method.is_read()).count()
}

fn active() -> Reply {
    ok(subscription("", "active", ""))
}

fn suspended() -> Reply {
    ok(subscription("", "suspended", ""))
}

#[test]
fn suspending_is_sent_once_and_proved_by_a_read() {
    let (world, ended) = fixed(Step::Suspend(id()), vec![active(), suspended(), suspended()]);
    assert!(matches!(ended, Fixed::Done(_)));
    let methods: Vec<Method> = world.sent().iter().map(|request| request.method).collect();
    assert_eq!(methods, [Method::Get, Method::Patch, Method::Get]);
    assert!(world.sent()[1].body.as_ref().unwrap().contains(r#""status":"suspended""#));
    // Its answer alone is no proof while reads deny it.
    let script = [vec![active(), suspended()], vec![active(); 6]].concat();
    let (world, ended) = fixed(Step::Suspend(id()), script);
    assert!(matches!(ended, Fixed::Unsettled(_)), "{ended:?}");
    assert_eq!(writes(&world), 1);
}

#[test]
fn what_is_done_already_is_not_sent() {
    let (world, ended) = fixed(Step::Suspend(id()), vec![suspended()]);
    assert!(matches!(ended, Fixed::Already));
    assert_eq!(writes(&world), 0);
    let renews = ok(subscription("OnlineServicesNCE", "active", r#","autoRenewEnabled":false"#));
    assert!(matches!(fixed(Step::StopRenewal(id()), vec![renews]).1, Fixed::Already));
}

#[test]
fn a_lost_answer_is_settled_by_reading_and_never_sent_again() {
    let lost = Err(TransportError::Lost);
    let (world, ended) = fixed(Step::Suspend(id()), vec![active(), lost.clone(), active(), suspended()]);
    assert!(matches!(ended, Fixed::Done(_)));
    assert_eq!(writes(&world), 1);
    let (world, ended) = fixed(Step::Suspend(id()), [vec![active(), lost], vec![active(); 6]].concat());
    assert!(matches!(ended, Fixed::NotDone(_)));
    assert_eq!(writes(&world), 1);
}

#[test]
fn a_window_is_judged_by_what_is_read_right_before_and_by_the_service() {
    let until = |date: &str| {
        let more = format!(r#","cancellationAllowedUntilDate":"{date}""#);
        ok(subscription("OnlineServicesNCE", "active", &more))
    };
    let (world, ended) = fixed(Step::Cancel(id()), vec![until("2026-11-22T09:00:00Z")]);
    assert!(matches!(ended, Fixed::TooLate));
    assert_eq!(writes(&world), 0);
    for code in [900_117, 900_213] {
        let refused = status(400, format!(r#"{{"code":{code}}}"#));
        let (_, ended) = fixed(Step::Cancel(id()), vec![until("2026-11-25T00:00:00Z"), refused]);
        assert!(matches!(ended, Fixed::TooLate));
    }
    let gone = ok(subscription("OnlineServicesNCE", "canceled", ""));
    let script = vec![until("2026-11-25T00:00:00Z"), gone.clone(), gone];
    let (world, ended) = fixed(Step::Cancel(id()), script);
    assert!(matches!(ended, Fixed::Done(_)));
    assert!(world.sent()[1].body.as_ref().unwrap().contains(r#""status":"deleted""#));
}

#[test]
fn refusals_and_faster_colleagues() {
    let (_, ended) = fixed(Step::Suspend(id()), vec![active(), status(403, r#"{"code":900115}"#)]);
    assert!(matches!(ended, Fixed::Refused(error) if error.kind == ErrorKind::NotAllowed));
    let stale = status(400, r#"{"code":2055}"#);
    let (world, ended) = fixed(Step::Suspend(id()), vec![active(), stale.clone(), suspended()]);
    assert!(matches!(ended, Fixed::Already));
    assert_eq!(writes(&world), 1);
    let (_, ended) = fixed(Step::Suspend(id()), vec![active(), stale, active()]);
    assert!(matches!(ended, Fixed::Refused(error) if error.kind == ErrorKind::Conflict));
}

#[test]
fn an_azure_subscription_is_cancelled_once() {
    let step = || Step::CancelAzure { plan: id(), entitlement: "A1".to_owned() };
    let list = |status: &str| ok(format!(r#"[{{"id":"a1","status":"{status}"}}]"#));
    let (world, ended) =
        fixed(step(), vec![list("active"), status(204, ""), list("active"), list("canceled")]);
    assert!(matches!(ended, Fixed::Done(_)));
    assert_eq!(writes(&world), 1);
    assert!(matches!(fixed(step(), vec![ok("[]")]).1, Fixed::Already));
    let unreadable = ok(r#"[{"status":5}]"#);
    let script = [vec![list("active"), Err(TransportError::Lost)], vec![unreadable; 6]].concat();
    assert!(matches!(fixed(step(), script).1, Fixed::NotDone(_)), "what cannot be read may be it");
}
