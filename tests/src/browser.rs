//! The three browsers, and how each is asked for a session.

use std::env;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};
use thirtyfour::Capabilities;

use crate::environment;

/// A browser that the tests are run in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Browser {
    /// Chromium, headless.
    Chromium,
    /// Firefox, headless.
    Firefox,
    /// WebKitGTK's MiniBrowser, which needs a screen.
    Webkit,
}

/// What a session is to be like.
#[derive(Clone, Debug)]
pub struct Options {
    /// The language that the browser prefers: `es`.
    pub language: String,
    /// Where downloads go; only Chromium is told.
    pub downloads: Option<PathBuf>,
    /// Whether every request is logged; only Chromium does.
    pub network_log: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { language: "es".to_owned(), downloads: None, network_log: false }
    }
}

impl Browser {
    /// The one that `CARTERA_BROWSER` names; Chromium when it names none.
    pub fn chosen() -> Self {
        match env::var("CARTERA_BROWSER").as_deref() {
            Err(_) | Ok("" | "chromium") => Self::Chromium,
            Ok("firefox") => Self::Firefox,
            Ok("webkit") => Self::Webkit,
            Ok(other) => panic!("CARTERA_BROWSER is chromium, firefox or webkit, not {other}"),
        }
    }

    /// The program of its driver.
    pub(crate) fn driver(self) -> PathBuf {
        let (variable, name) = match self {
            Self::Chromium => ("CARTERA_CHROMEDRIVER", "chromedriver"),
            Self::Firefox => ("CARTERA_GECKODRIVER", "geckodriver"),
            Self::Webkit => ("CARTERA_WEBKITDRIVER", "WebKitWebDriver"),
        };
        environment::path(variable).unwrap_or_else(|| name.into())
    }

    /// What a new session asks its driver for.
    pub(crate) fn capabilities(self, options: &Options) -> Capabilities {
        let capabilities = match self {
            Self::Chromium => chromium(options),
            Self::Firefox => firefox(options),
            Self::Webkit => webkit(),
        };
        Capabilities::from(capabilities.as_object().cloned().unwrap_or_default())
    }
}

/// The driver makes a fresh profile folder for each session and removes it afterwards.
fn chromium(options: &Options) -> Value {
    let mut arguments = [
        "--headless=new",
        // The tests may be run as root, where Chromium's own sandbox refuses to work.
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--window-size=1280,800",
        // Nothing may leave this machine, and nothing may disturb a measurement.
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        // A window that nobody sees is not less urgent: on a busy machine its page would wait for minutes.
        "--disable-renderer-backgrounding",
        "--disable-backgrounding-occluded-windows",
        "--disable-background-timer-throttling",
    ]
    .map(str::to_owned)
    .to_vec();
    arguments.push(format!("--lang={}", options.language));
    let mut preferences = json!({ "intl.accept_languages": options.language });
    if let Some(folder) = &options.downloads {
        preferences["download.default_directory"] = json!(folder);
        preferences["download.prompt_for_download"] = json!(false);
    }
    let network = if options.network_log { "ALL" } else { "OFF" };
    let mut wanted = json!({ "args": arguments, "prefs": preferences });
    set_program(&mut wanted, environment::path("CARTERA_CHROMIUM"));
    json!({
        "browserName": "chrome",
        "goog:chromeOptions": wanted,
        "goog:loggingPrefs": { "browser": "ALL", "performance": network },
    })
}

fn firefox(options: &Options) -> Value {
    let preferences = json!({ "intl.accept_languages": options.language });
    let mut wanted = json!({ "args": ["-headless", "--width=1280", "--height=800"], "prefs": preferences });
    set_program(&mut wanted, environment::path("CARTERA_FIREFOX"));
    json!({ "browserName": "firefox", "moz:firefoxOptions": wanted })
}

fn webkit() -> Value {
    let mut wanted = json!({ "args": ["--automation"] });
    set_program(&mut wanted, environment::path("CARTERA_MINIBROWSER").or_else(mini_browser));
    json!({ "browserName": "MiniBrowser", "webkitgtk:browserOptions": wanted })
}

fn set_program(wanted: &mut Value, program: Option<PathBuf>) {
    let map: Option<&mut Map<String, Value>> = wanted.as_object_mut();
    if let (Some(map), Some(program)) = (map, program) {
        map.insert("binary".to_owned(), json!(program));
    }
}

/// It lies beside its library, in a folder named after the processor.
fn mini_browser() -> Option<PathBuf> {
    let libraries = std::fs::read_dir("/usr/lib").ok()?.flatten().map(|entry| entry.path());
    let folders = libraries.chain([Path::new("/usr/lib").to_owned(), Path::new("/usr/libexec").to_owned()]);
    folders.map(|folder| folder.join("webkit2gtk-4.1/MiniBrowser")).find(|path| path.is_file())
}
