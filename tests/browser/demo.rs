//! The demonstration without a server: the built site behind a plain server of files, the sandbox in a worker of the page.

use cartera_tests::{Browser, Key, Page, Setup, Site, in_browser, in_chromium, in_demo};
use serde_json::json;

use crate::names::{RUIZ, SEARCH};
use crate::transfers::OTHER;

const REFUSED: &str = "Su cuenta no tiene permiso para esto.";
const FREE: &str = "ca5e0000-0000-4000-8000-000000000001";

/// Opens the panel and switches a fault on, or off.
async fn switch(page: &Page, button: &str, fault: &str) {
    page.click("button", button).await;
    page.click("checkbox", fault).await;
    page.press_key(Key::Escape).await;
}

/// Has somebody else do something, by the panel.
async fn others(page: &Page, button: &str) {
    page.click("button", "Fallos").await;
    page.click("button", button).await;
    page.press_key(Key::Escape).await;
}

#[test]
fn smoke_a_fault_is_switched_on_and_told_and_a_reload_forgets_everything() {
    in_demo(Site::demo(), async |page| {
        page.open("/").await;
        page.sees("1200 clientes").await;
        page.sees(
            "Demostración. Todo es inventado, y lo que usted haga se pierde al volver a cargar la página.",
        )
        .await;
        // A name is changed, and everything follows.
        page.fill(SEARCH, "ruiz-murcia").await;
        page.click("link", RUIZ.1).await;
        page.heading_is(RUIZ.1).await;
        page.click("link", "Cuenta").await;
        page.fill("Nombre legal", "Ruiz e Hijas SL").await;
        page.click("button", "Revisar 1 cambio").await;
        page.click("button", "Enviar 1 cambio").await;
        page.toast_says("Cambios guardados.").await;
        page.heading_is("Ruiz e Hijas SL").await;
        // What is switched on, happens.
        switch(page, "Fallos", "El rol no lo permite (403)").await;
        page.find("button", "Fallos: 1").await;
        page.click("link", "Clientes").await;
        page.fill(SEARCH, "rroba").await;
        page.click("link", "@rroba Diseño SL").await;
        page.sees(REFUSED).await;
        page.click("button", "Fallos: 1").await;
        page.click("button", "Desactivar todo").await;
        page.press_key(Key::Escape).await;
        page.find("button", "Fallos").await;
        page.click("link", "Clientes").await;
        page.click("link", "@rroba Diseño SL").await;
        page.heading_is("@rroba Diseño SL").await;
        page.sees_no(REFUSED).await;
        // Nothing but files of this site was fetched.
        page.until(
            "no call has left the page",
            "performance.getEntriesByType('resource').every((one) => one.name.startsWith(location.origin) && !new URL(one.name).pathname.startsWith('/v1'))",
        )
        .await;
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        page.fill(SEARCH, "hijas sl").await;
        page.sees_no("Ruiz e Hijas SL").await;
        page.fill(SEARCH, "ruiz-murcia").await;
        page.row_with(&[RUIZ.1]).await;
    });
}

#[test]
fn what_others_do_is_at_hand_and_a_relationship_ends() {
    in_demo(Site::demo(), async |page| {
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        others(page, "Añadir clientes con casos difíciles").await;
        page.fill(SEARCH, "removal free").await;
        page.row_with(&["Sandbox removal free"]).await;
        let domain: String = page
            .eval("document.querySelector('main').innerText.match(/[a-z-]+\\.onmicrosoft\\.com/)[0]")
            .await;
        page.click("button", "Más acciones con Sandbox removal free").await;
        page.click("menuitem", "Quitar la relación").await;
        page.sees("Bloquean: 0. Sin respuesta: 0.").await;
        page.click("checkbox", "Se ha avisado al cliente y se ha cumplido lo que pide nuestro contrato.")
            .await;
        page.fill("Motivo", "Se va con otro partner").await;
        page.fill("Escriba el dominio del cliente", &domain).await;
        page.sees_no("El botón espera").await;
        page.click("button", "Quitar la relación de revendedor").await;
        page.sees("La relación se ha quitado").await;
        page.sees("Motivo: Se va con otro partner").await;
        // Loaded again, the case was never asked for.
        page.open(&format!("/customers/{FREE}")).await;
        page.sees("Demostración.").await;
        page.lacks("heading", "Sandbox removal free").await;
    });
}

#[test]
fn the_other_partner_accepts_time_passes_and_the_subscriptions_come() {
    in_demo(Site::demo(), async |page| {
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        others(page, "Añadir clientes con casos difíciles").await;
        page.click("link", "Transferencias").await;
        page.click("button", "Nueva solicitud").await;
        page.fill("Buscar el cliente", "transfer ready").await;
        page.click("link", "Sandbox transfer ready transfer-ready.onmicrosoft.com").await;
        page.fill("Su identificador de Microsoft", OTHER).await;
        page.fill("Nombre del partner", "Northbrook Cloud").await;
        page.sees("El cliente tiene un plan de Azure activo con usted").await;
        page.click("button", "Enviar 1 solicitud").await;
        page.sees("1 solicitud enviada, y comprobado").await;
        page.click("link", "Todas las de este cliente").await;
        page.click("link", "De Northbrook Cloud").await;
        page.sees("El otro partner debe contestar antes del").await;
        others(page, "El otro partner acepta").await;
        // Whoever looks again sees it.
        page.back().await;
        page.click("link", "De Northbrook Cloud").await;
        page.sees("Microsoft está pasando las suscripciones").await;
        others(page, "Pasa una hora").await;
        page.click("button", "Mirar ahora").await;
        page.sees("Todo ha pasado.").await;
    });
}

/// Chooses an option of one of the panel's lists.
async fn choose(page: &Page, list: &str, option: &str) {
    let chosen: bool = page
        .eval(&format!(
            "(() => {{ const list = [...document.querySelectorAll('label')].find((label) => label.textContent === '{list}').control; \
             const option = [...list.options].find((option) => option.text === '{option}'); list.value = option.value; \
             return list.dispatchEvent(new Event('change', {{ bubbles: true }})); }})()"
        ))
        .await;
    assert!(chosen);
}

#[test]
fn what_strikes_only_the_next_write_lets_reads_pass_and_the_write_after_it() {
    in_demo(Site::demo(), async |page| {
        page.open(&format!("/customers/{}/account", RUIZ.0)).await;
        page.click("button", "Fallos").await;
        choose(page, "Con qué frecuencia", "Solo la próxima vez").await;
        choose(page, "Qué llamadas", "Las que escriben").await;
        page.click("checkbox", "El rol no lo permite (403)").await;
        page.press_key(Key::Escape).await;
        page.fill("Nombre legal", "Ruiz e Hijas SL").await;
        page.click("button", "Revisar 1 cambio").await;
        page.click("button", "Enviar 1 cambio").await;
        page.sees(REFUSED).await;
        page.click("button", "Enviar otra vez").await;
        page.toast_says("Cambios guardados.").await;
    });
}

#[test]
fn bar_and_panel_are_accessible_and_speak_the_language() {
    in_demo(Site::demo(), async |page| {
        page.open("/settings").await;
        page.heading_is("Ajustes").await;
        page.click("button", "Fallos").await;
        page.find("checkbox", "Una respuesta vacía").await;
        if Browser::chosen() == Browser::Chromium {
            page.is_accessible("the panel of the demonstration").await;
        }
        page.press_key(Key::Escape).await;
        page.click("radio", "Deutsch").await;
        page.sees("Alles ist erfunden").await;
        page.click("button", "Fehler").await;
        page.find("checkbox", "Eine leere Antwort").await;
        page.press_key(Key::Escape).await;
        page.click("button", "Neu beginnen").await;
        page.heading_is("Einstellungen").await;
    });
}

#[test]
fn lost_answers_and_slow_ones_are_what_they_are() {
    in_demo(Site::demo(), async |page| {
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        switch(page, "Fallos", "La respuesta se corta").await;
        page.fill(SEARCH, "ruiz-murcia").await;
        page.click("link", RUIZ.1).await;
        page.find("button", "Reintentar").await;
        switch(page, "Fallos: 1", "La respuesta se corta").await;
        page.click("button", "Reintentar").await;
        page.sees("Suscripciones").await;
    });
}

#[test]
fn nobody_else_loads_anything_of_it() {
    in_browser(Setup::default(), async |page| {
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        page.click("link", "Ajustes").await;
        page.heading_is("Ajustes").await;
        let loaded: Vec<String> = page
            .eval("performance.getEntriesByType('resource').map((one) => one.name).filter((name) => name.includes('demo'))")
            .await;
        assert!(loaded.is_empty(), "{loaded:?}");
        page.sees_no("Demostración").await;
    });
}

#[test]
fn a_site_without_it_says_that_a_part_is_missing() {
    let site = Site::copy().with_setting("mode", json!("demo"));
    in_chromium(Setup::with_site(site), async |page| {
        page.open("/customers").await;
        page.heading_is("Cartera no está completa en el servidor").await;
        page.sees("Referencia: demo").await;
    });
}
