//! The shipped gateway, as little changed as a test can.

use std::fs;

use crate::repository;

/// Replaces what has to be there.
pub fn put(text: &str, old: &str, new: &str) -> String {
    assert!(text.contains(old), "the configuration no longer has: {old}");
    text.replace(old, new)
}

/// A file of the shipped configuration.
pub fn shipped(name: &str) -> String {
    fs::read_to_string(repository().join("deploy/gateway/nginx").join(name)).unwrap()
}

/// The shipped files in front of a service and a login. `change` is asked for each file.
pub fn files(api: &str, login: u16, change: impl Fn(&str, String) -> String) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for name in ["settings.conf", "http.conf", "answer.conf", "guard.conf", "locations.conf"] {
        let mut text = shipped(name);
        if name == "settings.conf" {
            text = put(&text, "https://api.partnercenter.microsoft.com", api);
            text = put(&text, "http://127.0.0.1:4180", &format!("http://127.0.0.1:{login}"));
        }
        files.push((format!("cartera/{name}"), change(name, text)));
    }
    files.push(("cartera/site.conf".to_owned(), String::new()));
    files
}

/// The shipped server, without TLS and with its logs in the test's folder.
pub fn server() -> String {
    let text = shipped("server.conf");
    let (_, server) = text.split_once("\nserver {\n    listen 443").unwrap();
    let mut server = format!("server {{\n    listen 443{server}");
    for (old, new) in [
        ("listen 443 ssl http2;", "listen 127.0.0.1:PORT;"),
        ("/var/log/nginx/cartera.log", "FOLDER/access.log"),
        ("/var/log/nginx/cartera.error.log", "FOLDER/errors.log"),
    ] {
        server = put(&server, old, new);
    }
    let lines: Vec<&str> = server.lines().filter(|line| !line.trim_start().starts_with("ssl_")).collect();
    format!("include cartera/http.conf;\n{}", lines.join("\n"))
}
