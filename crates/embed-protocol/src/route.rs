//! Addresses that come from outside.

/// How long a route may be.
const MOST: usize = 2_000;

/// Whether a text is a path of this site, with its query and nothing else: it cannot lead to another origin, out of the
/// site's folder or to a place in the page, however it is encoded.
pub fn is_route(text: &str) -> bool {
    let path = text.split('?').next().unwrap_or_default();
    let lower = path.to_ascii_lowercase();
    // A path is read once more by servers and browsers: what becomes a slash or a dot then is one now.
    let hidden = ["%2f", "%5c", "%2e", "%25", "%00"].iter().any(|escape| lower.contains(escape));
    text.starts_with('/')
        && text.len() <= MOST
        && !path.contains("//")
        && !hidden
        && !path.split('/').any(|part| part == "." || part == "..")
        && text.chars().all(|letter| !letter.is_control() && !matches!(letter, '\\' | '#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_the_site_are_routes() {
        for route in
            ["/", "/customers", "/customers?q=norte%2Fa&sort=-name", "/customers/espa%C3%B1a.example"]
        {
            assert!(is_route(route), "{route}");
        }
    }

    #[test]
    fn nothing_leads_elsewhere() {
        for route in [
            "",
            "customers",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "https:evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "/%2f%2fevil.example",
            "/%2F/evil.example",
            "/%5cevil.example",
            "/a//evil.example",
            "/../x",
            "/a/./b",
            "/%2e%2e/x",
            "/%252e%252e/x",
            "/a#b",
            "/a\nb",
            "/\tx",
            " /a",
            "/a\u{0}",
        ] {
            assert!(!is_route(route), "{route}");
        }
        assert!(!is_route(&["/", &"a".repeat(2_000)].concat()));
    }
}
