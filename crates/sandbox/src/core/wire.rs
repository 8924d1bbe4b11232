//! Requests and responses as plain values.

/// The methods that the API knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Asks whether something is there; its answer has no body.
    Head,
    /// Creates.
    Post,
    /// Replaces.
    Put,
    /// Changes parts.
    Patch,
    /// Removes.
    Delete,
}

impl Method {
    /// Reads a method's name as it stands in a request line.
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "GET" => Self::Get,
            "HEAD" => Self::Head,
            "POST" => Self::Post,
            "PUT" => Self::Put,
            "PATCH" => Self::Patch,
            "DELETE" => Self::Delete,
            _ => return None,
        })
    }

    /// The name as it stands in a request line.
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

    /// Whether a request of this method may change something.
    pub fn writes(self) -> bool {
        !matches!(self, Self::Get | Self::Head)
    }
}

/// A request as it arrived.
#[derive(Clone)]
pub struct Request {
    /// What is asked for.
    pub method: Method,
    /// Path and query, still percent-encoded: `/v1/customers?size=2`.
    pub target: String,
    /// Header names (in any casing) and values.
    pub headers: Vec<(String, String)>,
    /// The body's bytes; empty when there is none.
    pub body: Vec<u8>,
}

impl Request {
    /// A request without headers or body.
    pub fn new(method: Method, target: impl Into<String>) -> Self {
        Self { method, target: target.into(), headers: Vec::new(), body: Vec::new() }
    }

    /// A GET request.
    pub fn get(target: impl Into<String>) -> Self {
        Self::new(Method::Get, target)
    }

    /// The same request with one more header.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same request with this body.
    #[must_use]
    pub fn with_body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// The first value of a header; its name is compared without case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The path before the `?`.
    pub fn path(&self) -> &str {
        self.target.split_once('?').map_or(self.target.as_str(), |(path, _)| path)
    }

    /// What follows the `?`, or an empty string.
    pub fn query(&self) -> &str {
        self.target.split_once('?').map_or("", |(_, query)| query)
    }
}

/// How an answer is to reach its caller. Whoever carries it (the HTTP shell, a worker) does what this says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Delivery {
    /// Milliseconds to wait before the first byte.
    pub delay_ms: u64,
    /// What happens to the bytes.
    pub ending: Ending,
}

/// What happens to the bytes of an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Ending {
    /// They arrive.
    #[default]
    Whole,
    /// They arrive in small pieces over about this many milliseconds.
    Slow(u64),
    /// Half of the body arrives, then the connection is closed.
    Broken,
    /// Nothing arrives: the connection is closed without an answer.
    Dropped,
}

/// An answer.
#[derive(Clone)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// A reason phrase other than the status' usual one.
    pub reason: Option<&'static str>,
    /// Header names as the service spells them, and values.
    pub headers: Vec<(&'static str, String)>,
    /// The body's bytes; empty when there is none.
    pub body: Vec<u8>,
    /// How to carry it.
    pub delivery: Delivery,
    /// The route that answered, without ids: `customers/{}`. Safe to log.
    pub route: &'static str,
}

impl Response {
    /// An answer without a body.
    pub fn empty(status: u16) -> Self {
        Self {
            status,
            reason: None,
            headers: Vec::new(),
            body: Vec::new(),
            delivery: Delivery::default(),
            route: "",
        }
    }

    /// An answer with a JSON body.
    pub fn json(status: u16, body: &serde_json::Value) -> Self {
        Self::json_text(status, print(body))
    }

    /// An answer whose body is a JSON text.
    pub fn json_text(status: u16, body: String) -> Self {
        let mut response = Self::empty(status).with_header("Content-Type", "application/json; charset=utf-8");
        response.body = body.into_bytes();
        response
    }

    /// The same answer with one more header.
    #[must_use]
    pub fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The first value of a header; its name is compared without case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

/// A value as JSON text. `to_string` would go through the formatting of texts, which takes twice as long.
pub(super) fn print(value: &serde_json::Value) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
