//! Headers of every answer.

use super::{Answer, Check};

/// Seconds of a year: the least that `Strict-Transport-Security` has to promise.
const YEAR: u64 = 31_536_000;

impl Check<'_> {
    /// All headers that do not depend on the file.
    pub(super) fn headers(&mut self, path: &str, like: &str, answer: &Answer) {
        self.policy(path, like, answer);
        let wanted = self.rules.headers(like, self.target.secure);
        for (name, value) in wanted.iter().filter(|(name, _)| name != "Content-Security-Policy") {
            let found = answer.header(&name.to_ascii_lowercase());
            let holds = if name == "Strict-Transport-Security" {
                is_long_enough(&found)
            } else {
                plain(&found) == plain(value)
            };
            let shown = if found.is_empty() { "missing".to_owned() } else { found };
            self.note(name, path, holds, shown, format!("Send: {name}: {value}"));
        }
        let all = self.rules.deployment.headers.keys().cloned().collect::<Vec<_>>();
        for name in all.iter().filter(|name| !wanted.iter().any(|(own, _)| own == *name)) {
            let found = answer.header(&name.to_ascii_lowercase());
            // Netlify can take nothing away; this value means the same as none.
            let holds = found.is_empty() || found == "unsafe-none";
            self.note(name, path, holds, found, format!("{path} may not have the header {name}."));
        }
        for (name, change) in [
            (
                "access-control-allow-origin",
                "No other site reads these files: take the header away (Cloudflare Pages: '! Access-Control-Allow-Origin').",
            ),
            (
                "set-cookie",
                "The site needs no cookie: what sets one stands before it and should leave these paths alone.",
            ),
            ("x-powered-by", "Take it away: it tells which software to attack."),
        ] {
            if !wanted.iter().any(|(own, _)| own.eq_ignore_ascii_case(name)) {
                self.note(name, path, !answer.has(name), answer.header(name), change);
            }
        }
        let server = answer.header("server");
        let tells = server.contains('/') && server.bytes().any(|byte| byte.is_ascii_digit());
        self.note("server", path, !tells, server, "Leave the version out (nginx: server_tokens off).");
    }

    /// `Cache-Control`, in its own words or in others that mean the same.
    pub(super) fn cache(&mut self, path: &str, like: &str, answer: &Answer) {
        let wanted = self.rules.cache(like).to_owned();
        let found = answer.header("cache-control");
        let has = |word: &str| found.split(',').any(|own| own.trim().eq_ignore_ascii_case(word));
        let seconds = found
            .split(',')
            .filter_map(|own| own.trim().strip_prefix("max-age="))
            .find_map(|age| age.parse::<u64>().ok());
        let holds = match wanted.as_str() {
            "no-store" => has("no-store"),
            "no-cache" => {
                (has("no-cache") || has("no-store") || seconds == Some(0) && has("must-revalidate"))
                    && seconds.is_none_or(|age| age == 0)
            }
            _ => {
                has("immutable")
                    && seconds.is_some_and(|age| age >= YEAR)
                    && !has("no-cache")
                    && !has("no-store")
                    && !has("private")
            }
        };
        let shown = if found.is_empty() { "missing".to_owned() } else { found };
        self.note("Cache-Control", path, holds, shown, format!("Send: Cache-Control: {wanted}"));
    }

    /// The media type.
    pub(super) fn kind(&mut self, path: &str, wanted: &str, answer: &Answer) {
        let found = answer.header("content-type");
        let change = format!("Send: Content-Type: {wanted}");
        // Browsers take UTF-8 for granted in all but HTML and text.
        let optional = ["text/css", "text/javascript"].iter().any(|kind| wanted.starts_with(kind));
        let (own, kind) = (plain(&found), plain(wanted));
        let same = own == kind || optional && own.split(';').next() == kind.split(';').next();
        let holds = same || kind.starts_with("text/javascript") && own.starts_with("application/javascript");
        self.note(
            "Content-Type",
            path,
            holds,
            if found.is_empty() { "missing".to_owned() } else { found },
            change,
        );
    }
}

/// Without spaces and in lower case.
fn plain(value: &str) -> String {
    value.split_whitespace().collect::<String>().to_ascii_lowercase()
}

fn is_long_enough(value: &str) -> bool {
    let value = plain(value);
    let age = value
        .split(';')
        .filter_map(|part| part.strip_prefix("max-age="))
        .find_map(|age| age.parse::<u64>().ok());
    age.is_some_and(|age| age >= YEAR) && value.contains("includesubdomains")
}
