//! How far this computer's clock is off.

/// How far two clocks may differ before it matters: 5 minutes.
pub const TOLERANCE: i64 = 5 * 60 * 1000;

/// What has to be added to this computer's time to have the real one, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Skew(i64);

impl Skew {
    /// From what a server said a moment ago: `date` is its `Date` header, where it could be read; else `issued`, the moment at
    /// which a token was issued that has just come. Across origins a browser hides `Date`. `local` and `date` in
    /// milliseconds, `issued` in seconds since 1970.
    pub fn measure(local: i64, date: Option<i64>, issued: Option<i64>) -> Self {
        let real = date.or_else(|| issued.map(|seconds| seconds.saturating_mul(1000)));
        Self(real.map_or(0, |real| real.saturating_sub(local)))
    }

    /// The real time.
    pub fn correct(self, local: i64) -> i64 {
        local.saturating_add(self.0)
    }

    /// By how many minutes the clock is ahead (negative: behind), if a person should know.
    pub fn minutes_ahead(self) -> Option<i64> {
        let ahead = self.0.saturating_neg();
        // To the nearest one: an answer takes its time.
        (ahead.saturating_abs() > TOLERANCE).then_some(ahead.saturating_add(ahead.signum() * 30_000) / 60_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_counts_more_than_the_token_and_a_clock_that_is_off_is_told() {
        let hour = 3_600_000;
        let at = 1_790_000_000_000;
        assert_eq!(Skew::measure(at + 2 * hour, Some(at), None).minutes_ahead(), Some(120));
        assert_eq!(Skew::measure(at - 2 * hour, None, Some(at / 1000)).minutes_ahead(), Some(-120));
        assert_eq!(Skew::measure(at, Some(at + 4 * 60_000), Some(0)).minutes_ahead(), None);
        assert_eq!(Skew::measure(at, None, None).correct(at), at);
        assert_eq!(Skew::measure(at + hour, Some(at), None).correct(at + hour + 5), at + 5);
        assert_eq!(Skew::measure(i64::MIN, Some(i64::MAX), None).minutes_ahead(), Some(-(i64::MAX / 60_000)));
    }
}
