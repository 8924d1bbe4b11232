//! Transfers as the service writes them under its two contracts, and what is sent.

use crate::support::*;
use partner_center::{
    Error, ErrorKind, Method, PartnerId, SubscriptionId, Timestamp, Transfer, TransferAnswer,
    TransferContract, TransferId, TransferProduct, TransferRequest, TransferStatus, TransportError,
};
use serde_json::{Value, json};

const ONE: &str = "9a9b9c9d-1212-4343-8656-787878787878";
const OURS: &str = "2f0c0000-0000-4000-8000-00000000000b";
const THEIRS: &str = "1f0c0000-0000-4000-8000-00000000000a";
const LINE: &str = "5e7b0c11-2222-4333-8444-a5b5c5d5e5f5";

fn id() -> TransferId {
    TransferId::parse(ONE).unwrap()
}

fn line() -> SubscriptionId {
    SubscriptionId::parse(LINE).unwrap()
}

/// The transfer that this body is.
fn read(body: &Value) -> Result<Transfer, Error> {
    done(World::new([ok(body.to_string())]).client.transfer(&customer_id(), &id()))
}

/// The list that this answer is.
fn list(reply: Reply) -> Result<Vec<Transfer>, Error> {
    let world = World::new([reply]);
    let all = done(world.client.transfers(&customer_id()));
    assert_eq!(world.paths(), [format!("/customers/{CUSTOMER}/transfers")]);
    all
}

/// A request of new commerce, accepted and under way.
fn asked() -> Value {
    json!({
        "id": ONE, "status": "InProgress", "transferType": 5, "customerEmailId": "owner@harborlight.example",
        "createdTime": "2026-03-01T10:00:00Z", "lastModifiedTime": "2026-03-02T08:30:00.1234567+00:00",
        "customerName": "Harborlight Bakery", "customerTenantId": CUSTOMER, "partnertenantid": OURS,
        "sourcePartnerName": "Northbrook Cloud", "sourcePartnerTenantId": THEIRS.to_uppercase(),
        "targetPartnerName": "Southgate IT", "targetPartnerTenantId": OURS,
        "targetProductTypes": ["AzureSubscription", "AzureReservation", "SomethingNewer"],
        "lineItems": [{ "id": "1", "subscriptionId": LINE, "quantity": 1, "billingCycle": "monthly",
            "friendlyName": "Almacén", "productType": "Azure", "status": "InProgress" }],
        "links": { "self": { "uri": format!("/customers/{CUSTOMER}/transfers/{ONE}"), "method": "GET", "headers": [] } },
        "attributes": { "objectType": "TransferEntity" },
    })
}

/// An offer of the older contract, carried out in part.
fn offered() -> Value {
    json!({
        "Id": ONE.to_uppercase(), "Status": "PartiallyCompleted", "CreatedTime": "2026-03-01T10:00:00Z",
        "CompletedTime": null, "partnertenantid": OURS, "SourcePartnerTenantId": OURS,
        "TargetPartnerTenantId": THEIRS, "TransferType": null, "TargetProductTypes": null,
        "LineItems": [
            { "Id": 0, "SubscriptionId": LINE.to_uppercase(), "Quantity": 25, "Status": "Complete",
              "OrderId": "5E7B0C11-2222-4333-8444-A5B5C5D5E5F6", "AddonItems": [] },
            { "Id": 1, "SubscriptionId": ONE, "Quantity": "3", "Status": "Failed",
              "TransferError": { "Code": 900_103, "Description": "The order of the transfer failed." } },
        ],
    })
}

#[test]
fn one_of_new_commerce_is_read() {
    let one = read(&asked()).unwrap();
    assert_eq!((one.contract, one.status), (TransferContract::NewCommerce, TransferStatus::InProgress));
    assert_eq!(one.source_partner_tenant_id, PartnerId::parse(THEIRS), "ids compare without case");
    assert_eq!(one.target_partner_tenant_id, PartnerId::parse(OURS), "and not the one of `partnertenantid`");
    assert_eq!(one.created_time, Timestamp::parse("2026-03-01T10:00:00Z"));
    assert_eq!(one.last_modified_time.map(|at| at.millis() % 1000), Some(123));
    let products =
        [TransferProduct::AzureSubscription, TransferProduct::AzureReservation, TransferProduct::Unknown];
    assert_eq!(one.target_product_types, products);
    let [line] = one.line_items.as_slice() else { panic!("{:?}", one.line_items) };
    assert_eq!((line.friendly_name.as_str(), line.quantity), ("Almacén", Some(1)));
    assert_eq!(line.product_type, TransferProduct::AzureSubscription);
}

#[test]
fn one_of_the_older_contract_is_read_from_pascal_case_nulls_and_numbers() {
    let one = read(&offered()).unwrap();
    assert_eq!((one.contract, one.status), (TransferContract::Legacy, TransferStatus::PartiallyComplete));
    assert_eq!((&one.id, one.completed_time), (&id(), None));
    assert!(one.target_product_types.is_empty());
    let [moved, failed] = one.line_items.as_slice() else { panic!("{:?}", one.line_items) };
    assert_eq!((moved.subscription_id.as_ref(), moved.quantity), (Some(&line()), Some(25)));
    assert_eq!((failed.status, failed.quantity), (TransferStatus::Failed, Some(3)));
    let error = failed.transfer_error.as_ref().unwrap();
    assert_eq!(error.code, "900103");
    assert!(moved.transfer_error.is_none() && moved.order_id.is_some());
}

#[test]
fn each_spelling_of_a_state_and_a_contract_is_known() {
    for (word, status) in [
        ("Active", TransferStatus::Active),
        ("pending", TransferStatus::Pending),
        ("InProgress", TransferStatus::InProgress),
        ("Completed", TransferStatus::Complete),
        ("PartiallyComplete", TransferStatus::PartiallyComplete),
        ("Failed", TransferStatus::Failed),
        ("Cancel", TransferStatus::Cancelled),
        ("Canceled", TransferStatus::Cancelled),
        ("Cancelled", TransferStatus::Cancelled),
        ("Reject", TransferStatus::Rejected),
        ("Rejected", TransferStatus::Rejected),
        ("Expired", TransferStatus::Expired),
        ("AwaitingReview", TransferStatus::Unknown),
    ] {
        let mut body = asked();
        body["status"] = json!(word);
        assert_eq!(read(&body).unwrap().status, status, "{word}");
    }
    for (kind, contract) in [
        (json!(3), TransferContract::NewCommerce),
        (json!("5"), TransferContract::NewCommerce),
        (json!("newCommerce"), TransferContract::NewCommerce),
        (json!("ModernAzure"), TransferContract::NewCommerce),
        (json!(1), TransferContract::Legacy),
        (Value::Null, TransferContract::Legacy),
    ] {
        let mut body = asked();
        body["transferType"] = kind.clone();
        assert_eq!(read(&body).unwrap().contract, contract, "{kind}");
    }
}

#[test]
fn a_list_comes_bare_or_wrapped_or_not_at_all() {
    let both = json!([asked(), offered()]);
    for body in
        [both.to_string(), format!("\u{feff}{both}"), json!({ "totalCount": 7, "Items": both }).to_string()]
    {
        assert_eq!(list(ok(&body)).unwrap().len(), 2, "{body}");
    }
    for reply in [ok("[]"), ok("{}"), ok(r#"{"items":[]}"#), ok("null"), status(204, "")] {
        assert_eq!(list(reply.clone()).unwrap(), [], "{reply:?}");
    }
    // What has no id cannot be answered, and hides none of the others.
    assert_eq!(list(ok(json!([{ "status": "Active" }, asked()]).to_string())).unwrap().len(), 1);
    for body in [r#"{"items":7}"#, r#"{"message":"?"}"#, "7", "\"none\"", "", "[{"] {
        assert_eq!(list(ok(body)).unwrap_err().kind, ErrorKind::Unreadable, "{body}");
    }
}

#[test]
fn what_can_be_offered_is_read_with_its_reasons() {
    let body = json!([{ "id": LINE, "isEligible": true },
        { "id": ONE, "isEligible": false, "reason": "The subscription state is Suspended." }]);
    let world = World::new([ok(body.to_string())]);
    let all = done(world.client.transfer_eligibility(&customer_id())).unwrap();
    assert_eq!(
        world.paths(),
        [format!("/customers/{CUSTOMER}/transferseligibility?transferType=directtoindirect")]
    );
    assert!(all[0].is_eligible && all[0].reason.is_empty());
    assert!(!all[1].is_eligible && all[1].reason.ends_with("Suspended."));
}

/// What is sent by a call: method, path below the customer, body.
fn sent(reply: &Value, call: impl AsyncFnOnce(&World)) -> (Method, String, Value) {
    let world = World::new([ok(reply.to_string())]);
    done(call(&world));
    let request = world.sent().remove(0);
    let path = request.path.strip_prefix(&format!("/customers/{CUSTOMER}")).unwrap().to_owned();
    let body = request.body.map_or(Value::Null, |body| serde_json::from_str(&body).unwrap());
    (request.method, path, body)
}

#[test]
fn a_request_says_only_what_it_wants() {
    let least = TransferRequest {
        source_partner: THEIRS.to_owned(),
        customer_email: "owner@harborlight.example".to_owned(),
        ..TransferRequest::default()
    };
    let ask = |wanted: TransferRequest| {
        sent(&asked(), async move |world| {
            drop(world.client.request_transfer(&customer_id(), &wanted, None).await.unwrap());
        })
    };
    let (method, path, body) = ask(least.clone());
    assert_eq!((method, path.as_str()), (Method::Post, "/transfers"));
    let expected = json!({ "sourcePartnerTenantId": THEIRS, "customerEmailId": "owner@harborlight.example",
        "transferType": 5 });
    assert_eq!(body, expected, "without kinds it wants all of them");
    let most = TransferRequest {
        source_partner_name: "Northbrook \"Cloud\"".to_owned(),
        customer_name: "Harborlight Bakery".to_owned(),
        own_email: "desk@southgate.example".to_owned(),
        products: vec![TransferProduct::OnlineServicesNce, TransferProduct::SaaS],
        reseller: "700001".to_owned(),
        ..least
    };
    assert_eq!(format!("{most:?}"), "TransferRequest", "names and addresses stay out of logs");
    let (_, _, body) = ask(most);
    assert_eq!(body["targetProductTypes"], json!(["OnlineServicesNCE", "SaaS"]));
    assert_eq!(
        (&body["partnerOnRecord"], &body["targetPartnerEmailId"]),
        (&json!("700001"), &json!("desk@southgate.example"))
    );
    assert_eq!(body["sourcePartnerName"], "Northbrook \"Cloud\"");
}

#[test]
fn an_answer_names_the_request_and_its_parties() {
    let one = read(&asked()).unwrap();
    let answer = |answer: TransferAnswer| {
        let one = one.clone();
        sent(&asked(), async move |world| {
            drop(world.client.answer_transfer(&customer_id(), &one, &answer).await.unwrap());
        })
    };
    for (given, word) in [(TransferAnswer::Cancel, "Cancel"), (TransferAnswer::Reject, "Reject")] {
        let (method, path, body) = answer(given);
        assert_eq!((method, path), (Method::Patch, format!("/transfers/{ONE}")));
        let expected = json!({ "id": ONE, "status": word, "sourcePartnerTenantId": THEIRS.to_uppercase(),
            "targetPartnerTenantId": OURS, "customerName": "Harborlight Bakery" });
        assert_eq!(body, expected);
    }
    let (_, _, body) = answer(TransferAnswer::Accept(vec![(line(), TransferProduct::AzureReservation)]));
    assert_eq!(body["status"], "InProgress");
    assert_eq!(body["lineItems"], json!([{ "subscriptionId": LINE, "productType": "AzureReservation" }]));
}

#[test]
fn an_offer_and_its_answers_have_their_own_calls() {
    let (ours, theirs) = (PartnerId::parse(OURS).unwrap(), PartnerId::parse(THEIRS).unwrap());
    let (method, path, body) = sent(&offered(), async |world| {
        drop(world.client.offer_transfer(&customer_id(), (&ours, &theirs), &[line()], None).await.unwrap());
    });
    assert_eq!((method, path.as_str()), (Method::Post, "/transfers"));
    let expected = json!({ "sourcePartnerTenantId": OURS, "targetPartnerTenantId": THEIRS,
        "lineItems": [{ "subscriptionId": LINE }] });
    assert_eq!(body, expected);
    let result = json!({ "orders": [], "attributes": { "objectType": "TransferSubmitResult" },
        "transferErrors": [{ "transferGroupId": ONE, "code": "900103", "description": "no", "lineItems": [] }] });
    let accepted = sent(&result, async |world| {
        let result = world.client.accept_offer(&customer_id(), &id()).await.unwrap();
        assert_eq!(result.transfer_errors[0].code, "900103");
    });
    assert_eq!(accepted, (Method::Post, format!("/transfers/{ONE}/accept"), Value::Null));
    let rejected = sent(&offered(), async |world| {
        drop(world.client.reject_offer(&customer_id(), &id()).await.unwrap());
    });
    assert_eq!(
        rejected,
        (Method::Patch, format!("/transfers/{ONE}"), json!({ "id": ONE, "status": "reject" }))
    );
    let withdrawn =
        sent(&Value::Null, async |world| world.client.withdraw_offer(&customer_id(), &id()).await.unwrap());
    assert_eq!(withdrawn, (Method::Delete, format!("/transfers/{ONE}"), Value::Null));
}

#[test]
fn a_write_that_nobody_can_read_the_answer_of_is_open_and_sent_once() {
    for reply in [Err(TransportError::Lost), status(500, ""), ok("{]"), ok(""), ok("{}")] {
        let world = World::new([reply.clone()]);
        let wanted = TransferRequest { source_partner: THEIRS.to_owned(), ..TransferRequest::default() };
        let error = done(world.client.request_transfer(&customer_id(), &wanted, None)).unwrap_err();
        assert_eq!(error.kind, ErrorKind::OutcomeUnknown, "{reply:?}");
        assert_eq!(world.left(), 0);
    }
    for (http, code, expected) in [
        (409, 900_104, ErrorKind::Conflict),
        (409, 900_101, ErrorKind::Conflict),
        (404, 900_100, ErrorKind::NotFound),
        (403, 900_138, ErrorKind::NotAllowed),
        (400, 900_102, ErrorKind::Invalid(Vec::new())),
        (500, 900_103, ErrorKind::OutcomeUnknown),
    ] {
        let world = World::new([status(http, json!({ "code": code, "description": "no" }).to_string())]);
        let error = done(world.client.withdraw_offer(&customer_id(), &id())).unwrap_err();
        assert_eq!((error.kind, error.details.code), (expected, Some(code)));
    }
}

#[test]
fn a_request_that_is_made_again_keeps_the_id_of_the_first() {
    let world = World::new([ok(asked().to_string())]);
    let wanted = TransferRequest { source_partner: THEIRS.to_owned(), ..TransferRequest::default() };
    done(world.client.request_transfer(&customer_id(), &wanted, Some(ONE.to_owned()))).unwrap();
    assert_eq!(header(&world.sent()[0], "MS-RequestId"), Some(ONE));
}
