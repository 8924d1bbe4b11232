//! A software bill of materials (CycloneDX 1.5) of what is shipped. It may name a crate too many, which a test of another member
//! switched on, and never one too few.

use serde_json::{Value, json};

use super::{SHIPPED, metadata, wasm_packages};
use crate::failure::Failure;
use crate::workspace::{APPLICATION, Workspace};

/// The bill for a release, without a time or a number of its own, so that one release has one bill.
pub(crate) fn bill(
    workspace: &Workspace,
    release: &str,
    checksums: &dyn Fn(&str, &str) -> Option<String>,
) -> Result<Value, Failure> {
    let metadata = metadata(workspace, SHIPPED)?;
    Ok(of(&metadata, release, checksums))
}

fn of(metadata: &Value, release: &str, checksums: &dyn Fn(&str, &str) -> Option<String>) -> Value {
    let packages = wasm_packages(metadata);
    let name_of = |package: &Value| {
        (
            package["name"].as_str().unwrap_or_default().to_owned(),
            package["version"].as_str().unwrap_or_default().to_owned(),
        )
    };
    let reference = |package: &Value| {
        let (name, version) = name_of(package);
        format!("pkg:cargo/{name}@{version}")
    };
    let components: Vec<Value> = packages
        .iter()
        .map(|package| {
            let (name, version) = name_of(package);
            let mut component = json!({
                "type": "library",
                "bom-ref": reference(package),
                "name": name,
                "version": version,
                "purl": reference(package),
                "licenses": [{ "expression": package["license"].as_str().unwrap_or_default().replace('/', " OR ") }],
            });
            if let Some(checksum) = checksums(&name, &version) {
                component["hashes"] = json!([{ "alg": "SHA-256", "content": checksum }]);
            }
            component
        })
        .collect();
    let nodes = metadata["resolve"]["nodes"].as_array().into_iter().flatten();
    let by_id = |id: &Value| packages.iter().find(|package| package["id"] == *id);
    let dependencies: Vec<Value> = nodes
        .filter_map(|node| {
            let package = by_id(&node["id"])?;
            let on = node["deps"].as_array().into_iter().flatten();
            let mut on: Vec<String> = on
                .filter(|dependency| super::is_normal(dependency))
                .filter_map(|dependency| by_id(&dependency["pkg"]).map(|package| reference(package)))
                .collect();
            on.sort();
            on.dedup();
            Some(json!({ "ref": reference(package), "dependsOn": on }))
        })
        .collect();
    json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": { "component": { "type": "application", "bom-ref": APPLICATION, "name": APPLICATION, "version": release } },
        "components": components,
        "dependencies": dependencies,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_crate_is_a_component_and_every_reference_one_of_them() {
        let graph = super::super::tests::graph();
        let bill = of(&graph, "0123", &|name, _| (name == "web").then(|| "ab".repeat(32)));
        let components = bill["components"].as_array().unwrap();
        let names: Vec<&str> =
            components.iter().map(|component| component["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["cartera", "encoding_rs", "index", "url", "web"]);
        assert_eq!(components[4]["hashes"][0]["content"], "ab".repeat(32));
        assert_eq!(components[4]["licenses"][0]["expression"], "MIT");
        let references: Vec<&Value> = components.iter().map(|component| &component["bom-ref"]).collect();
        for dependency in bill["dependencies"].as_array().unwrap() {
            assert!(references.contains(&&dependency["ref"]));
            assert!(
                dependency["dependsOn"].as_array().unwrap().iter().all(|on| references.contains(&on)),
                "{dependency}"
            );
        }
        let of_application = &bill["dependencies"]
            .as_array()
            .unwrap()
            .iter()
            .find(|dependency| dependency["ref"] == "pkg:cargo/cartera@1.0.0")
            .unwrap()["dependsOn"];
        assert_eq!(*of_application, json!(["pkg:cargo/index@1.0.0", "pkg:cargo/web@1.0.0"]));
    }
}
