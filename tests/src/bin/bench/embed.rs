//! The first visit in a portal's frame, beside the same in a tab of its own, in one run. No slow line here: a frame of another
//! origin is a process of its own, which the browser's throttle for the page around it does not reach.

use cartera_tests::{Browser, Driver, Options, Portal, Sandbox, SandboxOptions, WebDriver, poll};

use crate::limit::{Bound, Figure, Limit};
use crate::start::WATCH;

/// Visits of each kind, in turn; the medians count.
const RUNS: usize = 9;

/// The list of a partner with 500 customers.
pub(crate) fn list_of_500() -> Vec<Figure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let (mut alone, mut framed) = runtime.block_on(async {
        let portal = Portal::start(false);
        // In a tab of its own such a deployment calls the gateway.
        let site = portal.site().with_early_script(WATCH);
        let sandbox = SandboxOptions { customers: 500, ..portal.sandbox() };
        let sandbox = Sandbox::start(&site, &sandbox);
        let driver = Driver::start(Browser::Chromium).await;
        let (mut alone, mut framed) = (Vec::new(), Vec::new());
        for run in 0..RUNS {
            for is_framed in [false, true] {
                // A session of its own has a cache of its own.
                let session = driver.session(&Options::default()).await;
                let milliseconds = visit(&session, sandbox.origin(), is_framed.then_some(&portal)).await;
                session.quit().await.expect("the end of a session");
                if is_framed { &mut framed } else { &mut alone }.push(milliseconds);
            }
            eprintln!("  {} of {RUNS}: {:.0} ms alone, {:.0} ms framed", run + 1, alone[run], framed[run]);
        }
        (alone, framed)
    });
    let (alone, framed) = (median(&mut alone), median(&mut framed));
    let ratio = framed / alone;
    vec![Figure {
        name: "embed.start.500",
        value: framed.round(),
        unit: "ms",
        ratio: Some(((ratio * 1000.0).round() / 1000.0, "the same in a tab of its own")),
        note: format!("from the frame's navigation to the first row, {alone:.0} ms alone; medians of {RUNS}"),
        limits: vec![Limit::new("ratio", ratio, Bound::AtMost(1.15))],
    }]
}

fn median(all: &mut [f64]) -> f64 {
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}

/// From the beginning of the document's own navigation to its first row, in milliseconds.
async fn visit(session: &WebDriver, app: &str, portal: Option<&Portal>) -> f64 {
    let address = match portal {
        None => format!("{app}/customers"),
        Some(portal) => format!("{}/?app={app}/", portal.origin()),
    };
    session.goto(address).await.expect("the page");
    if portal.is_some() {
        poll("the frame", async || session.enter_frame(0).await.map(Some).map_err(|error| error.to_string()))
            .await;
    }
    poll("the first row", async || {
        let found = session.execute("return globalThis.firstRow ?? null;", Vec::new()).await;
        Ok(found.map_err(|error| error.to_string())?.json().as_f64())
    })
    .await
}
