//! `src/paths.rs`, as it is: every page's address, printed and parsed.

#[allow(dead_code)]
#[path = "../../src/paths.rs"]
mod paths;

use list_view::{Column, Filter, Order, View};
use paths::{CustomerKey, CustomerTab, Page, Parameter, narrowed};
use proptest::prelude::*;

const ID: &str = "5e170000-0000-4000-8000-00000000c500";

fn parse(address: &str) -> Option<Page> {
    let (path, search) = address.split_once('?').unwrap_or((address, ""));
    Page::parse(path, search)
}

fn search(text: &str) -> Page {
    sorted(text, Column::Name, false)
}

fn sorted(text: &str, by: Column, descending: bool) -> Page {
    Page::Customers(View { search: text.to_owned(), order: Order { by, descending }, ..View::default() })
}

fn id(text: &str) -> Page {
    Page::customer(CustomerKey::Id(text.to_owned()))
}

fn domain(text: &str) -> Page {
    Page::customer(CustomerKey::Domain(text.to_owned()))
}

/// All addresses that the application makes. A change here breaks what people have bookmarked.
#[test]
fn every_address() {
    for (page, address) in [
        (search(""), "/customers"),
        (search("norte"), "/customers?q=norte"),
        (search("100% Ñandú & +"), "/customers?q=100%25%20%C3%91and%C3%BA%20%26%20%2B"),
        (sorted("", Column::Name, true), "/customers?sort=-name"),
        (sorted("norte", Column::Domain, false), "/customers?q=norte&sort=domain"),
        (sorted("", Column::Relationship, true), "/customers?sort=-relationship"),
        (
            Page::Customers(View {
                filters: vec![Filter::DomainEnding(".es".to_owned())],
                ..View::default()
            }),
            "/customers?domain=.es",
        ),
        (Page::Customers(View { columns: Vec::new(), ..View::default() }), "/customers?cols=none"),
        (Page::Customers(View::everything()), "/customers?view=all"),
        (id(ID), "/customers/5e170000-0000-4000-8000-00000000c500"),
        (domain("contoso.com"), "/customers/contoso.com"),
        (domain("españa.example"), "/customers/espa%C3%B1a.example"),
        (
            Page::Customer(CustomerKey::Id(ID.to_owned()), CustomerTab::Subscriptions),
            "/customers/5e170000-0000-4000-8000-00000000c500/subscriptions",
        ),
        (
            Page::Customer(CustomerKey::Id(ID.to_owned()), CustomerTab::Activity),
            "/customers/5e170000-0000-4000-8000-00000000c500/activity",
        ),
        (Page::Request, "/customers/request"),
        (
            Page::Customer(CustomerKey::Id(ID.to_owned()), CustomerTab::Users),
            "/customers/5e170000-0000-4000-8000-00000000c500/users",
        ),
        (
            Page::Customer(CustomerKey::Id(ID.to_owned()), CustomerTab::Account),
            "/customers/5e170000-0000-4000-8000-00000000c500/account",
        ),
        (
            Page::Customer(CustomerKey::Id(ID.to_owned()), CustomerTab::Relationship),
            "/customers/5e170000-0000-4000-8000-00000000c500/relationship",
        ),
        (Page::RemoveSeveral(Vec::new()), "/customers/remove"),
        (
            Page::RemoveSeveral(vec![ID.to_owned(), ID.replace('5', "6")]),
            "/customers/remove?ids=5e170000-0000-4000-8000-00000000c500,6e170000-0000-4000-8000-00000000c600",
        ),
        (Page::Activity, "/activity"),
        (Page::Settings, "/settings"),
    ] {
        assert_eq!(page.path(), address);
        assert_eq!(parse(address), Some(page), "{address}");
    }
}

#[test]
fn addresses_are_read_as_people_and_other_programs_write_them() {
    for (address, page) in [
        ("", search("")),
        ("/", search("")),
        ("/customers/", search("")),
        ("/customers?q=", search("")),
        ("/customers?other=1&q=a+b", search("a b")),
        ("/customers?q=a&q=b", search("a")),
        ("/customers?sort=name", search("")),
        ("/customers?q=100%", search("100%")),
        ("/customers?q=100%zz", search("100%zz")),
        ("/customers?q=%2525", search("%25")),
        ("/customers/5E170000-0000-4000-8000-00000000C500", id(ID)),
        ("/customers/%7B5e170000-0000-4000-8000-00000000c500%7D", id(ID)),
        ("/customers/Contoso.COM/", domain("contoso.com")),
        ("/settings/", Page::Settings),
    ] {
        assert_eq!(parse(address), Some(page), "{address}");
    }
}

#[test]
fn what_a_link_says_in_vain_is_named_and_not_passed_on() {
    let Some(Page::Customers(view)) = parse("/customers?q=a&sort=no-such-column&cols=domain,hologram") else {
        panic!("no list")
    };
    assert_eq!(
        (view.search.as_str(), view.unknown.as_slice()),
        ("a", ["sort".to_owned(), "hologram".to_owned()].as_slice())
    );
    assert_eq!(Page::Customers(view).path(), "/customers?q=a&cols=domain");
}

#[test]
fn what_narrows_a_page_is_in_its_address_and_the_page_stays_the_same() {
    paths::set_base("/");
    let by = [(Parameter::Text, "100% ñ & +"), (Parameter::State, ""), (Parameter::Kind, "azure")];
    let href = narrowed(&Page::Activity, &by);
    assert_eq!(href, "/activity?q=100%25%20%C3%B1%20%26%20%2B&kind=azure");
    assert_eq!(parse(&href), Some(Page::Activity));
    let query = href.split_once('?').unwrap().1;
    assert!(by.iter().all(|(parameter, value)| parameter.read(query) == *value));
    assert_eq!(Parameter::Text.read("q=a+b&q=c"), "a b");
    for odd in ["", "q", "=", "q=%FF", "&&"] {
        assert_eq!(Parameter::Text.read(odd), "", "{odd}");
    }
    assert_eq!(narrowed(&Page::Settings, &[]), "/settings");
}

#[test]
fn what_leads_nowhere_leads_nowhere() {
    for address in ["/nowhere", "/customers/a.example/x", "/settings/x", "/Customers", "/customers/%FF"] {
        assert_eq!(parse(address), None, "{address}");
    }
    for key in ["x", "not-an-id", "5e170000-0000-4000-8000-00000000c50", "a..b", "a b.example", "../settings"]
    {
        assert!(matches!(CustomerKey::parse(key), CustomerKey::Neither(_)), "{key}");
    }
}

#[test]
fn a_base_is_put_before_and_taken_away() {
    paths::set_base("/portal/accounts/");
    assert_eq!(Page::Settings.href(), "/portal/accounts/settings");
    assert_eq!(paths::asset("icons.svg"), "/portal/accounts/icons.svg");
    assert_eq!(Page::at("/portal/accounts/settings", ""), Some(Page::Settings));
    for root in ["/portal/accounts", "/portal/accounts/"] {
        assert_eq!(Page::at(root, ""), Some(search("")), "{root}");
    }
    for outside in ["/settings", "/portal/accountsettings", "/portal"] {
        assert_eq!(Page::at(outside, ""), None, "{outside}");
    }
    paths::set_base("/");
    assert_eq!(Page::Settings.href(), "/settings");
}

fn seeded() -> ProptestConfig {
    ProptestConfig {
        rng_seed: proptest::test_runner::RngSeed::Fixed(1),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(seeded())]

    #[test]
    fn every_search_survives_its_address(text in ".*") {
        let page = search(&text);
        prop_assert!(page.path().is_ascii());
        prop_assert_eq!(parse(&page.path()), Some(page));
    }

    #[test]
    fn every_key_survives_its_address(text in "[^/]{1,80}") {
        let page = Page::customer(CustomerKey::parse(&text));
        // A key of blanks only leaves no key at all.
        prop_assume!(!page.path().ends_with('/'));
        prop_assert_eq!(parse(&page.path()), Some(page));
    }

    #[test]
    fn any_address_is_read_or_refused_and_then_stays_the_same(path in "/?(customers|settings|[a-z]{0,3})(/.{0,20}){0,2}", query in ".{0,30}") {
        if let Some(page) = Page::parse(&path, &query) {
            prop_assert_eq!(parse(&page.path()), Some(page));
        }
    }
}

#[test]
fn only_ids_are_taken_from_a_link_to_several() {
    let some = parse(&format!("/customers/remove?x=1&ids=contoso.com,%7B{}%7D,,nobody", ID.to_uppercase()));
    assert_eq!(some, Some(Page::RemoveSeveral(vec![ID.to_owned()])));
    assert_eq!(parse("/customers/remove/more"), None);
}
