//! The first visit: from an empty cache to the first row of the list, over a slow line and with a slow
//! processor.

use cartera_tests::{Browser, Driver, Options, Sandbox, SandboxOptions, Site, WebDriver, poll};
use serde_json::{Value, json};

use crate::limit::{Bound, Figure, Limit};

/// What the line carries: 1.6 Mbit/s towards the browser, in bytes per second.
const DOWN: f64 = 200_000.0;
/// 750 kbit/s away from it, in bytes per second.
const UP: f64 = 93_750.0;
/// A round trip, in milliseconds.
const ROUND_TRIP: f64 = 150.0;
/// How many times slower than this machine the processor is.
const SLOWER: u32 = 4;
/// Round trips that a page needs at least: connection, page, program, data.
const ROUND_TRIPS: f64 = 4.0;
/// Visits; the median counts.
const RUNS: usize = 7;

/// Notes when the first row with a customer is in the document. Before that the table has skeleton rows only,
/// which hold no link.
pub(crate) const WATCH: &str = "{
    const watch = new MutationObserver(() => {
      if (document.querySelector('tbody tr a')) {
        globalThis.firstRow = performance.now();
        watch.disconnect();
      }
    });
    watch.observe(document, { childList: true, subtree: true });
    }";

/// One visit.
struct Visit {
    /// From the beginning of the navigation to the first row.
    milliseconds: f64,
    /// Everything that was received until then, headers included.
    bytes: f64,
}

impl Visit {
    /// What the line alone needs for these bytes, in milliseconds.
    fn limit(&self) -> f64 {
        self.bytes / DOWN * 1000.0 + ROUND_TRIPS * ROUND_TRIP
    }
}

/// The list of a partner with 500 customers.
pub(crate) fn list_of_500() -> Vec<Figure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let mut visits = runtime.block_on(async {
        let sandbox =
            Sandbox::start(&Site::default(), &SandboxOptions { customers: 500, ..SandboxOptions::default() });
        let driver = Driver::start(Browser::Chromium).await;
        let mut visits = Vec::new();
        for run in 0..RUNS {
            // A session of its own has a cache of its own.
            let options = Options { network_log: true, ..Options::default() };
            let session = driver.session(&options).await;
            let visit = visit(&session, &format!("{}/customers", sandbox.origin())).await;
            session.quit().await.expect("the end of a session");
            eprintln!("  {} of {RUNS}: {:.0} ms, {:.0} bytes", run + 1, visit.milliseconds, visit.bytes);
            visits.push(visit);
        }
        visits
    });
    visits.sort_by(|one, other| one.milliseconds.total_cmp(&other.milliseconds));
    let median = &visits[visits.len() / 2];
    let ratio = median.milliseconds / median.limit();
    vec![Figure {
        name: "list.start.500",
        value: median.milliseconds.round(),
        unit: "ms",
        ratio: Some(((ratio * 1000.0).round() / 1000.0, "bytes ÷ bandwidth + 4 round trips")),
        note: format!(
            "{:.0} bytes until the first row, limit {:.0} ms; 1.6 Mbit/s, 150 ms, 4 times slower, median of {RUNS} \
             ({:.0} to {:.0} ms)",
            median.bytes,
            median.limit(),
            visits[0].milliseconds,
            visits[visits.len() - 1].milliseconds
        ),
        limits: vec![Limit::new("ratio", ratio, Bound::AtMost(2.0))],
    }]
}

async fn visit(session: &WebDriver, address: &str) -> Visit {
    let cdp = session.cdp();
    let call = async |method: &str, parameters: Value| {
        cdp.send_raw(method, parameters).await.unwrap_or_else(|error| panic!("{method}: {error}"));
    };
    call("Network.enable", json!({})).await;
    call("Network.setCacheDisabled", json!({ "cacheDisabled": false })).await;
    call("Network.clearBrowserCache", json!({})).await;
    let line = json!({
        "offline": false, "latency": ROUND_TRIP, "downloadThroughput": DOWN, "uploadThroughput": UP,
    });
    call("Network.emulateNetworkConditions", line).await;
    call("Emulation.setCPUThrottlingRate", json!({ "rate": SLOWER })).await;
    call("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH })).await;
    session.goto(address).await.expect("the page");
    let milliseconds = poll("the first row", async || {
        let found = session.execute("return globalThis.firstRow ?? null;", Vec::new()).await;
        Ok(found.map_err(|error| error.to_string())?.json().as_f64())
    })
    .await;
    Visit { milliseconds, bytes: bytes_until(session, milliseconds).await }
}

/// The bytes on the line until `milliseconds` after the navigation began, by the browser's own log of it. It
/// counts what was received of an answer that is still on its way, and headers.
async fn bytes_until(session: &WebDriver, milliseconds: f64) -> f64 {
    let log = session.get_log("performance").await.expect("the log of the network");
    let events: Vec<Value> = log
        .iter()
        .filter_map(|entry| serde_json::from_str::<Value>(&entry.message).ok())
        .map(|mut entry| entry["message"].take())
        .collect();
    let begin = events
        .iter()
        .find(|event| event["method"] == "Network.requestWillBeSent" && event["params"]["type"] == "Document")
        .and_then(|event| event["params"]["timestamp"].as_f64())
        .expect("the beginning of the navigation");
    let before = events.iter().filter(|event| {
        let at = event["params"]["timestamp"].as_f64();
        at.is_some_and(|at| (at - begin) * 1000.0 <= milliseconds)
    });
    before
        .map(|event| {
            let parameters = &event["params"];
            match event["method"].as_str() {
                // At this moment an answer's encoded length is that of its headers.
                Some("Network.responseReceived") => {
                    parameters["response"]["encodedDataLength"].as_f64().unwrap_or(0.0)
                }
                Some("Network.dataReceived") => parameters["encodedDataLength"].as_f64().unwrap_or(0.0),
                _ => 0.0,
            }
        })
        .sum()
}
