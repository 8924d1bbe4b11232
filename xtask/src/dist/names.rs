//! Names that change with every byte of the content, so that a browser may keep the files for ever.
//!
//! Trunk names the program after what the compiler made, before it is made small and before the loader of the parts is written into
//! the glue; a boot script it does not name at all. Here, when nothing is changed any more, each gets the name that is right, and the
//! pages that name them get it with a digest: a file of another release, or one that was changed on its way, does not run.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;
use site_hosting::is_hashed;

use crate::digest::{integrity, sha256};
use crate::failure::Failure;
use crate::workspace::{files, read_text, relative, write};

/// Hexadecimal digits of a digest in a name.
const DIGITS: usize = 16;
/// What tells a tab that another release is there.
pub(crate) const RELEASE: &str = "release.json";
/// What a partner edits: no part of a release.
const SETTINGS: &str = "config.json";

/// Gives a built site its names. Nothing of it may be compressed yet.
pub(super) fn settle(site: &Path) -> Result<(), Failure> {
    program(site)?;
    let digest = plain(site)?;
    for (prefix, ending) in [("app", "css"), ("boot", "js")] {
        if let Some(file) = found(site, prefix, &format!(".{ending}"))? {
            let content = fs::read(&file).map_err(|error| Failure::file(&file, &error))?;
            rename(site, &file, &format!("{prefix}-{}.{ending}", &sha256(&content)[..DIGITS]))?;
        }
    }
    let pages = pages(site)?;
    let release = release(site)?;
    for page in &pages {
        let html = with_integrity(&read_text(page)?, site)?;
        let told = format!(" data-release=\"{release}\" data-files=\"{digest}\" data-js=");
        write(page, html.replace(" data-js=", &told).as_bytes())?;
    }
    list(site, &release)
}

/// Writes which release this is, and what belongs to it.
fn list(site: &Path, release: &str) -> Result<(), Failure> {
    let named: Vec<String> =
        files(site)?.iter().map(|file| relative(site, file)).filter(|name| is_hashed(name)).collect();
    let text = json!({ "release": release, "files": named, "former": [] });
    write(&site.join(RELEASE), format!("{text:#}\n").as_bytes())
}

/// Gives a site that has its names the name of another release, since it was changed.
pub(super) fn renew(site: &Path) -> Result<(), Failure> {
    let new = release(site)?;
    for page in pages(site)? {
        let html = read_text(&page)?;
        if let Some((start, rest)) = html.split_once(" data-release=\"") {
            let rest = rest.get(DIGITS..).unwrap_or_default();
            write(&page, format!("{start} data-release=\"{new}{rest}").as_bytes())?;
        }
    }
    list(site, &new)
}

/// Folders whose files are fetched by name at one time or another.
const PLAIN: [&str; 2] = ["texts/", "lazy/"];

/// Gives the texts and lazy files that have no name after their content one: the digest of all of them, which the page has to know
/// and which costs the first visit less than one for each. Returns it.
fn plain(site: &Path) -> Result<String, Failure> {
    let mut found: Vec<(String, PathBuf)> =
        files(site)?.into_iter().map(|file| (relative(site, &file), file)).collect();
    found.retain(|(name, _)| PLAIN.iter().any(|folder| name.starts_with(folder)) && !is_hashed(name));
    let mut all = String::new();
    for (name, file) in &found {
        let content = fs::read(file).map_err(|error| Failure::file(file, &error))?;
        all.extend([&sha256(&content), " ", name, "\n"]);
    }
    let digest = sha256(all.as_bytes())[..DIGITS].to_owned();
    for (name, file) in found {
        let new = match name.rsplit_once('.') {
            Some((stem, ending)) => format!("{stem}-{digest}.{ending}"),
            None => return Err(Failure::new(format!("{name} has no ending"))),
        };
        fs::rename(&file, site.join(new)).map_err(|error| Failure::file(&file, &error))?;
    }
    Ok(digest)
}

/// The glue names the program, and tests and benches find one by the other: both have one name, after the content of both.
fn program(site: &Path) -> Result<(), Failure> {
    let missing = |what| Failure::new(format!("the site has no {what}"));
    let wasm = found(site, "cartera", "_bg.wasm")?.ok_or_else(|| missing("program"))?;
    let stem = name(&wasm).trim_end_matches("_bg.wasm").to_owned();
    let glue = site.join(format!("{stem}.js"));
    let mut content = fs::read(&wasm).map_err(|error| Failure::file(&wasm, &error))?;
    let text = read_text(&glue)?;
    content.extend(text.replace(&stem, "cartera").bytes());
    let new = format!("cartera-{}", &sha256(&content)[..DIGITS]);
    write(&glue, text.replace(&stem, &new).as_bytes())?;
    rename(site, &wasm, &format!("{new}_bg.wasm"))?;
    rename(site, &glue, &format!("{new}.js"))
}

/// The one file in the site's own folder that begins with the prefix, with or without a hash, and ends so.
fn found(site: &Path, prefix: &str, ending: &str) -> Result<Option<PathBuf>, Failure> {
    let fits = |file: &PathBuf| {
        let name = name(file);
        let middle = name.strip_prefix(prefix).and_then(|rest| rest.strip_suffix(ending));
        file.parent() == Some(site)
            && middle.is_some_and(|middle| middle.is_empty() || middle.starts_with('-'))
    };
    let mut all = files(site)?.into_iter().filter(fits);
    let first = all.next();
    match all.next() {
        Some(second) => {
            Err(Failure::new(format!("{} and another file like it are in the site", second.display())))
        }
        None => Ok(first),
    }
}

fn name(file: &Path) -> &str {
    file.file_name().and_then(OsStr::to_str).unwrap_or_default()
}

fn pages(site: &Path) -> Result<Vec<PathBuf>, Failure> {
    Ok(files(site)?.into_iter().filter(|file| file.extension() == Some(OsStr::new("html"))).collect())
}

/// Gives a file another name, and the pages its new one.
fn rename(site: &Path, file: &Path, new: &str) -> Result<(), Failure> {
    let old = name(file).to_owned();
    fs::rename(file, site.join(new)).map_err(|error| Failure::file(file, &error))?;
    for page in pages(site)? {
        let html = read_text(&page)?;
        // Whole names only: between quotes, after the base or alone.
        let changed = html
            .replace(&format!("/{old}\""), &format!("/{new}\""))
            .replace(&format!("\"{old}\""), &format!("\"{new}\""));
        if changed != html {
            write(&page, changed.as_bytes())?;
        }
    }
    Ok(())
}

/// A digest beside each script, style sheet and module that a page names, where the name says which content it is: others may rightly
/// be of another release. Not beside the preload of the program, where Chromium ignores it and warns.
fn with_integrity(html: &str, site: &Path) -> Result<String, Failure> {
    let mut out = String::with_capacity(html.len() + 512);
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let end = rest[at..].find('>').map_or(rest.len(), |end| at + end);
        let tag = &rest[at..end];
        out.push_str(&rest[..at]);
        let attribute =
            |name: &str| tag.split(&format!(" {name}=\"")).nth(1).and_then(|rest| rest.split('"').next());
        let loads = tag.starts_with("<script ")
            || tag.starts_with("<link ") && matches!(attribute("rel"), Some("stylesheet" | "modulepreload"));
        let target =
            attribute("src").or_else(|| attribute("href")).and_then(|target| target.strip_prefix('/'));
        match target.filter(|target| loads && is_hashed(target) && attribute("integrity").is_none()) {
            Some(target) => {
                let file = site.join(target);
                let content = fs::read(&file).map_err(|error| Failure::file(&file, &error))?;
                let (start, slash) = tag.strip_suffix('/').map_or((tag, ""), |start| (start, "/"));
                out.extend([start, " integrity=\"", &integrity(&content), "\"", slash]);
            }
            None => out.push_str(tag),
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    Ok(out)
}

/// What this release is called: a digest of all its files but the settings.
fn release(site: &Path) -> Result<String, Failure> {
    let mut all = String::new();
    for file in files(site)? {
        let name = relative(site, &file);
        if name != SETTINGS && name != RELEASE {
            let content = fs::read(&file).map_err(|error| Failure::file(&file, &error))?;
            all.extend([&sha256(&content), " ", &name, "\n"]);
        }
    }
    Ok(sha256(all.as_bytes())[..DIGITS].to_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::workspace::test_folder;

    const INDEX: &str = "<html><link rel=\"preload\" as=\"fetch\" href=\"/config.json\">\n<link rel=\"stylesheet\" href=\"/app-00.css\"/>\
        <link rel=\"modulepreload\" href=\"/cartera-aa11.js\"><link rel=\"preload\" as=\"fetch\" crossorigin href=\"/cartera-aa11_bg.wasm\">\
        <script src=\"/boot.js\" data-js=\"cartera-aa11.js\" data-wasm=\"cartera-aa11_bg.wasm\"></script><p>a < b</p></html>";
    const FILES: [(&str, &str); 8] = [
        ("index.html", INDEX),
        ("app-00.css", "p{}"),
        ("boot.js", "'boot'"),
        ("cartera-aa11.js", "new URL('cartera-aa11_bg.wasm');import('./lazy/split-0123456789abcdef.wasm')"),
        ("cartera-aa11_bg.wasm", "\0asm"),
        ("lazy/split-0123456789abcdef.wasm", "part"),
        ("config.json", "{}"),
        (
            "embed.html",
            "<script src=\"/boot.js\" data-js=\"cartera-aa11.js\" data-wasm=\"cartera-aa11_bg.wasm\"></script>",
        ),
    ];

    /// The names and contents of a site with one file changed.
    fn settled(test: &str, changed: Option<(&str, &str)>) -> BTreeMap<String, String> {
        let site = test_folder::empty(test);
        for (name, content) in FILES
            .into_iter()
            .map(|(name, content)| changed.filter(|(other, _)| *other == name).unwrap_or((name, content)))
        {
            write(&site.join(name), content.as_bytes()).unwrap();
        }
        settle(&site).unwrap();
        let found = files(&site)
            .unwrap()
            .into_iter()
            .map(|file| (relative(&site, &file), read_text(&file).unwrap()))
            .collect();
        fs::remove_dir_all(site).unwrap();
        found
    }

    fn like<'a>(site: &'a BTreeMap<String, String>, prefix: &str, ending: &str) -> &'a str {
        let mut names = site.keys().filter(|name| name.starts_with(prefix) && name.ends_with(ending));
        let name = names.next().unwrap_or_else(|| panic!("no {prefix}…{ending} in {:?}", site.keys()));
        assert_eq!(names.next(), None);
        name
    }

    #[test]
    fn every_byte_of_a_file_changes_its_name_and_no_others() {
        let before = settled("names", None);
        for (changed, content, renamed, kept) in [
            (
                "cartera-aa11_bg.wasm",
                "\0asm2",
                vec![("cartera-", "_bg.wasm"), ("cartera-", ".js")],
                vec![("app-", ".css"), ("boot-", ".js")],
            ),
            (
                "cartera-aa11.js",
                "new URL('cartera-aa11_bg.wasm');//",
                vec![("cartera-", ".js")],
                vec![("app-", ".css"), ("boot-", ".js")],
            ),
            ("app-00.css", "p{ }", vec![("app-", ".css")], vec![("cartera-", ".js"), ("boot-", ".js")]),
            ("boot.js", "'boot' ", vec![("boot-", ".js")], vec![("cartera-", ".js"), ("app-", ".css")]),
        ] {
            let after = settled("names-changed", Some((changed, content)));
            for (prefix, ending) in renamed {
                assert_ne!(like(&before, prefix, ending), like(&after, prefix, ending), "{changed}");
            }
            for (prefix, ending) in kept {
                assert_eq!(like(&before, prefix, ending), like(&after, prefix, ending), "{changed}");
            }
            assert_ne!(before[RELEASE], after[RELEASE], "{changed}");
        }
        let settings = settled("names-settings", Some(("config.json", "{\"x\":1}")));
        assert_eq!(before[RELEASE], settings[RELEASE], "settings are no part of a release");
    }

    #[test]
    fn pages_name_the_files_that_are_there_with_their_digests() {
        let site = settled("names-pages", None);
        let (wasm, glue) = (like(&site, "cartera-", "_bg.wasm"), like(&site, "cartera-", ".js"));
        assert_eq!(wasm.replace("_bg.wasm", ".js"), glue);
        assert!(site[glue].contains(wasm) && !site[glue].contains("aa11"));
        for page in ["index.html", "embed.html"] {
            let html = &site[page];
            assert!(!html.contains("aa11") && !html.contains("/boot.js"), "{html}");
            assert!(
                html.contains(&format!("data-js=\"{glue}\" data-wasm=\"{wasm}\""))
                    && html.contains(" data-release=\""),
                "{html}"
            );
            for name in [glue, like(&site, "boot-", ".js"), like(&site, "app-", ".css")] {
                let Some(tag) = html.split('<').find(|tag| tag.contains(&format!("=\"/{name}\""))) else {
                    continue;
                };
                assert!(
                    tag.contains(&format!(" integrity=\"{}\"", integrity(site[name].as_bytes()))),
                    "{tag}"
                );
            }
            assert_eq!(html.matches("integrity=").count(), if page == "index.html" { 3 } else { 1 });
        }
        assert!(
            site["index.html"].contains("\"/></") || site["index.html"].contains("\"/><link"),
            "{}",
            site["index.html"]
        );
        assert!(site["index.html"].ends_with("<p>a < b</p></html>"));
        let release: serde_json::Value = serde_json::from_str(&site[RELEASE]).unwrap();
        let named: Vec<&str> =
            release["files"].as_array().unwrap().iter().filter_map(|name| name.as_str()).collect();
        assert_eq!(named.len(), 5, "{named:?}");
        assert!(named.iter().all(|name| site.contains_key(*name)));
    }

    #[test]
    fn texts_and_lazy_files_have_the_digest_of_all_of_them_in_their_names() {
        let make = |text: &str| {
            let site = test_folder::empty("names-plain");
            for (name, content) in FILES.into_iter().chain([
                ("texts/es.txt", text),
                ("lazy/letters/transfer/es.txt", "letter"),
                ("lazy/store.js", "store"),
                ("auth/callback.js", "stays"),
            ]) {
                write(&site.join(name), content.as_bytes()).unwrap();
            }
            settle(&site).unwrap();
            let names: Vec<String> = files(&site).unwrap().iter().map(|file| relative(&site, file)).collect();
            let html = read_text(&site.join("index.html")).unwrap();
            let digest = html.split(" data-files=\"").nth(1).unwrap()[..DIGITS].to_owned();
            let release = read_text(&site.join(RELEASE)).unwrap();
            fs::remove_dir_all(site).unwrap();
            for name in ["texts/es-*.txt", "lazy/letters/transfer/es-*.txt", "lazy/store-*.js"] {
                let name = name.replace('*', &digest);
                assert!(
                    names.contains(&name) && is_hashed(&name) && release.contains(&name),
                    "{name}: {names:?}"
                );
            }
            for name in ["auth/callback.js", "lazy/split-0123456789abcdef.wasm"] {
                assert!(names.iter().any(|there| there == name), "{name}: {names:?}");
            }
            digest
        };
        assert_eq!(make("a"), make("a"));
        assert_ne!(make("a"), make("b"));
    }

    /// `CARTERA_SITE=<a copy of a built site, without .br> cargo test -p xtask settle_a_copy -- --ignored`
    #[test]
    #[ignore = "by hand: gives a copied site its names, so that it can be tried in a browser without a build"]
    fn settle_a_copy() {
        settle(Path::new(&std::env::var_os("CARTERA_SITE").unwrap())).unwrap();
    }
}
