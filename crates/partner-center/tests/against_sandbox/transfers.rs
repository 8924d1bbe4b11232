//! Both contracts of transfers, from both sides.

use crate::adapter::*;
use partner_center::{
    CustomerId, ErrorKind, PartnerId, SubscriptionId, Transfer, TransferAnswer, TransferContract, TransferId,
    TransferProduct, TransferRequest, TransferStatus,
};
use sandbox::Method;
use serde_json::{Value, json};
use std::time::Duration;

const OWN: &str = "2f0c0000-0000-4000-8000-00000000000b";
const OTHER: &str = "1f0c0000-0000-4000-8000-00000000000a";
const LEGACY: &str = "A1F2C3D4-0002-4C1E-8A01-0F1E2D3C4B02";
const NEW: &str = "DZH318Z0BXWC:0001:DZH318Z0BMJX";
const PLAN: &str = "DZH318Z0BXWP:0001:DZH318Z0BMK8";

/// A customer, with these.
fn customer(world: &World, offers: &[&str]) -> (CustomerId, Vec<SubscriptionId>) {
    let wanted = json!({ "create_customer": { "domain": "paseo.onmicrosoft.com" } });
    let made = world.control(Method::Post, "colleague", &wanted)["customer"].clone();
    let id = customer_id(made.as_str().or(made["id"].as_str()).unwrap());
    let buy = |offer: &&str| {
        let buy = json!({ "customer": id.as_str(), "buy": { "offer": offer } });
        let bought = world.control(Method::Post, "colleague", &buy);
        SubscriptionId::parse(bought["buy"]["id"].as_str().unwrap()).unwrap()
    };
    let held = offers.iter().map(buy).collect();
    (id, held)
}

/// What the other partner does; the transfer as this one sees it.
fn other(world: &World, id: &CustomerId, mut wanted: Value) -> Transfer {
    wanted["customer"] = json!(id.as_str());
    let told = world.control(Method::Post, "partner", &wanted)["transfer"].clone();
    done(world.client.transfer(id, &TransferId::parse(told["id"].as_str().unwrap()).unwrap())).unwrap()
}

#[test]
fn what_is_asked_for_comes() {
    let world = World::new(3);
    let (id, _) = customer(&world, &[PLAN]);
    assert_eq!(done(world.client.transfers(&id)).unwrap(), []);
    let wanted = TransferRequest {
        source_partner: OTHER.to_owned(),
        customer_email: "owner@harborlight.example".to_owned(),
        products: vec![TransferProduct::AzureSubscription, TransferProduct::OnlineServicesNce],
        ..TransferRequest::default()
    };
    let asked = done(world.client.request_transfer(&id, &wanted, None)).unwrap();
    assert_eq!((asked.contract, asked.status), (TransferContract::NewCommerce, TransferStatus::Pending));
    assert_eq!(asked.target_product_types, wanted.products);
    assert_eq!(
        (&asked.source_partner_tenant_id, &asked.target_partner_tenant_id),
        (&PartnerId::parse(OTHER), &PartnerId::parse(OWN))
    );
    assert_eq!(done(world.client.transfers(&id)).unwrap(), std::slice::from_ref(&asked));
    let accepted = other(&world, &id, json!({ "action": "accept", "transfer": asked.id.as_str() }));
    assert_eq!((accepted.status, accepted.line_items.len()), (TransferStatus::InProgress, 0));
    let error = done(world.client.answer_transfer(&id, &asked, &TransferAnswer::Cancel)).unwrap_err();
    assert_eq!((error.kind, error.details.code), (ErrorKind::Conflict, Some(900_104)));
    world.pass(Duration::from_secs(15 * 60));
    let came = done(world.client.transfer(&id, &asked.id)).unwrap();
    assert_eq!((came.status, came.line_items.len()), (TransferStatus::Complete, 4));
    assert!(came.completed_time.is_some() && came.line_items.iter().all(|line| line.order_id.is_some()));

    let taken_back = done(world.client.request_transfer(&id, &wanted, None)).unwrap();
    let now = done(world.client.answer_transfer(&id, &taken_back, &TransferAnswer::Cancel)).unwrap();
    assert_eq!(now.status, TransferStatus::Cancelled);
}

#[test]
fn what_is_asked_of_this_partner_goes_as_it_chooses() {
    let world = World::new(3);
    let (id, held) = customer(&world, &[NEW, NEW]);
    let one = other(&world, &id, json!({ "action": "create" }));
    let lines = vec![(held[1].clone(), TransferProduct::OnlineServicesNce)];
    let accepted = done(world.client.answer_transfer(&id, &one, &TransferAnswer::Accept(lines))).unwrap();
    assert_eq!((accepted.status, accepted.line_items.len()), (TransferStatus::InProgress, 1));
    assert_eq!(accepted.line_items[0].subscription_id.as_ref(), Some(&held[1]));
    assert_eq!(accepted.line_items[0].product_type, TransferProduct::OnlineServicesNce);
    let two = other(&world, &id, json!({ "action": "create" }));
    let now = done(world.client.answer_transfer(&id, &two, &TransferAnswer::Reject)).unwrap();
    assert_eq!(now.status, TransferStatus::Rejected);
    let error = done(world.client.answer_transfer(&id, &two, &TransferAnswer::Reject)).unwrap_err();
    assert_eq!(error.details.code, Some(900_102));
}

#[test]
fn what_is_offered_goes_or_is_taken_back() {
    let world = World::new(3);
    let (id, held) = customer(&world, &[LEGACY, LEGACY, NEW]);
    let eligible = done(world.client.transfer_eligibility(&id)).unwrap();
    assert!(eligible.len() == 2 && eligible.iter().all(|one| one.is_eligible));
    let parties = (&PartnerId::parse(OWN).unwrap(), &PartnerId::parse(OTHER).unwrap());
    let offer = || done(world.client.offer_transfer(&id, parties, &held[..2], None)).unwrap();
    let offered = offer();
    assert_eq!((offered.contract, offered.status), (TransferContract::Legacy, TransferStatus::Active));
    assert_eq!(offered.line_items.len(), 2);
    assert!(done(world.client.transfer_eligibility(&id)).unwrap().iter().all(|one| !one.reason.is_empty()));
    done(world.client.withdraw_offer(&id, &offered.id)).unwrap();
    assert_eq!(done(world.client.transfer(&id, &offered.id)).unwrap_err().kind, ErrorKind::NotFound);
    let again = offer();
    world.control(Method::Post, "config", &json!({ "transfer_failures": [held[0].as_str()] }));
    let now = other(&world, &id, json!({ "action": "accept", "transfer": again.id.as_str() }));
    assert_eq!(now.status, TransferStatus::PartiallyComplete);
    let failed: Vec<_> = now.line_items.iter().filter_map(|line| line.transfer_error.as_ref()).collect();
    assert!(failed.len() == 1 && failed[0].code == "900103");
}

#[test]
fn what_is_offered_to_this_partner_is_accepted_or_refused() {
    let world = World::new(3);
    let (id, _) = customer(&world, &[]);
    let create = json!({ "action": "create", "contract": "legacy", "lines": 3 });
    let one = other(&world, &id, create.clone());
    assert_eq!((one.contract, one.line_items.len()), (TransferContract::Legacy, 3));
    assert_eq!(done(world.client.accept_offer(&id, &one.id)).unwrap().transfer_errors, []);
    assert_eq!(done(world.client.transfer(&id, &one.id)).unwrap().status, TransferStatus::Complete);
    let two = other(&world, &id, create);
    assert_eq!(done(world.client.reject_offer(&id, &two.id)).unwrap().status, TransferStatus::Rejected);
    assert_eq!(done(world.client.accept_offer(&id, &two.id)).unwrap_err().details.code, Some(900_102));
}
