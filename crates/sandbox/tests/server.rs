//! The command and its HTTP shell, over real connections.
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

/// A running sandbox, ended with its stdin, and a folder that stands for a built application.
struct Server {
    child: Child,
    port: u16,
    dist: PathBuf,
}

const INDEX: &str = "<!doctype html><title>the application</title>";

impl Server {
    fn start(name: &str, options: &[&str]) -> Self {
        let dist = std::env::temp_dir().join(format!("cartera-dist-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&dist);
        fs::create_dir_all(dist.join("assets")).unwrap();
        for (file, text) in [
            ("index.html", INDEX),
            ("config.json", "{}"),
            ("app-0123456789abcdef.js", "export {}"),
            ("app-0123456789abcdef_bg.wasm", "\0asm"),
            ("app-0123456789abcdef.js.br", "stands for brotli"),
            ("assets/a.svg", "<svg/>"),
        ] {
            fs::write(dist.join(file), text).unwrap();
        }
        let mut child = command()
            .args(["--port", "0", "--exit-with-stdin", "--customers", "120", "--dist"])
            .arg(&dist)
            .args(options)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let port = line.strip_prefix("sandbox ready http://127.0.0.1:").unwrap().trim_end().parse().unwrap();
        Self { child, port, dist }
    }

    /// Sends a request and reads whatever comes until the connection is closed.
    fn raw(&self, method: &str, target: &str, headers: &[(&str, &str)], body: &str) -> Vec<u8> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let own = format!("127.0.0.1:{}", self.port);
        let length = body.len().to_string();
        let mut all = vec![("Connection", "close"), ("Content-Length", length.as_str())];
        if !headers.iter().any(|(name, _)| *name == "Host") {
            all.push(("Host", own.as_str()));
        }
        let lines: String =
            all.iter().chain(headers).map(|(name, value)| [name, ": ", value, "\r\n"].concat()).collect();
        stream.write_all(format!("{method} {target} HTTP/1.1\r\n{lines}\r\n{body}").as_bytes()).unwrap();
        let mut answer = Vec::new();
        // A connection that breaks off gives an error, and what came before it counts.
        let _ = stream.read_to_end(&mut answer);
        answer
    }

    fn send(&self, method: &str, target: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let raw = self.raw(method, target, headers, body);
        let end = raw.windows(4).position(|window| window == b"\r\n\r\n").expect("no answer");
        let head = String::from_utf8(raw[..end].to_vec()).unwrap();
        Answer {
            status: head.split(' ').nth(1).unwrap().parse().unwrap(),
            head,
            body: raw[end + 4..].to_vec(),
        }
    }

    fn get(&self, target: &str, headers: &[(&str, &str)]) -> Answer {
        self.send("GET", target, headers, "")
    }

    fn fault(&self, rule: &str) {
        assert_eq!(self.send("PUT", "/.sandbox/faults", &[], &format!("[{rule}]")).status, 200);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Its stdin is closed, which ends it.
        drop(self.child.stdin.take());
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.dist);
    }
}

struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

fn command() -> Command {
    Command::new(env!("CARGO_BIN_EXE_sandbox"))
}

#[test]
fn the_application_is_served_with_strict_headers() {
    let server = Server::start("headers", &[]);
    for (target, status, kind, cache) in [
        ("/", 200, "text/html; charset=utf-8", "no-cache"),
        ("/config.json", 200, "application/json", "no-cache"),
        (
            "/app-0123456789abcdef.js",
            200,
            "text/javascript; charset=utf-8",
            "public, max-age=31536000, immutable",
        ),
        ("/app-0123456789abcdef_bg.wasm", 200, "application/wasm", "public, max-age=31536000, immutable"),
        ("/assets/a.svg", 200, "image/svg+xml", "no-cache"),
        ("/app-ffffffffffffffff.js", 404, "text/plain; charset=utf-8", "no-cache"),
        ("/old_bg.wasm", 404, "text/plain; charset=utf-8", "no-cache"),
        ("/..%2fCargo.toml", 404, "text/plain; charset=utf-8", "no-cache"),
    ] {
        let answer = server.get(target, &[]);
        let is = |name| answer.header(name).unwrap_or_default();
        assert_eq!(
            (answer.status, is("content-type"), is("cache-control")),
            (status, kind, cache),
            "{target}"
        );
        let policy = is("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self';")
        );
        assert!(policy.ends_with("require-trusted-types-for 'script'; trusted-types default"));
        assert!(!policy.contains("upgrade-insecure-requests") && !policy.contains("unsafe-inline"));
        assert_eq!((is("x-content-type-options"), is("referrer-policy")), ("nosniff", "no-referrer"));
        assert_eq!(
            (is("cross-origin-opener-policy"), is("cross-origin-resource-policy")),
            ("same-origin", "same-origin")
        );
        assert!(is("permissions-policy").contains("camera=()"));
        assert_eq!(answer.header("strict-transport-security"), None);
    }
}

#[test]
fn paths_of_the_application_get_its_page() {
    let server = Server::start("fallback", &[]);
    for target in [
        "/customers",
        "/customers/5e170000-0000-4000-8000-000000000404",
        "/customers/ruiz.onmicrosoft.com",
        "/a/b?c=d.js",
    ] {
        let answer = server.get(target, &[]);
        assert_eq!((answer.status, answer.text().as_str()), (200, INDEX), "{target}");
    }
    assert_eq!(server.send("POST", "/customers", &[], "x").status, 405);
    assert_eq!(server.send("HEAD", "/", &[], "").body.len(), 0);
}

#[test]
fn the_application_can_live_below_a_path() {
    let server = Server::start("base", &["--base", "/portal/accounts/"]);
    let bare = server.get("/portal/accounts", &[]);
    assert_eq!((bare.status, bare.header("location")), (308, Some("/portal/accounts/")));
    for target in ["/portal/accounts/", "/portal/accounts/customers"] {
        assert_eq!(server.get(target, &[]).text(), INDEX, "{target}");
    }
    assert_eq!(server.get("/portal/accounts/config.json", &[]).status, 200);
    for target in ["/", "/config.json", "/portal/", "/portal/accountsx"] {
        assert_eq!(server.get(target, &[]).status, 404, "{target}");
    }
    assert_eq!(server.get("/v1/customers?size=1", &[]).status, 200);
}

#[test]
fn precompressed_and_unchanged_files_are_cheap() {
    let server = Server::start("cheap", &[]);
    let target = "/app-0123456789abcdef.js";
    let small = server.get(target, &[("Accept-Encoding", "gzip, br")]);
    assert_eq!((small.header("content-encoding"), small.text().as_str()), (Some("br"), "stands for brotli"));
    let plain = server.get(target, &[]);
    assert_eq!((plain.header("content-encoding"), plain.header("vary")), (None, Some("accept-encoding")));
    assert_ne!(small.header("etag"), plain.header("etag"));
    let index = server.get("/", &[]);
    let again = server.get("/", &[("If-None-Match", index.header("etag").unwrap())]);
    assert_eq!((again.status, again.body.len()), (304, 0));
    assert!(again.header("content-security-policy").is_some());
}

#[test]
fn the_api_is_compressed_and_never_kept() {
    let server = Server::start("api", &[]);
    let plain = server.get("/v1/customers?size=100", &[]);
    assert_eq!((plain.status, plain.header("cache-control")), (200, Some("no-store")));
    assert_eq!(plain.header("x-content-type-options"), Some("nosniff"));
    for (accepted, used) in [("gzip, deflate, br", "br"), ("gzip", "gzip")] {
        let small = server.get("/v1/customers?size=100", &[("Accept-Encoding", accepted)]);
        assert_eq!(small.header("content-encoding"), Some(used));
        assert!(small.body.len() * 3 < plain.body.len(), "{} {}", small.body.len(), plain.body.len());
    }
    let tiny = server.get("/v1/.session", &[("Accept-Encoding", "br")]);
    assert_eq!(tiny.header("content-encoding"), None);
    let missing = server.get("/v1/nowhere", &[]);
    assert_eq!(
        (missing.status, missing.header("content-type")),
        (404, Some("application/json; charset=utf-8"))
    );
    assert!(server.get("/v1//customers/?size=1", &[]).text().contains("\"items\""));
}

#[test]
fn only_allowed_origins_may_read() {
    let server = Server::start("cors", &["--allow-origin", "https://portal.example"]);
    let question = [("Origin", "https://portal.example"), ("Access-Control-Request-Method", "PATCH")];
    let answer = server.send("OPTIONS", "/v1/customers", &question, "");
    assert_eq!(
        (answer.status, answer.header("access-control-allow-origin")),
        (204, Some("https://portal.example"))
    );
    assert!(answer.header("access-control-allow-methods").unwrap().contains("PATCH"));
    assert!(answer.header("access-control-allow-headers").unwrap().contains("ms-requestid"));
    let read = server.get("/v1/customers?size=1", &question[..1]);
    assert_eq!(read.header("access-control-allow-origin"), Some("https://portal.example"));
    assert!(read.header("access-control-expose-headers").unwrap().contains("retry-after"));
    assert_eq!(read.header("access-control-allow-credentials"), Some("true"));
    for target in ["/v1/customers?size=1", "/.sandbox/ledger", "/"] {
        let foreign = server.get(target, &[("Origin", "https://elsewhere.example")]);
        assert_eq!(foreign.header("access-control-allow-origin"), None, "{target}");
        assert_eq!(foreign.header("access-control-allow-credentials"), None, "{target}");
    }
    assert_eq!(server.get("/v1/.session", &[]).header("vary"), Some("origin"));
}

#[test]
fn the_control_path_is_for_this_machine_only() {
    let server = Server::start("guard", &["--allow-origin", "https://portal.example"]);
    assert_eq!(server.get("/.sandbox/ledger", &[]).status, 200);
    for header in
        [("Host", "rebound.example"), ("Origin", "https://portal.example"), ("Sec-Fetch-Site", "cross-site")]
    {
        assert_eq!(server.get("/.sandbox/ledger", &[header]).status, 403, "{header:?}");
    }
}

#[test]
fn faults_reach_the_connection() {
    let server = Server::start("faults", &[]);
    let target = "/v1/customers?size=20";
    let whole = server.get(target, &[]);
    server.fault(r#"{"kind":"lost_answer"}"#);
    assert_eq!(server.raw("GET", target, &[], ""), b"");
    server.fault(r#"{"kind":"broken_body"}"#);
    let broken = server.raw("GET", target, &[("Accept-Encoding", "br")], "");
    assert!(!broken.is_empty() && !broken.ends_with(b"0\r\n\r\n") && broken.len() < whole.body.len());
    server.fault(r#"{"kind":"slow_body","seconds":0}"#);
    let slow = server.raw("GET", target, &[("Accept-Encoding", "br")], "");
    assert!(slow.ends_with(b"0\r\n\r\n") && slow.len() > whole.body.len());
    server.fault(r#"{"kind":"mfa_header"}"#);
    assert!(server.get(target, &[]).head.starts_with("HTTP/1.1 401 MFA required"));
    server.fault(r#"{"kind":"throttle_date"}"#);
    assert!(server.get(target, &[]).header("retry-after").unwrap().ends_with(" GMT"));
}

#[test]
fn faults_can_come_with_the_command() {
    let server = Server::start("spec", &["--faults", "html:1:/customers"]);
    assert_eq!(server.get("/v1/customers", &[]).status, 502);
    assert_eq!(server.get("/v1/.session", &[]).status, 200);
}

#[test]
fn a_taken_port_is_named() {
    let server = Server::start("taken", &[]);
    let port = server.port.to_string();
    let output =
        command().args(["--port", &port, "--exit-with-stdin"]).stdin(Stdio::null()).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), output.stdout.len(), said.lines().count()), (Some(2), 0, 1), "{said}");
    assert!(said.contains(&format!("port {port} is already in use")) && said.contains("--port"), "{said}");
}

#[test]
fn a_wrong_command_is_explained() {
    let output = command().args(["--port", "x"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("--port needs a number"));
    let help = command().arg("--help").output().unwrap();
    assert!(help.status.success() && String::from_utf8(help.stdout).unwrap().contains("--exit-with-stdin"));
}

#[cfg(unix)]
#[test]
fn a_signal_ends_it() {
    let mut server = Server::start("signal", &[]);
    let sent = Command::new("kill").args(["-TERM", &server.child.id().to_string()]).status().unwrap();
    assert!(sent.success());
    assert_eq!(server.child.wait().unwrap().code(), Some(0));
}
