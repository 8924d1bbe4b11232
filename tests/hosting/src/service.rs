//! A small HTTP service: a function from what it hears to the bytes that it says.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// A request as it arrived.
#[derive(Clone, Debug, Default)]
pub struct Heard {
    /// Method and target.
    pub line: String,
    /// Names in lower case, and values.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Heard {
    /// A header's value, empty where it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }
}

/// An answer: status, headers, body.
pub fn answer(status: &str, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
    for (name, value) in headers {
        head.extend([*name, ": ", *value, "\r\n"]);
    }
    [head.as_bytes(), b"\r\n", body].concat()
}

/// A service that listens. It remembers what it heard.
pub struct Service {
    /// Where.
    pub port: u16,
    heard: Arc<Mutex<Vec<Heard>>>,
}

impl Service {
    /// Starts one. It answers with the bytes that `says` returns, and closes the connection after them.
    pub fn start(says: impl Fn(&Heard) -> Vec<u8> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("its address").port();
        let heard: Arc<Mutex<Vec<Heard>>> = Arc::default();
        let (memory, says) = (Arc::clone(&heard), Arc::new(says));
        // It ends with the test's process: nothing in it has to be put away.
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (memory, says) = (Arc::clone(&memory), Arc::clone(&says));
                thread::spawn(move || {
                    if let Some(request) = read(&stream) {
                        memory.lock().expect("its memory").push(request.clone());
                        // The other side may have left.
                        let _ = (&stream).write_all(&says(&request));
                    }
                });
            }
        });
        Self { port, heard }
    }

    /// What it has heard so far.
    pub fn heard(&self) -> Vec<Heard> {
        self.heard.lock().expect("its memory").clone()
    }

    /// The last of it.
    pub fn last(&self) -> Heard {
        self.heard().pop().expect("nothing has arrived")
    }
}

fn read(stream: &TcpStream) -> Option<Heard> {
    let mut reader = BufReader::new(stream);
    let mut line = || {
        let mut line = String::new();
        reader.read_line(&mut line).ok().filter(|length| *length > 0).map(|_| line.trim_end().to_owned())
    };
    let mut heard = Heard {
        line: line()?.trim_end_matches(" HTTP/1.1").trim_end_matches(" HTTP/1.0").to_owned(),
        ..Heard::default()
    };
    while let Some(line) = line().filter(|line| !line.is_empty()) {
        let (name, value) = line.split_once(':')?;
        heard.headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let length = heard.header("content-length").parse().unwrap_or(0);
    heard.body = vec![0; length];
    reader.read_exact(&mut heard.body).ok()?;
    Some(heard)
}
