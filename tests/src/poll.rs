//! Waiting for a condition. Nothing here waits for a fixed time.

use std::fmt::Display;
use std::time::{Duration, Instant};

/// How long a condition may take. The client repeats a failing read for up to 7.5 s before the page tells
/// about it, and the machine may be busy.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// The pause between two looks.
const PAUSE: Duration = Duration::from_millis(40);

/// Looks until there is a value. An error is one more reason to look again; the last one is told in the end.
pub async fn poll<T>(what: impl Display, look: impl AsyncFnMut() -> Result<Option<T>, String>) -> T {
    match poll_or(look).await {
        Ok(value) => value,
        Err(last) => panic!("waited {} s in vain: {what}\n{last}", PATIENCE.as_secs()),
    }
}

/// The same, with the last error in place of a panic.
pub(crate) async fn poll_or<T>(
    mut look: impl AsyncFnMut() -> Result<Option<T>, String>,
) -> Result<T, String> {
    let begin = Instant::now();
    loop {
        let last = match look().await {
            Ok(Some(value)) => return Ok(value),
            Ok(None) => String::new(),
            Err(error) => error,
        };
        if begin.elapsed() > PATIENCE {
            return Err(last);
        }
        tokio::time::sleep(PAUSE).await;
    }
}
