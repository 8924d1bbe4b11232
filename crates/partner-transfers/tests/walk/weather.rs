//! What goes wrong: faults of network and service, codes, lines that fail, clocks that are off.

use sandbox::Method;
use serde_json::{Value, json};

use super::tally::Dice;
use crate::adapter::World;

/// What can go wrong with these calls.
pub(crate) const FAULTS: [&str; 27] = [
    "throttle",
    "throttle_date",
    "throttle_text",
    "throttle_bare",
    "error_before",
    "error_empty",
    "error_after",
    "lost_answer",
    "late_landing",
    "lag",
    "slow_body",
    "broken_body",
    "garbage",
    "html",
    "truncated",
    "empty200",
    "bom",
    "expired",
    "mfa",
    "mfa_header",
    "forbidden",
    "role_missing",
    "conditional_access",
    "action_not_allowed",
    "no_relationship",
    "not_found",
    "exists",
];

/// Faults after which nobody knows what became of a write: they are drawn more often than the others.
const LOSING: [&str; 7] =
    ["lost_answer", "late_landing", "error_after", "garbage", "broken_body", "truncated", "empty200"];

const METHODS: [&str; 4] = ["GET", "PATCH", "POST", "DELETE"];
const CODES: [u32; 7] = [900_101, 900_102, 900_103, 900_104, 900_135, 900_139, 900_145];

/// How long a write is under way, or a read behind, at most, in seconds: both within the minute that is looked.
const SLOWEST: u64 = 25;

/// What the person's calls meet.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weather {
    /// Nothing goes wrong, and nobody else acts.
    Calm,
    Rough,
}

pub(crate) fn control(world: &World, path: &str, body: &Value) -> Value {
    world.control(if path == "faults" { Method::Put } else { Method::Post }, path, body)
}

/// Nothing goes wrong any more.
pub(crate) fn clear(world: &World) {
    control(world, "faults", &json!([]));
    let quiet = json!({
        "lag_ms": 0, "interludes": [], "transfer_refusals": [], "transfer_failures": [], "request_ids": "honour",
        "single_requests": false,
    });
    control(world, "config", &quiet);
    world.set_clock_off(0, false);
}

/// What stays for a whole walk: how the service is, and how this computer's clock.
pub(crate) fn settle_in(world: &World, dice: &mut Dice) {
    let switches = json!({
        "lag_ms": dice.of(&[0, 0, 4000]), "single_requests": dice.below(3) == 0,
        "request_ids": dice.of(&["honour", "ignore", "ten_minutes", "in_flight"]),
    });
    control(world, "config", &switches);
    let hour = 3_600_000;
    let off = dice.of(&[0, 0, 5 * hour, -7 * hour, 26 * hour, -40 * 24 * hour]);
    world.set_clock_off(off, off != 0 && dice.below(3) == 0);
}

/// A random part of the faults is in force at all, so that rare combinations come about; often none is.
pub(crate) fn change(world: &World, dice: &mut Dice) -> Weather {
    let rules: Vec<Value> = (0..dice.below(4)).map(|_| rule(dice)).collect();
    control(world, "faults", &json!(rules));
    let codes: &[u32] = if dice.below(8) == 0 { &[dice.of(&CODES)] } else { &[] };
    let failures: &[&str] = if dice.below(8) == 0 { &["*"] } else { &[] };
    control(world, "config", &json!({ "transfer_refusals": codes, "transfer_failures": failures }));
    if rules.is_empty() && codes.is_empty() && failures.is_empty() { Weather::Calm } else { Weather::Rough }
}

fn rule(dice: &mut Dice) -> Value {
    let kind = if dice.below(3) == 0 { dice.of(&LOSING) } else { dice.of(&FAULTS) };
    let mut rule = json!({
        "kind": kind, "rate": dice.of(&[0.2, 0.5, 0.9]), "seconds": dice.below(SLOWEST) + 1, "path": "/transfers",
    });
    if dice.below(3) > 0 {
        rule["method"] = json!(dice.of(&METHODS));
    }
    rule
}
