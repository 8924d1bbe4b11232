//! Where to go after a sign-in: only to a page of this application.

/// The path if it is one of this site that `is_page` knows; else `None`, and the start page it is.
///
/// A browser reads `//host`, `/\host` and what hides behind escapes, tabs and line breaks as addresses elsewhere.
pub fn return_path(path: &str, is_page: impl FnOnce(&str) -> bool) -> Option<&str> {
    let place = path.split(['?', '#']).next().unwrap_or_default();
    let lower = place.to_ascii_lowercase();
    let is_of_this_site = place.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && !path.bytes().any(|byte| byte.is_ascii_control())
        && !["%2f", "%5c", "%00", "%09", "%0a", "%0d"].iter().any(|escape| lower.contains(escape))
        && !place.split('/').any(|part| part == "..");
    (is_of_this_site && is_page(place)).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_this_application_are_gone_back_to() {
        let pages = |path: &str| path.starts_with("/customers") || path.starts_with("/portal/");
        for good in
            ["/customers", "/customers?q=a//b", "/portal/accounts/customers", "/customers/a.example?x=%2F"]
        {
            assert_eq!(return_path(good, pages), Some(good));
        }
        for evil in [
            "//evil.example",
            "/\\evil.example",
            "https:evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "/%2f%2fevil.example",
            "/%2F%2Fevil.example",
            "/%5cevil.example",
            "/customers/..//evil.example",
            "/customers\n//evil.example",
            "\t//evil.example",
            "/\t/evil.example",
            "customers",
            "",
            "/unknown",
        ] {
            // Also where every path would be a page.
            assert_eq!(return_path(evil, |path| path != "/unknown"), None, "{evil:?}");
        }
    }
}
