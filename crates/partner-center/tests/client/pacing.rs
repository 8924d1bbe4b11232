//! Calls in the background: spaced, held while the service asks for a pause, given up when nobody needs them.

use crate::{support::*, virtual_clock::VirtualClock};
use futures_util::{
    FutureExt,
    future::{LocalBoxFuture, abortable},
};
use partner_center::{
    CALLS_PER_MINUTE, Client, Clock, CustomerQuery, Error, ErrorKind, Pacer, Random, Request, Timestamp,
    Transport,
};
use serde_json::json;
use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    rc::Rc,
    time::Duration,
};

/// A service whose time is virtual, and what it was asked.
struct Service {
    clock: Rc<VirtualClock>,
    calls: RefCell<Vec<(Duration, String)>>,
    /// Paths that are throttled once, and for how many seconds.
    throttled: RefCell<HashMap<String, u32>>,
}

impl Service {
    fn new(throttled: &[(&str, u32)]) -> Rc<Self> {
        let throttled = throttled.iter().map(|(path, seconds)| ((*path).to_owned(), *seconds)).collect();
        Rc::new(Self {
            clock: Rc::new(VirtualClock::at(START)),
            calls: RefCell::default(),
            throttled: RefCell::new(throttled),
        })
    }

    fn client_with_pacer(self: &Rc<Self>) -> (Client, Pacer) {
        let client = Client::new(self.clone(), self.clock.clone(), Rc::new(Counter::default()));
        let pacer = client.pacer(CALLS_PER_MINUTE);
        (client, pacer)
    }

    /// Since the start.
    fn elapsed(&self) -> Duration {
        self.clock.now().since(Timestamp::parse(START).unwrap())
    }

    /// What was asked for and when, in milliseconds since the start.
    fn calls(&self) -> Vec<(usize, String)> {
        let millis = |at: &Duration| usize::try_from(at.as_millis()).unwrap();
        self.calls.borrow().iter().map(|(at, path)| (millis(at), path.clone())).collect()
    }
}

impl Transport for Service {
    fn send(&self, request: Request) -> LocalBoxFuture<'_, Reply> {
        self.calls.borrow_mut().push((self.elapsed(), request.path.clone()));
        let reply = match self.throttled.borrow_mut().remove(&request.path) {
            Some(seconds) => with_header(status(429, ""), "retry-after", &seconds.to_string()),
            None => ok("{}"),
        };
        async move {
            self.clock.sleep(LATENCY).await;
            reply
        }
        .boxed_local()
    }
}

#[derive(Default)]
struct Counter(Cell<u64>);

impl Random for Counter {
    fn next_u64(&self) -> u64 {
        self.0.set(self.0.get() + 1);
        self.0.get()
    }
}

/// The path of a numbered row's call.
fn path(number: usize) -> String {
    format!("/customers/{number}")
}

/// What a row does that comes into view.
async fn enrich(client: &Client, pacer: &Pacer, number: usize) -> Result<(), Error> {
    pacer.turn().await;
    client.send(Request::get("customers/{id}", path(number))).await.map(|_| ())
}

/// What a row does that should succeed.
fn row<'a>(client: &'a Client, pacer: &'a Pacer, number: usize) -> LocalBoxFuture<'a, ()> {
    enrich(client, pacer, number).map(Result::unwrap).boxed_local()
}

#[test]
fn rows_in_view_come_at_once_as_far_as_possible_and_in_order() {
    let service = Service::new(&[]);
    let (client, pacer) = service.client_with_pacer();
    service.clock.run((0..60).map(|number| row(&client, &pacer, number)));
    let expected: Vec<_> = (0..60).map(|n: usize| (134 * n.saturating_sub(49), path(n))).collect();
    assert_eq!(service.calls(), expected);
}

#[test]
fn rows_that_scroll_away_leave_their_turns_to_the_others() {
    let service = Service::new(&[]);
    let (client, pacer) = service.client_with_pacer();
    let (handles, mut tasks) = (0..60)
        .map(|number| {
            let (task, handle) = abortable(row(&client, &pacer, number));
            (handle, task.map(|_| ()).boxed_local())
        })
        .collect::<(Vec<_>, Vec<_>)>();
    let scroll = async {
        service.clock.sleep(Duration::from_millis(200)).await;
        assert_eq!(pacer.estimate(1), Duration::from_millis(11 * 134 - 200), "9 are before");
        for handle in &handles[53..58] {
            handle.abort();
        }
        service.clock.sleep(Duration::from_millis(10)).await;
        assert_eq!(service.clock.sleepers(), 1, "only the first in line needs a timer");
        handles[51].abort(); // It is the first in line.
    };
    tasks.push(scroll.boxed_local());
    service.clock.run(tasks);
    let rows: Vec<_> = service.calls().split_off(50);
    assert_eq!(rows, [(134, path(50)), (268, path(52)), (402, path(58)), (536, path(59))]);
    assert_eq!(pacer.estimate(1), Duration::from_millis(134 - 40), "nobody is left in the line");
}

#[test]
fn one_throttled_row_holds_the_others_until_the_pause_is_over() {
    let service = Service::new(&[(&path(52), 20)]);
    let (client, pacer) = service.client_with_pacer();
    service.clock.run((0..56).map(|number| row(&client, &pacer, number)));
    let calls: Vec<_> = service.calls().split_off(52);
    // Row 52 is answered at 442 ms, and repeated by the client. The others follow with the repetition counted.
    let end = 442 + 20_000;
    let expected =
        [(402, path(52)), (end, path(52)), (end, path(53)), (end + 268, path(54)), (end + 402, path(55))];
    assert_eq!(calls, expected);
}

#[test]
fn any_call_of_the_client_can_bring_a_pause_and_its_end_is_known() {
    let service = Service::new(&[("/customers/urgent", 600)]);
    let (client, pacer) = service.client_with_pacer();
    assert_eq!(pacer.paused_until(), None);
    let urgent = async {
        let error = client.send(Request::get("customers/{id}", "/customers/urgent".to_owned())).await;
        assert_eq!(error.unwrap_err().kind, ErrorKind::Wait(Duration::from_secs(600)));
        let until = pacer.paused_until().unwrap();
        assert_eq!(until.since(service.clock.now()), Duration::from_secs(600));
        assert_eq!(pacer.estimate(2), Duration::from_millis(600_134));
        enrich(&client, &pacer, 1).await.unwrap();
        assert_eq!(pacer.paused_until(), None);
    };
    service.clock.run([urgent.boxed_local()]);
    assert_eq!(service.calls()[1], (600_040, path(1)));
}

#[test]
fn other_failures_bring_no_pause() {
    let world = World::new([status(500, ""), ok("{}"), with_header(status(503, ""), "retry-after", "600")]);
    let pacer = world.client.pacer(CALLS_PER_MINUTE);
    world.send(Request::get("customers", "/customers".to_owned())).unwrap();
    assert!(world.send(Request::get("customers", "/customers".to_owned())).is_err());
    assert_eq!(pacer.paused_until(), None);
}

#[test]
fn two_hundred_pages_take_their_time_and_lose_nothing() {
    let page = |number: usize| {
        let next = json!({ "uri": format!("/customers?page={}", number + 1) });
        let links = if number == 200 { json!({}) } else { json!({ "next": next }) };
        let reply = json!({ "items": [{ "id": number.to_string() }], "links": links }).to_string();
        // Somewhere on the way the service asks for a pause: it is kept once, by the client, and not twice.
        let throttled = with_header(status(429, ""), "retry-after", "57");
        if number == 120 { vec![throttled, ok(reply)] } else { vec![ok(reply)] }
    };
    let world = World::new((1..=200).flat_map(page));
    let pacer = world.client.pacer(CALLS_PER_MINUTE);
    assert_eq!(pacer.estimate(200), Duration::from_millis(150 * 134));
    let mut pages = world.client.customers(&CustomerQuery::default());
    let mut came = 0;
    loop {
        done(pacer.turn());
        let Some(page) = done(pages.next()) else { break };
        came += page.unwrap().items.len();
    }
    assert_eq!((came, world.left()), (200, 0));
    let starts: Vec<_> = world.records().iter().map(|record| record.started.millis()).collect();
    let minute = |start: i64| starts.iter().filter(|at| (start..start + 60_000).contains(at)).count();
    assert!(starts.iter().all(|start| minute(*start) <= 500));
    let whole = Duration::from_millis((starts[200] - starts[0]).try_into().unwrap());
    assert!(whole < Duration::from_secs(57 + 27), "{whole:?}");
}
