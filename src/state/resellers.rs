//! Which customer came through which indirect reseller. The service tells it for a customer at a time, but it also lists
//! the customers of a reseller: a provider has few resellers and many customers, so that is what is asked for.

use std::cell::Cell;

use customer_index::{RowSet, Value};
use leptos::task::spawn_local;
use list_view::Column;
use partner_center::{CustomerFilter, CustomerQuery, Error, Pacer, PartnerId, PartnerRelationshipType};

use super::{number, root};

/// How far it is known.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Known {
    /// Nobody asked yet.
    Not,
    /// It is being read.
    Soon,
    /// It is known.
    Yes,
    /// It could not be read.
    Failed,
}

/// What is known of it.
pub(super) struct Resellers {
    known: Cell<Known>,
    /// Rises when the rows are other ones.
    edition: Cell<u32>,
}

impl Resellers {
    pub(super) fn new() -> Self {
        Self { known: Cell::new(Known::Not), edition: Cell::new(0) }
    }

    /// Reads it, unless that was done or goes on: answers whether it begins now. `pacer` spaces the calls.
    pub(super) fn want(&'static self, pacer: &'static Pacer) -> bool {
        // Who is not in yet could not be told from who has no reseller.
        let begins = self.known.get() == Known::Not && root().customers.is_complete();
        if begins {
            self.known.set(Known::Soon);
            spawn_local(async {
                let edition = self.edition.get();
                let outcome = self.read(pacer).await;
                if self.edition.get() == edition {
                    if let Err(error) = &outcome {
                        root().details.note_lost(error);
                    }
                    self.known.set(if outcome.is_ok() { Known::Yes } else { Known::Failed });
                    root().details.failed_or_came(outcome.is_err());
                }
            });
        }
        begins
    }

    pub(super) fn known(&self) -> Known {
        self.known.get()
    }

    /// Forgets a failure, or what was found for rows that are others now.
    pub(super) fn begin_anew(&self) {
        self.edition.set(self.edition.get() + 1);
        self.known.set(Known::Not);
    }

    async fn read(&self, pacer: &Pacer) -> Result<(), Error> {
        let edition = self.edition.get();
        let client = &root().client;
        let mut relationships =
            client.relationships(PartnerRelationshipType::IsIndirectCloudSolutionProviderOf);
        let mut resellers: Vec<(PartnerId, String)> = Vec::new();
        pacer.turn().await;
        while let Some(page) = relationships.next().await {
            resellers.extend(page?.items.into_iter().map(|reseller| (reseller.id, reseller.name)));
        }
        let column = number(Column::Reseller);
        let mut named = RowSet::default();
        for (id, name) in resellers {
            let filter = Some(CustomerFilter::IndirectReseller(id));
            let mut pages = client.customers(&CustomerQuery { filter, ..CustomerQuery::default() });
            loop {
                pacer.turn().await;
                let Some(page) = pages.next().await else { break };
                let customers = page?.items;
                if self.edition.get() != edition {
                    return Ok(());
                }
                root().customers.index.update(|index| {
                    for customer in &customers {
                        if let Some(row) = index.row_of(customer.id.as_str()) {
                            index.set_value(row, column, Some(Value::Text(&name)));
                            named.set(row, true);
                        }
                    }
                });
            }
        }
        if self.edition.get() == edition {
            root().customers.index.update(|index| {
                for row in 0..index.end() {
                    // Also who had one before the list was read anew.
                    if index.get(row).is_some() && !named.contains(row) {
                        index.set_value(row, column, Some(Value::Empty));
                    }
                }
            });
        }
        Ok(())
    }
}
