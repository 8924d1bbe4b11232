//! The resources around a customer, and the small questions.

use std::collections::{HashMap, HashSet};

use sandbox::core::seed::special::{ODD, SENTINELS};
use sandbox::core::seed::{customers, places, profiles};
use sandbox::{Method, Request};
use serde_json::json;

use super::{get, id_of, json, open};

#[test]
fn the_session_names_partner_agent_and_roles() {
    let (mut sandbox, _) = open(1);
    for authorization in ["", "Bearer nonsense"] {
        let request = Request::get("/v1/.session").with_header("Authorization", authorization);
        let body = json(&sandbox.handle(&request));
        assert_eq!(body["partner"]["id"], "2f0c0000-0000-4000-8000-00000000000b");
        assert_eq!((&body["partner"]["name"], &body["cloud"]), (&json!("Southgate IT"), &json!("global")));
        assert!(body["agent"]["displayName"].is_string() && body["agent"]["userPrincipalName"].is_string());
        assert!(body["roles"].as_array().unwrap().contains(&json!("AdminAgent")));
    }
}

#[test]
fn the_cloud_can_be_chosen() {
    let (mut sandbox, _) = open(1);
    let session = |sandbox: &mut sandbox::Sandbox| get(sandbox, "/v1/.session").1["cloud"].clone();
    let (method, body) = (Method::Post, json!({ "cloud": "us-government" }));
    let answer = sandbox.handle(&Request::new(method, "/.sandbox/config").with_body(body.to_string()));
    assert_eq!((answer.status, session(&mut sandbox)), (200, json!("us-government")));
    sandbox.handle(&Request::new(method, "/.sandbox/reset"));
    assert_eq!(session(&mut sandbox), "global");
}

#[test]
fn profiles_agree_with_the_customer() {
    let (mut sandbox, _) = open(60);
    let id = id_of(&mut sandbox, "Straße & Söhne GmbH");
    let (_, customer) = get(&mut sandbox, &format!("/v1/customers/{id}"));
    let (_, company) = get(&mut sandbox, &format!("/v1/customers/{id}/profiles/company"));
    let (_, billing) = get(&mut sandbox, &format!("/v1/customers/{id}/profiles/billing"));
    assert_eq!((&customer["companyProfile"], &customer["billingProfile"]), (&company, &billing));
    assert_eq!(billing["companyName"], "Straße & Söhne GmbH");
    assert!(billing["attributes"]["etag"].as_str().unwrap().parse::<i64>().is_ok());
    assert_eq!(company["address"]["country"], billing["defaultAddress"]["country"]);
}

#[test]
fn what_is_made_up_satisfies_the_rules_of_its_country() {
    let mut seen = HashSet::new();
    let mut compiled = HashMap::new();
    for ordinal in 0..600 {
        let country = customers::country(7, ordinal);
        let rules = sandbox::country_rules::rules(country.code).unwrap();
        let address = profiles::address(7, ordinal);
        seen.insert(country.code);
        for (member, pattern) in [("postalCode", "postalCodeRegex"), ("phoneNumber", "phoneNumberRegex")] {
            let Some(pattern) = rules[pattern].as_str() else { continue };
            let text = address[member].as_str().unwrap_or_default();
            let pattern =
                compiled.entry(pattern.to_owned()).or_insert_with(|| regex::Regex::new(pattern).unwrap());
            assert!(pattern.is_match(text), "{}: {text}", country.code);
        }
        let states = rules["supportedStatesList"].as_array().unwrap();
        if !states.is_empty() {
            assert!(states.contains(&address["state"]), "{}: {}", country.code, address["state"]);
        }
        assert!(rules["supportedCulturesList"].as_array().unwrap().contains(&json!(country.culture)));
        assert!(
            rules["supportedLanguagesList"].as_array().unwrap().contains(&json!(country.language_code()))
        );
    }
    assert_eq!(seen.len(), places::COUNTRIES.len());
}

#[test]
fn a_registration_number_is_there_where_it_has_to_be() {
    let (mut sandbox, _) = open(300);
    let (_, page) = get(&mut sandbox, "/v1/customers?size=300");
    let mut seen = 0;
    for customer in page["items"].as_array().unwrap().iter().rev().take(200) {
        let id = customer["id"].as_str().unwrap();
        if SENTINELS.iter().any(|sentinel| sentinel.id == id) {
            continue;
        }
        let (_, company) = get(&mut sandbox, &format!("/v1/customers/{id}/profiles/company"));
        let needed = ["AE", "BR"].contains(&company["address"]["country"].as_str().unwrap());
        assert_eq!(company["organizationRegistrationNumber"].is_string(), needed);
        seen += usize::from(needed);
    }
    assert!(seen > 0);
}

#[test]
fn country_rules_are_found_in_any_case() {
    let (mut sandbox, _) = open(1);
    let (status, rules) = get(&mut sandbox, "/v1/countryvalidationrules/es");
    assert_eq!((status, &rules["iso2Code"]), (200, &json!("ES")));
    let (status, error) = get(&mut sandbox, "/v1/CountryValidationRules/UK");
    assert_eq!((status, &error["code"]), (404, &json!(1000)));
}

#[test]
fn a_domain_is_taken_or_free_without_a_word() {
    let (mut sandbox, _) = open(60);
    for (domain, status) in [(ODD[0].domain, 200), ("OFERTA-hoy.OnMicrosoft.com", 200), ("frei.example", 404)]
    {
        let response = sandbox.handle(&Request::new(Method::Head, format!("/v1/domains/{domain}")));
        assert_eq!((response.status, response.body.len()), (status, 0), "{domain}");
    }
}

#[test]
fn the_provider_has_resellers_and_no_provider() {
    let (mut sandbox, _) = open(1);
    for (kind, count) in [("IsIndirectCloudSolutionProviderOf", 6), ("is_indirect_reseller_of", 0)] {
        let (status, body) = get(&mut sandbox, &format!("/v1/relationships?relationship_type={kind}"));
        assert_eq!((status, &body["totalCount"]), (200, &json!(count)));
        assert!(body["links"].is_null());
    }
    let (_, body) =
        get(&mut sandbox, "/v1/relationships?relationship_type=IsIndirectCloudSolutionProviderOf");
    assert_eq!(body["items"][0]["relationshipType"], "is_indirect_cloud_solution_provider_of");
    assert_eq!(get(&mut sandbox, "/v1/relationships").0, 400);
}

#[test]
fn the_relationship_link_ends_in_a_fragment() {
    let (mut sandbox, _) = open(1);
    let reseller = "3E5E0000-0000-4000-8000-000000000001";
    let (_, body) =
        get(&mut sandbox, &format!("/v1/customers/relationshiprequests?indirectResellerId={reseller}"));
    let url = body["url"].as_str().unwrap();
    assert!(url.contains("invType=ResellerRelationship&partnerId=2f0c0000-0000-4000-8000-00000000000b"));
    assert!(url.contains(&format!("indirectResellerId={}", reseller.to_lowercase())));
    assert!(url.ends_with("#/BillingAccounts/partner-invitation"));
    assert_eq!(get(&mut sandbox, "/v1/customers/relationshiprequests?indirectResellerId=x").0, 400);
}

#[test]
fn subscriptions_are_found_by_id_and_order_without_case() {
    let (mut sandbox, _) = open(60);
    let (_, page) = get(&mut sandbox, "/v1/customers?size=60");
    let mut seen = 0;
    for customer in page["items"].as_array().unwrap() {
        let id = customer["id"].as_str().unwrap();
        if SENTINELS.iter().any(|sentinel| sentinel.id == id) {
            continue;
        }
        let (_, list) = get(&mut sandbox, &format!("/v1/customers/{id}/subscriptions"));
        for item in list["items"].as_array().unwrap() {
            seen += 1;
            let own = item["id"].as_str().unwrap().to_lowercase();
            assert_eq!(&get(&mut sandbox, &format!("/v1/customers/{id}/subscriptions/{own}")).1, item);
            let order = item["orderId"].as_str().unwrap().to_lowercase();
            let (_, of_order) =
                get(&mut sandbox, &format!("/v1/customers/{id}/subscriptions?order_id={order}"));
            assert_eq!(of_order["items"], json!([item]));
        }
        let (status, error) = get(&mut sandbox, &format!("/v1/customers/{id}/subscriptions/none"));
        assert_eq!((status, &error["code"]), (404, &json!(20003)));
    }
    assert!(seen > 50, "{seen}");
}

#[test]
fn entitlements_are_of_the_kind_asked_for() {
    let (mut sandbox, _) = open(200);
    let (_, page) = get(&mut sandbox, "/v1/customers?size=200");
    let mut seen = [0, 0];
    for customer in page["items"].as_array().unwrap() {
        let id = customer["id"].as_str().unwrap();
        if SENTINELS.iter().any(|sentinel| sentinel.id == id) {
            continue;
        }
        let mut of = |kind: &str| get(&mut sandbox, &format!("/v1/customers/{id}/entitlements{kind}")).1;
        let (all, reserved, software) =
            (of(""), of("?entitlementType=reservedInstance"), of("?entitlementType=software"));
        let count = |body: &serde_json::Value| body["items"].as_array().unwrap().len();
        assert_eq!(count(&all), count(&reserved) + count(&software));
        assert!(
            software["items"].as_array().unwrap().iter().all(|item| item["entitlementType"] == "software")
        );
        seen[0] += count(&reserved);
        seen[1] += count(&software);
    }
    assert!(seen[0] > 0 && seen[1] > 0, "{seen:?}");
    let id = id_of(&mut sandbox, "Cafés Peñalara SA");
    for kind in ["instance", "vouchers"] {
        let target = format!("/v1/customers/{id}/entitlements?entitlementType={kind}");
        assert_eq!(get(&mut sandbox, &target).0, 400, "{kind}");
    }
}

#[test]
fn audit_records_cover_a_month_and_at_most_ninety_days() {
    let (mut sandbox, _) = open(100);
    let dates = |body: &serde_json::Value| -> Vec<String> {
        body["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|r| r["operationDate"].as_str().unwrap()[..10].to_owned())
            .collect()
    };
    let (status, body) = get(&mut sandbox, "/v1/auditrecords?size=500");
    let month = dates(&body);
    assert_eq!(status, 200);
    assert!(
        month.len() > 50
            && month.iter().all(|day| day.as_str() >= "2026-01-03" && day.as_str() <= "2026-02-02")
    );
    assert!(month.is_sorted_by(|a, b| a >= b));
    let (_, week) =
        get(&mut sandbox, "/v1/auditrecords?startDate=2026-01-05&endDate=2026-01-11T00:00:00Z&size=500");
    assert!(dates(&week).iter().all(|day| day.as_str() >= "2026-01-05" && day.as_str() <= "2026-01-11"));
    assert_eq!(get(&mut sandbox, "/v1/auditrecords?startDate=2025-11-05").0, 200);
    for query in
        ["startDate=2025-11-03", "startDate=yesterday", "startDate=2026-02-01&endDate=2026-01-31", "filter=x"]
    {
        assert_eq!(get(&mut sandbox, &format!("/v1/auditrecords?{query}")).0, 400, "{query}");
    }
}

#[test]
fn audit_records_come_in_pages_and_can_be_filtered() {
    let (mut sandbox, _) = open(100);
    let (_, all) = get(&mut sandbox, "/v1/auditrecords?size=500&startDate=2026-01-10");
    let all = all["items"].as_array().unwrap().clone();
    let mut paged = Vec::new();
    let (_, mut page) = get(&mut sandbox, "/v1/auditrecords?size=31&startDate=2026-01-10");
    loop {
        paged.extend(page["items"].as_array().unwrap().iter().cloned());
        let Some(token) = page["continuationToken"].as_str() else { break };
        let request =
            Request::get("/v1/auditrecords?seekOperation=Next").with_header("MS-ContinuationToken", token);
        page = json(&sandbox.handle(&request));
    }
    assert!(all.len() > 62 && all.len() < 500, "{}", all.len());
    assert_eq!(paged, all);

    let filtered = |field: &str, value: &str, operator: &str| {
        let filter = json!({ "Field": field, "Value": value, "Operator": operator }).to_string();
        format!("/v1/auditrecords?size=500&filter={}", sandbox::core::query::percent_encode(&filter))
    };
    let id = all[0]["customerId"].as_str().unwrap();
    let name = all[0]["customerName"].as_str().unwrap();
    let middle: String = name.chars().skip(1).take(5).collect::<String>().to_uppercase();
    for (target, member, expected) in [
        (filtered("CustomerId", &id.to_uppercase(), "equals"), "customerId", id),
        (filtered("ResourceType", "CustomerUser", "equals"), "resourceType", "customer_user"),
    ] {
        let (_, body) = get(&mut sandbox, &target);
        let items = body["items"].as_array().unwrap();
        assert!(!items.is_empty() && items.iter().all(|item| item[member] == expected), "{target}");
    }
    let (_, body) = get(&mut sandbox, &filtered("CompanyName", &middle, "substring"));
    assert!(body["items"].as_array().unwrap().iter().any(|item| item["customerName"] == name));
}
