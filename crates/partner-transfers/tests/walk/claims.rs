//! What was told, held against what happened.

use std::collections::HashMap;

use partner_center::{CustomerId, SubscriptionId, Transfer, TransferId, TransferStatus};
use partner_transfers::Kind;
use sandbox::Method;
use serde_json::Value;

use crate::adapter::{World, done};

/// That what has to hold does, or what does not.
pub(crate) type Held = Result<(), String>;

macro_rules! must {
    ($holds:expr, $($words:tt)+) => {
        if !$holds {
            return Err(format!($($words)+));
        }
    };
}
pub(crate) use must;

/// One decision of a person.
pub(crate) struct Decided {
    /// What was to be done with which request; `None` for a new one.
    pub(crate) act: Option<(Kind, TransferId, Vec<SubscriptionId>)>,
    /// The ids of the calls that left for it.
    pub(crate) calls: Vec<String>,
    pub(crate) told: Told,
    /// Whether it is still looked for at the end.
    pub(crate) is_open: bool,
}

#[derive(Debug, Clone)]
pub(crate) enum Told {
    /// It was sent, and nobody can say.
    Unsettled,
    /// It is so, of this transfer.
    Done(TransferId),
    /// It is not there any more.
    Gone,
    /// One like it is there already.
    Open(TransferId),
    /// Nothing of it holds.
    Nothing,
}

/// What really happened, read once for all walks of a world.
pub(crate) struct Truth {
    /// The answer to each call that was carried out: how often, by its id.
    carried: HashMap<String, usize>,
    /// Transfers by id, as the service has them, withdrawn ones included.
    transfers: HashMap<String, Value>,
    /// The call that made each.
    made_by: HashMap<String, String>,
    pub(crate) faults: Vec<(String, u64)>,
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_ascii_lowercase()
}

impl Truth {
    pub(crate) fn read(world: &World) -> Self {
        let ledger = world.control(Method::Get, "ledger", &Value::Null);
        let all = world.control(Method::Get, "partner", &Value::Null);
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let mut carried = HashMap::new();
        for call in list(&ledger["requests"]) {
            if call["status"].as_u64().is_some_and(|status| status < 300) && call["repeated"] != true {
                *carried.entry(text(&call["requestId"])).or_default() += 1;
            }
        }
        let is_made = |entry: &&Value| entry["kind"] == "transfer" && entry["action"] == "created";
        let entries = list(&ledger["entries"]);
        let made = entries.iter().filter(is_made);
        Self {
            carried,
            transfers: list(&all["transfers"]).into_iter().map(|one| (text(&one["id"]), one)).collect(),
            made_by: made.map(|entry| (text(&entry["id"]), text(&entry["requestId"]))).collect(),
            faults: ledger["faults"].as_object().map_or_else(Vec::new, |all| {
                all.iter().map(|(kind, times)| (kind.clone(), times.as_u64().unwrap_or(0))).collect()
            }),
        }
    }

    fn status(&self, id: &TransferId) -> &str {
        let found = self.transfers.get(&id.as_str().to_ascii_lowercase());
        found.and_then(|one| one["status"].as_str()).unwrap_or_default()
    }

    fn carried(&self, calls: &[String]) -> usize {
        calls.iter().map(|id| self.carried.get(&id.to_ascii_lowercase()).copied().unwrap_or(0)).sum()
    }

    /// Whether what was told of a decision is so.
    pub(crate) fn hold(&self, decided: &Decided, has_left: bool) -> Held {
        let carried = self.carried(&decided.calls);
        must!(carried <= 1, "carried out {carried} times");
        match (&decided.told, &decided.act) {
            (Told::Nothing | Told::Open(_), _) => {
                must!(carried == 0, "told that nothing of it holds, and it was carried out");
            }
            (Told::Done(id), None) => {
                let made_by = self.made_by.get(&id.as_str().to_ascii_lowercase());
                let is_ours = made_by
                    .is_some_and(|made_by| decided.calls.iter().any(|id| id.eq_ignore_ascii_case(made_by)));
                must!(is_ours, "told that {id} was made, and it was not by this decision");
            }
            (Told::Done(id), Some((kind, _, lines))) => {
                let status = self.status(id);
                must!(is_as_wanted(*kind, status), "told {kind:?}, and it is {status}");
                must!(lines.is_empty() || self.has_lines(id, lines), "other lines were accepted");
            }
            (Told::Gone, Some((_, id, _))) => {
                must!(self.status(id) == "Withdrawn", "told that it is away, and it is {}", self.status(id));
            }
            (Told::Gone, None) => must!(false, "a new request cannot be gone"),
            (Told::Unsettled, act) => {
                let away = act.is_none() && self.made_away(&decided.calls);
                let is_missed = carried > 0 && decided.is_open && !has_left && !away;
                let what = act.as_ref().map(|(kind, id, _)| (kind, self.status(id)));
                must!(!is_missed, "carried out, and never found: {what:?}");
            }
        }
        if let Told::Open(id) = &decided.told {
            must!(!self.status(id).is_empty(), "told that {id} is open, and there is none");
        }
        Ok(())
    }

    /// Whether what these calls made was withdrawn later.
    fn made_away(&self, calls: &[String]) -> bool {
        let mine = |made_by: &String| calls.iter().any(|id| id.eq_ignore_ascii_case(made_by));
        let is_away = |id: &String| self.transfers.get(id).is_some_and(|one| one["status"] == "Withdrawn");
        self.made_by.iter().any(|(id, made_by)| mine(made_by) && is_away(id))
    }

    fn has_lines(&self, id: &TransferId, lines: &[SubscriptionId]) -> bool {
        let there = self.transfers.get(&id.as_str().to_ascii_lowercase());
        let there = there.and_then(|one| one["lineItems"].as_array()).map_or(&[][..], Vec::as_slice);
        let has = |id: &SubscriptionId| {
            there.iter().any(|line| text(&line["subscriptionId"]) == id.as_str().to_ascii_lowercase())
        };
        there.len() == lines.len() && lines.iter().all(has)
    }

    /// Whether this partner sees what there is. Answers whether the customer has left.
    pub(crate) fn hold_list(
        &self,
        world: &World,
        customer: &CustomerId,
        may_leave: bool,
    ) -> Result<bool, String> {
        let seen = match done(world.client.transfers(customer)) {
            Ok(seen) => seen,
            Err(_) if may_leave => return Ok(true),
            Err(error) => return Err(format!("the list cannot be read: {error}")),
        };
        let id = customer.as_str().to_ascii_lowercase();
        let there = self.transfers.values().filter(|one| text(&one["customerTenantId"]) == id);
        let there: Vec<&Value> = there.filter(|one| one["status"] != "Withdrawn").collect();
        must!(there.len() == seen.len(), "{} seen, {} there", seen.len(), there.len());
        for one in there {
            let is_same = |seen: &&Transfer| seen.id.as_str().eq_ignore_ascii_case(&text(&one["id"]));
            let found = seen.iter().find(is_same).is_some_and(|seen| is_word(seen.status, &one["status"]));
            must!(found, "{} is {} and is not seen so", one["id"], one["status"]);
        }
        Ok(false)
    }
}

fn is_as_wanted(kind: Kind, status: &str) -> bool {
    match kind {
        Kind::Cancel => status == "Cancelled",
        Kind::Reject => matches!(status, "Reject" | "Rejected"),
        Kind::Accept => matches!(status, "InProgress" | "Complete" | "PartiallyComplete" | "Failed"),
    }
}

fn is_word(status: TransferStatus, word: &Value) -> bool {
    word.as_str().is_some_and(|word| {
        matches!(
            (status, word),
            (TransferStatus::Active, "Active")
                | (TransferStatus::Pending, "Pending")
                | (TransferStatus::InProgress, "InProgress")
                | (TransferStatus::Complete, "Complete")
                | (TransferStatus::PartiallyComplete, "PartiallyComplete")
                | (TransferStatus::Failed, "Failed")
                | (TransferStatus::Cancelled, "Cancelled")
                | (TransferStatus::Rejected, "Reject" | "Rejected")
                | (TransferStatus::Expired, "Expired")
        )
    })
}

/// Whether one of these bodies shows the transfer as it is claimed to be.
pub(crate) fn is_shown(bodies: &[Vec<u8>], claimed: &Transfer) -> bool {
    let shows = |value: &Value| {
        text(&value["id"]).eq_ignore_ascii_case(claimed.id.as_str())
            && is_word(claimed.status, &value["status"])
    };
    bodies.iter().any(|body| {
        let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
        let body: Value = serde_json::from_slice(body).unwrap_or_default();
        shows(&body) || body.as_array().is_some_and(|all| all.iter().any(shows))
    })
}

/// Whether a claimed transfer is as was wanted.
pub(crate) fn is_wanted(kind: Kind, claimed: &Transfer) -> bool {
    match kind {
        Kind::Cancel => claimed.status == TransferStatus::Cancelled,
        Kind::Reject => claimed.status == TransferStatus::Rejected,
        Kind::Accept => matches!(
            claimed.status,
            TransferStatus::InProgress
                | TransferStatus::Complete
                | TransferStatus::PartiallyComplete
                | TransferStatus::Failed
        ),
    }
}
