//! Fingerprints of inputs, so that unchanged work is not done twice.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::workspace::{files, relative, write};

/// A fingerprint in the making. It only has to be told apart from the one of the last run.
#[derive(Default)]
pub(crate) struct Stamp(DefaultHasher);

impl Stamp {
    /// Adds a fact, such as an option or a compiler's version.
    pub(crate) fn fact(&mut self, fact: &str) {
        fact.hash(&mut self.0);
    }

    /// Adds the names and contents of files, or of all files in folders. What does not exist is a fact too.
    pub(crate) fn sources(&mut self, root: &Path, paths: &[PathBuf]) -> Result<(), Failure> {
        for path in paths {
            let found = if path.is_file() { vec![path.clone()] } else { files(path)? };
            found.len().hash(&mut self.0);
            for file in found {
                relative(root, &file).hash(&mut self.0);
                fs::read(&file).map_err(|error| Failure::file(&file, &error))?.hash(&mut self.0);
            }
        }
        Ok(())
    }

    pub(crate) fn finish(&self) -> String {
        format!("{:016x}", self.0.finish())
    }
}

/// Fingerprint of a folder's content, to notice that products were changed or deleted by hand.
pub(crate) fn of_folder(folder: &Path) -> Result<String, Failure> {
    let mut stamp = Stamp::default();
    stamp.sources(folder, &[folder.to_owned()])?;
    Ok(stamp.finish())
}

/// Whether `file` keeps exactly this stamp.
pub(crate) fn is_kept(file: &Path, stamp: &str) -> bool {
    fs::read_to_string(file).is_ok_and(|kept| kept == stamp)
}

/// Keeps a stamp for the next run.
pub(crate) fn keep(file: &Path, stamp: &str) -> Result<(), Failure> {
    write(file, stamp.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::test_folder;

    #[test]
    fn every_change_of_the_sources_changes_the_stamp() {
        let folder = test_folder::empty("stamp");
        let stamp = || {
            let mut stamp = Stamp::default();
            stamp.sources(&folder, &[folder.join("src"), folder.join("index.html")]).unwrap();
            stamp.finish()
        };
        let mut seen = vec![stamp()];
        let mut changed = |what: &str| {
            let now = stamp();
            assert!(!seen.contains(&now), "{what} left the stamp as it was");
            seen.push(now);
        };
        write(&folder.join("src/a"), b"1").unwrap();
        changed("a new file");
        write(&folder.join("src/a"), b"2").unwrap();
        changed("another content");
        fs::rename(folder.join("src/a"), folder.join("src/b")).unwrap();
        changed("another name");
        write(&folder.join("index.html"), b"2").unwrap();
        changed("a single file");
        assert_eq!(stamp(), stamp());
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_stamp_is_kept_until_another_one() {
        let folder = test_folder::empty("keep");
        let file = folder.join("deep/site.stamp");
        assert!(!is_kept(&file, "1"));
        keep(&file, "1").unwrap();
        assert!(is_kept(&file, "1") && !is_kept(&file, "2"));
        fs::remove_dir_all(folder).unwrap();
    }
}
