//! Where things are: the checkout, its target folder, the user's tools, the packages.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::failure::Failure;
use crate::process::{self, capture};

/// The package of the application. All other members of the workspace build without Leptos.
pub(crate) const APPLICATION: &str = "cartera";
/// The package of the browser tests and benches.
pub(crate) const BROWSER_TESTS: &str = "cartera-tests";
/// The package of the tests with a real nginx.
pub(crate) const HOSTING_TESTS: &str = "hosting-tests";
/// The package and the program of the stand-in for Partner Center.
pub(crate) const SANDBOX: &str = "sandbox";

/// The checkout and the folders that belong to it.
pub(crate) struct Workspace {
    pub(crate) root: PathBuf,
    /// Cargo's target folder.
    pub(crate) target: PathBuf,
    /// Downloads and builds that all checkouts of this user share.
    pub(crate) cache: PathBuf,
    /// Installed tools: one folder `<program>-<version>` each.
    pub(crate) tools: PathBuf,
    /// The members, as `cargo metadata` gives them.
    packages: Vec<Value>,
}

impl Workspace {
    /// Asks cargo, from the folder in which the command was typed.
    pub(crate) fn find() -> Result<Self, Failure> {
        let metadata =
            capture(process::cargo().args(["metadata", "--no-deps", "--offline", "--format-version", "1"]))?;
        let metadata: Value = serde_json::from_str(&metadata)
            .map_err(|error| Failure::new(format!("cargo metadata gave no JSON: {error}")))?;
        let folder = |name: &str| {
            let path = metadata[name].as_str().map(PathBuf::from);
            path.ok_or_else(|| Failure::new(format!("cargo metadata does not tell '{name}'")))
        };
        let cache = cache_folder()?;
        Ok(Self {
            root: folder("workspace_root")?,
            target: folder("target_directory")?,
            tools: env::var_os("CARTERA_TOOLS").map_or_else(|| cache.join("tools"), PathBuf::from),
            cache,
            packages: metadata["packages"].as_array().cloned().unwrap_or_default(),
        })
    }

    /// Folder for what xtask itself keeps between runs.
    pub(crate) fn scratch(&self) -> PathBuf {
        self.target.join("xtask")
    }

    /// Names of all members.
    pub(crate) fn members(&self) -> impl Iterator<Item = &str> {
        self.packages.iter().filter_map(|package| package["name"].as_str())
    }

    /// Folder of a member.
    pub(crate) fn member_folder(&self, name: &str) -> Option<&Path> {
        let package = self.packages.iter().find(|package| package["name"] == name)?;
        Path::new(package["manifest_path"].as_str()?).parent()
    }

    /// The members that `name` is built from, itself first: what it depends on, at build time too.
    pub(crate) fn built_from<'a>(&'a self, name: &'a str) -> Vec<&'a str> {
        let mut found = vec![name];
        let mut next = 0;
        while let Some(&name) = found.get(next) {
            next += 1;
            let package = self.packages.iter().find(|package| package["name"] == name);
            for dependency in
                package.and_then(|package| package["dependencies"].as_array()).into_iter().flatten()
            {
                if let (Some(name), true, false) =
                    (dependency["name"].as_str(), dependency["path"].is_string(), dependency["kind"] == "dev")
                    && !found.contains(&name)
                {
                    found.push(name);
                }
            }
        }
        found
    }
}

fn cache_folder() -> Result<PathBuf, Failure> {
    let base = env::var_os("XDG_CACHE_HOME").filter(|folder| !folder.is_empty()).map(PathBuf::from);
    let base = base.or_else(|| env::home_dir().map(|home| home.join(".cache")));
    base.map(|base| base.join("cartera")).ok_or_else(|| {
        Failure::new("no home folder for the tools")
            .advise("set XDG_CACHE_HOME to a folder that may be written to")
    })
}

/// Creates a folder and those above it.
pub(crate) fn create_folder(path: &Path) -> Result<(), Failure> {
    fs::create_dir_all(path).map_err(|error| Failure::file(path, &error))
}

/// Reads a text file.
pub(crate) fn read_text(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| Failure::file(path, &error))
}

/// Writes a file, creating its folder.
pub(crate) fn write(path: &Path, content: &[u8]) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        create_folder(folder)?;
    }
    fs::write(path, content).map_err(|error| Failure::file(path, &error))
}

/// All files under `folder` (none when it does not exist), sorted.
pub(crate) fn files(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => return Err(Failure::file(&folder, &error)),
        };
        for entry in entries {
            let path = entry.map_err(|error| Failure::file(&folder, &error))?.path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    Ok(found)
}

/// Path of `file` inside `folder`, with `/` on every system.
pub(crate) fn relative(folder: &Path, file: &Path) -> String {
    let inside = file.strip_prefix(folder).unwrap_or(file);
    inside.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
pub(crate) mod test_folder {
    //! Scratch folders for tests.

    use std::path::PathBuf;

    /// An empty folder of its own for the named test.
    pub(crate) fn empty(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("cartera-xtask-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        folder
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workspace(packages: &Value) -> Workspace {
        Workspace {
            root: "/r".into(),
            target: "/t".into(),
            cache: "/c".into(),
            tools: "/c/tools".into(),
            packages: packages.as_array().unwrap().clone(),
        }
    }

    #[test]
    fn a_member_is_built_from_its_path_dependencies_but_not_from_those_of_its_tests() {
        let workspace = workspace(&serde_json::json!([
            { "name": "app", "manifest_path": "/r/Cargo.toml", "dependencies": [
                { "name": "client", "path": "/r/client", "kind": null },
                { "name": "assets", "path": "/r/assets", "kind": "build" },
                { "name": "server", "path": "/r/server", "kind": "dev" },
                { "name": "serde", "kind": null },
            ]},
            { "name": "client", "dependencies": [{ "name": "index", "path": "/r/index", "kind": null }] },
            { "name": "index", "dependencies": [{ "name": "client", "path": "/r/client", "kind": null }] },
            { "name": "assets", "dependencies": [] },
            { "name": "server", "dependencies": [] },
        ]));
        assert_eq!(workspace.built_from("app"), ["app", "client", "assets", "index"]);
        assert_eq!(workspace.member_folder("app"), Some(Path::new("/r")));
    }

    #[test]
    fn files_are_listed_in_order_and_a_missing_folder_is_empty() {
        let folder = test_folder::empty("files");
        for name in ["b", "a/c", "a/b"] {
            write(&folder.join(name), b"").unwrap();
        }
        let names: Vec<_> = files(&folder).unwrap().iter().map(|file| relative(&folder, file)).collect();
        assert_eq!(names, ["a/b", "a/c", "b"]);
        assert_eq!(files(&folder.join("none")).unwrap(), Vec::<PathBuf>::new());
        fs::remove_dir_all(folder).unwrap();
    }
}
