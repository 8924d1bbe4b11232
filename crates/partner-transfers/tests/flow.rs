//! Every way in which a decision about a transfer ends: against the sandbox's core, and against answers written by hand
//! where it does not give them.

// All of this is test code, also where it is no test function: it reports by panicking.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[allow(dead_code)]
#[path = "../../partner-center/tests/against_sandbox/adapter.rs"]
mod adapter;
#[allow(dead_code)]
#[path = "../../partner-center/tests/client/support.rs"]
mod support;

mod flow {
    mod answers;
    mod asking;
    mod by_hand;
    mod offers;
    mod races;
    mod scene;
}
