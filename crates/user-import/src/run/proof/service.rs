//! The service: the core of the sandbox, in process, and how its answers are read.
//!
//! There is one database per thread. Each world begins with the same two customers, and what it does is rolled back.

use std::cell::RefCell;
use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use sandbox::core::faults::Rule;
use sandbox::{Clock, Config, Method, Request, Response, Sandbox, SeededRandom, Store};
use serde_json::{Value, json};

use super::wire;
use crate::run::{Answer, Millis, Person};

/// Licences and roles that there are.
pub(super) const SKUS: [&str; 2] =
    ["51a70000-0000-4000-8000-000000000001", "51a70000-0000-4000-8000-000000000007"];
pub(super) const ROLES: [&str; 2] =
    ["fe930be7-5e62-47db-91af-98c3a49a38b1", "729827e3-9c14-49f7-bb1b-9608f156bbb8"];
/// More seats than any world needs.
const SEATS: u64 = 100_000;
/// How many users are there who have nothing to do with it.
const BYSTANDERS: usize = 3;
/// The service's time when a world's is 0: 2 February 2026.
const EPOCH: i64 = 1_769_900_000_000;

thread_local! {
    static IDLE: RefCell<Option<Opened>> = const { RefCell::new(None) };
}

struct WorldClock(Arc<AtomicI64>);

impl Clock for WorldClock {
    fn now(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }
}

struct Opened {
    sandbox: Sandbox,
    clock: Arc<AtomicI64>,
    /// Microsoft IDs of the customers.
    customers: Vec<String>,
    /// Ids of the users who are always there.
    bystanders: HashSet<String>,
}

impl Opened {
    fn new() -> Self {
        let clock = Arc::new(AtomicI64::new(EPOCH));
        let config = Config { customers: 0, ..Config::default() };
        let random = Box::new(SeededRandom::new(1));
        let sandbox = Sandbox::open(&Store::Memory, config, Box::new(WorldClock(clock.clone())), random)
            .unwrap_or_else(|error| panic!("{error}"));
        let mut opened = Self { sandbox, clock, customers: Vec::new(), bystanders: HashSet::new() };
        for lane in 0..2 {
            let new = json!({ "create_customer": { "domain": domain(lane) } });
            let made = opened.control("colleague", &new);
            let id = made["customer"]["id"].as_str().unwrap_or_default().to_owned();
            opened.control(
                "colleague",
                &json!({ "customer": id, "seats": { SKUS[0]: SEATS, SKUS[1]: SEATS } }),
            );
            for index in 0..BYSTANDERS {
                let name = format!("other{index}@{}", domain(lane));
                let user = json!({ "userPrincipalName": name, "displayName": "Other" });
                let made = opened.control("colleague", &json!({ "customer": id, "create_user": user }));
                opened.bystanders.insert(made["user"]["id"].as_str().unwrap_or_default().to_owned());
            }
            opened.customers.push(id);
        }
        opened.sandbox.mark().unwrap_or_else(|error| panic!("{error}"));
        opened
    }

    /// A call of the control path that has to work.
    fn control(&mut self, what: &str, body: &Value) -> Value {
        self.try_control(what, body).unwrap_or_else(|| panic!("{what} {body}"))
    }

    fn try_control(&mut self, what: &str, body: &Value) -> Option<Value> {
        let request = Request::new(Method::Post, format!("/.sandbox/{what}")).with_body(body.to_string());
        let response = self.sandbox.handle(&request);
        (response.status == 200).then(|| serde_json::from_slice(&response.body).unwrap_or_default())
    }
}

/// The domain of a lane's customer.
pub(super) fn domain(lane: usize) -> String {
    format!("tenant{lane}.onmicrosoft.com")
}

/// The service as one world knows it. It goes back for the next one when it is dropped.
pub(super) struct Service {
    opened: Option<Opened>,
    /// Ids of users whom others have created.
    others: HashSet<String>,
}

impl Drop for Service {
    fn drop(&mut self) {
        let opened = self.opened.take();
        IDLE.with(|idle| idle.replace(opened));
    }
}

/// A user as it really is.
pub(super) struct User {
    pub(super) id: String,
    pub(super) sign_in: String,
    pub(super) display_name: String,
    pub(super) first_name: String,
    pub(super) last_name: String,
    pub(super) location: String,
    pub(super) is_deleted: bool,
    /// Whether the import created it.
    pub(super) is_ours: bool,
}

impl Service {
    /// The service in its first state. `seed` decides the ids that it makes.
    pub(super) fn new(seed: u64) -> Self {
        let mut opened = IDLE.with(RefCell::take).unwrap_or_else(Opened::new);
        let random = Box::new(SeededRandom::new(seed));
        opened.sandbox.rewind(random).unwrap_or_else(|error| panic!("{error}"));
        let others = opened.bystanders.clone();
        Self { opened: Some(opened), others }
    }

    fn opened(&mut self) -> &mut Opened {
        self.opened.get_or_insert_with(Opened::new)
    }

    /// The Microsoft ID of a lane's customer.
    pub(super) fn customer(&mut self, lane: usize) -> String {
        self.opened().customers[lane].clone()
    }

    /// Sets the time, and lets happen what is due.
    pub(super) fn tick(&mut self, now: Millis) {
        self.set_time(now);
        self.opened().sandbox.tick();
    }

    fn set_time(&mut self, now: Millis) {
        let now = EPOCH + i64::try_from(now).unwrap_or(i64::MAX / 2);
        self.opened().clock.store(now, Ordering::Relaxed);
    }

    pub(super) fn configure(&mut self, switches: &Value) {
        self.opened().control("config", switches);
    }

    /// Sets how many seats of each licence a customer has.
    pub(super) fn seats(&mut self, lane: usize, count: u64) {
        let customer = self.customer(lane);
        let body = json!({ "customer": customer, "seats": { SKUS[0]: count, SKUS[1]: count } });
        self.opened().control("colleague", &body);
    }

    /// Another administrator creates somebody. Answers the id, or `None` if the service refuses.
    pub(super) fn create_by_other(&mut self, lane: usize, person: &Person) -> Option<String> {
        let customer = self.customer(lane);
        let user = wire::user(person, "Theirs-1");
        let body = json!({ "customer": customer, "create_user": user });
        let made = self.opened().try_control("colleague", &body)?;
        let id = made["user"]["id"].as_str()?.to_owned();
        self.others.insert(id.clone());
        Some(id)
    }

    /// Another administrator deletes somebody.
    pub(super) fn delete_by_other(&mut self, lane: usize, id: &str) {
        let customer = self.customer(lane);
        self.opened().control("colleague", &json!({ "customer": customer, "delete_user": id }));
    }

    /// What the service answers to a request, at a time, with these faults in force.
    pub(super) fn handle(&mut self, now: Millis, request: &Request, faults: Vec<Rule>) -> Response {
        self.set_time(now);
        let opened = self.opened();
        opened.sandbox.set_faults(faults);
        opened.sandbox.handle(request)
    }

    /// Every user of a lane's customer, as it is when everything has ended.
    pub(super) fn users(&mut self, lane: usize) -> Result<Vec<User>, String> {
        let mut users = Vec::new();
        for is_deleted in [false, true] {
            let mut token = None;
            loop {
                let request =
                    wire::list(&self.customer(lane), is_deleted, 500, "DisplayName", false, token.as_deref());
                let response = self.read(&request);
                let (Answer::Users(found, _), next) = wire::users(&response) else {
                    return Err(format!("users cannot be read: {}", response.status));
                };
                users.extend(found.into_iter().map(|found| User {
                    is_ours: !self.others.contains(&found.id),
                    id: found.id,
                    sign_in: found.sign_in.to_ascii_lowercase(),
                    display_name: found.display_name,
                    first_name: found.first_name,
                    last_name: found.last_name,
                    location: found.location,
                    is_deleted,
                }));
                token = next;
                if token.is_none() {
                    break;
                }
            }
        }
        Ok(users)
    }

    /// What a user holds: ids of licences, or of roles.
    pub(super) fn held(&mut self, lane: usize, user: &str, what: &str) -> Vec<String> {
        let request = wire::below(Method::Get, &self.customer(lane), user, what);
        match wire::held(&self.read(&request)) {
            Answer::Held(held) => held,
            _ => Vec::new(),
        }
    }

    /// Whether a password works.
    pub(super) fn is_password(&mut self, sign_in: &str, password: &str) -> bool {
        let found = self.opened().sandbox.is_password(sign_in, password);
        found.unwrap_or_else(|error| panic!("{error}")).is_some_and(|(is_right, _)| is_right)
    }

    /// How often the ledger says that the import created somebody.
    pub(super) fn created(&mut self) -> usize {
        let created = self.opened().sandbox.created("user").unwrap_or_else(|error| panic!("{error}"));
        created.iter().filter(|id| !self.others.contains(*id)).count()
    }

    fn read(&mut self, request: &Request) -> Response {
        let opened = self.opened();
        opened.sandbox.set_faults(Vec::new());
        opened.sandbox.handle(request)
    }
}
