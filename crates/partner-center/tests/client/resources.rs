//! Resources as the service writes them.

use crate::support::*;
use partner_center::{
    AgentRole, AuditQuery, BillingType, Customer, OperationStatus, PartnerKind, PartnerRelationshipType,
    RelationshipToPartner, Session, Subscription, SubscriptionStatus, Timestamp,
};
use serde_json::{Value, json};

fn customer(body: impl AsRef<[u8]>) -> Customer {
    done(World::new([ok(body)]).client.customer(&customer_id())).unwrap()
}

fn subscription(body: &Value) -> Subscription {
    let world = World::new([ok(json!({ "items": [body] }).to_string())]);
    let mut page = done(world.client.subscriptions(&customer_id()).next()).unwrap().unwrap();
    page.items.pop().expect("the subscription is skipped")
}

const FULL: &str = r#"{"id":"7c1f3f52-0a5e-4d0b-9c2f-2f4f6a1b9e01","commerceId":"b2a4c6d8-1111-4222-8333-9444a5555b66",
 "companyProfile":{"tenantId":"7c1f3f52-0a5e-4d0b-9c2f-2f4f6a1b9e01","domain":"harborlight.onmicrosoft.com",
   "companyName":"Panadería Ñandú 🥖","address":{"country":"ES","city":"Murcia","addressLine1":"Calle Mayor 12"},
   "email":"owner@harborlight.example","links":{"self":{"uri":"/customers/7c1f"}},
   "attributes":{"objectType":"CustomerCompanyProfile"}},
 "billingProfile":{"id":"0d9e8f70-aaaa-4bbb-8ccc-1dddeee2fff3","email":"owner@harborlight.example","culture":"es-ES",
   "language":"es","companyName":"Harborlight Bakery","defaultAddress":{"country":"ES","postalCode":30001,
   "firstName":"Ines","lastName":"Roca","region":null},
   "attributes":{"etag":"-4417002093317754021","objectType":"CustomerBillingProfile"}},
 "relationshipToPartner":"reseller","allowDelegatedAccess":true,"customDomains":["harborlight.example"],
 "attributes":{"objectType":"Customer"}}"#;

#[test]
fn a_full_customer_is_read() {
    let customer = customer(FULL);
    assert_eq!(customer.id, customer_id());
    assert_eq!(customer.relationship_to_partner, RelationshipToPartner::Reseller);
    assert_eq!(customer.allow_delegated_access, Some(true));
    assert_eq!(customer.custom_domains, ["harborlight.example"]);
    assert_eq!(customer.company_profile.company_name, "Panadería Ñandú 🥖");
    assert_eq!(customer.company_profile.address.unwrap().city.as_deref(), Some("Murcia"));
    let billing = customer.billing_profile.unwrap();
    assert_eq!(billing.id, "0d9e8f70-aaaa-4bbb-8ccc-1dddeee2fff3");
    assert_eq!(billing.attributes.etag.as_deref(), Some("-4417002093317754021"));
    let address = billing.default_address.unwrap();
    assert_eq!((address.postal_code.as_deref(), address.region), (Some("30001"), None));
}

#[test]
fn a_customer_of_a_list_has_little_and_is_read_all_the_same() {
    let customer = customer(
        r#"{"id":"7C1F3F52-0A5E-4D0B-9C2F-2F4F6A1B9E01","companyProfile":{"companyName":"Harborlight"}}"#,
    );
    assert_eq!(customer.id, customer_id(), "ids compare without case");
    assert_eq!(customer.company_profile.company_name, "Harborlight");
    assert_eq!(customer.company_profile.domain, "");
    assert_eq!((customer.billing_profile, customer.allow_delegated_access), (None, None));
    assert_eq!(customer.relationship_to_partner, RelationshipToPartner::Unknown);
    // A profile without its members is as good as none.
    assert_eq!(self::customer(r#"{"id":"x","companyProfile":"?"}"#).company_profile.company_name, "");
}

#[test]
fn byte_order_mark_case_of_names_and_nulls_make_no_difference() {
    let expected = customer(FULL);
    assert_eq!(customer(format!("\u{feff}{FULL}")), expected);
    for name in
        ["companyProfile", "tenantId", "domain", "companyName", "billingProfile", "defaultAddress", "etag"]
    {
        let upper = FULL.replace(name, &format!("{}{}", name[..1].to_uppercase(), &name[1..]));
        assert_eq!(customer(upper), expected, "{name}");
        assert_eq!(customer(FULL.replace(name, &name.to_lowercase())), expected, "{name}");
    }
    let nulls = FULL.replace(
        r#""attributes":{"objectType":"Customer"}"#,
        r#""userCredentials":null,"associatedPartnerId":null,"Id":null"#,
    );
    assert_eq!(customer(nulls), expected);
}

#[test]
fn every_kind_of_subscription_is_read() {
    let new_commerce = subscription(&json!({
        "id": "5e7b0c11-2222-4333-8444-a5b5c5d5e5f5", "offerId": "DZH318Z0BXWC:0001:DZH318Z0BMJX",
        "offerName": "Demo Mail Basic", "productType": { "id": "OnlineServicesNCE", "displayName": "OnlineServicesNCE" },
        "quantity": 12, "unitType": "License(s)", "creationDate": "2026-02-03T09:10:11.71Z",
        "effectiveStartDate": "2026-02-03T00:00:00.0000000+00:00", "commitmentEndDate": "9999-12-14T00:00:00Z",
        "cancellationAllowedUntilDate": "2026-02-09T17:00:00-07:00", "status": "active", "autoRenewEnabled": true,
        "isTrial": false, "billingType": "license", "billingCycle": "monthly", "termDuration": "P1Y", "partnerId": "",
        "refundOptions": [{ "type": "Full", "expiresAt": "2026-02-10T00:00:00Z" }, { "type": "Partial" }],
        "actions": ["edit", "cancel", 7.5], "attributes": { "etag": "", "objectType": "Subscription" }
    }));
    assert_eq!(new_commerce.quantity, Some(12));
    assert_eq!(new_commerce.status, SubscriptionStatus::Active);
    assert_eq!(new_commerce.billing_type, BillingType::License);
    assert_eq!(new_commerce.creation_date, Timestamp::parse("2026-02-03T09:10:11.710Z"));
    assert_eq!(new_commerce.effective_start_date, Timestamp::parse("2026-02-03"));
    assert!(new_commerce.commitment_end_date.unwrap().is_no_end());
    assert_eq!(new_commerce.cancellation_allowed_until_date, Timestamp::parse("2026-02-10"));
    assert_eq!(new_commerce.attributes.etag.as_deref(), Some(""));
    assert!(new_commerce.suspension_reasons.is_empty());
    assert_eq!(new_commerce.refund_options[0].expires_at, Timestamp::parse("2026-02-10"));
    assert_eq!(new_commerce.refund_options[1].refund_type, "Partial");
    assert_eq!(new_commerce.actions, ["edit", "cancel"]);

    let legacy = subscription(&json!({
        "id": "5E7B0C11-2222-4333-8444-A5B5C5D5E5F6", "offerId": "A0B1C2D3-0000-4000-8000-000000000001",
        "quantity": "3", "status": "suspended", "suspensionReasons": ["CustomerCancellation"],
        "creationDate": "yesterday", "productType": null, "parentSubscriptionId": null
    }));
    assert_eq!((legacy.quantity, legacy.product_type, legacy.creation_date), (Some(3), None, None));
    assert_eq!(legacy.status, SubscriptionStatus::Suspended);
    assert_eq!(legacy.suspension_reasons, ["CustomerCancellation"]);
    assert_eq!(legacy.parent_subscription_id, None);
}

#[test]
fn unknown_values_are_unknown_and_no_error() {
    for (text, status) in [
        ("none", SubscriptionStatus::None),
        ("Active", SubscriptionStatus::Active),
        ("pending", SubscriptionStatus::Pending),
        ("expired", SubscriptionStatus::Expired),
        ("disabled", SubscriptionStatus::Disabled),
        ("canceled", SubscriptionStatus::Canceled),
        ("DELETED", SubscriptionStatus::Deleted),
        ("half_asleep", SubscriptionStatus::Unknown),
        ("", SubscriptionStatus::Unknown),
    ] {
        assert_eq!(subscription(&json!({ "id": "x", "status": text })).status, status, "{text}");
    }
    assert_eq!(subscription(&json!({ "id": "x", "status": 7 })).status, SubscriptionStatus::Unknown);
    assert_eq!(SubscriptionStatus::Unknown.as_str(), "unknown");
    let customer = customer(r#"{"id":"x","relationshipToPartner":"MicrosoftSupport"}"#);
    assert_eq!(customer.relationship_to_partner, RelationshipToPartner::MicrosoftSupport);
}

#[test]
fn country_rules_are_read_with_and_without_their_optional_members() {
    let rules = |body: &str| done(World::new([ok(body)]).client.country_rules("ES")).unwrap();
    let recorded = rules(
        r#"{"iso2Code":"ES","defaultCulture":"es-ES","isStateRequired":false,"supportedStatesList":[],
        "supportedLanguagesList":["es","en"],"supportedCulturesList":["es-ES"],"isPostalCodeRequired":true,
        "postalCodeRegex":"^\\d{5,5}$","isCityRequired":true,"isVatIdSupported":true,"isTaxIdSupported":false,
        "isTaxIdOptional":true,"countryCallingCodesList":["34"],"customerOrganizationRegistrationNumberRequired":true}"#,
    );
    assert_eq!(recorded.iso2_code, "ES");
    assert!(recorded.supported_states.is_empty() && !recorded.is_state_required);
    assert_eq!(recorded.postal_code_regex.as_deref(), Some(r"^\d{5,5}$"));
    assert_eq!(recorded.country_calling_codes, ["34"]);
    assert_eq!((recorded.tax_id_sample, recorded.phone_number_regex), (None, None));
    assert_eq!(recorded.is_registration_number_required, Some(true));
    assert_eq!(recorded.is_phone_number_required, None);
    let bare = rules("{}");
    assert!(!bare.is_city_required && bare.supported_cultures.is_empty());
}

#[test]
fn relationships_and_audit_records_are_read() {
    let world = World::new([ok(r#"{"totalCount":5,"items":[{"id":"1f0c0000-0000-4000-8000-00000000000a",
        "name":"Northbrook Cloud","relationshipType":"is_indirect_cloud_solution_provider_of","state":"Active",
        "mpnId":700001,"location":"ES"}],"attributes":{"objectType":"Collection"}}"#)]);
    let kind = PartnerRelationshipType::IsIndirectCloudSolutionProviderOf;
    let page = done(world.client.relationships(kind).next()).unwrap().unwrap();
    assert_eq!((page.items[0].relationship_type, page.items[0].mpn_id.as_deref()), (kind, Some("700001")));

    let world = World::new([ok(r#"{"items":[{"id":"2f0c_7c1f_addcustomer_638900000000000000",
        "customerId":"7C1F3F52-0A5E-4D0B-9C2F-2F4F6A1B9E01","resourceType":"customer","resourceNewValue":"{\"a\":1}",
        "operationType":"add_customer","operationDate":"2026-02-03T09:10:12Z","operationStatus":"succeeded",
        "customizedData":[{"key":"PrimaryDomainName","value":"harborlight.onmicrosoft.com"},null]}]}"#)]);
    let page = done(world.client.audit_records(&AuditQuery::default()).next()).unwrap().unwrap();
    let record = &page.items[0];
    assert_eq!(record.customer_id, Some(customer_id()));
    assert_eq!(record.operation_status, OperationStatus::Succeeded);
    assert_eq!(record.resource_new_value.as_deref(), Some(r#"{"a":1}"#));
    assert_eq!(record.customized_data.len(), 1);
    assert_eq!(record.customized_data[0].value, "harborlight.onmicrosoft.com");
}

#[test]
fn what_is_not_known_of_a_session_stays_unknown() {
    let session = |reply| done(World::new([reply]).client.session()).unwrap();
    let full = session(ok(r#"{"partner":{"id":"2f0c0000-0000-4000-8000-00000000000b","name":"Southgate IT",
        "kind":"IndirectProvider"},"agent":{"id":"a","displayName":"Pau Vidal","userPrincipalName":"pau@southgate.example"},
        "roles":["AdminAgent","SalesAgent","Juggler"],"cloud":"global"}"#));
    let partner = full.partner.unwrap();
    assert_eq!((partner.name.as_str(), partner.kind), ("Southgate IT", PartnerKind::IndirectProvider));
    assert_eq!(full.agent.unwrap().display_name, "Pau Vidal");
    assert_eq!(full.roles.unwrap(), [AgentRole::AdminAgent, AgentRole::SalesAgent, AgentRole::Unknown]);

    let little = session(ok(r#"{"partner":{"name":"Southgate IT"},"roles":[]}"#));
    assert_eq!(little.partner.unwrap().kind, PartnerKind::Unknown);
    assert_eq!(
        (little.agent, little.roles),
        (None, Some(vec![])),
        "no roles is not the same as unknown roles"
    );
    assert_eq!(session(ok("{}")), Session::UNKNOWN);
    assert_eq!(session(status(404, "")), Session::UNKNOWN);
    assert!(done(World::new([status(401, "")]).client.session()).is_err());
}
