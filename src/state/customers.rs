//! All customers, loaded once, page after page, and kept while the application lives.

use std::cell::{Cell, RefCell};

use customer_index::{Customer as Entry, CustomerIndex};
use leptos::task::spawn_local;
use partner_center::{
    Client, Customer, CustomerId, CustomerQuery, Error, Pacer, Pages, RelationshipToPartner, Timestamp,
};

use super::{kept, root};
use crate::platform::fold::BrowserFold;
use crate::platform::time::now;
use crate::ui::{Watched, is_gone, is_lost};

/// All agents and programs of a partner share 500 calls a minute.
const CALLS_PER_MINUTE: u32 = 300;
/// 100,000 customers are 200 calls, which somebody waits for; those after them wait their turn.
const AT_ONCE: u32 = 200;

/// How far the loading is.
pub(crate) enum Phase {
    /// Nothing was asked for yet.
    Idle,
    /// Pages are coming.
    Reading,
    /// All are here.
    Complete,
    /// Somebody stopped it; it can go on.
    Halted,
    /// A page failed; what came before is there, and reading can go on from that page.
    Stopped(Error),
}

/// The loaded customers and the state of the loading.
pub(crate) struct Customers {
    /// The rows; those who read them are told of every page.
    pub index: Watched<CustomerIndex>,
    /// Rises when the rows are other ones, so that earlier results cannot be extended.
    pub generation: Cell<u32>,
    pub phase: Watched<Phase>,
    /// When all were here for the last time.
    pub completed: Cell<Option<Timestamp>>,
    /// When reading them began or ended for the last time, in whatever way.
    tried: Cell<Option<Timestamp>>,
    pub fold: BrowserFold,
    /// Where to go on after a fault, or after it was stopped.
    rest: RefCell<Option<Reading>>,
    /// Whether somebody wants it stopped.
    halt: Cell<bool>,
    /// Rises when everything is forgotten: what is still on its way then is another partner's.
    edition: Cell<u32>,
    pacer: Pacer,
    /// Whether there is a kept list to compare with: who is new since then is known.
    kept_before: Cell<bool>,
}

/// One pass over all pages.
struct Reading {
    pages: Pages<Customer>,
    /// A pass that refreshes fills an index of its own: the old rows stay until it is complete.
    fresh: Option<CustomerIndex>,
}

impl Customers {
    pub(super) fn new(client: &Client) -> Self {
        Self {
            index: Watched::new(CustomerIndex::default()),
            generation: Cell::new(0),
            phase: Watched::new(Phase::Idle),
            completed: Cell::new(None),
            tried: Cell::new(None),
            fold: BrowserFold::new(),
            rest: RefCell::new(None),
            halt: Cell::new(false),
            edition: Cell::new(0),
            pacer: client.pacer_with_burst(CALLS_PER_MINUTE, AT_ONCE),
            kept_before: Cell::new(false),
        }
    }

    /// How many are here.
    pub(crate) fn len(&self) -> usize {
        self.index.with(CustomerIndex::len)
    }

    /// Whether what is here is a whole list; while it is renewed, the old one is.
    pub(crate) fn is_complete(&self) -> bool {
        self.phase.with(|phase| matches!(phase, Phase::Complete) || self.completed.get().is_some())
    }

    pub(crate) fn is_reading(&self) -> bool {
        self.phase.with(|phase| matches!(phase, Phase::Reading))
    }

    /// Begins to load, if nobody has.
    pub(crate) fn start(&self, client: &Client) {
        if self.phase.peek(|phase| !matches!(phase, Phase::Idle)) {
            return;
        }
        let pages = client.customers(&CustomerQuery::default());
        if !root().preferences.keeps.peek(|keeps| *keeps) {
            return self.read(Reading { pages, fresh: None });
        }
        self.phase.set(Phase::Reading);
        let edition = self.edition.get();
        spawn_local(async move {
            let customers = &root().customers;
            let kept = kept::read().await;
            if customers.edition.get() != edition {
                return;
            }
            let fresh = kept.map(|(index, read_at)| {
                customers.completed.set(Some(read_at));
                customers.kept_before.set(true);
                customers.index.set(index);
                CustomerIndex::default()
            });
            customers.read(Reading { pages, fresh });
        });
    }

    /// Whether the list is older than so many minutes. After a reading that failed or was stopped it is not, until so many
    /// have passed again: nobody wants a refused call repeated at once, or what he has just stopped.
    pub(crate) fn is_older_than(&self, minutes: u16) -> bool {
        let since = self.completed.get().and_then(|completed| Some(completed.max(self.tried.get()?)));
        since.is_some_and(|since| now().since(since).as_secs() >= u64::from(minutes) * 60)
    }

    /// Takes over what the service has just said of one customer: another name, or that it is nobody's of ours. That one
    /// leaves the list, and what is kept of it.
    pub(crate) fn learn(&'static self, id: &CustomerId, answer: &Result<Customer, Error>) {
        match answer {
            Ok(customer) => {
                if self.index.peek(|index| index.row_of(id.as_str())).is_none() {
                    return;
                }
                self.index.update(|index| index.update(entry(customer, id.as_str()), &self.fold));
            }
            Err(error) if is_gone(&error.kind) => self.forget(id),
            Err(_) => {}
        }
    }

    /// The partner has no relationship with this customer any more: it leaves the list, and what is kept of it.
    pub(crate) fn forget(&'static self, id: &CustomerId) {
        let Some(row) = self.index.peek(|index| index.row_of(id.as_str())) else { return };
        root().list.forget(row);
        self.index.update(|index| index.remove(id.as_str()));
        self.keep_if_agreed();
    }

    /// Loads everything anew. The old rows stay meanwhile. While a pass runs this does nothing.
    pub(crate) fn refresh(&self, client: &Client) {
        if self.phase.peek(|phase| !matches!(phase, Phase::Reading)) {
            let fresh = self.index.peek(|index| (!index.is_empty()).then(CustomerIndex::default));
            self.read(Reading { pages: client.customers(&CustomerQuery::default()), fresh });
        }
    }

    /// Reads no further page. What is here stays, and reading can go on from there.
    pub(crate) fn halt(&self) {
        self.halt.set(true);
    }

    /// Forgets all customers and what is known of them. Where the list was read or shown it is read anew.
    pub(super) fn start_over(&self) {
        self.edition.set(self.edition.get() + 1);
        self.generation.set(self.generation.get() + 1);
        self.rest.take();
        self.completed.set(None);
        self.kept_before.set(false);
        let none = CustomerIndex::default();
        root().list.move_to(&none, &none);
        root().details.move_to(&none, &mut CustomerIndex::default());
        self.index.set(none);
        if !matches!(self.phase.update(|phase| std::mem::replace(phase, Phase::Idle)), Phase::Idle) {
            self.start(&root().client);
        }
    }

    /// Keeps the list in this browser from now on. Answers whether that works.
    pub(crate) async fn keep(&self) -> bool {
        let Some(read_at) = self.completed.get() else { return true };
        let before = self.kept_before.replace(true);
        self.index.update(|index| kept::mark_first_seen(index, before));
        kept::write(read_at).await
    }

    fn keep_if_agreed(&'static self) {
        if root().preferences.keeps.peek(|keeps| *keeps) {
            spawn_local(async {
                // It is a convenience: where it does not work, the list is read as if there were none.
                self.keep().await;
            });
        }
    }

    /// Goes on with the page that failed, or that was not asked for any more.
    pub(crate) fn resume(&self) {
        if let Some(reading) = self.rest.take() {
            self.read(reading);
        }
    }

    /// Goes on where the connection was lost, now that it is back.
    pub(crate) fn resume_if_offline(&self) {
        let lost = |phase: &Phase| matches!(phase, Phase::Stopped(error) if is_lost(error));
        if self.phase.peek(lost) {
            self.resume();
        }
    }

    fn read(&self, mut reading: Reading) {
        self.tried.set(Some(now()));
        self.phase.set(Phase::Reading);
        self.halt.set(false);
        let edition = self.edition.get();
        spawn_local(async move {
            let customers = &root().customers;
            loop {
                customers.pacer.turn().await;
                if customers.edition.get() != edition {
                    return;
                }
                if customers.halt.take() {
                    customers.rest.replace(Some(reading));
                    customers.tried.set(Some(now()));
                    customers.phase.set(Phase::Halted);
                    return;
                }
                let page = reading.pages.next().await;
                if customers.edition.get() != edition {
                    return;
                }
                let Some(page) = page else { break };
                match page {
                    Ok(page) => customers.add(&page.items, &mut reading.fresh),
                    Err(error) => {
                        customers.rest.replace(Some(reading));
                        customers.tried.set(Some(now()));
                        customers.phase.set(Phase::Stopped(error));
                        return;
                    }
                }
            }
            customers.completed.set(Some(now()));
            if let Some(mut fresh) = reading.fresh.take() {
                customers.generation.set(customers.generation.get() + 1);
                customers.index.peek(|old| {
                    root().list.move_to(old, &fresh);
                    root().details.move_to(old, &mut fresh);
                });
                customers.index.set(fresh);
            }
            customers.phase.set(Phase::Complete);
            customers.keep_if_agreed();
        });
    }

    fn add(&self, items: &[Customer], fresh: &mut Option<CustomerIndex>) {
        let push = |index: &mut CustomerIndex| {
            for customer in items {
                index.push(entry(customer, customer.id.as_str()), &self.fold);
            }
        };
        match fresh {
            Some(index) => push(index),
            None => self.index.update(push),
        }
    }
}

fn entry<'a>(customer: &'a Customer, id: &'a str) -> Entry<'a> {
    let profile = &customer.company_profile;
    Entry {
        id,
        name: &profile.company_name,
        domain: &profile.domain,
        relationship: encode_relationship(customer.relationship_to_partner),
    }
}

const RELATIONSHIPS: [RelationshipToPartner; 6] = [
    RelationshipToPartner::Unknown,
    RelationshipToPartner::Reseller,
    RelationshipToPartner::Advisor,
    RelationshipToPartner::Syndication,
    RelationshipToPartner::MicrosoftSupport,
    RelationshipToPartner::None,
];

/// The number in the index that stands for a relationship.
pub(crate) fn encode_relationship(relationship: RelationshipToPartner) -> u8 {
    (0..).zip(RELATIONSHIPS).find(|(_, known)| *known == relationship).map_or(0, |(number, _)| number)
}

/// The relationship behind the number in the index.
pub(crate) fn decode_relationship(number: u8) -> RelationshipToPartner {
    RELATIONSHIPS.get(usize::from(number)).copied().unwrap_or(RelationshipToPartner::Unknown)
}
