//! The licences of what is shipped, as their authors wrote them: most ask for no more than this.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::{SHIPPED, metadata, wasm_packages};
use crate::failure::Failure;
use crate::workspace::Workspace;

/// How files with a licence are called, in capitals.
const FILES: [&str; 6] = ["LICENSE", "LICENCE", "COPYING", "NOTICE", "UNLICENSE", "COPYRIGHT"];

/// One text: every crate that is compiled for the browser, then each licence text once with the crates that it is of.
pub(crate) fn notices(workspace: &Workspace) -> Result<String, Failure> {
    let metadata = metadata(workspace, SHIPPED)?;
    let mut list = String::new();
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in wasm_packages(&metadata) {
        let text = |name: &str| package[name].as_str().unwrap_or_default().to_owned();
        let title = format!("{} {}", text("name"), text("version"));
        list.extend([&title, ", ", &text("license"), "\n"]);
        for licence in licences(package) {
            texts.entry(licence).or_default().push(title.clone());
        }
    }
    let mut out = format!("What Cartera's program is made of, and under which licences.\n\n{list}");
    // In the order of whose they are: a digest of the text would be as good and nobody would find anything.
    let mut texts: Vec<_> = texts.into_iter().collect();
    texts.sort_by(|a, b| a.1.cmp(&b.1).then_with(|| a.0.cmp(&b.0)));
    for (text, crates) in texts {
        out.extend(["\n", &"-".repeat(80), "\n", &crates.join(", "), "\n\n", text.trim(), "\n"]);
    }
    Ok(out)
}

/// The texts in a crate's own folder, with one kind of line end.
fn licences(package: &Value) -> Vec<String> {
    let manifest = package["manifest_path"].as_str().map(Path::new);
    let entries = manifest.and_then(Path::parent).and_then(|folder| fs::read_dir(folder).ok());
    let mut found: Vec<_> = entries
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| is_licence(path))
        .collect();
    found.sort();
    found
        .iter()
        .filter_map(|path| fs::read_to_string(path).ok())
        .map(|text| text.replace("\r\n", "\n").trim().to_owned())
        .collect()
}

fn is_licence(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_ascii_uppercase()).unwrap_or_default();
    path.is_file() && FILES.iter().any(|start| name.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::{test_folder, write};

    #[test]
    fn what_is_shipped_is_named_with_its_licences() {
        let text = notices(&Workspace::find().unwrap()).unwrap();
        for crate_ in ["\nleptos 0.", "\nwasm-bindgen 0.", "\ncartera 0.", "\nsqlite-wasm-rs 0."] {
            assert!(text.contains(crate_), "{crate_}");
        }
        for shipped_by_nobody in ["\naxum ", "\nthirtyfour ", "\ntokio "] {
            assert!(!text.contains(shipped_by_nobody), "{shipped_by_nobody}");
        }
        assert!(text.contains("Permission is hereby granted") && text.contains("Apache License"));
        assert!(text.len() < 1 << 20, "{}", text.len());
    }

    #[test]
    fn licences_are_found_by_their_names() {
        let folder = test_folder::empty("notices");
        for (name, text) in [
            ("LICENSE-MIT", "MIT\r\nwords\r\n"),
            ("license.txt", "other"),
            ("src/lib.rs", ""),
            ("README.md", "no"),
        ] {
            write(&folder.join(name), text.as_bytes()).unwrap();
        }
        let package = serde_json::json!({ "manifest_path": folder.join("Cargo.toml") });
        assert_eq!(licences(&package), ["MIT\nwords", "other"]);
        fs::remove_dir_all(folder).unwrap();
    }
}
