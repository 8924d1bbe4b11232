//! Looking at a customer: everything that has to have ended, read from the service.

use partner_center::{
    Client, Customer, CustomerId, Entitlement, EntitlementType, Error, ErrorKind, Pages,
    RelationshipToPartner, Subscription, Transfer, TransferStatus,
};

use crate::checks::{Blocker, Check, Checked, Finding, Thing, Verdict, Way, Why};
use crate::classes::{Standing, blocker, class, standing};

/// What became of looking.
#[derive(Debug)]
pub enum Looked {
    /// Everything was looked at, as far as it could be.
    Checked(Box<Checked>),
    /// There is no relationship, or no longer. With the refusal that said so, if it was one.
    Gone(Option<Error>),
    /// The partner is something else to the customer, such as an adviser: there is no reseller relationship to end.
    NotReseller(Box<Customer>),
    /// The customer itself could not be read.
    Failed(Error),
}

/// What subscriptions tell of: all but transfers.
const SUBSCRIBED: [Check; 7] = [
    Check::NewCommerce,
    Check::Legacy,
    Check::AzurePlan,
    Check::Reservations,
    Check::SavingsPlans,
    Check::Software,
    Check::Marketplace,
];

/// Looks at everything. Reads only.
pub async fn look(client: &Client, id: &CustomerId) -> Looked {
    let customer = match client.customer(id).await {
        Ok(customer) => customer,
        Err(error) if is_gone(&error.kind) => return Looked::Gone(Some(error)),
        Err(error) => return Looked::Failed(error),
    };
    match customer.relationship_to_partner {
        RelationshipToPartner::Reseller => {}
        RelationshipToPartner::None => return Looked::Gone(None),
        _ => return Looked::NotReseller(Box::new(customer)),
    }
    let mut seen = Seen::default();
    match all(client.subscriptions(id)).await {
        Ok((subscriptions, skipped)) => {
            seen.subscriptions(client, id, &subscriptions).await;
            // Whatever could not be understood may be of any kind.
            seen.skip(&SUBSCRIBED, skipped);
        }
        Err(error) => seen.fail(&SUBSCRIBED, &error),
    }
    let owned = [Check::Reservations, Check::Software];
    match all(client.entitlements(id, EntitlementType::Unknown)).await {
        Ok((entitlements, skipped)) => {
            seen.entitlements(&entitlements);
            seen.skip(&owned, skipped);
        }
        Err(error) => seen.fail(&owned, &error),
    }
    match client.transfers(id).await {
        Ok(transfers) => seen.transfers(transfers),
        // There are none, or this cloud has no such thing.
        Err(error) if error.kind == ErrorKind::NotFound || error.details.code == Some(NO_TRANSFERS_HERE) => {}
        Err(error) => seen.fail(&[Check::Transfers], &error),
    }
    let findings = Check::ALL.into_iter().zip(seen.0).map(|(check, note)| note.finding(check)).collect();
    Looked::Checked(Box::new(Checked { customer, at: client.service_now(), findings }))
}

/// Whether a failure means that there is no relationship.
pub(crate) fn is_gone(kind: &ErrorKind) -> bool {
    matches!(kind, ErrorKind::NotFound | ErrorKind::NoRelationship)
}

/// All items of a collection, and how many could not be understood.
pub(crate) async fn all<T>(mut pages: Pages<T>) -> Result<(Vec<T>, usize), Error> {
    let (mut items, mut skipped) = (Vec::new(), 0);
    while let Some(page) = pages.next().await {
        let page = page?;
        items.extend(page.items);
        skipped += page.skipped;
    }
    Ok((items, skipped))
}

/// The code for national clouds, which have no transfers.
const NO_TRANSFERS_HERE: u32 = 900_138;

/// What was noted for each check, in their order.
#[derive(Default)]
struct Seen([Note; Check::ALL.len()]);

#[derive(Default)]
struct Note {
    blockers: Vec<Blocker>,
    /// The orders behind them: an entitlement of the same order is the same thing.
    orders: Vec<String>,
    not_understood: usize,
    failed: Option<Error>,
}

impl Note {
    fn finding(self, check: Check) -> Finding {
        let verdict = match self {
            Self { blockers, .. } if !blockers.is_empty() => Verdict::Blocks(blockers),
            Self { failed: Some(error), .. } => Verdict::Unknown(Why::Failed(error)),
            Self { not_understood: 0, .. } => Verdict::Passed,
            Self { not_understood, .. } => Verdict::Unknown(Why::NotUnderstood(not_understood)),
        };
        Finding { check, verdict }
    }
}

impl Seen {
    fn of(&mut self, check: Check) -> &mut Note {
        &mut self.0[check as usize]
    }

    fn skip(&mut self, checks: &[Check], count: usize) {
        for check in checks {
            self.of(*check).not_understood += count;
        }
    }

    fn fail(&mut self, checks: &[Check], error: &Error) {
        for check in checks {
            self.of(*check).failed.get_or_insert_with(|| error.clone());
        }
    }

    async fn subscriptions(&mut self, client: &Client, id: &CustomerId, subscriptions: &[Subscription]) {
        for subscription in subscriptions {
            let check = class(subscription);
            match standing(check, subscription) {
                Standing::Free => {}
                Standing::Blocks(way) => self.block(check, subscription, way),
                Standing::Plan => self.plan(client, id, subscription).await,
                Standing::NotUnderstood => self.skip(&[check], 1),
            }
        }
    }

    fn block(&mut self, check: Check, subscription: &Subscription, way: Way) {
        let note = self.of(check);
        note.orders.extend(subscription.order_id.clone());
        note.blockers.push(blocker(subscription, way));
    }

    /// A plan can be suspended when no Azure subscription under it is in use.
    async fn plan(&mut self, client: &Client, id: &CustomerId, plan: &Subscription) {
        let under = match all(client.azure_entitlements(id, &plan.id)).await {
            Ok((under, 0)) => under,
            Ok((_, skipped)) => return self.skip(&[Check::AzurePlan], skipped),
            Err(error) => return self.fail(&[Check::AzurePlan], &error),
        };
        let active: Vec<_> = under.into_iter().filter(partner_center::AzureEntitlement::is_active).collect();
        if active.is_empty() {
            return self.block(Check::AzurePlan, plan, Way::Suspend);
        }
        let blockers = active.into_iter().map(|azure| Blocker {
            name: azure
                .friendly_name
                .filter(|name| !name.trim().is_empty())
                .unwrap_or_else(|| azure.id.to_string()),
            thing: Thing::Azure { plan: plan.id.clone(), entitlement: azure.id.to_string() },
            quantity: None,
            way: Way::CancelAzure,
        });
        self.of(Check::AzurePlan).blockers.extend(blockers);
    }

    /// Those that are not over. One in a state that nobody knows may still be answered.
    fn transfers(&mut self, transfers: Vec<Transfer>) {
        let is_open = |transfer: &Transfer| {
            matches!(
                transfer.status,
                TransferStatus::Active
                    | TransferStatus::Pending
                    | TransferStatus::InProgress
                    | TransferStatus::Unknown
            )
        };
        let blockers = transfers.into_iter().filter(is_open).map(|transfer| Blocker {
            name: [transfer.source_partner_name.as_str(), " → ", &transfer.target_partner_name].concat(),
            thing: Thing::Transfer(transfer.id),
            quantity: None,
            way: Way::Transfer,
        });
        self.of(Check::Transfers).blockers.extend(blockers);
    }

    fn entitlements(&mut self, entitlements: &[Entitlement]) {
        for entitlement in entitlements.iter().filter(|one| one.quantity != Some(0)) {
            let check = match entitlement.entitlement_type {
                EntitlementType::VirtualMachineReservedInstance => Check::Reservations,
                EntitlementType::Software => Check::Software,
                EntitlementType::Unknown => Check::Marketplace,
            };
            let order = entitlement.reference_order.as_ref().map(|order| order.id.clone());
            let note = self.of(check);
            let same = |known: &String| order.as_ref().is_some_and(|id| id.eq_ignore_ascii_case(known));
            if note.orders.iter().any(same) {
                continue;
            }
            note.blockers.push(Blocker {
                thing: Thing::Order(order.unwrap_or_default()),
                name: entitlement.product_id.clone(),
                quantity: entitlement.quantity,
                way: Way::Portal,
            });
        }
    }
}
