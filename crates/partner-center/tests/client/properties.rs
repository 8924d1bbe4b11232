//! What holds for all answers.

use crate::support::*;
use partner_center::{AgreementType, Customer, CustomerQuery, EntitlementType, Response, UserId, UserQuery};
use proptest::{prelude::*, test_runner::RngSeed};
use serde_json::{Map, Value, json};

/// Any bytes, bytes that begin like JSON, and JSON of any shape with the names that the client looks for.
fn body() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..200),
        r#"(\u{feff})?[\[{"][\[\]{}":,a-z0-9\\ ]{0,60}"#.prop_map(String::into_bytes),
        value().prop_map(|value| value.to_string().into_bytes()),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let name = prop::sample::select(vec![
        "items",
        "Items",
        "id",
        "links",
        "next",
        "uri",
        "headers",
        "key",
        "value",
        "continuationToken",
        "code",
        "description",
        "data",
        "parameters",
        "isRetryable",
        "companyProfile",
        "status",
        "creationDate",
        "quantity",
        "productSku",
        "templateId",
        "isSigned",
    ]);
    let text = prop_oneof![".{0,12}", Just("MS-ContinuationToken".to_owned()), Just("/customers".to_owned())];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text.prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 40, 5, move |inner| {
        let members = prop::collection::vec((name.clone().prop_map(str::to_owned), inner.clone()), 0..6);
        prop_oneof![
            prop::collection::vec(inner, 0..5).prop_map(Value::from),
            members.prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn customer(id: &str, company: &str, domain: &str, etag: &str) -> Value {
    json!({
        "id": id, "commerceId": "c", "allowDelegatedAccess": true, "relationshipToPartner": "advisor",
        "companyProfile": { "tenantId": id, "domain": domain, "companyName": company, "email": null },
        "billingProfile": { "id": "b", "companyName": company, "attributes": { "etag": etag },
            "defaultAddress": { "country": "ES", "addressLine1": company, "phoneNumber": "1" } },
        "customDomains": [domain],
    })
}

/// The value with the letters of its names in upper case where `flips` says so.
fn respelled(value: &Value, flips: &mut impl Iterator<Item = bool>) -> Value {
    match value {
        Value::Array(items) => items.iter().map(|item| respelled(item, flips)).collect(),
        Value::Object(members) => {
            let mut spelled = Map::new();
            for (name, value) in members {
                let flip = |c: char| if flips.next() == Some(true) { c.to_ascii_uppercase() } else { c };
                let name = name.chars().map(flip).collect();
                spelled.insert(name, respelled(value, flips));
            }
            Value::Object(spelled)
        }
        plain => plain.clone(),
    }
}

fn read(value: &Value) -> Customer {
    done(World::new([ok(value.to_string())]).client.customer(&customer_id())).unwrap()
}

/// Properties are tried with the same values in every run.
fn seeded() -> ProptestConfig {
    ProptestConfig { rng_seed: RngSeed::Fixed(2), failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(seeded())]

    #[test]
    fn no_answer_panics(status in 0u16..=999, body in body(), header in ".{0,40}") {
        let headers = ["retry-after", "www-authenticate", "date"].map(|name| (name.to_owned(), header.clone()));
        let reply = Ok(Response { status, reason: header, headers: headers.to_vec(), body });
        let world = World::new(vec![reply; 90]);
        let client = &world.client;
        let _ = done(client.customer(&customer_id()));
        let _ = done(client.session());
        let _ = done(client.country_rules("ES"));
        let _ = done(client.domain_taken("a.example"));
        let mut pages = client.customers(&CustomerQuery::default());
        let _ = (done(pages.next()), done(pages.next()), done(pages.next()));
        let _ = done(client.subscriptions(&customer_id()).next());
        let _ = done(client.users(&customer_id(), &UserQuery::default()).next());
        let _ = done(client.user(&customer_id(), &UserId::parse(CUSTOMER).unwrap()));
        let _ = done(client.user_licenses(&customer_id(), &UserId::parse(CUSTOMER).unwrap()).next());
        let _ = done(client.subscribed_skus(&customer_id()).next());
        let _ = done(client.agreements(&customer_id(), AgreementType::Unknown).next());
        let _ = done(client.agreement_templates(AgreementType::Unknown).next());
        let _ = done(client.direct_signed_agreement_status(&customer_id()));
        let _ = done(client.entitlements(&customer_id(), EntitlementType::Unknown).next());
    }

    #[test]
    fn the_spelling_of_names_makes_no_difference(
        company in ".{0,20}", domain in "[a-z.]{0,20}", etag in ".{0,9}", flips: [u64; 4], bom: bool
    ) {
        let value = customer(CUSTOMER, &company, &domain, &etag);
        let mut bits = flips.iter().flat_map(|word| (0..64).map(move |bit| word >> bit & 1 == 1)).cycle();
        let spelled = respelled(&value, &mut bits);
        let expected = read(&value);
        prop_assert_eq!(&expected.company_profile.company_name, &company);
        prop_assert_eq!(read(&spelled), expected.clone());
        let body = format!("{}{spelled}", if bom { "\u{feff}" } else { "" });
        let again = done(World::new([ok(body)]).client.customer(&customer_id())).unwrap();
        prop_assert_eq!(again, expected);
    }

    #[test]
    fn every_item_of_every_page_comes_once_and_in_order(sizes in prop::collection::vec(0usize..4, 1..6)) {
        let mut number = 0;
        let last = sizes.len() - 1;
        let script = sizes.iter().enumerate().map(|(page, size)| {
            let items: Vec<_> = (0..*size).map(|_| { number += 1; json!({ "id": number.to_string() }) }).collect();
            let next = json!({ "uri": "/customers?seekOperation=Next",
                "headers": [{ "key": "MS-ContinuationToken", "value": page.to_string() }] });
            let links = if page == last { json!({}) } else { json!({ "next": next }) };
            ok(json!({ "items": items, "links": links }).to_string())
        }).collect::<Vec<_>>();
        let world = World::new(script);
        let mut pages = world.client.customers(&CustomerQuery::default());
        let mut came = Vec::new();
        while let Some(page) = done(pages.next()) {
            came.extend(page.unwrap().items.into_iter().map(|customer| customer.id.to_string()));
        }
        let expected: Vec<_> = (1..=number).map(|number| number.to_string()).collect();
        prop_assert_eq!(came, expected);
        prop_assert_eq!(world.left(), 0);
    }
}
