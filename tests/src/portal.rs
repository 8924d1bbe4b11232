//! A portal around the application: the sample one, or a page of a test's own, on another origin than the application's.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::json;

use crate::environment;
use crate::page::Page;
use crate::run::{Setup, in_browser};
use crate::sandbox::SandboxOptions;
use crate::site::Site;

/// A running portal. It ends with this value.
pub struct Portal {
    child: Child,
    origin: String,
    _stdout: BufReader<ChildStdout>,
}

/// What a test with a portal begins with.
#[derive(Clone, Debug, Default)]
pub struct Around {
    /// Settings of `config.json` beside those that let the portal in, and in their place.
    pub settings: Vec<(&'static str, serde_json::Value)>,
    /// Whether the portal is isolated from other origins (COEP).
    pub isolated: bool,
    /// Headers of the application's files that an administrator changed in `deploy.toml`.
    pub headers: Vec<(&'static str, &'static str)>,
    /// What stands before the boot script.
    pub before: &'static str,
}

impl Portal {
    /// Starts it on a free port.
    pub fn start(isolated: bool) -> Self {
        let root = environment::root();
        let mut command = Command::new("node");
        command.arg(root.join("embed/demo/serve.js")).arg("--folder").arg(root.join("tests/portal"));
        if isolated {
            command.arg("--coep");
        }
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("node, which serves the portal");
        let mut stdout = BufReader::new(child.stdout.take().expect("its output"));
        let mut line = String::new();
        stdout.read_line(&mut line).expect("the portal's first line");
        let origin = line.trim().strip_prefix("host ready ").expect("its word that it is ready").to_owned();
        Self { child, origin, _stdout: stdout }
    }

    /// Where it is.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// A copy of the application that lets it in.
    pub fn site(&self) -> Site {
        Site::copy().with_setting("mode", json!("host")).with_setting("hosts", json!([self.origin()]))
    }

    /// A sandbox that its page may call.
    pub fn sandbox(&self) -> SandboxOptions {
        SandboxOptions { origins: vec![self.origin().to_owned()], ..SandboxOptions::default() }
    }

    /// Opens the sample portal, with more in its address: `&height=auto`, and waits until the application is there.
    pub async fn open(&self, page: &Page, more: &str) {
        let address = format!("{}/?app={}{more}", self.origin, page.url("/"));
        page.driver.goto(address).await.expect("the portal");
        self.is_ready(page).await;
    }

    /// Waits until the application is there. WebKit's driver loses a frame that it was led into while that was loading.
    pub async fn is_ready(&self, page: &Page) {
        page.until(
            "the portal notes that the application is there",
            "[...document.querySelectorAll('#log li')].some((line) => line.textContent.startsWith('ready'))",
        )
        .await;
    }

    /// Opens the host that speaks by hand.
    pub async fn open_raw(&self, page: &Page, more: &str) {
        let address = format!("{}/raw.html?app={}{more}", self.origin, page.url("/"));
        page.driver.goto(address).await.expect("the portal");
    }
}

impl Drop for Portal {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        // It fails only where it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Page {
    /// Goes into the frame: what is asked from now on is asked there.
    pub async fn into_frame(&self) {
        self.driver.enter_default_frame().await.expect("the portal's page");
        crate::poll::poll("there is a frame", async || {
            self.driver.enter_frame(0).await.map(Some).map_err(|error| error.to_string())
        })
        .await;
    }

    /// Goes back out to the portal.
    pub async fn out_of_frame(&self) {
        self.driver.enter_default_frame().await.expect("the portal's page");
    }
}

/// Runs a test with a portal that may hold the application.
pub fn in_portal(around: Around, test: impl AsyncFnOnce(&Page, &Portal)) {
    if environment::is_demo() {
        println!("left out: a portal makes the calls, to the sandbox");
        return;
    }
    let portal = Portal::start(around.isolated);
    let mut site = portal.site();
    for (name, value) in around.settings {
        site = site.with_setting(name, value);
    }
    for (name, value) in around.headers {
        site = site.with_header(name, value);
    }
    if !around.before.is_empty() {
        site = site.with_early_script(around.before);
    }
    in_browser(Setup { site, sandbox: portal.sandbox(), ..Setup::default() }, async |page| {
        test(page, &portal).await;
    });
}
