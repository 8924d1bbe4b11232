//! An account is changed: only what was changed, without overwriting what a colleague has just saved.

use cartera_tests::{Key, Page, Setup, in_browser, in_chromium};
use serde_json::{Value, json};

use crate::names::RUIZ;

/// Opens the account and answers whose it is.
async fn open(page: &Page) -> String {
    page.open(&format!("/customers/{}/account", RUIZ.0)).await;
    page.heading_is(RUIZ.1).await;
    page.find("textbox", "Nombre legal").await;
    let path = page.address().await;
    path.split('/').nth(2).expect("the id in the address").to_owned()
}

async fn billing(page: &Page, id: &str) -> Value {
    page.sandbox.read(&format!("/customers/{id}/profiles/billing")).await
}

async fn send(page: &Page, review: &str, send: &str) {
    page.click("button", review).await;
    page.click("button", send).await;
}

#[test]
fn smoke_a_new_name_is_reviewed_sent_and_shown_everywhere_at_once() {
    in_browser(Setup::default(), async |page| {
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        let id = open(page).await;
        page.sees("No hay cambios").await;
        page.fill("Nombre legal", "Ruiz e Hijas </script><img src=x onerror=alert(1)>").await;
        page.sees("El nombre nuevo se verá en su lista y en las facturas").await;
        page.click("button", "Revisar 1 cambio").await;
        page.row_with(&["Nombre legal", RUIZ.1, "Ruiz e Hijas </script><img src=x onerror=alert(1)>"]).await;
        page.click("button", "Volver al formulario").await;
        page.fill("Nombre legal", "Ruiz e Hijas SL").await;
        send(page, "Revisar 1 cambio", "Enviar 1 cambio").await;
        page.toast_says("Cambios guardados.").await;
        page.heading_is("Ruiz e Hijas SL").await;
        if page.sandbox.is_there() {
            assert_eq!(billing(page, &id).await["companyName"], "Ruiz e Hijas SL");
        }
        page.click("link", "Resumen").await;
        page.heading_is("Ruiz e Hijas SL").await;
        page.click("link", "Clientes").await;
        page.fill(crate::names::SEARCH, "hijas").await;
        page.row_with(&["Ruiz e Hijas SL"]).await;
    });
}

#[test]
fn a_conflict_is_solved_field_by_field() {
    in_chromium(Setup::default(), async |page| {
        let id = open(page).await;
        page.fill("Calle y número", "Calle Mía 1").await;
        page.fill("Municipio", "Cartagena").await;
        page.sandbox
            .colleague(json!({ "customer": id, "billing": { "defaultAddress.addressLine1": "Calle Suya 2", "email": "suyo@ruiz.example" } }))
            .await;
        page.expect_console("404");
        page.press_key(Key::Tab).await;
        page.sees("Microsoft conoce esta dirección").await;
        send(page, "Revisar 2 cambios", "Enviar 2 cambios").await;
        page.sees("Otra persona guardó esta cuenta mientras usted la editaba").await;
        page.sees("1 por decidir").await;
        page.row_with(&["Calle y número"]).await;
        page.row_with(&["Correo"]).await;
        page.is_accessible("conflict").await;
        // The button says what it waits for.
        page.sees("Falta decidir: Calle y número").await;
        page.click("button", "Todo lo de la otra persona").await;
        page.sees("0 por decidir").await;
        page.click("radio", "Tomar lo mío: Calle Mía 1").await;
        page.be_wide(320).await;
        page.until("nothing sticks out", "document.documentElement.scrollWidth <= innerWidth").await;
        page.be_wide(1280).await;
        page.click("button", "Enviar 2 cambios").await;
        page.toast_says("Cambios guardados.").await;
        let now = billing(page, &id).await;
        assert_eq!(now["defaultAddress"]["addressLine1"], "Calle Mía 1");
        assert_eq!(now["defaultAddress"]["city"], "Cartagena");
        assert_eq!(now["email"], "suyo@ruiz.example", "the colleague's other change stays");
    });
}

#[test]
fn a_colleague_who_saves_other_fields_again_and_again_is_no_conflict() {
    in_browser(Setup::default(), async |page| {
        let id = open(page).await;
        page.sandbox.switch(json!({ "colleague_edits": 2 })).await;
        page.expect_console("400");
        page.fill("Correo", "cuentas@ruiz.example").await;
        page.press_key(Key::Tab).await;
        send(page, "Revisar 1 cambio", "Enviar 1 cambio").await;
        page.sees("Alguien guardó a la vez").await;
        page.toast_says("Cambios guardados.").await;
        let now = billing(page, &id).await;
        assert_eq!(now["email"], "cuentas@ruiz.example");
        assert_eq!(now["defaultAddress"]["addressLine2"], "Planta 2");
    });
}

#[test]
fn a_lost_answer_is_found_out_and_a_refusal_lands_on_its_field() {
    let lost = json!([{ "kind": "error_after", "method": "PUT", "count": 1 }]);
    in_chromium(Setup::default(), async |page| {
        let id = open(page).await;
        page.fill("Correo", "nuevo@ruiz.example").await;
        page.press_key(Key::Tab).await;
        page.sandbox.set_faults(lost).await;
        page.expect_console("500");
        send(page, "Revisar 1 cambio", "Enviar 1 cambio").await;
        page.toast_says("Cambios guardados.").await;
        assert_eq!(billing(page, &id).await["email"], "nuevo@ruiz.example");
        // The rules changed behind the form's back.
        page.sandbox
            .control(
                cartera_tests::Method::PUT,
                "rules",
                &json!({ "code": "CH", "rules": { "postalCodeRegex": "^9\\d{4}$" } }),
            )
            .await;
        page.expect_console("400");
        page.fill("Correo", "otro@ruiz.example").await;
        page.press_key(Key::Tab).await;
        send(page, "Revisar 1 cambio", "Enviar 1 cambio").await;
        page.sees("Los cambios no se han guardado").await;
        page.sees("Microsoft rechaza: Código postal").await;
        page.click("button", "Volver al formulario").await;
        page.sees("Microsoft lo rechaza").await;
        let mail: String = page.eval("document.querySelector('#account-email').value").await;
        assert_eq!(mail, "otro@ruiz.example", "nothing is lost");
    });
}

#[test]
fn whoever_leaves_with_changes_is_asked_and_a_reload_finds_them() {
    in_browser(Setup::default(), async |page| {
        // Through the list, so that Back leads to another page of the same visit.
        page.open("/customers").await;
        page.fill(crate::names::SEARCH, RUIZ.1).await;
        page.click("link", RUIZ.1).await;
        page.click("link", "Cuenta").await;
        page.fill("Correo", "nuevo@ruiz.example").await;
        page.press_key(Key::Tab).await;
        page.click("link", "Resumen").await;
        page.sees("¿Salir sin enviar los cambios?").await;
        page.press_key(Key::Escape).await;
        page.sees_no("¿Salir sin enviar los cambios?").await;
        page.back().await;
        page.sees("¿Salir sin enviar los cambios?").await;
        page.click("button", "Seguir aquí").await;
        let mail = "document.querySelector('#account-email').value";
        assert_eq!(page.eval::<String>(mail).await, "nuevo@ruiz.example");
        page.click("link", "Actividad").await;
        page.click("button", "Salir sin enviar").await;
        page.sees_no("¿Salir sin enviar los cambios?").await;
        // Undone, nothing stands in the way.
        open(page).await;
        page.sees("No hay cambios").await;
        page.fill("Correo", "otro@ruiz.example").await;
        page.press_key(Key::Tab).await;
        page.click("button", "Deshacer todo").await;
        page.sees("No hay cambios").await;
        page.click("link", "Resumen").await;
        page.sees("Para atender").await;
    });
}

#[test]
fn changes_outlive_a_reload_and_work_by_keys_alone() {
    in_chromium(Setup::default(), async |page| {
        let id = open(page).await;
        page.fill("Correo", "teclas@ruiz.example").await;
        // The browser would ask; what it is told is that something would be lost.
        page.eval::<()>(
            "void addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), true)",
        )
        .await;
        assert!(page.eval::<bool>("!!sessionStorage.getItem('cartera.draft.account')").await);
        page.eval::<()>("void (window.onbeforeunload = null)").await;
        page.press_with_control('s').await;
        page.find("button", "Enviar 1 cambio").await;
        page.press_key(Key::Tab).await;
        page.press_key(Key::Tab).await;
        page.press_key(Key::Enter).await;
        page.toast_says("Cambios guardados.").await;
        assert_eq!(billing(page, &id).await["email"], "teclas@ruiz.example");
        assert!(page.eval::<bool>("!sessionStorage.getItem('cartera.draft.account')").await);
    });
}

#[test]
fn what_cannot_be_changed_says_where_it_can() {
    in_chromium(Setup::default(), async |page| {
        open(page).await;
        page.sees("Un partner no puede cambiarla").await;
        page.sees("Presupuesto de uso").await;
        page.sees("Permisos de compra").await;
        page.find("link", "Abrir en el Centro de partners").await;
        page.is_accessible("account").await;
        page.fill("Correo", "x").await;
        page.press_key(Key::Tab).await;
        page.sees("No es una dirección de correo").await;
        page.sees("Revise: Correo").await;
        page.fill("Correo", "x@ruiz.example").await;
        page.press_key(Key::Tab).await;
        page.click("button", "Revisar 1 cambio").await;
        page.is_accessible("review").await;
    });
}
