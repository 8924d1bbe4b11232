//! The built application: files, their precompressed siblings, and what stands in for a path without a file.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, header};
use site_hosting::{Deployment, Rules, Settings};

use crate::core::query::percent_decode;

/// The folder of a built application, and where it is served.
#[derive(Clone, Debug)]
pub(super) struct Assets {
    pub(super) dist: Option<PathBuf>,
    /// Begins and ends with a slash.
    pub(super) base: String,
    /// What every answer has to be.
    rules: Rules,
    /// Further origins that its pages may call.
    pub(super) connect: Vec<String>,
}

impl Assets {
    /// Serves a folder as the deployment and its `config.json` say. Without a readable one nobody may frame or be called.
    pub(super) fn new(
        dist: Option<PathBuf>,
        base: String,
        deployment: Deployment,
        connect: Vec<String>,
    ) -> Self {
        let config = dist.as_ref().and_then(|dist| std::fs::read_to_string(dist.join("config.json")).ok());
        let settings = config.and_then(|text| Settings::read(&text).ok()).unwrap_or_default();
        let rules = Rules { deployment, settings };
        Self { dist, base, rules, connect }
    }

    /// A header's value; a policy with the further origins that pages may call.
    fn wider(&self, name: &str, value: &str) -> String {
        const OWN: &str = "connect-src 'self'";
        if self.connect.is_empty() || !name.eq_ignore_ascii_case("content-security-policy") {
            return value.to_owned();
        }
        value.replace(OWN, &[OWN, " ", &self.connect.join(" ")].concat())
    }

    /// Answers a request for anything that is not the API.
    pub(super) async fn answer(&self, method: &Method, path: &str, request: &HeaderMap) -> Response<Body> {
        let mut response = if method == Method::GET || method == Method::HEAD {
            self.find(path, request).await
        } else {
            plain(StatusCode::METHOD_NOT_ALLOWED, "Method not allowed\n")
        };
        let file = path.strip_prefix(&self.base).unwrap_or_default();
        // Not over https: a browser may take what is for https literally, and find nothing on loopback any more.
        for (name, value) in self.rules.headers(file, false) {
            let value = self.wider(&name, &value);
            if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
                response.headers_mut().insert(name, value);
            }
        }
        response
    }

    async fn find(&self, path: &str, request: &HeaderMap) -> Response<Body> {
        let Some(dist) = &self.dist else {
            return plain(StatusCode::NOT_FOUND, "Not found: this sandbox serves the API only\n");
        };
        if path == self.base.trim_end_matches('/') && !path.is_empty() {
            let mut response = plain(StatusCode::PERMANENT_REDIRECT, "");
            if let Ok(target) = HeaderValue::from_str(&self.base) {
                response.headers_mut().insert(header::LOCATION, target);
            }
            return response;
        }
        let relative = path.strip_prefix(&self.base).map(percent_decode);
        let Some(relative) = relative.filter(|relative| is_inside(relative)) else {
            return plain(StatusCode::NOT_FOUND, "Not found\n");
        };
        let file = dist.join(&relative);
        if !relative.is_empty() && is_file(&file).await {
            return self.send(&file, &relative, request).await;
        }
        if self.rules.deployment.content_type(&relative).is_some() {
            return plain(StatusCode::NOT_FOUND, "Not found\n");
        }
        self.send(&dist.join("index.html"), "index.html", request).await
    }

    async fn send(&self, file: &Path, relative: &str, request: &HeaderMap) -> Response<Body> {
        let mut sibling = file.as_os_str().to_owned();
        sibling.push(".br");
        let sibling = PathBuf::from(sibling);
        let has_sibling = is_file(&sibling).await;
        let compressed = has_sibling && accepts_brotli(request);
        let actual = if compressed { &sibling } else { file };
        let (Ok(metadata), Ok(bytes)) = (tokio::fs::metadata(actual).await, tokio::fs::read(actual).await)
        else {
            return plain(StatusCode::NOT_FOUND, "Not found: has the application been built?\n");
        };
        let changed = metadata
            .modified()
            .ok()
            .and_then(|time| time.duration_since(UNIX_EPOCH).ok())
            .unwrap_or_default();
        let etag =
            format!("\"{:x}-{:x}{}\"", changed.as_nanos(), bytes.len(), if compressed { "-br" } else { "" });
        let known = request.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
        let unchanged = known.is_some_and(|known| known.split(',').any(|known| known.trim() == etag));

        let mut response = Response::new(if unchanged { Body::empty() } else { Body::from(bytes) });
        if unchanged {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
        }
        let headers = response.headers_mut();
        let kind = self.rules.deployment.content_type(relative).unwrap_or("application/octet-stream");
        for (name, value) in
            [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, self.rules.cache(relative))]
        {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.insert(name, value);
            }
        }
        if let Ok(etag) = HeaderValue::from_str(&etag) {
            headers.insert(header::ETAG, etag);
        }
        if has_sibling {
            headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        }
        if compressed {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
        }
        response
    }
}

/// Whether a path stays in its folder on every system.
fn is_inside(relative: &str) -> bool {
    !relative.contains(['\\', '\0', ':'])
        && relative.split('/').all(|part| part != ".." && part != ".")
        && !relative.starts_with('/')
}

async fn is_file(path: &Path) -> bool {
    tokio::fs::metadata(path).await.is_ok_and(|metadata| metadata.is_file())
}

fn accepts_brotli(request: &HeaderMap) -> bool {
    let lists = request.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    lists.flat_map(|list| list.split(',')).any(|item| {
        let mut parts = item.split(';').map(str::trim);
        let refused =
            |part: &str| part.strip_prefix("q=").is_some_and(|q| q.parse::<f32>().is_ok_and(|q| q <= 0.0));
        parts.next().is_some_and(|name| name.eq_ignore_ascii_case("br")) && !parts.any(refused)
    })
}

fn plain(status: StatusCode, text: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leads_out() {
        for path in ["", "a/b.js", "a..b", "customers/x.example"] {
            assert!(is_inside(path), "{path}");
        }
        for path in ["..", "a/../b", "../x", "/etc/passwd", "a\\..\\b", "c:/x", "."] {
            assert!(!is_inside(path), "{path}");
        }
    }

    #[test]
    fn brotli_has_to_be_named() {
        let accepts = |value: &'static str| {
            accepts_brotli(
                &[(header::ACCEPT_ENCODING, HeaderValue::from_static(value))].into_iter().collect(),
            )
        };
        assert!(accepts("gzip, br") && accepts("br;q=0.5"));
        assert!(!accepts("gzip") && !accepts("br;q=0") && !accepts("brx"));
    }
}
