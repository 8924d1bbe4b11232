//! What of a customer's subscriptions somebody should look at.

/// How many days ahead an end is worth a word: the notice that Microsoft gives before it renews a term.
pub const DAYS_AHEAD: i32 = 30;

/// A subscription, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holding {
    /// Its state.
    pub state: HoldingState,
    /// The last day of its term, counted from 1970; `None` for what has no end.
    pub end_day: Option<i32>,
    /// Whether it renews itself. Where nobody says, it does not.
    pub renews: bool,
}

/// The states that matter here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HoldingState {
    /// In use.
    Active,
    /// Users are shut out; new commerce goes on billing.
    Suspended,
    /// The term is over, and it is about to be lost.
    Expired,
    /// Gone, or not there yet.
    Other,
}

/// Something to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// So many are suspended.
    Suspended(usize),
    /// So many have expired.
    Expired(usize),
    /// So many end within [`DAYS_AHEAD`], the first on this day, and will not renew.
    Ends(usize, i32),
    /// So many renew within [`DAYS_AHEAD`], the first on this day: until then the term can be changed.
    Renews(usize, i32),
    /// There are some, and none is in use.
    NoneActive,
}

/// What to look at, the most urgent first. `today` is counted from 1970.
pub fn attention(holdings: &[Holding], today: i32) -> Vec<Finding> {
    let count = |state: HoldingState| holdings.iter().filter(|holding| holding.state == state).count();
    let soon = |renews: bool| {
        let days = holdings
            .iter()
            .filter(|holding| holding.state == HoldingState::Active && holding.renews == renews)
            .filter_map(|holding| holding.end_day)
            .filter(|day| (today..=today.saturating_add(DAYS_AHEAD)).contains(day));
        days.fold(None, |before: Option<(usize, i32)>, day| {
            Some(before.map_or((1, day), |(count, first)| (count + 1, first.min(day))))
        })
    };
    let mut findings = Vec::new();
    let (suspended, expired) = (count(HoldingState::Suspended), count(HoldingState::Expired));
    findings.extend((suspended > 0).then_some(Finding::Suspended(suspended)));
    findings.extend((expired > 0).then_some(Finding::Expired(expired)));
    findings.extend(soon(false).map(|(count, day)| Finding::Ends(count, day)));
    findings.extend(soon(true).map(|(count, day)| Finding::Renews(count, day)));
    if !holdings.is_empty() && count(HoldingState::Active) == 0 {
        findings.push(Finding::NoneActive);
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holding(state: HoldingState, end_day: Option<i32>, renews: bool) -> Holding {
        Holding { state, end_day, renews }
    }

    #[test]
    fn nothing_to_see_where_all_is_in_use() {
        assert_eq!(attention(&[], 100), []);
        assert_eq!(attention(&[holding(HoldingState::Active, None, false)], 100), []);
        assert_eq!(attention(&[holding(HoldingState::Active, Some(131), false)], 100), []);
        // A term that is over while the service still calls it active is the service's delay.
        assert_eq!(attention(&[holding(HoldingState::Active, Some(99), false)], 100), []);
    }

    #[test]
    fn the_first_of_those_that_end_soon_is_named() {
        let all = [
            holding(HoldingState::Active, Some(130), false),
            holding(HoldingState::Active, Some(105), false),
            holding(HoldingState::Active, Some(100), true),
            holding(HoldingState::Suspended, Some(101), false),
        ];
        assert_eq!(
            attention(&all, 100),
            [Finding::Suspended(1), Finding::Ends(2, 105), Finding::Renews(1, 100)]
        );
    }

    #[test]
    fn nobody_works_where_nothing_is_active() {
        let all = [holding(HoldingState::Expired, None, false), holding(HoldingState::Other, None, false)];
        assert_eq!(attention(&all, 100), [Finding::Expired(1), Finding::NoneActive]);
    }
}
