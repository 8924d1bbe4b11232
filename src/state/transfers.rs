//! Transfers of subscriptions to and from other partners, as far as they were read, and what is being done with one.
//!
//! The service lists them for a customer at a time. So the desk looks first at the customers that are likely to have some
//! (this browser did something with them, or the audit records say so), and at all of them only when that is asked for.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures_util::future::join4;
use leptos::task::spawn_local;
use partner_center::{
    AUDIT_DAYS_KEPT, AuditQuery, Client, CustomerId, Error, Pacer, PartnerId, SubscriptionId, Timestamp,
    Transfer, TransferId,
};
use partner_transfers::{Act, Acted, Asked, Decision, Stage};

use super::root;
use crate::ui::Watched;

/// The customers that are likely to have transfers are few: they are looked at without a pause.
const AT_ONCE: u32 = 60;
/// What audit records call it.
const OPERATIONS: [&str; 2] = ["create_transfer", "update_transfer"];

/// The transfers of one customer.
#[derive(Clone)]
pub(crate) struct OfCustomer {
    pub customer: CustomerId,
    pub transfers: Vec<Transfer>,
}

/// How far the looking through customers is.
#[derive(Clone, Default)]
pub(crate) struct Scan {
    /// How many have been looked at, and of how many.
    pub done: usize,
    pub all: usize,
    /// How many could not be read, and why the last one could not.
    pub failed: usize,
    pub error: Option<Error>,
    pub is_running: bool,
    /// Whether all customers were looked through.
    pub is_whole: bool,
}

/// What is being done, or was done last, with the transfers of one customer.
pub(crate) struct Doing {
    pub customer: CustomerId,
    /// Which one; `None` for a new request.
    pub transfer: Option<TransferId>,
    pub what: What,
}

/// How far it is.
pub(crate) enum What {
    /// It is being done.
    Under(Stage),
    /// Requests were sent: how many of how many, and how the last one ended.
    Asked { sent: usize, of: usize, ended: Asked },
    /// A request was answered or taken back.
    Acted(Act, Acted),
}

/// Everything about transfers that outlives a page.
pub(crate) struct Transfers {
    pub known: Watched<Vec<OfCustomer>>,
    pub scan: Watched<Scan>,
    pub doing: Watched<Option<Doing>>,
    /// The decision whose fate is not known yet.
    pub decision: Watched<Decision>,
    /// What is typed, by its place: whose and which.
    pub typed: Watched<Vec<(String, String)>>,
    /// Which subscriptions are chosen, of which request.
    pub chosen: Watched<Vec<(TransferId, SubscriptionId)>>,
    pacer: Pacer,
    edition: Cell<u32>,
    likely_read: Cell<bool>,
}

impl Transfers {
    pub(super) fn new(client: &Client) -> Self {
        Self {
            known: Watched::new(Vec::new()),
            scan: Watched::new(Scan::default()),
            doing: Watched::new(None),
            decision: Watched::new(Decision::default()),
            typed: Watched::new(Vec::new()),
            chosen: Watched::new(Vec::new()),
            pacer: client.pacer_with_burst(super::details::CALLS_PER_MINUTE, AT_ONCE),
            edition: Cell::new(0),
            likely_read: Cell::new(false),
        }
    }

    /// Forgets everything: it was another partner's.
    pub(super) fn forget(&self) {
        self.edition.set(self.edition.get() + 1);
        self.known.set(Vec::new());
        self.scan.set(Scan::default());
        self.doing.set(None);
        self.decision.set(Decision::default());
        self.typed.set(Vec::new());
        self.chosen.set(Vec::new());
        self.likely_read.set(false);
    }

    /// These are the transfers of a customer now.
    pub(crate) fn learn(&self, customer: &CustomerId, transfers: &[Transfer]) {
        self.known.update(|known| {
            known.retain(|one| one.customer != *customer);
            if !transfers.is_empty() {
                known.push(OfCustomer { customer: customer.clone(), transfers: transfers.to_vec() });
            }
        });
    }

    /// One of them is this now.
    pub(crate) fn learn_one(&self, customer: &CustomerId, transfer: &Transfer) {
        let mut all = self.of(customer);
        match all.iter_mut().find(|one| one.id == transfer.id) {
            Some(one) => one.clone_from(transfer),
            None => all.push(transfer.clone()),
        }
        self.learn(customer, &all);
    }

    /// What is known of a customer's.
    pub(crate) fn of(&self, customer: &CustomerId) -> Vec<Transfer> {
        let found = |known: &Vec<OfCustomer>| known.iter().find(|one| one.customer == *customer).cloned();
        self.known.peek(found).map(|one| one.transfers).unwrap_or_default()
    }

    /// Reads those of a customer.
    pub(crate) async fn read(&self, customer: &CustomerId) -> Result<Vec<Transfer>, Error> {
        let transfers = root().client.transfers(customer).await?;
        self.learn(customer, &transfers);
        Ok(transfers)
    }

    /// Looks at the customers that are likely to have some, once.
    pub(crate) fn look_at_likely(&'static self) {
        if self.likely_read.replace(true) {
            return;
        }
        self.start(false, async {
            let mut likely = known_here();
            for customer in recorded().await? {
                if !likely.contains(&customer) {
                    likely.push(customer);
                }
            }
            Ok(likely)
        });
    }

    /// Looks at them again, after a failure.
    pub(crate) fn look_at_likely_again(&'static self) {
        self.likely_read.set(false);
        self.look_at_likely();
    }

    /// Looks at all customers.
    pub(crate) fn look_at_all(&'static self) {
        self.start(true, async {
            let ids = root().customers.index.peek(|index| {
                let rows = (0..index.end()).filter_map(|row| index.get(row));
                rows.filter_map(|customer| CustomerId::parse(customer.id)).collect::<Vec<_>>()
            });
            Ok(ids)
        });
    }

    /// Stops looking; what was found stays.
    pub(crate) fn stop(&self) {
        self.edition.set(self.edition.get() + 1);
        self.scan.update(|scan| scan.is_running = false);
    }

    fn start(
        &'static self,
        whole: bool,
        customers: impl Future<Output = Result<Vec<CustomerId>, Error>> + 'static,
    ) {
        let edition = self.edition.get() + 1;
        self.edition.set(edition);
        self.scan.set(Scan { is_running: true, ..Scan::default() });
        spawn_local(async move {
            let is_mine = || self.edition.get() == edition;
            let customers = match customers.await {
                Ok(customers) => customers,
                Err(error) => {
                    if is_mine() {
                        self.scan.set(Scan { failed: 1, error: Some(error), ..Scan::default() });
                    }
                    return;
                }
            };
            self.scan.update(|scan| scan.all = customers.len());
            let queue = Rc::new(RefCell::new(customers.into_iter()));
            // Four at once: one that is slow does not hold up the others.
            let lane = || self.work(edition, queue.clone());
            join4(lane(), lane(), lane(), lane()).await;
            if is_mine() {
                self.scan.update(|scan| {
                    scan.is_running = false;
                    scan.is_whole = whole && scan.failed == 0;
                });
            }
        });
    }

    /// Looks at one customer after the other, until there are no more or somebody begins anew.
    async fn work(&'static self, edition: u32, queue: Rc<RefCell<std::vec::IntoIter<CustomerId>>>) {
        loop {
            let next = queue.borrow_mut().next();
            let Some(customer) = next else { return };
            self.pacer.turn().await;
            if self.edition.get() != edition {
                return;
            }
            let read = self.read(&customer).await;
            if self.edition.get() != edition {
                return;
            }
            self.scan.update(|scan| {
                scan.done += 1;
                if let Err(error) = read
                    && !crate::ui::is_gone(&error.kind)
                {
                    scan.failed += 1;
                    scan.error = Some(error);
                }
            });
        }
    }

    /// What was typed at this place; empty for nothing.
    pub(crate) fn text(&self, place: &str) -> String {
        let found = |typed: &Vec<(String, String)>| {
            typed.iter().find(|(known, _)| known == place).map(|(_, text)| text.clone())
        };
        self.typed.with(found).unwrap_or_default()
    }

    /// Types something there.
    pub(crate) fn write(&self, place: &str, text: String) {
        self.typed.update(|typed| {
            typed.retain(|(known, _)| known != place);
            typed.push((place.to_owned(), text));
        });
    }
}

/// The partner that works here.
pub(crate) fn own_partner() -> Option<PartnerId> {
    root().session.with(|session| session.as_ref()?.partner.as_ref()?.id.clone())
}

/// Customers with whose transfers something was done in this browser.
fn known_here() -> Vec<CustomerId> {
    root().done.journal.peek(|journal| {
        let entries = journal.since(0, None).filter(|entry| OPERATIONS.contains(&entry.what.as_str()));
        let mut found: Vec<CustomerId> = Vec::new();
        for customer in entries.filter_map(|entry| CustomerId::parse(entry.customer.as_deref()?)) {
            if !found.contains(&customer) {
                found.push(customer);
            }
        }
        found
    })
}

/// Customers with whose transfers something was done in the partner's name, as Microsoft's records say.
async fn recorded() -> Result<Vec<CustomerId>, Error> {
    let day = 24 * 60 * 60 * 1000;
    let start = root().client.service_now().millis() - i64::from(AUDIT_DAYS_KEPT - 1) * day;
    let query = AuditQuery { start: Some(Timestamp::from_millis(start)), ..AuditQuery::default() };
    let mut pages = root().client.audit_records(&query);
    let mut found: Vec<CustomerId> = Vec::new();
    while let Some(page) = pages.next().await {
        for record in page?.items {
            if let Some(customer) = record.customer_id
                && OPERATIONS.contains(&record.operation_type.as_str())
                && !found.contains(&customer)
            {
                found.push(customer);
            }
        }
    }
    Ok(found)
}
