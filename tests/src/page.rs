//! A page in a browser, and what a person does there.

use std::cell::RefCell;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::WebDriver;

use crate::browser::Browser;
use crate::poll::poll;
use crate::sandbox::Sandbox;

/// A page of the application in a session of its own, with a sandbox of its own behind it.
pub struct Page {
    /// The session, for what has no word here.
    pub driver: WebDriver,
    /// The stand-in for Partner Center that serves this page.
    pub sandbox: Sandbox,
    pub(crate) browser: Browser,
    pub(crate) base: &'static str,
    pub(crate) expected: RefCell<Vec<String>>,
    /// What must be found nowhere, see `scan.rs`.
    pub(crate) planted: RefCell<Vec<String>>,
}

impl Page {
    /// Goes to an address below the base: `/customers?q=norte`.
    pub async fn open(&self, path: &str) {
        let address = self.url(path);
        self.driver.goto(address).await.expect("the page");
    }

    /// The whole address of a path below the base.
    pub fn url(&self, path: &str) -> String {
        format!("{}{}{path}", self.sandbox.origin(), self.base.trim_end_matches('/'))
    }

    /// Loads the page again.
    pub async fn reload(&self) {
        self.driver.refresh().await.expect("the page again");
    }

    /// One step back in the history.
    pub async fn back(&self) {
        self.driver.back().await.expect("a step back");
    }

    /// One step forward in the history.
    pub async fn forward(&self) {
        self.driver.forward().await.expect("a step forward");
    }

    /// The address in the browser: path and query, base included.
    pub async fn address(&self) -> String {
        self.eval("location.pathname + location.search").await
    }

    /// Waits until the browser shows this address: path and query below the base.
    pub async fn address_is(&self, path: &str) {
        let wanted = format!("{}{path}", self.base.trim_end_matches('/'));
        poll(format!("the address is {wanted}"), async || {
            let address = self.address().await;
            if address == wanted { Ok(Some(())) } else { Err(format!("it is {address}")) }
        })
        .await;
    }

    /// The text that can be seen, with single blanks.
    pub async fn text(&self) -> String {
        self.try_text().await.expect("the page's text")
    }

    /// The same, or why there is none: a page that is just being left has none.
    async fn try_text(&self) -> Result<String, String> {
        let text: String = self.try_eval("document.body ? document.body.innerText : ''").await?;
        Ok(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// Waits until the page shows this text. The case of letters counts, blanks do not.
    pub async fn sees(&self, text: &str) {
        poll(format!("the page shows \"{text}\""), async || {
            let shown = self.try_text().await?;
            if shown.contains(text) { Ok(Some(())) } else { Err(excerpt(&shown)) }
        })
        .await;
    }

    /// Waits until the page no longer shows this text.
    pub async fn sees_no(&self, text: &str) {
        poll(format!("the page no longer shows \"{text}\""), async || {
            let shown = self.try_text().await?;
            if shown.contains(text) { Err(excerpt(&shown)) } else { Ok(Some(())) }
        })
        .await;
    }

    /// The value of a JavaScript expression.
    pub async fn eval<T: DeserializeOwned>(&self, expression: &str) -> T {
        self.try_eval(expression).await.unwrap_or_else(|error| panic!("{expression}: {error}"))
    }

    pub(crate) async fn try_eval<T: DeserializeOwned>(&self, expression: &str) -> Result<T, String> {
        let script = format!("return ({expression});");
        let answer = self.driver.execute(script, Vec::new()).await.map_err(|error| error.to_string())?;
        answer.convert().map_err(|error| format!("{error}: {}", answer.json()))
    }

    /// Waits until the texts of these elements are in the order of this language, whatever their case and accents.
    pub async fn is_sorted(&self, selector: &str, language: &str) {
        let sorted = format!(
            "(() => {{ const order = new Intl.Collator('{language}', {{ sensitivity: 'base' }}).compare; \
             const texts = [...document.querySelectorAll('{selector}')].map((cell) => cell.innerText); \
             return texts.length > 1 && texts.every((text, at) => at === 0 || order(texts[at - 1], text) <= 0); }})()"
        );
        self.until("the rows are sorted", &sorted).await;
    }

    /// Waits until a JavaScript expression is true.
    pub async fn until(&self, what: &str, expression: &str) {
        poll(what, async || {
            let value: Value = self.try_eval(expression).await?;
            if value == json!(true) { Ok(Some(())) } else { Err(format!("{expression} is {value}")) }
        })
        .await;
    }

    /// Calls Chromium's debugging protocol.
    pub async fn cdp(&self, method: &str, parameters: Value) -> Value {
        let answer = self.driver.cdp().send_raw(method, parameters).await;
        answer.unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    /// Runs a script before every document from now on. Only in Chromium.
    pub async fn before_every_document(&self, script: &str) {
        self.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await;
    }

    /// Tells that the browser's console may hold errors with this text.
    pub fn expect_console(&self, text: &str) {
        self.expected.borrow_mut().push(text.to_owned());
    }

    /// Makes the window so wide that the page has `width` CSS pixels. Only in Chromium, whose windows would
    /// otherwise refuse to be as narrow as a phone.
    pub async fn be_wide(&self, width: u32) {
        let size = json!({ "width": width, "height": 640, "deviceScaleFactor": 1, "mobile": false });
        self.cdp("Emulation.setDeviceMetricsOverride", size).await;
    }
}

/// Enough of a text to see what is there instead.
fn excerpt(text: &str) -> String {
    format!("It shows: {}", text.chars().take(1500).collect::<String>())
}
