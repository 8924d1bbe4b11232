//! When an agreement was accepted: a day, never one that has not come.

use partner_center::Timestamp;

/// What a day that somebody gave is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signed {
    /// It can be sent.
    On(Timestamp),
    /// It is no day.
    NoDay,
    /// It has not come yet.
    Future,
}

/// Judges a day written as `2026-02-01`. `today` is the day where the person is: in the morning of New Zealand it is still
/// yesterday for the service, which counts in UTC, so a day that has begun here is sent as the moment that has come.
pub fn signed(day: &str, today: &str, now: Timestamp) -> Signed {
    match Timestamp::parse(day.trim()) {
        // Both are written with leading noughts, so that they sort as texts.
        Some(_) if day.trim() > today => Signed::Future,
        Some(at) if day.trim().len() == 10 => Signed::On(at.min(now)),
        _ => Signed::NoDay,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_day_is_sent_that_has_not_come() {
        let now = Timestamp::parse("2026-02-01T23:30:00Z").unwrap();
        let at = |text| Signed::On(Timestamp::parse(text).unwrap());
        assert_eq!(signed("2026-01-31", "2026-02-02", now), at("2026-01-31"));
        assert_eq!(signed(" 2026-02-01 ", "2026-02-02", now), at("2026-02-01"));
        assert_eq!(signed("2026-02-02", "2026-02-02", now), Signed::On(now), "it has begun in Auckland only");
        assert_eq!(signed("2026-02-03", "2026-02-02", now), Signed::Future);
        for day in ["", "2026-02-30", "1/2/2026", "2026-02-01T10:00:00Z"] {
            assert_eq!(signed(day, "2026-02-02", now), Signed::NoDay, "{day}");
        }
    }
}
