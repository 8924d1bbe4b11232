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

/// The page that a sign-in comes back to: it runs one script and asks for nothing.
const CALLBACK: &str = "default-src 'none'; script-src 'self'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
/// The folder with that page.
const CALLBACK_FOLDER: &str = "/auth/";

/// Puts the headers of the static side on an answer. `connect` are further origins that pages may call.
pub(super) fn add_static(headers: &mut HeaderMap, path: &str, connect: &[String]) {
    for (name, value) in STATIC {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if path.contains(CALLBACK_FOLDER) {
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CALLBACK));
        // The window that opened it may have been cut off by the authority's own policy; this one must not do the same again.
        headers.remove("cross-origin-opener-policy");
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    } else if !connect.is_empty() {
        let wider = format!("connect-src 'self' {}", connect.join(" "));
        if let Ok(policy) = HeaderValue::from_str(&POLICY.replace("connect-src 'self'", &wider)) {
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
    }
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
    fn the_page_of_a_sign_in_has_its_own_policy_and_others_may_call_more() {
        let answer = |path: &str, connect: &[String]| {
            let mut headers = HeaderMap::new();
            add_static(&mut headers, path, connect);
            headers
        };
        let callback = answer("/portal/auth/callback.html", &["https://login.example".to_owned()]);
        assert_eq!(callback[header::CONTENT_SECURITY_POLICY], CALLBACK);
        assert_eq!(callback[header::CACHE_CONTROL], "no-store");
        assert!(!callback.contains_key("cross-origin-opener-policy"));
        let page = answer("/customers", &["https://login.example".to_owned()]);
        let policy = page[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.contains("connect-src 'self' https://login.example; worker-src"), "{policy}");
        assert_eq!(answer("/customers", &[])[header::CONTENT_SECURITY_POLICY], POLICY);
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
