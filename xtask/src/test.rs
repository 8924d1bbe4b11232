//! `cargo xtask test`: everything that has to hold before a change goes in.

mod browser;

use std::path::Path;
use std::time::{Duration, Instant};

use crate::args::{Part, TestOptions};
use crate::failure::Failure;
use crate::process::{cargo, execute};
use crate::progress::{spell, table};
use crate::workspace::{APPLICATION, BROWSER_TESTS, HOSTING_TESTS, Workspace, files, read_text};
use crate::{budget, dist, embed, licences, setup};

pub(crate) use browser::environment;

pub(crate) fn run(workspace: &Workspace, options: &TestOptions) -> Result<(), Failure> {
    let mut checks = Checks::default();
    let runs = browser::plan(options);
    // First of all, so that a machine that lacks something says so at once.
    let toolbox =
        if runs.is_empty() { None } else { Some(setup::ensure(workspace, &browser::needs(&runs))?) };
    if matches!(options.only, None | Some(Part::Unit)) {
        setup::ensure_for_tests(workspace)?;
        native(workspace, &mut checks, options.only.is_none());
    }
    if matches!(options.only, None | Some(Part::Proof)) {
        checks.check("proofs", || proofs(workspace));
    }
    if let Some(toolbox) = toolbox {
        let root = dist::base::Base::default();
        if let Some(site) = checks.check("site", || dist::build(workspace, &toolbox, &root)) {
            checks.check("sizes", || budget::check(&site));
            if options.only.is_none() {
                checks.check("hosting", || hosting(workspace, "site", Some(&site)));
            }
            let demo = checks.check("demonstration", || browser::demo(workspace, &toolbox));
            if let Some(mut environment) = checks.check("sandbox", || environment(workspace, &toolbox, &site))
            {
                environment.extend(demo);
                for run in &runs {
                    checks.check(&run.title(), || browser::test(workspace, &environment, run));
                }
            }
        }
    }
    checks.conclude()
}

/// What needs no browser. Everything about the application itself compiles Leptos, which takes minutes.
fn native(workspace: &Workspace, checks: &mut Checks, with_application: bool) {
    let scope: &[&str] = if with_application { &[] } else { &["--exclude", APPLICATION] };
    let cargo = |arguments: &[&str], scope: &[&str], rest: &[&str]| {
        let mut command = cargo();
        execute(command.args(arguments).args(scope).args(rest).current_dir(&workspace.root))
    };
    checks.check("format", || cargo(&["fmt", "--all", "--check"], &[], &[]));
    checks.check("lints", || {
        let clippy = ["clippy", "--quiet", "--locked", "--workspace", "--all-targets"];
        cargo(&clippy, scope, &["--", "-D", "warnings"])
    });
    checks.check("native tests", || {
        cargo(
            &[
                "test",
                "--quiet",
                "--locked",
                "--no-fail-fast",
                "--workspace",
                "--exclude",
                BROWSER_TESTS,
                "--exclude",
                HOSTING_TESTS,
            ],
            scope,
            &[],
        )
    });
    checks.check("gateway", || hosting(workspace, "gateway", None));
    // The guards of the repository live beside the browser tests, but need no browser.
    checks.check("repository", || {
        cargo(&["test", "--quiet", "--locked", "--package", BROWSER_TESTS, "--test", "repository"], &[], &[])
    });
    checks.check("host module", || embed::test(workspace));
    checks.check("licences", || licences::run(workspace));
}

/// Runs tests with a real nginx; those of the site with the built one.
fn hosting(workspace: &Workspace, name: &str, site: Option<&Path>) -> Result<(), Failure> {
    let nginx = setup::nginx(workspace)?;
    let mut command = cargo();
    command.args(["test", "--quiet", "--locked", "--package", HOSTING_TESTS, "--test", name]);
    command.env("CARTERA_NGINX", nginx).envs(site.map(|site| ("CARTERA_DIST", site)));
    execute(command.current_dir(&workspace.root))
}

/// How a long test says that it is one: it is ignored in a run of all tests, with this reason.
const PROOF: &str = "#[ignore = \"proof";

/// Runs the long tests, in release mode, of those members that have some.
fn proofs(workspace: &Workspace) -> Result<(), Failure> {
    let mut with_proofs = Vec::new();
    for member in workspace
        .members()
        .filter(|name| ![APPLICATION, BROWSER_TESTS, HOSTING_TESTS, "xtask"].contains(name))
    {
        let sources = files(workspace.member_folder(member).unwrap_or(&workspace.root))?;
        let mut sources =
            sources.iter().filter(|file| file.extension().is_some_and(|extension| extension == "rs"));
        if sources.any(|file| read_text(file).is_ok_and(|source| source.contains(PROOF))) {
            with_proofs.push(member);
        }
    }
    if with_proofs.is_empty() {
        println!("No test is ignored as a proof.");
        return Ok(());
    }
    let mut command = cargo();
    command.args(["test", "--locked", "--release"]).current_dir(&workspace.root);
    command.args(with_proofs.iter().flat_map(|member| ["--package", member]));
    // What they print is part of what they prove: how often each fault struck, how many planted bugs were found.
    execute(command.args(["--", "--ignored", "--nocapture"]))
}

/// What has been checked, and with which result. A failure does not keep the others from being checked.
#[derive(Default)]
struct Checks(Vec<(String, Duration, Option<Failure>)>);

impl Checks {
    fn check<T>(&mut self, name: &str, work: impl FnOnce() -> Result<T, Failure>) -> Option<T> {
        println!("\n── {name}");
        let begin = Instant::now();
        let (value, failure) = match work() {
            Ok(value) => (Some(value), None),
            Err(failure) => {
                eprintln!("{failure}");
                (None, Some(failure))
            }
        };
        self.0.push((name.to_owned(), begin.elapsed(), failure));
        value
    }

    /// Prints the summary; fails when anything has failed.
    fn conclude(self) -> Result<(), Failure> {
        let total: Duration = self.0.iter().map(|(_, time, _)| *time).sum();
        let failed: Vec<&str> =
            self.0.iter().filter(|(.., failure)| failure.is_some()).map(|(name, ..)| name.as_str()).collect();
        let verdict = |failure: &Option<Failure>| if failure.is_some() { "FAILED" } else { "ok" }.to_owned();
        let mut rows: Vec<[String; 3]> = self
            .0
            .iter()
            .map(|(name, time, failure)| [name.clone(), spell(*time), verdict(failure)])
            .collect();
        rows.push([
            "all".to_owned(),
            spell(total),
            if failed.is_empty() { "ok" } else { "FAILED" }.to_owned(),
        ]);
        println!("\n── summary");
        table(&rows);
        if failed.is_empty() {
            return Ok(());
        }
        Err(Failure::new(format!("failed: {}", failed.join(", ")))
            .advise("Each failure is told above, where it happened."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_check_fails_the_whole_but_stops_nothing() {
        let mut checks = Checks::default();
        assert_eq!(checks.check("first", || Err::<(), _>(Failure::new("no"))), None);
        assert_eq!(checks.check("second", || Ok(2)), Some(2));
        let failure = checks.conclude().unwrap_err().to_string();
        assert!(failure.contains("failed: first") && !failure.contains("second"), "{failure}");
        let mut checks = Checks::default();
        checks.check("only", || Ok(()));
        assert_eq!(checks.conclude(), Ok(()));
    }
}
