//! What the client reads where nothing fails, and that it leaves nothing unread.

use crate::adapter::*;
use partner_center::{
    AgreementType, AuditFilter, AuditQuery, BillingType, CustomerFilter, CustomerId, CustomerQuery,
    EntitlementType, ErrorKind, LicenseGroup, MAX_AUDIT_PAGE, OperationStatus, PartnerRelationshipType,
    RelationshipToPartner, SortDirection, SubscriptionStatus, Timestamp, UserDomainType, UserId, UserQuery,
    UserState,
};
use std::{collections::HashSet, slice::from_ref};

/// A customer of the sandbox who has left.
const FORMER: &str = "f0e30000-0000-4000-8000-000000000001";
/// An id that nobody has.
const NOBODY: &str = "00000000-0000-4000-8000-000000000000";

const DAY_MILLIS: i64 = 86_400_000;

/// Some customers, with those left out that the sandbox lets fail on purpose, or be special: all have its name.
fn ordinary(world: &World) -> Vec<CustomerId> {
    let customers = all(world.client.customers(&CustomerQuery::default())).into_iter();
    let ordinary = customers.filter(|customer| !customer.company_profile.company_name.starts_with("Sandbox"));
    ordinary.map(|customer| customer.id).step_by(7).collect()
}

#[test]
fn every_customer_comes_once_whatever_the_size_of_pages() {
    let world = World::new(434);
    let whole = all(world.client.customers(&CustomerQuery::default()));
    assert_eq!(whole.len(), 434);
    assert_eq!(whole.iter().map(|customer| &customer.id).collect::<HashSet<_>>().len(), 434);
    for customer in &whole {
        let profile = &customer.company_profile;
        assert!(!profile.company_name.is_empty() && !profile.domain.is_empty(), "{}", customer.id);
        assert_ne!(customer.relationship_to_partner, RelationshipToPartner::Unknown, "{}", customer.id);
    }
    for page_size in [7, 100, 433] {
        let before = world.calls();
        let query = CustomerQuery { page_size, filter: None };
        assert_eq!(all(world.client.customers(&query)), whole, "{page_size}");
        assert_eq!(world.calls() - before, 434_usize.div_ceil(page_size.into()), "{page_size}");
    }
}

#[test]
fn filters_find_what_a_look_at_all_customers_finds() {
    let world = World::new(600);
    let whole = all(world.client.customers(&CustomerQuery::default()));
    for beginning in ["pan", "PAN", "100%", "🦀", "株式", "ø"] {
        let folded = beginning.to_lowercase();
        let expected: Vec<_> = whole
            .iter()
            .filter(|customer| customer.company_profile.company_name.to_lowercase().starts_with(&folded))
            .collect();
        let filter = Some(CustomerFilter::CompanyName(beginning.to_owned()));
        let found = all(world.client.customers(&CustomerQuery { page_size: 3, filter }));
        assert_eq!(found.iter().collect::<Vec<_>>(), expected, "{beginning}");
    }
}

#[test]
fn one_customer_has_both_profiles_and_they_agree_with_its_own() {
    let world = World::new(300);
    for id in ordinary(&world) {
        let customer = done(world.client.customer(&id)).unwrap();
        assert_eq!(customer.id, id);
        let billing = done(world.client.billing_profile(&id)).unwrap();
        assert!(billing.attributes.etag.is_some() && billing.default_address.is_some(), "{id}");
        assert_eq!(customer.billing_profile.as_ref(), Some(&billing));
        let company = done(world.client.company_profile(&id)).unwrap();
        assert_eq!(company.company_name, customer.company_profile.company_name);
        let country = &billing.default_address.unwrap().country;
        assert_eq!(&done(world.client.country_rules(country)).unwrap().iso2_code, country);
        let upper = customer_id(&id.as_str().to_uppercase());
        assert_eq!(done(world.client.customer(&upper)).unwrap(), customer);
    }
}

#[test]
fn who_is_no_customer_is_told_from_who_is_no_longer_one() {
    let world = World::new(60);
    let kind = |id| done(world.client.customer(&customer_id(id))).unwrap_err().kind;
    assert_eq!(kind(FORMER), ErrorKind::NoRelationship);
    assert!(matches!(kind(NOBODY), ErrorKind::NotFound | ErrorKind::NoRelationship));
    let walk = walk(world.client.subscriptions(&customer_id(FORMER)));
    assert_eq!(walk.errors[0].kind, ErrorKind::NoRelationship);
}

#[test]
fn every_subscription_is_understood() {
    let world = World::new(400);
    let mut states = HashSet::new();
    for id in ordinary(&world) {
        for subscription in all(world.client.subscriptions(&id)) {
            assert_ne!(subscription.status, SubscriptionStatus::Unknown, "{}", subscription.id);
            assert_ne!(subscription.billing_type, BillingType::Unknown, "{}", subscription.id);
            assert!(subscription.creation_date.is_some() && subscription.quantity.is_some());
            let suspended = subscription.status == SubscriptionStatus::Suspended;
            assert_eq!(!subscription.suspension_reasons.is_empty(), suspended, "{}", subscription.id);
            states.insert(subscription.status);
        }
    }
    assert!(states.len() >= 4, "{states:?}");
}

#[test]
fn audit_records_of_ninety_days_come_once_and_older_ones_are_refused() {
    let world = World::new(100);
    let days = |count: i64| Some(Timestamp::from_millis(NOW - count * DAY_MILLIS));
    let query = AuditQuery { start: days(89), page_size: 50, ..AuditQuery::default() };
    let records = all(world.client.audit_records(&query));
    let distinct: HashSet<_> = records.iter().map(|record| record.id.as_str()).collect();
    assert!(records.len() > usize::from(query.page_size) && distinct.len() == records.len());
    for record in &records {
        assert!(record.operation_date >= days(90) && record.operation_date <= days(0), "{}", record.id);
        assert_ne!(record.operation_status, OperationStatus::Unknown, "{}", record.id);
        assert!(!record.operation_type.is_empty() && !record.resource_type.is_empty(), "{}", record.id);
    }
    let whole = AuditQuery { page_size: MAX_AUDIT_PAGE, ..query.clone() };
    assert_eq!(all(world.client.audit_records(&whole)), records);

    let customer = records[0].customer_id.clone().unwrap();
    let filter = Some(AuditFilter::Customer(customer.clone()));
    let of_one = all(world.client.audit_records(&AuditQuery { filter, ..query.clone() }));
    let expected: Vec<_> =
        records.iter().filter(|record| record.customer_id.as_ref() == Some(&customer)).cloned().collect();
    assert_eq!(of_one, expected);

    let error = walk(world.client.audit_records(&AuditQuery { start: days(120), ..query })).errors.remove(0);
    assert!(matches!(error.kind, ErrorKind::Invalid(_)), "{error}");
}

#[test]
fn users_come_once_in_either_state_and_order() {
    let world = World::new(120);
    let (mut without_location, mut deleted_users) = (0, 0);
    for id in ordinary(&world) {
        let users = |query: UserQuery| all(world.client.users(&id, &query));
        let whole = users(UserQuery::default());
        assert_eq!(users(UserQuery { page_size: 3, ..UserQuery::default() }), whole, "{id}");
        assert_eq!(whole.iter().map(|user| &user.id).collect::<HashSet<_>>().len(), whole.len(), "{id}");

        let sorted = |direction| users(UserQuery { sort: Some(direction), ..UserQuery::default() });
        let names = |users: &[partner_center::User]| {
            users.iter().map(|user| user.display_name.to_lowercase()).collect::<Vec<_>>()
        };
        let (up, mut down) =
            (names(&sorted(SortDirection::Ascending)), names(&sorted(SortDirection::Descending)));
        down.reverse();
        assert_eq!(up, down, "{id}");
        assert!(up.is_sorted(), "{id}");

        let deleted = users(UserQuery { deleted: true, ..UserQuery::default() });
        for (list, state) in [(&whole, UserState::Active), (&deleted, UserState::Inactive)] {
            for user in list {
                assert_eq!(user.state, state, "{}", user.id);
                assert_eq!(user.soft_deletion_time.is_some(), state == UserState::Inactive, "{}", user.id);
                assert_ne!(user.user_domain_type, UserDomainType::Unknown, "{}", user.id);
            }
        }
        if let Some(user) = whole.first() {
            assert_eq!(&done(world.client.user(&id, &user.id)).unwrap(), user);
        }
        without_location += whole.iter().filter(|user| user.usage_location.is_none()).count();
        deleted_users += deleted.len();
        let nobody = UserId::parse(NOBODY).unwrap();
        assert_eq!(done(world.client.user(&id, &nobody)).unwrap_err().kind, ErrorKind::NotFound);
    }
    assert!(without_location > 0 && deleted_users > 0);
}

#[test]
fn seats_that_are_used_are_the_licences_of_users() {
    let world = World::new(120);
    let mut used = 0;
    for id in ordinary(&world) {
        let users = all(world.client.users(&id, &UserQuery::default()));
        let licenses: Vec<_> =
            users.iter().flat_map(|user| all(world.client.user_licenses(&id, &user.id))).collect();
        for sku in all(world.client.subscribed_skus(&id)) {
            let product = &sku.product_sku;
            assert_ne!(product.license_group, LicenseGroup::Unknown, "{}", product.name);
            let given = licenses.iter().filter(|license| license.product_sku.id == product.id).count();
            assert_eq!(sku.consumed_units, u32::try_from(given).ok(), "{id} {}", product.name);
            assert!(sku.available_units.is_some() && sku.total_units.is_some(), "{}", product.name);
            used += given;
        }
    }
    assert!(used > 0);
}

#[test]
fn agreements_refer_to_templates_and_are_told_by_kind() {
    let world = World::new(300);
    let templates = all(world.client.agreement_templates(AgreementType::Unknown));
    let kinds: HashSet<_> = templates.iter().map(|template| template.agreement_type).collect();
    let both = [AgreementType::MicrosoftCustomerAgreement, AgreementType::MicrosoftCloudAgreement];
    assert_eq!(kinds, HashSet::from(both));
    let (mut with, mut without) = (0, 0);
    for id in ordinary(&world) {
        let agreements = all(world.client.agreements(&id, AgreementType::Unknown));
        for agreement in &agreements {
            let template = templates.iter().find(|template| template.template_id == agreement.template_id);
            assert_eq!(template.unwrap().agreement_type, agreement.agreement_type);
            assert!(agreement.date_agreed.is_some() && agreement.primary_contact.is_some());
            let of_kind = all(world.client.agreements(&id, agreement.agreement_type));
            assert!(of_kind.contains(agreement));
            assert!(of_kind.iter().all(|other| other.agreement_type == agreement.agreement_type));
        }
        *if agreements.is_empty() { &mut without } else { &mut with } += 1;
        done(world.client.direct_signed_agreement_status(&id)).unwrap();
    }
    assert!(with > 0 && without > 0, "{with} with, {without} without");
}

#[test]
fn entitlements_of_both_kinds_are_all_there_are() {
    let world = World::new(400);
    let mut found = HashSet::new();
    for id in ordinary(&world) {
        let of_kind = |kind| all(world.client.entitlements(&id, kind));
        let whole = of_kind(EntitlementType::Unknown);
        let mut parts = 0;
        for kind in [EntitlementType::VirtualMachineReservedInstance, EntitlementType::Software] {
            for entitlement in of_kind(kind) {
                assert_eq!(entitlement.entitlement_type, kind);
                assert!(entitlement.quantity.is_some() && whole.contains(&entitlement));
                parts += 1;
                found.insert(kind);
            }
        }
        assert_eq!(parts, whole.len(), "{id}");
    }
    assert_eq!(found.len(), 2);
}

#[test]
fn indirect_resellers_lead_to_their_customers_and_back() {
    let world = World::new(200);
    let kind = PartnerRelationshipType::IsIndirectCloudSolutionProviderOf;
    let resellers = all(world.client.relationships(kind));
    assert!(!resellers.is_empty());
    for reseller in &resellers {
        assert_eq!(reseller.relationship_type, kind);
        let filter = Some(CustomerFilter::IndirectReseller(reseller.id.clone()));
        let customers = all(world.client.customers(&CustomerQuery { page_size: 500, filter }));
        for customer in
            customers.iter().filter(|c| !c.company_profile.company_name.starts_with("Sandbox")).take(3)
        {
            let partners = all(world.client.reseller_relationships_of(&customer.id));
            let ids: Vec<_> = partners.iter().map(|partner| partner.id.clone()).collect();
            assert_eq!(ids, from_ref(&reseller.id));
        }
    }
}
