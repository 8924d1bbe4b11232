//! The search alone, over a million customers, against plain JavaScript.

use std::fs;
use std::path::PathBuf;

use cartera_tests::{Browser, Driver, Options, Sandbox, SandboxOptions, Site};
use serde::Deserialize;

use crate::limit::{Bound, Figure, Limit};

const PAGE: &str =
    "<!doctype html><html lang=en><title>search</title><script type=module src=search.js></script></html>";

#[derive(Deserialize)]
struct Row {
    needle: String,
    hits: u64,
    ours: f64,
    theirs: f64,
}

/// Times of the index and of JavaScript, as the ratio of their geometric means.
pub(crate) fn million() -> Vec<Figure> {
    let built = PathBuf::from(std::env::var_os("CARTERA_SEARCH_PAGE").expect("CARTERA_SEARCH_PAGE"));
    let mut site = Site::copy().with("search.html", PAGE).with("search.js", include_str!("search.js"));
    for name in ["search_page.js", "search_page_bg.wasm"] {
        site = site.with(name, fs::read(built.join(name)).expect("the search page"));
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let rows: Vec<Row> = runtime.block_on(async {
        let sandbox = Sandbox::start(&site, &SandboxOptions { customers: 10, ..SandboxOptions::default() });
        let driver = Driver::start(Browser::Chromium).await;
        let session = driver.session(&Options::default()).await;
        session.set_script_timeout(std::time::Duration::from_secs(180)).await.expect("a longer time-out");
        session.goto(format!("{}/search.html", sandbox.origin())).await.expect("the page");
        let script = "const done = arguments[arguments.length - 1]; const wait = () => globalThis.measured ? \
                      measured.then(done, (error) => done(String(error))) : setTimeout(wait, 50); wait();";
        let answer = session.execute_async(script, Vec::new()).await.expect("the measuring");
        let answer = answer.json().clone();
        session.quit().await.expect("the end of a session");
        serde_json::from_value(answer.clone()).unwrap_or_else(|_| panic!("{answer}"))
    });
    for row in &rows {
        eprintln!(
            "  {:?}: {} hits, {:.2} ms, JavaScript {:.2} ms",
            row.needle, row.hits, row.ours, row.theirs
        );
    }
    let mean = |time: fn(&Row) -> f64| {
        #[expect(clippy::cast_precision_loss, reason = "five of them")]
        let count = rows.len() as f64;
        (rows.iter().map(|row| time(row).ln()).sum::<f64>() / count).exp()
    };
    let (ours, theirs) = (mean(|row| row.ours), mean(|row| row.theirs));
    let ratio = theirs / ours;
    let rows: Vec<String> =
        rows.iter().map(|row| format!("{} hits: {:.1} and {:.1}", row.hits, row.ours, row.theirs)).collect();
    vec![Figure {
        name: "list.search.1m",
        value: (ours * 100.0).round() / 100.0,
        unit: "ms",
        ratio: Some(((ratio * 100.0).round() / 100.0, "includes over lower-cased strings")),
        note: format!(
            "geometric mean of 5 needles, median of 7 each; JavaScript {theirs:.1} ms; {}",
            rows.join(", ")
        ),
        limits: vec![Limit::new("ratio", ratio, Bound::AtLeast(5.0))],
    }]
}
