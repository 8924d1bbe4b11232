//! What every answer of the site has to be.

use crate::{Deployment, Document, Settings};

/// A deployment with the settings of one site.
#[derive(Debug, Clone)]
pub struct Rules {
    /// What holds everywhere.
    pub deployment: Deployment,
    /// What this site adds.
    pub settings: Settings,
}

impl Rules {
    /// The document of [`Deployment::documents`] that a path of the site is.
    fn document(&self, path: &str) -> Option<&Document> {
        self.deployment.documents.iter().find(|document| document.path == path)
    }

    /// The Content-Security-Policy of a path of the site (without the base, without a slash before it). `secure`: over https.
    pub fn policy(&self, path: &str, secure: bool) -> String {
        let document = self.document(path);
        let own = document.and_then(|document| document.policy.as_ref());
        let mut directives: Vec<String> = own.unwrap_or(&self.deployment.policy).clone();
        if own.is_none() {
            let called = self.called();
            for directive in directives.iter_mut().filter(|directive| directive.starts_with("connect-src ")) {
                for origin in &called {
                    directive.extend([" ", origin]);
                }
            }
        }
        if document.is_some_and(|document| document.frames.is_some()) && !self.settings.hosts.is_empty() {
            for directive in
                directives.iter_mut().filter(|directive| directive.starts_with("frame-ancestors "))
            {
                *directive = format!("frame-ancestors {}", self.settings.hosts.join(" "));
            }
        }
        if secure {
            directives.extend(self.deployment.secure.policy.iter().cloned());
        }
        directives.join("; ")
    }

    /// The origins besides its own that the site calls.
    pub fn called(&self) -> Vec<String> {
        let mut called = self.settings.called.clone();
        if self.settings.mode == "direct" {
            called.extend(self.deployment.direct.get(&self.settings.cloud).into_iter().flatten().cloned());
        }
        called.sort();
        called.dedup();
        called
    }

    /// The headers of a path of the site, but for those that depend on the file ([`cache`](Self::cache) and the media type).
    pub fn headers(&self, path: &str, secure: bool) -> Vec<(String, String)> {
        let document = self.document(path);
        let left_out = |name: &String| {
            document.is_some_and(|own| own.without.contains(name) || own.with.contains_key(name))
        };
        let mut headers = vec![("Content-Security-Policy".to_owned(), self.policy(path, secure))];
        let more = self.deployment.secure.headers.iter().filter(|_| secure);
        let all =
            self.deployment.headers.iter().chain(more).map(|(name, value)| (name.clone(), value.clone()));
        headers.extend(all.filter(|(name, _)| !left_out(name)));
        headers.extend(document.into_iter().flat_map(|own| own.with.clone()));
        headers
    }

    /// The `Cache-Control` of a path of the site.
    pub fn cache(&self, path: &str) -> &str {
        let own = self.document(path).and_then(|document| document.cache.as_deref());
        let cache = &self.deployment.cache;
        own.unwrap_or(if is_hashed(path) { &cache.hashed } else { &cache.other })
    }

    /// Paths of those files that need something else.
    pub fn documents(&self) -> impl Iterator<Item = &str> {
        self.deployment.documents.iter().map(|document| document.path.as_str())
    }
}

/// Whether a file's name holds a hash: a part of at least eight hexadecimal digits, one of them a digit, so that an English word
/// is not taken for one.
pub fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.split(['-', '.', '_']).any(|part| {
        part.len() >= 8
            && part.bytes().all(|b| b.is_ascii_hexdigit() && !b.is_ascii_uppercase())
            && part.bytes().any(|b| b.is_ascii_digit())
    })
}

/// The same as a regular expression (PCRE) over a path.
pub(crate) const HASHED: &str = r"[-._](?=[0-9a-f]*[0-9])[0-9a-f]{8,}[-._][^/]*$";

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(config: &str) -> Rules {
        Rules { deployment: Deployment::standard(), settings: Settings::read(config).unwrap() }
    }

    fn directive(policy: &str, name: &str) -> String {
        policy.split("; ").find(|directive| directive.starts_with(name)).unwrap_or_default().to_owned()
    }

    #[test]
    fn hosts_may_frame_the_document_that_is_made_for_it_and_no_other() {
        let rules = rules(r#"{"hosts":["https://portal.example","https://b.example"]}"#);
        let framed = |path| directive(&rules.policy(path, true), "frame-ancestors");
        assert_eq!(framed("embed.html"), "frame-ancestors https://portal.example https://b.example");
        for path in ["", "index.html", "customers", "auth/callback.html"] {
            assert_eq!(framed(path), "frame-ancestors 'none'", "{path}");
        }
        let nobody = self::rules("{}");
        assert_eq!(
            directive(&nobody.policy("embed.html", true), "frame-ancestors"),
            "frame-ancestors 'none'"
        );
    }

    #[test]
    fn whom_the_settings_name_may_be_called() {
        let connect = |config| directive(&rules(config).policy("index.html", false), "connect-src");
        assert_eq!(connect(r#"{"mode":"gateway","api":"/v1"}"#), "connect-src 'self'");
        assert_eq!(
            connect(r#"{"mode":"gateway","api":"https://g.example/v1"}"#),
            "connect-src 'self' https://g.example"
        );
        assert_eq!(
            connect(
                r#"{"mode":"direct","api":"https://api.partnercenter.microsoft.com/v1","cloud":"global"}"#
            ),
            "connect-src 'self' https://api.partnercenter.microsoft.com https://login.microsoftonline.com"
        );
    }

    #[test]
    fn what_is_for_https_comes_with_https_only() {
        let rules = rules("{}");
        let names = |secure| rules.headers("", secure).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert!(names(true).contains(&"Strict-Transport-Security".to_owned()));
        assert!(!names(false).contains(&"Strict-Transport-Security".to_owned()));
        assert!(
            rules.policy("", true).ends_with("upgrade-insecure-requests")
                && !rules.policy("", false).contains("upgrade")
        );
        assert!(
            !rules.headers("embed.html", true).iter().any(|(name, _)| name == "Cross-Origin-Opener-Policy")
        );
    }

    #[test]
    fn a_portal_may_load_its_module_and_hold_the_document_for_frames_even_where_it_is_isolated() {
        let rules = rules("{}");
        let value = |path: &str, name: &str| {
            let all: Vec<String> = rules
                .headers(path, true)
                .into_iter()
                .filter(|(own, _)| own == name)
                .map(|(_, value)| value)
                .collect();
            all.join(" and ")
        };
        for path in ["embed.html", "embed/cartera-embed.js"] {
            assert_eq!(value(path, "Cross-Origin-Resource-Policy"), "cross-origin", "{path}");
        }
        assert_eq!(value("embed/cartera-embed.js", "Access-Control-Allow-Origin"), "*");
        for path in ["", "config.json", "lazy/import-worker.js"] {
            assert_eq!(value(path, "Cross-Origin-Resource-Policy"), "same-origin", "{path}");
            assert_eq!(value(path, "Access-Control-Allow-Origin"), "", "{path}");
        }
        // A document that has it may only run workers that have it, too. Not `require-corp`: that would hide from the page whether
        // a gateway on another origin answers at all.
        for path in ["embed.html", "lazy/import-worker.js"] {
            assert_eq!(value(path, "Cross-Origin-Embedder-Policy"), "credentialless", "{path}");
        }
    }

    #[test]
    fn only_names_with_a_hash_are_kept() {
        let rules = rules("{}");
        for name in ["app-1f2e3d4c5b6a7980.js", "lazy/app-1f2e3d4c5b6a7980_bg.wasm", "texts/es.0123abcd.txt"]
        {
            assert!(is_hashed(name) && rules.cache(name).contains("immutable"), "{name}");
        }
        for name in
            ["index.html", "config.json", "boot.js", "effaced-acceded.css", "a1b2.css", "0123abcd4567/x.js"]
        {
            assert!(!is_hashed(name) && rules.cache(name) == "no-cache", "{name}");
        }
        assert_eq!(rules.cache("auth/callback.html"), "no-store");
    }
}
