//! The `sandbox` command. See the crate's README for its options.

use std::process::ExitCode;

fn main() -> ExitCode {
    sandbox::server::run(std::env::args_os().skip(1))
}
