//! HTTP as it goes over the wire: what a browser would never send can be sent, and nothing is made prettier.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// A request.
#[derive(Clone, Debug)]
pub struct Call {
    /// The method, as it is sent.
    pub method: String,
    /// Path and query, as they are sent.
    pub target: String,
    /// Names and values, in their order.
    pub headers: Vec<(String, String)>,
    /// The body; nothing is said about its length where it is empty.
    pub body: Vec<u8>,
    /// Whether the answer is left waiting for a while.
    pub slowly: bool,
}

/// A call with this method and target.
pub fn call(method: &str, target: &str) -> Call {
    Call {
        method: method.to_owned(),
        target: target.to_owned(),
        headers: Vec::new(),
        body: Vec::new(),
        slowly: false,
    }
}

impl Call {
    /// With a header more.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Without the headers of this name.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self
    }

    /// With a body.
    #[must_use]
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// Read half a second late.
    #[must_use]
    pub fn slowly(mut self) -> Self {
        self.slowly = true;
        self
    }

    /// Sends it to a port of this machine.
    pub fn send(&self, port: u16) -> Answer {
        let mut head = format!("{} {} HTTP/1.1\r\nConnection: close\r\n", self.method, self.target);
        if !self.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
            head.extend(["Host: 127.0.0.1:", &port.to_string(), "\r\n"]);
        }
        if !self.body.is_empty() {
            head.extend(["Content-Length: ", &self.body.len().to_string(), "\r\n"]);
        }
        for (name, value) in &self.headers {
            head.extend([name, ": ", value, "\r\n"]);
        }
        let bytes = [head.as_bytes(), b"\r\n", &self.body].concat();
        let late = Duration::from_millis(if self.slowly { 500 } else { 0 });
        exchange_late(port, &bytes, self.method == "HEAD", late)
    }
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Names in lower case, and values, in their order.
    pub headers: Vec<(String, String)>,
    /// The body, put together where it came in chunks.
    pub body: Vec<u8>,
}

impl Answer {
    /// All values of a header, joined with commas; empty where there is none.
    pub fn header(&self, name: &str) -> String {
        let values = self.headers.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str());
        values.collect::<Vec<_>>().join(", ")
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Sends bytes and reads what comes until the connection is closed. `of_head`: the answer has no body whatever it says.
pub fn exchange(port: u16, bytes: &[u8], of_head: bool) -> Answer {
    exchange_late(port, bytes, of_head, Duration::ZERO)
}

fn exchange_late(port: u16, bytes: &[u8], of_head: bool, late: Duration) -> Answer {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("somebody listens");
    stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a limit");
    // A server that refuses a large body may close before it has read all of it.
    let _ = stream.write_all(bytes);
    std::thread::sleep(late);
    let mut all = Vec::new();
    let mut piece = [0; 16 * 1024];
    while let Ok(read @ 1..) = stream.read(&mut piece) {
        all.extend_from_slice(&piece[..read]);
    }
    parse(&all, of_head)
}

fn parse(all: &[u8], of_head: bool) -> Answer {
    let end = all.windows(4).position(|four| four == b"\r\n\r\n");
    let end = end.unwrap_or_else(|| panic!("no answer: {:?}", String::from_utf8_lossy(all)));
    let head = String::from_utf8_lossy(&all[..end]).into_owned();
    let mut lines = head.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|code| code.parse().ok());
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let mut answer = Answer { status: status.expect("a status"), headers, body: all[end + 4..].to_vec() };
    if answer.header("transfer-encoding") == "chunked" && !of_head {
        answer.body = joined(&answer.body);
    }
    answer
}

fn joined(mut chunks: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    while let Some(end) = chunks.windows(2).position(|two| two == b"\r\n") {
        let length = String::from_utf8_lossy(&chunks[..end]).into_owned();
        let length =
            usize::from_str_radix(length.split(';').next().unwrap_or_default().trim(), 16).expect("a length");
        if length == 0 {
            break;
        }
        body.extend_from_slice(&chunks[end + 2..end + 2 + length]);
        chunks = &chunks[end + 4 + length..];
    }
    body
}
