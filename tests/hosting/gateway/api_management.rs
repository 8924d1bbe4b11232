//! The policy for Azure API Management: that it is one, and that it promises what the nginx does.

use std::collections::BTreeSet;
use std::fs;

use hosting_tests::repository;
use roxmltree::{Document, Node};

use crate::world::shipped;

fn policy() -> String {
    fs::read_to_string(repository().join("deploy/gateway/azure-api-management/policy.xml")).unwrap()
}

/// The elements of this name below a node.
fn all<'a>(node: Node<'a, 'a>, name: &'a str) -> impl Iterator<Item = Node<'a, 'a>> {
    node.descendants().filter(move |node| node.has_tag_name(name))
}

fn one<'a>(node: Node<'a, 'a>, name: &'a str) -> Node<'a, 'a> {
    let found: Vec<_> = all(node, name).collect();
    assert_eq!(found.len(), 1, "<{name}>");
    found[0]
}

fn texts(node: Node, name: &str) -> BTreeSet<String> {
    node.children()
        .filter(|child| child.has_tag_name(name))
        .filter_map(|child| child.text())
        .map(str::to_owned)
        .collect()
}

/// The list that a map of `http.conf` gives out.
fn of_nginx(variable: &str) -> BTreeSet<String> {
    let http = shipped("http.conf");
    let map = http.split(&format!("{variable} {{")).nth(1).unwrap().split('}').next().unwrap();
    let list = map.split('"').find(|text| text.contains(", ")).unwrap();
    list.split(", ").map(str::to_owned).collect()
}

#[test]
fn its_lists_are_those_of_the_nginx() {
    let text = policy();
    let document = Document::parse(&text).expect("XML");
    let cors = one(document.root_element(), "cors");
    assert_eq!(cors.attribute("allow-credentials"), Some("true"));
    assert_eq!(
        texts(one(cors, "allowed-origins"), "origin"),
        BTreeSet::from(["{{cartera-origin}}".to_owned()])
    );
    assert_eq!(texts(one(cors, "allowed-headers"), "header"), of_nginx("$cartera_allow_headers"));
    assert_eq!(texts(one(cors, "expose-headers"), "header"), of_nginx("$cartera_exposed"));
    let mut methods = of_nginx("$cartera_allow_methods");
    methods.remove("OPTIONS");
    assert_eq!(texts(one(cors, "allowed-methods"), "method"), methods);
}

#[test]
fn it_asks_in_the_same_order_and_keeps_the_same_limits() {
    let text = policy();
    let document = Document::parse(&text).expect("XML");
    let sections: Vec<&str> = document
        .root_element()
        .children()
        .filter(Node::is_element)
        .map(|node| node.tag_name().name())
        .collect();
    assert_eq!(sections, ["inbound", "backend", "outbound", "on-error"]);
    let inbound: Vec<&str> = one(document.root_element(), "inbound")
        .children()
        .filter(Node::is_element)
        .map(|node| node.tag_name().name())
        .collect();
    assert_eq!(
        inbound[..6],
        ["cors", "choose", "validate-content", "rate-limit-by-key", "send-request", "choose"]
    );
    assert_eq!(inbound.last(), Some(&"set-backend-service"));

    let locations = shipped("locations.conf");
    let limit = |policy: &str, attribute: &str| {
        one(document.root_element(), policy).attribute(attribute).unwrap().to_owned()
    };
    assert!(locations.contains("client_max_body_size    256k"));
    assert_eq!(limit("validate-content", "max-size"), (256 << 10).to_string());
    assert!(shipped("http.conf").contains("rate=300r/m"));
    assert_eq!(
        (limit("rate-limit-by-key", "calls"), limit("rate-limit-by-key", "renewal-period")),
        ("300".to_owned(), "60".to_owned())
    );
    assert!(locations.contains("proxy_read_timeout    95s"));
    assert_eq!(
        (limit("forward-request", "timeout"), limit("forward-request", "follow-redirects")),
        ("95".to_owned(), "false".to_owned())
    );
    assert!(all(document.root_element(), "retry").next().is_none(), "a call is made once");
}

#[test]
fn it_lets_nothing_out_that_the_nginx_keeps_back() {
    let text = policy();
    let document = Document::parse(&text).expect("XML");
    let deleted = |section: &str| -> BTreeSet<String> {
        all(one(document.root_element(), section), "set-header")
            .filter(|node| node.attribute("exists-action") == Some("delete"))
            .filter_map(|node| node.attribute("name").map(str::to_ascii_lowercase))
            .collect()
    };
    for header in ["cookie", "origin", "referer", "user-agent", "x-forwarded-for"] {
        assert!(deleted("inbound").contains(header), "{header}");
    }
    for header in ["set-cookie", "server", "x-powered-by", "alt-svc", "expires"] {
        assert!(deleted("outbound").contains(header), "{header}");
    }
    // Each refusal of its own is one that nobody keeps.
    for refusal in all(document.root_element(), "return-response") {
        let headers: Vec<_> = all(refusal, "set-header").filter_map(|node| node.attribute("name")).collect();
        assert_eq!(headers, ["Content-Type", "Cache-Control"]);
        serde_json::from_str::<serde_json::Value>(one(refusal, "set-body").text().unwrap()).expect("JSON");
    }
    // Expressions stand in attributes: the quotes within are escaped, and the brackets match.
    for node in document.descendants() {
        for attribute in node.attributes().filter(|attribute| attribute.value().starts_with("@(")) {
            let value = attribute.value();
            assert_eq!(value.matches('(').count(), value.matches(')').count(), "{value}");
            assert_eq!(value.matches('"').count() % 2, 0, "{value}");
        }
    }
    assert!(text.contains("Rate limit is exceeded. Try again in "), "in the service's words");
}
