//! How the built site is served, from one file (`deploy.toml`): which headers an answer has, the files that each kind of host
//! wants, and whether a live site is served so.
//!
//! [`Deployment`] is that file, [`Settings`] what a deployment's `config.json` adds, [`Rules`] both together: what every
//! answer has to be. [`hosts`] writes them down for six kinds of hosts, [`check`] asks a live one.
#![deny(missing_docs)]

pub mod check;
mod deployment;
mod fetch;
pub mod hosts;
mod rules;
mod settings;

pub use deployment::{Deployment, Document};
pub use fetch::Curl;

pub use rules::{Rules, is_hashed};
pub use settings::Settings;
