//! Agreements: the texts, who has agreed, who has signed.

use serde_json::{Value, json};

use super::{customers, get, id_of, items, open};

#[test]
fn templates_are_of_the_type_asked_for() {
    let (mut sandbox, _) = open(1);
    let mut types = |query: &str| -> Vec<Value> {
        let (status, body) = get(&mut sandbox, &format!("/v1/agreements{query}"));
        assert_eq!(status, 200, "{query}");
        items(&body).iter().map(|template| template["agreementType"].clone()).collect()
    };
    let (customer, cloud) = (json!("MicrosoftCustomerAgreement"), json!("MicrosoftCloudAgreement"));
    assert_eq!(types("?agreementType=*"), [customer.clone(), cloud.clone()]);
    assert_eq!(types("?agreementType=microsoftCustomerAgreement"), [customer]);
    // As before there was more than one.
    assert_eq!(types(""), std::slice::from_ref(&cloud));
    assert_eq!(types("?agreementType="), [cloud]);
    let (status, body) = get(&mut sandbox, "/v1/agreements?agreementType=Handshake");
    assert_eq!((status, &body["code"]), (400, &json!(3000)));
}

#[test]
fn some_customers_have_agreed_and_some_have_not() {
    let (mut sandbox, _) = open(300);
    let (_, templates) = get(&mut sandbox, "/v1/agreements?agreementType=*");
    let (mut with, mut without, mut signed) = (0, 0, 0);
    for id in customers(&mut sandbox) {
        let mut of = |kind: &str| {
            let (status, body) = get(&mut sandbox, &format!("/v1/customers/{id}/agreements{kind}"));
            assert_eq!((status, &body["links"]), (200, &Value::Null));
            items(&body).to_vec()
        };
        let all = of("?agreementType=*");
        let (customer, cloud) = (of("?agreementType=MicrosoftCustomerAgreement"), of(""));
        assert_eq!(all.len(), customer.len() + cloud.len());
        for agreement in &all {
            let template = items(&templates).iter().find(|one| one["templateId"] == agreement["templateId"]);
            assert_eq!(template.unwrap()["agreementType"], agreement["type"]);
            assert!(agreement["primaryContact"]["email"].as_str().unwrap().contains('@'));
        }
        with += usize::from(!customer.is_empty());
        without += usize::from(all.is_empty());
        let target = format!("/v1/customers/{id}/directSignedMicrosoftCustomerAgreementStatus");
        let (status, body) = get(&mut sandbox, &target);
        assert_eq!(status, 200);
        if body["isSigned"].as_bool().unwrap() {
            signed += 1;
            assert!(all.is_empty());
        }
    }
    assert!(with > 150 && without > signed && signed > 3, "{with} {without} {signed}");
}

#[test]
fn the_showcase_has_none() {
    let (mut sandbox, _) = open(60);
    let id = id_of(&mut sandbox, "Sandbox no agreement");
    let (_, body) = get(&mut sandbox, &format!("/v1/customers/{id}/agreements?agreementType=*"));
    assert_eq!(body["items"], json!([]));
}
