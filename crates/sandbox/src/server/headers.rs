//! The headers of the static side: strict from the first day, so that nothing grows that needs less.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// The Content-Security-Policy of every static answer. `'wasm-unsafe-eval'` lets WebAssembly be compiled and
/// nothing else. No `upgrade-insecure-requests`: on loopback a browser may take it literally.
pub(super) const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; \
    frame-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'; trusted-types default";

const STATIC: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), clipboard-read=(), \
         clipboard-write=(self)",
    ),
];

/// Puts the headers of the static side on an answer.
pub(super) fn add_static(headers: &mut HeaderMap) {
    for (name, value) in STATIC {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

/// What the page for frames has otherwise: the listed hosts may hold it, and its windows may know theirs.
pub(super) fn add_frame(headers: &mut HeaderMap, hosts: &[String]) {
    let ancestors = if hosts.is_empty() { "'none'".to_owned() } else { hosts.join(" ") };
    let policy = POLICY.replace("frame-ancestors 'none'", &format!("frame-ancestors {ancestors}"));
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        headers.remove("cross-origin-opener-policy");
    }
}

/// What portals load from here: the module for hosts.
pub(super) fn add_for_portals(headers: &mut HeaderMap) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
}

/// What a portal that is isolated from other origins asks of everything in it.
pub(super) fn add_isolation(headers: &mut HeaderMap) {
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
    headers.insert("cross-origin-embedder-policy", HeaderValue::from_static("require-corp"));
}

/// The hosts that `config.json` lists. What is no origin could end the policy, and is left out.
pub(super) fn hosts(config: &[u8]) -> Vec<String> {
    let value: serde_json::Value = serde_json::from_slice(config).unwrap_or_default();
    let hosts = value["hosts"].as_array().into_iter().flatten().filter_map(|host| host.as_str());
    let plain = |host: &&str| {
        let rest = host.strip_prefix("https://").or_else(|| host.strip_prefix("http://")).unwrap_or_default();
        !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:".contains(&b))
    };
    hosts.filter(plain).map(str::to_owned).collect()
}

/// Puts on an answer of the API what keeps browsers from guessing and from keeping it.
pub(super) fn add_api(headers: &mut HeaderMap) {
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
}

/// How long a file may be kept: for ever when its name changes with its content, else only with a question.
pub(super) fn cache_control(file_name: &str) -> HeaderValue {
    HeaderValue::from_static(if is_hashed(file_name) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    })
}

/// Whether a file's name holds a hash: a part of at least eight hexadecimal digits, one of them a digit, so
/// that an English word is not taken for one.
fn is_hashed(file_name: &str) -> bool {
    file_name.split(['-', '.', '_']).any(|part| {
        part.len() >= 8
            && part.bytes().all(|b| b.is_ascii_hexdigit() && !b.is_ascii_uppercase())
            && part.bytes().any(|b| b.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hosts_of_the_settings_may_hold_the_page_for_frames_and_nobody_else() {
        let listed = hosts(
            br#"{"hosts":["https://a.example:8443","http://localhost:1","x; script-src *",7,"https://"]}"#,
        );
        assert_eq!(listed, ["https://a.example:8443", "http://localhost:1"]);
        assert!(hosts(b"no json").is_empty());
        let policy = |hosts: &[String]| {
            let mut headers = HeaderMap::new();
            add_static(&mut headers);
            add_frame(&mut headers, hosts);
            assert!(!headers.contains_key("cross-origin-opener-policy"));
            headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned()
        };
        assert!(policy(&listed).contains("frame-ancestors https://a.example:8443 http://localhost:1;"));
        assert!(policy(&[]).contains("frame-ancestors 'none';"));
    }

    #[test]
    fn only_names_with_a_hash_are_kept() {
        for name in ["app-1f2e3d4c5b6a7980.js", "app-1f2e3d4c5b6a7980_bg.wasm", "es.0123abcd.txt"] {
            assert!(is_hashed(name), "{name}");
        }
        for name in ["index.html", "config.json", "boot.js", "effaced-acceded.css", "a1b2.css"] {
            assert!(!is_hashed(name), "{name}");
        }
    }
}
