//! The shipped configuration, as little changed as a test can, with a login and a service behind it.

use std::fs;

use hosting_tests::{Answer, Call, Heard, Nginx, Service, answer, call};
pub(crate) use hosting_tests::{files, put, server, shipped};

/// The site's own origin, as `settings.conf` ships it.
pub(crate) const OWN: &str = "https://cartera.partner.example";
pub(crate) const CALL_ID: &str = "0b9f3c1e-7a55-4c0e-9c3d-2f4f6a1b9e01";
/// What the login calls with, and nobody else may see.
pub(crate) const TOKEN: &str = "eyJ0eXAi.planted-token.c2ln";
/// The cookie of somebody who is signed in.
pub(crate) const COOKIE: &str = "__Host-cartera=a-session";

/// A gateway with what stands behind it.
pub(crate) struct World {
    pub(crate) nginx: Nginx,
    pub(crate) login: Service,
    pub(crate) service: Service,
}

impl World {
    /// With a service that says the same to everything.
    pub(crate) fn new() -> Self {
        Self::with(|_| answer("200 OK", &[("Content-Type", "application/json")], b"{\"items\":[]}"))
    }

    /// With a service of one's own.
    pub(crate) fn with(says: impl Fn(&Heard) -> Vec<u8> + Send + Sync + 'static) -> Self {
        Self::changed(says, login, |_, text| text)
    }

    /// With changes of the configuration, too.
    pub(crate) fn changed(
        says: impl Fn(&Heard) -> Vec<u8> + Send + Sync + 'static,
        login: impl Fn(&Heard) -> Vec<u8> + Send + Sync + 'static,
        change: impl Fn(&str, String) -> String,
    ) -> Self {
        let (service, login) = (Service::start(says), Service::start(login));
        let files = files(&format!("http://127.0.0.1:{}", service.port), login.port, change);
        Self { nginx: Nginx::start(&files, &server()), login, service }
    }

    pub(crate) fn send(&self, call: &Call) -> Answer {
        call.send(self.nginx.port)
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.nginx.folder().join(name)).unwrap()
    }
}

/// The partner's login: it knows one cookie.
pub(crate) fn login(heard: &Heard) -> Vec<u8> {
    if heard.header("cookie").contains(COOKIE) {
        answer(
            "202 Accepted",
            &[
                ("X-Auth-Request-Access-Token", TOKEN),
                ("X-Auth-Request-Preferred-Username", "agent@partner.example"),
                (
                    "X-Auth-Request-Groups",
                    "x,00000000-0000-0000-0000-00000000000a,00000000-0000-0000-0000-00000000000c",
                ),
            ],
            b"",
        )
    } else {
        answer("401 Unauthorized", &[], b"")
    }
}

/// A call as the application makes it: same origin, signed in.
pub(crate) fn own(method: &str, target: &str) -> Call {
    let call = call(method, target)
        .with("MS-CorrelationId", CALL_ID)
        .with("Cookie", COOKIE)
        .with("Sec-Fetch-Site", "same-origin");
    if method == "GET" || method == "HEAD" {
        call
    } else {
        call.with("Origin", OWN).with("Content-Type", "application/json")
    }
}
