//! The tools that come from npm: wasm-opt, the rules of axe for the browser tests, and what benches compare with.

use std::path::{Path, PathBuf};

use super::debian;
use crate::failure::Failure;
use crate::lockfile::npm_packages;
use crate::process::{find_program, run_logged};
use crate::progress::step;
use crate::workspace::{Workspace, read_text};

/// Installs what `package-lock.json` pins and returns the folder with the programs.
pub(crate) fn ensure(workspace: &Workspace, installed: &mut usize) -> Result<PathBuf, Failure> {
    let programs = workspace.root.join("node_modules/.bin");
    if !is_installed(&workspace.root)? {
        *installed += 1;
        debian::install(workspace, &debian::missing(&debian::BUILD[..2]).collect::<Vec<_>>())?;
        step("wasm-opt, axe and the parsers of a bench, from npm", || {
            let npm = find_program("npm").ok_or_else(|| Failure::new("npm is not on PATH"))?;
            let mut command = std::process::Command::new(npm);
            // No package may run anything while it is installed.
            command.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&workspace.root);
            run_logged(&mut command, &workspace.cache.join("log/npm.log"))
        })?;
    }
    Ok(programs)
}

/// Whether every pinned package lies there in its pinned version.
fn is_installed(root: &Path) -> Result<bool, Failure> {
    let pinned = npm_packages(&read_text(&root.join("package-lock.json"))?)?;
    let hidden = root.join("node_modules/.package-lock.json");
    let Ok(there) = read_text(&hidden) else { return Ok(false) };
    let there = npm_packages(&there)?;
    Ok(pinned.iter().all(|package| there.contains(package)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::{test_folder, write};

    #[test]
    fn another_version_is_not_installed() {
        let folder = test_folder::empty("npm");
        let lock = |version: &str| {
            format!(r#"{{"packages": {{"": {{}}, "node_modules/a": {{"version": "{version}"}}}}}}"#)
        };
        write(&folder.join("package-lock.json"), lock("2.0.0").as_bytes()).unwrap();
        assert_eq!(is_installed(&folder), Ok(false));
        write(&folder.join("node_modules/.package-lock.json"), lock("1.0.0").as_bytes()).unwrap();
        assert_eq!(is_installed(&folder), Ok(false));
        write(&folder.join("node_modules/.package-lock.json"), lock("2.0.0").as_bytes()).unwrap();
        assert_eq!(is_installed(&folder), Ok(true));
        std::fs::remove_dir_all(folder).unwrap();
    }
}
