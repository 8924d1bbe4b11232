//! Which customer came through which indirect reseller. The service tells it for a customer at a time, but it also lists
//! the customers of a reseller: a provider has few resellers and many customers, so that is what is asked for.

use std::cell::Cell;

use customer_index::Value;
use leptos::task::spawn_local;
use list_view::Column;
use partner_center::{CustomerFilter, CustomerQuery, Error, Pacer, PartnerId, PartnerRelationshipType};

use super::{number, root};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Idle,
    Reading,
    Known,
    Failed,
}

/// How far it is known.
pub(super) struct Resellers {
    phase: Cell<Phase>,
    /// Rises when the rows are other ones.
    edition: Cell<u32>,
}

impl Resellers {
    pub(super) fn new() -> Self {
        Self { phase: Cell::new(Phase::Idle), edition: Cell::new(0) }
    }

    /// Reads it, unless that was done or goes on. `pacer` spaces the calls.
    pub(super) fn want(&'static self, pacer: &'static Pacer) {
        // Who is not in yet could not be told from who has no reseller.
        if self.phase.get() == Phase::Idle && root().customers.is_complete() {
            self.phase.set(Phase::Reading);
            spawn_local(async {
                let edition = self.edition.get();
                let outcome = self.read(pacer).await;
                if self.edition.get() == edition {
                    if let Err(error) = &outcome {
                        root().details.note_lost(error);
                    }
                    self.phase.set(if outcome.is_ok() { Phase::Known } else { Phase::Failed });
                    root().details.failed_or_came(outcome.is_err());
                }
            });
        }
    }

    pub(super) fn has_failed(&self) -> bool {
        self.phase.get() == Phase::Failed
    }

    /// Forgets a failure, or what was found for rows that are others now.
    pub(super) fn begin_anew(&self) {
        self.edition.set(self.edition.get() + 1);
        self.phase.set(Phase::Idle);
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
                        }
                    }
                });
            }
        }
        if self.edition.get() == edition {
            root().customers.index.update(|index| {
                for row in 0..index.end() {
                    if index.get(row).is_some() && index.value(row, column).is_none() {
                        index.set_value(row, column, Some(Value::Empty));
                    }
                }
            });
        }
        Ok(())
    }
}
