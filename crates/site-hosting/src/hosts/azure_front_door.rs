//! Azure Storage behind Front Door. Traps: a static website of Storage sets no headers and answers its error document with 404, so
//! that Front Door's rules do both; a rule has at most five actions; Front Door compresses only what it keeps, up to a size, so that
//! the compressed files are uploaded in the place of the others; media types and caching are said when a file is uploaded.

use serde_json::{Value, json};

use super::upload::{quoted, uploads};
use super::{HostFile, Site, beside, pretty};

/// Actions in a rule.
const ACTIONS: usize = 5;

#[expect(clippy::unnecessary_wraps, reason = "the hosts' table asks for it")]
pub(super) fn write(site: &Site) -> Result<Vec<HostFile>, String> {
    Ok(vec![beside("rules.json", pretty(&template(site))), beside("upload.sh", upload(site))])
}

/// A template for the rule set of a profile that is there.
fn template(site: &Site) -> Value {
    let mut rules = Vec::new();
    let endings: Vec<&str> = site.endings().collect();
    if site.base != "/" {
        let bare = site.base.trim_end_matches('/');
        let condition = path_condition("Equal", &[bare.trim_start_matches('/')], false);
        let redirect = json!({ "name": "UrlRedirect", "parameters": {
            "typeName": "DeliveryRuleUrlRedirectActionParameters", "redirectType": "PermanentRedirect",
            "destinationProtocol": "Https", "customPath": site.base } });
        rules.push(("Base".to_owned(), vec![condition], vec![redirect]));
    }
    let pattern = format!("\\.({})$", endings.join("|"));
    let rewrite = json!({ "name": "UrlRewrite", "parameters": {
        "typeName": "DeliveryRuleUrlRewriteActionParameters", "sourcePattern": "/",
        "destination": site.at("index.html"), "preserveUnmatchedPath": false } });
    rules.push(("Paths".to_owned(), vec![path_condition("RegEx", &[&pattern], true)], vec![rewrite]));
    let documents: Vec<String> =
        site.documents().map(|path| site.at(path).trim_start_matches('/').to_owned()).collect();
    let documents: Vec<&str> = documents.iter().map(String::as_str).collect();
    let others = if documents.is_empty() { vec![] } else { vec![path_condition("Equal", &documents, true)] };
    let mut add = |name: &str, conditions: &[Value], path: &str| {
        let actions: Vec<Value> =
            site.rules.headers(path, true).iter().map(|(name, value)| overwrite(name, value)).collect();
        for (number, part) in actions.chunks(ACTIONS).enumerate() {
            rules.push((format!("{name}{number}"), conditions.to_vec(), part.to_vec()));
        }
    };
    add("Site", &others, "index.html");
    for (number, document) in site.documents().enumerate() {
        let path = site.at(document);
        let conditions = [path_condition("Equal", &[path.trim_start_matches('/')], false)];
        add(&format!("Document{number}Part"), &conditions, document);
    }
    let resources: Vec<Value> = rules
        .into_iter()
        .enumerate()
        .map(|(order, (name, conditions, actions))| {
            json!({
                "type": "Microsoft.Cdn/profiles/ruleSets/rules",
                "apiVersion": "2024-02-01",
                "name": format!("[concat(parameters('profile'), '/cartera/{name}')]"),
                "dependsOn": ["[resourceId('Microsoft.Cdn/profiles/ruleSets', parameters('profile'), 'cartera')]"],
                "properties": { "order": order + 1, "conditions": conditions, "actions": actions, "matchProcessingBehavior": "Continue" },
            })
        })
        .collect();
    let set = json!({
        "type": "Microsoft.Cdn/profiles/ruleSets",
        "apiVersion": "2024-02-01",
        "name": "[concat(parameters('profile'), '/cartera')]",
    });
    json!({
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "contentVersion": "1.0.0.0",
        "parameters": { "profile": { "type": "string" } },
        "resources": std::iter::once(set).chain(resources).collect::<Vec<_>>(),
    })
}

/// On the path without the slash before it, as Front Door compares it.
fn path_condition(operator: &str, values: &[&str], negate: bool) -> Value {
    json!({ "name": "UrlPath", "parameters": {
        "typeName": "DeliveryRuleUrlPathMatchConditionParameters", "operator": operator, "negateCondition": negate,
        "matchValues": values, "transforms": [] } })
}

fn overwrite(name: &str, value: &str) -> Value {
    json!({ "name": "ModifyResponseHeader", "parameters": {
        "typeName": "DeliveryRuleHeaderActionParameters", "headerAction": "Overwrite", "headerName": name, "value": value } })
}

fn upload(site: &Site) -> String {
    let mut lines = vec![
        "#!/bin/sh".to_owned(),
        "# Puts the built site into the container $web: upload.sh DIST ACCOUNT. Documents come last. Files of former releases stay.".to_owned(),
        "# What has a compressed form is stored in it only: a browser that runs WebAssembly takes brotli.".to_owned(),
        "set -eu".to_owned(),
        "dist=$1 account=$2".to_owned(),
        "put() { az storage blob upload --only-show-errors --auth-mode login --overwrite --account-name \"$account\" --container-name '$web' \
         --file \"$dist/$1\" --name \"$2\" --content-type \"$3\" --content-cache-control \"$4\" ${5:+--content-encoding \"$5\"}; }"
            .to_owned(),
    ];
    for upload in uploads(site, true) {
        let place = site.at(upload.name);
        let words = [
            &upload.file,
            place.trim_start_matches('/'),
            upload.kind,
            upload.cache,
            upload.encoding.unwrap_or_default(),
        ];
        lines.push(format!("put {}", words.map(quoted).join(" ")));
    }
    lines.join("\n") + "\n"
}
