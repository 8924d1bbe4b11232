//! HTTP by curl: it has the system's own certificates and proxies, which a partner's machine needs and a library would not know.

use std::process::{Command, Stdio};

use crate::check::{Answer, Fetch, Request};

/// Seconds that one answer may take.
const LIMIT: &str = "30";

/// Asks a live site.
#[derive(Debug, Clone)]
pub struct Curl {
    /// Scheme and host, without a slash at the end.
    pub origin: String,
}

impl Fetch for Curl {
    fn fetch(&self, request: &Request) -> Result<Answer, String> {
        let origin = if request.unencrypted {
            self.origin.replacen("https://", "http://", 1)
        } else {
            self.origin.clone()
        };
        let mut command = Command::new("curl");
        // -q: nobody's own settings. The path as it is, and no redirect is followed.
        command.args([
            "-q",
            "--silent",
            "--show-error",
            "--include",
            "--suppress-connect-headers",
            "--path-as-is",
        ]);
        command.args(["--max-time", LIMIT, "--proto", "=http,https", "--request", request.method]);
        command.args(["--user-agent", "cartera-check-headers"]);
        for (name, value) in &request.headers {
            command.args(["--header", &format!("{name}: {value}")]);
        }
        command.arg("--url").arg(format!("{origin}{}", request.path)).stdin(Stdio::null());
        let output = command.output().map_err(|error| format!("curl cannot be started: {error}"))?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).trim().to_owned());
        }
        parse(&output.stdout).ok_or_else(|| "what came is no HTTP answer".to_owned())
    }
}

fn parse(mut all: &[u8]) -> Option<Answer> {
    loop {
        let end = all.windows(4).position(|four| four == b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&all[..end]).into_owned();
        let mut lines = head.split("\r\n");
        let status: u16 = lines.next()?.split(' ').nth(1)?.parse().ok()?;
        let body = &all[end + 4..];
        if status < 200 {
            all = body;
            continue;
        }
        let headers = lines.filter_map(|line| line.split_once(':'));
        let headers = headers
            .map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim().to_owned()))
            .collect();
        return Some(Answer { status, headers, body: body.to_vec() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_after_those_that_only_announce_it() {
        let answer = parse(b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/2 404\r\nX-A: b: c\r\nx-a: d\r\n\r\n\r\n\r\nbody").unwrap();
        assert_eq!(
            (answer.status, answer.header("x-a").as_str(), answer.body.as_slice()),
            (404, "b: c, d", &b"\r\n\r\nbody"[..])
        );
        assert!(parse(b"hello").is_none());
    }
}
