//! How a sandbox begins.

use super::cloud::Cloud;
use super::faults::Rule;

/// How a sandbox begins.
#[derive(Clone, Debug)]
pub struct Config {
    /// The seed that everything invented, and the dice of faults, depend on.
    pub seed: u64,
    /// How many customers the list holds.
    pub customers: u64,
    /// Milliseconds that every answer of the API waits.
    pub latency_ms: u64,
    /// The faults that are in force from the start, and again after a reset.
    pub faults: Vec<Rule>,
    /// The cloud that it stands for. The switch `cloud` changes it until a reset.
    pub cloud: Cloud,
    /// Whether the customers who show a case of removal or of a transfer are in the list.
    pub cases: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            seed: 1,
            customers: 1200,
            latency_ms: 0,
            faults: Vec::new(),
            cloud: Cloud::Global,
            cases: false,
        }
    }
}
