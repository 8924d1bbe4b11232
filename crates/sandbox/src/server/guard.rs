//! Who may use the control path: programs and pages of this machine, no page from elsewhere.

use std::net::SocketAddr;

use axum::http::{HeaderMap, header};

/// Whether a request for the control path is refused.
///
/// A name in `Host` that is not this machine's own means that a page elsewhere had its name pointed here; a
/// foreign `Origin` or `Sec-Fetch-Site` means that a page elsewhere sent it.
pub(super) fn refuses(peer: SocketAddr, headers: &HeaderMap) -> bool {
    let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let host = text(header::HOST).is_some_and(is_loopback);
    let origin = match headers.get(header::ORIGIN) {
        None => true,
        Some(_) => text(header::ORIGIN)
            .and_then(|origin| origin.strip_prefix("http://"))
            .is_some_and(|origin| text(header::HOST) == Some(origin)),
    };
    let site = match headers.get("sec-fetch-site").map(axum::http::HeaderValue::as_bytes) {
        None => true,
        Some(site) => site == b"same-origin" || site == b"none",
    };
    !(peer.ip().is_loopback() && host && origin && site)
}

/// Whether `host[:port]` names this machine itself.
fn is_loopback(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    matches!(name, "127.0.0.1" | "localhost" | "::1")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(peer: &str, headers: &[(&'static str, &'static str)]) -> bool {
        let map = headers.iter().map(|(n, v)| (n.parse().unwrap(), v.parse().unwrap())).collect();
        refuses(peer.parse().unwrap(), &map)
    }

    #[test]
    fn only_this_machine_may() {
        let local = ("host", "127.0.0.1:8080");
        assert!(!refused("127.0.0.1:5", &[local]));
        assert!(!refused("127.0.0.1:5", &[("host", "localhost:8080")]));
        assert!(!refused("[::1]:5", &[("host", "[::1]:8080")]));
        assert!(!refused(
            "127.0.0.1:5",
            &[local, ("origin", "http://127.0.0.1:8080"), ("sec-fetch-site", "same-origin")]
        ));
        for (peer, headers) in [
            ("192.0.2.1:5", vec![local]),
            ("127.0.0.1:5", vec![]),
            ("127.0.0.1:5", vec![("host", "attacker.example:8080")]),
            ("127.0.0.1:5", vec![("host", "127.0.0.1.attacker.example")]),
            ("127.0.0.1:5", vec![local, ("origin", "https://attacker.example")]),
            ("127.0.0.1:5", vec![local, ("origin", "null")]),
            ("127.0.0.1:5", vec![local, ("origin", "http://127.0.0.1:9999")]),
            ("127.0.0.1:5", vec![local, ("sec-fetch-site", "cross-site")]),
            ("127.0.0.1:5", vec![local, ("sec-fetch-site", "same-site")]),
        ] {
            assert!(refused(peer, &headers), "{peer} {headers:?}");
        }
    }
}
