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

/// A port of this machine that nobody has at the moment.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port").port()
}
