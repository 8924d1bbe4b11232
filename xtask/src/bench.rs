//! `cargo xtask bench`: runs the benches of the test package, prints and keeps what they measured.
//!
//! A bench prints one JSON object per line: `{name, value, unit, ratio, against, note, met}`. `value` is in
//! `unit` (times in ms); `ratio` is the other's time ÷ ours, but for `*.start.*` ours ÷ the limit. Where something is not
//! `met`, all is measured, printed and kept as usual, and the command fails.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::dist::{self, base::Base};
use crate::failure::Failure;
use crate::process::{capture, execute};
use crate::progress::table;
use crate::setup::{self, Browser, Need, Toolbox};
use crate::test::environment;
use crate::workspace::{BROWSER_TESTS, Workspace, read_text, write};

const FIELDS: [&str; 6] = ["name", "value", "unit", "ratio", "against", "note"];

pub(crate) fn run(workspace: &Workspace, names: &[String]) -> Result<(), Failure> {
    let toolbox = setup::ensure(workspace, &[Need::Build, Need::Browser(Browser::Chromium)])?;
    let site = dist::build(workspace, &toolbox, &Base::default())?;
    let environment = environment(workspace, &toolbox, &site)?;
    let search_page = page(workspace, &toolbox, "search-page", "wasm-release")?;
    let csv_page = page(workspace, &toolbox, "csv-page", "wasm-worker")?;
    let mut command = Command::new("cargo");
    command.args([
        "run",
        "--quiet",
        "--locked",
        "--release",
        "--package",
        BROWSER_TESTS,
        "--bin",
        "bench",
        "--",
    ]);
    command.args(names).envs(environment).env("CARTERA_BROWSER", Browser::Chromium.name());
    command.env("CARTERA_SEARCH_PAGE", search_page).env("CARTERA_CSV_PAGE", csv_page);
    command.env("CARTERA_NODE_MODULES", workspace.root.join("node_modules"));
    println!("• measuring …");
    let output = capture(command.current_dir(&workspace.root).stderr(Stdio::inherit()))?;
    let (measured, missed) = (entries(&output)?, missed(&output));

    let file = workspace.target.join("bench.json");
    let kept = if file.exists() { list(&read_text(&file)?)? } else { Vec::new() };
    let merged = merge(kept, measured.clone());
    let text = serde_json::to_string_pretty(&merged).map_err(|error| Failure::new(error.to_string()))?;
    write(&file, format!("{text}\n").as_bytes())?;
    print(&measured);
    println!("All figures are in {}", file.display());
    if missed.is_empty() {
        Ok(())
    } else {
        Err(Failure::new(format!("over the limit: {}", missed.join(", "))))
    }
}

/// The names of those that are not what they have to be.
fn missed(output: &str) -> Vec<String> {
    let entries = output.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let missed = entries.filter(|entry| entry["met"] == json!(false));
    missed.filter_map(|entry| entry["name"].as_str().map(str::to_owned)).collect()
}

/// Builds a page that measures one thing alone, as what it measures is built for the application, and returns its folder.
fn page(workspace: &Workspace, toolbox: &Toolbox, package: &str, profile: &str) -> Result<PathBuf, Failure> {
    const TARGET: &str = "wasm32-unknown-unknown";
    let mut build = toolbox.wasm_command("cargo");
    build.args(["build", "--quiet", "--locked", "--package", package, "--profile", profile]);
    execute(build.args(["--target", TARGET]).current_dir(&workspace.root))?;
    let program = format!("{}.wasm", package.replace('-', "_"));
    let program = workspace.target.join(TARGET).join(profile).join(program);
    let folder = workspace.scratch().join(package);
    let mut bind = toolbox.command("wasm-bindgen");
    bind.args(["--target", "web", "--no-typescript", "--out-dir"]).arg(&folder).arg(program);
    execute(&mut bind)?;
    Ok(folder)
}

/// The lines of a bench. Other lines, such as those of a server it started, are not looked at.
fn entries(output: &str) -> Result<Vec<Value>, Failure> {
    let lines = output.lines().filter(|line| line.starts_with('{'));
    lines
        .map(|line| match serde_json::from_str::<Value>(line) {
            Ok(entry)
                if entry["name"].is_string() && entry["value"].is_number() && entry["unit"].is_string() =>
            {
                let fields = FIELDS.iter().map(|field| ((*field).to_owned(), entry[*field].clone()));
                Ok(Value::Object(fields.collect()))
            }
            _ => Err(Failure::new(format!("a bench printed what is no entry: {line}"))),
        })
        .collect()
}

fn list(text: &str) -> Result<Vec<Value>, Failure> {
    serde_json::from_str(text).map_err(|error| {
        Failure::new(format!("target/bench.json: {error}"))
            .advise("Delete it; the figures will be measured again.")
    })
}

/// Entries of the same name are replaced, others kept; sorted by name.
fn merge(mut kept: Vec<Value>, measured: Vec<Value>) -> Vec<Value> {
    kept.retain(|old| measured.iter().all(|new| new["name"] != old["name"]));
    kept.extend(measured);
    kept.sort_by(|a, b| a["name"].as_str().cmp(&b["name"].as_str()));
    kept
}

fn print(measured: &[Value]) {
    let cell = |value: &Value| match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Number(number) => number
            .as_f64()
            .filter(|number| number.fract() != 0.0)
            .map_or(number.to_string(), |n| format!("{n:.2}")),
        other => other.to_string(),
    };
    let heading = json!({ "name": "name", "value": "value", "unit": "unit", "ratio": "ratio", "against": "against", "note": "note" });
    let rows = std::iter::once(&heading).chain(measured).map(|entry| FIELDS.map(|field| cell(&entry[field])));
    table(&rows.collect::<Vec<_>>());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_replaces_its_own_entries_only() {
        let entry = |name: &str, value: u32| json!({ "name": name, "value": value });
        let merged =
            merge(vec![entry("b", 1), entry("a", 1), entry("b.more", 1)], vec![entry("b", 2), entry("0", 2)]);
        assert_eq!(merged, [entry("0", 2), entry("a", 1), entry("b", 2), entry("b.more", 1)]);
    }

    #[test]
    fn what_is_over_its_limit_is_named() {
        let out = "noise\n{\"name\":\"a\",\"met\":true}\n{\"name\":\"b\",\"met\":false}\n{\"name\":\"c\"}\n";
        assert_eq!(missed(out), ["b"]);
    }

    #[test]
    fn entries_have_exactly_the_six_fields() {
        let out =
            "noise\n{\"name\":\"list.start.500\",\"value\":12.5,\"unit\":\"ms\",\"extra\":1,\"ratio\":1.2}\n";
        let expected = json!({ "name": "list.start.500", "value": 12.5, "unit": "ms", "ratio": 1.2, "against": null, "note": null });
        assert_eq!(entries(out).unwrap(), [expected]);
        assert!(entries("{\"name\":\"x\"}").is_err());
        assert!(entries("{\"name\":\"x\",").is_err());
    }
}
