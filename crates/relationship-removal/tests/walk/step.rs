//! One customer and a person who wants its relationship to end, trying as long as the application offers it.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use partner_center::{CallRecord, CustomerId, ErrorKind};
use relationship_removal::{
    Delegation, Fixed, Looked, Open, Removal, Step, end_delegation, fix, look, remove, settle,
};
use sandbox::Method;
use serde_json::{Value, json};

use super::claims::{Claims, Told, hold};
use super::ledger::Ledger;
use super::tally::{Dice, Tally};
use crate::adapter::{World, done};

/// What a customer may have bought, by offer; how many days ago at most.
const OFFERS: [(&str, u64); 6] = [
    ("A1F2C3D4-0002-4C1E-8A01-0F1E2D3C4B02", 300),
    ("A1F2C3D4-0003-4C1E-8A01-0F1E2D3C4B03", 300),
    ("DZH318Z0BXWC:0001:DZH318Z0BMJX", 9),
    ("DZH318Z0BXWG:000K:DZH318Z0BMK1", 9),
    ("DZH318Z0BXWP:0001:DZH318Z0BMK8", 100),
    ("DG7GMGF0BXWS:0004:DG7GMGF0BMKB", 100),
];

/// Walks in one world, one customer each.
pub(crate) fn walks(seed: u64, count: u64, tally: &mut Tally) {
    let world = World::seeded(3, seed);
    let sent = Rc::new(Cell::new(0));
    let counter = sent.clone();
    world.client.observe(Rc::new(move |record: &CallRecord| {
        // What is throttled or never left is repeated, and was not applied.
        if !record.method.is_read() && record.repeats_after.is_none() {
            counter.set(counter.get() + 1);
        }
    }));
    let mut dice = Dice::new(seed ^ 0x0e2d);
    let claims: Vec<Claims> = (0..count)
        .map(|number| walk(&world, &format!("{seed}.{number}"), number, &mut dice, &sent, tally))
        .collect();
    calm(&world);
    let ledger = Ledger::read(&world);
    for (kind, times) in ledger.faults() {
        tally.count(kind, times);
    }
    for claim in &claims {
        hold(&world, &ledger, claim);
    }
}

fn control(world: &World, path: &str, body: &Value) -> Value {
    world.control(if path == "faults" { Method::Put } else { Method::Post }, path, body)
}

/// Everything that is on its way has arrived, and reads show it.
fn calm(world: &World) {
    control(world, "faults", &json!([]));
    control(world, "config", &json!({ "lag_ms": 0, "slow_changes": 0, "interludes": [] }));
    world.pass(Duration::from_secs(3600));
    // The next call has what was due happen.
    done(world.client.session()).unwrap();
}

fn walk(
    world: &World,
    seed: &str,
    number: u64,
    dice: &mut Dice,
    sent: &Cell<usize>,
    tally: &mut Tally,
) -> Claims {
    calm(world);
    let domain = format!("paseo{number}.onmicrosoft.com");
    let wanted = json!({ "create_customer": { "domain": domain, "companyName": format!("Paseo {number}") } });
    let made = control(world, "colleague", &wanted);
    let made = &made["customer"];
    let id = made.as_str().or(made["id"].as_str()).unwrap();
    let id = CustomerId::parse(id).unwrap();
    for _ in 0..dice.below(3) {
        // Software cannot be ended here, and would end most walks early.
        let kinds = if dice.below(6) == 0 { 6 } else { 5 };
        let (offer, days) = dice.of(&OFFERS[..kinds]);
        let buy =
            json!({ "offer": offer, "bought_days_ago": dice.below(days), "renews": dice.below(2) == 0 });
        control(world, "colleague", &json!({ "customer": id.as_str(), "buy": buy }));
    }
    let mut claims = Claims {
        id: id.clone(),
        seed: seed.to_owned(),
        decisions: 0,
        fixes: BTreeMap::new(),
        told: Told::Nothing,
        colleague: false,
        seen_gone: false,
        granted: Vec::new(),
    };
    let switches = json!({ "lag_ms": dice.below(2) * 4000, "slow_changes": dice.of(&[0, 0, 3000, 90_000]) });
    control(world, "config", &switches);
    if dice.below(4) == 0 {
        interlude(world, dice, &mut claims);
        tally.count("interlude", 1);
    }
    control(world, "faults", &dice.faults());
    let mut open: Option<Open> = None;
    for _ in 0..7 {
        let before = sent.get();
        let decided = turn(world, dice, &mut claims, &mut open, tally);
        let calls = sent.get() - before;
        assert!(calls <= decided, "walk {seed}: {calls} calls for {decided} decisions");
        if matches!(claims.told, Told::Removed | Told::Gone) || claims.seen_gone {
            break;
        }
        // The person thinks about it.
        world.pass(Duration::from_secs(dice.of(&[1, 20, 90, 86_400])));
        if dice.below(2) == 0 {
            control(world, "faults", &dice.faults());
        }
    }
    claims
}

/// Somebody else is first: ends it, or buys something right before this person's call.
fn interlude(world: &World, dice: &mut Dice, claims: &mut Claims) {
    let id = claims.id.as_str();
    let act = if dice.below(2) == 0 {
        claims.colleague = true;
        json!({ "customer": id, "remove": true })
    } else {
        json!({ "customer": id, "buy": { "offer": OFFERS[0].0 } })
    };
    let path = format!("customers/{id}");
    let method = dice.of(&["PATCH", "PATCH", "POST"]);
    control(
        world,
        "config",
        &json!({ "interludes": [{ "method": method, "path": path, "colleague": act }] }),
    );
}

/// What the person does next. Answers how many decisions that were.
fn turn(
    world: &World,
    dice: &mut Dice,
    claims: &mut Claims,
    open: &mut Option<Open>,
    tally: &mut Tally,
) -> usize {
    let (client, clock, id) = (&world.client, world.clock(), claims.id.clone());
    if let Some(unsettled) = open.take() {
        ended(done(settle(client, clock, unsettled, &|_| ())), claims, open, tally);
        if claims.told == Told::Removed {
            tally.count("settled later", 1);
        }
        return 0;
    }
    if dice.below(12) == 0 {
        claims.decisions += 1;
        delegation(done(end_delegation(client, clock, &id, &|_| ())), claims, tally);
        return 1;
    }
    let checked = match done(look(client, &id)) {
        Looked::Checked(checked) => checked,
        Looked::Gone(_) => {
            tally.count("gone when looked at", 1);
            claims.seen_gone = true;
            return 0;
        }
        Looked::NotReseller(_) | Looked::Failed(_) => return 0,
    };
    match checked.clone().clear() {
        Ok(clear) => {
            tally.count("cleared", 1);
            let domain = checked.customer.company_profile.domain.clone();
            let decision = clear.decide(&domain, "Se va", true).unwrap();
            // The person hesitates: things change meanwhile.
            world.pass(Duration::from_secs(dice.of(&[0, 5, 600])));
            if dice.below(8) == 0 {
                let buy = json!({ "customer": id.as_str(), "buy": { "offer": OFFERS[0].0 } });
                // Who is gone already buys nothing.
                let request = sandbox::Request::new(Method::Post, "/.sandbox/colleague");
                world.handle(&request.with_body(buy.to_string()));
            }
            claims.decisions += 1;
            ended(done(remove(client, clock, decision, &|_| ())), claims, open, tally);
            1
        }
        Err(blocked) => {
            let now = client.service_now();
            let steps: Vec<Step> = blocked.blockers().filter_map(|blocker| blocker.step(now)).collect();
            if steps.is_empty() {
                return 0;
            }
            let step = steps[usize::try_from(dice.below(steps.len() as u64)).unwrap()].clone();
            // A window may close while the person looks at it.
            world.pass(Duration::from_secs(dice.of(&[0, 0, 0, 5, 600_000])));
            *claims.fixes.entry(path(&step)).or_default() += 1;
            fixed(done(fix(client, clock, &id, step, &|_| ())), claims, tally);
            1
        }
    }
}

fn path(step: &Step) -> String {
    match step {
        Step::Suspend(id) | Step::Cancel(id) | Step::StopRenewal(id) => {
            format!("/subscriptions/{}", partner_center::encode(id.as_str()))
        }
        Step::CancelAzure { plan, entitlement } => {
            format!(
                "/subscriptions/{}/azureentitlements/{entitlement}/cancel",
                partner_center::encode(plan.as_str())
            )
        }
    }
}

fn ended(removal: Removal, claims: &mut Claims, open: &mut Option<Open>, tally: &mut Tally) {
    let seed = &claims.seed;
    let (what, told) = match removal {
        Removal::Removed(receipt) => {
            assert!(receipt.checked.is_clear(), "walk {seed}: a receipt over what was in the way");
            if receipt.answered {
                claims.granted.push(receipt.call.request_id);
                ("removed", Told::Removed)
            } else {
                ("removed unanswered", Told::Removed)
            }
        }
        Removal::AlreadyGone => ("already gone", Told::Gone),
        Removal::Blocked(_) => ("blocked", Told::There),
        Removal::Refused(error) => {
            assert_ne!(error.kind, ErrorKind::OutcomeUnknown, "walk {seed}: an open call called refused");
            ("refused", Told::Nothing)
        }
        Removal::StillThere(_) => ("still there", Told::There),
        Removal::Unsettled(unsettled) => {
            *open = Some(*unsettled);
            ("unsettled", Told::Nothing)
        }
    };
    tally.count(what, 1);
    if matches!(what, "removed unanswered" | "still there" | "unsettled") {
        tally.count("lost", 1);
    }
    claims.told = told;
}

fn fixed(fixed: Fixed, claims: &mut Claims, tally: &mut Tally) {
    let what = match fixed {
        Fixed::Done(_) => "done",
        Fixed::Already => "already",
        Fixed::TooLate => "too late",
        Fixed::Refused(error) => {
            assert_ne!(error.kind, ErrorKind::OutcomeUnknown, "walk {}", claims.seed);
            "fix refused"
        }
        Fixed::NotDone(_) => "not done",
        Fixed::Unsettled(_) => "fix unsettled",
    };
    tally.count(what, 1);
}

fn delegation(ended: Delegation, claims: &Claims, tally: &mut Tally) {
    let what = match ended {
        Delegation::Ended(_) => "delegation ended",
        Delegation::Already => "delegation ended before",
        Delegation::Refused(error) => {
            assert_ne!(error.kind, ErrorKind::OutcomeUnknown, "walk {}", claims.seed);
            "delegation refused"
        }
        Delegation::StillThere(_) => "delegation still there",
        Delegation::Unsettled(_) => "delegation unsettled",
    };
    tally.count(what, 1);
}
