//! A world without a network: a transport that answers from a script, a clock that only waits on paper, a random
//! source with a seed. Nothing is ever pending, so a future is done at its first poll.

use futures_util::{
    FutureExt,
    future::{LocalBoxFuture, ready},
};
use partner_center::{
    CallRecord, Client, Clock, CustomerId, Error, Random, Request, Response, Timestamp, Transport,
    TransportError,
};
use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    future::Future,
    rc::Rc,
    time::Duration,
};

pub(crate) const CUSTOMER: &str = "7c1f3f52-0a5e-4d0b-9c2f-2f4f6a1b9e01";
pub(crate) const START: &str = "2026-11-22T10:00:00Z";
/// How long every call takes.
pub(crate) const LATENCY: Duration = Duration::from_millis(40);

pub(crate) type Reply = Result<Response, TransportError>;

pub(crate) struct World {
    pub(crate) client: Client,
    surroundings: Rc<Surroundings>,
    records: Rc<RefCell<Vec<CallRecord>>>,
}

struct Surroundings {
    script: RefCell<VecDeque<Reply>>,
    sent: RefCell<Vec<Request>>,
    sleeps: RefCell<Vec<Duration>>,
    now: Cell<Timestamp>,
    random: Cell<u64>,
}

impl World {
    /// A world in which these answers come, one after the other.
    pub(crate) fn new(script: impl IntoIterator<Item = Reply>) -> Self {
        let surroundings = Rc::new(Surroundings {
            script: RefCell::new(script.into_iter().collect()),
            sent: RefCell::default(),
            sleeps: RefCell::default(),
            now: Cell::new(Timestamp::parse(START).unwrap()),
            random: Cell::new(1),
        });
        let client = Client::new(surroundings.clone(), surroundings.clone(), surroundings.clone());
        let records = Rc::new(RefCell::new(Vec::new()));
        let log = records.clone();
        client.observe(Rc::new(move |record: &CallRecord| log.borrow_mut().push(record.clone())));
        Self { client, surroundings, records }
    }

    /// What was sent so far.
    pub(crate) fn sent(&self) -> Vec<Request> {
        self.surroundings.sent.borrow().clone()
    }

    /// The paths that were asked for so far.
    pub(crate) fn paths(&self) -> Vec<String> {
        self.sent().into_iter().map(|request| request.path).collect()
    }

    /// How long the client waited between calls.
    pub(crate) fn sleeps(&self) -> Vec<Duration> {
        self.surroundings.sleeps.borrow().clone()
    }

    /// What observers were told.
    pub(crate) fn records(&self) -> Vec<CallRecord> {
        self.records.borrow().clone()
    }

    /// How many answers are left.
    pub(crate) fn left(&self) -> usize {
        self.surroundings.script.borrow().len()
    }

    /// Sends a bare request.
    pub(crate) fn send(&self, request: Request) -> Result<(), Error> {
        done(self.client.send(request)).map(|_| ())
    }
}

impl Transport for Surroundings {
    fn send(&self, request: Request) -> LocalBoxFuture<'_, Reply> {
        self.sent.borrow_mut().push(request);
        self.pass(LATENCY);
        let reply = self.script.borrow_mut().pop_front().expect("a call that the script does not know");
        ready(reply).boxed_local()
    }

    fn serves_origin(&self, origin: &str) -> bool {
        origin == "https://api.example"
    }
}

impl Clock for Surroundings {
    fn now(&self) -> Timestamp {
        self.now.get()
    }

    fn sleep(&self, duration: Duration) -> LocalBoxFuture<'_, ()> {
        self.sleeps.borrow_mut().push(duration);
        self.pass(duration);
        ready(()).boxed_local()
    }
}

/// SplitMix64.
impl Random for Surroundings {
    fn next_u64(&self) -> u64 {
        let seed = self.random.get().wrapping_add(0x9e37_79b9_7f4a_7c15);
        self.random.set(seed);
        let mixed = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

impl Surroundings {
    fn pass(&self, duration: Duration) {
        let millis = i64::try_from(duration.as_millis()).unwrap();
        self.now.set(Timestamp::from_millis(self.now.get().millis() + millis));
    }
}

/// The result of a future that has nothing to wait for.
pub(crate) fn done<F: Future>(future: F) -> F::Output {
    future.now_or_never().expect("the future waits for something")
}

/// An answer with a body.
pub(crate) fn answer(status: u16, body: impl AsRef<[u8]>) -> Response {
    Response { status, body: body.as_ref().to_vec(), ..Response::default() }
}

/// A 200 with a body, as the script wants it.
#[allow(clippy::unnecessary_wraps)]
pub(crate) fn ok(body: impl AsRef<[u8]>) -> Reply {
    Ok(answer(200, body))
}

/// An answer of this status and body, as the script wants it.
#[allow(clippy::unnecessary_wraps)]
pub(crate) fn status(status: u16, body: impl AsRef<[u8]>) -> Reply {
    Ok(answer(status, body))
}

/// An answer with a header.
pub(crate) fn with_header(reply: Reply, name: &str, value: &str) -> Reply {
    reply.map(|mut response| {
        response.headers.push((name.to_owned(), value.to_owned()));
        response
    })
}

pub(crate) fn customer_id() -> CustomerId {
    CustomerId::parse(CUSTOMER).unwrap()
}

/// The value of a header that was sent.
pub(crate) fn header<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    request.headers.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str())
}
