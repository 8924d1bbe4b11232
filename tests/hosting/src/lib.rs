//! The harness of the tests with a real nginx: the server itself, plain HTTP as it goes over the wire, and small
//! services to stand behind it.
//!
//! Everything listens on loopback, on a free port, and ends with the value that holds it, or with the test's process.

#![deny(missing_docs)]
// A harness reports by panicking: its caller is a test, and the words of the panic are the report.
#![allow(clippy::expect_used, clippy::missing_panics_doc, clippy::panic, clippy::unwrap_used)]

mod gateway;
mod http;
mod nginx;
mod service;

pub use gateway::{files, put, server, shipped};
pub use http::{Answer, Call, call, exchange};
pub use nginx::{Nginx, has_brotli, repository};
pub use service::{Heard, Service, answer};

use std::net::TcpListener;
use std::sync::atomic::{AtomicU16, Ordering};

/// A port of this machine that nobody has at the moment, and that is given to nobody else in this process: it lies below those that
/// systems give to whoever asks for any port, which is what every other listener of the tests does.
pub fn free_port() -> u16 {
    static TAKEN: AtomicU16 = AtomicU16::new(0);
    let own = u16::try_from(std::process::id() % 200).unwrap_or(0) * 100;
    loop {
        let next = TAKEN.fetch_add(1, Ordering::Relaxed);
        let port = 10_000 + own.wrapping_add(next) % 20_000;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}
