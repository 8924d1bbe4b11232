//! The list of a partner with 100,000 customers: keys, scrolling, memory.

use std::time::Duration;

use cartera_tests::{Browser, Driver, Options, Sandbox, SandboxOptions, Site, WebDriver, poll};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::limit::{Bound, Figure, Limit};

const CUSTOMERS: u32 = 100_000;
/// Rounds of each measuring; at least seven are asked for.
const RUNS: usize = 7;
/// Searches typed letter by letter and taken back the same way: forty keys.
const WORDS: [&str; 4] = ["hermanos", "ruiz", "legal", "sl "];

/// Keeps the memory of the program at hand, and notes for each key when its effect is on the screen: the first task
/// after the frame that follows the key.
const WATCH: &str = "
    for (const name of ['instantiate', 'instantiateStreaming']) {
      const real = WebAssembly[name];
      WebAssembly[name] = async (...all) => {
        const made = await real.apply(WebAssembly, all);
        const instance = made.instance ?? made;
        globalThis.wasm = instance.exports.memory;
        globalThis.wasmAtStart = globalThis.wasm.buffer.byteLength;
        return made;
      };
    }
    globalThis.keys = [];
    addEventListener('keydown', (event) => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => keys.push(performance.now() - event.timeStamp);
      requestAnimationFrame(() => channel.port2.postMessage(0));
    }, true);";

/// A session in which the whole list has been read.
struct Loaded {
    // Both end with this; the driver is not asked any more.
    sandbox: Sandbox,
    _driver: Driver,
    session: WebDriver,
}

impl Loaded {
    async fn open() -> Self {
        let options = SandboxOptions { customers: CUSTOMERS, ..SandboxOptions::default() };
        let sandbox = Sandbox::start(&Site::default(), &options);
        let driver = Driver::start(Browser::Chromium).await;
        let session = driver.session(&Options::default()).await;
        let loaded = Self { sandbox, _driver: driver, session };
        loaded.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH })).await;
        loaded.session.goto(format!("{}/customers", loaded.sandbox.origin())).await.expect("the page");
        poll("all customers", async || {
            let done = "return document.querySelector('.listfoot')?.textContent.startsWith('100.000 clientes') && \
                        !document.querySelector('.listfoot').textContent.includes('ahora');";
            Ok(loaded.eval::<bool>(done).await.then_some(()))
        })
        .await;
        loaded
    }

    async fn cdp(&self, method: &str, parameters: Value) -> Value {
        let answer = self.session.cdp().send_raw(method, parameters).await;
        answer.unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    async fn eval<T: DeserializeOwned>(&self, body: &str) -> T {
        let answer = self.session.execute(body, Vec::new()).await.expect("a script");
        serde_json::from_value(answer.json().clone()).expect("what a script answers")
    }

    /// Seconds that the page's main thread has worked so far.
    async fn work(&self) -> f64 {
        let answer = self.cdp("Performance.getMetrics", json!({})).await;
        let metrics = answer["metrics"].as_array().expect("metrics");
        let metric = metrics.iter().find(|metric| metric["name"] == "TaskDuration").expect("TaskDuration");
        metric["value"].as_f64().expect("seconds")
    }

    /// What the texts of all customers take in UTF-8.
    async fn text_bytes(&self) -> f64 {
        let text = self.session.execute_async(TEXT, Vec::new()).await.expect("all customers");
        assert_eq!(text.json()["count"].as_f64(), Some(f64::from(CUSTOMERS)), "the texts of all customers");
        text.json()["bytes"].as_f64().expect("bytes")
    }

    async fn end(self) {
        self.session.quit().await.expect("the end of a session");
    }
}

pub(crate) fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(work)
}

/// The value below which this part of the sorted values lies.
pub(crate) fn quantile(values: &mut [f64], part: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let place = ((values.len() as f64 * part).ceil() as usize).clamp(1, values.len());
    values[place - 1]
}

pub(crate) fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// From a key to the screen.
pub(crate) fn keystroke() -> Vec<Figure> {
    block_on(async {
        let loaded = Loaded::open().await;
        loaded.cdp("Performance.enable", json!({ "timeDomain": "threadTicks" })).await;
        let (mut latencies, mut works) = (Vec::new(), Vec::new());
        for run in 0..RUNS {
            loaded.eval::<()>("document.querySelector('#find').focus(); globalThis.keys = [];").await;
            for word in WORDS {
                for letter in word.chars().map(Some).chain(word.chars().map(|_| None)) {
                    let before = loaded.work().await;
                    let key = match letter {
                        Some(letter) => json!({ "text": letter.to_string(), "key": letter.to_string() }),
                        None => json!({ "key": "Backspace", "windowsVirtualKeyCode": 8 }),
                    };
                    for kind in ["keyDown", "keyUp"] {
                        let mut event = key.clone();
                        event["type"] = json!(kind);
                        loaded.cdp("Input.dispatchKeyEvent", event).await;
                    }
                    // What follows the key at once. The address and the announcement wait for a pause in typing, which
                    // there is none of here: they are not part of this, and of what one feels while typing neither.
                    tokio::time::sleep(Duration::from_millis(60)).await;
                    works.push((loaded.work().await - before) * 1000.0);
                }
            }
            let keys: Vec<f64> = loaded.eval("return keys;").await;
            eprintln!("  {} of {RUNS}: {} keys", run + 1, keys.len());
            latencies.extend(keys);
        }
        loaded.end().await;
        let spread = |values: &mut [f64]| {
            format!(
                "95th percentile of {} keys, median {:.1}, highest {:.1}",
                values.len(),
                quantile(values, 0.5),
                quantile(values, 1.0)
            )
        };
        let (latency, work) = (quantile(&mut latencies, 0.95), quantile(&mut works, 0.95));
        vec![
            Figure {
                name: "list.keystroke.100k",
                value: rounded(latency),
                unit: "ms",
                ratio: None,
                note: spread(&mut latencies),
                limits: vec![Limit::new("", latency, Bound::AtMost(50.0))],
            },
            Figure {
                name: "list.keystroke.100k.work",
                value: rounded(work),
                unit: "ms",
                ratio: None,
                note: format!("work of the main thread; {}", spread(&mut works)),
                limits: vec![Limit::new("", work, Bound::AtMost(16.0))],
            },
        ]
    })
}

/// A script that scrolls from the first row to the last in about ten seconds and notes each frame.
const SCROLL: &str = "
    const done = arguments[arguments.length - 1];
    const list = document.querySelector('.scroll');
    const gaps = []; let most = 0; let before = 0; let frame = 0; const frames = 600;
    const step = (now) => {
      if (before) gaps.push(now - before);
      before = now;
      most = Math.max(most, document.querySelectorAll('tbody tr[aria-rowindex]').length);
      list.scrollTop = (list.scrollHeight - list.clientHeight) * (++frame / frames);
      if (frame < frames) requestAnimationFrame(step);
      else done({ gaps, most, last: [...document.querySelectorAll('tbody tr[aria-rowindex]')].pop()?.getAttribute('aria-rowindex') });
    };
    requestAnimationFrame(step);";

/// Frames while all rows pass by.
pub(crate) fn scroll() -> Vec<Figure> {
    block_on(async {
        let loaded = Loaded::open().await;
        let (mut gaps, mut most) = (Vec::new(), 0);
        for run in 0..RUNS {
            loaded.eval::<()>("document.querySelector('.scroll').scrollTop = 0;").await;
            let answer = loaded.session.execute_async(SCROLL, Vec::new()).await.expect("the scrolling");
            let answer = answer.json().clone();
            let found: Vec<f64> = serde_json::from_value(answer["gaps"].clone()).expect("gaps");
            most = most.max(answer["most"].as_u64().unwrap_or(u64::MAX));
            eprintln!("  {} of {RUNS}: {} frames", run + 1, found.len());
            gaps.extend(found);
        }
        loaded.end().await;
        let (median, slowest) = (quantile(&mut gaps, 0.5), quantile(&mut gaps, 1.0));
        let gap = quantile(&mut gaps, 0.99);
        #[expect(clippy::cast_precision_loss, reason = "a number of rows")]
        let most = most as f64;
        vec![Figure {
            name: "list.scroll.100k",
            value: rounded(gap),
            unit: "ms",
            ratio: None,
            note: format!("99th percentile of {} gaps between frames; median {median:.1}", gaps.len()),
            limits: vec![
                Limit::new("", gap, Bound::AtMost(50.0)),
                Limit::new("longest", slowest, Bound::AtMost(150.0)),
                Limit::new("row elements", most, Bound::AtMost(120.0)),
            ],
        }]
    })
}

/// Adds up what the names, domains and ids of all customers take in UTF-8.
const TEXT: &str = "
    const done = arguments[arguments.length - 1];
    (async () => {
      const encoder = new TextEncoder();
      let bytes = 0; let count = 0; let token = null; let path = '/v1/customers?size=500';
      for (;;) {
        const answer = await fetch(path, { headers: token ? { 'MS-ContinuationToken': token } : {} });
        const page = JSON.parse((await answer.text()).replace(/^\\uFEFF/, ''));
        for (const item of page.items) {
          count += 1;
          for (const text of [item.id, item.companyProfile.companyName, item.companyProfile.domain]) bytes += encoder.encode(text).length;
        }
        const next = page.links?.next;
        if (!next) break;
        path = '/v1/' + next.uri.replace(/^\\/+(v1\\/+)?/, '');
        token = next.headers?.[0]?.value ?? null;
      }
      done({ bytes, count });
    })();";

/// What a customer costs beyond its texts.
pub(crate) fn memory() -> Vec<Figure> {
    block_on(async {
        let (mut costs, mut sizes) = (Vec::new(), (0.0, 0.0));
        let mut bytes = None;
        for run in 0..RUNS {
            let loaded = Loaded::open().await;
            let [start, now]: [f64; 2] = loaded.eval("return [wasmAtStart, wasm.buffer.byteLength];").await;
            // The sandbox invents the same customers each time.
            let bytes = match bytes {
                Some(bytes) => bytes,
                None => *bytes.insert(loaded.text_bytes().await),
            };
            loaded.end().await;
            let cost = (now - start - bytes) / f64::from(CUSTOMERS);
            eprintln!("  {} of {RUNS}: {cost:.1} bytes", run + 1);
            costs.push(cost);
            sizes = (start, now);
        }
        let (least, most) = (quantile(&mut costs, 0.0), quantile(&mut costs, 1.0));
        let cost = quantile(&mut costs, 0.5);
        vec![Figure {
            name: "list.memory.100k",
            value: rounded(cost),
            unit: "bytes",
            ratio: None,
            note: format!(
                "per customer beyond the texts, median of {RUNS} ({least:.0} to {most:.0}); memory {:.1} MB at the start, \
                 {:.1} MB with all, texts {:.1} MB",
                sizes.0 / 1e6,
                sizes.1 / 1e6,
                bytes.unwrap_or_default() / 1e6
            ),
            limits: vec![Limit::new("", cost, Bound::AtMost(300.0))],
        }]
    })
}
