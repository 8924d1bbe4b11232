//! Each step, against answers written by hand.

// All of this is test code, also where it is no test function: it reports by panicking.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[allow(dead_code)]
#[path = "../../partner-center/tests/client/support.rs"]
mod support;

mod flow {
    mod checks;
    mod fixes;
    mod removal;
    mod several;
}
