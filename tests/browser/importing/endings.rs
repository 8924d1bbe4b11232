//! How rows end, by sentinel names and by faults of the service: nothing is claimed that is not proved.

use cartera_tests::{Key, Setup, in_browser, in_chromium};
use serde_json::json;

use super::{DOMAIN, FAST, choose, created, customer, list, open, start, to_plan, users};
use crate::exports::downloaded;

#[test]
fn a_lost_answer_is_settled_looked_for_and_told_as_what_it_is() {
    in_chromium(Setup::default(), async |page| {
        page.before_every_document(FAST).await;
        let id = customer(page, 9).await;
        open(page, &id).await;
        choose(page, "altas.csv", list(&["ana", "fault-error-after-ben", "fault-502-cleo"]).as_bytes()).await;
        to_plan(page).await;
        page.expect_console("502");
        page.expect_console("500");
        page.expect_console("503");
        start(page).await;
        page.sees("Sin respuesta, se verificará").await;
        page.find("heading", "3 usuarios creados").await;
        page.sees("Creados, contraseña sin confirmar").await;
        assert_eq!(users(page, &id).await.len(), 3);
        assert_eq!(created(page).await, 3, "each once");
        // A password is given with consent, and is the one that signs in.
        page.click("button", "Restablecer la contraseña de Ana Sanz 1").await;
        page.click("button", "Mostrar la contraseña de Ana Sanz 1").await;
        let password: String = page.eval("document.querySelector('table code').textContent").await;
        let asked =
            json!({ "userPrincipalName": format!("fault-error-after-ben@{DOMAIN}"), "password": password });
        let right = page.sandbox.control(cartera_tests::Method::POST, "password", &asked).await;
        assert!(right.to_string().contains("true"), "{right}");
    });
}

#[test]
fn refused_rows_come_back_in_their_own_columns_and_are_tried_alone() {
    let downloads = tempfile::tempdir().unwrap();
    let browser =
        cartera_tests::Options { downloads: Some(downloads.path().to_owned()), ..Default::default() };
    in_chromium(Setup { browser, ..Setup::default() }, async |page| {
        page.before_every_document(FAST).await;
        let id = customer(page, 9).await;
        open(page, &id).await;
        choose(page, "altas.csv", list(&["ana", "fault-400-ben", "fault-exists-cleo"]).as_bytes()).await;
        to_plan(page).await;
        page.expect_console("400");
        page.expect_console("409");
        start(page).await;
        page.find("heading", "1 usuario creado").await;
        page.sees("Microsoft lo rechazó con el código").await;
        page.click("button", "Filas con su motivo (CSV)").await;
        let text = downloaded(downloads.path(), "usuarios-no-creados.csv").await;
        let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
        assert!(
            lines[0].ends_with("\"Licencias\";\"Motivo\";\"Código\";\"Identificador de correlación\""),
            "{text}"
        );
        assert!(lines[1].contains(&format!("fault-400-ben@{DOMAIN}")), "{text}");
        page.click("button", "Descargar contraseñas (CSV)").await;
        let text = downloaded(downloads.path(), "contrasenas.csv").await;
        assert_eq!(text.lines().count(), 2, "{text}");
        // The sentinel happens once: what is tried again is made.
        page.click("checkbox", "He guardado las contraseñas").await;
        page.click("button", "Reintentar 2").await;
        page.sees("Filas: 2.").await;
        page.eval::<()>("void document.querySelector('.foot .btn-primary').click()").await;
        start(page).await;
        page.find("heading", "2 usuarios creados").await;
        assert_eq!(users(page, &id).await.len(), 3);
        assert_eq!(created(page).await, 3);
    });
}

#[test]
fn a_role_taken_away_stops_after_the_first_and_leaves_the_others_alone() {
    in_chromium(Setup::default(), async |page| {
        page.before_every_document(FAST).await;
        let id = customer(page, 9).await;
        open(page, &id).await;
        choose(page, "altas.csv", list(&["ana", "ben", "cleo", "dani", "eva", "fran"]).as_bytes()).await;
        to_plan(page).await;
        page.sandbox.set_faults(json!([{ "kind": "role_missing", "method": "POST" }])).await;
        page.expect_console("403");
        start(page).await;
        page.sees("Microsoft no permite crear usuarios a este agente").await;
        page.sandbox.set_faults(json!([])).await;
        assert_eq!(created(page).await, 0);
        page.click("button", "Continuar").await;
        page.find("heading", "6 usuarios creados").await;
        assert_eq!(created(page).await, 6);
    });
}

#[test]
fn a_pause_that_the_service_asks_for_is_told_and_kept() {
    in_chromium(Setup::default(), async |page| {
        let id = customer(page, 9).await;
        open(page, &id).await;
        choose(page, "altas.csv", list(&["ana", "fault-429-ben", "cleo"]).as_bytes()).await;
        to_plan(page).await;
        page.expect_console("429");
        start(page).await;
        page.sees("Microsoft pide esperar").await;
        page.find("heading", "3 usuarios creados").await;
        assert_eq!(created(page).await, 3);
    });
}

#[test]
fn pause_and_stop_bring_what_is_under_way_to_its_end() {
    let sandbox = cartera_tests::SandboxOptions { latency_ms: 250, ..Default::default() };
    in_browser(Setup { sandbox, ..Setup::default() }, async |page| {
        let id = customer(page, 40).await;
        open(page, &id).await;
        let names: Vec<String> = (0..40).map(|at| format!("u{at:02}")).collect();
        choose(page, "altas.csv", list(&names.iter().map(String::as_str).collect::<Vec<_>>()).as_bytes())
            .await;
        to_plan(page).await;
        start(page).await;
        page.until("some are there", "/[1-9]\\d* de 40/.test(document.body.textContent)").await;
        page.click("button", "Pausar").await;
        page.sees("En pausa.").await;
        page.click("button", "Continuar").await;
        page.click("button", "Detener").await;
        page.find("link", "Resultado").await;
        let first = created(page).await;
        assert!(first < 40, "{first}");
        page.click("button", "Continuar").await;
        page.find("heading", "40 usuarios creados").await;
        assert_eq!(created(page).await, 40);
        assert_eq!(users(page, &id).await.len(), 40);
    });
}

#[test]
fn a_double_click_begins_one_run() {
    in_browser(Setup::default(), async |page| {
        let id = customer(page, 9).await;
        open(page, &id).await;
        choose(page, "altas.csv", list(&["ana", "ben"]).as_bytes()).await;
        to_plan(page).await;
        page.until("it can begin", "document.querySelector('.foot .btn-primary')?.textContent.startsWith('Crear') && !document.querySelector('.foot .btn-primary').hasAttribute('aria-disabled')").await;
        page.eval::<()>("void (() => { const start = document.querySelector('.foot .btn-primary'); start.click(); start.click(); })()").await;
        page.press_key(Key::Enter).await;
        page.find("heading", "2 usuarios creados").await;
        assert_eq!(created(page).await, 2);
    });
}
