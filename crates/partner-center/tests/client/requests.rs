//! What each call asks for.

use crate::support::*;
use partner_center::{
    AuditFilter, AuditQuery, CustomerFilter, CustomerQuery, ErrorKind, Method, PartnerId,
    PartnerRelationshipType, RelationshipRequestQuery, Timestamp,
};

/// The one request that was sent, as method, template and path.
fn only_request(world: &World) -> (Method, &'static str, String) {
    let [request] = world.sent().try_into().unwrap();
    (request.method, request.route, request.path)
}

fn customers_path(query: &CustomerQuery) -> String {
    let world = World::new([ok("[]")]);
    done(world.client.customers(query).next()).unwrap().unwrap();
    only_request(&world).2
}

fn audit_path(query: &AuditQuery) -> String {
    let world = World::new([ok("[]")]);
    done(world.client.audit_records(query).next()).unwrap().unwrap();
    only_request(&world).2
}

#[test]
fn pages_of_customers_stay_within_the_services_limit() {
    for (page_size, sent) in [(0, 1), (1, 1), (20, 20), (500, 500), (501, 500), (u16::MAX, 500)] {
        let query = CustomerQuery { page_size, filter: None };
        assert_eq!(customers_path(&query), format!("/customers?size={sent}"));
    }
}

#[test]
fn filters_of_customers_are_encoded_json() {
    let reseller = PartnerId::parse("1f0c0000-0000-4000-8000-00000000000a").unwrap();
    for (filter, field, value) in [
        (CustomerFilter::CompanyName(r#"100% "Ñ" \ 🙂"#.to_owned()), "CompanyName", r#"100% \"Ñ\" \\ 🙂"#),
        (CustomerFilter::Domain("harborlight.".to_owned()), "Domain", "harborlight."),
        (CustomerFilter::IndirectReseller(reseller.clone()), "IndirectReseller", reseller.as_str()),
        (
            CustomerFilter::IndirectCloudSolutionProvider(reseller.clone()),
            "IndirectCloudSolutionProvider",
            reseller.as_str(),
        ),
    ] {
        let path = customers_path(&CustomerQuery { page_size: 50, filter: Some(filter) });
        let json = format!(r#"{{"Field":"{field}","Value":"{value}","Operator":"starts_with"}}"#);
        assert_eq!(path, format!("/customers?size=50&filter={}", partner_center::encode(&json)));
    }
}

#[test]
fn audit_records_are_asked_for_by_day() {
    let day = |text| Timestamp::parse(text);
    let query = AuditQuery {
        start: day("2026-10-01T23:59:59Z"),
        end: day("2026-11-01"),
        page_size: 1000,
        filter: Some(AuditFilter::Customer(customer_id())),
    };
    let json = format!(r#"{{"Field":"CustomerId","Value":"{CUSTOMER}","Operator":"equals"}}"#);
    let filter = partner_center::encode(&json);
    let expected = format!("/auditrecords?startDate=2026-10-01&endDate=2026-11-01&size=500&filter={filter}");
    assert_eq!(audit_path(&query), expected);
    assert_eq!(audit_path(&AuditQuery::default()), "/auditrecords");
    for (filter, start) in [
        (
            AuditFilter::CompanyName("light".to_owned()),
            r#"{"Field":"CompanyName","Value":"light","Operator":"substring"}"#,
        ),
        (
            AuditFilter::ResourceType("customer".to_owned()),
            r#"{"Field":"ResourceType","Value":"customer","Operator":"equals"}"#,
        ),
    ] {
        let path = audit_path(&AuditQuery { filter: Some(filter), ..AuditQuery::default() });
        assert!(path.contains(&partner_center::encode(start)), "{path}");
    }
}

#[test]
fn single_resources_are_asked_for_by_id() {
    let id = &customer_id();
    let body = format!(r#"{{"id":"{CUSTOMER}"}}"#);
    let expect = |route: &'static str, rest: &str, world: &World| {
        assert_eq!(only_request(world), (Method::Get, route, format!("/customers/{CUSTOMER}{rest}")));
    };
    let world = World::new([ok(&body)]);
    done(world.client.customer(id)).unwrap();
    expect("customers/{id}", "", &world);
    let world = World::new([ok(&body)]);
    done(world.client.company_profile(id)).unwrap();
    expect("customers/{id}/profiles/company", "/profiles/company", &world);
    let world = World::new([ok(&body)]);
    done(world.client.billing_profile(id)).unwrap();
    expect("customers/{id}/profiles/billing", "/profiles/billing", &world);
    let world = World::new([ok("[]")]);
    done(world.client.subscriptions(id).next()).unwrap().unwrap();
    expect("customers/{id}/subscriptions", "/subscriptions", &world);
}

#[test]
fn names_in_paths_are_encoded() {
    let world = World::new([ok("{}")]);
    done(world.client.country_rules("../E S?")).unwrap();
    let path = "/countryvalidationrules/..%2FE%20S%3F".to_owned();
    assert_eq!(only_request(&world), (Method::Get, "countryvalidationrules/{code}", path));
}

#[test]
fn a_domain_is_taken_or_free_or_nobody_knows() {
    for (reply, taken) in
        [(status(200, ""), Ok(true)), (status(404, ""), Ok(false)), (status(403, ""), Err(()))]
    {
        let world = World::new([reply]);
        assert_eq!(done(world.client.domain_taken("a/b.onmicrosoft.com")).map_err(|_| ()), taken);
        let path = "/domains/a%2Fb.onmicrosoft.com".to_owned();
        assert_eq!(only_request(&world), (Method::Head, "domains/{domain}", path));
    }
}

#[test]
fn relationships_are_asked_for_by_type() {
    for (kind, path) in [
        (
            PartnerRelationshipType::IsIndirectCloudSolutionProviderOf,
            "/relationships?relationship_type=IsIndirectCloudSolutionProviderOf",
        ),
        (
            PartnerRelationshipType::IsIndirectResellerOf,
            "/relationships?relationship_type=IsIndirectResellerOf",
        ),
        (PartnerRelationshipType::Unknown, "/relationships"),
    ] {
        let world = World::new([ok("[]")]);
        done(world.client.relationships(kind).next()).unwrap().unwrap();
        assert_eq!(only_request(&world).2, path);
    }
}

#[test]
fn a_relationship_link_is_an_https_link_and_never_raw() {
    let link =
        "https://admin.microsoft.com/?invType=ResellerRelationship&partnerId=2f0c&DAP=false#/BillingAccounts";
    let ask = |url: &str, query: &RelationshipRequestQuery| {
        let world = World::new([ok(serde_json::json!({ "url": url }).to_string())]);
        let answer = done(world.client.relationship_request(query));
        (answer.map(|request| request.url).map_err(|error| error.kind), only_request(&world).2)
    };
    let query = RelationshipRequestQuery::default();
    let path = "/customers/relationshiprequests".to_owned();
    assert_eq!(ask(link, &query), (Ok(link.to_owned()), path.clone()));
    assert_eq!(ask(&link.replace('&', "&amp;"), &query), (Ok(link.to_owned()), path.clone()));
    for url in ["javascript:alert(1)", "http://admin.microsoft.com/", ""] {
        assert_eq!(ask(url, &query), (Err(ErrorKind::Unreadable), path.clone()));
    }

    let reseller = PartnerId::parse("1f0c0000-0000-4000-8000-00000000000a");
    let provider = PartnerId::parse("2f0c0000-0000-4000-8000-00000000000b");
    let query = RelationshipRequestQuery {
        indirect_cloud_solution_provider_id: provider,
        indirect_reseller_id: reseller,
    };
    let expected = "/customers/relationshiprequests\
        ?indirectCloudSolutionProviderId=2f0c0000-0000-4000-8000-00000000000b\
        &indirectResellerId=1f0c0000-0000-4000-8000-00000000000a";
    assert_eq!(ask(link, &query).1, expected);
}
