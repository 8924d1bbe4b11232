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
mod tests;
