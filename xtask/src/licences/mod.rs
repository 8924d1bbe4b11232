//! `cargo xtask licences`: every dependency may be used, and none is one that was decided against.

pub(crate) mod bill;
pub(crate) mod notices;
mod policy;
mod spdx;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::dist::workers::{DEMO, WORKERS, Worker};
use crate::failure::Failure;
use crate::lockfile::{NpmPackage, npm_packages};
use crate::process::{capture, cargo};
use crate::workspace::{APPLICATION, SANDBOX, Workspace, read_text};

/// The target of what is shipped.
const SHIPPED: &str = "wasm32-unknown-unknown";

pub(crate) fn run(workspace: &Workspace) -> Result<(), Failure> {
    let native = metadata(workspace, host()?.as_str())?;
    let shipped = metadata(workspace, SHIPPED)?;
    let npm = npm_packages(&read_text(&workspace.root.join("package-lock.json"))?)?;

    let mut faults = Vec::new();
    let mut crates = BTreeMap::new();
    for package in [&native, &shipped].iter().flat_map(|metadata| used(metadata)) {
        crates.insert(package["id"].as_str().unwrap_or_default(), package);
    }
    for package in crates.values() {
        faults.extend(crate_fault(package));
    }
    faults.extend(npm.iter().filter_map(npm_fault));
    let (named, tree) = wasm_dependencies(&shipped);
    for banned in policy::BANNED_WHEN_SHIPPED {
        if named.contains(banned.name) {
            faults.push(format!(
                "{} is named by the application or a crate of it: {}",
                banned.name, banned.why
            ));
        }
    }
    if !faults.is_empty() {
        return Err(Failure::new("some dependencies may not be used").advise(faults.join("\n")));
    }
    println!(
        "{} crates and {} npm packages may be used; {} crates are compiled for the browser.",
        crates.len(),
        npm.len(),
        tree.len()
    );
    let brought: Vec<&str> = policy::BANNED_WHEN_SHIPPED
        .iter()
        .map(|banned| banned.name)
        .filter(|name| tree.contains(name))
        .collect();
    if !brought.is_empty() {
        println!(
            "Brought by others, and left out of the wasm where nothing calls it: {}.",
            brought.join(", ")
        );
    }
    Ok(())
}

/// The machine's own target.
fn host() -> Result<String, Failure> {
    let version = capture(std::process::Command::new("rustc").arg("-vV"))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| Failure::new("rustc does not tell its host"))
}

/// The resolved dependencies for one target. On a fresh checkout some may not be downloaded yet; only then
/// is the network used.
fn metadata(workspace: &Workspace, target: &str) -> Result<Value, Failure> {
    let ask = |network: &[&str]| {
        let mut command = cargo();
        command.args(["metadata", "--locked", "--format-version", "1", "--filter-platform", target]);
        capture(command.args(network).current_dir(&workspace.root))
    };
    let text = ask(&["--offline"]).or_else(|_| ask(&[]))?;
    serde_json::from_str(&text).map_err(|error| Failure::new(format!("cargo metadata gave no JSON: {error}")))
}

/// The packages that the resolved graph has: `packages` lists those of other platforms too.
fn used(metadata: &Value) -> Vec<&Value> {
    let nodes = metadata["resolve"]["nodes"].as_array().into_iter().flatten();
    let ids: BTreeSet<&str> = nodes.filter_map(|node| node["id"].as_str()).collect();
    let packages = metadata["packages"].as_array().into_iter().flatten();
    packages.filter(|package| package["id"].as_str().is_some_and(|id| ids.contains(id))).collect()
}

fn crate_fault(package: &Value) -> Option<String> {
    let name = package["name"].as_str()?;
    if let Some(banned) = policy::BANNED.iter().find(|banned| banned.name == name) {
        return Some(format!("{name}: {}", banned.why));
    }
    let version = package["version"].as_str().unwrap_or_default();
    match package["license"].as_str() {
        Some(licence) if spdx::allows(licence, &|id| policy::ALLOWED.contains(&id)) => None,
        Some(licence) => Some(format!("{name} {version}: {licence} is not among the allowed licences")),
        None => Some(format!("{name} {version}: no licence is told")),
    }
}

fn npm_fault(package: &NpmPackage) -> Option<String> {
    let NpmPackage { name, version, licence, dev } = package;
    if !dev {
        return Some(format!("{name} {version} (npm): only development tools come from npm"));
    }
    let allowed = |id: &str| policy::ALLOWED.contains(&id) || policy::ALLOWED_FOR_TOOLS.contains(&id);
    (!spdx::allows(licence, &allowed))
        .then(|| format!("{name} {version} (npm): '{licence}' is not among the allowed licences"))
}

/// The demonstration's among them: what it is made of is told with every site.
fn workers() -> impl Iterator<Item = &'static Worker> {
    WORKERS.iter().chain([&DEMO])
}

/// Names of crates that the application, its workers and their own crates name as dependencies, and names of all that are
/// compiled for the browser. Build scripts and macros run on the host and do not count.
fn wasm_dependencies(metadata: &Value) -> (BTreeSet<&str>, BTreeSet<&str>) {
    let members: BTreeSet<&str> =
        metadata["workspace_members"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let packages_by_id: BTreeMap<&str, &Value> =
        packages.filter_map(|package| Some((package["id"].as_str()?, package))).collect();
    let name_of: BTreeMap<&str, &str> = packages_by_id
        .iter()
        .filter_map(|(id, package): (&&str, &&Value)| Some((*id, Value::as_str(&package["name"])?)))
        .collect();
    let nodes = metadata["resolve"]["nodes"].as_array().into_iter().flatten();
    let nodes: BTreeMap<&str, &Value> = nodes.filter_map(|node| Some((node["id"].as_str()?, node))).collect();

    let is_shipped = |id: &&str| {
        let name = name_of.get(*id).copied().unwrap_or_default();
        name == APPLICATION || workers().any(|worker| worker.package == name)
    };
    let (mut named, mut tree) = (BTreeSet::new(), BTreeSet::new());
    let mut waiting: Vec<&str> = members.iter().copied().filter(is_shipped).collect();
    let mut seen: BTreeSet<&str> = waiting.iter().copied().collect();
    while let Some(id) = waiting.pop() {
        let dependencies = nodes.get(id).and_then(|node| node["deps"].as_array()).into_iter().flatten();
        for dependency in dependencies.filter(|dependency| is_normal(dependency)) {
            let Some(next) = dependency["pkg"].as_str() else { continue };
            let Some(name) = name_of.get(next) else { continue };
            // The sandbox's server is not in the demonstration, and is in this graph for its own program.
            if name_of.get(id) == Some(&SANDBOX) && is_optional(&packages_by_id, id, name) {
                continue;
            }
            if members.contains(id) && !is_optional(&packages_by_id, id, name) {
                named.insert(*name);
            }
            tree.insert(*name);
            if seen.insert(next) {
                waiting.push(next);
            }
        }
    }
    (named, tree)
}

/// The packages that are compiled for the browser, the application's own among them, by name and version.
fn wasm_packages(metadata: &Value) -> Vec<&Value> {
    let (_, mut names) = wasm_dependencies(metadata);
    names.insert(APPLICATION);
    names.extend(workers().map(|worker| worker.package));
    let mut packages: Vec<&Value> = used(metadata)
        .into_iter()
        .filter(|package| package["name"].as_str().is_some_and(|name| names.contains(name)))
        .collect();
    packages.sort_by_key(|package| (package["name"].as_str(), package["version"].as_str()));
    packages
}

/// Whether a package has this dependency for a feature only. The graph is that of the whole workspace: what the tests of one
/// member switch on in another is in it, and not in what is shipped.
fn is_optional(packages: &BTreeMap<&str, &Value>, id: &str, name: &str) -> bool {
    let dependencies = packages.get(id).and_then(|package| package["dependencies"].as_array());
    dependencies
        .into_iter()
        .flatten()
        .any(|dependency| dependency["name"] == name && dependency["optional"] == true)
}

fn is_normal(dependency: &Value) -> bool {
    dependency["dep_kinds"].as_array().is_some_and(|kinds| kinds.iter().any(|kind| kind["kind"].is_null()))
}

#[cfg(test)]
mod tests;
