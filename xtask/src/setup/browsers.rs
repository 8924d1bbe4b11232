//! The three test browsers, their drivers, and where they are.

use std::fs;
use std::path::PathBuf;

use super::debian::{self, Package};
use crate::process::find_program;

/// A browser that the tests are run in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Browser {
    Chromium,
    Firefox,
    Webkit,
}

const CHROMIUM: [Package; 2] = [
    Package {
        programs: &["chromium", "chromium-browser", "google-chrome"],
        name: "chromium",
        elsewhere: "Chromium or Chrome",
    },
    Package {
        programs: &["chromedriver"],
        name: "chromium-driver",
        elsewhere: "chromedriver of the same version",
    },
];

const FIREFOX: [Package; 1] =
    [Package { programs: &["firefox", "firefox-esr"], name: "firefox-esr", elsewhere: "Firefox" }];

const WEBKIT: [Package; 3] = [
    Package {
        programs: &["WebKitWebDriver"],
        name: "webkit2gtk-driver",
        elsewhere: "WebKitGTK with WebKitWebDriver and MiniBrowser (Linux)",
    },
    Package { programs: &["Xvfb"], name: "xvfb", elsewhere: "xvfb (a virtual X screen)" },
    Package { programs: &["xauth"], name: "xauth", elsewhere: "xauth" },
];

impl Browser {
    pub(crate) const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::Webkit];

    /// The name on the command line and in `CARTERA_BROWSER`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::Webkit => "webkit",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|browser| browser.name() == name)
    }

    /// Debian packages that have to be installed first.
    pub(super) fn missing_packages(self) -> impl Iterator<Item = &'static Package> {
        debian::missing(match self {
            Self::Chromium => &CHROMIUM,
            Self::Firefox => &FIREFOX,
            Self::Webkit => &WEBKIT,
        })
    }

    /// The browser's own program. Drivers do not find all of them under Debian's names.
    pub(crate) fn program(self) -> Option<PathBuf> {
        match self {
            Self::Chromium => CHROMIUM[0].programs.iter().find_map(|name| find_program(name)),
            Self::Firefox => FIREFOX[0].programs.iter().find_map(|name| find_program(name)),
            Self::Webkit => mini_browser(),
        }
    }

    /// The environment variable in which the tests expect the path of [`program`](Self::program).
    pub(crate) fn program_variable(self) -> &'static str {
        match self {
            Self::Chromium => "CARTERA_CHROMIUM",
            Self::Firefox => "CARTERA_FIREFOX",
            Self::Webkit => "CARTERA_MINIBROWSER",
        }
    }

    /// The driver's program and the environment variable in which the tests expect its path.
    pub(crate) fn driver(self) -> (&'static str, &'static str) {
        match self {
            Self::Chromium => ("chromedriver", "CARTERA_CHROMEDRIVER"),
            Self::Firefox => ("geckodriver", "CARTERA_GECKODRIVER"),
            Self::Webkit => ("WebKitWebDriver", "CARTERA_WEBKITDRIVER"),
        }
    }
}

/// WebKitGTK's test browser lies beside its library, in a folder named after the processor.
fn mini_browser() -> Option<PathBuf> {
    let libraries = fs::read_dir("/usr/lib").ok()?.flatten().map(|entry| entry.path());
    let folders = libraries.chain([PathBuf::from("/usr/lib"), PathBuf::from("/usr/libexec")]);
    folders.map(|folder| folder.join("webkit2gtk-4.1/MiniBrowser")).find(|path| path.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_found_by_its_name() {
        for browser in Browser::ALL {
            assert_eq!(Browser::named(browser.name()), Some(browser));
        }
        assert_eq!(Browser::named("all"), None);
    }
}
