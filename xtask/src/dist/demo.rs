//! A demonstration that needs no server: the built site, the sandbox with its database in a worker, and settings that say so.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::base::Base;
use super::workers::{DEMO, compile, place_one, tell_pages};
use super::{Mode, build_site, compress, copy, names};
use crate::failure::Failure;
use crate::process::capture;
use crate::progress::step;
use crate::setup::Toolbox;
use crate::stamp::{self, Stamp};
use crate::workspace::{Workspace, files, read_text, relative, write};

/// SQLite's compiler, and what of SQLite the sandbox does not call: full text, trees, sessions and tables about itself.
const VARIABLES: [(&str, &str); 3] = [
    ("CC_wasm32_unknown_unknown", "clang-19"),
    ("AR_wasm32_unknown_unknown", "llvm-ar-19"),
    (
        "SQLITE_WASM_RS_FLAGS",
        "-USQLITE_ENABLE_FTS5 -USQLITE_ENABLE_RTREE -USQLITE_ENABLE_SESSION -USQLITE_ENABLE_PREUPDATE_HOOK \
         -USQLITE_ENABLE_DBSTAT_VTAB -USQLITE_ENABLE_DBPAGE_VTAB -USQLITE_ENABLE_BYTECODE_VTAB \
         -USQLITE_ENABLE_STMTVTAB -USQLITE_ENABLE_MATH_FUNCTIONS -USQLITE_ENABLE_COLUMN_METADATA \
         -USQLITE_ENABLE_UNKNOWN_SQL_FUNCTION -USQLITE_ENABLE_OFFSET_SQL_FUNC",
    ),
];

/// Builds the demonstration into `folder`, doing only what is not done yet.
pub(crate) fn build_into(
    workspace: &Workspace,
    toolbox: &Toolbox,
    base: &Base,
    folder: &Path,
) -> Result<(), Failure> {
    let built = build_site(workspace, toolbox, Mode::Optimised)?;
    let site = workspace.scratch().join("site-demo");
    let kept = workspace.scratch().join("site-demo.stamp");
    let mut inputs = Stamp::default();
    inputs.fact(&stamp::of_folder(&built)?);
    inputs.fact(&capture(toolbox.command(VARIABLES[0].1).arg("--version"))?);
    inputs.fact(VARIABLES[2].1);
    let members = workspace.built_from(DEMO.package);
    let sources = members.into_iter().filter_map(|name| workspace.member_folder(name)).map(Path::to_owned);
    inputs.sources(&workspace.root, &sources.collect::<Vec<_>>())?;
    let inputs = inputs.finish();
    if stamp::is_kept(&kept, &format!("{inputs} {}", stamp::of_folder(&site)?)) {
        println!("✓ demonstration: unchanged");
    } else {
        step("demonstration: the sandbox for the browser", || {
            compile(workspace, toolbox, &[DEMO], &VARIABLES)?;
            make(&built, &site, |site| place_one(workspace, toolbox, Mode::Optimised, site, &DEMO))?;
            compress::compress(toolbox, &site)
        })?;
        stamp::keep(&kept, &format!("{inputs} {}", stamp::of_folder(&site)?))?;
    }
    copy::publish(&site, folder, base)?;
    compress::compress(toolbox, folder)
}

/// Makes the demonstration of a built site. `place` puts the worker into it and returns the name of its script.
fn make(
    built: &Path,
    site: &Path,
    place: impl FnOnce(&Path) -> Result<String, Failure>,
) -> Result<(), Failure> {
    if site.exists() {
        fs::remove_dir_all(site).map_err(|error| Failure::file(site, &error))?;
    }
    let is_compressed = |file: &PathBuf| file.extension().is_some_and(|ending| ending == "br");
    let (compressed, others): (Vec<_>, Vec<_>) = files(built)?.into_iter().partition(is_compressed);
    for file in &others {
        copy_file(built, site, file)?;
    }
    let script = place(site)?;
    tell_pages(site, &[script])?;
    let settings = site.join("config.json");
    write(&settings, for_demo(&read_text(&settings)?)?.as_bytes())?;
    names::renew(site)?;
    // Compressed forms of what is as it was.
    for file in &compressed {
        let original = relative(built, &file.with_extension(""));
        let same = |folder: &Path| fs::read(folder.join(&original)).ok();
        if same(built).is_some() && same(built) == same(site) {
            copy_file(built, site, file)?;
        }
    }
    Ok(())
}

fn copy_file(from: &Path, to: &Path, file: &Path) -> Result<(), Failure> {
    let content = fs::read(file).map_err(|error| Failure::file(file, &error))?;
    write(&to.join(relative(from, file)), &content)
}

/// The settings of a demonstration: no API, nobody to sign in with.
fn for_demo(settings: &str) -> Result<String, Failure> {
    let unexpected = || Failure::new("public/config.json is not as it was");
    let mut value: Value = serde_json::from_str(settings).map_err(|_| unexpected())?;
    let members = value.as_object_mut().ok_or_else(unexpected)?;
    members.insert("mode".to_owned(), "demo".into());
    members.remove("api");
    Ok(format!("{value:#}\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::test_folder;

    #[test]
    fn a_demonstration_is_the_site_with_a_worker_and_settings_and_another_release() {
        let folder = test_folder::empty("demo");
        let (built, site) = (folder.join("built"), folder.join("site"));
        let put = |name: &str, content: &str| write(&built.join(name), content.as_bytes()).unwrap();
        let page = "<script data-release=\"0011223344556677\" data-js=\"a.js\" data-workers=\"a-1.js\" data-wasm=\"a.wasm\">";
        put("index.html", page);
        put("index.html.br", "compressed");
        put("a-0123456789abcdef.js", "1");
        put("a-0123456789abcdef.js.br", "compressed");
        put("config.json", "{\"mode\":\"gateway\",\"api\":\"/v1\",\"cloud\":\"global\"}");
        put("config.json.br", "compressed");
        put("release.json", "{\"release\":\"0011223344556677\"}");
        write(&site.join("old.js"), b"of the last one").unwrap();
        make(&built, &site, |site| {
            write(&site.join("lazy/demo-00112233aabbccdd.wasm"), b"wasm")?;
            Ok("demo-00112233aabbccdd.js".to_owned())
        })
        .unwrap();
        let names: Vec<String> = files(&site).unwrap().iter().map(|file| relative(&site, file)).collect();
        assert_eq!(
            names,
            [
                "a-0123456789abcdef.js",
                "a-0123456789abcdef.js.br",
                "config.json",
                "index.html",
                "lazy/demo-00112233aabbccdd.wasm",
                "release.json"
            ]
        );
        let settings: Value = serde_json::from_str(&read_text(&site.join("config.json")).unwrap()).unwrap();
        assert_eq!(settings, serde_json::json!({ "mode": "demo", "cloud": "global" }));
        let html = read_text(&site.join("index.html")).unwrap();
        assert!(html.contains("data-workers=\"demo-00112233aabbccdd.js a-1.js\""), "{html}");
        let release: Value = serde_json::from_str(&read_text(&site.join("release.json")).unwrap()).unwrap();
        let release = release["release"].as_str().unwrap();
        assert_ne!(release, "0011223344556677");
        assert!(html.contains(&format!(" data-release=\"{release}\" data-js=")), "{html}");
        fs::remove_dir_all(folder).unwrap();
    }
}
