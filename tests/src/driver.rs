//! A driver process and its sessions.

use std::net::{Ipv4Addr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use thirtyfour::WebDriver;

use crate::browser::{Browser, Options};
use crate::poll::poll;

/// A running driver. It ends with this value; the browsers that it has started end with their sessions.
pub struct Driver {
    child: Child,
    address: String,
    browser: Browser,
}

impl Driver {
    /// Starts the driver of `browser` and waits until it answers.
    pub async fn start(browser: Browser) -> Self {
        let program = browser.driver();
        // Not all drivers tell which port they took. One that was free a moment ago mostly still is.
        for _ in 0..3 {
            let port = free_port();
            let child = Command::new(&program)
                .arg(format!("--port={port}"))
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap_or_else(|error| panic!("{} cannot be started: {error}", program.display()));
            let mut driver = Self { child, address: format!("http://127.0.0.1:{port}"), browser };
            if driver.is_ready().await {
                return driver;
            }
        }
        panic!("{} ends as soon as it is started", program.display());
    }

    /// Whether it has come up; `false` when it has ended instead.
    async fn is_ready(&mut self) -> bool {
        let address = format!("{}/status", self.address);
        poll("the driver answers", async || {
            if self.child.try_wait().is_ok_and(|ended| ended.is_some()) {
                return Ok(Some(false));
            }
            let answer = reqwest::get(&address).await.map_err(|error| error.to_string())?;
            Ok(answer.status().is_success().then_some(true))
        })
        .await
    }

    /// A new session, with a profile of its own.
    pub async fn session(&self, options: &Options) -> WebDriver {
        let capabilities = self.browser.capabilities(options);
        let session = WebDriver::builder(&self.address, capabilities)
            .request_timeout(Duration::from_secs(60))
            .connect();
        session.await.expect("a session of the browser")
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It fails only where it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    listener.local_addr().expect("the port's number").port()
}
