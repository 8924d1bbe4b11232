//! The authority that signs people in: a certified OpenID provider from npm with Entra's rules for single-page applications, as a
//! process of its own. See `authority/authority.mjs`.

use std::cell::RefCell;
use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

use crate::environment;
use crate::page::Page;
use crate::run::Setup;
use crate::sandbox::SandboxOptions;
use crate::site::Site;

/// The partner's tenant.
pub const TENANT: &str = "5e170000-0000-4000-8000-000000000001";
/// The application's id there.
pub const CLIENT: &str = "5e170000-0000-4000-8000-000000000002";
/// What tokens are for.
pub const API: &str = "https://api.partnercenter.microsoft.com";

/// A running authority. It ends with this value, or when the test's process ends in whatever way.
#[derive(Debug)]
pub struct Authority {
    child: RefCell<Child>,
    origin: String,
    /// Kept open, since a program that writes into a closed pipe is stopped.
    _stdout: BufReader<ChildStdout>,
}

impl Authority {
    /// Starts it on a free port and waits for its word that it is ready.
    pub fn start() -> Self {
        let mut child = Command::new("node")
            .arg(environment::root().join("tests/authority/authority.mjs"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("node, and what `npm ci` installs");
        let mut stdout = BufReader::new(child.stdout.take().expect("its output"));
        let mut line = String::new();
        stdout.read_line(&mut line).expect("the authority's first line");
        let origin =
            line.trim().strip_prefix("authority ready ").expect("its word that it is ready").to_owned();
        Self { child: RefCell::new(child), origin, _stdout: stdout }
    }

    /// Where it answers, without a slash at the end.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// A setup whose application signs people in here. `settings` are further ones of `config.json`.
    pub fn setup(&self, settings: &[(&str, Value)]) -> Setup {
        let own = [
            ("mode", json!("direct")),
            ("authority", json!(self.origin)),
            ("tenant", json!(TENANT)),
            ("clientId", json!(CLIENT)),
        ];
        let settings = own.iter().chain(settings);
        let site = settings.fold(Site::copy(), |site, (name, value)| site.with_setting(name, value.clone()));
        let sandbox = SandboxOptions { connect: vec![self.origin.clone()], ..SandboxOptions::default() };
        Setup { site, sandbox, ..Setup::default() }
    }

    /// Lets the page's site come back from here, and has its API take this authority's tokens only.
    pub async fn expects(&self, page: &Page) {
        self.control(json!({ "redirects": [page.url("/auth/callback.html")] })).await;
        page.sandbox.switch(json!({ "bearer": self.bearer(false) })).await;
    }

    /// What the sandbox's switch `bearer` is to be.
    pub fn bearer(&self, needs_factor: bool) -> Value {
        json!({ "issuer": format!("{}/{TENANT}/v2.0", self.origin), "audience": API, "mfa": needs_factor })
    }

    /// Changes how it behaves: the members that `authority.mjs` names.
    pub async fn control(&self, changes: Value) -> Value {
        let request = reqwest::Client::new().post(format!("{}/control", self.origin)).json(&changes);
        request.send().await.expect("an answer of the authority").json().await.expect("JSON")
    }

    /// How often it was asked for something: `authorize`, `exchange`, `renew`, `logout`.
    pub async fn seen(&self, what: &str) -> u64 {
        self.control(json!({})).await["seen"][what].as_u64().unwrap_or(0)
    }

    /// The `prompt` of each request to sign in.
    pub async fn prompts(&self) -> Vec<String> {
        let seen = self.control(json!({})).await;
        serde_json::from_value(seen["seen"]["prompts"].clone()).expect("texts")
    }

    /// Ends it: from now on nobody answers at its address.
    pub fn stop(&self) {
        let mut child = self.child.borrow_mut();
        // It fails only where it has ended already.
        let _ = child.kill();
        let _ = child.wait();
    }
}

impl Drop for Authority {
    fn drop(&mut self) {
        self.stop();
    }
}
