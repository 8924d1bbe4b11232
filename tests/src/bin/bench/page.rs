//! Pages that measure by themselves: a program of its own beside JavaScript, without the application.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use cartera_tests::{Browser, Driver, Options, Sandbox, SandboxOptions, Site};
use serde::de::DeserializeOwned;

/// What `cargo xtask bench` has put into the environment.
pub(crate) fn folder(variable: &str) -> PathBuf {
    PathBuf::from(std::env::var_os(variable).expect(variable))
}

/// The site with a program that `wasm-bindgen` has made, from the folder that the variable names.
pub(crate) fn with_program(mut site: Site, variable: &str, program: &str) -> Site {
    for name in [format!("{program}.js"), format!("{program}_bg.wasm")] {
        site = site.with(&name, fs::read(folder(variable).join(&name)).expect("the program of a page"));
    }
    site
}

/// Opens a page of the site and waits for what its promise `measured` comes to.
pub(crate) fn measure<T: DeserializeOwned>(site: &Site, page: &str) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let sandbox = Sandbox::start(site, &SandboxOptions { customers: 10, ..SandboxOptions::default() });
        let driver = Driver::start(Browser::Chromium).await;
        let session = driver.session(&Options::default()).await;
        session.set_script_timeout(Duration::from_secs(180)).await.expect("a longer time-out");
        session.goto(format!("{}/{page}", sandbox.origin())).await.expect("the page");
        let script = "const done = arguments[arguments.length - 1]; const wait = () => globalThis.measured ? \
                      measured.then(done, (error) => done(String(error))) : setTimeout(wait, 50); wait();";
        let answer = session.execute_async(script, Vec::new()).await.expect("the measuring");
        let answer = answer.json().clone();
        session.quit().await.expect("the end of a session");
        serde_json::from_value(answer.clone()).unwrap_or_else(|_| panic!("{answer}"))
    })
}
