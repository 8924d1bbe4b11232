//! `cargo xtask dev`: as `start`, built fast, and again whenever a source changes.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

use crate::args::ServeOptions;
use crate::dist::{self, Mode};
use crate::failure::Failure;
use crate::sandbox::{self, Sandbox};
use crate::setup::{self, Need};
use crate::start::{announce, current_folder};
use crate::workspace::{SANDBOX, Workspace, create_folder, files};

/// How often the sources are looked at. A change is acted upon when a second look sees no further one.
const LOOK: Duration = Duration::from_millis(500);

pub(crate) fn run(workspace: &Workspace, options: &ServeOptions) -> Result<(), Failure> {
    sandbox::check_port(options.port)?;
    let here = current_folder()?;
    let toolbox = setup::ensure(workspace, &[Need::Build])?;
    let folder = workspace.scratch().join("dev");
    create_folder(&folder)?; // the server starts even when the first build fails
    let build_site = || dist::build_into(workspace, &toolbox, Mode::Fast, &options.base, &folder);
    let arguments = sandbox::arguments(workspace, options, &folder, &here)?;
    let start_sandbox = || {
        let program = sandbox::build(workspace)?;
        let running = Sandbox::start(&program, &arguments, &workspace.root)?;
        announce(&running, options);
        Ok(running)
    };

    let mut site = Watch::new(dist::sources(workspace));
    let members = workspace.built_from(SANDBOX);
    let folders = members.into_iter().filter_map(|name| workspace.member_folder(name));
    let mut server = Watch::new(folders.map(Path::to_owned).collect());
    tell(build_site());
    let mut running = tell(start_sandbox());
    loop {
        thread::sleep(LOOK);
        if site.has_changed() && tell(build_site()).is_some() {
            println!("Reload the page to see it.");
        }
        if server.has_changed() {
            // The port has to be free before the next one starts.
            drop(running.take());
            running = tell(start_sandbox());
        }
        if let Some(status) = running.as_mut().and_then(Sandbox::ended) {
            println!("The sandbox has ended ({status}). It is started again when its sources change.");
            running = None;
        }
    }
}

/// Prints a failure and goes on: the next change may mend it.
fn tell<T>(result: Result<T, Failure>) -> Option<T> {
    result.inspect_err(|failure| eprintln!("\n{failure}\nWaiting for a change …")).ok()
}

/// Sources that are looked at again and again.
struct Watch {
    paths: Vec<PathBuf>,
    /// What the last build was made from.
    built: Vec<Seen>,
    /// What the last look saw.
    last: Vec<Seen>,
}

/// A file, its size, and when it was written.
type Seen = (PathBuf, u64, Option<SystemTime>);

impl Watch {
    fn new(paths: Vec<PathBuf>) -> Self {
        let built = look(&paths);
        Self { paths, last: built.clone(), built }
    }

    /// True once for every change, when it seems to be complete.
    fn has_changed(&mut self) -> bool {
        let now = look(&self.paths);
        let settled = now == self.last;
        self.last.clone_from(&now);
        let changed = settled && now != self.built;
        if changed {
            self.built = now;
        }
        changed
    }
}

/// An editor may move files while they are listed: what cannot be read now is seen the next time.
fn look(paths: &[PathBuf]) -> Vec<Seen> {
    let seen = |file: PathBuf| {
        let metadata = fs::metadata(&file).ok()?;
        Some((file, metadata.len(), metadata.modified().ok()))
    };
    let all =
        |path: &PathBuf| if path.is_file() { vec![path.clone()] } else { files(path).unwrap_or_default() };
    paths.iter().flat_map(all).filter_map(seen).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::{test_folder, write};

    #[test]
    fn a_change_is_seen_once_and_not_before_it_is_complete() {
        let folder = test_folder::empty("watch");
        let mut watch = Watch::new(vec![folder.clone()]);
        assert!(!watch.has_changed());
        write(&folder.join("a"), b"1").unwrap();
        assert!(!watch.has_changed(), "it may still be going on");
        write(&folder.join("b"), b"1").unwrap();
        assert!(!watch.has_changed(), "it was");
        assert!(watch.has_changed());
        assert!(!watch.has_changed());
        fs::remove_file(folder.join("b")).unwrap();
        assert!(!watch.has_changed());
        assert!(watch.has_changed(), "a removed file is a change");
        fs::remove_dir_all(folder).unwrap();
    }
}
