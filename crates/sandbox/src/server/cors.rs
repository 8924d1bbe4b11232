//! Cross-origin calls from pages of the origins that were allowed.

use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};

const METHODS: &str = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
const REQUEST_HEADERS: &str = "authorization, accept, content-type, if-match, ms-requestid, ms-correlationid, \
    ms-contract-version, ms-partnercenter-application, x-locale, ms-continuationtoken, validatemfa";
const EXPOSED_HEADERS: &str = "ms-requestid, ms-correlationid, ms-cv, ms-serverid, retry-after, location, \
    ms-continuationtoken, www-authenticate";
/// Seconds for which a browser may remember the answer to its question.
const MAX_AGE: &str = "600";

/// The origin of the request, when it is allowed.
fn allowed(headers: &HeaderMap, origins: &[String]) -> Option<HeaderValue> {
    let origin = headers.get(header::ORIGIN)?;
    let text = origin.to_str().ok()?;
    origins.iter().any(|allowed| allowed.eq_ignore_ascii_case(text)).then(|| origin.clone())
}

/// Adds what lets an allowed page read the answer. `Vary` is there for every origin, as the answer depends on it.
pub(super) fn add(response: &mut HeaderMap, request: &HeaderMap, origins: &[String]) {
    response.append(header::VARY, HeaderValue::from_static("origin"));
    if let Some(origin) = allowed(request, origins) {
        response.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        // The sandbox stands for a gateway, too, which knows its agents by a cookie.
        response.insert(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
        response.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(EXPOSED_HEADERS));
    }
}

/// Answers a browser that asks before it sends.
pub(super) fn preflight<B: Default>(request: &HeaderMap, origins: &[String]) -> Response<B> {
    let mut response = Response::new(B::default());
    *response.status_mut() = StatusCode::NO_CONTENT;
    add(response.headers_mut(), request, origins);
    if allowed(request, origins).is_some() {
        let lists: [(HeaderName, &str); 3] = [
            (header::ACCESS_CONTROL_ALLOW_METHODS, METHODS),
            (header::ACCESS_CONTROL_ALLOW_HEADERS, REQUEST_HEADERS),
            (header::ACCESS_CONTROL_MAX_AGE, MAX_AGE),
        ];
        for (name, value) in lists {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        }
    }
    response
}
