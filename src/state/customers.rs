//! All customers, loaded once, page after page, and kept while the application lives.

use std::cell::{Cell, RefCell};

use customer_index::{Customer as Entry, CustomerIndex};
use leptos::task::spawn_local;
use partner_center::{Client, Customer, CustomerQuery, Error, ErrorKind, Pages, RelationshipToPartner, Timestamp};

use super::root;
use crate::platform::fold::BrowserFold;
use crate::platform::time::now;
use crate::ui::Watched;

/// How far the loading is.
pub(crate) enum Phase {
    /// Nothing was asked for yet.
    Idle,
    /// Pages are coming.
    Reading,
    /// All are here.
    Complete,
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
    pub fold: BrowserFold,
    /// Where to go on after a fault.
    rest: RefCell<Option<Reading>>,
}

/// One pass over all pages.
struct Reading {
    pages: Pages<Customer>,
    /// A pass that refreshes fills an index of its own: the old rows stay until it is complete.
    fresh: Option<CustomerIndex>,
}

impl Customers {
    pub(super) fn new() -> Self {
        Self {
            index: Watched::new(CustomerIndex::default()),
            generation: Cell::new(0),
            phase: Watched::new(Phase::Idle),
            completed: Cell::new(None),
            fold: BrowserFold::new(),
            rest: RefCell::new(None),
        }
    }

    /// How many are here.
    pub(crate) fn len(&self) -> usize {
        self.index.with(CustomerIndex::len)
    }

    pub(crate) fn is_complete(&self) -> bool {
        self.phase.with(|phase| matches!(phase, Phase::Complete))
    }

    pub(crate) fn is_reading(&self) -> bool {
        self.phase.with(|phase| matches!(phase, Phase::Reading))
    }

    /// Begins to load, if nobody has.
    pub(crate) fn start(&self, client: &Client) {
        if self.phase.peek(|phase| matches!(phase, Phase::Idle)) {
            self.read(Reading { pages: client.customers(&CustomerQuery::default()), fresh: None });
        }
    }

    /// Loads everything anew. The old rows stay meanwhile. While a pass runs this does nothing.
    pub(crate) fn refresh(&self, client: &Client) {
        if self.phase.peek(|phase| !matches!(phase, Phase::Reading)) {
            let fresh = self.index.peek(|index| (!index.is_empty()).then(CustomerIndex::default));
            self.read(Reading { pages: client.customers(&CustomerQuery::default()), fresh });
        }
    }

    /// Goes on with the page that failed.
    pub(crate) fn resume(&self) {
        if let Some(reading) = self.rest.take() {
            self.read(reading);
        }
    }

    /// Goes on where the connection was lost, now that it is back.
    pub(crate) fn resume_if_offline(&self) {
        let lost = |phase: &Phase| matches!(phase, Phase::Stopped(error) if error.kind == ErrorKind::Offline);
        if self.phase.peek(lost) {
            self.resume();
        }
    }

    fn read(&self, mut reading: Reading) {
        self.phase.set(Phase::Reading);
        spawn_local(async move {
            let customers = &root().customers;
            while let Some(page) = reading.pages.next().await {
                match page {
                    Ok(page) => customers.add(&page.items, &mut reading.fresh),
                    Err(error) => {
                        customers.rest.replace(Some(reading));
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
        });
    }

    fn add(&self, items: &[Customer], fresh: &mut Option<CustomerIndex>) {
        let push = |index: &mut CustomerIndex| {
            for customer in items {
                let profile = &customer.company_profile;
                let entry = Entry {
                    id: customer.id.as_str(),
                    name: &profile.company_name,
                    domain: &profile.domain,
                    relationship: encode_relationship(customer.relationship_to_partner),
                };
                index.push(entry, &self.fold);
            }
        };
        match fresh {
            Some(index) => push(index),
            None => self.index.update(push),
        }
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
