//! Installs what is missing, and tells how the rest of xtask reaches it.
//!
//! Every step first looks whether there is anything to do. Tools go into the user's cache folder and are
//! put on `PATH` for child processes only; whatever fits and is installed already is used as it is.

mod browsers;
mod cargo_tools;
mod debian;
mod nginx;
mod npm;
mod wasm_target;

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use crate::failure::Failure;
use crate::process::{capture, extended_path, find_program_in};
use crate::progress::spell;
use crate::workspace::Workspace;

pub(crate) use browsers::Browser;
pub(crate) use nginx::ensure as nginx;

/// What a command cannot do without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// Everything that turns the sources into `dist/`.
    Build,
    /// What compiles the demonstration's database, besides.
    Demo,
    Browser(Browser),
}

/// What set-up found or installed.
pub(crate) struct Toolbox {
    path: OsString,
    /// The rustup toolchain that compiles for wasm32; `None` is the one in use.
    wasm_toolchain: Option<&'static str>,
}

impl Toolbox {
    /// A command that finds the installed tools.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.env("PATH", &self.path);
        command
    }

    /// The same for a build whose target is wasm32. `RUSTFLAGS` is taken away, since it would
    /// override the flags of `.cargo/config.toml`.
    pub(crate) fn wasm_command(&self, program: &str) -> Command {
        let mut command = self.command(program);
        command.env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS");
        if let Some(toolchain) = self.wasm_toolchain {
            command.env("RUSTUP_TOOLCHAIN", toolchain);
        }
        command
    }

    /// The compiler that [`wasm_command`](Self::wasm_command) uses, in full.
    pub(crate) fn wasm_compiler(&self) -> Result<String, Failure> {
        capture(self.wasm_command("rustc").arg("-vV"))
    }

    /// Looks a program up among the installed tools and on `PATH`.
    pub(crate) fn find(&self, program: &str) -> Option<PathBuf> {
        find_program_in(program, &self.path)
    }

    /// `PATH` with the installed tools.
    pub(crate) fn path(&self) -> &OsString {
        &self.path
    }
}

/// Sees to it that all of `needs` is there.
pub(crate) fn ensure(workspace: &Workspace, needs: &[Need]) -> Result<Toolbox, Failure> {
    let begin = Instant::now();
    let mut packages = Vec::new();
    if needs.contains(&Need::Build) {
        packages.extend(debian::missing(&debian::BUILD));
    }
    if needs.contains(&Need::Demo) {
        packages.extend(debian::missing(&debian::DEMO));
    }
    for browser in Browser::ALL.into_iter().filter(|browser| needs.contains(&Need::Browser(*browser))) {
        packages.extend(browser.missing_packages());
    }
    let mut installed = packages.len();
    debian::install(workspace, &packages)?;

    let mut folders: Vec<PathBuf> = Vec::new();
    let mut wasm_toolchain = None;
    if needs.contains(&Need::Build) {
        wasm_toolchain = wasm_target::ensure(workspace, &mut installed)?;
        for tool in [cargo_tools::trunk(), cargo_tools::wasm_bindgen(workspace)?] {
            folders.extend(tool.ensure(workspace, &mut installed)?);
        }
    }
    if needs.contains(&Need::Browser(Browser::Firefox)) {
        folders.extend(cargo_tools::geckodriver().ensure(workspace, &mut installed)?);
    }
    folders.push(npm::ensure(workspace, &mut installed)?);

    if installed == 0 {
        println!("✓ set-up: everything is there ({})", spell(begin.elapsed()));
    } else {
        println!("✓ set-up: {}", spell(begin.elapsed()));
    }
    Ok(Toolbox { path: extended_path(&folders)?, wasm_toolchain })
}

/// Sees to it that what the tests without a browser need is there.
pub(crate) fn ensure_for_tests(workspace: &Workspace) -> Result<(), Failure> {
    debian::install(workspace, &debian::missing(&debian::TESTS).collect::<Vec<_>>())
}

/// Cargo's folder for its registry and programs.
pub(crate) fn cargo_home() -> Option<PathBuf> {
    let set = env::var_os("CARGO_HOME").filter(|folder| !folder.is_empty()).map(PathBuf::from);
    set.or_else(|| env::home_dir().map(|home| home.join(".cargo")))
}
