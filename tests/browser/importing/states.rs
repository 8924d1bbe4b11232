//! The browser is closed while a row is in each of its states, and the same file is chosen again: whatever had arrived, every
//! user is there once, with its licence and its role.

use std::fmt::Write as _;

use cartera_tests::{Method, Page, Setup, in_chromium};
use serde_json::{Value, json};

use super::resuming::is_killed;
use super::{DOMAIN, FAST, PREMIUM, SKU, choose, open, start, to_plan};

const ROLE: &str = "Service Support Administrator";

/// Holds what the page asks of the service or writes into its journal, by `window.hold`:
/// `path`, `method` and `skip` say from which request on; `when` is `before` (it never leaves) or `after` (it arrives, and the
/// answer does not). `journal` is `lost` (never written) or `untold` (written, and nobody is told), from the answer to a
/// `POST` of `/users` on where `late` is set.
const HOLD: &str = r"
    const real = window.fetch;
    window.fetch = async (...all) => {
      const request = all[0];
      const path = new URL(request.url ?? request, location).pathname;
      const method = request.method ?? all[1]?.method ?? 'GET';
      const hold = window.hold;
      const is = hold?.path && method === hold.method && new RegExp(hold.path).test(path) && (hold.seen = (hold.seen ?? 0) + 1) > (hold.skip ?? 0);
      if (is && hold.when === 'before') { window.held = true; return new Promise(() => {}); }
      const answer = await real(...all);
      if (hold?.late && method === 'POST' && /\/users\/?$/.test(path)) hold.late = false;
      if (is) { window.held = true; return new Promise(() => {}); }
      return answer;
    };
    const transaction = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (store, mode, ...more) {
      const hold = window.hold;
      if (mode !== 'readwrite' || !hold?.journal || hold.late) return transaction.call(this, store, mode, ...more);
      if (!hold.path) window.held = true;
      const lines = hold.journal === 'lost' ? { put() {}, delete() {} } : transaction.call(this, store, mode, ...more).objectStore(store);
      return { objectStore: () => lines };
    };";

/// Where the browser is closed, and how the rows end.
struct Case {
    what: &'static str,
    names: [&'static str; 3],
    hold: fn() -> Value,
    /// What is seen right before; empty to wait for what is held.
    sees: &'static str,
    /// Names that are no users in the end, since the service refused them.
    refused: usize,
}

const PLAIN: [&str; 3] = ["ana", "ben", "cleo"];

const fn plain(what: &'static str, hold: fn() -> Value) -> Case {
    Case { what, names: PLAIN, hold, sees: "", refused: 0 }
}

fn file(case: &Case, domain: &str) -> String {
    let mut text = "Nombre para mostrar;Correo electrónico;Ubicación;Licencias;Roles\r\n".to_owned();
    for name in case.names {
        let _ = write!(text, "Ana {name};{name}@{domain};España;{PREMIUM};{ROLE}\r\n");
    }
    text
}

async fn entries(page: &Page) -> Vec<Value> {
    let ledger = page.sandbox.control(Method::GET, "ledger", &Value::Null).await;
    ledger["entries"].as_array().expect("entries").clone()
}

/// How many of a user's things the service has at this path.
async fn count(page: &Page, path: &str) -> usize {
    page.sandbox.read(path).await["items"].as_array().map_or(0, Vec::len)
}

async fn close_at(page: &Page, number: usize, case: &Case) {
    let domain = format!("estado{number}.onmicrosoft.com");
    let made = page.sandbox.colleague(json!({ "create_customer": { "domain": domain } })).await;
    let id = made["customer"]["id"].as_str().expect("an id").to_owned();
    page.sandbox.colleague(json!({ "customer": id, "seats": { SKU: 9 } })).await;
    let file = file(case, &domain);
    open(page, &id).await;
    choose(page, "altas.csv", file.as_bytes()).await;
    to_plan(page).await;
    page.eval::<()>(&format!("void (window.hold = {})", (case.hold)())).await;
    start(page).await;
    if case.sees.is_empty() {
        page.until(&format!("{}: it is held", case.what), "window.held === true").await;
    } else {
        page.sees(case.sees).await;
    }
    is_killed(page).await;
    page.open("/settings").await;

    open(page, &id).await;
    choose(page, "altas.csv", file.as_bytes()).await;
    to_plan(page).await;
    start(page).await;
    page.address_is(&format!("/customers/{id}/import/results")).await;

    let mut times = std::collections::BTreeMap::<String, usize>::new();
    for entry in entries(page).await {
        if entry["kind"] == "user" && entry["action"] == "created" && entry["customer"] == id.as_str() {
            *times.entry(entry["id"].to_string()).or_default() += 1;
        }
    }
    assert!(times.values().all(|times| *times == 1), "{}: {times:?}", case.what);
    let list = page.sandbox.read(&format!("/customers/{id}/users?size=500")).await;
    let mut found = Vec::new();
    for user in list["items"].as_array().expect("users") {
        let name = user["userPrincipalName"].as_str().expect("a name");
        let Some(name) = case.names.iter().find(|known| name == format!("{known}@{domain}")) else {
            continue;
        };
        let own = format!("/customers/{id}/users/{}", user["id"].as_str().expect("an id"));
        assert_eq!(count(page, &format!("{own}/licenses")).await, 1, "{}: the licence of {name}", case.what);
        assert_eq!(
            count(page, &format!("{own}/directoryroles")).await,
            1,
            "{}: the role of {name}",
            case.what
        );
        found.push(*name);
    }
    assert_eq!(found.len(), 3 - case.refused, "{}: {found:?}", case.what);
    assert_eq!(times.len(), 3 - case.refused, "{}: {times:?}", case.what);
}

fn close_at_each(cases: &[Case]) {
    in_chromium(Setup::default(), async |page| {
        page.before_every_document(FAST).await;
        page.before_every_document(HOLD).await;
        for text in ["ERR_", "400", "500"] {
            page.expect_console(text);
        }
        for (number, case) in cases.iter().enumerate() {
            close_at(page, number, case).await;
        }
    });
}

#[test]
fn closed_before_and_while_a_user_is_sent() {
    close_at_each(&[
        plain(
            "waiting: the listing is under way",
            || json!({ "method": "GET", "path": "/users/?$", "when": "before" }),
        ),
        plain("the journal is not written", || json!({ "journal": "lost" })),
        plain("the journal is written, nothing is sent", || json!({ "journal": "untold" })),
        plain(
            "sent, and it never arrived",
            || json!({ "method": "POST", "path": "/users/?$", "when": "before" }),
        ),
        plain(
            "sent and made, the answer did not come",
            || json!({ "method": "POST", "path": "/users/?$", "when": "after" }),
        ),
    ]);
}

#[test]
fn closed_while_it_is_not_known_whether_a_user_is_there() {
    let names = ["ana", "fault-error-after-ben", "fault-error-before-cleo"];
    close_at_each(&[
        Case {
            what: "it settles",
            names,
            hold: || json!({}),
            sees: "Sin respuesta, se verificará",
            refused: 0,
        },
        // The first listing asks for those who are there and for the deleted.
        Case {
            what: "it is looked for",
            names,
            hold: || json!({ "method": "GET", "path": "/users/?$", "skip": 2, "when": "before" }),
            sees: "",
            refused: 0,
        },
        Case {
            what: "found, its password not proved",
            names,
            hold: || json!({ "method": "POST", "path": "/licenseupdates$", "when": "before" }),
            sees: "Creado, contraseña sin confirmar",
            refused: 0,
        },
    ]);
}

#[test]
fn closed_after_a_user_was_created() {
    close_at_each(&[
        plain(
            "created, the journal does not know",
            || json!({ "method": "POST", "path": "/licenseupdates$", "when": "before", "journal": "lost", "late": true }),
        ),
        plain(
            "created, its licence never left",
            || json!({ "method": "POST", "path": "/licenseupdates$", "when": "before" }),
        ),
        plain(
            "its licence is given, the answer did not come",
            || json!({ "method": "POST", "path": "/licenseupdates$", "when": "after" }),
        ),
        plain(
            "licensed, its role never left",
            || json!({ "method": "POST", "path": "/usermembers$", "when": "before" }),
        ),
        plain(
            "its role is given, the answer did not come",
            || json!({ "method": "POST", "path": "/usermembers$", "when": "after" }),
        ),
    ]);
}

#[test]
fn closed_after_a_row_was_refused() {
    close_at_each(&[Case {
        what: "one is refused, the others have no licence yet",
        names: ["ana", "fault-always-refused-ben", "cleo"],
        hold: || json!({ "method": "POST", "path": "/licenseupdates$", "when": "before" }),
        sees: "",
        refused: 1,
    }]);
}

#[test]
fn closed_when_all_was_done() {
    in_chromium(Setup::default(), async |page| {
        page.before_every_document(FAST).await;
        let id = super::customer(page, 9).await;
        let file = super::list(&PLAIN);
        open(page, &id).await;
        choose(page, "altas.csv", file.as_bytes()).await;
        to_plan(page).await;
        start(page).await;
        page.find("heading", "3 usuarios creados").await;
        is_killed(page).await;
        page.open("/settings").await;
        open(page, &id).await;
        // Nobody has the passwords: they were in that tab only.
        page.sees("no consta que sus contraseñas se guardaran").await;
        choose(page, "altas.csv", file.as_bytes()).await;
        to_plan(page).await;
        start(page).await;
        page.find("heading", "3 usuarios creados").await;
        gets_a_password_that_signs_in(page, 0, "ana").await;
        page.click("checkbox", "He guardado las contraseñas").await;
        // And now somebody does.
        page.click("link", "Terminar y volver al cliente").await;
        page.open("/settings").await;
        open(page, &id).await;
        choose(page, "altas.csv", file.as_bytes()).await;
        to_plan(page).await;
        page.sees("3 ya existen").await;
        assert!(!page.text().await.contains("no consta que"));
        assert_eq!(super::created(page).await, 3, "each once");
    });
}

/// Gives the row's person a new password, and asks the service whether it is the one that the page shows.
async fn gets_a_password_that_signs_in(page: &Page, number: usize, name: &str) {
    page.click("button", &format!("Restablecer la contraseña de Ana Sanz {number}")).await;
    page.click("button", &format!("Mostrar la contraseña de Ana Sanz {number}")).await;
    let password: String = page.eval("document.querySelector('table code').textContent").await;
    let asked = json!({ "userPrincipalName": format!("{name}@{DOMAIN}"), "password": password });
    let right = page.sandbox.control(Method::POST, "password", &asked).await;
    assert!(right.to_string().contains("true"), "{name}: {right}");
    page.click("button", &format!("Ocultar la contraseña de Ana Sanz {number}")).await;
}

/// The tab is killed, the same file is chosen again, and the run goes to its end.
async fn comes_back_to_the_end(page: &Page, id: &str, file: &str) {
    is_killed(page).await;
    page.open("/settings").await;
    open(page, id).await;
    choose(page, "altas.csv", file.as_bytes()).await;
    to_plan(page).await;
    start(page).await;
    page.address_is(&format!("/customers/{id}/import/results")).await;
}

#[test]
fn closed_while_a_password_is_reset() {
    in_chromium(Setup::default(), async |page| {
        page.before_every_document(FAST).await;
        page.before_every_document(HOLD).await;
        for text in ["ERR_", "500"] {
            page.expect_console(text);
        }
        let id = super::customer(page, 9).await;
        let file = super::list(&["ana", "fault-error-after-ben"]);
        open(page, &id).await;
        choose(page, "altas.csv", file.as_bytes()).await;
        to_plan(page).await;
        start(page).await;
        page.find("heading", "2 usuarios creados").await;
        // It never leaves; then it arrives, and nobody is told. Whatever the password is now, it is not claimed to be known.
        for when in ["before", "after"] {
            page.eval::<()>(&format!(
                "void (window.held = false, window.hold = {})",
                json!({ "method": "PATCH", "path": "/resetpassword$", "when": when })
            ))
            .await;
            page.click("button", "Restablecer la contraseña de Ana Sanz 1").await;
            page.until("the new password is held", "window.held === true").await;
            comes_back_to_the_end(page, &id, &file).await;
            page.sees("Creados, contraseña sin confirmar").await;
            assert!(
                !page.has("button", "Mostrar la contraseña de Ana Sanz 1").await,
                "{when}: nobody knows it"
            );
        }
        gets_a_password_that_signs_in(page, 1, "fault-error-after-ben").await;
        assert_eq!(super::created(page).await, 2, "each once");
    });
}

#[test]
fn a_new_password_that_was_refused_or_whose_answer_was_lost_is_told_and_given_again() {
    in_chromium(Setup::default(), async |page| {
        page.before_every_document(FAST).await;
        page.before_every_document(HOLD).await;
        for text in ["ERR_", "400", "500"] {
            page.expect_console(text);
        }
        let id = super::customer(page, 9).await;
        let file = super::list(&["fault-password-error-after-ana", "fault-password-400-ben"]);
        open(page, &id).await;
        choose(page, "altas.csv", file.as_bytes()).await;
        to_plan(page).await;
        page.eval::<()>("void (window.hold = { method: 'POST', path: '/licenseupdates$', when: 'before' })")
            .await;
        start(page).await;
        page.until("the licence is held", "window.held === true").await;
        // The passwords were in that tab only.
        comes_back_to_the_end(page, &id, &file).await;
        gets_a_password_that_signs_in(page, 0, "fault-password-error-after-ana").await;
        page.click("button", "Restablecer la contraseña de Ana Sanz 1").await;
        page.sees("400").await;
        gets_a_password_that_signs_in(page, 1, "fault-password-400-ben").await;
    });
}
