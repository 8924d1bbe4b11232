//! The files that each kind of host wants, from `deploy.toml` and the site's `config.json`.

use std::fs;
use std::path::Path;

use site_hosting::hosts::{self, Host, Site};
use site_hosting::{Deployment, Rules, Settings};

use super::base::Base;
use crate::failure::Failure;
use crate::workspace::{files, read_text, relative, write};

/// Writes `into/<host>/…` for every host; what belongs into the site's own folder goes there for the host that was asked for.
pub(crate) fn put(
    root: &Path,
    site: &Path,
    base: &Base,
    into: &Path,
    asked: Option<Host>,
) -> Result<(), Failure> {
    if into.exists() {
        fs::remove_dir_all(into).map_err(|error| Failure::file(into, &error))?;
    }
    let deployment = Deployment::parse(&read_text(&root.join("deploy.toml"))?).map_err(Failure::new)?;
    let settings = Settings::read(&read_text(&site.join("config.json"))?).map_err(Failure::new)?;
    let described = Site {
        rules: Rules { deployment, settings },
        base: base.as_str().to_owned(),
        files: files(site)?.iter().map(|file| relative(site, file)).collect(),
        index: read_text(&site.join("index.html"))?,
    };
    for host in hosts::ALL {
        let made = match host.files(&described) {
            Ok(made) => made,
            // Of no concern to who publishes elsewhere.
            Err(why) if asked.is_none_or(|asked| asked.name != host.name) => {
                println!("No files for {}: {why}", host.name);
                continue;
            }
            Err(why) => return Err(Failure::new(format!("{}: {why}", host.name))),
        };
        for file in made {
            write(&into.join(host.name).join(&file.name), file.text.as_bytes())?;
            if file.in_site && asked.is_some_and(|asked| asked.name == host.name) {
                write(&site.join(&file.name), file.text.as_bytes())?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::test_folder;

    #[test]
    fn every_host_gets_its_folder_and_the_site_only_what_was_asked_for() {
        let folder = test_folder::empty("hosting");
        let (root, site, into) = (folder.join("root"), folder.join("site"), folder.join("hosting"));
        let standard = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("deploy.toml");
        write(&root.join("deploy.toml"), &fs::read(standard).unwrap()).unwrap();
        write(&site.join("config.json"), b"{\"hosts\":[\"https://portal.example\"]}").unwrap();
        write(&site.join("index.html"), b"<!doctype html>").unwrap();
        put(&root, &site, &Base::parse("/p/").unwrap(), &into, Host::named("netlify")).unwrap();
        for host in hosts::ALL {
            assert!(!files(&into.join(host.name)).unwrap().is_empty(), "{}", host.name);
            let guide = Path::new(env!("CARGO_MANIFEST_DIR"))
                .parent()
                .unwrap()
                .join("docs/hosting")
                .join(format!("{}.md", host.name));
            assert!(guide.is_file(), "{} has no guide", host.name);
        }
        let names: Vec<String> = files(&site).unwrap().iter().map(|file| relative(&site, file)).collect();
        assert_eq!(names, ["404.html", "_headers", "_redirects", "config.json", "index.html"]);
        assert!(
            read_text(&into.join("nginx/site.conf"))
                .unwrap()
                .contains("frame-ancestors https://portal.example")
        );
        fs::remove_dir_all(folder).unwrap();
    }
}
