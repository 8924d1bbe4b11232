//! The command itself, against an nginx with TLS.

use std::fs;
use std::process::Command;

use hosting_tests::{put, repository};

use crate::place::{Copy, serve};

fn openssl(folder: &std::path::Path) {
    let line = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost \
                -addext subjectAltName=DNS:localhost -keyout key.pem -out cert.pem";
    let output =
        Command::new("openssl").args(line.split_whitespace()).current_dir(folder).output().expect("openssl");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_command_finds_nothing_over_https_and_fails_when_something_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    openssl(folder.path());
    let place = folder.path().display().to_string();
    let copy = Copy::under("/portal/accounts/");
    let list =
        copy.hashes().iter().fold(String::new(), |list, (name, digest)| format!("{list}{digest}  {name}\n"));
    fs::write(folder.path().join("hashes.txt"), list).unwrap();
    for (conf, succeeds, words) in [
        (copy.conf(), true, "✓ Strict-Transport-Security"),
        (
            put(&copy.conf(), "max-age=63072000; includeSubDomains", "max-age=60"),
            false,
            "✗ Strict-Transport-Security",
        ),
    ] {
        let tls = format!(
            "listen 127.0.0.1:PORT;\n    listen 127.0.0.1:SECURE ssl;\n    ssl_certificate {place}/cert.pem;\n    ssl_certificate_key {place}/key.pem;"
        );
        let nginx = serve(conf, |server| put(&server, "listen 127.0.0.1:PORT;", &tls));
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command
            .args(["run", "--quiet", "--package", "xtask", "--", "check-headers"])
            .current_dir(repository());
        command
            .arg(format!("https://localhost:{}/portal/accounts", nginx.secure))
            .arg("--hashes")
            .arg(folder.path().join("hashes.txt"));
        let output = command.env("CURL_CA_BUNDLE", folder.path().join("cert.pem")).output().unwrap();
        let said =
            format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        // Over http on a TLS port nginx answers 400: that rule is for the real ports.
        let said_without = said.replace("✗ http leads to https", "");
        assert!(said.contains(words), "{said}");
        assert_eq!(!said_without.contains('✗'), succeeds, "{said}");
        assert!(!output.status.success(), "the rule for http does not hold here, and one is enough");
        drop(nginx);
    }
}
