//! What blocks, what is unknown, what passes.

use crate::support::*;
use partner_center::{ErrorKind, Timestamp};
use relationship_removal::{Check, Checked, Fix, Looked, Step, Terms, Thing, Verdict, Why, look};

pub(super) const CUSTOMER_BODY: &str = r#"{"id":"7c1f3f52-0a5e-4d0b-9c2f-2f4f6a1b9e01","companyProfile":{"domain":"faro.onmicrosoft.com","companyName":"Faro"},"relationshipToPartner":"reseller","allowDelegatedAccess":true}"#;

/// A subscription of this product type and state, with further members.
pub(super) fn subscription(kind: &str, status: &str, more: &str) -> String {
    let kind = if kind.is_empty() { String::new() } else { format!(r#""productType":{{"id":"{kind}"}},"#) };
    format!(
        r#"{{"id":"S1","offerName":"Offer",{kind}"status":"{status}","billingType":"license","quantity":5{more}}}"#
    )
}

/// What looking makes of these answers after the customer's.
fn looked(answers: impl IntoIterator<Item = Reply>) -> Checked {
    let world = World::new([ok(CUSTOMER_BODY)].into_iter().chain(answers).chain([ok("[]")]));
    match done(look(&world.client, &customer_id())) {
        Looked::Checked(checked) => {
            assert_eq!(world.left(), 0, "not everything was asked for");
            *checked
        }
        other => panic!("{other:?}"),
    }
}

fn with_subscriptions(items: &[String]) -> Checked {
    looked([ok(format!("[{}]", items.join(","))), ok("[]")])
}

fn now() -> Timestamp {
    Timestamp::parse(START).unwrap()
}

fn verdict(checked: &Checked, check: Check) -> &Verdict {
    &checked.findings().iter().find(|finding| finding.check == check).unwrap().verdict
}

fn only_blocks(checked: &Checked, check: Check) {
    for finding in checked.findings() {
        let blocks = matches!(finding.verdict, Verdict::Blocks(_));
        assert_eq!(blocks, finding.check == check, "{:?}: {:?}", finding.check, finding.verdict);
    }
}

#[test]
fn nothing_in_the_way_passes_every_check_in_order() {
    let checked = with_subscriptions(&[]);
    assert!(checked.is_clear());
    assert_eq!(checked.counts(), (0, 0, Check::ALL.len()));
    let order: Vec<Check> = checked.findings().iter().map(|finding| finding.check).collect();
    assert_eq!(order, Check::ALL);
    assert!(checked.clear().is_ok());
}

#[test]
fn each_kind_in_use_blocks_its_check_with_its_fix() {
    let window = r#","cancellationAllowedUntilDate":"2026-11-25T00:00:00Z","autoRenewEnabled":true"#;
    let until = Timestamp::parse("2026-11-25T00:00:00Z").unwrap();
    for (kind, status, more, check, fix) in [
        ("", "active", "", Check::Legacy, Fix::Suspend),
        ("", "pending", "", Check::Legacy, Fix::Later),
        ("OnlineServicesNCE", "active", window, Check::NewCommerce, Fix::Cancel(until)),
        ("OnlineServicesNCE", "suspended", window, Check::NewCommerce, Fix::Cancel(until)),
        ("AzureReservation", "active", "", Check::Reservations, Fix::Portal),
        ("AzureSavingsPlan", "active", "", Check::SavingsPlans, Fix::Portal),
        ("Software", "active", "", Check::Software, Fix::Portal),
        ("Software", "active", window, Check::Software, Fix::Cancel(until)),
        ("SaaS", "active", "", Check::Marketplace, Fix::Portal),
        ("AzureMarketplace", "suspended", "", Check::Marketplace, Fix::Portal),
        ("Unheard of", "active", "", Check::Marketplace, Fix::Portal),
    ] {
        let checked = with_subscriptions(&[subscription(kind, status, more)]);
        only_blocks(&checked, check);
        let [blocker] = checked.blockers().collect::<Vec<_>>().try_into().unwrap();
        assert_eq!(blocker.fix(now()), fix, "{kind} {status}");
        assert!(checked.clear().is_err());
    }
}

#[test]
fn what_has_ended_or_rests_does_not_block() {
    for (kind, statuses) in [
        ("", &["suspended", "deleted", "expired", "disabled"][..]),
        ("OnlineServicesNCE", &["canceled", "deleted", "expired", "disabled"]),
        ("Azure", &["suspended", "deleted", "canceled"]),
        ("AzureReservation", &["expired", "canceled"]),
    ] {
        for status in statuses {
            let checked = with_subscriptions(&[subscription(kind, status, "")]);
            assert!(checked.is_clear(), "{kind} {status}: {checked:?}");
        }
    }
}

#[test]
fn a_state_that_nobody_knows_is_no_pass() {
    for (kind, check) in [("", Check::Legacy), ("OnlineServicesNCE", Check::NewCommerce)] {
        for status in ["none", "hibernating"] {
            let checked = with_subscriptions(&[subscription(kind, status, "")]);
            assert_eq!(verdict(&checked, check), &Verdict::Unknown(Why::NotUnderstood(1)));
            assert_eq!(checked.counts(), (0, 1, Check::ALL.len() - 1));
            assert!(!checked.is_clear());
        }
    }
    // One that has no id could be of any kind.
    let checked = with_subscriptions(&[r#"{"status":"active"}"#.to_owned()]);
    assert_eq!(checked.counts(), (0, Check::ALL.len() - 1, 1));
}

#[test]
fn what_cannot_be_read_is_unknown_and_blocks() {
    let checked = looked([status(403, ""), ok("[]")]);
    assert_eq!(checked.counts(), (0, Check::ALL.len() - 1, 1), "all but transfers");
    assert!(
        matches!(verdict(&checked, Check::Legacy), Verdict::Unknown(Why::Failed(error)) if error.kind == ErrorKind::NotAllowed)
    );
    let checked = looked([ok("[]"), status(403, "")]);
    assert_eq!(checked.counts(), (0, 2, Check::ALL.len() - 2), "what is owned is unknown");
    assert!(checked.clear().is_err());
}

#[test]
fn a_window_closes_while_somebody_looks() {
    let more = r#","cancellationAllowedUntilDate":"2026-11-22T12:00:00Z","commitmentEndDate":"2027-11-15T00:00:00Z","autoRenewEnabled":true"#;
    let checked = with_subscriptions(&[subscription("OnlineServicesNCE", "active", more)]);
    let blocker = checked.blockers().next().unwrap();
    let until = Timestamp::parse("2026-11-22T12:00:00Z").unwrap();
    assert_eq!(blocker.window(), Some(until));
    assert!(matches!(blocker.step(until), Some(Step::Cancel(_))), "the last moment counts");
    let after = Timestamp::from_millis(until.millis() + 1);
    let ends = Timestamp::parse("2027-11-15T00:00:00Z");
    assert_eq!(blocker.fix(after), Fix::Wait(Terms { cancel_until: Some(until), ends, renews: true }));
    assert!(matches!(blocker.step(after), Some(Step::StopRenewal(_))));
}

#[test]
fn without_a_window_there_is_nothing_to_cancel_and_no_end_is_no_date() {
    let more = r#","commitmentEndDate":"9999-12-14T00:00:00Z""#;
    let checked = with_subscriptions(&[subscription("OnlineServicesNCE", "active", more)]);
    let blocker = checked.blockers().next().unwrap();
    assert_eq!(blocker.fix(now()), Fix::Wait(Terms { cancel_until: None, ends: None, renews: false }));
    assert_eq!(blocker.step(now()), None);
}

#[test]
fn an_azure_plan_waits_for_what_is_under_it() {
    let plan = || ok(format!("[{}]", subscription("Azure", "active", r#","billingType":"usage""#)));
    let under = r#"[{"id":"a1","friendlyName":"Web","status":"active"},{"id":"a2","status":"canceled"}]"#;
    let checked = looked([plan(), ok(under), ok("[]")]);
    only_blocks(&checked, Check::AzurePlan);
    let [blocker] = checked.blockers().collect::<Vec<_>>().try_into().unwrap();
    assert_eq!((blocker.name.as_str(), blocker.fix(now())), ("Web", Fix::CancelAzure));
    assert!(matches!(&blocker.thing, Thing::Azure { entitlement, .. } if entitlement == "a1"));

    let checked = looked([plan(), ok("[]"), ok("[]")]);
    assert_eq!(checked.blockers().next().unwrap().fix(now()), Fix::Suspend);
    let checked = looked([plan(), status(403, ""), ok("[]")]);
    assert!(matches!(verdict(&checked, Check::AzurePlan), Verdict::Unknown(Why::Failed(_))));
}

#[test]
fn one_order_is_one_thing() {
    let owned = r#"[{"entitlementType":"software","productId":"P1","quantity":2,"referenceOrder":{"id":"ORDER"}},
        {"entitlementType":"reservedinstance","productId":"P2","quantity":1,"referenceOrder":{"id":"other"}},
        {"entitlementType":"software","productId":"P3","quantity":0}]"#;
    let items = format!("[{}]", subscription("Software", "active", r#","orderId":"order""#));
    let checked = looked([ok(items), ok(owned)]);
    let names: Vec<&str> = checked.blockers().map(|blocker| blocker.name.as_str()).collect();
    assert_eq!(names, ["P2", "Offer"]);
    assert_eq!(checked.blockers().next().unwrap().thing, Thing::Order("other".to_owned()));
}

#[test]
fn a_transfer_that_is_not_over_blocks() {
    let with = |transfers: Reply| {
        let world = World::new([ok(CUSTOMER_BODY), ok("[]"), ok("[]"), transfers]);
        match done(look(&world.client, &customer_id())) {
            Looked::Checked(checked) => *checked,
            other => panic!("{other:?}"),
        }
    };
    for (status, blocks) in [
        ("Active", true),
        ("Pending", true),
        ("InProgress", true),
        ("odd", true),
        ("Complete", false),
        ("Expired", false),
    ] {
        let checked = with(ok(format!(r#"[{{"id":"T1","status":"{status}"}}]"#)));
        assert_eq!(
            checked.blockers().next().map(|blocker| blocker.fix(now())),
            blocks.then_some(Fix::Transfer)
        );
    }
    assert!(with(status(404, r#"{"code":900100}"#)).is_clear());
    assert!(with(status(403, r#"{"code":900138}"#)).is_clear(), "a cloud without transfers");
    assert_eq!(with(status(403, r#"{"code":2032}"#)).counts().1, 1);
}

#[test]
fn five_hundred_subscriptions_are_all_looked_at() {
    let items: Vec<String> = (0..500)
        .map(|n| {
            subscription("", if n == 499 { "active" } else { "suspended" }, "").replace("S1", &n.to_string())
        })
        .collect();
    let checked = with_subscriptions(&items);
    let [blocker] = checked.blockers().collect::<Vec<_>>().try_into().unwrap();
    assert!(matches!(&blocker.thing, Thing::Subscription(id) if id.as_str() == "499"));
}

#[test]
fn who_is_no_customer_is_told_apart() {
    for reply in
        [status(404, ""), status(403, r#"{"code":20002}"#), ok(CUSTOMER_BODY.replace("reseller", "none"))]
    {
        let world = World::new([reply]);
        assert!(matches!(done(look(&world.client, &customer_id())), Looked::Gone(_)));
    }
    let world = World::new([ok(CUSTOMER_BODY.replace("reseller", "advisor"))]);
    assert!(matches!(done(look(&world.client, &customer_id())), Looked::NotReseller(_)));
    let world = World::new([status(403, r#"{"code":2032}"#)]);
    assert!(matches!(done(look(&world.client, &customer_id())), Looked::Failed(_)));
}

#[test]
fn a_clock_that_is_hours_off_decides_nothing() {
    // This computer says 10:00; the service says 15:00, when the window has closed.
    let more = r#","cancellationAllowedUntilDate":"2026-11-22T12:00:00Z""#;
    let items = format!("[{}]", subscription("OnlineServicesNCE", "active", more));
    let date = "Sun, 22 Nov 2026 15:00:00 GMT";
    let checked = looked([ok(items), with_header(ok("[]"), "date", date)]);
    assert_eq!(checked.at.since(Timestamp::parse_http(date).unwrap()), LATENCY);
    assert!(matches!(checked.blockers().next().unwrap().fix(checked.at), Fix::Wait(_)));
}
