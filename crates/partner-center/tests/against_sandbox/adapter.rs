//! A transport that asks the sandbox, and a clock that both share. Waiting moves the clock; nothing is ever pending.

use futures_util::{
    FutureExt,
    future::{LocalBoxFuture, ready},
};
use partner_center::{
    Client, Clock, CustomerId, Error, Pages, Random, Request, Response, Timestamp, Transport, TransportError,
};
use sandbox::{Config, Ending, ManualClock, Sandbox, SeededRandom, Store};
use serde_json::{Value, json};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    time::Duration,
};

/// 2 February 2026, 02:40 UTC.
pub(crate) const NOW: i64 = 1_770_000_000_000;

/// A sandbox and a client of it.
pub(crate) struct World {
    pub(crate) client: Client,
    service: Rc<Service>,
}

struct Service {
    sandbox: RefCell<Sandbox>,
    clock: ManualClock,
    random: RefCell<SeededRandom>,
    calls: Cell<usize>,
    /// How far this computer's clock is off, in milliseconds.
    off: Cell<i64>,
    /// Whether the client may not see by its answers what time it is over there.
    hides_date: Cell<bool>,
    /// What was read since somebody asked for it: bodies that came whole. `None` while nobody wants them.
    read: RefCell<Option<Vec<Vec<u8>>>>,
}

impl World {
    /// A sandbox with so many customers.
    pub(crate) fn new(customers: u64) -> Self {
        Self::seeded(customers, 3)
    }

    /// The same, whose chance and that of its faults is another for each seed.
    pub(crate) fn seeded(customers: u64, seed: u64) -> Self {
        let clock = ManualClock::at(NOW);
        let config = Config { customers, seed: 7, ..Config::default() };
        let random = Box::new(SeededRandom::new(seed));
        let sandbox = Sandbox::open(&Store::Memory, config, Box::new(clock.clone()), random).unwrap();
        let service = Rc::new(Service {
            sandbox: RefCell::new(sandbox),
            clock,
            random: RefCell::new(SeededRandom::new(seed.wrapping_add(2))),
            calls: Cell::new(0),
            off: Cell::new(0),
            hides_date: Cell::new(false),
            read: RefCell::new(None),
        });
        Self { client: Client::new(service.clone(), service.clone(), service.clone()), service }
    }

    /// Puts one fault in force, in place of any other; `rule` holds its members beside the kind.
    pub(crate) fn fault(&self, kind: &str, mut rule: Value) {
        rule["kind"] = json!(kind);
        let request = sandbox::Request::new(sandbox::Method::Put, "/.sandbox/faults");
        let request = request.with_body(json!([rule]).to_string());
        let response = self.service.sandbox.borrow_mut().handle(&request);
        assert_eq!(response.status, 200, "the sandbox does not know the fault {kind}");
    }

    /// A call of the control path that has to work.
    pub(crate) fn control(&self, method: sandbox::Method, path: &str, body: &Value) -> Value {
        let request = sandbox::Request::new(method, format!("/.sandbox/{path}")).with_body(body.to_string());
        let response = self.service.sandbox.borrow_mut().handle(&request);
        let answer = String::from_utf8_lossy(&response.body).into_owned();
        assert_eq!(response.status, 200, "{path} {body}: {answer}");
        serde_json::from_str(&answer).unwrap()
    }

    /// A call of the sandbox that may fail.
    pub(crate) fn handle(&self, request: &sandbox::Request) -> sandbox::Response {
        self.service.sandbox.borrow_mut().handle(request)
    }

    /// Time passes.
    pub(crate) fn pass(&self, duration: Duration) {
        self.service.clock.advance(duration.as_millis().try_into().unwrap());
    }

    /// The clock that the client and the service share.
    pub(crate) fn clock(&self) -> &dyn Clock {
        &*self.service
    }

    /// From now on the client's clock is off by so many milliseconds, and it sees the service's or not.
    pub(crate) fn set_clock_off(&self, off: i64, hides_date: bool) {
        self.service.off.set(off);
        self.service.hides_date.set(hides_date);
    }

    /// The bodies that were read since the last time that this was asked; the first time none.
    pub(crate) fn read(&self) -> Vec<Vec<u8>> {
        self.service.read.replace(Some(Vec::new())).unwrap_or_default()
    }

    /// How often the fault happened.
    pub(crate) fn fired(&self, kind: &str) -> u64 {
        let request = sandbox::Request::get("/.sandbox/ledger");
        let response = self.service.sandbox.borrow_mut().handle(&request);
        let ledger: Value = serde_json::from_slice(&response.body).unwrap();
        ledger["faults"][kind].as_u64().unwrap_or(0)
    }

    /// How many HTTP calls were made.
    pub(crate) fn calls(&self) -> usize {
        self.service.calls.get()
    }

    /// How much time has passed.
    pub(crate) fn elapsed(&self) -> Duration {
        self.service.now().since(Timestamp::from_millis(NOW))
    }
}

impl Transport for Service {
    fn send(&self, request: Request) -> LocalBoxFuture<'_, Result<Response, TransportError>> {
        self.calls.set(self.calls.get() + 1);
        let method = sandbox::Method::parse(request.method.as_str()).unwrap();
        let mut call = sandbox::Request::new(method, format!("/v1{}", request.path));
        for (name, value) in &request.headers {
            call = call.with_header(name, value);
        }
        let mut answer = self.sandbox.borrow_mut().handle(&call.with_body(request.body.unwrap_or_default()));
        self.clock.advance(answer.delivery.delay_ms.try_into().unwrap());
        if self.hides_date.get() {
            answer.headers.retain(|(name, _)| *name != "Date");
        }
        let is_whole = matches!(answer.delivery.ending, Ending::Whole | Ending::Slow(_));
        if let Some(read) = self.read.borrow_mut().as_mut().filter(|_| is_whole && request.method.is_read()) {
            read.push(answer.body.clone());
        }
        ready(match answer.delivery.ending {
            Ending::Broken | Ending::Dropped => Err(TransportError::Lost),
            Ending::Whole | Ending::Slow(_) => Ok(Response {
                status: answer.status,
                reason: answer.reason.unwrap_or_default().to_owned(),
                headers: answer
                    .headers
                    .into_iter()
                    .map(|(name, value)| (name.to_ascii_lowercase(), value))
                    .collect(),
                body: answer.body,
            }),
        })
        .boxed_local()
    }
}

impl Clock for Service {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(sandbox::Clock::now(&self.clock) + self.off.get())
    }

    fn sleep(&self, duration: Duration) -> LocalBoxFuture<'_, ()> {
        self.clock.advance(duration.as_millis().try_into().unwrap());
        ready(()).boxed_local()
    }
}

impl Random for Service {
    fn next_u64(&self) -> u64 {
        self.random.borrow_mut().draw()
    }
}

/// The result of a future that has nothing to wait for.
pub(crate) fn done<F: Future>(future: F) -> F::Output {
    future.now_or_never().expect("the future waits for something")
}

/// What came of a walk through all pages.
pub(crate) struct Walk<T> {
    pub(crate) items: Vec<T>,
    pub(crate) errors: Vec<Error>,
    /// Whether the end was reached; if not, the walker gave up after errors in a row.
    pub(crate) complete: bool,
}

/// Walks through all pages as the application does: after an error it asks for the same page again, a few times.
pub(crate) fn walk<T>(mut pages: Pages<T>) -> Walk<T> {
    let mut walk = Walk { items: Vec::new(), errors: Vec::new(), complete: false };
    let mut in_a_row = 0;
    while in_a_row < 20 {
        match done(pages.next()) {
            None => {
                walk.complete = true;
                break;
            }
            Some(Ok(page)) => {
                assert_eq!(page.skipped, 0, "the client cannot read what the sandbox writes");
                walk.items.extend(page.items);
                in_a_row = 0;
            }
            Some(Err(error)) => {
                walk.errors.push(error);
                in_a_row += 1;
            }
        }
    }
    walk
}

/// All items of a collection that has no faults.
pub(crate) fn all<T>(pages: Pages<T>) -> Vec<T> {
    let walk = walk(pages);
    assert!(walk.complete && walk.errors.is_empty(), "{:?}", walk.errors);
    walk.items
}

pub(crate) fn customer_id(text: &str) -> CustomerId {
    CustomerId::parse(text).unwrap()
}
