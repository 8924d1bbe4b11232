//! The customer list: pages, filters, and a customer by id.

use std::collections::HashSet;

use proptest::prelude::*;
use sandbox::core::fold::fold_case;
use sandbox::core::seed::resellers::RESELLERS;
use sandbox::{Request, Sandbox};
use serde_json::Value;

use super::{FORMER, NOBODY, filtered, get, id_of, json, names, open};

/// Every item of a list, page by page. `follow` makes the next request from a page.
fn walk(sandbox: &mut Sandbox, first: &str, follow: fn(&Value) -> Option<Request>) -> Vec<Value> {
    let mut items = Vec::new();
    let mut request = Request::get(first);
    loop {
        let page = json(&sandbox.handle(&request));
        let of_page = page["items"].as_array().unwrap();
        assert_eq!(page["totalCount"], of_page.len());
        items.extend(of_page.iter().cloned());
        assert!(items.len() < 5000, "the pages do not end");
        match follow(&page) {
            Some(next) => request = next,
            None => return items,
        }
    }
}

/// As those clients do that follow the link, headers included.
fn by_link(page: &Value) -> Option<Request> {
    let next = page["links"]["next"].as_object()?;
    let mut request = Request::get(format!("/v1{}", next["uri"].as_str().unwrap()));
    for header in next["headers"].as_array().unwrap() {
        request = request.with_header(header["key"].as_str().unwrap(), header["value"].as_str().unwrap());
    }
    Some(request)
}

/// As the official .NET client does: the token alone, neither size nor filter.
fn by_token(page: &Value) -> Option<Request> {
    let token = page["continuationToken"].as_str()?;
    Some(Request::get("/v1//customers?seekOperation=Next").with_header("ms-continuationtoken", token))
}

fn ids(items: &[Value]) -> HashSet<&str> {
    items.iter().map(|item| item["id"].as_str().unwrap()).collect()
}

#[test]
fn the_default_page_has_a_hundred_and_the_largest_five_hundred() {
    let (mut sandbox, _) = open(600);
    for (query, size) in [("", 100), ("?size=0", 100), ("?size=3", 3), ("?size=600", 500), ("?SIZE=7", 7)] {
        let (status, page) = get(&mut sandbox, &format!("/v1/customers{query}"));
        assert_eq!((status, page["items"].as_array().unwrap().len()), (200, size), "{query}");
    }
    let (_, page) = get(&mut sandbox, &format!("{}&size=0", filtered("Domain", "").replace("size=500&", "")));
    assert_eq!(page["totalCount"], 100);
}

#[test]
fn the_next_link_has_no_root_and_the_last_page_no_link() {
    let (mut sandbox, _) = open(50);
    let (_, page) = get(&mut sandbox, "/v1/customers?size=40");
    assert_eq!(page["links"]["next"]["uri"], "/customers?size=40&seekOperation=Next");
    assert_eq!(page["links"]["next"]["headers"][0]["value"], page["continuationToken"]);
    let (_, last) = get(&mut sandbox, "/v1/customers?size=50");
    assert!(last["links"]["next"].is_null() && last["continuationToken"].is_null());
    assert_eq!(get(&mut sandbox, "/v1/customers?size=40&seekOperation=Next").0, 400);
}

#[test]
fn a_list_item_holds_no_more_than_the_real_one() {
    let (mut sandbox, _) = open(60);
    let (_, page) = get(&mut sandbox, "/v1/customers?size=60");
    for item in page["items"].as_array().unwrap() {
        let members: Vec<_> = item.as_object().unwrap().keys().collect();
        assert_eq!(members, ["attributes", "companyProfile", "id", "links", "relationshipToPartner"]);
        assert_eq!(item["companyProfile"]["tenantId"], item["id"]);
        assert!(item["companyProfile"]["domain"].is_string());
    }
}

#[test]
fn filters_take_special_characters_as_they_are() {
    let (mut sandbox, _) = open(300);
    for (value, found) in [
        ("100%", 1),
        ("100_", 0),
        ("1000 n", 1),
        ("%", 0),
        ("_", 0),
        ("'", 0),
        ("O'SHEA; DROP", 1),
        ("🦀 c", 1),
        ("<B>", 1),
        ("=hyperlink(\"", 1),
        ("\\", 0),
        ("\u{0}", 0),
        ("panadería hermanos ruiz", 2),
        ("PANADERÍA HERMANOS RUIZ", 2),
        // Case is ignored, accents are not, and neither is how they are written.
        ("panaderia hermanos ruiz", 0),
        ("CAFÉS", 1),
        ("cafe\u{301}s", 1),
        ("οδυσσευσ", 1),
        ("ΟΔΥΣΣΕΥΣ", 1),
        ("İSTANBUL ç", 1),
    ] {
        let (status, page) = get(&mut sandbox, &filtered("CompanyName", value));
        assert_eq!((status, names(&page).len()), (200, found), "{value}");
    }
    let (_, by_domain) = get(&mut sandbox, &filtered("Domain", "RUIZ-"));
    assert_eq!(by_domain["totalCount"], 2);
}

#[test]
fn resellers_and_providers_can_be_filtered_by() {
    let (mut sandbox, _) = open(400);
    let sold: usize = RESELLERS
        .iter()
        .map(|reseller| {
            let (_, page) = get(&mut sandbox, &filtered("IndirectReseller", &reseller.id.to_uppercase()));
            let items = page["items"].as_array().unwrap();
            assert!(!items.is_empty());
            let (_, relationships) = get(
                &mut sandbox,
                &format!("/v1/customers/{}/relationships", items[0]["id"].as_str().unwrap()),
            );
            assert_eq!(relationships["items"][0]["id"], reseller.id);
            items.len()
        })
        .sum();
    let all =
        |sandbox: &mut Sandbox, field, value| get(sandbox, &filtered(field, value)).1["totalCount"].clone();
    assert_eq!(all(&mut sandbox, "IndirectReseller", ""), sold);
    assert_eq!(all(&mut sandbox, "IndirectReseller", NOBODY), 0);
    let own = sandbox::core::seed::PARTNER_ID;
    assert_eq!(all(&mut sandbox, "IndirectCloudSolutionProvider", own), sold);
    assert_eq!(all(&mut sandbox, "IndirectCloudSolutionProvider", NOBODY), 0);
}

#[test]
fn a_filter_that_cannot_be_used_is_refused() {
    let (mut sandbox, _) = open(1);
    for filter in [
        "nonsense",
        "%7B%7D",
        "%7B%22Field%22%3A%22Tag%22%2C%22Value%22%3A%22a%22%2C%22Operator%22%3A%22starts_with%22%7D",
    ] {
        let (status, body) = get(&mut sandbox, &format!("/v1/customers?filter={filter}"));
        assert_eq!((status, &body["code"]), (400, &3000.into()), "{filter}");
    }
}

#[test]
fn a_customer_by_id_is_whole() {
    let (mut sandbox, _) = open(60);
    let id = id_of(&mut sandbox, "Cafés Peñalara SA");
    let (status, customer) = get(&mut sandbox, &format!("/v1/customers/{}", id.to_uppercase()));
    assert_eq!(status, 200);
    assert_eq!(customer["companyProfile"]["companyName"], "Cafés Peñalara SA");
    assert_eq!(customer["billingProfile"]["attributes"]["objectType"], "CustomerBillingProfile");
    assert_ne!(customer["billingProfile"]["id"], customer["id"]);
    assert!(customer["commerceId"].is_string() && customer["allowDelegatedAccess"].is_boolean());
    assert_eq!(customer["customDomains"][0], customer["companyProfile"]["domain"]);
}

#[test]
fn ids_that_lead_nowhere_say_why() {
    let (mut sandbox, _) = open(60);
    for below in [
        "",
        "/profiles/company",
        "/profiles/billing",
        "/subscriptions",
        "/relationships",
        "/subscribedskus",
        "/entitlements",
        "/users",
        "/users/7c1f3f52-0a5e-4d0b-9c2f-2f4f6a1b9e01",
        "/users/7c1f3f52-0a5e-4d0b-9c2f-2f4f6a1b9e01/licenses",
        "/directoryroles",
        "/agreements",
        "/directSignedMicrosoftCustomerAgreementStatus",
    ] {
        for (id, status, code) in
            [("xyz", 400, 2000), ("%00", 400, 2000), (NOBODY, 404, 3000), (FORMER, 403, 20002)]
        {
            let (actual, body) = get(&mut sandbox, &format!("/v1/customers/{id}{below}"));
            assert_eq!((actual, &body["code"]), (status, &code.into()), "{id}{below}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn pages_of_any_size_hold_every_customer_once(size in 1_usize..=130, customers in 0_u64..260) {
        let (mut sandbox, _) = open(customers);
        for follow in [by_link, by_token] {
            let items = walk(&mut sandbox, &format!("/v1/customers?size={size}"), follow);
            prop_assert_eq!(items.len() as u64, customers);
            prop_assert_eq!(ids(&items).len(), items.len());
        }
    }

    #[test]
    fn a_filter_keeps_what_begins_with_it_over_all_pages(pick in 0_usize..200, length in 0_usize..6, size in 1_usize..40, upper: bool) {
        let (mut sandbox, _) = open(200);
        let all = walk(&mut sandbox, "/v1/customers?size=500", by_link);
        let all = names(&serde_json::json!({ "items": all }));
        let prefix: String = all[pick].chars().take(length).collect();
        let value = if upper { prefix.to_uppercase() } else { prefix };
        let expected = all.iter().filter(|name| fold_case(name).starts_with(&fold_case(&value))).count();
        let first = filtered("CompanyName", &value).replace("size=500", &format!("size={size}"));
        for follow in [by_link, by_token] {
            prop_assert_eq!(walk(&mut sandbox, &first, follow).len(), expected, "{}", &value);
        }
    }

    #[test]
    fn no_target_and_no_body_breaks_it(target in "\\PC{0,80}", body in proptest::collection::vec(any::<u8>(), 0..60)) {
        let (mut sandbox, _) = open(5);
        for method in ["GET", "HEAD", "PUT", "POST"] {
            let method = sandbox::Method::parse(method).unwrap();
            let request = Request::new(method, format!("/v1/{target}")).with_body(body.clone());
            prop_assert!(sandbox.handle(&request).status < 500);
        }
    }
}
