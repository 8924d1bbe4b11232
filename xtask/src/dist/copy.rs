//! Stage two: the built site goes to where it is served from.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use super::base::Base;
use super::compress::compressed_name;
use crate::failure::Failure;
use crate::workspace::{files, write};

/// Makes `to` the same as `from`, but for the base path in HTML files. A server may be reading from `to`
/// meanwhile: what is new comes first, then the HTML that names it, and only then goes what is old.
pub(crate) fn publish(from: &Path, to: &Path, base: &Base) -> Result<(), Failure> {
    let is_html = |file: &Path| file.extension() == Some(OsStr::new("html"));
    let (pages, others): (Vec<_>, Vec<_>) = files(from)?.into_iter().partition(|file| is_html(file));
    let mut kept = BTreeSet::new();
    for file in others.iter().chain(&pages) {
        let Ok(inside) = file.strip_prefix(from) else { continue };
        if inside.to_string_lossy().ends_with(".html.br") {
            continue; // of the HTML without the base
        }
        let mut content = fs::read(file).map_err(|error| Failure::file(file, &error))?;
        if is_html(file) {
            let html = String::from_utf8(content)
                .map_err(|_| Failure::new(format!("{}: no UTF-8", file.display())))?;
            content = base.rewrite(&html).into_bytes();
        }
        let place = to.join(inside);
        if fs::read(&place).ok().as_ref() != Some(&content) {
            replace(&place, &content)?;
            // The old file's compressed form is no longer its own.
            if let Some(compressed) = compressed_name(&place).filter(|compressed| compressed.exists()) {
                fs::remove_file(&compressed).map_err(|error| Failure::file(&compressed, &error))?;
            }
        }
        kept.extend(compressed_name(&place).filter(|_| is_html(file)));
        kept.insert(place);
    }
    for file in files(to)?.into_iter().filter(|file| !kept.contains(file)) {
        fs::remove_file(&file).map_err(|error| Failure::file(&file, &error))?;
    }
    Ok(())
}

/// Replaces a file at one stroke: a reader gets the old or the new one, and a write-protected one is no obstacle.
fn replace(place: &Path, content: &[u8]) -> Result<(), Failure> {
    let mut new = place.as_os_str().to_owned();
    new.push(".new");
    write(Path::new(&new), content)?;
    fs::rename(&new, place).map_err(|error| Failure::file(place, &error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::{read_text, relative, test_folder};

    fn listing(folder: &Path) -> Vec<String> {
        files(folder).unwrap().iter().map(|file| relative(folder, file)).collect()
    }

    #[test]
    fn a_site_is_copied_with_its_base_and_the_old_one_goes() {
        let folder = test_folder::empty("publish");
        let (site, dist) = (folder.join("site"), folder.join("dist"));
        let put = |name: &str, content: &str| write(&site.join(name), content.as_bytes()).unwrap();
        put("index.html", "<script src=\"/a-1.js\">");
        put("index.html.br", "compressed without the base");
        put("a-1.js", "1");
        put("a-1.js.br", "compressed");
        write(&dist.join("a-0.js"), b"0").unwrap();

        publish(&site, &dist, &Base::parse("/p/").unwrap()).unwrap();
        assert_eq!(listing(&dist), ["a-1.js", "a-1.js.br", "index.html"]);
        assert_eq!(read_text(&dist.join("index.html")).unwrap(), "<script src=\"/p/a-1.js\">");

        write(&dist.join("index.html.br"), b"of this page").unwrap();
        publish(&site, &dist, &Base::parse("/p/").unwrap()).unwrap();
        assert!(
            listing(&dist).contains(&"index.html.br".to_owned()),
            "an unchanged page keeps its compressed form"
        );

        publish(&site, &dist, &Base::default()).unwrap();
        assert_eq!(listing(&dist), ["a-1.js", "a-1.js.br", "index.html"], "a changed one does not");
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_changed_file_does_not_keep_an_old_compressed_form() {
        let folder = test_folder::empty("changed");
        let (site, dist) = (folder.join("site"), folder.join("dist"));
        write(&site.join("config.json"), b"{}").unwrap();
        write(&dist.join("config.json"), b"{\"old\":1}").unwrap();
        write(&dist.join("config.json.br"), b"old").unwrap();
        publish(&site, &dist, &Base::default()).unwrap();
        assert_eq!(listing(&dist), ["config.json"]);
        fs::remove_dir_all(folder).unwrap();
    }
}
