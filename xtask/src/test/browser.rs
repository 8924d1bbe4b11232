//! The browser tests: in which browsers, and what they are told about this machine.

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::args::{Part, TestOptions};
use crate::budget;
use crate::dist::{self, Mode, base::Base};
use crate::failure::Failure;
use crate::process::{capture, execute};
use crate::sandbox;
use crate::setup::{Browser, Need, Toolbox};
use crate::workspace::{BROWSER_TESTS, Workspace};

/// The tests with this in their name are run in every browser.
const SMOKE: &str = "smoke";
/// And in Firefox those with this: what a frame may do differs from one engine to the other.
const FRAMES: &str = "frames";
/// Where the tests leave a picture and the document of each failure.
const FAILURES: &str = "target/browser-failures";
/// More failed tests than this are no accident.
const SECOND_TRIES: usize = 3;
/// Where the site for the tests of sub-path hosting is served.
const PORTAL: &str = "/portal/accounts/";

/// One run of the browser tests.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Run {
    browser: Browser,
    only_smoke: bool,
    /// Against the demonstration, without a sandbox.
    is_demo: bool,
}

impl Run {
    pub(super) fn title(&self) -> String {
        let which = match (self.is_demo, self.only_smoke) {
            (true, _) => ", demonstration",
            (false, true) => ", smoke",
            (false, false) => "",
        };
        format!("{}{which}", self.browser.name())
    }
}

impl Run {
    /// What the names of its tests have in them; nothing for all tests.
    fn filters(&self) -> &'static [&'static str] {
        match self.browser {
            _ if !self.only_smoke => &[],
            Browser::Firefox => &[SMOKE, FRAMES],
            Browser::Chromium | Browser::Webkit => &[SMOKE],
        }
    }
}

/// The runs that the user asked for.
pub(super) fn plan(options: &TestOptions) -> Vec<Run> {
    if matches!(options.only, Some(Part::Unit | Part::Proof)) {
        return Vec::new();
    }
    let run = |browser, only_smoke| Run { browser, only_smoke, is_demo: false };
    let demo = |browser| Run { browser, only_smoke: true, is_demo: true };
    match &options.browsers {
        Some(browsers) => {
            browsers.iter().flat_map(|browser| [run(*browser, false), demo(*browser)]).collect()
        }
        None => Browser::ALL
            .map(|browser| run(browser, browser != Browser::Chromium))
            .into_iter()
            .chain([demo(Browser::Chromium)])
            .collect(),
    }
}

/// What has to be installed for them.
pub(super) fn needs(runs: &[Run]) -> Vec<Need> {
    [Need::Build, Need::Demo].into_iter().chain(runs.iter().map(|run| Need::Browser(run.browser))).collect()
}

/// The environment variables of the browser tests and benches. Builds the sandbox and a site under a path.
pub(crate) fn environment(
    workspace: &Workspace,
    toolbox: &Toolbox,
    site: &Path,
) -> Result<Vec<(&'static str, OsString)>, Failure> {
    let portal = workspace.scratch().join("dist-portal");
    dist::build_into(workspace, toolbox, Mode::Optimised, &Base::parse(PORTAL)?, &portal)?;
    let mut variables: Vec<(&'static str, OsString)> = vec![
        ("PATH", toolbox.path().clone()),
        ("CARTERA_DIST", site.into()),
        ("CARTERA_DIST_PORTAL", portal.into()),
        ("CARTERA_SANDBOX", sandbox::build(workspace)?.into()),
        ("CARTERA_AXE", workspace.root.join("node_modules/axe-core/axe.min.js").into()),
    ];
    for browser in Browser::ALL {
        let (driver, variable) = browser.driver();
        variables.extend(toolbox.find(driver).map(|path| (variable, path.into())));
        variables.extend(browser.program().map(|path| (browser.program_variable(), path.into())));
    }
    Ok(variables)
}

/// The variables of the tests of the demonstration, which is built for them.
pub(super) fn demo(workspace: &Workspace, toolbox: &Toolbox) -> Result<(&'static str, OsString), Failure> {
    let site = workspace.scratch().join("dist-demo");
    dist::build_demo_into(workspace, toolbox, &Base::default(), &site)?;
    budget::check(&site)?;
    Ok(("CARTERA_DIST_DEMO", site.into()))
}

/// Runs the tests in one browser.
pub(super) fn test(workspace: &Workspace, variables: &[(&str, OsString)], plan: &Run) -> Result<(), Failure> {
    let command = |words: &[&str]| {
        let mut command = Command::new(words[0]);
        command.args(&words[1..]).args(["test", "--locked", "--package", BROWSER_TESTS]);
        command.current_dir(&workspace.root);
        command.envs(variables.iter().map(|(name, value)| (*name, value)));
        command.env("CARTERA_BROWSER", plan.browser.name());
        command.envs(plan.is_demo.then_some(("CARTERA_DEMO", "1")));
        command
    };
    // A run that finds no test would succeed and prove nothing.
    if count_tests(&capture(command(&["cargo"]).args(["--quiet", "--", "--list"]).args(plan.filters()))?) == 0
    {
        return Err(Failure::new(format!("there is no test to run in {}", plan.title())));
    }
    let start = || match plan.browser {
        // WebKitGTK's test browser has no headless mode: it gets a virtual screen.
        Browser::Webkit => command(&["xvfb-run", "--auto-servernum", "cargo"]),
        Browser::Chromium | Browser::Firefox => command(&["cargo"]),
    };
    let folder = workspace.root.join(FAILURES);
    // What an earlier run left there is no failure of this one. It may not be there at all.
    let _ = fs::remove_dir_all(&folder);
    let Err(failure) = execute(start().arg("--").args(plan.filters())) else { return Ok(()) };
    let failed = failed_tests(&folder);
    if failed.is_empty() || failed.len() > SECOND_TRIES {
        return Err(failure);
    }
    println!("\nA busy machine can fail a test: once more, alone: {}", failed.join(", "));
    execute(start().args(["--", "--exact", "--test-threads=1"]).args(&failed))?;
    println!("Passed on the second try only: {}", failed.join(", "));
    Ok(())
}

/// The tests that left a picture of their failure: `list-a_search` is the test `list::a_search`.
fn failed_tests(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    let pictures =
        files.filter_map(|file| file.file_name().to_string_lossy().strip_suffix(".png").map(test_name));
    let mut names: Vec<String> = pictures.collect();
    names.sort();
    names
}

fn test_name(picture: &str) -> String {
    picture.replacen('-', "::", 1)
}

/// How many tests a listing names.
fn count_tests(listing: &str) -> usize {
    listing.lines().filter(|line| line.ends_with(": test")).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(options: &TestOptions) -> Vec<String> {
        plan(options).iter().map(Run::title).collect()
    }

    #[test]
    fn by_default_everything_runs_in_chromium_and_smoke_in_the_others() {
        assert_eq!(
            titles(&TestOptions::default()),
            ["chromium", "firefox, smoke", "webkit, smoke", "chromium, demonstration"]
        );
    }

    #[test]
    fn a_named_browser_runs_everything() {
        let browsers = Some(vec![Browser::Webkit]);
        assert_eq!(
            titles(&TestOptions { only: Some(Part::Browser), browsers }),
            ["webkit", "webkit, demonstration"]
        );
        assert!(titles(&TestOptions { only: Some(Part::Unit), browsers: None }).is_empty());
    }

    #[test]
    fn tests_are_counted_and_other_lines_are_not() {
        assert_eq!(count_tests("list::smoke_rows: test\n\n1 test, 0 benchmarks\nlist::more: test\n"), 2);
        assert_eq!(count_tests("0 tests, 0 benchmarks\n"), 0);
    }

    #[test]
    fn a_picture_names_its_test() {
        let folder = std::env::temp_dir().join(format!("xtask-failures-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        for name in ["list-a_search.png", "list-a_search.html", "activity-all_of_it.png"] {
            fs::write(folder.join(name), "").unwrap();
        }
        assert_eq!(failed_tests(&folder), ["activity::all_of_it", "list::a_search"]);
        fs::remove_dir_all(&folder).unwrap();
        assert!(failed_tests(&folder).is_empty());
    }

    #[test]
    fn only_the_browsers_of_the_runs_are_installed() {
        let runs = [Run { browser: Browser::Firefox, only_smoke: true, is_demo: false }];
        assert_eq!(needs(&runs), [Need::Build, Need::Demo, Need::Browser(Browser::Firefox)]);
    }
}
