//! When a call is repeated, and after what time. Pure: outcome in, time out.
//!
//! | outcome | read | write |
//! |---|---|---|
//! | never left | repeated | repeated |
//! | throttled (429) | repeated | repeated: it was not applied |
//! | lost, timed out, 408, 5xx | repeated | never: it may have been applied |
//! | not ready (204 that names a time) | repeated | - |
//! | `isRetryable: false` | never | never |
//! | anything else | never | never |

use crate::{Method, Response, Timestamp, TransportError, json::without_bom};
use std::time::Duration;

/// How often a call is repeated at most.
pub const MAX_REPEATS: u32 = 4;
/// The longest first delay where the service names none; it doubles with every repetition.
pub const BASE_DELAY: Duration = Duration::from_millis(500);
/// The longest delay where the service names none.
pub const MAX_DELAY: Duration = Duration::from_secs(20);
/// The longest time the service may name for the client to wait by itself; a person should decide about more.
pub const MAX_WAIT: Duration = Duration::from_secs(120);

/// Beyond this a named time is no longer believed to the second.
const LONGEST_HINT: u64 = 24 * 60 * 60;

/// How an HTTP call ended, as far as repeating it goes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Outcome {
    /// No answer.
    Failed(TransportError),
    /// An answer.
    Answered {
        status: u16,
        /// The time that the service asks to wait.
        hint: Option<Duration>,
        /// What the service says about repeating the call.
        retryable: Option<bool>,
    },
}

/// After what time to repeat a call that was repeated `repeats` times before; `None` for never. `random` decides
/// where between zero and its limit a delay lies that the service does not name, so that many clients do not
/// come back at once.
pub(crate) fn repeats_after(method: Method, repeats: u32, outcome: Outcome, random: u64) -> Option<Duration> {
    let hint = match outcome {
        Outcome::Failed(TransportError::NotSent) => None,
        Outcome::Failed(TransportError::Lost | TransportError::Timeout) if method.is_read() => None,
        Outcome::Failed(_) | Outcome::Answered { retryable: Some(false), .. } => return None,
        Outcome::Answered { status: 429, hint, .. } => hint,
        Outcome::Answered { status: 408 | 500..=599, hint, .. } if method.is_read() => hint,
        Outcome::Answered { status: 204, hint: Some(hint), .. } if method == Method::Get => Some(hint),
        Outcome::Answered { .. } => return None,
    };
    if repeats >= MAX_REPEATS {
        return None;
    }
    let wait = hint.unwrap_or_else(|| jittered(delay_limit(repeats), random));
    (wait <= MAX_WAIT).then_some(wait)
}

fn delay_limit(repeats: u32) -> Duration {
    BASE_DELAY.saturating_mul(1 << repeats.min(16)).min(MAX_DELAY)
}

/// A time from zero to `limit`, both included.
fn jittered(limit: Duration, random: u64) -> Duration {
    let millis = u64::try_from(limit.as_millis()).unwrap_or(u64::MAX);
    Duration::from_millis(random % millis.saturating_add(1))
}

/// The time that an answer asks to wait: `Retry-After` in seconds or as a date, or, since a browser may not be
/// allowed to read that header, the text of a throttled answer. `None` if it asks for none, or for zero.
pub(crate) fn wait_hint(response: &Response, now: Timestamp) -> Option<Duration> {
    let header = response.header("retry-after").and_then(|value| {
        seconds(value.trim().as_bytes()).or_else(|| {
            // The service's own clock, where it can be read: the person's may be wrong.
            let now = response.header("date").and_then(Timestamp::parse_http).unwrap_or(now);
            Some(Timestamp::parse_http(value)?.since(now))
        })
    });
    let named = header.filter(|wait| !wait.is_zero()).or_else(|| {
        let may_tell = matches!(response.status, 429 | 503);
        may_tell.then(|| wait_in_text(without_bom(&response.body))).flatten()
    })?;
    (!named.is_zero()).then(|| named.min(Duration::from_secs(LONGEST_HINT)))
}

/// A whole number of seconds and nothing else. Too many digits mean a very long time.
fn seconds(digits: &[u8]) -> Option<Duration> {
    let all_digits = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
    all_digits.then(|| {
        let add = |sum: u64, digit: &u8| sum.saturating_mul(10).saturating_add(u64::from(digit - b'0'));
        Duration::from_secs(digits.iter().fold(0, add))
    })
}

/// The number before the word 'second' or 'seconds', as in 'Try again in 57 seconds.'
fn wait_in_text(text: &[u8]) -> Option<Duration> {
    // Throttled answers are one sentence; anything long is somebody else's page.
    let text = &text[..text.len().min(4096)];
    let mut words = text.split(|byte| !byte.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut before: &[u8] = words.next()?;
    words.find_map(|word| {
        let number = std::mem::replace(&mut before, word);
        let is_unit =
            [&b"second"[..], b"seconds", b"sec", b"s"].iter().any(|unit| word.eq_ignore_ascii_case(unit));
        if is_unit { seconds(number) } else { None }
    })
}

#[cfg(test)]
mod tests;
