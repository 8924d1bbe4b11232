//! Versions that the lock files pin.

use serde_json::Value;

use crate::failure::Failure;

/// The version of `package` in a `Cargo.lock`; the first one when several are locked.
pub(crate) fn cargo_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"')
}

/// A package of `package-lock.json`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NpmPackage {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) licence: String,
    /// True when nothing that is shipped needs it.
    pub(crate) dev: bool,
}

/// The packages of a `package-lock.json` (lock file version 2 or 3), without the root.
pub(crate) fn npm_packages(lock: &str) -> Result<Vec<NpmPackage>, Failure> {
    let lock: Value =
        serde_json::from_str(lock).map_err(|error| Failure::new(format!("package-lock.json: {error}")))?;
    let packages = lock["packages"].as_object();
    let packages = packages.ok_or_else(|| Failure::new("package-lock.json has no 'packages'"))?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    Ok(packages
        .iter()
        .filter_map(|(path, package)| {
            let name = path.rsplit_once("node_modules/")?.1.to_owned();
            let dev = package["dev"] == true;
            Some(NpmPackage {
                name,
                version: text(&package["version"]),
                licence: text(&package["license"]),
                dev,
            })
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_that_of_the_package_with_exactly_this_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.80\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\ndependencies = [\n \"cfg-if\",\n]\n";
        assert_eq!(cargo_version(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(cargo_version(lock, "wasm-bindgen-futures"), Some("0.4.80"));
        assert_eq!(cargo_version(lock, "cfg-if"), None);
    }

    #[test]
    fn npm_packages_are_listed_without_the_root() {
        let lock = r#"{"packages": {"": {"name": "root"},
            "node_modules/a": {"version": "1.0.0", "license": "MIT", "dev": true},
            "node_modules/a/node_modules/@s/b": {"version": "2.0.0"}}}"#;
        let packages = npm_packages(lock).unwrap();
        let names: Vec<_> = packages.iter().map(|package| (package.name.as_str(), package.dev)).collect();
        assert_eq!(names, [("a", true), ("@s/b", false)]);
        assert_eq!((packages[0].licence.as_str(), packages[1].licence.as_str()), ("MIT", ""));
        assert!(npm_packages("{}").is_err() && npm_packages("<").is_err());
    }
}
