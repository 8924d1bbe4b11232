//! Pages, files, what is missing, and what lies around the site.

use super::index::named;
use super::{Answer, Check, Request};
use crate::is_hashed;

/// A name that no build gives.
const GONE: &str = "check-headers-0123456789abcdef";
/// A path of the application that looks like a file and is none: a customer's page, called by a domain.
const APPLICATION_PATH: &str = "customers/contoso.example";

impl Check<'_> {
    /// The application's page.
    pub(super) fn page(&mut self, path: &str, answer: &Answer) {
        self.note(
            "status",
            path,
            answer.status == 200,
            answer.status.to_string(),
            "Answer with index.html and 200.",
        );
        self.kind(path, "text/html; charset=utf-8", answer);
        self.headers(path, "index.html", answer);
        self.cache(path, "index.html", answer);
    }

    /// A path of the application is its page.
    pub(super) fn path_of_the_application(&mut self, index: &Answer) {
        let Some(answer) = self.get(APPLICATION_PATH, &[]) else { return };
        self.page(APPLICATION_PATH, &answer);
        let same = answer.body == index.body;
        self.note(
            "page",
            APPLICATION_PATH,
            same,
            "another body than that of the site's own page",
            "Paths without a file are answered with index.html.",
        );
    }

    /// A missing file is missing.
    pub(super) fn missing_files(&mut self) {
        for name in [
            format!("{GONE}.js"),
            format!("lazy/{GONE}.wasm"),
            format!("{GONE}.css"),
            format!("{GONE}.json"),
            format!("texts/{GONE}.txt"),
        ] {
            let Some(answer) = self.get(&name, &[]) else { continue };
            let found = format!("{} {}", answer.status, answer.header("content-type"));
            self.note("missing file", &name, answer.status == 404, found, "A file that is missing is a 404 and never the application's page: leave names with an ending out of the fallback.");
            let kept = answer.header("cache-control").contains("immutable");
            self.note(
                "missing file is not kept",
                &name,
                !kept,
                answer.header("cache-control"),
                "A 404 may be a file tomorrow: do not let it be kept.",
            );
            self.headers(&name, "index.html", &answer);
        }
    }

    /// Every file that the page names, and those that every build has.
    pub(super) fn files(&mut self, index: &Answer) {
        let html = String::from_utf8_lossy(&index.body).into_owned();
        let mut names = named(&html, &self.target.base);
        let has_program =
            names.iter().any(|name| self.rules.deployment.content_type(name) == Some("application/wasm"));
        self.note(
            "program",
            "",
            has_program,
            "the page names no .wasm",
            "Publish the folder that `cargo xtask dist` made.",
        );
        let base = names.iter().any(|name| !is_hashed(name));
        self.note(
            "base",
            "",
            base || has_program,
            "the page names no file under this base",
            "Build with --base and this path.",
        );
        let hashes = self.target.hashes.keys();
        let others: Vec<String> = hashes
            .filter(|name| {
                !names.contains(name)
                    && !name.contains(".html")
                    && self.rules.deployment.content_type(name).is_some()
            })
            .cloned()
            .collect();
        names.extend(others);
        if !names.iter().any(|name| name == "config.json") {
            names.push("config.json".to_owned());
        }
        for name in names {
            self.file(&name);
        }
    }

    fn file(&mut self, name: &str) {
        let Some(plain) = self.get(name, &[("Accept-Encoding", "identity")]) else { return };
        self.note(
            "status",
            name,
            plain.status == 200,
            plain.status.to_string(),
            "Publish the file: the page names it.",
        );
        if plain.status != 200 {
            return;
        }
        let kind = self.rules.deployment.content_type(name).unwrap_or("application/octet-stream").to_owned();
        self.kind(name, &kind, &plain);
        self.headers(name, name, &plain);
        self.cache(name, name, &plain);
        if self.rules.cache(name) == self.rules.deployment.cache.other {
            let holds = plain.has("etag") || plain.has("last-modified");
            self.note(
                "validator",
                name,
                holds,
                "neither ETag nor Last-Modified",
                "Send an ETag: without one every visit loads the file again.",
            );
        }
        let always = plain.header("content-encoding");
        if let Some(wanted) = self.target.hashes.get(name).filter(|_| always.is_empty()) {
            let digest = (self.target.digest)(&plain.body);
            // What a partner sets is not what was built.
            let holds = digest == *wanted || name == "config.json";
            self.note(
                "content",
                name,
                holds,
                format!("SHA-256 {digest}"),
                format!("This is not the file that was built (SHA-256 {wanted})."),
            );
        }
        let ending = name.rsplit('.').next().unwrap_or_default();
        let small = plain.body.len() < 1024;
        if small || !self.rules.deployment.compressed.iter().any(|known| known == ending) {
            return;
        }
        let Some(answer) = self.get(name, &[("Accept-Encoding", "gzip, br")]) else { return };
        let encoding = answer.header("content-encoding");
        let holds = encoding == "br" || encoding == "zstd";
        let shown = if encoding.is_empty() { "not compressed".to_owned() } else { encoding.clone() };
        self.note(
            "compression",
            name,
            holds,
            shown,
            "Send the .br that lies beside the file, with Content-Encoding: br.",
        );
        self.kind(name, &kind, &answer);
        self.cache(name, name, &answer);
        if !encoding.is_empty() && always.is_empty() {
            let vary = answer.header("vary").to_ascii_lowercase();
            let holds = vary.contains("accept-encoding") || vary.contains('*');
            self.note("Vary", name, holds, vary, "Send: Vary: Accept-Encoding. A cache between would hand compressed bytes to those who cannot read them.");
        }
        if encoding.is_empty() || encoding == always {
            return;
        }
        self.headers(name, name, &answer);
    }

    /// Documents that need something else, where they are there.
    pub(super) fn documents(&mut self) {
        let documents: Vec<String> = self.rules.documents().map(str::to_owned).collect();
        for document in documents {
            // Some hosts allow other pages to read a file only when one asks.
            let page = [("origin", "https://portal.example")];
            let Some(mut answer) = self.get(&document, &page) else { continue };
            let mut path = document.clone();
            // Cloudflare Pages takes the ending away.
            let short = document.trim_end_matches(".html");
            if (300..400).contains(&answer.status) && answer.header("location").ends_with(short) {
                let Some(there) = self.get(short, &[]) else { continue };
                (answer, path) = (there, short.to_owned());
            }
            if answer.status == 404 {
                continue; // this build has none
            }
            self.note(
                "status",
                &path,
                answer.status == 200,
                answer.status.to_string(),
                "Answer with the document, or with 404.",
            );
            let kind = self.rules.deployment.content_type(&document).unwrap_or_default().to_owned();
            self.kind(&path, &kind, &answer);
            self.headers(&path, &document, &answer);
            self.cache(&path, &document, &answer);
            let framed = !self.rules.policy(&document, true).contains("frame-ancestors 'none'");
            if framed {
                self.note(
                    "X-Frame-Options",
                    &path,
                    !answer.has("x-frame-options"),
                    answer.header("x-frame-options"),
                    "Take it away: it has no list of hosts, and frame-ancestors says who may.",
                );
            }
        }
    }

    /// The base without its last slash leads to it.
    pub(super) fn base_without_slash(&mut self) {
        let base = self.target.base.clone();
        if base == "/" {
            return;
        }
        let path = base.trim_end_matches('/').to_owned();
        let request = Request { method: "GET", path, headers: Vec::new(), unencrypted: false };
        if let Ok(answer) = self.fetch.fetch(&request) {
            let leads = (300..400).contains(&answer.status) && answer.header("location").ends_with(&base);
            let found = format!("{} {}", answer.status, answer.header("location"));
            self.note("base without slash", "", leads, found, format!("Redirect it to {base} with 308."));
        }
    }

    /// Nothing is served without encryption but the way to it.
    pub(super) fn unencrypted(&mut self) {
        if !self.target.secure {
            return;
        }
        let request =
            Request { method: "GET", path: self.target.base.clone(), headers: Vec::new(), unencrypted: true };
        // Nobody listening there is as good.
        if let Ok(answer) = self.fetch.fetch(&request) {
            let leads =
                (300..400).contains(&answer.status) && answer.header("location").starts_with("https://");
            let found = format!("{} {}", answer.status, answer.header("location"));
            self.note("http leads to https", "", leads, found, "Redirect http to https with 308.");
        }
    }

    /// Behind a gateway's path on this origin there is a gateway, and not the application's page.
    pub(super) fn api(&mut self) {
        let Some(config) = self.get("config.json", &[]) else { return };
        let config: serde_json::Value = serde_json::from_slice(&config.body).unwrap_or_default();
        let Some(api) = config["api"]
            .as_str()
            .filter(|api| api.starts_with('/') && self.rules.settings.mode == "gateway")
        else {
            return;
        };
        let path = format!("{}/customers?size=1", api.trim_end_matches('/'));
        let request = Request {
            method: "GET",
            path: path.clone(),
            headers: vec![("Accept", "application/json".to_owned())],
            unencrypted: false,
        };
        let Ok(answer) = self.fetch.fetch(&request) else { return };
        let is_page = answer.header("content-type").starts_with("text/html");
        let at = format!("(gateway) {path}");
        let found = format!("{} {}", answer.status, answer.header("content-type"));
        self.note("gateway", &at, !is_page, found, "config.json says that the gateway is here: see deploy/gateway, and let the site leave this path alone.");
        if !is_page {
            let kept = answer.header("cache-control");
            self.note(
                "gateway: Cache-Control",
                &at,
                kept.contains("no-store"),
                kept,
                "Send: Cache-Control: no-store. Nothing of a customer is kept on the way.",
            );
            let open = answer.header("access-control-allow-origin") == "*";
            self.note("gateway: origins", &at, !open, "*", "Name the origins that may call the gateway.");
        }
    }
}
