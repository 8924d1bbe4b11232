//! The headers of the API's answers; those of the site come from `deploy.toml`.

use axum::http::{HeaderMap, HeaderValue, header};

/// Puts on an answer of the API what keeps browsers from guessing and from keeping it.
pub(super) fn add_api(headers: &mut HeaderMap) {
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
}
