//! The partner's own login, which is asked about every call.

use hosting_tests::{answer, call};
use serde_json::Value;

use crate::world::{COOKIE, TOKEN, World, login, own};

#[test]
fn without_a_session_nothing_reaches_the_service() {
    let world = World::new();
    for target in ["/v1/customers", "/v1/.session"] {
        for cookie in [None, Some("__Host-cartera=stale"), Some("other=1")] {
            let mut request = own("GET", target).without("Cookie");
            if let Some(cookie) = cookie {
                request = request.with("Cookie", cookie);
            }
            let answer = world.send(&request);
            assert_eq!(answer.status, 401, "{target} {cookie:?}");
            assert!(answer.text().contains("Nobody is signed in"), "{}", answer.text());
            // A browser that is asked for a password would ask the person.
            assert_eq!(answer.header("www-authenticate"), "");
        }
    }
    assert!(world.service.heard().is_empty());
}

#[test]
fn the_login_hears_the_cookie_and_nothing_of_the_call() {
    let world = World::new();
    let request =
        own("POST", "/v1/customers?name=Planted").with("X-Anything", "else").body("{\"password\":1}");
    assert_eq!(world.send(&request).status, 200);
    let heard = world.login.last();
    assert_eq!(
        (heard.line.as_str(), heard.header("cookie"), heard.body.len()),
        ("GET /oauth2/auth", COOKIE, 0)
    );
    let mut names: Vec<&str> = heard.headers.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["cookie", "host", "x-forwarded-proto"]);
}

#[test]
fn a_login_that_refuses_or_fails_lets_nobody_pass() {
    for (says, status, words) in [
        ("403 Forbidden", 403, "does not let this person in"),
        ("500 Internal Server Error", 503, "login service does not answer"),
        ("302 Found", 503, "login service does not answer"),
        ("", 503, "login service does not answer"),
    ] {
        let world = World::changed(
            |_| answer("200 OK", &[], b""),
            move |_| if says.is_empty() { Vec::new() } else { answer(says, &[("Location", "/x")], b"") },
            |_, text| text,
        );
        let refused = world.send(&own("GET", "/v1/customers"));
        assert_eq!(
            (refused.status, refused.text().contains(words)),
            (status, true),
            "{says}: {}",
            refused.text()
        );
        assert_eq!(refused.header("location"), "");
        assert!(world.service.heard().is_empty(), "{says}");
    }
}

#[test]
fn the_token_stays_behind_the_gateway() {
    let world = World::new();
    for target in ["/v1/customers", "/v1/.session"] {
        let answer = world.send(&own("GET", target));
        assert!(!format!("{answer:?} {}", answer.text()).contains(TOKEN), "{answer:?}");
    }
    // Nor can it be asked for.
    for target in ["/oauth2/auth", "/.cartera/login"] {
        assert_eq!(world.send(&own("GET", target)).status, 404, "{target}");
    }
    // A session without one calls without one.
    let world = World::changed(
        |_| answer("401 Unauthorized", &[], b""),
        |_| answer("202 Accepted", &[], b""),
        |_, text| text,
    );
    assert_eq!(world.send(&own("GET", "/v1/customers")).status, 401);
    assert_eq!(world.service.last().header("authorization"), "");
}

#[test]
fn the_session_tells_who_the_agent_is() {
    let world = World::new();
    let session = world.send(&own("GET", "/v1/.session"));
    assert_eq!((session.status, session.header("content-type").as_str()), (200, "application/json"));
    let session: Value = serde_json::from_slice(&session.body).unwrap();
    assert_eq!(session["agent"]["userPrincipalName"], "agent@partner.example");
    assert_eq!(session["roles"], serde_json::json!(["AdminAgent", "HelpdeskAgent"]));
    assert_eq!((&session["partner"]["kind"], &session["cloud"]), (&"direct".into(), &"global".into()));
    assert!(world.service.heard().is_empty());
}

#[test]
fn a_name_that_would_break_the_session_is_left_out() {
    for name in ["\",\"roles\":[\"GlobalAdmin\"],\"x\":\"", "a\\", "<script>", "a b", "é@partner.example"] {
        let world = World::changed(
            |_| Vec::new(),
            move |_| {
                answer(
                    "202 Accepted",
                    &[("X-Auth-Request-Preferred-Username", name), ("X-Auth-Request-Groups", "\"],")],
                    b"",
                )
            },
            |_, text| text,
        );
        let session: Value = serde_json::from_slice(&world.send(&own("GET", "/v1/.session")).body).unwrap();
        assert_eq!(session["agent"]["userPrincipalName"], "", "{name}");
        assert_eq!(session["roles"], Value::Null, "{name}");
    }
}

#[test]
fn a_renewed_cookie_passes_only_where_no_script_and_no_other_site_gets_at_it() {
    for (cookie, passes) in [
        ("__Host-cartera=new; Path=/; Secure; HttpOnly; SameSite=Lax", true),
        ("__Host-cartera=new; Path=/; HttpOnly; Secure; SameSite=Strict", true),
        ("__Host-cartera=new; Path=/; Secure; HttpOnly; SameSite=None", false),
        ("__Host-cartera=new; Path=/; Secure; SameSite=Lax", false),
        ("__Host-cartera=new; Path=/; HttpOnly; SameSite=Lax", false),
        ("cartera=new; Path=/; Secure; HttpOnly; SameSite=Lax", false),
    ] {
        let world = World::changed(
            |_| answer("200 OK", &[("Set-Cookie", "service=1")], b"{}"),
            move |heard| {
                let known = String::from_utf8(login(heard)).unwrap();
                known.replacen("\r\n", &format!("\r\nSet-Cookie: {cookie}\r\n"), 1).into_bytes()
            },
            |_, text| text,
        );
        for target in ["/v1/customers", "/v1/.session"] {
            let answer = world.send(&own("GET", target));
            assert_eq!(answer.header("set-cookie"), if passes { cookie } else { "" }, "{target}");
        }
    }
}

#[test]
fn signing_in_goes_through_the_same_origin_with_a_cookie_that_is_kept_close() {
    let world = World::changed(
        |_| Vec::new(),
        |_| {
            answer(
                "302 Found",
                &[
                    ("Location", "https://login.microsoftonline.com/x"),
                    ("Set-Cookie", "__Host-cartera=s; Path=/"),
                ],
                b"",
            )
        },
        |_, text| text,
    );
    let begun = world.send(&call("GET", "/oauth2/start?rd=%2Fcustomers").with("Sec-Fetch-Site", "none"));
    assert_eq!(
        (begun.status, begun.header("location").as_str()),
        (302, "https://login.microsoftonline.com/x")
    );
    let cookie = begun.header("set-cookie").to_ascii_lowercase();
    for flag in ["secure", "httponly", "samesite=lax"] {
        assert!(cookie.contains(flag), "{cookie}");
    }
    assert_eq!(begun.header("cache-control"), "no-store");
    assert_eq!(begun.header("x-frame-options"), "DENY");
    assert_eq!(world.login.last().line, "GET /oauth2/start?rd=%2Fcustomers");
}
