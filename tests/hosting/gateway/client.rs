//! The application's own client behind the gateway, with the sandbox as the service.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, ready};
use hosting_tests::{Service, answer, call};
use partner_center::{
    Client, Clock, CustomerQuery, ErrorKind, Random, Request, Response, Timestamp, Transport, TransportError,
};
use sandbox::server::{Args, SystemClock, bind};
use sandbox::{Config, Sandbox, SeededRandom, Store};

use crate::world::{COOKIE, World, files, login, own, put, server};

/// A browser at the gateway's door.
struct Browser(u16);

impl Transport for Browser {
    fn send(&self, request: Request) -> LocalBoxFuture<'_, Result<Response, TransportError>> {
        let mut call = call(request.method.as_str(), &format!("/v1{}", request.path))
            .with("Cookie", COOKIE)
            .with("Sec-Fetch-Site", "same-origin");
        for (name, value) in &request.headers {
            call = call.with(name, value);
        }
        let answer = call.body(request.body.unwrap_or_default()).send(self.0);
        ready(Ok(Response {
            status: answer.status,
            reason: String::new(),
            headers: answer.headers,
            body: answer.body,
        }))
        .boxed_local()
    }
}

/// A clock whose waits are remembered and not waited.
#[derive(Default)]
struct Waits(RefCell<Vec<Duration>>);

impl Clock for Waits {
    fn now(&self) -> Timestamp {
        Timestamp::parse_http("Sat, 28 Nov 2026 05:00:00 GMT").expect("a time")
    }

    fn sleep(&self, duration: Duration) -> LocalBoxFuture<'_, ()> {
        self.0.borrow_mut().push(duration);
        ready(()).boxed_local()
    }
}

struct Counter(Cell<u64>);

impl Random for Counter {
    fn next_u64(&self) -> u64 {
        self.0.set(self.0.get() + 1);
        self.0.get()
    }
}

fn client(port: u16) -> (Client, Rc<Waits>) {
    let waits = Rc::new(Waits::default());
    let random = Rc::new(Counter(Cell::new(0)));
    (Client::new(Rc::new(Browser(port)), Rc::clone(&waits) as Rc<dyn Clock>, random), waits)
}

/// The sandbox on a free port, until the test's process ends.
fn sandbox_port() -> u16 {
    let (send, receive) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            let config = Config { customers: 700, ..Config::default() };
            let sandbox =
                Sandbox::open(&Store::Memory, config, Box::new(SystemClock), Box::new(SeededRandom::new(1)))
                    .unwrap();
            let bound = bind(listener, sandbox, Args::default()).unwrap();
            send.send(bound.origin().rsplit(':').next().unwrap().parse().unwrap()).unwrap();
            bound.serve().await;
        });
    });
    receive.recv().unwrap()
}

#[test]
fn the_client_works_through_the_gateway_as_it_does_without() {
    let login = Service::start(login);
    let files = files(&format!("http://127.0.0.1:{}", sandbox_port()), login.port, |_, text| text);
    let nginx = hosting_tests::Nginx::start(&files, &server());
    let (client, _) = client(nginx.port);
    let (customers, session) = FutureExt::now_or_never(async {
        let mut pages = client.customers(&CustomerQuery::default());
        let mut customers = Vec::new();
        while let Some(page) = pages.next().await {
            customers.extend(page.expect("a page").items);
        }
        let id = customers[0].id.clone();
        assert_eq!(client.customer(&id).await.expect("a customer").id, customers[0].id);
        let nobody = client
            .customer(
                &partner_center::CustomerId::parse("00000000-0000-4000-8000-000000000000").expect("an id"),
            )
            .await;
        assert!(matches!(nobody.expect_err("nobody").kind, ErrorKind::NotFound | ErrorKind::NoRelationship));
        (customers.len(), client.session().await.expect("a session"))
    })
    .expect("nothing waits");
    assert!(customers > 600, "{customers}");
    // By the gateway, not by the sandbox.
    assert_eq!(session.agent.expect("an agent").user_principal_name, "agent@partner.example");
}

#[test]
fn the_client_waits_as_long_as_the_gateway_asks() {
    // No call comes back while the test is slow.
    let says = |_: &hosting_tests::Heard| answer("200 OK", &[], b"{\"items\":[]}");
    let world = World::changed(says, login, |name, text| {
        if name == "http.conf" { put(&text, "rate=300r/m", "rate=1r/m") } else { text }
    });
    for _ in 0..75 {
        world.send(&own("GET", "/v1/customers"));
    }
    let (client, waits) = client(world.nginx.port);
    let outcome = client.session().now_or_never().expect("nothing waits really");
    assert!(outcome.is_err() || !waits.0.borrow().is_empty());
    let waits = waits.0.borrow();
    assert!(!waits.is_empty() && waits.iter().all(|wait| *wait >= Duration::from_secs(5)), "{waits:?}");
}
