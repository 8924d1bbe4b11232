//! Customers made and accounts changed under schedules of faults, each drawn from a seed: whatever the network, the
//! service and a colleague do, a customer is made once, nobody's edit is overwritten, and no success is told that is none.
//!
//! A schedule that fails names its seed; `one(seed)` alone repeats it.

// All of this is test code, also where it is no test function: it reports by panicking.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[allow(dead_code)]
#[path = "../../partner-center/tests/against_sandbox/adapter.rs"]
mod adapter;

use std::collections::BTreeMap;
use std::time::Duration;

use account_changes::{Attempt, Creation, Edit, Saving, create, save};
use adapter::{World, all, done};
use partner_center::{BillingDocument, Customer, CustomerId, CustomerQuery, ErrorKind, NewCustomer};
use sandbox::{Method, SeededRandom};
use serde_json::{Value, json};

/// What can go wrong with a call, of those faults after which going on makes sense.
const FAULTS: [&str; 14] = [
    "throttle",
    "throttle_bare",
    "throttle_text",
    "error_before",
    "error_empty",
    "error_after",
    "lost_answer",
    "late_landing",
    "lag",
    "broken_body",
    "garbage",
    "html",
    "truncated",
    "empty200",
];

/// How often each thing happened over all schedules: a proof of nothing is none.
#[derive(Default)]
struct Tally(BTreeMap<String, u64>);

impl Tally {
    fn count(&mut self, what: &str, times: u64) {
        *self.0.entry(what.to_owned()).or_default() += times;
    }

    fn at_least(&self, what: &str, times: u64) {
        let found = self.0.get(what).copied().unwrap_or(0);
        assert!(found >= times, "{what} happened {found} times: {:?}", self.0);
    }
}

struct Dice(SeededRandom);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0.draw() % n
    }

    /// A random part of the faults is in force at all, so that rare combinations come about.
    fn faults(&mut self) -> Value {
        let count = self.below(4) + 1;
        (0..count)
            .map(|_| {
                let kind = FAULTS[usize::try_from(self.below(FAULTS.len() as u64)).unwrap()];
                let rate = [0.1, 0.25, 0.5, 0.8][usize::try_from(self.below(4)).unwrap()];
                let method = ["GET", "POST", "PUT"][usize::try_from(self.below(3)).unwrap()];
                let mut rule = json!({ "kind": kind, "rate": rate, "seconds": self.below(25) + 1 });
                if self.below(3) > 0 {
                    rule["method"] = json!(method);
                }
                rule
            })
            .collect()
    }
}

fn set_faults(world: &World, rules: &Value) {
    world.control(Method::Put, "faults", rules);
}

/// Everything that is on its way has arrived, and reads show it.
fn calm(world: &World, tally: &mut Tally) {
    let ledger = world.control(Method::Get, "ledger", &Value::Null);
    for (kind, times) in ledger["faults"].as_object().unwrap() {
        tally.count(kind, times.as_u64().unwrap());
    }
    set_faults(world, &json!([]));
    world.control(Method::Post, "config", &json!({ "lag_ms": 0 }));
    world.pass(Duration::from_secs(3600));
    // The next call has what was due happen.
    done(world.client.session()).unwrap();
}

fn wanted(domain: &str) -> NewCustomer {
    let mut billing = BillingDocument::default();
    for (path, text) in [
        ("companyName", "Faro de Levante SL"),
        ("email", "ana@faro.example"),
        ("culture", "es-ES"),
        ("language", "es"),
        ("firstName", "Ana"),
        ("lastName", "Roca"),
        ("defaultAddress.firstName", "Ana"),
        ("defaultAddress.lastName", "Roca"),
        ("defaultAddress.addressLine1", "Calle Mayor 12"),
        ("defaultAddress.city", "Murcia"),
        ("defaultAddress.postalCode", "30001"),
        ("defaultAddress.country", "ES"),
        ("defaultAddress.phoneNumber", "968000111"),
    ] {
        billing.set(path, text);
    }
    NewCustomer { domain: domain.to_owned(), billing, ..NewCustomer::default() }
}

const DOMAIN: &str = "farolevante.onmicrosoft.com";

fn with_domain(world: &World) -> Vec<Customer> {
    let customers = all(world.client.customers(&CustomerQuery::default()));
    customers.into_iter().filter(|customer| customer.company_profile.domain == DOMAIN).collect()
}

/// One customer, added by a person who tries again as long as the application offers it.
fn add(seed: u64, tally: &mut Tally) {
    let world = World::seeded(3, seed);
    let mut dice = Dice(SeededRandom::new(seed ^ 0xadd));
    let memory = ["honour", "ignore", "ten_minutes"][usize::try_from(dice.below(3)).unwrap()];
    world.control(Method::Post, "config", &json!({ "request_ids": memory, "lag_ms": dice.below(2) * 4000 }));
    let taken = dice.below(8) == 0;
    let customer = wanted(DOMAIN);
    set_faults(&world, &dice.faults());
    let mut attempt = Attempt::default();
    let mut told = None;
    for turn in 0..4 {
        if taken && turn == dice.below(2) {
            // A colleague, or another tab, takes the domain.
            let body = json!({ "create_customer": { "domain": DOMAIN, "companyName": "De otra persona" } });
            let request =
                sandbox::Request::new(Method::Post, "/.sandbox/colleague").with_body(body.to_string());
            world.handle(&request);
        }
        let ended = done(create(&world.client, world.clock(), &customer, &mut attempt, &|_| ()));
        match ended {
            Creation::Created(created) => {
                assert!(created.user_credentials.is_some(), "seed {seed}: no password");
                told = Some(created.id);
                tally.count("created", 1);
                break;
            }
            Creation::Found(found) => {
                told = Some(found.id);
                tally.count("found", 1);
                break;
            }
            Creation::Taken(..) => {
                tally.count("taken", 1);
                break;
            }
            Creation::Refused(error) => {
                assert_ne!(error.kind, ErrorKind::OutcomeUnknown, "seed {seed}");
                tally.count("refused", 1);
            }
            Creation::Unsettled { .. } => tally.count("unsettled", 1),
        }
        // The person thinks about it.
        world.pass(Duration::from_secs(dice.below(90)));
        if dice.below(2) == 0 {
            set_faults(&world, &dice.faults());
        }
    }
    calm(&world, tally);
    let there = with_domain(&world);
    assert!(there.len() <= 1, "seed {seed}: {} customers", there.len());
    let ledger = world.control(Method::Get, "ledger", &Value::Null);
    let made = ledger["entries"].as_array().unwrap().iter();
    let made = made.filter(|entry| entry["action"] == "created" && entry["kind"] == "customer").count();
    assert_eq!(made, there.len(), "seed {seed}: made {made} times, there {}", there.len());
    if let Some(id) = told {
        assert_eq!(
            there.first().map(|customer| &customer.id),
            Some(&id),
            "seed {seed}: told of what is not there"
        );
        let name = &there[0].company_profile.company_name;
        assert_eq!(name, "Faro de Levante SL", "seed {seed}: told of somebody else's customer");
    }
}

/// The members that both persons edit.
const PATHS: [&str; 4] = ["defaultAddress.addressLine1", "defaultAddress.city", "email", "firstName"];

/// An account that two persons change, one of them through this code.
fn update(seed: u64, tally: &mut Tally) {
    let world = World::seeded(3, seed);
    let mut dice = Dice(SeededRandom::new(seed ^ 0xed17));
    let id: CustomerId = done(world.client.create_customer(&wanted(DOMAIN), None)).unwrap().id;
    let begun = done(world.client.billing_document(&id)).unwrap();
    world.control(Method::Post, "config", &json!({ "lag_ms": dice.below(2) * 3000 }));

    let mine: Vec<&str> = PATHS.into_iter().filter(|_| dice.below(2) == 0).collect();
    let theirs: Vec<&str> = PATHS.into_iter().filter(|_| dice.below(3) == 0).collect();
    let my_text = |path: &str| if path == "email" { "mio@faro.example" } else { "Mío" }.to_owned();
    let their_text = |path: &str| if path == "email" { "suyo@faro.example" } else { "Suyo" }.to_owned();
    let before = |path: &str, now: &BillingDocument| now.text(path).to_owned();
    let mut edits: Vec<Edit> =
        mine.iter().map(|path| Edit { path, before: before(path, &begun), mine: my_text(path) }).collect();
    if edits.is_empty() {
        return;
    }
    // The colleague is in between: just before this person's own writes, or before the first read.
    let change: Value = theirs
        .iter()
        .map(|path| ((*path).to_owned(), json!(their_text(path))))
        .collect::<serde_json::Map<_, _>>()
        .into();
    if !theirs.is_empty() {
        if dice.below(2) == 0 {
            world.control(Method::Post, "config", &json!({ "colleague_edits": [change] }));
        } else {
            world.control(Method::Post, "colleague", &json!({ "customer": id.as_str(), "billing": change }));
        }
    }
    set_faults(&world, &dice.faults());

    // Whatever this person has seen of the colleague's and decided against may go.
    let mut overruled: Vec<&str> = Vec::new();
    let mut saved = false;
    for _ in 0..6 {
        match done(save(&world.client, world.clock(), &id, &edits, &|_| ())) {
            Saving::Saved(now) => {
                for edit in &edits {
                    assert_eq!(
                        now.text(edit.path),
                        edit.mine,
                        "seed {seed}: saved, and {} is not",
                        edit.path
                    );
                }
                saved = true;
                tally.count("saved", 1);
                break;
            }
            Saving::Conflict(now) => {
                tally.count("conflict", 1);
                for edit in &mut edits {
                    let there = now.text(edit.path).to_owned();
                    if there != edit.before && there != edit.mine {
                        if dice.below(2) == 0 {
                            overruled.push(edit.path);
                        } else {
                            edit.mine.clone_from(&there);
                        }
                    }
                    edit.before = there;
                }
            }
            Saving::Refused(error) => {
                assert_ne!(error.kind, ErrorKind::OutcomeUnknown, "seed {seed}");
                tally.count("not saved", 1);
            }
            Saving::Unsettled(_) => tally.count("not known", 1),
        }
        world.pass(Duration::from_secs(dice.below(60)));
        if dice.below(2) == 0 {
            set_faults(&world, &dice.faults());
        }
    }
    calm(&world, tally);
    let now = done(world.client.billing_document(&id)).unwrap();
    let came = |path: &&str| now.text(path) == their_text(path);
    let colleague_wrote = world.control(Method::Get, "config", &Value::Null)["colleague_edits"] == json!(0);
    for path in theirs.iter().filter(|_| colleague_wrote) {
        let may_go = overruled.contains(path);
        assert!(came(path) || may_go, "seed {seed}: the colleague's {path} is gone, and nobody decided so");
    }
    if saved {
        for path in mine.iter().filter(|path| !theirs.contains(path)) {
            assert_eq!(now.text(path), my_text(path), "seed {seed}: {path} was said to be saved");
        }
    }
    for path in PATHS.iter().filter(|path| !mine.contains(path) && !theirs.contains(path)) {
        assert_eq!(now.text(path), begun.text(path), "seed {seed}: nobody changed {path}");
    }
    assert_eq!(now.text("culture"), begun.text("culture"), "seed {seed}");
}

fn schedules(seeds: std::ops::Range<u64>) -> Tally {
    let mut tally = Tally::default();
    for seed in seeds {
        add(seed, &mut tally);
        update(seed, &mut tally);
    }
    tally
}

#[test]
fn a_hundred_schedules() {
    let tally = schedules(0..100);
    for what in ["created", "saved", "conflict"] {
        tally.at_least(what, 5);
    }
}

#[test]
#[ignore = "proof: 10,000 schedules of faults"]
fn ten_thousand_schedules() {
    let tally = schedules(0..10_000);
    for kind in FAULTS {
        tally.at_least(kind, 100);
    }
    for what in
        ["created", "found", "taken", "refused", "unsettled", "saved", "conflict", "not saved", "not known"]
    {
        tally.at_least(what, 20);
    }
    println!("{:?}", tally.0);
}
