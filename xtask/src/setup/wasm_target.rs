//! The standard library for wasm32.
//!
//! Where rustup can fetch it, that is one command. On a network where it cannot, Debian's own compiler and
//! library sources do: the library is built once, and a sysroot in the user's cache joins it to Debian's
//! compiler. rustup then knows that sysroot as the toolchain [`LINKED`]; nothing in `/usr` is changed.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::debian::{self, Package};
use crate::failure::Failure;
use crate::process::{capture, execute, find_program, run_logged};
use crate::progress::step;
use crate::workspace::{Workspace, create_folder, write};

const TARGET: &str = "wasm32-unknown-unknown";
/// The rustup toolchain that stands for Debian's compiler with our library.
const LINKED: &str = "cartera-wasm";
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_SOURCES: &str = "/usr/lib/rustlib/src/rust";

static DEBIAN_PACKAGES: [Package; 3] = [
    Package { programs: &[], name: "rustc-web", elsewhere: "" },
    Package { programs: &[], name: "cargo-web", elsewhere: "" },
    Package { programs: &[], name: "rust-web-src", elsewhere: "" },
];

/// Returns the toolchain to compile for wasm32 with; `None` is the one in use.
pub(crate) fn ensure(workspace: &Workspace, installed: &mut usize) -> Result<Option<&'static str>, Failure> {
    let sysroot = PathBuf::from(capture(Command::new("rustc").args(["--print", "sysroot"]))?.trim());
    if has_target(&sysroot) {
        return Ok(None);
    }
    if is_linked(&workspace.cache.join("rust-wasm")) {
        return Ok(Some(LINKED));
    }
    if find_program("rustup").is_none() {
        return Err(Failure::new(format!(
            "the compiler cannot build for {TARGET}, and there is no rustup to fetch it"
        ))
        .advise("Install Rust with rustup (https://rustup.rs), then run the command again."));
    }
    *installed += 1;
    let log = workspace.cache.join("log/rustup.log");
    println!("• {TARGET} from rustup …");
    let fetched = run_logged(Command::new("rustup").args(["target", "add", TARGET]), &log);
    if fetched.is_ok() && has_target(&sysroot) {
        println!("✓ {TARGET} from rustup");
        return Ok(None);
    }
    if !debian::is_debian() {
        return Err(Failure::new(format!(
            "the compiler cannot build for {TARGET}, and rustup did not fetch it"
        ))
        .advise(format!(
            "Run 'rustup target add {TARGET}' where there is a network. rustup's output is in {}",
            log.display()
        )));
    }
    println!("  rustup cannot fetch it here: building it from Debian's sources");
    if !Path::new(DEBIAN_CARGO).exists() || !Path::new(DEBIAN_SOURCES).exists() {
        debian::install(workspace, &DEBIAN_PACKAGES.iter().collect::<Vec<_>>())?;
    }
    step("standard library for wasm32, from Debian's sources (about 2 minutes)", || {
        build(workspace, &sysroot)
    })?;
    Ok(Some(LINKED))
}

fn libraries(sysroot: &Path, target: &str) -> PathBuf {
    sysroot.join("lib/rustlib").join(target).join("lib")
}

/// Whether a sysroot has the standard library for wasm32.
fn has_target(sysroot: &Path) -> bool {
    let entries = fs::read_dir(libraries(sysroot, TARGET));
    entries.is_ok_and(|entries| {
        entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with("libstd-"))
    })
}

/// Whether our sysroot is complete, fits Debian's compiler of today, and is what rustup has under its name.
/// The version is written last, so a broken-off build is not taken for a whole one.
fn is_linked(sysroot: &Path) -> bool {
    let ask = |argument| capture(Command::new("rustc").env("RUSTUP_TOOLCHAIN", LINKED).args(argument)).ok();
    has_target(sysroot)
        && ask(["--print", "sysroot"].as_slice()).is_some_and(|found| Path::new(found.trim()) == sysroot)
        && ask(["-vV"].as_slice()) == fs::read_to_string(sysroot.join("version")).ok()
}

/// Builds the library and links the toolchain.
fn build(workspace: &Workspace, rustup_sysroot: &Path) -> Result<(), Failure> {
    let version = capture(Command::new(DEBIAN_RUSTC).arg("-vV"))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    let host = host.ok_or_else(|| Failure::new("Debian's rustc does not tell its host"))?;
    let built = build_library(workspace)?;

    let sysroot = workspace.cache.join("rust-wasm");
    if sysroot.exists() {
        fs::remove_dir_all(&sysroot).map_err(|error| Failure::file(&sysroot, &error))?;
    }
    let own = libraries(&sysroot, TARGET);
    create_folder(&own)?;
    for library in &built {
        let name = library.file_name().unwrap_or_default();
        fs::copy(library, own.join(name)).map_err(|error| Failure::file(library, &error))?;
    }
    let products = build_folder(workspace);
    fs::remove_dir_all(&products).map_err(|error| Failure::file(&products, &error))?;

    // Build scripts and macros are compiled for the host: Debian's library for it. Debian's linker for
    // wasm carries another name than rustc looks for; the one of rustup's toolchain has the right one.
    link(&libraries(Path::new("/usr"), host), &libraries(&sysroot, host))?;
    let linker = Path::new("lib/rustlib").join(host).join("bin/rust-lld");
    link(&rustup_sysroot.join(&linker), &sysroot.join(&linker))?;
    link(Path::new(DEBIAN_CARGO), &sysroot.join("bin/cargo"))?;
    let rustc = sysroot.join("bin/rustc");
    let script = format!("#!/bin/sh\nexec {DEBIAN_RUSTC} --sysroot '{}' \"$@\"\n", sysroot.display());
    write(&rustc, script.as_bytes())?;
    execute(Command::new("chmod").arg("+x").arg(&rustc))?;

    execute(Command::new("rustup").args(["toolchain", "link", LINKED]).arg(&sysroot))?;
    write(&sysroot.join("version"), version.as_bytes())
}

fn build_folder(workspace: &Workspace) -> PathBuf {
    workspace.cache.join("build-std")
}

/// Builds `std` through an empty crate and returns the library files.
fn build_library(workspace: &Workspace) -> Result<Vec<PathBuf>, Failure> {
    const NAME: &str = "empty";
    let folder = build_folder(workspace);
    let target = folder.join("target");
    // Leftovers of a broken-off build with another compiler would be copied with the rest.
    if target.exists() {
        fs::remove_dir_all(&target).map_err(|error| Failure::file(&target, &error))?;
    }
    let manifest =
        format!("[package]\nname = \"{NAME}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n");
    write(&folder.join("Cargo.toml"), manifest.as_bytes())?;
    write(&folder.join("src/lib.rs"), b"#![no_std]\n")?;

    // Without the bitcode an application with fat LTO cannot be linked. Paths of this machine end up in
    // panic messages, hence the prefixes.
    let mut flags = vec![
        "-Cembed-bitcode=yes".to_owned(),
        format!("--remap-path-prefix={DEBIAN_SOURCES}=/rust"),
        format!("--remap-path-prefix={}=/std", folder.display()),
    ];
    flags.extend(super::cargo_home().map(|home| format!("--remap-path-prefix={}=/cargo", home.display())));
    let mut command = Command::new(DEBIAN_CARGO);
    command
        .current_dir(&folder)
        .args(["build", "--release", "--target", TARGET, "-Zbuild-std=std,panic_abort,test,proc_macro"])
        // The library's sources need unstable features, which a stable compiler allows under this name only.
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTC", DEBIAN_RUSTC)
        .env("CARGO_TARGET_DIR", &target)
        .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
    run_logged(&mut command, &workspace.cache.join("log/build-std.log"))?;

    let products = target.join(TARGET).join("release/deps");
    let own = format!("lib{NAME}-");
    let built: Vec<PathBuf> = crate::workspace::files(&products)?
        .into_iter()
        .filter(|path| path.extension() == Some(OsStr::new("rlib")))
        .filter(|path| path.file_name().is_some_and(|name| !name.to_string_lossy().starts_with(&own)))
        .collect();
    if built.is_empty() {
        return Err(Failure::new(format!("no library was built in {}", products.display())));
    }
    Ok(built)
}

/// A symbolic link, by the program that every Debian has.
fn link(original: &Path, link: &Path) -> Result<(), Failure> {
    if let Some(folder) = link.parent() {
        create_folder(folder)?;
    }
    execute(Command::new("ln").arg("-s").arg(original).arg(link))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::test_folder;

    #[test]
    fn a_sysroot_has_the_target_when_its_std_is_there() {
        let sysroot = test_folder::empty("sysroot");
        assert!(!has_target(&sysroot));
        write(&libraries(&sysroot, TARGET).join("libcore-1.rlib"), b"").unwrap();
        assert!(!has_target(&sysroot));
        write(&libraries(&sysroot, TARGET).join("libstd-1.rlib"), b"").unwrap();
        assert!(has_target(&sysroot));
        fs::remove_dir_all(sysroot).unwrap();
    }

    #[test]
    fn a_sysroot_that_was_not_finished_is_not_used() {
        let sysroot = test_folder::empty("unfinished");
        write(&libraries(&sysroot, TARGET).join("libstd-1.rlib"), b"").unwrap();
        assert!(!is_linked(&sysroot));
        fs::remove_dir_all(sysroot).unwrap();
    }
}
