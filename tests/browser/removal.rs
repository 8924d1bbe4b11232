//! A reseller relationship ends: what stands in the way is shown and cleared, one decision is one call, and only reads prove.

use cartera_tests::{Key, Method, Options, Page, Setup, Site, in_browser, in_chromium, with_sandbox};
use serde_json::{Value, json};

pub(crate) const FREE: &str = "ca5e0000-0000-4000-8000-000000000001";
const LEGACY: &str = "ca5e0000-0000-4000-8000-000000000002";
const WINDOW: &str = "ca5e0000-0000-4000-8000-000000000003";
const BOUND: &str = "ca5e0000-0000-4000-8000-000000000004";
const AZURE: &str = "ca5e0000-0000-4000-8000-000000000008";
const EVERYTHING: &str = "ca5e0000-0000-4000-8000-00000000000b";
const HUNDREDS: &str = "ca5e0000-0000-4000-8000-000000000500";

pub(crate) const GO: &str = "Quitar la relación de revendedor";
const DUTIES: &str = "Se ha avisado al cliente y se ha cumplido lo que pide nuestro contrato.";

/// Opens the relationship of one of the cases, and answers its domain.
async fn open(page: &Page, id: &str) -> String {
    page.sandbox.control(Method::POST, "cases", &Value::Null).await;
    page.open(&format!("/customers/{id}/relationship")).await;
    page.find("heading", "Antes de quitar la relación").await;
    page.sees("Comprobado").await;
    let customer = page.sandbox.read(&format!("/customers/{id}")).await;
    customer["companyProfile"]["domain"].as_str().expect("a domain").to_owned()
}

/// Everything that the button waits for.
pub(crate) async fn decide(page: &Page, typed: &str) {
    page.click("checkbox", DUTIES).await;
    page.fill("Motivo", "Se va con otro partner").await;
    paste(page, "Escriba el dominio del cliente", typed).await;
}

/// Puts a text in as if pasted.
async fn paste(page: &Page, label: &str, text: &str) {
    page.field(label).await.click().await.expect("the field");
    page.eval::<bool>(&format!("document.execCommand('insertText', false, '{text}')")).await;
}

/// How many calls to end the relationship arrived.
async fn calls(page: &Page, id: &str) -> usize {
    let ledger = page.sandbox.control(Method::GET, "ledger", &Value::Null).await;
    let path = format!("/v1/customers/{id}");
    let requests = ledger["requests"].as_array().expect("requests").iter();
    requests.filter(|request| request["method"] == "PATCH" && request["path"] == path.as_str()).count()
}

/// Whether the service has it.
async fn is_there(page: &Page, id: &str) -> bool {
    page.sandbox.read(&format!("/customers/{id}")).await["relationshipToPartner"] == "reseller"
}

#[test]
fn smoke_a_relationship_ends_with_a_receipt_and_leaves_the_list() {
    with_sandbox(Setup::default(), async |page| {
        page.sandbox.control(Method::POST, "cases", &Value::Null).await;
        page.open("/customers?q=removal%20free").await;
        page.row_with(&["Sandbox removal free"]).await;
        page.click("button", "Más acciones con Sandbox removal free").await;
        page.click("menuitem", "Quitar la relación").await;
        page.address_is(&format!("/customers/{FREE}/relationship")).await;
        page.sees("Bloquean: 0. Sin respuesta: 0. Superadas: 8.").await;
        page.sees("El botón espera a que usted confirme que se ha avisado al cliente.").await;
        page.click("checkbox", DUTIES).await;
        page.sees("El botón espera un motivo.").await;
        page.fill("Motivo", "Se va con otro partner").await;
        page.sees("El botón espera el dominio completo.").await;
        let domain = page.sandbox.read(&format!("/customers/{FREE}")).await;
        let domain = domain["companyProfile"]["domain"].as_str().expect("a domain").to_owned();
        page.fill("Escriba el dominio del cliente", &domain).await;
        page.sees_no("El botón espera").await;
        page.expect_console("403");
        page.click("button", GO).await;
        page.sees("Empieza en").await;
        page.sees("La relación se ha quitado").await;
        page.sees("Motivo: Se va con otro partner").await;
        page.sees("MS-RequestId: ").await;
        for line in [
            "Partner: Southgate IT",
            "Tipo de partner: Proveedor indirecto",
            "Hecho por: Alex Moreno <agent@southgate.example>",
            "Roles: Administrador global, Agente de administración, Agente de ventas",
        ] {
            page.sees(line).await;
        }
        page.sees(&format!("Dominio principal: {domain}")).await;
        assert_eq!(calls(page, FREE).await, 1);
        assert!(!is_there(page, FREE).await);
        page.eval::<()>(
            "void (() => { const language = document.getElementById('receipt-language'); language.value = 'de'; language.dispatchEvent(new Event('change')); })()",
        )
        .await;
        page.sees("Grund: Se va con otro partner").await;
        page.sees("Art des Partners: Indirekter Anbieter").await;
        page.sees("Rollen: Globaler Administrator, Administrator-Agent, Vertriebs-Agent").await;
        page.click("link", "Clientes").await;
        page.fill(crate::names::SEARCH, "removal free").await;
        page.sees("Nada coincide").await;
        page.back().await;
        // Whoever comes back finds the receipt.
        page.sees("Recibo: fin de la relación de revendedor").await;
        page.open("/activity?period=here").await;
        page.sees("Relación quitada").await;
    });
}

#[test]
fn in_english_too() {
    let browser = Options { language: "en".to_owned(), ..Options::default() };
    in_chromium(Setup { browser, ..Setup::default() }, async |page| {
        page.sandbox.control(Method::POST, "cases", &Value::Null).await;
        page.open(&format!("/customers/{EVERYTHING}/relationship")).await;
        page.sees("Before the relationship is removed").await;
        page.sees("Have to be cancelled; suspending them is not enough").await;
        page.sees("checks block or have no answer").await;
        page.find("button", "Remove the reseller relationship").await;
        page.sees("Only delegated administration").await;
    });
}

#[test]
fn what_blocks_is_suspended_one_by_one_or_all_after_a_look_at_the_list() {
    in_browser(Setup::default(), async |page| {
        open(page, LEGACY).await;
        page.sees("Bloquean: 1. Sin respuesta: 0. Superadas: 7.").await;
        let button = page.find("button", GO).await;
        assert_eq!(button.attr("aria-disabled").await.unwrap().as_deref(), Some("true"));
        page.sees("El botón espera: 1 comprobación bloquea o no tiene respuesta.").await;
        page.click("button", "Hacer las 3 que ya son posibles").await;
        page.sees("Esto se hará").await;
        page.click("button", "No hacer nada").await;
        page.sees_no("Esto se hará").await;
        page.click("button", "Hacer las 3 que ya son posibles").await;
        page.click("button", "Hacer 3 cambios").await;
        page.sees("Bloquean: 0. Sin respuesta: 0. Superadas: 8.").await;
        page.sees("Hecho y comprobado").await;
    });
}

#[test]
fn a_window_that_is_open_lets_cancel_and_one_that_closes_meanwhile_does_not() {
    in_chromium(Setup::default(), async |page| {
        open(page, WINDOW).await;
        page.sees("Cancelable hasta el").await;
        let first = "(document.querySelector('.fixes button'))";
        page.eval::<()>(&format!("void {first}.click()")).await;
        page.click("button", "Hacer 1 cambio").await;
        page.sees("Hecho y comprobado").await;
        // The other window closes while the page is open: what is offered is another thing.
        page.sandbox.control(Method::POST, "clock", &json!({ "advance_ms": 8 * 86_400_000_u64 })).await;
        page.click("button", "Comprobar de nuevo").await;
        page.sees("Se renueva el").await;
        page.eval::<()>(&format!("void {first}.click()")).await;
        page.sees("Esto se hará").await;
        page.click("button", "Hacer 1 cambio").await;
        page.sees("Termina el").await;
    });
}

#[test]
fn what_is_bound_says_until_when_and_an_azure_plan_what_is_under_it() {
    in_chromium(Setup::default(), async |page| {
        open(page, BOUND).await;
        page.sees("Deben cancelarse; suspenderlas no basta").await;
        page.sees("solo entonces puede cancelarse").await;
        open(page, AZURE).await;
        page.sees("Se detiene lo que corre en ella").await;
        open(page, EVERYTHING).await;
        page.sees("Solo en el portal de Microsoft").await;
        page.find("link", "Azure").await;
        open(page, HUNDREDS).await;
        page.sees("Mostrar 230 más").await;
        page.click("button", "Mostrar 230 más").await;
        page.until("all are there", "document.querySelectorAll('.fixes tr').length >= 270").await;
    });
}

#[test]
fn a_check_without_an_answer_blocks_and_is_made_again() {
    in_chromium(Setup::default(), async |page| {
        page.sandbox.set_faults(json!([{ "kind": "truncated", "path": "/entitlements" }])).await;
        open(page, FREE).await;
        page.sees("Bloquean: 0. Sin respuesta: 2. Superadas: 6.").await;
        page.sees("lo que no se sabe, bloquea").await;
        page.sees("El botón espera: 2 comprobaciones bloquean o no tienen respuesta.").await;
        page.sandbox.set_faults(json!([])).await;
        page.click("button", "Comprobar de nuevo").await;
        page.sees("Bloquean: 0. Sin respuesta: 0. Superadas: 8.").await;
    });
}

#[test]
fn it_can_be_called_off_for_five_seconds() {
    in_browser(Setup::default(), async |page| {
        let domain = open(page, FREE).await;
        decide(page, &domain).await;
        page.click("button", GO).await;
        page.until("the focus is on calling it off", "document.activeElement.id === 'removal-call-off'")
            .await;
        page.click("button", "No quitarla").await;
        page.toast_says("Anulado. No se envió nada.").await;
        page.until("the focus is back", "document.activeElement.id === 'removal-go'").await;
        assert_eq!(calls(page, FREE).await, 0);
        // Leaving calls it off as well.
        page.click("button", GO).await;
        page.sees("Empieza en").await;
        page.click("link", "Resumen").await;
        page.eval::<Value>("new Promise((done) => setTimeout(done, 6500))").await;
        assert_eq!(calls(page, FREE).await, 0);
        assert!(is_there(page, FREE).await);
    });
}

/// Bad input 35: a double click, a key and a click, going back and forth: one request.
#[test]
fn one_decision_is_one_request_however_often_it_is_pressed() {
    in_browser(Setup::default(), async |page| {
        let domain = open(page, FREE).await;
        decide(page, &domain).await;
        page.expect_console("403");
        page.sandbox.switch(json!({ "latency_ms": 300 })).await;
        page.eval::<()>(
            "void (() => { const go = document.getElementById('removal-go'); go.click(); go.click(); go.click(); })()",
        )
        .await;
        page.sees("La relación se ha quitado").await;
        page.back().await;
        page.forward().await;
        page.sees("La relación se ha quitado").await;
        assert_eq!(calls(page, FREE).await, 1);
    });
}

/// Bad input 36: what became active meanwhile stops it; a lost answer is settled by reading.
#[test]
fn what_became_active_meanwhile_stops_it_and_a_lost_answer_is_settled() {
    in_chromium(Setup::default(), async |page| {
        let domain = open(page, FREE).await;
        decide(page, &domain).await;
        let buy = json!({ "customer": FREE, "buy": { "offer": "A1F2C3D4-0002-4C1E-8A01-0F1E2D3C4B02" } });
        page.sandbox.colleague(buy).await;
        page.click("button", GO).await;
        page.sees("Algo cambió entre medias: no se envió nada").await;
        assert_eq!(calls(page, FREE).await, 0);
        page.click("button", "Volver a las comprobaciones").await;
        page.sees("Bloquean: 1.").await;
        page.click("button", "Suspender: Office 365 E3, 1").await;
        page.click("button", "Hacer 1 cambio").await;
        page.sees("Bloquean: 0. Sin respuesta: 0. Superadas: 8.").await;
        // The answer is lost after it was done.
        page.sandbox.set_faults(json!([{ "kind": "error_after", "method": "PATCH", "count": 1 }])).await;
        page.expect_console("500");
        page.expect_console("403");
        page.click("button", GO).await;
        page.sees("La relación se ha quitado").await;
        assert_eq!(calls(page, FREE).await, 1);
    });
}

#[test]
fn a_refusal_says_which_role_is_needed() {
    in_chromium(Setup::default(), async |page| {
        let domain = open(page, FREE).await;
        page.sandbox.switch(json!({ "roles": ["HelpdeskAgent"] })).await;
        decide(page, &domain).await;
        page.expect_console("403");
        page.click("button", GO).await;
        page.sees("un agente de administración o de ventas de su empresa").await;
        assert!(is_there(page, FREE).await);
        page.is_accessible("removal, refused").await;
        page.click("button", "Volver a las comprobaciones").await;
        page.find("button", GO).await;
    });
}

#[test]
fn only_delegated_administration_can_be_removed() {
    in_chromium(Setup::default(), async |page| {
        open(page, FREE).await;
        page.click("button", "Quitar la administración delegada").await;
        page.sees("¿Quitarla de verdad? La relación se conserva.").await;
        page.click("button", "Sí, quitarla").await;
        page.sees("Se quitó la administración delegada; lo confirma la lectura.").await;
        assert!(is_there(page, FREE).await);
        let now = page.sandbox.read(&format!("/customers/{FREE}")).await;
        assert_eq!(now["allowDelegatedAccess"], false);
    });
    let site = Site::copy().with_setting("cloud", json!("us-government"));
    in_chromium(Setup::with_site(site), async |page| {
        open(page, FREE).await;
        page.sees("En esta nube no puede dejarse fuera.").await;
    });
}

#[test]
fn several_end_one_after_the_other_with_one_receipt() {
    in_chromium(Setup::default(), async |page| {
        page.sandbox.control(Method::POST, "cases", &Value::Null).await;
        page.open("/customers?q=sandbox%20removal").await;
        page.row_with(&["Sandbox removal free"]).await;
        page.click("checkbox", "Elegir todos los mostrados").await;
        page.sees("Pueden 12 de 12, porque tienen relación de revendedor").await;
        page.open(&format!("/customers/remove?ids={FREE},{LEGACY},{BOUND},nobody,{FREE}")).await;
        page.sees("Puede").await;
        page.row_with(&["Sandbox removal free", "Puede quitarse"]).await;
        page.row_with(&["Sandbox removal legacy", "Algo lo impide"]).await;
        page.is_accessible("removal of several").await;
        page.click("checkbox", DUTIES).await;
        page.fill("Motivo", "Cierre de cartera").await;
        page.sees("El botón espera el número.").await;
        page.fill("Escriba cuántas se van a quitar", "1").await;
        page.expect_console("403");
        page.click("button", "Quitar 1 relación").await;
        page.sees("Se ha quitado todo lo que se podía.").await;
        page.row_with(&["Sandbox removal free", "Quitada"]).await;
        page.sees("Motivo: Cierre de cartera").await;
        assert_eq!(calls(page, FREE).await, 1);
        assert!(is_there(page, LEGACY).await);
    });
}

#[test]
fn who_is_no_customer_of_a_resellers_is_told_so_and_who_has_gone_too() {
    in_chromium(Setup::default(), async |page| {
        page.expect_console("403");
        open(page, FREE).await;
        page.sandbox.colleague(json!({ "customer": FREE, "remove": true })).await;
        page.click("button", "Comprobar de nuevo").await;
        page.sees("Este cliente no está entre los suyos").await;
        page.open("/customers/remove").await;
        page.sees("No se eligió ningún cliente").await;
    });
}

#[test]
fn the_keyboard_is_enough_and_axe_finds_nothing() {
    in_chromium(Setup::default(), async |page| {
        let domain = open(page, FREE).await;
        page.is_accessible("removal, free").await;
        page.eval::<()>("void document.getElementById('removal-duties').focus()").await;
        page.press(" ").await;
        page.press_key(Key::Tab).await;
        page.press("Fin").await;
        page.press_key(Key::Tab).await;
        page.press(&domain).await;
        page.press_key(Key::Tab).await;
        page.until("the button has the focus", "document.activeElement.id === 'removal-go'").await;
        page.expect_console("403");
        page.press_key(Key::Enter).await;
        page.until("the focus is on calling it off", "document.activeElement.id === 'removal-call-off'")
            .await;
        page.is_accessible("removal, pause").await;
        page.sees("La relación se ha quitado").await;
        page.until("the result has the focus", "document.activeElement.id === 'removal-result'").await;
        page.is_accessible("removal, receipt").await;
        open(page, EVERYTHING).await;
        page.is_accessible("removal, blocked").await;
        page.be_wide(360).await;
        page.until("nothing sticks out", "document.documentElement.scrollWidth <= innerWidth").await;
        page.be_wide(320).await;
        page.until("nothing sticks out", "document.documentElement.scrollWidth <= innerWidth").await;
    });
}

/// A second person's key on P-256: the public and the private one, in base64.
const KEYS: &str = "(async () => { \
    const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign']); \
    const text = async (format, key) => btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.exportKey(format, key)))); \
    return [await text('spki', pair.publicKey), await text('pkcs8', pair.privateKey)]; })()";

/// Chooses the request and its signature as openssl writes it (DER), made with this private key.
async fn choose_signed(page: &Page, request: &str, key: &str) {
    let request = serde_json::to_string(request).unwrap();
    page.eval::<()>(&format!(
        "(async () => {{ \
            const pkcs8 = Uint8Array.from(atob('{key}'), (one) => one.charCodeAt(0)); \
            const algorithm = {{ name: 'ECDSA', namedCurve: 'P-256' }}; \
            const key = await crypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign']); \
            const data = new TextEncoder().encode({request}); \
            const raw = new Uint8Array(await crypto.subtle.sign({{ name: 'ECDSA', hash: 'SHA-256' }}, key, data)); \
            const half = (bytes) => {{ let all = [...bytes]; while (all.length > 1 && all[0] === 0) all.shift(); if (all[0] > 127) all.unshift(0); return [2, all.length, ...all]; }}; \
            const both = [...half(raw.slice(0, 32)), ...half(raw.slice(32))]; \
            const files = new DataTransfer(); \
            files.items.add(new File([new Uint8Array([48, both.length, ...both])], 'request.sig')); \
            files.items.add(new File([data], 'request.json')); \
            const input = document.getElementById('approval-files'); \
            input.files = files.files; \
            input.dispatchEvent(new Event('change', {{ bubbles: true }})); \
        }})()"
    ))
    .await;
}

#[test]
fn a_second_person_agrees_by_a_signed_file_where_the_deployment_asks_for_it() {
    let downloads = tempfile::tempdir().unwrap();
    let browser = Options { downloads: Some(downloads.path().to_owned()), ..Options::default() };
    in_chromium(Setup { browser, ..Setup::default() }, async |page| {
        page.open("/settings").await;
        let (public, private): (String, String) = page.eval(KEYS).await;
        let (_, stranger): (String, String) = page.eval(KEYS).await;
        page.before_every_document(&format!(
            "{{ const real = window.fetch; window.fetch = async (input, init) => {{ \
                const answer = await real.call(window, input, init); \
                if (!String(input.url ?? input).endsWith('config.json')) return answer; \
                const config = await answer.json(); \
                Object.assign(config, {{ removalApproval: 'file', approvers: [{{ id: 'luz@southgate.example', key: '{public}' }}] }}); \
                return new Response(JSON.stringify(config)); }}; }}"
        ))
        .await;
        let domain = open(page, FREE).await;
        page.sees("Debe aprobarlo una segunda persona").await;
        page.sees("Escriba antes el motivo: forma parte de lo que se aprueba.").await;
        decide(page, &domain).await;
        page.sees("El botón espera la aprobación de una segunda persona.").await;
        page.click("button", "Descargar la solicitud").await;
        let request = crate::exports::downloaded(downloads.path(), "solicitud-de-retirada.json").await;
        page.is_accessible("removal, approval").await;
        choose_signed(page, &request, &stranger).await;
        page.sees("Estos archivos no son una solicitud con la firma de quien puede aprobar.").await;
        let other = request.replace("Se va con otro partner", "Otra cosa");
        choose_signed(page, &other, &private).await;
        page.sees("La solicitud es de otra decisión").await;
        choose_signed(page, &request, &private).await;
        page.sees("Aprobado por luz@southgate.example").await;
        // Another reason is another decision.
        page.fill("Motivo", "Otro motivo").await;
        page.sees("El botón espera la aprobación de una segunda persona.").await;
        page.fill("Motivo", "Se va con otro partner").await;
        page.sandbox.control(Method::POST, "clock", &json!({ "advance_ms": 25 * 3_600_000_u64 })).await;
        page.click("button", "Comprobar de nuevo").await;
        page.sees("Superadas: 8").await;
        choose_signed(page, &request, &private).await;
        page.sees("La solicitud tiene más de un día.").await;
        page.click("button", "Descargar la solicitud").await;
        let request = crate::exports::downloaded(downloads.path(), "solicitud-de-retirada (1).json").await;
        choose_signed(page, &request, &private).await;
        page.sees("Aprobado por luz@southgate.example").await;
        page.expect_console("403");
        page.click("button", GO).await;
        page.sees("Aprobado por: luz@southgate.example").await;
        assert_eq!(calls(page, FREE).await, 1);
    });
}
