//! The harness of the browser tests: a real sandbox, a real browser, and words for what a user does.
//!
//! A test reads like a person's report: it opens an address, finds things by role and name, and waits until
//! the page says something. See `README.md` for how to run one test and what a failure leaves behind.

#![deny(missing_docs)]
// A harness reports by panicking: its caller is a test, and the words of the panic are the report.
#![allow(clippy::expect_used, clippy::missing_panics_doc, clippy::panic, clippy::unwrap_used)]

mod authority;
mod axe;
mod browser;
mod console;
mod driver;
mod environment;
mod keyboard;
mod locate;
mod own;
mod page;
mod poll;
mod portal;
mod pseudo;
mod run;
mod sandbox;
mod scan;
mod site;
mod static_server;

pub use authority::{API, Authority, CLIENT, TENANT};
pub use axe::Theme;
pub use browser::{Browser, Options};
pub use driver::Driver;
pub use page::Page;
pub use poll::poll;
pub use portal::{Around, Portal, in_portal};
pub use pseudo::{pseudo, pseudo_file};
pub use reqwest::Method;
pub use run::{Setup, in_browser, in_chromium, in_demo, not_in_webkit, with_sandbox};
pub use sandbox::{Sandbox, SandboxOptions};
pub use site::{PORTAL, Site};
pub use thirtyfour::{Key, WebDriver, WebElement, WindowHandle};
