//! The path under which a site is served, and how HTML files learn it.

use crate::failure::Failure;

/// A path that begins and ends with `/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Base(String);

impl Default for Base {
    fn default() -> Self {
        Self("/".to_owned())
    }
}

impl Base {
    /// Checks a path. Only characters that need no escape in a URL or in HTML are allowed.
    pub(crate) fn parse(path: &str) -> Result<Self, Failure> {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c);
        let segments = path
            .strip_prefix('/')
            .and_then(|rest| if rest.is_empty() { Some("") } else { rest.strip_suffix('/') });
        let fits = match segments {
            Some("") => path == "/",
            Some(segments) => segments.split('/').all(|segment| {
                !segment.is_empty() && segment != "." && segment != ".." && segment.chars().all(plain)
            }),
            None => false,
        };
        if fits {
            Ok(Self(path.to_owned()))
        } else {
            Err(Failure::new(format!(
                "a base path begins and ends with '/', and between are names of letters, digits and -._~, \
                 such as /portal/accounts/; not '{path}'"
            )))
        }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Puts the base before every URL in `href` and `src` that is absolute on its own origin.
    pub(crate) fn rewrite(&self, html: &str) -> String {
        const ATTRIBUTES: [&str; 2] = ["href=", "src="];
        let mut out = String::with_capacity(html.len() + 256);
        let mut rest = html;
        while let Some((at, attribute)) =
            ATTRIBUTES.iter().filter_map(|name| Some((rest.find(name)?, *name))).min_by_key(|(at, _)| *at)
        {
            let is_whole_name = rest[..at].ends_with(|c: char| c.is_ascii_whitespace());
            let (before, value) = rest.split_at(at + attribute.len());
            out.push_str(before);
            rest = value;
            if let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) {
                out.push(quote);
                rest = &rest[1..];
            }
            // `//host` is another origin's.
            if is_whole_name && rest.starts_with('/') && !rest.starts_with("//") {
                out.push_str(&self.0);
                rest = &rest[1..];
            }
        }
        out.push_str(rest);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base(path: &str) -> Base {
        Base::parse(path).unwrap()
    }

    #[test]
    fn a_base_begins_and_ends_with_a_slash() {
        for path in ["/", "/a/", "/portal/accounts/", "/v1.2/~me/a-b_c/"] {
            assert_eq!(base(path).as_str(), path);
        }
        for path in [
            "",
            "a",
            "/a",
            "a/",
            "//",
            "/a//b/",
            "/../",
            "/a/./",
            "/a b/",
            "/a\"/",
            "/é/",
            "/a?b/",
            "https://x/",
        ] {
            assert!(Base::parse(path).is_err(), "{path}");
        }
    }

    #[test]
    fn absolute_urls_get_the_base_and_others_stay() {
        let html = "<base href=\"/\"><link href='/app.css'><script src=\"/boot.js\" data-js=\"app.js\"></script>\
                    <use href=\"/icons.svg#mark\"/><img src=/a.png><a href=\"#top\"><a href=\"help.html\">\
                    <a href=\"https://example.com/\"><a href=\"//cdn/x\"><p data-src=\"/kept\">src=/kept</p>";
        let expected = "<base href=\"/p/q/\"><link href='/p/q/app.css'><script src=\"/p/q/boot.js\" data-js=\"app.js\"></script>\
                    <use href=\"/p/q/icons.svg#mark\"/><img src=/p/q/a.png><a href=\"#top\"><a href=\"help.html\">\
                    <a href=\"https://example.com/\"><a href=\"//cdn/x\"><p data-src=\"/kept\">src=/kept</p>";
        assert_eq!(base("/p/q/").rewrite(html), expected);
    }

    #[test]
    fn the_root_changes_nothing() {
        let html = "<link href=\"/app.css\">ü<script src='/é.js'>";
        assert_eq!(Base::default().rewrite(html), html);
    }
}
