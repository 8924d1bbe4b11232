//! How a transfer that is under way is watched: more seldom with time, and not for ever.

use std::time::Duration;

use partner_center::{Timestamp, Transfer};

/// How long a transfer usually takes at most.
pub const USUAL: Duration = Duration::from_secs(15 * 60);
/// How long the service goes on trying.
pub const LONG: Duration = Duration::from_secs(3 * 24 * 60 * 60);

const FIRST: Duration = Duration::from_secs(5);
const LONGEST: Duration = Duration::from_secs(60);

/// What to think of a transfer that is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// It takes its time, up to a quarter of an hour.
    Usual,
    /// It takes longer; the service tries for three days.
    Long,
    /// The service has given up: only a request for support helps.
    Stuck,
}

/// How far a transfer is beyond what is usual.
pub fn phase(transfer: &Transfer, now: Timestamp) -> Phase {
    let since =
        transfer.last_modified_time.or(transfer.created_time).map_or(Duration::ZERO, |at| now.since(at));
    if since < USUAL {
        Phase::Usual
    } else if since < LONG {
        Phase::Long
    } else {
        Phase::Stuck
    }
}

/// After what time to look again when it has been looked `looks` times, over `watched` in all; `None` when it is time to
/// leave it to the person.
pub fn next_look(looks: u32, watched: Duration) -> Option<Duration> {
    (watched < USUAL).then(|| FIRST.saturating_mul(1 << looks.min(8)).min(LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn watching_gets_slower_and_ends() {
        let (mut looks, mut watched) = (0, Duration::ZERO);
        let mut before = Duration::ZERO;
        while let Some(pause) = next_look(looks, watched) {
            assert!(pause >= before && pause <= LONGEST);
            (before, watched, looks) = (pause, watched + pause, looks + 1);
        }
        assert!(watched >= USUAL && watched < USUAL + LONGEST);
        assert!(looks < 25, "{looks} looks");
    }
}
