//! How long the fate of a call without an answer is looked for.

use std::time::Duration;

/// After what times it is looked. Together a minute: longer than a write may still take on its way when its answer has
/// been given up, and longer than reads lag behind.
pub(crate) const LOOKS: [Duration; 5] = [
    Duration::from_secs(2),
    Duration::from_secs(4),
    Duration::from_secs(8),
    Duration::from_secs(16),
    Duration::from_secs(30),
];
