//! Brings the customers who show a case into the list, where they are asked for.

use serde_json::{Value, json};

use super::error::ApiError;
use super::routes::transfers::{asks, partner_acts};
use super::sandbox::Sandbox;
use super::seed::cases::{CASES, Case, Open, ordinals};
use super::seed::partners::OTHER_AGENT;
use super::seed::{AGENT, customers};
use super::store;
use super::wire::Request;

impl Sandbox {
    /// Makes them at the start, where the configuration wants them.
    pub(super) fn begin(&mut self) -> rusqlite::Result<()> {
        let wanted = self.config.cases;
        if wanted { self.make_cases().map(drop) } else { Ok(()) }
    }

    /// Makes those that are not there, and names all of them. What they come with is as if it had been so from the start:
    /// the ledger does not tell of it.
    pub(super) fn make_cases(&mut self) -> rusqlite::Result<Value> {
        let mut new = Vec::new();
        let transaction = self.connection.transaction()?;
        for (ordinal, case) in ordinals().zip(CASES) {
            if store::insert_missing(&transaction, &customers::row(self.parameters.seed, ordinal))? {
                new.push(case);
            }
        }
        transaction.commit()?;
        for case in new {
            // Only a database that fails keeps a transfer from being made, which shows itself at the next request.
            self.open_transfer(case).unwrap_or_default();
            for table in ["ledger", "audit"] {
                self.connection.execute(&format!("DELETE FROM {table} WHERE customer = ?1"), [case.id])?;
            }
        }
        let told = |case: &Case| json!({ "id": case.id, "name": case.name });
        Ok(json!({ "cases": CASES.iter().map(told).collect::<Vec<_>>() }))
    }

    fn open_transfer(&mut self, case: &Case) -> Result<(), ApiError> {
        let request = Request::get("");
        let mut wanted = json!({ "action": "create", "customer": case.id });
        match case.open {
            Open::Nothing => Ok(()),
            Open::Sent => self.call(&request, 0, &AGENT, |call| asks(call, case.id)),
            Open::Received => {
                self.call(&request, 0, &OTHER_AGENT, |call| partner_acts(call, &wanted).map(drop))
            }
            Open::Offered => {
                wanted["contract"] = json!("legacy");
                wanted["lines"] = json!(2);
                self.call(&request, 0, &OTHER_AGENT, |call| partner_acts(call, &wanted).map(drop))
            }
        }
    }
}
