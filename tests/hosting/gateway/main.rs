//! The gateway of `deploy/gateway/nginx`, run by a real nginx in front of the sandbox and of services that misbehave: each
//! promise of its README.

// All of this is test code: it reports by panicking.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod answers;
mod api_management;
mod calls;
mod client;
mod cross_origin;
mod limits;
mod login;
mod logs;
mod transport;
mod world;
