use super::*;
use proptest::prelude::*;

const BASE: &str = "https://api.example";

fn joined(link: &str) -> Option<String> {
    join(link, |origin| origin == BASE)
}

#[test]
fn every_form_of_a_link_means_one_place() {
    for link in [
        "/customers?size=2&seekOperation=Next",
        "/v1/customers?size=2&seekOperation=Next",
        "customers?size=2&seekOperation=Next",
        "v1/customers?size=2&seekOperation=Next",
        "/V1/customers?size=2&seekOperation=Next",
        "/v1//customers?size=2&seekOperation=Next",
        "/v1//v1/customers?size=2&seekOperation=Next",
        "/v1/v1/customers/?size=2&seekOperation=Next",
        " /customers?size=2&seekOperation=Next#top ",
        "https://api.example/v1/customers?size=2&seekOperation=Next",
        "https://api.example//v1/customers?size=2&seekOperation=Next",
    ] {
        assert_eq!(joined(link).as_deref(), Some("/customers?size=2&seekOperation=Next"), "{link}");
    }
    // Only the beginning is the version, and a query is left as it is.
    assert_eq!(joined("/customers/v1?a=/v1//x&b=%2F").as_deref(), Some("/customers/v1?a=/v1//x&b=%2F"));
    assert_eq!(joined("/customers").as_deref(), Some("/customers"));
    assert_eq!(
        joined("/customers?next=https://evil.example/").as_deref(),
        Some("/customers?next=https://evil.example/")
    );
}

#[test]
fn links_elsewhere_are_refused() {
    for link in [
        "https://evil.example/v1/customers",
        "https://api.example.evil.example/v1/customers",
        "https://api.example:444/v1/customers",
        "https://api.example@evil.example/v1/customers",
        "http://api.example/v1/customers",
        "HTTPS://evil.example/customers",
        "//evil.example/v1/customers",
        "//v1/customers",
        "/\\evil.example/customers",
        "\\\\evil.example/customers",
        "javascript:alert(1)",
        "data:text/html,x",
        "customers:8080/x",
        "/../other",
        "/customers/../../other",
        "/customers/%2e%2E/%2e./other",
        "/v1/./customers",
        "/cust\nomers",
        "/cust\tomers",
        "/customers ?size=1",
        "https://api.example",
        "https://",
        "",
        "/",
        "/v1",
        "?size=1",
        "#top",
    ] {
        assert_eq!(joined(link), None, "{link}");
    }
    // A transport that does not say where it sends to follows no absolute link.
    assert_eq!(join("https://api.example/v1/customers", |_| false), None);
}

#[test]
fn queries_are_encoded() {
    let query = Query::new("/customers")
        .with("size", Some("5"))
        .with("none", None)
        .with("filter", Some(r#"{"Value":"100% Ñandú & Söhne + ✓"}"#))
        .build();
    let filter = "%7B%22Value%22%3A%22100%25%20%C3%91and%C3%BA%20%26%20S%C3%B6hne%20%2B%20%E2%9C%93%22%7D";
    assert_eq!(query, format!("/customers?size=5&filter={filter}"));
    assert_eq!(Query::new("/a?b=c").with("d", Some("")).build(), "/a?b=c&d=");
    assert_eq!(encode("aZ09-._~/"), "aZ09-._~%2F");
}

fn decode(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let (hex, behind) = if *first == b'%' { after.split_at(2) } else { (&[][..], after) };
        let hex = std::str::from_utf8(hex).unwrap();
        bytes.push(if hex.is_empty() { *first } else { u8::from_str_radix(hex, 16).unwrap() });
        rest = behind;
    }
    bytes
}

proptest! {
    #![proptest_config(crate::seeded())]

    #[test]
    fn encoding_loses_nothing_and_leaves_nothing_special(text: String) {
        let encoded = encode(&text);
        prop_assert!(encoded.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte)));
        prop_assert_eq!(decode(&encoded), text.as_bytes());
    }

    #[test]
    fn a_joined_link_stays_below_the_base(link in r"(https?:)?[/\\]{0,2}[a-z1:@.%2eE/\\?# v\t]{0,30}") {
        if let Some(path) = joined(&link) {
            prop_assert!(path.starts_with('/') && !path.starts_with("//"));
            let path = path.split('?').next().unwrap();
            prop_assert!(!path.contains('\\') && !path.contains("//"));
            prop_assert!(path.split('/').all(|segment| !is_dots(segment)));
        }
    }

    #[test]
    fn joining_is_stable(segments in prop::collection::vec("[a-z0-9-]{1,8}", 1..4), doubled: bool, version: bool) {
        prop_assume!(!is_version(&segments[0]));
        let path = format!("/{}", segments.join("/"));
        let link = path.replace('/', if doubled { "//" } else { "/" });
        let link = if version || doubled { format!("/v1{link}") } else { link };
        prop_assert_eq!(joined(&link), Some(path.clone()));
        prop_assert_eq!(joined(&path), Some(path));
    }

    #[test]
    fn no_link_panics(link: String) {
        let _ = joined(&link);
    }
}
