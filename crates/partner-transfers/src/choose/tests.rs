use super::*;
use partner_center::{BillingType, ProductType};
use proptest::prelude::*;

fn subscription(product: Option<&str>) -> Subscription {
    Subscription {
        id: SubscriptionId::parse("5e7b0c11-2222-4333-8444-a5b5c5d5e5f5").unwrap(),
        offer_id: String::new(),
        offer_name: String::new(),
        friendly_name: None,
        entitlement_id: None,
        product_type: product.map(|id| ProductType { id: id.to_owned(), display_name: String::new() }),
        quantity: None,
        unit_type: None,
        parent_subscription_id: None,
        creation_date: None,
        effective_start_date: None,
        commitment_end_date: None,
        cancellation_allowed_until_date: None,
        status: SubscriptionStatus::Active,
        auto_renew_enabled: None,
        is_trial: false,
        billing_type: BillingType::License,
        billing_cycle: None,
        term_duration: None,
        partner_id: None,
        suspension_reasons: Vec::new(),
        contract_type: None,
        order_id: None,
        refund_options: Vec::new(),
        actions: Vec::new(),
        attributes: partner_center::Attributes { etag: None },
    }
}

#[test]
fn each_reason_not_to_go_is_told() {
    let azure = subscription(Some("azuresubscription"));
    assert_eq!(choosable(&azure, &[], &[]), Ok(TransferProduct::AzureSubscription));
    assert_eq!(choosable(&azure, &[TransferProduct::AzureReservation], &[]), Err(Refusal::NotAsked));
    assert_eq!(
        choosable(&azure, &[TransferProduct::AzureReservation, TransferProduct::AzureSubscription], &[]),
        Ok(TransferProduct::AzureSubscription)
    );
    let upper = SubscriptionId::parse(&azure.id.as_str().to_uppercase()).unwrap();
    assert_eq!(choosable(&azure, &[], &[upper]), Err(Refusal::InTransfer));
    let with = |change: &dyn Fn(&mut Subscription)| {
        let mut changed = azure.clone();
        change(&mut changed);
        choosable(&changed, &[], &[])
    };
    assert_eq!(with(&|s| s.status = SubscriptionStatus::Suspended), Err(Refusal::NotActive));
    assert_eq!(with(&|s| s.is_trial = true), Err(Refusal::Trial));
    assert_eq!(with(&|s| s.parent_subscription_id = Some(azure.id.clone())), Err(Refusal::AddOn));
    assert_eq!(
        choosable(&subscription(Some("azure")), &[], &[]),
        Err(Refusal::Plan),
        "what is under it goes"
    );
    assert_eq!(choosable(&subscription(None), &[], &[]), Err(Refusal::Legacy));
    assert_eq!(choosable(&subscription(Some("Perpetual")), &[], &[]), Err(Refusal::Kind));
    for (name, product) in [
        ("OnlineServicesNCE", TransferProduct::OnlineServicesNce),
        ("AzureReservation", TransferProduct::AzureReservation),
        ("AzureSavingsPlan", TransferProduct::AzureSavingsPlan),
        ("Software", TransferProduct::Software),
    ] {
        assert_eq!(choosable(&subscription(Some(name)), &[], &[]), Ok(product));
    }
}

#[test]
fn azure_under_a_plan_goes_while_it_is_in_use() {
    let azure = |status: &str| AzureEntitlement {
        id: SubscriptionId::parse("5e7b0c11-2222-4333-8444-a5b5c5d5e5f5").unwrap(),
        friendly_name: None,
        status: status.to_owned(),
        subscription_id: None,
    };
    let active = azure("active");
    assert_eq!(choosable_azure(&active, &[], &[]), Ok(TransferProduct::AzureSubscription));
    assert_eq!(choosable_azure(&azure("deleted"), &[], &[]), Err(Refusal::NotActive));
    assert_eq!(choosable_azure(&active, &[], std::slice::from_ref(&active.id)), Err(Refusal::InTransfer));
    assert_eq!(choosable_azure(&active, &[TransferProduct::Software], &[]), Err(Refusal::NotAsked));
}

proptest! {
    #![proptest_config(ProptestConfig {
        rng_seed: proptest::test_runner::RngSeed::Fixed(1),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn nothing_is_lost_or_doubled_when_it_is_spread(count in 0_usize..200, requests in 0_usize..6) {
        let chosen: Vec<usize> = (0..count).collect();
        let (parts_made, rest) = spread(&chosen, requests);
        prop_assert!(parts_made.len() <= requests);
        prop_assert!(parts_made.iter().all(|part| !part.is_empty() && part.len() <= LARGEST));
        let together: Vec<usize> = parts_made.concat().into_iter().chain(rest.iter().copied()).collect();
        prop_assert_eq!(&together, &chosen);
        prop_assert_eq!(rest.is_empty(), parts(count) <= requests);
    }
}
