//! Sending: headers, ids, repetition, and what an answer becomes.

use crate::{
    CallProof, CallRecord, Client, Error, ErrorDetails, ErrorKind, Random, Request, Response, Timestamp,
    TransportError,
    json::{FromJson, parse},
    refusal::Refusal,
    retry::{Outcome, repeats_after, wait_hint},
};
use futures_util::future::LocalBoxFuture;
use json_value::Value;
use std::fmt;

const JSON: &str = "application/json";

/// An answer that grants what was asked (2xx).
pub struct Answer {
    /// The answer.
    pub response: Response,
    details: ErrorDetails,
}

impl Client {
    /// Makes a call, repeating it as [`MAX_REPEATS`](crate::MAX_REPEATS) and its neighbours describe.
    ///
    /// Adds `Accept`, `Content-Type`, `MS-RequestId`, `MS-CorrelationId` and `X-Locale`; `request` must not hold
    /// them. A repeated call keeps its `MS-RequestId` until an answer comes, so that the service can tell it is
    /// the same.
    ///
    /// # Errors
    /// Any answer other than 2xx, and none at all, see [`ErrorKind`].
    // Boxed: the state of a call is laid out once, and not within each of its callers.
    pub fn send(&self, request: Request) -> LocalBoxFuture<'_, Result<Answer, Error>> {
        self.send_as(request, None)
    }

    /// The same, for a call that was made before and of whose fate nothing is known: it keeps that one's `MS-RequestId`, so
    /// that a service which remembers it does nothing twice and answers what it answered then.
    ///
    /// # Errors
    /// As above.
    pub fn send_as(
        &self,
        request: Request,
        earlier: Option<String>,
    ) -> LocalBoxFuture<'_, Result<Answer, Error>> {
        Box::pin(self.send_until_settled(request, earlier, true))
    }

    /// The same, once: for a caller that decides by itself about repeating, such as one that keeps a journal.
    pub(crate) fn send_once(
        &self,
        request: Request,
        request_id: Option<String>,
    ) -> LocalBoxFuture<'_, Result<Answer, Error>> {
        Box::pin(self.send_until_settled(request, request_id, false))
    }

    async fn send_until_settled(
        &self,
        request: Request,
        earlier: Option<String>,
        repeats: bool,
    ) -> Result<Answer, Error> {
        let shared = &self.shared;
        let (method, route) = (request.method, request.route);
        let mut request_id = earlier.unwrap_or_else(|| guid(&*shared.random));
        let mut attempt = 1;
        loop {
            let correlation_id = guid(&*shared.random);
            let call = self.with_headers(request.clone(), &request_id, &correlation_id);
            let started = shared.clock.now();
            let result = shared.transport.send(call).await;
            let ended = shared.clock.now();

            let mut details = ErrorDetails {
                method,
                route,
                status: result.as_ref().ok().map(|response| response.status),
                code: None,
                message: String::new(),
                note: "",
                request_id: request_id.clone(),
                correlation_id: correlation_id.clone(),
                at: ended,
            };
            let mut refusal = Refusal::default();
            let mut hint = None;
            let outcome = match &result {
                Ok(response) => {
                    hint = wait_hint(response, ended);
                    if let Some(date) = response.header("date").and_then(Timestamp::parse_http) {
                        // Less than two seconds are the network and the header's coarseness.
                        let ahead = date.millis().saturating_sub(ended.millis());
                        shared.ahead.set(if ahead.abs() < 2000 { 0 } else { ahead });
                    }
                    if !is_success(response) {
                        refusal = Refusal::read(&response.body);
                        details.code = refusal.code;
                        details.message.clone_from(&refusal.message);
                    }
                    Outcome::Answered { status: response.status, hint, retryable: refusal.retryable }
                }
                Err(error) => Outcome::Failed(*error),
            };

            let repeats_after = repeats_after(method, attempt - 1, outcome, shared.random.next_u64());
            let repeats_after = repeats_after.filter(|_| repeats);
            self.report(&CallRecord {
                method,
                route,
                status: details.status,
                request_id: request_id.clone(),
                correlation_id,
                attempt,
                started,
                duration: ended.since(started),
                asked_to_wait: hint,
                repeats_after,
            });
            if let Some(wait) = repeats_after {
                if result.is_ok() {
                    request_id = guid(&*shared.random);
                }
                attempt += 1;
                shared.clock.sleep(wait).await;
                continue;
            }
            let kind = match result {
                Ok(response) if is_success(&response) => match hint {
                    // Never ready within all repetitions.
                    Some(wait) if response.status == 204 && method.is_read() => ErrorKind::Wait(wait),
                    _ => return Ok(Answer { response, details }),
                },
                Ok(response) => refusal.kind(method, &response, hint),
                Err(TransportError::NotSent) => ErrorKind::Offline,
                Err(_) if !method.is_read() => ErrorKind::OutcomeUnknown,
                Err(TransportError::Aborted) => ErrorKind::Cancelled,
                Err(TransportError::Lost | TransportError::Timeout) => ErrorKind::Unavailable,
            };
            return Err(Error { kind, details: Box::new(details) });
        }
    }

    fn with_headers(&self, mut call: Request, request_id: &str, correlation_id: &str) -> Request {
        call.headers.push(("Accept", JSON.to_owned()));
        if call.body.is_some() {
            call.headers.push(("Content-Type", JSON.to_owned()));
        }
        call.headers.push(("MS-RequestId", request_id.to_owned()));
        call.headers.push(("MS-CorrelationId", correlation_id.to_owned()));
        call.headers.extend(self.shared.locale.borrow().clone().map(|locale| ("X-Locale", locale)));
        call
    }

    fn report(&self, record: &CallRecord) {
        // A copy: an observer may add another one.
        let observers = self.shared.observers.borrow().clone();
        for observer in observers {
            observer(record);
        }
    }
}

impl Answer {
    /// The body as JSON, whatever its names and byte order mark.
    ///
    /// # Errors
    /// [`ErrorKind::Unreadable`] if it is not JSON, nested too deep, or longer than
    /// [`MAX_BODY_BYTES`](crate::MAX_BODY_BYTES).
    pub fn json(&self) -> Result<Value, Error> {
        parse(&self.response.body).map_err(|note| self.unreadable(note))
    }

    /// By what this call is found again.
    pub(crate) fn proof(&self) -> CallProof {
        let ErrorDetails { request_id, correlation_id, at, .. } = self.details.clone();
        CallProof { request_id, correlation_id, at }
    }

    /// The body as JSON, null if the answer has no content.
    pub(crate) fn json_or_null(&self) -> Result<Value, Error> {
        if self.response.status == 204 { Ok(Value::Null) } else { self.json() }
    }

    /// The body as a resource.
    pub(crate) fn read<T: FromJson>(&self) -> Result<T, Error> {
        T::from_json(&self.json()?)
            .ok_or_else(|| self.unreadable("the body is not the resource that was asked for"))
    }

    /// The body of the answer to a write as a resource. One that cannot be read proves nothing of what became of the write:
    /// something between may have made it up.
    pub(crate) fn read_written<T: FromJson>(&self) -> Result<T, Error> {
        self.read().map_err(|error| Error { kind: ErrorKind::OutcomeUnknown, ..error })
    }

    pub(crate) fn unreadable(&self, note: &'static str) -> Error {
        self.error(ErrorKind::Unreadable, note)
    }

    pub(crate) fn error(&self, kind: ErrorKind, note: &'static str) -> Error {
        Error { kind, details: Box::new(ErrorDetails { note, ..self.details.clone() }) }
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {:?}", self.details.method.as_str(), self.details.route, self.response)
    }
}

fn is_success(response: &Response) -> bool {
    (200..300).contains(&response.status)
}

/// A random GUID (RFC 9562, version 4).
fn guid(random: &dyn Random) -> String {
    let (high, low) = (random.next_u64(), random.next_u64());
    let (first, second, third) = (high >> 32, (high >> 16) & 0xffff, high & 0x0fff);
    let (fourth, fifth) = ((low >> 48) & 0x3fff | 0x8000, low & 0xffff_ffff_ffff);
    format!("{first:08x}-{second:04x}-4{third:03x}-{fourth:04x}-{fifth:012x}")
}
