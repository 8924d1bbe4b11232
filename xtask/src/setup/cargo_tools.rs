//! Tools that cargo builds from source, each into a folder of its own.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::Failure;
use crate::lockfile::cargo_version;
use crate::process::{capture, cargo, find_program, run_logged};
use crate::progress::step;
use crate::workspace::{Workspace, read_text};

/// A program from the crates registry.
pub(crate) struct CargoTool {
    package: &'static str,
    program: &'static str,
    /// The version to install.
    version: String,
    /// Whether a version that the user has will do.
    accepts: fn(found: &str, wanted: &str) -> bool,
    /// Build with the versions that its authors tested with.
    locked: bool,
    /// So that the wait surprises nobody.
    takes: &'static str,
}

/// Builds the site. 0.22 wants a newer compiler than the one this project promises to build with.
pub(crate) fn trunk() -> CargoTool {
    CargoTool {
        package: "trunk",
        program: "trunk",
        version: "0.21.14".to_owned(),
        accepts: |found, _| found.starts_with("0.21."),
        locked: true,
        takes: "about 7 minutes",
    }
}

/// Makes the JavaScript glue. Its version must be that of the library, to the last digit.
pub(crate) fn wasm_bindgen(workspace: &Workspace) -> Result<CargoTool, Failure> {
    let lock = read_text(&workspace.root.join("Cargo.lock"))?;
    let version = cargo_version(&lock, "wasm-bindgen");
    Ok(CargoTool {
        package: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        version: version.ok_or_else(|| Failure::new("Cargo.lock has no wasm-bindgen"))?.to_owned(),
        accepts: |found, wanted| found == wanted,
        // The lock file that the package carries no longer resolves.
        locked: false,
        takes: "about 3 minutes",
    })
}

/// Drives Firefox. Every driver of the last years speaks what the tests need.
pub(crate) fn geckodriver() -> CargoTool {
    CargoTool {
        package: "geckodriver",
        program: "geckodriver",
        version: "0.37.1".to_owned(),
        accepts: |found, _| found.strip_prefix("0.").is_some_and(|rest| minor(rest) >= 34),
        locked: true,
        takes: "about 4 minutes",
    }
}

fn minor(rest: &str) -> u32 {
    rest.split('.').next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

impl CargoTool {
    /// Returns the folder to put on `PATH`, or `None` when the user's own program will do.
    pub(crate) fn ensure(
        &self,
        workspace: &Workspace,
        installed: &mut usize,
    ) -> Result<Option<PathBuf>, Failure> {
        let own = find_program(self.program).and_then(|path| version_of(&path));
        if own.is_some_and(|version| (self.accepts)(&version, &self.version)) {
            return Ok(None);
        }
        let root = workspace.tools.join(format!("{}-{}", self.program, self.version));
        let folder = root.join("bin");
        let program = folder.join(format!("{}{}", self.program, std::env::consts::EXE_SUFFIX));
        if version_of(&program).is_none() {
            *installed += 1;
            let what = format!("{} {} (built from source, {})", self.package, self.version, self.takes);
            step(&what, || self.install(workspace, &root))?;
        }
        Ok(Some(folder))
    }

    fn install(&self, workspace: &Workspace, root: &Path) -> Result<(), Failure> {
        let log = workspace.cache.join(format!("log/{}.log", self.program));
        let mut command = cargo();
        command.args(["install", self.package, "--force", "--version", &format!("={}", self.version)]);
        if self.locked {
            command.arg("--locked");
        }
        // One build folder for all tools: they share dependencies, and a broken-off build goes on.
        command.arg("--root").arg(root).env("CARGO_TARGET_DIR", workspace.cache.join("build"));
        run_logged(command.env_remove("RUSTFLAGS"), &log)
    }
}

/// The version that a program tells; `None` when it does not run.
fn version_of(program: &Path) -> Option<String> {
    let said = program.is_file().then(|| capture(Command::new(program).arg("--version")).ok())??;
    version_in(&said).map(str::to_owned)
}

/// `trunk 0.21.14`, `geckodriver 0.37.1 (a0b1 2026-01-01)`: the second word.
fn version_in(said: &str) -> Option<&str> {
    said.split_whitespace().nth(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_the_second_word() {
        assert_eq!(version_in("trunk 0.21.14\n"), Some("0.21.14"));
        assert_eq!(version_in("geckodriver 0.37.1 (a0b1 2026-01-01)\n\nThe source"), Some("0.37.1"));
        assert_eq!(version_in("nonsense"), None);
    }

    #[test]
    fn what_the_user_has_is_taken_when_it_fits() {
        assert!((trunk().accepts)("0.21.9", "0.21.14"));
        assert!(!(trunk().accepts)("0.22.1", "0.21.14"));
        assert!((geckodriver().accepts)("0.36.0", "0.37.1"));
        assert!(!(geckodriver().accepts)("0.9.0", "0.37.1"));
    }
}
