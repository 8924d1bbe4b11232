//! Azure Static Web Apps. Traps: without `exclude` everything that is missing is the page, with 200; of the routes the first that fits
//! counts; a star stands at the end only, or before a set of endings.

use serde_json::{Map, Value, json};

use super::{HostFile, Site, in_site, pretty};

#[expect(clippy::unnecessary_wraps, reason = "the hosts' table asks for it")]
pub(super) fn write(site: &Site) -> Result<Vec<HostFile>, String> {
    let object = |headers: Vec<(String, String)>| {
        Value::Object(
            headers.into_iter().map(|(name, value)| (name, Value::String(value))).collect::<Map<_, _>>(),
        )
    };
    let mut global = site.rules.headers("index.html", true);
    global.push(("Cache-Control".to_owned(), site.rules.cache("index.html").to_owned()));
    let mut routes = Vec::new();
    for document in site.documents() {
        let mut headers = site.rules.headers(document, true);
        headers.push(("Cache-Control".to_owned(), site.rules.cache(document).to_owned()));
        // An empty value takes a header of all answers away.
        let left_out = global.iter().filter(|(name, _)| !headers.iter().any(|(own, _)| own == name));
        let left_out: Vec<_> = left_out.map(|(name, _)| (name.clone(), String::new())).collect();
        headers.extend(left_out);
        routes.push(json!({ "route": site.at(document), "headers": object(headers) }));
    }
    for file in site.hashed() {
        routes
            .push(json!({ "route": site.at(file), "headers": { "Cache-Control": site.rules.cache(file) } }));
    }
    if site.base != "/" {
        routes.push(
            json!({ "route": site.base.trim_end_matches('/'), "redirect": site.base, "statusCode": 308 }),
        );
    }
    let endings: Vec<&str> = site.endings().collect();
    let types: Map<String, Value> = site
        .rules
        .deployment
        .types
        .iter()
        .map(|(ending, kind)| (format!(".{ending}"), Value::String(kind.clone())))
        .collect();
    let config = json!({
        "globalHeaders": object(global),
        "mimeTypes": types,
        "navigationFallback": {
            "rewrite": site.at("index.html"),
            "exclude": [format!("{}*.{{{}}}", site.base, endings.join(","))],
        },
        "routes": routes,
    });
    Ok(vec![in_site("staticwebapp.config.json", pretty(&config))])
}
