//! The headers of the API's answers; those of the site come from `deploy.toml`.

use axum::http::{HeaderMap, HeaderValue, header};

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

/// Puts on an answer of the API what keeps browsers from guessing and from keeping it.
pub(super) fn add_api(headers: &mut HeaderMap) {
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
}
