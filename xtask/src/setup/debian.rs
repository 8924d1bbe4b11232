//! Debian's packages, and what to install where there is no Debian.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::failure::Failure;
use crate::process::{capture, find_program, run_logged};
use crate::progress::step;
use crate::workspace::Workspace;

/// A program, the package that has it, and how people elsewhere get it.
pub(crate) struct Package {
    /// Any of these on `PATH` will do.
    pub(crate) programs: &'static [&'static str],
    pub(crate) name: &'static str,
    pub(crate) elsewhere: &'static str,
}

/// What the build takes from the system.
pub(crate) const BUILD: [Package; 3] = [
    Package { programs: &["node"], name: "nodejs", elsewhere: "Node.js 20 or newer" },
    Package { programs: &["npm"], name: "npm", elsewhere: "npm, which comes with Node.js" },
    Package { programs: &["brotli"], name: "brotli", elsewhere: "the program brotli" },
];

/// What the demonstration takes from the system: SQLite is C.
pub(crate) const DEMO: [Package; 2] = [
    Package { programs: &["clang-19"], name: "clang-19", elsewhere: "clang 19, called clang-19" },
    Package { programs: &["llvm-ar-19"], name: "llvm-19", elsewhere: "LLVM 19's llvm-ar, called llvm-ar-19" },
];

/// What the tests take from the system that need no browser.
pub(crate) const TESTS: [Package; 2] = [
    Package { programs: &["python3"], name: "python3-minimal", elsewhere: "Python 3" },
    Package { programs: &["curl"], name: "curl", elsewhere: "the program curl" },
];

/// Those of `packages` whose program is not on `PATH`.
pub(crate) fn missing(packages: &'static [Package]) -> impl Iterator<Item = &'static Package> {
    packages.iter().filter(|package| !package.programs.iter().any(|name| find_program(name).is_some()))
}

/// Whether `apt-get` is how software is installed here.
pub(crate) fn is_debian() -> bool {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    is_debian_release(&release) && Path::new("/usr/bin/apt-get").exists()
}

fn is_debian_release(os_release: &str) -> bool {
    os_release.lines().filter_map(|line| line.split_once('=')).any(|(key, value)| {
        let mut words = value.trim_matches('"').split_whitespace();
        (key == "ID" || key == "ID_LIKE") && words.any(|word| word == "debian")
    })
}

/// Installs packages. Elsewhere than on Debian, or without the right to, it says what to install.
pub(crate) fn install(workspace: &Workspace, packages: &[&Package]) -> Result<(), Failure> {
    if packages.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = packages.iter().map(|package| package.name).collect();
    let wanted: Vec<&str> = packages.iter().map(|package| package.elsewhere).collect();
    if !is_debian() {
        return Err(Failure::new(format!("missing: {}", wanted.join("; ")))
            .advise("Install that with this system's package manager, then run the command again."));
    }
    let by_hand = format!(
        "Run this, then the command again:\n  apt-get update && apt-get install -y --no-install-recommends {}",
        names.join(" ")
    );
    let Some(sudo) = rights()? else {
        return Err(Failure::new(format!("installing {} needs root", names.join(", "))).advise(by_hand));
    };
    let log = workspace.cache.join("log/apt.log");
    step(&format!("Debian packages {}", names.join(" ")), || {
        // A list that cannot be refreshed may still be good enough to install from.
        let refreshed = run_logged(apt(sudo).arg("update"), &log);
        run_logged(apt(sudo).args(["install", "-y", "--no-install-recommends"]).args(&names), &log)
            .or_else(|failure| refreshed.and(Err(failure)))
    })
}

/// Whether `sudo` is needed; `None` where there is no right to install anything.
fn rights() -> Result<Option<bool>, Failure> {
    if capture(Command::new("id").arg("-u"))?.trim() == "0" {
        return Ok(Some(false));
    }
    let asks_nothing = Command::new("sudo").args(["-n", "true"]).output();
    Ok(asks_nothing.is_ok_and(|output| output.status.success()).then_some(true))
}

/// Fetches the lists of packages anew.
pub(crate) fn refresh(workspace: &Workspace) -> Result<(), Failure> {
    let Some(sudo) = rights()? else {
        return Err(Failure::new("fetching the lists of packages needs root")
            .advise("Run apt-get update, then the command again."));
    };
    run_logged(apt(sudo).arg("update"), &workspace.cache.join("log/apt.log"))
}

fn apt(sudo: bool) -> Command {
    const QUIET: &str = "DEBIAN_FRONTEND=noninteractive";
    let mut command;
    if sudo {
        command = Command::new("sudo");
        command.args(["-n", "env", QUIET, "apt-get"]);
    } else {
        command = Command::new("env");
        command.args([QUIET, "apt-get"]);
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debian_and_its_children_are_recognised() {
        assert!(is_debian_release("NAME=\"Debian GNU/Linux\"\nID=debian\n"));
        assert!(is_debian_release("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n"));
        assert!(!is_debian_release("ID=fedora\nNAME=debian-like\n"));
        assert!(!is_debian_release(""));
    }

    #[test]
    fn nothing_to_install_asks_nobody() {
        static SHELL: [Package; 1] = [Package { programs: &["no-such", "cargo"], name: "x", elsewhere: "x" }];
        assert_eq!(missing(&SHELL).count(), 0);
    }
}
