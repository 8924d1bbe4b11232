//! What can go wrong.

use crate::core::paging::TOKEN_HEADER;
use crate::core::routes::needs_user;
use crate::core::wire::Request;

/// What can go wrong. The crate's README says of each what a client sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// 429 with `Retry-After` in seconds.
    Throttle,
    /// 429 with `Retry-After` as an HTTP date.
    ThrottleDate,
    /// 429 that names the wait only in its text.
    ThrottleText,
    /// 429 that names no wait.
    ThrottleBare,
    /// 500 before anything happened.
    ErrorBefore,
    /// 500 with an empty body, before anything happened.
    ErrorEmpty,
    /// The effect, then 500.
    ErrorAfter,
    /// The effect, then a closed connection.
    LostAnswer,
    /// A closed connection, and the effect of a write only later.
    LateLanding,
    /// A write that reads do not show for a while.
    Lag,
    /// An answer that trickles in.
    SlowBody,
    /// An answer that breaks off with its connection.
    BrokenBody,
    /// 200 with bytes that are no JSON.
    Garbage,
    /// 502 with a page of HTML.
    Html,
    /// 200 with half of its JSON.
    Truncated,
    /// 200 without a body.
    Empty200,
    /// An answer with a byte order mark.
    Bom,
    /// 401 without a body: the token has expired.
    Expired,
    /// 401 with code 900421: the token lacks the MFA claim.
    Mfa,
    /// 401 whose reason phrase and header alone say that MFA is missing.
    MfaHeader,
    /// 403: the role may not do this.
    Forbidden,
    /// 403 as text: calls that need a user were made in the name of the application alone.
    AppOnly,
    /// 403 with code 900308: the caller has no role in the customer's directory that allows this.
    RoleMissing,
    /// 403 with code 900309 and without `data`: the customer's Conditional Access keeps the caller out.
    ConditionalAccess,
    /// 403 with code 600006: the partner's kind of account may not do this.
    ActionNotAllowed,
    /// 403 with code 20002: the customer has left.
    NoRelationship,
    /// A write is refused: 400 with code 27002, which names a property.
    Refused,
    /// A write is refused: 409, somebody or something has the name.
    Exists,
    /// A write is refused: 400 with code 60012, no licences are left.
    NoSeats,
    /// 404 for the thing itself.
    NotFound,
    /// 404 for every page of a list but the first.
    Page2NotFound,
    /// 204 with `Retry-After` as an HTTP date in place of a page that is not the first.
    NotReady,
    /// A collection whose next link leads to itself.
    SelfLink,
    /// A collection whose `totalCount` is wrong, and a string.
    WrongTotal,
    /// A collection that holds its first item twice.
    RepeatId,
    /// A collection whose page comes in another order each time.
    PageOrder,
}

const NAMES: &[(Kind, &str)] = &[
    (Kind::Throttle, "throttle"),
    (Kind::ThrottleDate, "throttle_date"),
    (Kind::ThrottleText, "throttle_text"),
    (Kind::ThrottleBare, "throttle_bare"),
    (Kind::ErrorBefore, "error_before"),
    (Kind::ErrorEmpty, "error_empty"),
    (Kind::ErrorAfter, "error_after"),
    (Kind::LostAnswer, "lost_answer"),
    (Kind::LateLanding, "late_landing"),
    (Kind::Lag, "lag"),
    (Kind::SlowBody, "slow_body"),
    (Kind::BrokenBody, "broken_body"),
    (Kind::Garbage, "garbage"),
    (Kind::Html, "html"),
    (Kind::Truncated, "truncated"),
    (Kind::Empty200, "empty200"),
    (Kind::Bom, "bom"),
    (Kind::Expired, "expired"),
    (Kind::Mfa, "mfa"),
    (Kind::MfaHeader, "mfa_header"),
    (Kind::Forbidden, "forbidden"),
    (Kind::AppOnly, "app_only"),
    (Kind::RoleMissing, "role_missing"),
    (Kind::ConditionalAccess, "conditional_access"),
    (Kind::ActionNotAllowed, "action_not_allowed"),
    (Kind::NoRelationship, "no_relationship"),
    (Kind::Refused, "refused"),
    (Kind::Exists, "exists"),
    (Kind::NoSeats, "no_seats"),
    (Kind::NotFound, "not_found"),
    (Kind::Page2NotFound, "page2_404"),
    (Kind::NotReady, "not_ready"),
    (Kind::SelfLink, "self_link"),
    (Kind::WrongTotal, "wrong_total"),
    (Kind::RepeatId, "repeat_id"),
    (Kind::PageOrder, "page_order"),
];

/// When a fault takes hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// In place of the effect.
    Before,
    /// It changes how a write takes effect.
    During,
    /// On the answer, whatever it is.
    After,
    /// On the answer, when it is a collection.
    Collection,
}

impl Kind {
    /// Every kind, with its name.
    pub fn all() -> impl Iterator<Item = (Self, &'static str)> {
        NAMES.iter().copied()
    }

    /// The kind of this name.
    pub fn parse(name: &str) -> Option<Self> {
        NAMES.iter().find(|(_, known)| *known == name).map(|(kind, _)| *kind)
    }

    /// The name of this kind.
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }

    /// When it takes hold.
    pub fn stage(self) -> Stage {
        match self {
            Self::ErrorAfter
            | Self::LostAnswer
            | Self::SlowBody
            | Self::BrokenBody
            | Self::Garbage
            | Self::Truncated
            | Self::Empty200
            | Self::Bom => Stage::After,
            Self::LateLanding | Self::Lag => Stage::During,
            Self::SelfLink | Self::WrongTotal | Self::RepeatId | Self::PageOrder => Stage::Collection,
            _ => Stage::Before,
        }
    }

    /// Whether it can happen to this request at all.
    pub(super) fn suits(self, request: &Request) -> bool {
        match self {
            Self::Page2NotFound | Self::NotReady => request.header(TOKEN_HEADER).is_some(),
            Self::LateLanding | Self::Lag | Self::Refused | Self::Exists | Self::NoSeats => {
                request.method.writes()
            }
            Self::AppOnly => needs_user(request),
            _ => true,
        }
    }
}

/// A fault that happens now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// How.
    pub kind: Kind,
    /// The rule's seconds, or the kind's usual ones.
    pub seconds: u64,
}

impl Fault {
    /// A fault with the kind's usual wait.
    pub fn usual(kind: Kind) -> Self {
        let seconds = match kind {
            Kind::LateLanding => 20,
            Kind::SlowBody | Kind::Lag => 5,
            _ => 2,
        };
        Self { kind, seconds }
    }

    /// The wait in milliseconds.
    pub fn milliseconds(self) -> i64 {
        i64::try_from(self.seconds.saturating_mul(1000)).unwrap_or(i64::MAX / 2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_one_name() {
        for (kind, name) in Kind::all() {
            assert_eq!((Kind::parse(name), kind.name()), (Some(kind), name));
        }
    }
}
