//! From the sources to a folder that any static host can serve.
//!
//! Two stages, each skipped when nothing it depends on has changed: Trunk builds the *site* into the target
//! folder, where everything but HTML is compressed as well; then the site is copied to its place with the
//! base path written into the HTML files. So another base path costs a second, not a build.

pub(crate) mod base;
mod compress;
mod copy;
mod demo;
mod hosting;
mod keep;
mod names;
mod parts;
pub(crate) mod workers;

use std::fs;
use std::path::{Path, PathBuf};

use crate::budget;
use crate::embed;
use crate::failure::Failure;
use crate::licences;
use crate::process::execute;
use crate::progress::step;
use crate::setup::{self, Need, Toolbox, cargo_home};
use crate::stamp::{self, Stamp};
use crate::workspace::{APPLICATION, Workspace, create_folder, write};
use base::Base;
pub(crate) use demo::build_into as build_demo_into;
pub(crate) use keep::HASHES;
use site_hosting::hosts::Host;

/// How a site is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// As it is shipped: small, fast, compressed.
    Optimised,
    /// Soon there: no optimisation, nothing compressed.
    Fast,
}

/// What a site is built for.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct DistOptions {
    pub(crate) base: Base,
    /// The host whose files go into the site's own folder.
    pub(crate) host: Option<String>,
    /// Whether it is a demonstration, with everything in it.
    pub(crate) demo: bool,
    /// A folder that was published, whose files open tabs may still ask for.
    pub(crate) keep: Option<PathBuf>,
}

/// `cargo xtask dist`
pub(crate) fn run(workspace: &Workspace, options: &DistOptions) -> Result<(), Failure> {
    let asked = options.host.as_deref().and_then(Host::named);
    // Before anything is built: the folder may be the one that is built into.
    let kept = options.keep.as_deref().map(keep::read).transpose()?;
    let needs: &[Need] = if options.demo { &[Need::Build, Need::Demo] } else { &[Need::Build] };
    let toolbox = setup::ensure(workspace, needs)?;
    let folder = workspace.root.join("dist");
    if options.demo {
        demo::build_into(workspace, &toolbox, &options.base, &folder)?;
    } else {
        build_into(workspace, &toolbox, Mode::Optimised, &options.base, &folder)?;
    }
    budget::check(&folder)?;
    if let Some(kept) = kept {
        kept.put(&folder)?;
    }
    let hosting = workspace.root.join("dist-hosting");
    hosting::put(&workspace.root, &folder, &options.base, &hosting, asked)?;
    compress::compress(&toolbox, &folder)?;
    keep::hashes(&folder)?;
    println!("The site for {} is in {}", options.base.as_str(), folder.display());
    println!("What hosts want is in {}, see docs/hosting", hosting.display());
    Ok(())
}

/// Builds the optimised site into `dist/` and returns that folder.
pub(crate) fn build(workspace: &Workspace, toolbox: &Toolbox, base: &Base) -> Result<PathBuf, Failure> {
    let folder = workspace.root.join("dist");
    build_into(workspace, toolbox, Mode::Optimised, base, &folder)?;
    Ok(folder)
}

/// Builds the site into `folder`, doing only what is not done yet.
pub(crate) fn build_into(
    workspace: &Workspace,
    toolbox: &Toolbox,
    mode: Mode,
    base: &Base,
    folder: &Path,
) -> Result<(), Failure> {
    let site = build_site(workspace, toolbox, mode)?;
    copy::publish(&site, folder, base)?;
    if mode == Mode::Optimised {
        compress::compress(toolbox, folder)?;
    }
    Ok(())
}

/// The files and folders that the site is made from.
pub(crate) fn sources(workspace: &Workspace) -> Vec<PathBuf> {
    const FILES: [&str; 14] = [
        "src",
        "style",
        "public",
        "embed",
        "index.html",
        "Trunk.toml",
        "Cargo.toml",
        "Cargo.lock",
        "build.rs",
        "xtask/split",    // divides the program
        "xtask/src/dist", // puts the site together
        "xtask/src/embed.rs",
        ".cargo/config.toml",
        "package-lock.json", // the version of wasm-opt
    ];
    let files = FILES.iter().map(|path| workspace.root.join(path));
    let members = workspace.built_from(APPLICATION).into_iter().filter(|name| *name != APPLICATION);
    let folders = members.filter_map(|name| workspace.member_folder(name)).map(Path::to_owned);
    files.chain(folders).chain(workers::sources(workspace)).collect()
}

/// Stage one: Trunk. Returns the folder with the site, whose URLs begin with `/`.
fn build_site(workspace: &Workspace, toolbox: &Toolbox, mode: Mode) -> Result<PathBuf, Failure> {
    let (name, what) = match mode {
        Mode::Optimised => ("site", "application, optimised"),
        Mode::Fast => ("site-fast", "application, fast build"),
    };
    let site = workspace.scratch().join(name);
    let kept = workspace.scratch().join(format!("{name}.stamp"));
    let mut inputs = Stamp::default();
    inputs.fact(&toolbox.wasm_compiler()?);
    inputs.sources(&workspace.root, &sources(workspace))?;
    let inputs = inputs.finish();
    if stamp::is_kept(&kept, &format!("{inputs} {}", stamp::of_folder(&site)?)) {
        println!("✓ {what}: unchanged");
        return Ok(site);
    }
    step(what, || {
        // Compressed forms of the last build must not be taken for those of this one.
        if site.exists() {
            fs::remove_dir_all(&site).map_err(|error| Failure::file(&site, &error))?;
        }
        create_folder(&site)?;
        let mut trunk = trunk(workspace, toolbox, mode);
        parts::divide(workspace, toolbox, &mut trunk)?;
        execute(trunk.arg("--dist").arg(&site))?;
        parts::place(workspace, toolbox, mode, &site)?;
        workers::place(workspace, toolbox, mode, &site)?;
        // The page for frames is the other one, with everything that it names.
        embed::place(workspace, &site)?;
        write(&site.join("lazy/licences.txt"), licences::notices::notices(workspace)?.as_bytes())?;
        names::settle(&site)?;
        if mode == Mode::Optimised { compress::compress(toolbox, &site) } else { Ok(()) }
    })?;
    stamp::keep(&kept, &format!("{inputs} {}", stamp::of_folder(&site)?))?;
    Ok(site)
}

fn trunk(workspace: &Workspace, toolbox: &Toolbox, mode: Mode) -> std::process::Command {
    let mut command = toolbox.wasm_command("trunk");
    let mut flags = wasm_flags(workspace);
    // What tells which code needs which, for the program to be divided by.
    flags.push("-Clink-arg=--emit-relocs".to_owned());
    command
        .current_dir(&workspace.root)
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags.join(" "))
        .env_remove("NO_COLOR") // Trunk 0.21 takes `NO_COLOR=1` for a broken option
        .args(["build", "--skip-version-check", "--offline", "true"]);
    if mode == Mode::Fast {
        command.args(["--release", "false", "--cargo-profile", "dev"]);
    }
    command
}

/// The compiler flags of the wasm build: those of `.cargo/config.toml`, which this variable may replace, and
/// prefixes that keep this machine's paths and registry out of what is shipped.
fn wasm_flags(workspace: &Workspace) -> Vec<String> {
    let remap = |from: &Path, to: &str| format!("--remap-path-prefix={}={to}", from.display());
    let mut flags = vec!["-Ctarget-feature=+simd128".to_owned(), remap(&workspace.root, "/cartera")];
    if let Some(home) = cargo_home() {
        flags.push(remap(&home, "/cargo"));
        // The compiler takes the last prefix that fits, so these narrower ones come after the wide one.
        let registries = fs::read_dir(home.join("registry/src")).into_iter().flatten().flatten();
        flags.extend(registries.map(|registry| remap(&registry.path(), "/crates")));
    }
    flags
}

/// FNV-1a, 64 bits: it only has to tell contents apart.
fn hash(content: &[u8]) -> u64 {
    content
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_content() {
        assert_ne!(hash(b"a"), hash(b"b"));
        assert_eq!(hash(b""), 0xcbf2_9ce4_8422_2325);
    }
}
