//! One import after another: nothing that is only in the page is lost by the next one.

use cartera_tests::{Page, SandboxOptions, Setup, in_browser};
use serde_json::{Value, json};

use super::{choose, created, customer, list, open, start, to_plan};

const ONLY_HERE: &str = "solo están en esta página";

/// Goes to an address inside the application, as a link there does.
async fn go(page: &Page, path: &str) {
    page.eval::<Value>(&format!(
        "(history.pushState(null, '', '{path}'), dispatchEvent(new PopStateEvent('popstate')), null)"
    ))
    .await;
}

async fn other_customer(page: &Page) -> String {
    let made =
        page.sandbox.colleague(json!({ "create_customer": { "domain": "otro.onmicrosoft.com" } })).await;
    made["customer"]["id"].as_str().expect("an id").to_owned()
}

/// Creates these users, up to the results.
async fn create(page: &Page, names: &[&str]) {
    choose(page, "altas.csv", list(names).as_bytes()).await;
    to_plan(page).await;
    start(page).await;
}

#[test]
fn another_file_comes_after_the_passwords_are_kept() {
    in_browser(Setup::default(), async |page| {
        let id = customer(page, 9).await;
        open(page, &id).await;
        create(page, &["ana"]).await;
        page.find("heading", "1 usuario creado").await;
        page.click("link", "Otro archivo").await;
        page.sees(ONLY_HERE).await;
        page.lacks("heading", "Suelte aquí un archivo de usuarios").await;
        page.click("link", "Ir a esa importación").await;
        page.find("button", "Mostrar la contraseña de Ana Sanz 0").await;
        page.click("checkbox", "He guardado las contraseñas").await;
        page.click("link", "Otro archivo").await;
        create(page, &["ben"]).await;
        page.find("heading", "1 usuario creado").await;
        assert_eq!(created(page).await, 2);
    });
}

#[test]
fn a_user_typed_by_hand_comes_after_another() {
    in_browser(Setup::default(), async |page| {
        let id = customer(page, 9).await;
        open(page, &id).await;
        create(page, &["ana"]).await;
        page.find("heading", "1 usuario creado").await;
        page.click("checkbox", "He guardado las contraseñas").await;
        page.click("link", "Terminar y volver al cliente").await;
        page.click("button", "Agregar usuario").await;
        page.find("grid", "Usuarios del archivo").await;
        page.address_is(&format!("/customers/{id}/import/repair")).await;
    });
}

#[test]
fn trying_again_waits_for_the_passwords_of_those_who_were_created() {
    in_browser(Setup::default(), async |page| {
        page.expect_console("400");
        let id = customer(page, 9).await;
        open(page, &id).await;
        create(page, &["ana", "fault-400-ben"]).await;
        page.find("heading", "1 usuario creado").await;
        page.click("button", "Reintentar 1").await;
        page.toast_says("Guarde antes las contraseñas: solo están en esta página.").await;
        page.find("button", "Mostrar la contraseña de Ana Sanz 0").await;
        page.click("checkbox", "He guardado las contraseñas").await;
        page.click("button", "Reintentar 1").await;
        page.sees("Filas: 1.").await;
    });
}

#[test]
fn another_customers_import_waits_for_a_run_its_passwords_and_what_was_typed() {
    let sandbox = SandboxOptions { latency_ms: 150, ..SandboxOptions::default() };
    in_browser(Setup { sandbox, ..Setup::default() }, async |page| {
        let (id, other) = (customer(page, 20).await, other_customer(page).await);
        let theirs = format!("/customers/{other}/import");
        open(page, &id).await;
        let names: Vec<String> = (0..16).map(|at| format!("u{at:02}")).collect();
        create(page, &names.iter().map(String::as_str).collect::<Vec<_>>()).await;
        page.until("some are there", "/[1-9]\\d* de 16/.test(document.body.textContent)").await;
        go(page, &theirs).await;
        page.sees("está en marcha").await;
        page.click("link", "Ir a esa importación").await;
        page.find("heading", "16 usuarios creados").await;
        go(page, &theirs).await;
        page.sees(ONLY_HERE).await;
        page.click("link", "Ir a esa importación").await;
        page.click("checkbox", "He guardado las contraseñas").await;
        go(page, &theirs).await;
        page.find("heading", "Suelte aquí un archivo de usuarios").await;
        assert_eq!(created(page).await, 16);

        // Rows that somebody has typed.
        page.click("button", "Empezar vacía").await;
        page.find("grid", "Usuarios del archivo").await;
        page.press("Zoe").await;
        page.press("\u{e007}").await;
        page.until("it is in the row", "document.querySelector('[role=grid]').textContent.includes('Zoe')")
            .await;
        go(page, &format!("/customers/{id}/import")).await;
        page.sees("Hay filas preparadas para").await;
        page.click("link", "Ir a esa importación").await;
        page.until("they are there", "document.querySelector('[role=grid]')?.textContent.includes('Zoe')")
            .await;
        go(page, &format!("/customers/{id}/import")).await;
        page.click("button", "Descartar esas filas").await;
        page.find("heading", "Suelte aquí un archivo de usuarios").await;
    });
}
