//! How far a transfer is, who must act, and what may be done.

use std::time::Duration;

use partner_center::{PartnerId, Timestamp, Transfer, TransferContract, TransferStatus};

use crate::act::Kind;

/// How long a request waits for its answer before it expires.
pub const LASTS: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// What this partner is in a transfer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It has the subscriptions.
    Current,
    /// It is to have them.
    Future,
}

/// From where a request comes, seen by this partner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// This partner made it.
    Sent,
    /// The other partner made it.
    Received,
}

/// How far a transfer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nobody has answered yet.
    Pending,
    /// Accepted; the service moves the subscriptions.
    InProgress,
    /// All have moved.
    Complete,
    /// Some have moved.
    PartiallyComplete,
    /// None has moved.
    Failed,
    /// Taken back by the one who asked.
    Cancelled,
    /// Refused.
    Rejected,
    /// Nobody answered in time.
    Expired,
    /// The service uses a word that this release does not know.
    Unknown,
}

impl State {
    /// Whether nothing will happen any more.
    pub fn is_ended(self) -> bool {
        !matches!(self, Self::Pending | Self::InProgress | Self::Unknown)
    }
}

/// What the service says of a transfer, or of a line of it.
impl From<TransferStatus> for State {
    fn from(status: TransferStatus) -> Self {
        match status {
            TransferStatus::Active | TransferStatus::Pending => Self::Pending,
            TransferStatus::InProgress => Self::InProgress,
            TransferStatus::Complete => Self::Complete,
            TransferStatus::PartiallyComplete => Self::PartiallyComplete,
            TransferStatus::Failed => Self::Failed,
            TransferStatus::Cancelled => Self::Cancelled,
            TransferStatus::Rejected => Self::Rejected,
            TransferStatus::Expired => Self::Expired,
            TransferStatus::Unknown => Self::Unknown,
        }
    }
}

/// Who must do something next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// This partner.
    Ours,
    /// The other one.
    Theirs,
    /// The service.
    Service,
    /// Nobody: it has ended.
    Nobody,
}

/// What this partner is in a transfer; `None` where it is neither, or nobody says who it is.
pub fn role(transfer: &Transfer, own: Option<&PartnerId>) -> Option<Role> {
    let own = own?;
    if transfer.source_partner_tenant_id.as_ref() == Some(own) {
        Some(Role::Current)
    } else if transfer.target_partner_tenant_id.as_ref() == Some(own) {
        Some(Role::Future)
    } else {
        None
    }
}

impl Role {
    /// From where a request under this contract comes.
    pub fn direction(self, contract: TransferContract) -> Direction {
        match (contract, self) {
            (TransferContract::NewCommerce, Self::Future) | (TransferContract::Legacy, Self::Current) => {
                Direction::Sent
            }
            (TransferContract::NewCommerce, Self::Current) | (TransferContract::Legacy, Self::Future) => {
                Direction::Received
            }
        }
    }
}

/// How far a transfer is. One that nobody answered in time has expired, though the service may say so later.
pub fn state(transfer: &Transfer, now: Timestamp) -> State {
    match State::from(transfer.status) {
        State::Pending if expires(transfer).is_some_and(|end| end <= now) => State::Expired,
        state => state,
    }
}

/// When a request that nobody answers ends.
pub fn expires(transfer: &Transfer) -> Option<Timestamp> {
    let millis = i64::try_from(LASTS.as_millis()).unwrap_or(i64::MAX);
    transfer.created_time.map(|made| Timestamp::from_millis(made.millis().saturating_add(millis)))
}

/// How many days are left to answer, begun ones counted; `None` where there is nothing to answer.
pub fn days_left(transfer: &Transfer, now: Timestamp) -> Option<u64> {
    if state(transfer, now) != State::Pending {
        return None;
    }
    Some(expires(transfer)?.since(now).as_secs().div_ceil(24 * 60 * 60))
}

/// Who must act.
pub fn turn(transfer: &Transfer, role: Role, now: Timestamp) -> Turn {
    match (state(transfer, now), role.direction(transfer.contract)) {
        (State::Pending, Direction::Received) => Turn::Ours,
        (State::Pending, Direction::Sent) => Turn::Theirs,
        (State::InProgress | State::Unknown, _) => Turn::Service,
        _ => Turn::Nobody,
    }
}

/// What this partner may do with a transfer now. A request can be answered or taken back while it is pending, and never
/// after.
pub fn acts(transfer: &Transfer, role: Role, now: Timestamp) -> &'static [Kind] {
    if state(transfer, now) != State::Pending {
        return &[];
    }
    match role.direction(transfer.contract) {
        Direction::Sent => &[Kind::Cancel],
        Direction::Received => &[Kind::Accept, Kind::Reject],
    }
}

#[cfg(test)]
mod tests;
