//! Mistakes to plant: a change of what a good host would answer, and the rule that has to find it.

use super::Answer;
use super::tests::{Mistake, PROGRAM, html};
use crate::is_hashed;

pub(super) fn set(answer: &mut Answer, name: &str, value: &str) {
    remove(answer, name);
    answer.headers.push((name.to_owned(), value.to_owned()));
}

fn remove(answer: &mut Answer, name: &str) {
    answer.headers.retain(|(known, _)| known != name);
}

/// Changes the policy.
fn policy(answer: &mut Answer, old: &str, new: &str) {
    let changed = answer.header("content-security-policy").replace(old, new);
    set(answer, "content-security-policy", &changed);
}

/// Each planted mistake, and the rule that has to find it.
pub(super) const MISTAKES: &[(&str, Mistake)] = &[
    ("Content-Security-Policy", |_, _, answer| remove(answer, "content-security-policy")),
    ("Content-Security-Policy", |_, _, answer| {
        answer.headers.push(("content-security-policy".to_owned(), "default-src *".to_owned()));
    }),
    ("Content-Security-Policy: script-src", |_, _, answer| {
        policy(answer, "'wasm-unsafe-eval'", "'unsafe-eval'");
    }),
    ("Content-Security-Policy: script-src", |_, _, answer| {
        policy(answer, "script-src 'self'", "script-src 'self' 'unsafe-inline'");
    }),
    ("Content-Security-Policy: connect-src", |_, _, answer| {
        policy(answer, "connect-src 'self'", "connect-src *");
    }),
    ("Content-Security-Policy: connect-src", |_, _, answer| policy(answer, "connect-src 'self'; ", "")),
    ("Content-Security-Policy: base-uri", |_, _, answer| policy(answer, "base-uri 'none'; ", "")),
    ("Content-Security-Policy: require-trusted-types-for", |_, _, answer| {
        policy(answer, "require-trusted-types-for 'script'", "");
    }),
    ("Content-Security-Policy: script-src-elem", |_, _, answer| {
        policy(answer, "frame-src 'none'", "frame-src 'none'; script-src-elem *");
    }),
    ("Content-Security-Policy: frame-ancestors", |path, _, answer| {
        if path.is_empty() {
            policy(answer, "frame-ancestors 'none'", "frame-ancestors *");
        }
    }),
    ("Content-Security-Policy: frame-ancestors", |path, _, answer| {
        if path == "embed.html" {
            policy(answer, "frame-ancestors https://portal.example", "frame-ancestors 'none'");
        }
    }),
    ("Cross-Origin-Opener-Policy", |path, _, answer| {
        if path == "auth/callback.html" {
            set(answer, "cross-origin-opener-policy", "same-origin");
        }
    }),
    ("X-Frame-Options", |path, _, answer| {
        if path == "embed.html" {
            set(answer, "x-frame-options", "SAMEORIGIN");
        }
    }),
    ("Cross-Origin-Opener-Policy", |_, _, answer| remove(answer, "cross-origin-opener-policy")),
    ("Cross-Origin-Resource-Policy", |_, _, answer| {
        set(answer, "cross-origin-resource-policy", "cross-origin");
    }),
    ("X-Content-Type-Options", |_, _, answer| remove(answer, "x-content-type-options")),
    ("X-Content-Type-Options", |_, _, answer| {
        if answer.status == 404 {
            remove(answer, "x-content-type-options");
        }
    }),
    ("Referrer-Policy", |_, _, answer| set(answer, "referrer-policy", "origin")),
    ("Permissions-Policy", |_, _, answer| remove(answer, "permissions-policy")),
    ("Strict-Transport-Security", |_, _, answer| remove(answer, "strict-transport-security")),
    ("Strict-Transport-Security", |_, _, answer| {
        set(answer, "strict-transport-security", "max-age=300; includeSubDomains");
    }),
    ("access-control-allow-origin", |_, _, answer| set(answer, "access-control-allow-origin", "*")),
    ("set-cookie", |_, _, answer| set(answer, "set-cookie", "a=1")),
    ("x-powered-by", |_, _, answer| set(answer, "x-powered-by", "Express")),
    ("server", |_, _, answer| set(answer, "server", "nginx/1.22.1")),
    ("Content-Type", |path, _, answer| {
        if path == PROGRAM {
            set(answer, "content-type", "application/octet-stream");
        }
    }),
    ("Content-Type", |path, _, answer| {
        if path.is_empty() {
            set(answer, "content-type", "text/html");
        }
    }),
    ("Cache-Control", |path, _, answer| {
        if path.is_empty() {
            set(answer, "cache-control", "public, max-age=3600");
        }
    }),
    ("Cache-Control", |path, _, answer| {
        if is_hashed(path) && answer.status == 200 {
            set(answer, "cache-control", "no-cache, public, max-age=31536000, immutable");
        }
    }),
    ("Cache-Control", |path, _, answer| {
        if path == PROGRAM {
            remove(answer, "cache-control");
        }
    }),
    ("Cache-Control", |path, _, answer| {
        if path == "auth/callback.html" {
            set(answer, "cache-control", "no-cache");
        }
    }),
    ("validator", |_, _, answer| remove(answer, "etag")),
    ("compression", |_, _, answer| remove(answer, "content-encoding")),
    ("compression", |_, _, answer| {
        if answer.has("content-encoding") {
            set(answer, "content-encoding", "gzip");
        }
    }),
    ("Vary", |_, _, answer| remove(answer, "vary")),
    ("status", |path, _, answer| {
        if path == "customers/contoso.example" {
            answer.status = 404;
        }
    }),
    ("page", |path, _, answer| {
        if path == "customers/contoso.example" {
            answer.body = b"<h1>Welcome to nginx</h1>".to_vec();
        }
    }),
    ("missing file", |_, _, answer| {
        if answer.status == 404 {
            answer.status = 200;
            answer.body = html().body;
            set(answer, "content-type", "text/html; charset=utf-8");
        }
    }),
    ("missing file is not kept", |_, _, answer| {
        if answer.status == 404 {
            set(answer, "cache-control", "public, max-age=31536000, immutable");
        }
    }),
    ("status", |path, _, answer| {
        if path == PROGRAM {
            answer.status = 404;
        }
    }),
    ("content", |path, _, answer| {
        if path == PROGRAM {
            answer.body.push(b'x');
        }
    }),
    ("program", |path, _, answer| {
        if path.is_empty() || path == "customers/contoso.example" {
            answer.body = b"<!doctype html>".to_vec();
        }
    }),
    ("settings", |path, _, answer| {
        if path == "config.json" {
            answer.body = b"<!doctype html>".to_vec();
        }
    }),
    ("base without slash", |path, _, answer| {
        if path == "/p" {
            answer.status = 200;
        }
    }),
    ("http leads to https", |_, request, answer| {
        if request.unencrypted {
            answer.status = 200;
        }
    }),
    ("gateway", |path, _, answer| {
        if path.starts_with("/v1") {
            *answer = html();
            set(answer, "content-type", "text/html; charset=utf-8");
        }
    }),
    ("gateway: Cache-Control", |path, _, answer| {
        if path.starts_with("/v1") {
            remove(answer, "cache-control");
        }
    }),
    ("gateway: origins", |path, _, answer| {
        if path.starts_with("/v1") {
            set(answer, "access-control-allow-origin", "*");
        }
    }),
];
