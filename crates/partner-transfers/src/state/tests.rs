use super::*;
use crate::samples::{NOW, OURS, THEIRS, partner, transfer};

const CONTRACTS: [TransferContract; 2] = [TransferContract::Legacy, TransferContract::NewCommerce];
const STATUSES: [TransferStatus; 10] = [
    TransferStatus::Active,
    TransferStatus::Pending,
    TransferStatus::InProgress,
    TransferStatus::Complete,
    TransferStatus::PartiallyComplete,
    TransferStatus::Failed,
    TransferStatus::Cancelled,
    TransferStatus::Rejected,
    TransferStatus::Expired,
    TransferStatus::Unknown,
];

#[test]
fn only_what_is_pending_can_be_acted_on_and_by_each_side_differently() {
    for contract in CONTRACTS {
        for status in STATUSES {
            let one = transfer(contract, status, (THEIRS, OURS), 5);
            for role in [Role::Current, Role::Future] {
                let pending = matches!(status, TransferStatus::Active | TransferStatus::Pending);
                let sent = role.direction(contract) == Direction::Sent;
                let expected: &[Kind] = match (pending, sent) {
                    (false, _) => &[],
                    (true, true) => &[Kind::Cancel],
                    (true, false) => &[Kind::Accept, Kind::Reject],
                };
                assert_eq!(acts(&one, role, NOW), expected, "{contract:?} {status:?} {role:?}");
                let expected = match (pending, sent) {
                    (true, true) => Turn::Theirs,
                    (true, false) => Turn::Ours,
                    _ if state(&one, NOW).is_ended() => Turn::Nobody,
                    _ => Turn::Service,
                };
                assert_eq!(turn(&one, role, NOW), expected, "{contract:?} {status:?} {role:?}");
            }
        }
    }
}

#[test]
fn who_sends_differs_between_the_contracts() {
    assert_eq!(Role::Future.direction(TransferContract::NewCommerce), Direction::Sent);
    assert_eq!(Role::Current.direction(TransferContract::NewCommerce), Direction::Received);
    assert_eq!(Role::Current.direction(TransferContract::Legacy), Direction::Sent);
    assert_eq!(Role::Future.direction(TransferContract::Legacy), Direction::Received);
}

#[test]
fn what_this_partner_is_goes_by_its_id_without_case() {
    let one = transfer(TransferContract::NewCommerce, TransferStatus::Pending, (THEIRS, OURS), 5);
    let upper = partner(&OURS.to_uppercase());
    assert_eq!(role(&one, Some(&upper)), Some(Role::Future));
    assert_eq!(role(&one, Some(&partner(THEIRS))), Some(Role::Current));
    assert_eq!(role(&one, Some(&partner("3f0c0000-0000-4000-8000-00000000000c"))), None);
    assert_eq!(role(&one, None), None);
}

#[test]
fn a_request_expires_after_thirty_days_whatever_the_service_says() {
    let day = 24 * 60;
    for (minutes, left, expected) in [
        (0, Some(30), State::Pending),
        (1, Some(30), State::Pending),
        (day, Some(29), State::Pending),
        (30 * day - 1, Some(1), State::Pending),
        (30 * day, None, State::Expired),
        (90 * day, None, State::Expired),
    ] {
        let one = transfer(TransferContract::NewCommerce, TransferStatus::Pending, (THEIRS, OURS), minutes);
        assert_eq!((days_left(&one, NOW), state(&one, NOW)), (left, expected), "{minutes} minutes");
    }
    let mut dateless = transfer(TransferContract::NewCommerce, TransferStatus::Pending, (THEIRS, OURS), 0);
    dateless.created_time = None;
    assert_eq!((days_left(&dateless, NOW), state(&dateless, NOW)), (None, State::Pending));
    let accepted =
        transfer(TransferContract::NewCommerce, TransferStatus::InProgress, (THEIRS, OURS), 90 * day);
    assert_eq!(state(&accepted, NOW), State::InProgress, "what was accepted does not expire");
}
