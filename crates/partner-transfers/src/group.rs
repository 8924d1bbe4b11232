//! Requests that were made in one go are shown as one: a request holds 25 subscriptions at most.

use std::time::Duration;

use partner_center::Transfer;

/// How far apart the requests of one group were made at most, one after the other.
const APART: Duration = Duration::from_secs(10 * 60);

/// The transfers in groups, the newest first; within a group in the order in which they were made. Those of one group are
/// between the same partners, under the same contract, and were made within minutes of each other.
pub fn groups(transfers: &[Transfer]) -> Vec<Vec<&Transfer>> {
    let mut ordered: Vec<&Transfer> = Vec::new();
    // There are a few: a sort would cost more bytes than it saves time.
    for transfer in transfers {
        let older = ordered.iter().position(|other| other.created_time < transfer.created_time);
        ordered.insert(older.unwrap_or(ordered.len()), transfer);
    }
    let mut groups: Vec<Vec<&Transfer>> = Vec::new();
    for transfer in ordered {
        let place = groups.iter_mut().find(|group| group.first().is_some_and(|first| belongs(first, transfer)));
        match place {
            // The first one is the oldest so far: each belongs to the one before it.
            Some(group) => group.insert(0, transfer),
            None => groups.push(vec![transfer]),
        }
    }
    groups
}

/// Whether an older transfer belongs to the group that begins with a newer one.
fn belongs(newer: &Transfer, older: &Transfer) -> bool {
    let (Some(later), Some(earlier)) = (newer.created_time, older.created_time) else { return false };
    newer.contract == older.contract
        && newer.source_partner_tenant_id == older.source_partner_tenant_id
        && newer.target_partner_tenant_id == older.target_partner_tenant_id
        && later.since(earlier) <= APART
}
