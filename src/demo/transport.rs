//! Calls to the worker: text like that of HTTP, see `workers/demo`.

use std::rc::Rc;
use std::time::Duration;

use app_config::Cloud;
use futures_util::FutureExt;
use futures_util::future::{Either, LocalBoxFuture, select};
use js_sys::Array;
use partner_center::{Clock, Request, Response, Transport, TransportError};
use wasm_bindgen::JsValue;

use crate::paths;
use crate::platform::gateway::{READ_LIMIT, WRITE_LIMIT};
use crate::platform::time::BrowserClock;
use crate::platform::worker::Worker;

/// How many customers there are.
const CUSTOMERS: u32 = 1200;
/// Milliseconds that an answer waits: as much as one is used to.
pub(super) const LATENCY: u32 = 80;

/// The way to the worker.
pub(super) struct Wire {
    worker: Rc<Worker>,
    /// How it begins.
    setup: JsValue,
}

impl Wire {
    /// Starts the worker. `None` where there is none.
    pub(super) fn open(cloud: Cloud) -> Option<Self> {
        let cloud = JsValue::from_str(cloud.word());
        let setup = Array::of3(&JsValue::from(CUSTOMERS), &JsValue::from(LATENCY), &cloud).into();
        Some(Self { worker: Worker::start("demo")?, setup })
    }

    /// Makes a call. `None` if the worker has gone, or the answer was to be lost.
    pub(super) async fn call(
        &self,
        method: &str,
        target: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Option<Response> {
        let mut head = [method, " ", target].concat();
        for (name, value) in headers {
            head.extend(["\n", name, ": ", value]);
        }
        head.push_str("\n\n");
        let mut message = head.into_bytes();
        message.extend(body);
        response(&self.worker.ask(&message, Some(&self.setup)).await?)
    }

    /// Calls the control path, and answers what it says.
    pub(super) async fn control(&self, method: &str, path: &str, body: &str) -> Option<Response> {
        self.call(method, &paths::demo_control(path), &[], body.as_bytes()).await
    }
}

fn response(answer: &[u8]) -> Option<Response> {
    let end = answer.windows(2).position(|pair| pair == b"\n\n")?;
    let mut lines = std::str::from_utf8(&answer[..end]).ok()?.split('\n');
    let mut first = lines.next()?.splitn(3, ' ');
    let status = first.next()?.parse().ok()?;
    if first.next()? == "lost" {
        return None;
    }
    let reason = first.next().unwrap_or_default().to_owned();
    let headers = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    Some(Response { status, reason, headers, body: answer[end + 2..].to_vec() })
}

impl Transport for Wire {
    fn send(&self, request: Request) -> LocalBoxFuture<'_, Result<Response, TransportError>> {
        async move {
            let limit: Duration = if request.method.is_read() { READ_LIMIT } else { WRITE_LIMIT };
            let target = paths::demo_api(&request.path);
            let mut headers: Vec<(&str, &str)> =
                request.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
            headers.push(("Accept", "application/json"));
            let body = request.body.as_deref().unwrap_or_default().as_bytes();
            let call = self.call(request.method.as_str(), &target, &headers, body).boxed_local();
            match select(call, BrowserClock.sleep(limit)).await {
                Either::Left((answer, _)) => answer.ok_or(TransportError::Lost),
                Either::Right(_) => Err(TransportError::Timeout),
            }
        }
        .boxed_local()
    }
}
