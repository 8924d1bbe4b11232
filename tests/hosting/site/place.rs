//! A copy of the built site in its place on a server.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use hosting_tests::{Nginx, Service, answer, files, has_brotli, put, repository, server};
use sha2::{Digest, Sha256};
use site_hosting::check::{Finding, Target, run};
use site_hosting::hosts::{Host, Site};
use site_hosting::{Curl, Deployment, Rules, Settings};
use tempfile::TempDir;

/// The folder of the built site.
pub(crate) fn dist() -> PathBuf {
    let set = std::env::var_os("CARTERA_DIST").filter(|value| !value.is_empty()).map(PathBuf::from);
    let dist = set.unwrap_or_else(|| repository().join("dist"));
    assert!(
        dist.join("index.html").is_file(),
        "no site in {}: build it with `cargo xtask dist`",
        dist.display()
    );
    dist
}

/// A copy under a base, with the documents that a later build may have.
pub(crate) struct Copy {
    pub(crate) root: TempDir,
    pub(crate) site: Site,
}

impl Copy {
    pub(crate) fn under(base: &str) -> Self {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join(base.trim_matches('/'));
        copy(&dist(), &folder);
        for name in ["embed.html", "auth/callback.html"] {
            fs::create_dir_all(folder.join(name).parent().unwrap()).unwrap();
            if !folder.join(name).exists() {
                fs::write(folder.join(name), "<!doctype html><title>x</title>").unwrap();
            }
        }
        fs::write(
            folder.join("config.json"),
            r#"{"mode":"gateway","api":"/v1","hosts":["https://portal.example"]}"#,
        )
        .unwrap();
        fs::remove_file(folder.join("config.json.br")).ok();
        // As the build does it.
        let html = fs::read_to_string(folder.join("index.html")).unwrap();
        let html =
            html.replace("href=\"/", &format!("href=\"{base}")).replace("src=\"/", &format!("src=\"{base}"));
        fs::write(folder.join("index.html"), &html).unwrap();
        fs::remove_file(folder.join("index.html.br")).ok();
        let settings = Settings::read(&fs::read_to_string(folder.join("config.json")).unwrap()).unwrap();
        let site = Site {
            rules: Rules { deployment: Deployment::standard(), settings },
            base: base.to_owned(),
            files: names(&folder, &folder),
            index: html,
        };
        Self { root, site }
    }

    pub(crate) fn folder(&self) -> PathBuf {
        self.root.path().join(self.site.base.trim_matches('/'))
    }

    /// The file that is written for nginx, with the site where this copy is.
    pub(crate) fn conf(&self) -> String {
        let files = Host::named("nginx").unwrap().files(&self.site).unwrap();
        let text = put(&files[0].text, "/var/www/cartera", &self.root.path().display().to_string());
        if has_brotli() { text } else { put(&text, "brotli_static on;", "") }
    }

    /// Names and digests of its files; the list itself, which a build for publishing has, is not in it.
    pub(crate) fn hashes(&self) -> BTreeMap<String, String> {
        let folder = self.folder();
        let plain = self.site.files.iter().filter(|name| {
            Path::new(name).extension().is_none_or(|ending| ending != "br") && *name != "hashes.txt"
        });
        plain.map(|name| (name.clone(), digest(&fs::read(folder.join(name)).unwrap()))).collect()
    }

    /// What `check-headers` finds wrong at a port of this machine.
    pub(crate) fn faults(&self, port: u16) -> Vec<Finding> {
        let target = Target { base: self.site.base.clone(), secure: false, hashes: self.hashes(), digest };
        let found =
            run(&Curl { origin: format!("http://127.0.0.1:{port}") }, Deployment::standard(), &target);
        assert!(found.len() > 200, "{}", found.len());
        found.into_iter().filter(|finding| finding.fault.is_some()).collect()
    }
}

/// A site's file served by nginx, beside the gateway.
pub(crate) fn serve(conf: String, change: impl Fn(String) -> String) -> Nginx {
    let login = Service::start(|_| answer("401 Unauthorized", &[], b""));
    let mut all = files("http://127.0.0.1:9", login.port, |_, text| text);
    all.retain(|(name, _)| name != "cartera/site.conf");
    all.push(("cartera/site.conf".to_owned(), conf));
    Nginx::start(&all, &change(server()))
}

pub(crate) fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |digest, byte| format!("{digest}{byte:02x}"))
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let place = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &place);
        } else {
            fs::copy(entry.path(), place).unwrap();
        }
    }
}

fn names(folder: &Path, root: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(names(&path, root));
        } else {
            found.push(path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/"));
        }
    }
    found.sort();
    found
}
