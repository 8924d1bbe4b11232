//! A customer, this partner, and the other one.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use partner_center::{
    CallRecord, CustomerId, PartnerId, SubscriptionId, Transfer, TransferId, TransferRequest,
};
use partner_transfers::{Act, Acted, Asked, Decision, Place, Sent, Stage, act, ask, offer, role};
use sandbox::Method;
use serde_json::{Value, json};

use crate::adapter::{World, done};

pub(crate) const OWN: &str = "2f0c0000-0000-4000-8000-00000000000b";
pub(crate) const OTHER: &str = "1f0c0000-0000-4000-8000-00000000000a";
pub(crate) const LEGACY: &str = "A1F2C3D4-0002-4C1E-8A01-0F1E2D3C4B02";
pub(crate) const NEW: &str = "DZH318Z0BXWC:0001:DZH318Z0BMJX";
pub(crate) const PLAN: &str = "DZH318Z0BXWP:0001:DZH318Z0BMK8";
pub(crate) const DAY: Duration = Duration::from_secs(24 * 3600);

/// A second before a request expires.
pub(crate) const ALMOST_OVER: Duration = Duration::from_secs(30 * 24 * 3600 - 1);

pub(crate) struct Scene {
    pub(crate) world: World,
    pub(crate) customer: CustomerId,
    stages: RefCell<Vec<Stage>>,
    /// Writes that left: what the client goes on with was not applied.
    left: Rc<Cell<usize>>,
}

pub(crate) fn partner(id: &str) -> PartnerId {
    PartnerId::parse(id).unwrap()
}

pub(crate) fn request() -> TransferRequest {
    TransferRequest {
        source_partner: OTHER.to_owned(),
        customer_email: "owner@harborlight.example".to_owned(),
        ..TransferRequest::default()
    }
}

impl Scene {
    /// The customer has these.
    pub(crate) fn new(offers: &[&str]) -> (Self, Vec<SubscriptionId>) {
        let world = World::new(3);
        let wanted = json!({ "create_customer": { "domain": "paseo.onmicrosoft.com" } });
        let made = world.control(Method::Post, "colleague", &wanted)["customer"].clone();
        let customer = CustomerId::parse(made.as_str().or(made["id"].as_str()).unwrap()).unwrap();
        let left = Rc::new(Cell::new(0));
        let counter = left.clone();
        world.client.observe(Rc::new(move |record: &CallRecord| {
            if !record.method.is_read() && record.repeats_after.is_none() {
                counter.set(counter.get() + 1);
            }
        }));
        let scene = Self { world, customer, stages: RefCell::default(), left };
        let buy = |offer: &&str| {
            let buy = json!({ "customer": scene.customer.as_str(), "buy": { "offer": offer } });
            let bought = scene.world.control(Method::Post, "colleague", &buy);
            SubscriptionId::parse(bought["buy"]["id"].as_str().unwrap()).unwrap()
        };
        let held = offers.iter().map(buy).collect();
        (scene, held)
    }

    pub(crate) fn switch(&self, switches: &Value) {
        self.world.control(Method::Post, "config", switches);
    }

    /// Faults of calls of transfers.
    pub(crate) fn fault(&self, kind: &str, method: &str, mut rule: Value) {
        rule["method"] = json!(method);
        if rule["path"].is_null() {
            rule["path"] = json!("/transfers");
        }
        self.world.fault(kind, rule);
    }

    pub(crate) fn no_faults(&self) {
        self.world.control(Method::Put, "faults", &json!([]));
    }

    /// What the other partner does; its transfer.
    pub(crate) fn other(&self, action: &str, one: Option<&Transfer>, mut wanted: Value) -> Transfer {
        wanted["action"] = json!(action);
        wanted["customer"] = json!(self.customer.as_str());
        if let Some(one) = one {
            wanted["transfer"] = json!(one.id.as_str());
        }
        let made = self.world.control(Method::Post, "partner", &wanted)["transfer"].clone();
        self.one(&TransferId::parse(made["id"].as_str().unwrap()).unwrap())
    }

    /// What the other partner does right before the next write of this method.
    pub(crate) fn other_is_faster(&self, method: &str, action: &str, one: &Transfer) {
        let act =
            json!({ "action": action, "customer": self.customer.as_str(), "transfer": one.id.as_str() });
        self.switch(&json!({ "interludes": [{ "method": method, "partner": act }] }));
    }

    /// The relationship ends right before the next write of this method; at once without one.
    pub(crate) fn leaves(&self, before: Option<&str>) {
        let gone = json!({ "customer": self.customer.as_str(), "remove": true });
        match before {
            Some(method) => self.switch(&json!({ "interludes": [{ "method": method, "colleague": gone }] })),
            None => drop(self.world.control(Method::Post, "colleague", &gone)),
        }
    }

    pub(crate) fn one(&self, id: &TransferId) -> Transfer {
        done(self.world.client.transfer(&self.customer, id)).unwrap()
    }

    /// How much time has passed since so much had.
    pub(crate) fn since(&self, before: Duration) -> Duration {
        self.world.elapsed().saturating_sub(before)
    }

    /// How many transfers there are.
    pub(crate) fn count(&self) -> usize {
        let all = self.world.control(Method::Get, "partner", &Value::Null);
        all["transfers"].as_array().unwrap().iter().filter(|one| one["status"] != "Withdrawn").count()
    }

    /// The stages that were told, and how many writes left, since the last time.
    pub(crate) fn stages(&self) -> Vec<Stage> {
        self.stages.take()
    }

    pub(crate) fn left(&self) -> usize {
        self.left.replace(0)
    }

    fn told(&self) -> impl Fn(Stage) + '_ {
        |stage| self.stages.borrow_mut().push(stage)
    }

    pub(crate) fn ask(&self, wanted: &TransferRequest, decision: &mut Decision) -> Asked {
        let told = self.told();
        let place = Place {
            client: &self.world.client,
            clock: self.world.clock(),
            customer: &self.customer,
            told: &told,
        };
        done(ask(place, &partner(OWN), wanted, decision))
    }

    pub(crate) fn offer(&self, lines: &[SubscriptionId], decision: &mut Decision) -> Asked {
        let told = self.told();
        let place = Place {
            client: &self.world.client,
            clock: self.world.clock(),
            customer: &self.customer,
            told: &told,
        };
        done(offer(place, &partner(OWN), &partner(OTHER), lines, decision))
    }

    pub(crate) fn act(&self, one: &Transfer, wanted: &Act) -> Acted {
        self.acts(one, wanted, Sent::Not)
    }

    /// Only looks.
    pub(crate) fn look(&self, one: &Transfer, wanted: &Act) -> Acted {
        self.acts(one, wanted, Sent::Before)
    }

    fn acts(&self, one: &Transfer, wanted: &Act, sent: Sent) -> Acted {
        let told = self.told();
        let place = Place {
            client: &self.world.client,
            clock: self.world.clock(),
            customer: &self.customer,
            told: &told,
        };
        done(act(place, role(one, Some(&partner(OWN))).unwrap(), one, wanted, sent))
    }

    /// A request of ours, which the other partner has.
    pub(crate) fn asked(&self) -> Transfer {
        let ended = self.ask(&request(), &mut Decision::default());
        let Asked::Done(made) = ended else { panic!("{ended:?}") };
        assert_eq!(self.left(), 1);
        self.stages();
        *made
    }

    /// An offer of ours.
    pub(crate) fn offered(&self, lines: &[SubscriptionId]) -> Transfer {
        let ended = self.offer(lines, &mut Decision::default());
        let Asked::Done(made) = ended else { panic!("{ended:?}") };
        assert_eq!(self.left(), 1);
        *made
    }
}
