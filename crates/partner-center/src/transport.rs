//! What the client asks of its surroundings: somebody who carries requests, a clock, a random source.
//!
//! The client has none of its own, so that the same code runs in a browser, in a frame of a partner's
//! portal, in a native test and in a simulation.

use crate::Timestamp;
use futures_util::future::LocalBoxFuture;
use std::{fmt, time::Duration};

/// An HTTP method that the API knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// Reads a resource.
    Get,
    /// Asks whether something exists; the answer has no body.
    Head,
    /// Creates something.
    Post,
    /// Replaces a resource as a whole.
    Put,
    /// Changes parts of a resource.
    Patch,
    /// Removes a resource.
    Delete,
}

impl Method {
    /// The method as it travels, in upper case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }

    /// Whether sending it twice can never change anything.
    pub fn is_read(self) -> bool {
        matches!(self, Self::Get | Self::Head)
    }
}

/// A request, ready for a [`Transport`].
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// The HTTP method.
    pub method: Method,
    /// Path and query below the API's base, percent-encoded, with one leading slash: `/customers?size=500`.
    /// The version (`/v1`) belongs to the transport's base.
    pub path: String,
    /// The path as a template without ids, for logs: `customers/{id}`.
    pub route: &'static str,
    /// Headers to send. Those that authenticate are the transport's own matter.
    pub headers: Vec<(&'static str, String)>,
    /// A JSON text, if there is a body.
    pub body: Option<String>,
}

impl Request {
    /// A request without headers and body.
    pub fn new(method: Method, route: &'static str, path: String) -> Self {
        Self { method, path, route, headers: Vec::new(), body: None }
    }

    /// A GET.
    pub fn get(route: &'static str, path: String) -> Self {
        Self::new(Method::Get, route, path)
    }
}

/// Method and template only: path, headers and body may name persons and hold secrets.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method.as_str(), self.route)
    }
}

/// The answer to a [`Request`], whatever its status.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The reason phrase after the status, empty where the protocol has none (HTTP/2). The service once told
    /// of a missing second factor nowhere else.
    pub reason: String,
    /// The headers that could be read, names in lower case. Across origins a browser hides most of them.
    pub headers: Vec<(String, String)>,
    /// The body, decompressed.
    pub body: Vec<u8>,
}

impl Response {
    /// The first header of this name (given in lower case).
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// The status only: headers and body may name persons and hold secrets.
impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "status {}", self.status)
    }
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransportError {
    /// The request certainly never left: offline, refused before a byte was sent.
    NotSent,
    /// It left, or may have left, and no answer came: the outcome is unknown.
    Lost,
    /// It left, and no answer came in time: the outcome is unknown.
    Timeout,
    /// The caller gave up; the request may have left.
    Aborted,
}

/// Carries a request to the API and brings the answer, with no retry of its own.
///
/// It knows the API's base and whatever authenticates; it ends a request that takes too long with
/// [`TransportError::Timeout`].
pub trait Transport {
    /// Sends one request. Any status is an answer.
    fn send(&self, request: Request) -> LocalBoxFuture<'_, Result<Response, TransportError>>;

    /// Whether `origin` (`https://host[:port]`) is where this transport sends its requests. Links to any
    /// other origin are not followed; without an answer here no absolute link is.
    fn serves_origin(&self, origin: &str) -> bool {
        let _ = origin;
        false
    }
}

/// Tells the time and waits.
pub trait Clock {
    /// The present, UTC.
    fn now(&self) -> Timestamp;
    /// Ends after this time.
    fn sleep(&self, duration: Duration) -> LocalBoxFuture<'_, ()>;
}

/// A source of random bits for ids and jitter. Ids need to be unique, not secret.
pub trait Random {
    /// The next 64 bits.
    fn next_u64(&self) -> u64;
}
