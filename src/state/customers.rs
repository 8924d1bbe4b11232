//! All customers, loaded once, page after page, and kept while the application lives.

use customer_index::{Customer as Entry, CustomerIndex};
use leptos::prelude::*;
use leptos::task::spawn_local;
use partner_center::{Client, Customer, CustomerQuery, Error, Pages, RelationshipToPartner, Timestamp};

use crate::platform::fold::BrowserFold;
use crate::platform::time::now;

/// How far the loading is.
#[derive(Clone, PartialEq, Eq)]
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
#[derive(Clone, Copy)]
pub(crate) struct Customers {
    index: StoredValue<CustomerIndex, LocalStorage>,
    fold: StoredValue<BrowserFold, LocalStorage>,
    /// Where to go on after a fault.
    rest: StoredValue<Option<Reading>, LocalStorage>,
    phase: RwSignal<Phase>,
    /// Rises with every page: what was computed from the index is to be computed again.
    version: RwSignal<u32>,
    /// Rises when the rows are other ones, so that results cannot be extended.
    generation: RwSignal<u32>,
    completed: RwSignal<Option<Timestamp>>,
    /// Where the list was scrolled to, and for which search, so that Back finds it again.
    pub scrolled: StoredValue<(String, i32)>,
}

/// One pass over all pages.
struct Reading {
    pages: Pages<Customer>,
    /// A pass that refreshes fills an index of its own: the old rows stay until it is complete.
    fresh: Option<CustomerIndex>,
}

impl Customers {
    pub(crate) fn new() -> Self {
        Self {
            index: StoredValue::new_local(CustomerIndex::default()),
            fold: StoredValue::new_local(BrowserFold::new()),
            rest: StoredValue::new_local(None),
            phase: RwSignal::new(Phase::Idle),
            version: RwSignal::new(0),
            generation: RwSignal::new(0),
            completed: RwSignal::new(None),
            scrolled: StoredValue::new((String::new(), 0)),
        }
    }

    pub(crate) fn phase(self) -> Signal<Phase> {
        self.phase.into()
    }

    pub(crate) fn version(self) -> Signal<u32> {
        self.version.into()
    }

    pub(crate) fn generation(self) -> Signal<u32> {
        self.generation.into()
    }

    /// When the list was complete.
    pub(crate) fn completed(self) -> Signal<Option<Timestamp>> {
        self.completed.into()
    }

    pub(crate) fn with_index<T>(self, read: impl FnOnce(&CustomerIndex) -> T) -> T {
        self.index.with_value(read)
    }

    pub(crate) fn with_fold<T>(self, read: impl FnOnce(&BrowserFold) -> T) -> T {
        self.fold.with_value(read)
    }

    /// Begins to load, if nobody has.
    pub(crate) fn start(self, client: &Client) {
        if self.phase.get_untracked() == Phase::Idle {
            self.read(Reading { pages: client.customers(&CustomerQuery::default()), fresh: None });
        }
    }

    /// Loads everything anew. The old rows stay meanwhile. While a pass runs this does nothing.
    pub(crate) fn refresh(self, client: &Client) {
        if self.phase.get_untracked() != Phase::Reading {
            let fresh = self.index.with_value(|index| (!index.is_empty()).then(CustomerIndex::default));
            self.read(Reading { pages: client.customers(&CustomerQuery::default()), fresh });
        }
    }

    /// Goes on with the page that failed.
    pub(crate) fn resume(self) {
        if let Some(reading) = self.rest.try_update_value(Option::take).flatten() {
            self.read(reading);
        }
    }

    fn read(self, mut reading: Reading) {
        self.phase.set(Phase::Reading);
        spawn_local(async move {
            while let Some(page) = reading.pages.next().await {
                match page {
                    Ok(page) => self.add(&page.items, &mut reading.fresh),
                    Err(error) => {
                        self.rest.set_value(Some(reading));
                        self.phase.set(Phase::Stopped(error));
                        return;
                    }
                }
            }
            if let Some(fresh) = reading.fresh.take() {
                self.index.set_value(fresh);
                self.generation.update(|generation| *generation += 1);
                self.version.update(|version| *version += 1);
            }
            self.completed.set(Some(now()));
            self.phase.set(Phase::Complete);
        });
    }

    fn add(self, items: &[Customer], fresh: &mut Option<CustomerIndex>) {
        self.fold.with_value(|fold| {
            let push = |index: &mut CustomerIndex| {
                for customer in items {
                    let profile = &customer.company_profile;
                    index.push(
                        Entry {
                            id: customer.id.as_str(),
                            name: &profile.company_name,
                            domain: &profile.domain,
                            relationship: encode_relationship(customer.relationship_to_partner),
                        },
                        fold,
                    );
                }
            };
            match fresh {
                Some(index) => push(index),
                None => self.index.update_value(push),
            }
        });
        if fresh.is_none() {
            self.version.update(|version| *version += 1);
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

fn encode_relationship(relationship: RelationshipToPartner) -> u8 {
    (0..).zip(RELATIONSHIPS).find(|(_, known)| *known == relationship).map_or(0, |(number, _)| number)
}

/// The relationship behind the number in the index.
pub(crate) fn decode_relationship(number: u8) -> RelationshipToPartner {
    RELATIONSHIPS.get(usize::from(number)).copied().unwrap_or(RelationshipToPartner::Unknown)
}
