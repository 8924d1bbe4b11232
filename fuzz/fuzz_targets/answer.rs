//! Any answer of the service: `Retry-After` in every form, bodies of every kind. The client neither panics nor waits longer
//! than it says.
#![no_main]

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, ready};
use libfuzzer_sys::fuzz_target;
use partner_center::{
    Client, Clock, CustomerQuery, MAX_REPEATS, MAX_WAIT, Random, Request, Response, Timestamp, Transport,
    TransportError,
};

struct Service {
    status: u16,
    header: String,
    body: Vec<u8>,
    waited: Cell<Duration>,
    calls: Cell<u32>,
}

impl Transport for Service {
    fn send(&self, _: Request) -> LocalBoxFuture<'_, Result<Response, TransportError>> {
        self.calls.set(self.calls.get() + 1);
        let headers = vec![("retry-after".to_owned(), self.header.clone())];
        let reason = String::new();
        ready(Ok(Response { status: self.status, reason, headers, body: self.body.clone() })).boxed_local()
    }
}

impl Clock for Service {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(1_770_000_000_000)
    }

    fn sleep(&self, duration: Duration) -> LocalBoxFuture<'_, ()> {
        self.waited.set(self.waited.get() + duration);
        ready(()).boxed_local()
    }
}

impl Random for Service {
    fn next_u64(&self) -> u64 {
        u64::MAX
    }
}

fuzz_target!(|input: (u16, String, Vec<u8>)| {
    let (status, header, body) = input;
    let status = 200 + status % 400;
    let (waited, calls) = (Cell::new(Duration::ZERO), Cell::new(0));
    let service = Rc::new(Service { status, header, body, waited, calls });
    let client = Client::new(service.clone(), service.clone(), service.clone());
    let mut pages = client.customers(&CustomerQuery::default());
    let _ = pages.next().now_or_never().expect("nothing is waited for");
    assert!(service.calls.get() <= MAX_REPEATS + 1);
    assert!(service.waited.get() <= MAX_WAIT * (MAX_REPEATS + 1));
});
