//! The sandbox in a worker of the browser: a demonstration that needs no server. A call comes in as bytes and goes out as
//! bytes; the data is in memory and ends with the worker. How an answer is to arrive (late, in part, not at all) is told with
//! it, and the worker's script and the page do so.
//!
//! A request is text like that of HTTP: `METHOD target`, a line `name: value` for each header, an empty line, the body. An
//! answer begins with four bytes, the milliseconds that it waits (little-endian); then `status ending reason`, headers, an empty
//! line and the body. `ending` is `whole`, or `lost` where nothing whole arrives.

use std::cell::RefCell;

use sandbox::{Clock, Cloud, Config, Ending, Method, Request, Response, Sandbox, SeededRandom, Store};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

thread_local! {
    static SANDBOX: RefCell<Option<Sandbox>> = const { RefCell::new(None) };
}

/// `Date.now`.
struct BrowserClock;

impl Clock for BrowserClock {
    fn now(&self) -> i64 {
        #[allow(clippy::cast_possible_truncation)] // whole milliseconds by definition
        let now = js_sys::Date::now() as i64;
        now
    }
}

/// Opens the sandbox: so many customers, every answer so many milliseconds late, in a cloud of this name. `random` is where ids
/// begin that only have to differ.
///
/// # Errors
/// A sentence, when SQLite cannot be used.
#[wasm_bindgen]
pub fn open(customers: u32, latency: u32, cloud: &str, random: u32) -> Result<(), JsValue> {
    let config = Config {
        customers: customers.into(),
        latency_ms: latency.into(),
        cloud: Cloud::parse(cloud).unwrap_or(Cloud::Global),
        ..Config::default()
    };
    let ids = SeededRandom::for_purpose(random.into(), BrowserClock.now().cast_unsigned(), "ids");
    let sandbox = Sandbox::open(&Store::Memory, config, Box::new(BrowserClock), Box::new(ids))
        .map_err(|error| JsValue::from_str(&error.to_string()))?;
    SANDBOX.set(Some(sandbox));
    Ok(())
}

/// Answers a call, of the API or of the control path. One that cannot be read, or comes before [`open`], is answered with 400.
#[wasm_bindgen]
pub fn answer(call: &[u8]) -> Vec<u8> {
    let answered = SANDBOX.with_borrow_mut(|sandbox| Some(sandbox.as_mut()?.handle(&read(call)?)));
    print(&answered.unwrap_or_else(|| Response::empty(400)))
}

fn read(call: &[u8]) -> Option<Request> {
    let end = call.windows(2).position(|pair| pair == b"\n\n")?;
    let mut lines = std::str::from_utf8(&call[..end]).ok()?.split('\n');
    let (method, target) = lines.next()?.split_once(' ')?;
    let mut request = Request::new(Method::parse(method)?, target);
    for line in lines {
        let (name, value) = line.split_once(": ")?;
        request = request.with_header(name, value);
    }
    Some(request.with_body(&call[end + 2..]))
}

fn print(answer: &Response) -> Vec<u8> {
    let delivery = &answer.delivery;
    let (ending, more) = match delivery.ending {
        Ending::Whole => ("whole", 0),
        Ending::Slow(ms) => ("whole", ms),
        Ending::Broken | Ending::Dropped => ("lost", 0),
    };
    let wait = u32::try_from(delivery.delay_ms.saturating_add(more)).unwrap_or(u32::MAX);
    let mut text = format!("{} {ending} {}", answer.status, answer.reason.unwrap_or_default());
    for (name, value) in &answer.headers {
        // An id that the caller sent comes back; a line of its own it cannot begin.
        text.extend(["\n", name, ": ", &value.replace('\n', " ")]);
    }
    text.push_str("\n\n");
    let mut bytes = wait.to_le_bytes().to_vec();
    bytes.extend(text.into_bytes());
    if ending == "whole" {
        bytes.extend(&answer.body);
    }
    bytes
}
