//! An import of users: how fast it creates, and whether the page answers while rows are opened, repaired and created.

use std::time::{Duration, Instant};

use cartera_tests::{Browser, Driver, Method, Options, Sandbox, SandboxOptions, Site, WebDriver};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::large::{block_on, quantile, rounded};
use crate::limit::{Bound, Figure, Limit};

const DOMAIN: &str = "medida.onmicrosoft.com";
/// Users of `import.rate`, and how often they are created each way.
const USERS: usize = 1000;
const RATE_RUNS: usize = 3;
/// What an answer of the sandbox waits in `import.rate`.
const LATENCY_MS: u32 = 50;
/// The same while frames are counted: the run should not be the slower for the service.
const QUICK_MS: u32 = 10;
/// Rows that are repaired and created.
const ROWS: usize = 10_000;
/// How long frames are counted while users are created.
const RUNNING: Duration = Duration::from_secs(30);
/// Keys that are typed into cells, and filters that are chosen.
const CELLS: usize = 40;
const FILTERS: usize = 12;
/// Rows that are opened while the page answers.
const MANY: usize = 200_000;
/// The longest that anything here takes.
const LONGEST: Duration = Duration::from_secs(240);

/// Notes gaps between frames and tasks of the main thread that take longer than 50 ms, which is from where on a browser
/// tells of them.
const WATCH: &str = "
    globalThis.gaps = []; globalThis.tasks = [];
    let before = 0;
    const frame = (now) => { if (before) gaps.push(now - before); before = now; requestAnimationFrame(frame); };
    requestAnimationFrame(frame);
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) tasks.push(entry.duration); }).observe({ type: 'longtask' });
    globalThis.begin = () => { gaps.length = 0; tasks.length = 0; before = 0; };";

/// Makes a file of so many users, piece by piece: what is measured is the page and not the making. Every hundredth row has
/// something that a person has to decide, if that is wanted.
const CHOOSE: &str = "
    const [count, domain, odd, done] = arguments;
    (async () => {
      const parts = ['Nombre;Apellido;Nombre para mostrar;Correo electrónico;Ubicación\\r\\n'];
      for (let from = 0; from < count; from += 2000) {
        let text = '';
        for (let at = from; at < Math.min(count, from + 2000); at += 1) text += `Ana${at};Sanz;Ana Sanz ${at};u${at}@${odd && at % 100 === 99 ? 'otro.example' : domain};España\\r\\n`;
        parts.push(text);
        await new Promise((next) => setTimeout(next));
      }
      const data = new DataTransfer();
      data.items.add(new File(parts, 'altas.csv'));
      const input = document.getElementById('import-file');
      input.files = data.files;
      begin();
      globalThis.chosen = performance.now();
      input.dispatchEvent(new Event('change'));
      done();
    })();";

/// The same number of requests as users, by four lanes of bare fetches: what no page can be faster than.
const BARE: &str = "
    const [customer, count, domain, done] = arguments;
    (async () => {
      let next = 0;
      const begin = performance.now();
      const lane = async () => {
        while (next < count) {
          const at = next++;
          const body = JSON.stringify({ userPrincipalName: `u${at}@${domain}`, displayName: `Ana Sanz ${at}`, firstName: `Ana${at}`, lastName: 'Sanz', usageLocation: 'ES', passwordProfile: { password: `Abcd-efgh-${at}`, forceChangePassword: true } });
          const answer = await fetch(`/v1/customers/${customer}/users`, { method: 'POST', body, headers: { 'Content-Type': 'application/json' } });
          await answer.text();
          if (answer.status !== 201) throw new Error(`${answer.status}`);
        }
      };
      await Promise.all([lane(), lane(), lane(), lane()]);
      return performance.now() - begin;
    })().then(done, (error) => done(String(error)));";

/// A browser at the page of an import.
struct Desk {
    sandbox: Sandbox,
    _driver: Driver,
    session: WebDriver,
}

impl Desk {
    async fn start(latency_ms: u32) -> Self {
        let options = SandboxOptions { customers: 10, latency_ms, ..SandboxOptions::default() };
        let sandbox = Sandbox::start(&Site::default(), &options);
        let driver = Driver::start(Browser::Chromium).await;
        let session = driver.session(&Options::default()).await;
        session.set_script_timeout(LONGEST).await.expect("a longer time-out");
        let desk = Self { sandbox, _driver: driver, session };
        let script = json!({ "source": WATCH });
        desk.session.cdp().send_raw("Page.addScriptToEvaluateOnNewDocument", script).await.expect("a script");
        desk
    }

    /// A new customer. Answers its id.
    async fn customer(&self, domain: &str) -> String {
        let made = self.sandbox.colleague(json!({ "create_customer": { "domain": domain } })).await;
        made["customer"]["id"].as_str().expect("an id").to_owned()
    }

    /// Opens the page for a customer and chooses a file of so many users.
    async fn choose(&self, customer: &str, count: usize, domain: &str, odd: bool) {
        let page = format!("{}/customers/{customer}/import", self.sandbox.origin());
        self.session.goto(page).await.expect("the page");
        self.until("document.getElementById('import-file') && document.querySelector('.drop')").await;
        self.call(CHOOSE, vec![json!(count), json!(domain), json!(odd)]).await;
        self.until("location.pathname.endsWith('/columns') && document.querySelector('.foot .btn-primary')")
            .await;
    }

    /// From the columns to the rows, with all that is known of the customer.
    async fn to_rows(&self) {
        self.next().await;
        self.until("document.querySelectorAll('#import-grid tr[aria-rowindex]').length > 5 && document.body.textContent.includes('Eliminados que se pueden restaurar')").await;
    }

    /// From the rows to the run. Answers when it began, by the page's clock.
    async fn begin(&self) -> f64 {
        self.next().await;
        self.until("/^Crear/.test(document.querySelector('.foot .btn-primary')?.textContent ?? '') && !document.querySelector('.foot .btn-primary').hasAttribute('aria-disabled')").await;
        self.eval("begin(); const now = performance.now(); document.querySelector('.foot .btn-primary').click(); return now;").await
    }

    /// Waits for the results, and answers how long after `began` they were there.
    async fn ends(&self, began: f64) -> f64 {
        let look = "const look = () => { if (location.pathname.endsWith('/results') && /creados/.test(document.body.textContent)) globalThis.ended = performance.now(); else setTimeout(look, 20); }; globalThis.ended = 0; look();";
        self.eval::<()>(look).await;
        self.until("globalThis.ended").await;
        self.eval::<f64>("return globalThis.ended;").await - began
    }

    async fn next(&self) {
        self.until("!document.querySelector('.foot .btn-primary').hasAttribute('aria-disabled')").await;
        self.eval::<()>("document.querySelector('.foot .btn-primary').click();").await;
    }

    async fn until(&self, what: &str) {
        let body = format!("return Boolean({what});");
        let begin = Instant::now();
        while !self.eval::<bool>(&body).await {
            assert!(begin.elapsed() < LONGEST, "waited in vain: {what}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    async fn call(&self, body: &str, arguments: Vec<Value>) -> Value {
        self.session.execute_async(body, arguments).await.expect("a script").json().clone()
    }

    async fn eval<T: DeserializeOwned>(&self, body: &str) -> T {
        let answer = self.session.execute(body, Vec::new()).await.expect("a script");
        serde_json::from_value(answer.json().clone()).expect("what a script answers")
    }

    async fn key(&self, event: Value) {
        for kind in ["keyDown", "keyUp"] {
            let mut event = event.clone();
            event["type"] = json!(kind);
            self.session.cdp().send_raw("Input.dispatchKeyEvent", event).await.expect("a key");
        }
    }

    /// How many users the customer's ledger has as created.
    async fn created(&self) -> usize {
        let ledger = self.sandbox.control(Method::GET, "ledger", &Value::Null).await;
        let entries = ledger["entries"].as_array().expect("entries").iter();
        entries.filter(|entry| entry["kind"] == "user" && entry["action"] == "created").count()
    }

    async fn end(self) {
        self.session.quit().await.expect("the end of a session");
    }
}

/// The figure of what was noted since `begin()`.
async fn frames(desk: &Desk, name: &'static str, note: &str) -> Figure {
    let [mut gaps, tasks]: [Vec<f64>; 2] = desk.eval("return [gaps, tasks];").await;
    let count = gaps.len();
    let (median, slowest, gap) =
        (quantile(&mut gaps, 0.5), quantile(&mut gaps, 1.0), quantile(&mut gaps, 0.99));
    Figure {
        name,
        value: rounded(gap),
        unit: "ms",
        ratio: None,
        note: format!(
            "99th percentile of {count} gaps between frames; median {median:.1}, {} tasks over 50 ms{note}",
            tasks.len()
        ),
        limits: vec![
            Limit::new("", gap, Bound::AtMost(50.0)),
            Limit::new("longest", slowest, Bound::AtMost(150.0)),
        ],
    }
}

/// Users by the run of the page, and by bare fetches.
pub(crate) fn rate() -> Vec<Figure> {
    block_on(async {
        let desk = Desk::start(LATENCY_MS).await;
        let (mut times, mut ratios) = (Vec::new(), Vec::new());
        for run in 0..RATE_RUNS {
            let (ours, other) = (format!("a{run}.onmicrosoft.com"), format!("b{run}.onmicrosoft.com"));
            let (customer, bare) = (desk.customer(&ours).await, desk.customer(&other).await);
            desk.choose(&customer, USERS, &ours, false).await;
            desk.to_rows().await;
            let before = desk.created().await;
            let began = desk.begin().await;
            let time = desk.ends(began).await;
            assert_eq!(desk.created().await - before, USERS, "each once");
            let fetched = desk.call(BARE, vec![json!(bare), json!(USERS), json!(other)]).await;
            let fetched = fetched.as_f64().unwrap_or_else(|| panic!("{fetched}"));
            eprintln!("  {} of {RATE_RUNS}: {time:.0} ms, bare {fetched:.0} ms", run + 1);
            times.push(time);
            ratios.push(fetched / time);
        }
        desk.end().await;
        let (time, ratio) = (quantile(&mut times, 0.5), quantile(&mut ratios, 0.5));
        vec![Figure {
            name: "import.rate",
            value: time.round(),
            unit: "ms",
            ratio: Some((rounded(ratio), "bare fetches in four lanes")),
            note: format!(
                "{USERS} users at {LATENCY_MS} ms, from the click to the result, median of {RATE_RUNS}"
            ),
            limits: vec![Limit::new("ratio", ratio, Bound::AtLeast(0.9))],
        }]
    })
}

/// Frames while rows are repaired, and while their users are created.
pub(crate) fn frames_of_10k() -> Vec<Figure> {
    block_on(async {
        let desk = Desk::start(QUICK_MS).await;
        let customer = desk.customer(DOMAIN).await;
        desk.choose(&customer, ROWS, DOMAIN, true).await;
        desk.to_rows().await;
        desk.eval::<()>("document.getElementById('import-grid').focus(); begin();").await;
        for cell in 0..CELLS {
            for letter in "Marta".chars() {
                desk.key(json!({ "text": letter.to_string(), "key": letter.to_string() })).await;
                tokio::time::sleep(Duration::from_millis(30)).await;
            }
            let down = json!({ "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "text": "\r" });
            desk.key(down).await;
            if cell % 10 == 9 {
                desk.key(json!({ "key": "PageDown", "code": "PageDown", "windowsVirtualKeyCode": 34 })).await;
            }
        }
        for filter in 0..FILTERS {
            // All rows, those with errors, all again.
            let body = format!(
                "document.querySelectorAll('.sheet-tools [aria-pressed]')[{}].click();",
                (filter + 1) % 2
            );
            desk.eval::<()>(&body).await;
            tokio::time::sleep(Duration::from_millis(250)).await;
        }
        let repair = frames(&desk, "import.repair.10k", "").await;
        desk.begin().await;
        tokio::time::sleep(RUNNING).await;
        let done = desk.created().await;
        let note = format!("; {done} of {ROWS} rows created in {} s, at {QUICK_MS} ms", RUNNING.as_secs());
        let run = frames(&desk, "import.run.10k", &note).await;
        desk.end().await;
        vec![repair, run]
    })
}

/// What opening, mapping and checking a very large file asks of the page.
pub(crate) fn open_200k() -> Vec<Figure> {
    block_on(async {
        let desk = Desk::start(0).await;
        let customer = desk.customer(DOMAIN).await;
        desk.choose(&customer, MANY, DOMAIN, true).await;
        let opened: f64 = desk.eval("return performance.now() - chosen;").await;
        desk.to_rows().await;
        let checked: f64 = desk.eval("return performance.now() - chosen;").await;
        let [mut gaps, mut tasks]: [Vec<f64>; 2] = desk.eval("return [gaps, tasks];").await;
        desk.end().await;
        tasks.push(0.0);
        let (task, gap) = (quantile(&mut tasks, 1.0), quantile(&mut gaps, 1.0));
        vec![Figure {
            name: "import.open.200k",
            value: rounded(task),
            unit: "ms",
            ratio: None,
            note: format!(
                "longest task of the page, {} over 50 ms; columns after {opened:.0} ms, rows after {checked:.0} ms, \
                 longest gap between frames {gap:.0} ms",
                tasks.len() - 1
            ),
            limits: vec![Limit::new("", task, Bound::AtMost(100.0))],
        }]
    })
}
