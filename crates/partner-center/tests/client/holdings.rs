//! Agreements, entitlements and a customer's partners as the service writes them, and how they are asked for.

use crate::support::*;
use partner_center::{
    AgreementType, Entitlement, EntitlementType, ErrorKind, PartnerRelationshipType, Timestamp,
};
use serde_json::{Value, json};

const TEMPLATE: &str = "11112222-3333-4444-8555-666677778888";

fn entitlement(body: &Value) -> Entitlement {
    let world = World::new([ok(json!({ "items": [body] }).to_string())]);
    let mut pages = world.client.entitlements(&customer_id(), EntitlementType::Unknown);
    done(pages.next()).unwrap().unwrap().items.pop().unwrap()
}

#[test]
fn agreements_are_read_with_and_without_their_contact() {
    let world = World::new([ok(json!({ "totalCount": 2, "items": [
        { "userId": "u", "primaryContact": { "firstName": "Ines", "lastName": "Roca",
            "email": "owner@harborlight.example", "phoneNumber": null }, "templateId": TEMPLATE.to_uppercase(),
          "dateAgreed": "2026-02-01T00:00:00.0000000+00:00", "type": "MicrosoftCustomerAgreement",
          "agreementLink": "https://docs.example/mca" },
        { "templateId": TEMPLATE, "type": "SomethingNewer", "dateAgreed": "?" },
        { "type": "MicrosoftCloudAgreement" }
    ] })
    .to_string())]);
    let page = done(world.client.agreements(&customer_id(), AgreementType::Unknown).next()).unwrap().unwrap();
    assert_eq!(page.skipped, 1, "an agreement to nothing is none");
    let [full, sparse] = page.items.try_into().unwrap();
    assert_eq!(full.template_id, sparse.template_id, "ids compare without case");
    assert_eq!(full.agreement_type, AgreementType::MicrosoftCustomerAgreement);
    assert_eq!(full.date_agreed, Timestamp::parse("2026-02-01"));
    assert_eq!((full.user_id.as_deref(), full.agreement_link.is_some()), (Some("u"), true));
    let contact = full.primary_contact.unwrap();
    assert_eq!((contact.first_name.as_str(), contact.last_name.as_str()), ("Ines", "Roca"));
    assert_eq!((contact.email.as_str(), contact.phone_number), ("owner@harborlight.example", None));
    assert_eq!((sparse.agreement_type, sparse.date_agreed), (AgreementType::Unknown, None));
    assert_eq!(sparse.primary_contact, None);
}

#[test]
fn agreements_of_one_kind_or_all_are_asked_for_by_name() {
    for (kind, sent) in [
        (AgreementType::MicrosoftCustomerAgreement, "MicrosoftCustomerAgreement"),
        (AgreementType::MicrosoftCloudAgreement, "MicrosoftCloudAgreement"),
        (AgreementType::Unknown, "%2A"),
    ] {
        let world = World::new([ok("[]"), ok("[]")]);
        done(world.client.agreements(&customer_id(), kind).next()).unwrap().unwrap();
        done(world.client.agreement_templates(kind).next()).unwrap().unwrap();
        let expected = [
            format!("/customers/{CUSTOMER}/agreements?agreementType={sent}"),
            format!("/agreements?agreementType={sent}"),
        ];
        assert_eq!(world.paths(), expected);
    }
}

#[test]
fn agreement_templates_are_read() {
    let world =
        World::new([ok(json!([{ "templateId": TEMPLATE, "agreementType": "MicrosoftCustomerAgreement",
        "agreementLink": "https://docs.example/mca", "versionRank": "3" }])
        .to_string())]);
    let page = done(world.client.agreement_templates(AgreementType::Unknown).next()).unwrap().unwrap();
    let template = &page.items[0];
    assert_eq!(template.agreement_type, AgreementType::MicrosoftCustomerAgreement);
    assert_eq!((template.version_rank, template.template_id.as_str()), (Some(3), TEMPLATE));
    assert_eq!(template.agreement_link.as_deref(), Some("https://docs.example/mca"));
}

#[test]
fn an_agreement_is_signed_directly_or_not_or_nobody_knows() {
    for (body, expected) in [
        (r#"{"isSigned":true}"#, Ok(true)),
        ("\u{feff}{\"IsSigned\":false}", Ok(false)),
        (r#"{"isSigned":"True"}"#, Ok(true)),
        ("{}", Err(ErrorKind::Unreadable)),
        (r#"{"isSigned":null}"#, Err(ErrorKind::Unreadable)),
        (r#"{"isSigned":"perhaps"}"#, Err(ErrorKind::Unreadable)),
        ("[]", Err(ErrorKind::Unreadable)),
    ] {
        let world = World::new([ok(body)]);
        let signed = done(world.client.direct_signed_agreement_status(&customer_id()));
        assert_eq!(signed.map_err(|error| error.kind), expected, "{body}");
        let path = format!("/customers/{CUSTOMER}/directSignedMicrosoftCustomerAgreementStatus");
        assert_eq!(world.paths(), [path]);
    }
}

#[test]
fn entitlements_are_read_in_every_spelling_of_their_kind() {
    let reservation = entitlement(&json!({
        "referenceOrder": { "id": "a1b2c3", "lineItemId": 0, "alternateId": "alt" }, "productId": "DZH318Z0BQ4B",
        "skuId": "0001", "quantity": 2, "quantityDetails": [{ "quantity": 2, "status": "Successful" }],
        "entitlementType": "virtualMachineReservedInstance", "expiryDate": "2027-02-03T09:10:11.71Z",
        "fulfillmentState": "fulfilled", "entitledArtifacts": [{ "artifactType": "?" }], "includedEntitlements": []
    }));
    assert_eq!(reservation.entitlement_type, EntitlementType::VirtualMachineReservedInstance);
    assert_eq!(
        (reservation.product_id.as_str(), reservation.sku_id.as_deref()),
        ("DZH318Z0BQ4B", Some("0001"))
    );
    assert_eq!((reservation.quantity, reservation.quantity_details[0].quantity), (Some(2), Some(2)));
    assert_eq!(reservation.quantity_details[0].status, "Successful");
    assert_eq!(reservation.expiry_date, Timestamp::parse("2027-02-03T09:10:11.710Z"));
    assert_eq!(reservation.fulfillment_state.as_deref(), Some("fulfilled"));
    let order = reservation.reference_order.unwrap();
    assert_eq!((order.id.as_str(), order.line_item_id.as_deref()), ("a1b2c3", Some("0")));
    assert_eq!(order.alternate_id.as_deref(), Some("alt"));

    for (text, kind) in [
        ("VirtualMachineReservedInstance", EntitlementType::VirtualMachineReservedInstance),
        ("virtual_machine_reserved_instance", EntitlementType::VirtualMachineReservedInstance),
        ("reservedInstance", EntitlementType::VirtualMachineReservedInstance),
        ("Software", EntitlementType::Software),
        ("savingsPlan", EntitlementType::Unknown),
    ] {
        assert_eq!(entitlement(&json!({ "entitlementType": text })).entitlement_type, kind, "{text}");
    }
    // Whatever it is, it may stand in the way of ending a relationship: it is not skipped.
    assert_eq!(entitlement(&json!({})).quantity, None);
}

#[test]
fn entitlements_are_asked_for_by_kind_and_with_their_ends() {
    for (kind, sent) in [
        (EntitlementType::VirtualMachineReservedInstance, "entitlementType=reservedInstance&"),
        (EntitlementType::Software, "entitlementType=software&"),
        (EntitlementType::Unknown, ""),
    ] {
        let world = World::new([ok("[]")]);
        done(world.client.entitlements(&customer_id(), kind).next()).unwrap().unwrap();
        assert_eq!(world.paths(), [format!("/customers/{CUSTOMER}/entitlements?{sent}showExpiry=true")]);
    }
}

#[test]
fn the_partners_of_a_customer_are_read() {
    let world = World::new([ok(
        r#"{"items":[{"id":"1f0c0000-0000-4000-8000-00000000000a","name":"Northbrook",
        "relationshipType":"is_indirect_reseller_of","state":"Active","mpnId":"700001","location":"ES"}]}"#,
    )]);
    let page = done(world.client.reseller_relationships_of(&customer_id()).next()).unwrap().unwrap();
    assert_eq!(page.items[0].relationship_type, PartnerRelationshipType::IsIndirectResellerOf);
    assert_eq!(world.paths(), [format!("/customers/{CUSTOMER}/relationships")]);
}
