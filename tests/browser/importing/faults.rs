//! Every fault of the service by hand, through sentinel names and rules: each user is there once, and the page tells no more.

use std::fmt::Write as _;

use std::time::{Duration, Instant};

use cartera_tests::{Page, Setup, in_chromium};
use serde_json::json;

use super::{DOMAIN, FAST, PREMIUM, choose, created, customer, open, start, to_plan, users};

const ROLE: &str = "Service Support Administrator";

/// What happens to the creation of one user, and passes.
const PASSING: [&str; 18] = [
    "throttle",
    "throttle-date",
    "throttle-text",
    "throttle-bare",
    "error-before",
    "error-empty",
    "error-after",
    "lost-answer",
    "late-landing",
    "lag",
    "slow-body",
    "broken-body",
    "garbage",
    "html",
    "truncated",
    "empty200",
    "bom",
    "expired",
];

/// What is told of a single row.
const REFUSING: [&str; 4] = ["always-refused", "always-exists", "always-no-seats", "always-not-found"];

/// What concerns all rows, and holds the run until a person goes on.
const HOLDING: [&str; 8] = [
    "mfa",
    "mfa-header",
    "forbidden",
    "app-only",
    "role-missing",
    "conditional-access",
    "action-not-allowed",
    "no-relationship",
];

/// What happens to a step after the creation.
const STEPS: [&str; 5] = [
    "licences-lost-answer",
    "licences-error-before",
    "roles-error-after",
    "roles-lost-answer",
    "licences-garbage",
];

/// What is wrong with the list of those who are there.
const LISTS: [&str; 6] = ["wrong_total", "repeat_id", "page_order", "garbage", "html", "error_before"];

fn expect_all(page: &Page) {
    for text in ["400", "401", "403", "404", "409", "429", "500", "502", "503", "ERR_"] {
        page.expect_console(text);
    }
}

fn file<'a>(kinds: impl Iterator<Item = &'a str>) -> String {
    let mut text = "Nombre para mostrar;Correo electrónico;Ubicación;Licencias;Roles\r\n".to_owned();
    for kind in kinds {
        let _ = write!(text, "Ana {kind};fault-{kind}@{DOMAIN};España;{PREMIUM};{ROLE}\r\n");
    }
    text
}

/// Goes on wherever the page waits for a person, until the result is there. A fault that lands late takes its time.
async fn to_the_result(page: &Page) {
    let begin = Instant::now();
    let look = "(() => { document.querySelector('main .bar-actions .btn')?.click(); return location.pathname.endsWith('/results'); })()";
    while !page.eval::<bool>(look).await {
        assert!(begin.elapsed() < Duration::from_secs(120), "there is no result: {}", page.text().await);
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
}

/// As many as the page says that it has created are there, each once.
async fn holds(page: &Page, id: &str, count: usize) {
    page.sees(&format!("{count} usuarios creados")).await;
    assert_eq!(users(page, id).await.len(), count);
    assert_eq!(created(page).await, count, "each once");
}

#[test]
fn what_passes_leaves_each_user_there_once_and_what_is_refused_is_told() {
    in_chromium(Setup::default(), async |page| {
        page.before_every_document(FAST).await;
        expect_all(page);
        let id = customer(page, 60).await;
        open(page, &id).await;
        choose(page, "altas.csv", file(PASSING.into_iter().chain(REFUSING)).as_bytes()).await;
        to_plan(page).await;
        start(page).await;
        to_the_result(page).await;
        holds(page, &id, PASSING.len()).await;
        let told: usize = page.eval("document.querySelectorAll('td.wrap-cell').length").await;
        assert_eq!(told, REFUSING.len());
    });
}

#[test]
fn what_happens_to_licences_and_roles_is_settled_too() {
    in_chromium(Setup::default(), async |page| {
        page.before_every_document(FAST).await;
        expect_all(page);
        let id = customer(page, 60).await;
        open(page, &id).await;
        choose(page, "altas.csv", file(STEPS.into_iter()).as_bytes()).await;
        to_plan(page).await;
        start(page).await;
        to_the_result(page).await;
        holds(page, &id, STEPS.len()).await;
        let list = page.sandbox.read(&format!("/customers/{id}/users?size=500")).await;
        for user in list["items"].as_array().expect("users") {
            let name = user["userPrincipalName"].as_str().expect("a name");
            if name.starts_with("fault-") {
                for what in ["licenses", "directoryroles"] {
                    let path =
                        format!("/customers/{id}/users/{}/{what}", user["id"].as_str().expect("an id"));
                    assert_eq!(
                        page.sandbox.read(&path).await["items"].as_array().map_or(0, Vec::len),
                        1,
                        "{what} of {name}"
                    );
                }
            }
        }
    });
}

#[test]
fn what_concerns_all_rows_holds_until_a_person_goes_on() {
    in_chromium(Setup::default(), async |page| {
        page.before_every_document(FAST).await;
        expect_all(page);
        let id = customer(page, 60).await;
        let mut before = 0;
        for kind in HOLDING {
            open(page, &id).await;
            choose(page, "altas.csv", file([kind].into_iter()).as_bytes()).await;
            to_plan(page).await;
            start(page).await;
            page.until(&format!("{kind} is told"), "Boolean(document.querySelector('main .bar-warn'))").await;
            assert_eq!(created(page).await, before, "{kind}: nothing is created while it holds");
            to_the_result(page).await;
            before += 1;
            assert_eq!((users(page, &id).await.len(), created(page).await), (before, before), "{kind}: once");
            page.click("checkbox", "He guardado las contraseñas").await;
        }
    });
}

#[test]
fn a_list_that_is_odd_makes_nobody_twice() {
    in_chromium(Setup::default(), async |page| {
        page.before_every_document(FAST).await;
        expect_all(page);
        let id = customer(page, 60).await;
        for (at, kind) in LISTS.into_iter().enumerate() {
            open(page, &id).await;
            let text = format!(
                "Nombre;Correo electrónico\nAna;u{at}@{DOMAIN}\nBen;fault-lost-answer-{at}@{DOMAIN}\n"
            );
            choose(page, "altas.csv", text.as_bytes()).await;
            to_plan(page).await;
            page.sandbox.set_faults(json!([{ "kind": kind, "method": "GET", "path": format!("/v1/customers/{id}/users"), "count": 2 }])).await;
            start(page).await;
            to_the_result(page).await;
            page.sandbox.set_faults(json!([])).await;
            let all = (at + 1) * 2;
            assert_eq!((users(page, &id).await.len(), created(page).await), (all, all), "{kind}: each once");
            page.click("checkbox", "He guardado las contraseñas").await;
        }
    });
}
