//! The built site behind servers that are told how to serve it by `deploy.toml`, and `check-headers` asking them.

// All of this is test code: it reports by panicking.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod checked;
mod cloudfront;
mod command;
mod mistakes;
mod place;
mod served;
