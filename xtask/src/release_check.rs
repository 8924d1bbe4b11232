//! `cargo xtask release-check`: what holds for a release besides what `test` asks. No part of it: it takes an hour.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::args::{Part, TestOptions};
use crate::dist;
use crate::failure::Failure;
use crate::licences::{bill::bill, notices::notices};
use crate::process::{capture, cargo, execute};
use crate::progress::step;
use crate::setup::Browser;
use crate::test;
use crate::workspace::{Workspace, create_folder, read_text, write};

pub(crate) fn run(workspace: &Workspace) -> Result<(), Failure> {
    let folder = workspace.target.join("release-check");
    if !capture(Command::new("git").args(["status", "--porcelain"]).current_dir(&workspace.root))?.is_empty()
    {
        return Err(Failure::new("there are changes that are not committed")
            .advise("What is released is what is committed: commit them, or put them aside."));
    }
    let lists = ["first", "second/elsewhere"].map(|name| folder.join(name));
    for place in &lists {
        step(&format!("a build of its own in {}", place.display()), || build(workspace, place))?;
    }
    let [first, second] = lists.each_ref().map(|place| read_text(&place.join("dist").join(dist::HASHES)));
    let (first, second) = (first?, second?);
    same(&first, &second)?;
    println!("✓ two builds in two folders are alike, byte by byte: {} files", first.lines().count());

    let release: serde_json::Value = serde_json::from_str(&read_text(&lists[0].join("dist/release.json"))?)
        .map_err(|error| Failure::new(format!("release.json: {error}")))?;
    let release = release["release"].as_str().unwrap_or_default();
    let lock = read_text(&workspace.root.join("Cargo.lock"))?;
    let bill = bill(workspace, release, &|name, version| checksum(&lock, name, version))?;
    write(&folder.join("hashes.txt"), first.as_bytes())?;
    write(&folder.join("bill-of-materials.cdx.json"), format!("{bill:#}\n").as_bytes())?;
    write(&folder.join("licences.txt"), notices(workspace)?.as_bytes())?;
    println!("✓ hashes.txt, bill-of-materials.cdx.json and licences.txt are in {}", folder.display());

    let everything = TestOptions { only: Some(Part::Browser), browsers: Some(Browser::ALL.to_vec()) };
    test::run(workspace, &everything)
}

/// Builds what is committed in a folder of its own, with a target folder of its own.
fn build(workspace: &Workspace, place: &Path) -> Result<(), Failure> {
    if place.exists() {
        fs::remove_dir_all(place).map_err(|error| Failure::file(place, &error))?;
    }
    if let Some(above) = place.parent() {
        create_folder(above)?;
    }
    let mut clone = Command::new("git");
    execute(clone.args(["clone", "--quiet", "--no-hardlinks"]).arg(&workspace.root).arg(place))?;
    let mut build = cargo();
    build.args(["run", "--quiet", "--locked", "--package", "xtask", "--", "dist"]).current_dir(place);
    execute(build.env("CARGO_TARGET_DIR", target(place)))
}

fn target(place: &Path) -> PathBuf {
    place.join("target")
}

/// The files that two lists of digests tell apart.
fn same(first: &str, second: &str) -> Result<(), Failure> {
    let read = |text: &str| -> BTreeMap<String, String> {
        text.lines()
            .filter_map(|line| line.split_once("  "))
            .map(|(digest, name)| (name.to_owned(), digest.to_owned()))
            .collect()
    };
    let (first, second) = (read(first), read(second));
    let names = first.keys().chain(second.keys()).collect::<std::collections::BTreeSet<_>>();
    let different: Vec<&str> =
        names.into_iter().filter(|name| first.get(*name) != second.get(*name)).map(String::as_str).collect();
    if different.is_empty() && !first.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!("two builds differ in {} files", different.len())).advise(format!(
        "{}\nA path of this machine in the program is the usual reason: see wasm_flags in xtask/src/dist.",
        different.join("\n")
    )))
}

/// The digest that `Cargo.lock` has of a package from a registry.
fn checksum(lock: &str, name: &str, version: &str) -> Option<String> {
    let head = format!("name = \"{name}\"\nversion = \"{version}\"\n");
    let entry = lock.split("[[package]]\n").find(|entry| entry.starts_with(&head))?;
    entry.lines().find_map(|line| line.strip_prefix("checksum = \"")?.strip_suffix('"')).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_that_differ_name_the_files() {
        assert_eq!(same("a  x.js\nb  y.js\n", "b  y.js\na  x.js\n"), Ok(()));
        let failure = same("a  x.js\nb  y.js\n", "c  x.js\nb  y.js\nd  z.js\n").unwrap_err().to_string();
        assert!(failure.contains("x.js\n  z.js") && !failure.contains("y.js"), "{failure}");
        assert!(same("", "").is_err(), "nothing was built");
    }

    #[test]
    fn digests_are_those_of_the_lock_file() {
        let lock = "[[package]]\nname = \"a\"\nversion = \"1.0.0\"\n\n[[package]]\nname = \"b\"\nversion = \"2.0.0\"\nsource = \"x\"\nchecksum = \"0f\"\n\n";
        assert_eq!(checksum(lock, "b", "2.0.0").as_deref(), Some("0f"));
        assert_eq!((checksum(lock, "b", "1.0.0"), checksum(lock, "a", "1.0.0")), (None, None));
    }
}
