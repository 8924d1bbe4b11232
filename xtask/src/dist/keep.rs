//! Files of former releases, which tabs that are still open may ask for, and the list of digests.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::names::RELEASE;
use crate::digest::sha256;
use crate::failure::Failure;
use crate::workspace::{files, read_text, relative, write};

/// Former releases whose files are kept.
const RELEASES: usize = 3;
/// The list of digests, as `sha256sum --check` reads it.
pub(crate) const HASHES: &str = "hashes.txt";

/// What is kept of a folder that was published: read before anything is built, since it may be the one that is built into.
pub(crate) struct Kept {
    /// Of each former release its name and the names of its files, the newest first.
    former: Vec<Value>,
    files: Vec<(String, Vec<u8>)>,
}

/// Reads a folder that was published.
pub(crate) fn read(previous: &Path) -> Result<Kept, Failure> {
    let release = previous.join(RELEASE);
    let release: Value = serde_json::from_str(&read_text(&release)?).map_err(|error| {
        Failure::new(format!("{}: {error}", release.display()))
            .advise("--keep takes a folder that 'cargo xtask dist' made.")
    })?;
    let own = json!({ "release": release["release"], "files": release["files"] });
    let former: Vec<Value> = std::iter::once(own)
        .chain(release["former"].as_array().cloned().unwrap_or_default())
        .take(RELEASES)
        .collect();
    let mut kept = Vec::new();
    for name in former.iter().flat_map(names) {
        for name in [name.to_owned(), format!("{name}.br")] {
            // The list is of a folder that came from elsewhere, perhaps.
            let inside =
                Path::new(&name).components().all(|part| matches!(part, std::path::Component::Normal(_)));
            if let (true, Ok(content)) = (inside, fs::read(previous.join(&name))) {
                kept.push((name, content));
            }
        }
    }
    Ok(Kept { former, files: kept })
}

fn names(release: &Value) -> impl Iterator<Item = &str> {
    release["files"].as_array().into_iter().flatten().filter_map(Value::as_str)
}

impl Kept {
    /// Adds the files to a new folder, and their releases to its list.
    pub(crate) fn put(self, folder: &Path) -> Result<(), Failure> {
        let file = folder.join(RELEASE);
        let mut release: Value = serde_json::from_str(&read_text(&file)?)
            .map_err(|error| Failure::new(format!("{}: {error}", file.display())))?;
        let own = release["release"].clone();
        let former: Vec<Value> = self.former.into_iter().filter(|former| former["release"] != own).collect();
        for (name, content) in self.files {
            let place = folder.join(&name);
            // A name says its content: what is there is the same.
            if !place.exists() {
                write(&place, &content)?;
            }
        }
        release["former"] = Value::Array(former);
        write(&file, format!("{release:#}\n").as_bytes())?;
        // Its compressed form is of the list without them.
        match fs::remove_file(folder.join(format!("{RELEASE}.br"))) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Failure::file(&file, &error)),
            _ => Ok(()),
        }
    }
}

/// Writes the list of digests: every file but itself and the compressed forms, which another brotli makes otherwise.
pub(crate) fn hashes(folder: &Path) -> Result<PathBuf, Failure> {
    let list = folder.join(HASHES);
    let mut text = String::new();
    for file in files(folder)? {
        let name = relative(folder, &file);
        if name != HASHES && file.extension().is_none_or(|ending| ending != "br") {
            let content = fs::read(&file).map_err(|error| Failure::file(&file, &error))?;
            text.extend([&sha256(&content), "  ", &name, "\n"]);
        }
    }
    write(&list, text.as_bytes())?;
    Ok(list)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::test_folder;

    fn build(folder: &Path, number: u32) {
        let name = format!("cartera-{number:016x}.js");
        write(&folder.join(&name), name.as_bytes()).unwrap();
        write(&folder.join(format!("{name}.br")), b"compressed").unwrap();
        write(&folder.join("index.html"), b"page").unwrap();
        let release = json!({ "release": number.to_string(), "files": [name], "former": [] });
        write(&folder.join(RELEASE), release.to_string().as_bytes()).unwrap();
    }

    #[test]
    fn three_former_releases_are_kept_and_the_fourth_goes() {
        let folder = test_folder::empty("keep-releases");
        let mut previous: Option<PathBuf> = None;
        for number in 1..=5 {
            let dist = folder.join(number.to_string());
            let kept = previous.as_ref().map(|previous| read(previous).unwrap());
            build(&dist, number);
            if let Some(kept) = kept {
                kept.put(&dist).unwrap();
            }
            previous = Some(dist);
        }
        let last = folder.join("5");
        let there = |number: u32| {
            last.join(format!("cartera-{number:016x}.js")).exists()
                && last.join(format!("cartera-{number:016x}.js.br")).exists()
        };
        assert_eq!([1, 2, 3, 4, 5].map(there), [false, true, true, true, true]);
        let release: Value = serde_json::from_str(&read_text(&last.join(RELEASE)).unwrap()).unwrap();
        assert_eq!(release["release"], "5");
        let former: Vec<_> = release["former"]
            .as_array()
            .unwrap()
            .iter()
            .map(|former| former["release"].as_str().unwrap())
            .collect();
        assert_eq!(former, ["4", "3", "2"]);
        // The same release once more is not its own former one.
        let again = read(&last).unwrap();
        again.put(&last).unwrap();
        let release: Value = serde_json::from_str(&read_text(&last.join(RELEASE)).unwrap()).unwrap();
        assert!(release["former"].as_array().unwrap().iter().all(|former| former["release"] != "5"));
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_list_does_not_lead_out_of_its_folder_and_what_is_no_release_is_told() {
        let folder = test_folder::empty("keep-paths");
        write(&folder.join("secret"), b"x").unwrap();
        let dist = folder.join("dist");
        write(&dist.join(RELEASE), br#"{"release":"1","files":["../secret","/etc/hostname"],"former":[]}"#)
            .unwrap();
        assert!(read(&dist).unwrap().files.is_empty());
        write(&dist.join(RELEASE), b"<html>").unwrap();
        assert!(read(&dist).map(drop).unwrap_err().to_string().contains("--keep"));
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn the_list_of_digests_is_one_for_sha256sum() {
        let folder = test_folder::empty("hashes");
        write(&folder.join("b/c.js"), b"abc").unwrap();
        write(&folder.join("b/c.js.br"), b"compressed").unwrap();
        let list = read_text(&hashes(&folder).unwrap()).unwrap();
        assert_eq!(list, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  b/c.js\n");
        assert_eq!(read_text(&hashes(&folder).unwrap()).unwrap(), list, "the list itself is not in it");
        fs::remove_dir_all(folder).unwrap();
    }
}
