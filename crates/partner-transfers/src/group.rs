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
        let place =
            groups.iter_mut().find(|group| group.first().is_some_and(|first| belongs(first, transfer)));
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

#[cfg(test)]
mod tests {
    use partner_center::{TransferContract, TransferStatus};

    use super::*;
    use crate::samples::{OURS, THEIRS, transfer};

    #[test]
    fn what_was_made_in_one_go_is_one() {
        let asked = |minutes| {
            transfer(TransferContract::NewCommerce, TransferStatus::Pending, (THEIRS, OURS), minutes)
        };
        let offered = transfer(TransferContract::Legacy, TransferStatus::Active, (THEIRS, OURS), 41);
        let given = transfer(TransferContract::NewCommerce, TransferStatus::Pending, (OURS, THEIRS), 42);
        let all = [asked(55), asked(40), given, asked(48), offered, asked(500)];
        let made: Vec<Vec<i64>> = groups(&all)
            .into_iter()
            .map(|group| {
                let made = group.into_iter().filter_map(|one| one.created_time);
                made.map(|at| (crate::samples::NOW.millis() - at.millis()) / 60_000).collect()
            })
            .collect();
        // 40, 48 and 55 are minutes apart, each from the one before.
        assert_eq!(made, [vec![55, 48, 40], vec![41], vec![42], vec![500]]);
    }
}
