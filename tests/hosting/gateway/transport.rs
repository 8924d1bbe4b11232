//! The way to the service is encrypted and its certificate is checked.

use std::fs;
use std::process::Command;

use hosting_tests::{Nginx, Service};

use crate::world::{files, login, own, put, server};

/// A service with a certificate for `name`, by an authority of its own, whose certificate is left in `ca.pem`.
fn certificates(folder: &std::path::Path, name: &str) {
    let run = |arguments: &str| {
        let words = arguments.split(' ').map(|word| word.replace('+', " "));
        let output = Command::new("openssl").args(words).current_dir(folder).output().expect("openssl");
        assert!(output.status.success(), "{arguments}: {}", String::from_utf8_lossy(&output.stderr));
    };
    fs::write(folder.join("names"), format!("subjectAltName=DNS:{name}\n")).unwrap();
    run(
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=test -keyout ca.key -out ca.pem",
    );
    run(
        "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=service -keyout key.pem -out request.pem",
    );
    run(
        "x509 -req -in request.pem -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile names -out cert.pem",
    );
}

#[test]
fn a_service_whose_certificate_is_anothers_gets_no_token() {
    let folder = tempfile::tempdir().unwrap();
    for (name, trusted, status) in [
        ("api.partnercenter.microsoft.com", true, 200),
        ("attacker.example", true, 502),
        ("api.partnercenter.microsoft.com", false, 502),
    ] {
        certificates(folder.path(), name);
        let place = folder.path().display();
        // nginx itself stands for the service.
        let service = format!(
            "server {{ listen 127.0.0.1:SECURE ssl; ssl_certificate {place}/cert.pem; ssl_certificate_key {place}/key.pem; \
             access_log {place}/service.log; return 200 '{{}}'; }}"
        );
        let _ = fs::remove_file(folder.path().join("service.log"));
        let login = Service::start(login);
        let files = files("https://127.0.0.1:SECURE", login.port, |file, text| {
            if file == "locations.conf" && trusted {
                put(&text, "/etc/ssl/certs/ca-certificates.crt", &format!("{place}/ca.pem"))
            } else {
                text
            }
        });
        let nginx = Nginx::start(&files, &format!("{}\n{service}", server()));
        let answer = own("GET", "/v1/customers").send(nginx.port);
        assert_eq!(answer.status, status, "{name} {trusted}: {}", answer.text());
        drop(nginx);
        let reached = fs::read_to_string(folder.path().join("service.log")).unwrap_or_default();
        assert_eq!(reached.lines().count(), usize::from(status == 200), "{reached}");
    }
}
