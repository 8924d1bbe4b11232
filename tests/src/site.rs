//! The built application: as it is, or a copy of it that something is wrong with.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::TempDir;

use crate::environment;

/// Where the tests of sub-path hosting serve the application.
pub const PORTAL: &str = "/portal/accounts/";

const DEPLOYMENT: &str = "deploy.toml";

/// A folder with a built application.
#[derive(Clone, Debug)]
pub struct Site {
    folder: PathBuf,
    base: &'static str,
    /// Removes a copy with its last user.
    copy: Option<Arc<TempDir>>,
}

impl Default for Site {
    fn default() -> Self {
        Self { folder: environment::dist(), base: "/", copy: None }
    }
}

impl Site {
    /// The application under [`PORTAL`]: the one that was built for it, else a copy with its URLs changed in
    /// the way in which the build does it.
    pub fn portal() -> Self {
        if let Some(folder) = environment::path("CARTERA_DIST_PORTAL") {
            return Self { folder, base: PORTAL, copy: None };
        }
        let mut site = Self::copy().with_edited("index.html", |html| {
            html.replace("href=\"/", &format!("href=\"{PORTAL}"))
                .replace("src=\"/", &format!("src=\"{PORTAL}"))
        });
        site.base = PORTAL;
        site
    }

    /// The demonstration, which needs no server.
    pub fn demo() -> Self {
        Self { folder: environment::demo(), base: "/", copy: None }
    }

    /// A copy of the demonstration that may be changed.
    pub fn demo_copy() -> Self {
        Self::copy_of(&environment::demo())
    }

    /// A copy that may be changed.
    pub fn copy() -> Self {
        Self::copy_of(&environment::dist())
    }

    fn copy_of(site: &Path) -> Self {
        let folder = tempfile::tempdir().expect("a folder for a copy");
        copy_folder(site, folder.path());
        Self { folder: folder.path().to_owned(), base: "/", copy: Some(Arc::new(folder)) }
    }

    /// This copy with a file of this content.
    #[must_use]
    pub fn with(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let name = self.named(name);
        let this = self.without(&name);
        fs::write(this.folder.join(name), content).expect("a file of the copy");
        this
    }

    /// This copy without a file.
    #[must_use]
    pub fn without(self, name: &str) -> Self {
        assert!(self.copy.is_some(), "only a copy is changed");
        let name = self.named(name);
        for name in [name.clone(), format!("{name}.br")] {
            let file = self.folder.join(name);
            if file.exists() {
                fs::remove_file(file).expect("a file of the copy");
            }
        }
        self
    }

    /// This copy with a text file changed.
    #[must_use]
    pub fn with_edited(self, name: &str, edit: impl FnOnce(String) -> String) -> Self {
        let text = fs::read_to_string(self.folder.join(self.named(name))).expect("a text file of the copy");
        self.with(name, edit(text))
    }

    /// This copy with a script that runs before the boot script.
    #[must_use]
    pub fn with_early_script(self, script: &str) -> Self {
        let early = |html: String| html.replacen("<head>", "<head><script src=\"/early.js\"></script>", 1);
        self.with("early.js", script).with_edited("index.html", early).with_edited("embed.html", early)
    }

    /// This copy with `config.json` changed at one place: the setting gets this value.
    #[must_use]
    pub fn with_setting(self, name: &str, value: serde_json::Value) -> Self {
        self.with_edited("config.json", |text| {
            let mut config: serde_json::Value = serde_json::from_str(&text).expect("config.json");
            config[name] = value;
            config.to_string()
        })
    }

    /// This copy, served with one header changed in its `deploy.toml`, as an administrator may.
    #[must_use]
    pub fn with_header(self, name: &str, value: &str) -> Self {
        let text = fs::read_to_string(environment::root().join(DEPLOYMENT)).expect(DEPLOYMENT);
        let begins = format!("{name} = ");
        let change = |line: &str| {
            if line.starts_with(&begins) { format!("{begins}\"{value}\"") } else { line.to_owned() }
        };
        assert!(text.lines().any(|line| line.starts_with(&begins)), "{DEPLOYMENT} has a header {name}");
        let changed: Vec<String> = text.lines().map(change).collect();
        self.with(DEPLOYMENT, changed.join("\n"))
    }

    /// The file that says how this copy is served, where that is not as the repository's says.
    pub fn deployment(&self) -> Option<PathBuf> {
        Some(self.folder.join(DEPLOYMENT)).filter(|file| file.exists())
    }

    /// What a file is called in this release: `texts/es.txt` is `texts/es-0123456789abcdef.txt`. Others keep their names.
    pub fn named(&self, name: &str) -> String {
        let page = fs::read_to_string(self.folder.join("index.html")).unwrap_or_default();
        let digest = page.split(" data-files=\"").nth(1).and_then(|rest| rest.split('"').next());
        let with_digest = name.rsplit_once('.').zip(digest);
        let with_digest = with_digest.map(|((stem, ending), digest)| format!("{stem}-{digest}.{ending}"));
        with_digest.filter(|name| self.folder.join(name).exists()).unwrap_or_else(|| name.to_owned())
    }

    /// The name of the one file in the site's folder that ends so: `_bg.wasm`.
    pub fn file_ending(&self, ending: &str) -> String {
        let entries = fs::read_dir(&self.folder).expect("the site's folder").flatten();
        let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
        let found: Vec<String> = names.filter(|name| name.ends_with(ending)).collect();
        assert_eq!(found.len(), 1, "files that end with {ending}: {found:?}");
        found.into_iter().next().expect("one")
    }

    /// The script of a worker, by the name that the page knows it by.
    pub fn worker_script(&self, worker: &str) -> String {
        let entries = fs::read_dir(self.folder.join("lazy")).expect("the lazy folder").flatten();
        let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
        let is_it = |name: &String| {
            let rest = name.strip_prefix(worker).and_then(|rest| rest.strip_prefix('-'));
            rest.and_then(|rest| rest.strip_suffix(".js")).is_some_and(|hash| hash.len() == 16)
        };
        let found: Vec<String> = names.filter(is_it).collect();
        assert_eq!(found.len(), 1, "scripts of {worker}: {found:?}");
        format!("lazy/{}", found[0])
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where it is served; begins and ends with a slash.
    pub fn base(&self) -> &'static str {
        self.base
    }
}

fn copy_folder(from: &Path, to: &Path) {
    let entries = fs::read_dir(from).unwrap_or_else(|error| {
        panic!("no site in {}: build it with `cargo xtask dist` ({error})", from.display())
    });
    for entry in entries.flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir_all(&target).expect("a folder of the copy");
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a file of the copy");
        }
    }
}
