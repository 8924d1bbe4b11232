//! A stand-in for the Partner Center REST API.
//!
//! The [`core`] is a function from a [`Request`] to a [`Response`] over SQLite. It opens no socket, reads no
//! clock and draws no randomness of its own, so a test calls it in process and every answer can be repeated.
//! The [`server`] (feature `server`) is a thin HTTP shell that carries answers, and the faults described in
//! them, over a real connection, and serves the built application beside the API.
//!
//! ```
//! use sandbox::{Config, ManualClock, Request, Sandbox, SeededRandom, Store};
//!
//! let clock = Box::new(ManualClock::at(1_770_000_000_000));
//! let config = Config { customers: 40, ..Config::default() };
//! let mut sandbox = Sandbox::open(&Store::Memory, config, clock, Box::new(SeededRandom::new(1)))?;
//! let response = sandbox.handle(&Request::get("/v1/customers?size=2"));
//! assert_eq!(response.status, 200);
//! # Ok::<(), sandbox::OpenError>(())
//! ```
#![deny(missing_docs)]

pub mod core;
pub mod country_rules;
#[cfg(feature = "server")]
pub mod server;

pub use crate::core::clock::{Clock, ManualClock, Random, SeededRandom};
pub use crate::core::cloud::Cloud;
pub use crate::core::config::Config;
pub use crate::core::sandbox::Sandbox;
pub use crate::core::store::{OpenError, Store};
pub use crate::core::wire::{Delivery, Ending, Method, Request, Response};
