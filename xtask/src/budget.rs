//! How much the first page may load, and whether it does.
//!
//! What counts is read from the site itself, so nothing can be forgotten: every file, but for the folders
//! that are fetched later, and for the languages that are not shown.

use std::fs;
use std::path::Path;

use crate::dist::workers::{self, WORKERS, Worker};
use crate::failure::Failure;
use crate::progress::table;
use crate::workspace::{files, relative};

/// What may be loaded after each stage of the project, in KB of 1000 bytes, compressed.
const BUDGETS: [(Stage, u64); 6] = [
    (Stage::Ground, 140),
    (Stage::List, 175),
    (Stage::AddAndUpdate, 195),
    (Stage::RemoveAndSwitch, 220),
    (Stage::Import, 230),
    (Stage::SignInAndFrames, 240),
];

/// The stage whose budget holds now.
const STAGE: Stage = Stage::Import;

/// What the application can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Ground,
    List,
    AddAndUpdate,
    RemoveAndSwitch,
    Import,
    SignInAndFrames,
}

/// Folders, and files, that are fetched when they are needed, or by somebody else.
const LATER: [&str; 4] = ["lazy/", "embed/", "auth/", "config.schema.json"];
/// The page for frames, which is loaded in place of the other.
const FRAME_PAGE: &str = "embed.html";
/// Files that no visit loads.
const NEVER: [&str; 2] = ["release.json", "hashes.txt"];
/// One file per language. One of them is loaded; the largest is counted.
const TEXTS: &str = "texts/";

/// What portals load: the module for hosts, and its bytes at the most.
const HOST_MODULE: (&str, u64) = ("embed/cartera-embed.js", 6_000);

/// A file's name in the site and its bytes on the wire.
type Entry = (String, u64);

/// Prints what the first page loads, and what each worker does; fails when one of them is over its budget.
pub(crate) fn check(site: &Path) -> Result<(), Failure> {
    let limit =
        BUDGETS.iter().find(|(stage, _)| *stage == STAGE).map_or(0, |(_, kilobytes)| kilobytes * 1000);
    let entries = measure(site)?;
    let module = entries.iter().find(|(name, _)| name == HOST_MODULE.0).map(|(_, bytes)| *bytes);
    let loaded: Vec<(&Worker, u64)> = WORKERS
        .iter()
        .chain([&workers::DEMO])
        .map(|worker| (worker, of(worker, &entries)))
        .filter(|(_, bytes)| *bytes > 0)
        .collect();
    let counted = first_load(entries);
    let sum: u64 = counted.iter().map(|(_, bytes)| bytes).sum();
    println!("First load, compressed, 1 KB = 1000 bytes:");
    let mut rows: Vec<[String; 2]> =
        counted.into_iter().map(|(name, bytes)| [name, kilobytes(bytes)]).collect();
    rows.push(["sum".to_owned(), kilobytes(sum)]);
    rows.push(["budget".to_owned(), kilobytes(limit)]);
    table(&rows);
    println!("Workers, each fetched when it is first needed, and their budgets:");
    let rows = loaded
        .iter()
        .map(|(worker, bytes)| [worker.name.to_owned(), kilobytes(*bytes), kilobytes(worker.limit * 1000)]);
    table(&rows.collect::<Vec<_>>());
    within("the first page", sum, limit)?;
    loaded.into_iter().try_for_each(|(worker, bytes)| within(worker.name, bytes, worker.limit * 1000))?;
    host_module(module)
}

fn host_module(bytes: Option<u64>) -> Result<(), Failure> {
    let (name, most) = HOST_MODULE;
    let bytes = bytes.ok_or_else(|| Failure::new(format!("the site has no {name}")))?;
    println!("{name}: {} of {} KB", kilobytes(bytes), kilobytes(most));
    if bytes <= most {
        return Ok(());
    }
    Err(Failure::new(format!("{name} has {} KB, more than {}", kilobytes(bytes), kilobytes(most))))
}

/// What the files of a worker have together. One that is not there does not count: the build would have failed.
fn of(worker: &Worker, entries: &[Entry]) -> u64 {
    entries.iter().filter(|(name, _)| workers::is_of(worker, name)).map(|(_, bytes)| bytes).sum()
}

fn within(who: &str, sum: u64, limit: u64) -> Result<(), Failure> {
    if sum <= limit {
        return Ok(());
    }
    Err(Failure::new(format!(
        "{who} loads {} KB, {} more than its budget",
        kilobytes(sum),
        kilobytes(sum - limit)
    ))
    .advise("'cargo tree' tells what came in; what few visits need belongs into lazy/"))
}

fn kilobytes(bytes: u64) -> String {
    format!("{}.{:02}", bytes / 1000, bytes % 1000 / 10)
}

/// All files of a site with the size in which a server sends them.
fn measure(site: &Path) -> Result<Vec<Entry>, Failure> {
    let mut entries: Vec<Entry> = Vec::new();
    for file in files(site)? {
        let bytes = fs::metadata(&file).map_err(|error| Failure::file(&file, &error))?.len();
        let name = relative(site, &file);
        // `a.js.br` is listed after `a.js`, and is what goes over the wire in its place.
        let original = name
            .strip_suffix(".br")
            .and_then(|original| entries.iter().position(|entry| entry.0 == original));
        match original {
            Some(at) => entries[at].1 = bytes,
            None => entries.push((name, bytes)),
        }
    }
    Ok(entries)
}

/// Those that the first page loads, the largest first.
fn first_load(mut entries: Vec<Entry>) -> Vec<Entry> {
    entries.retain(|(name, _)| {
        name != FRAME_PAGE
            && !LATER.iter().any(|folder| name.starts_with(folder))
            && !NEVER.contains(&name.as_str())
    });
    entries.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let mut languages = 0;
    entries.retain(|(name, _)| {
        languages += usize::from(name.starts_with(TEXTS));
        !name.starts_with(TEXTS) || languages == 1
    });
    entries
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::{test_folder, write};

    fn entries(list: &[(&str, u64)]) -> Vec<Entry> {
        list.iter().map(|(name, bytes)| ((*name).to_owned(), *bytes)).collect()
    }

    #[test]
    fn everything_counts_but_what_is_lazy_and_the_smaller_languages() {
        let site = entries(&[
            ("app.wasm", 90_000),
            ("boot.js", 900),
            ("demo/notes.txt", 5),
            ("embed.html", 900),
            ("embed/frame.js", 6_000),
            ("lazy/import.wasm", 70_000),
            ("release.json", 700),
            ("texts/en.txt", 2_000),
            ("texts/es.txt", 2_400),
        ]);
        let expected = entries(&[
            ("app.wasm", 90_000),
            ("texts/es.txt", 2_400),
            ("boot.js", 900),
            ("demo/notes.txt", 5),
        ]);
        assert_eq!(first_load(site), expected);
    }

    #[test]
    fn the_compressed_size_stands_for_the_file() {
        let site = test_folder::empty("sizes");
        for (name, length) in
            [("a.js", 100), ("a.js.br", 30), ("a.json", 50), ("mark.png", 70), ("old.br", 3)]
        {
            write(&site.join(name), &vec![0; length]).unwrap();
        }
        assert_eq!(
            measure(&site).unwrap(),
            entries(&[("a.js", 30), ("a.json", 50), ("mark.png", 70), ("old.br", 3)])
        );
        fs::remove_dir_all(site).unwrap();
    }

    #[test]
    fn one_byte_over_the_budget_fails() {
        assert_eq!(within("it", 140_000, 140_000), Ok(()));
        assert!(within("it", 140_001, 140_000).unwrap_err().to_string().contains("it loads 140.00 KB"));
        assert_eq!(kilobytes(25_065), "25.06");
    }

    #[test]
    fn the_host_module_has_a_size_of_its_own() {
        assert_eq!(host_module(Some(6_000)), Ok(()));
        assert!(host_module(Some(6_001)).is_err() && host_module(None).is_err());
    }

    #[test]
    fn a_worker_has_its_script_and_its_program() {
        let worker = Worker { package: "", name: "import", limit: 1 };
        let site = entries(&[
            ("lazy/import-0011223344556677.js", 1_000),
            ("lazy/import-8899aabbccddeeff.wasm", 60_000),
            ("lazy/other-8899aabbccddeeff.wasm", 7),
            ("import.js", 5),
        ]);
        assert_eq!(of(&worker, &site), 61_000);
    }

    #[test]
    fn the_stage_has_a_budget() {
        assert!(BUDGETS.iter().any(|(stage, _)| *stage == STAGE));
        assert!(BUDGETS.is_sorted_by_key(|(_, kilobytes)| *kilobytes));
    }
}
