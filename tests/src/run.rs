//! Runs a test: sandbox, driver, session; afterwards everything is gone, however the test ended.

use std::cell::RefCell;
use std::fs;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::thread;

use futures_util::FutureExt;
use serde_json::{Value, json};

use crate::browser::{Browser, Options};
use crate::driver::Driver;
use crate::environment;
use crate::page::Page;
use crate::sandbox::{Sandbox, SandboxOptions};
use crate::site::Site;

/// What a test begins with.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The application that is served.
    pub site: Site,
    /// The stand-in for Partner Center.
    pub sandbox: SandboxOptions,
    /// Faults that are in force from the first request on.
    pub faults: Value,
    /// The browser's session.
    pub browser: Options,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            site: Site::default(),
            sandbox: SandboxOptions::default(),
            faults: json!([]),
            browser: Options::default(),
        }
    }
}

impl Setup {
    /// As usual, with these faults.
    pub fn with_faults(faults: Value) -> Self {
        Self { faults, ..Self::default() }
    }

    /// As usual, with this application.
    pub fn with_site(site: Site) -> Self {
        Self { site, ..Self::default() }
    }

    /// As usual, with so many customers.
    pub fn with_customers(customers: u32) -> Self {
        let sandbox = SandboxOptions { customers, ..SandboxOptions::default() };
        Self { sandbox, ..Self::default() }
    }
}

/// Runs a test that needs Chromium's debugging protocol; in another browser it is left out.
pub fn in_chromium(setup: Setup, test: impl AsyncFnOnce(&Page)) {
    if Browser::chosen() == Browser::Chromium {
        in_browser(setup, test);
    } else {
        println!("left out: it needs Chromium's debugging protocol");
    }
}

/// Runs a test of what WebKit's driver cannot do, and says why; in WebKit it is left out.
pub fn not_in_webkit(why: &str, test: impl FnOnce()) {
    if Browser::chosen() == Browser::Webkit {
        println!("left out: {why}");
    } else {
        test();
    }
}

/// Runs a test that asks the sandbox itself, or has it do something; where there is none, in the demonstration, it is left out.
pub fn with_sandbox(setup: Setup, test: impl AsyncFnOnce(&Page)) {
    if environment::is_demo() {
        println!("left out: it asks the sandbox itself");
    } else {
        in_browser(setup, test);
    }
}

/// Runs a test of the demonstration, behind a plain server of files.
pub fn in_demo(site: Site, test: impl AsyncFnOnce(&Page)) {
    run(Setup::with_site(site), true, test);
}

/// Runs a test in the browser that `CARTERA_BROWSER` names, with a sandbox and a session of its own. With `CARTERA_DEMO` set, the
/// demonstration stands in for the sandbox.
pub fn in_browser(setup: Setup, test: impl AsyncFnOnce(&Page)) {
    run(setup, environment::is_demo(), test);
}

fn run(setup: Setup, is_demo: bool, test: impl AsyncFnOnce(&Page)) {
    let Setup { site, sandbox, faults, browser: options } = setup;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let browser = Browser::chosen();
        let sandbox = if is_demo {
            Sandbox::plain(&site)
        } else {
            let sandbox = Sandbox::start(&site, &sandbox);
            sandbox.set_faults(faults).await;
            sandbox
        };
        let driver = Driver::start(browser).await;
        let session = driver.session(&options).await;
        let page = Page {
            driver: session,
            sandbox,
            browser,
            base: site.base(),
            expected: RefCell::new(Vec::new()),
            planted: RefCell::new(Vec::new()),
        };
        // The session has to be ended in any case: a driver that is killed leaves its browser behind.
        let outcome = AssertUnwindSafe(async {
            if browser == Browser::Webkit {
                // It takes its language from the system, where Spanish may not be installed.
                page.open("/mark.svg").await;
                page.eval::<Value>(&format!(
                    "localStorage.setItem('cartera.language', '{}')",
                    options.language
                ))
                .await;
            }
            test(&page).await;
            let (errors, messages) = page.console().await;
            assert!(errors.is_empty(), "errors in the console: {errors:#?}");
            let leaks = page.leaks(&messages).await;
            assert!(leaks.is_empty(), "what may be nowhere is there: {leaks:#?}");
        })
        .catch_unwind()
        .await;
        if outcome.is_err() {
            keep_evidence(&page).await;
        }
        let Page { driver: session, .. } = page;
        let ended = session.quit().await;
        drop(driver);
        if let Err(panic) = outcome {
            resume_unwind(panic);
        }
        ended.expect("the end of the session");
    });
}

/// Keeps what the page looked like when a test failed. It must not fail itself: then there is no picture.
async fn keep_evidence(page: &Page) {
    let folder = environment::failures();
    let name = thread::current().name().unwrap_or("test").replace("::", "-");
    if fs::create_dir_all(&folder).is_err() {
        return;
    }
    let picture = folder.join(format!("{name}.png"));
    if page.driver.screenshot(&picture).await.is_ok() {
        eprintln!("picture: {}", picture.display());
    }
    if let Ok(source) = page.driver.source().await {
        let _ = fs::write(folder.join(format!("{name}.html")), source);
    }
    if let Ok(log) = page.driver.browser_log().await {
        for entry in log {
            eprintln!("console {}: {}", entry.level, entry.message);
        }
    }
}
