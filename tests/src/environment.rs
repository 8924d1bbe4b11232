//! Where things are on this machine: from environment variables, which `cargo xtask test` sets, else from the
//! places where they usually are.

use std::env;
use std::path::{Path, PathBuf};

/// The folder of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace").to_owned()
}

/// A path from the environment, if it is set.
pub(crate) fn path(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from)
}

/// The built application, served at `/`.
pub(crate) fn dist() -> PathBuf {
    if is_demo() {
        return demo();
    }
    path("CARTERA_DIST").unwrap_or_else(|| root().join("dist"))
}

/// The built demonstration: what `cargo xtask test` names, else what `cargo xtask dist --demo` has made.
pub(crate) fn demo() -> PathBuf {
    path("CARTERA_DIST_DEMO").unwrap_or_else(|| root().join("dist"))
}

/// Whether all tests run against the demonstration, and there is no sandbox.
pub(crate) fn is_demo() -> bool {
    path("CARTERA_DEMO").is_some()
}

/// The program of the sandbox.
pub(crate) fn sandbox() -> PathBuf {
    path("CARTERA_SANDBOX").unwrap_or_else(|| {
        let name = format!("sandbox{}", env::consts::EXE_SUFFIX);
        let candidates = ["target/release", "target/debug"].map(|folder| root().join(folder).join(&name));
        let found = candidates.into_iter().find(|file| file.is_file());
        found.expect("no sandbox: build it with `cargo build --release --package sandbox`")
    })
}

/// The accessibility rules.
pub(crate) fn axe() -> PathBuf {
    path("CARTERA_AXE").unwrap_or_else(|| root().join("node_modules/axe-core/axe.min.js"))
}

/// Where a failed test leaves its picture and its text.
pub(crate) fn failures() -> PathBuf {
    let target = path("CARGO_TARGET_DIR").unwrap_or_else(|| root().join("target"));
    target.join("browser-failures")
}
