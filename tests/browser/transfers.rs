//! Subscriptions change partner: requests sent and received, each decision sent once and shown as done only when a read
//! says so.

use cartera_tests::{Key, Method, Options, Page, Setup, Site, in_browser, in_chromium, poll, with_sandbox};
use serde_json::{Value, json};

pub(crate) const READY: &str = "ca5e0000-0000-4000-8000-0000000000a1";
const SENT: &str = "ca5e0000-0000-4000-8000-0000000000a2";
const RECEIVED: &str = "ca5e0000-0000-4000-8000-0000000000a3";
const NO_PLAN: &str = "ca5e0000-0000-4000-8000-0000000000a4";
pub(crate) const OWN: &str = "2f0c0000-0000-4000-8000-00000000000b";
pub(crate) const OTHER: &str = "1f0c0000-0000-4000-8000-00000000000a";
const MINUTE: u64 = 60_000;

async fn cases(page: &Page) {
    page.sandbox.control(Method::POST, "cases", &Value::Null).await;
}

/// The other partner does something.
async fn other(page: &Page, does: Value) -> Value {
    page.sandbox.control(Method::POST, "partner", &does).await["transfer"].clone()
}

async fn pass(page: &Page, millis: u64) {
    page.sandbox.control(Method::POST, "clock", &json!({ "advance_ms": millis })).await;
}

/// The customer's transfers, as the service has them.
async fn transfers(page: &Page, id: &str) -> Vec<Value> {
    page.sandbox.read(&format!("/customers/{id}/transfers")).await.as_array().expect("a list").clone()
}

/// How many writes of transfers arrived, by their request ids.
async fn writes(page: &Page, method: &str) -> usize {
    let ledger = page.sandbox.control(Method::GET, "ledger", &Value::Null).await;
    let requests = ledger["requests"].as_array().expect("requests").iter();
    let is_write = |request: &&Value| {
        request["method"] == method
            && request["path"].as_str().is_some_and(|path| path.contains("/transfers"))
    };
    // A browser sends a call again by itself when a connection breaks that was used before: that is one call.
    let ids: std::collections::BTreeSet<String> =
        requests.filter(is_write).map(|request| request["requestId"].to_string()).collect();
    ids.len()
}

/// Presses what has a number in its name.
async fn press(page: &Page, selector: &str) {
    page.until(selector, &format!("!!document.querySelector('{selector}')")).await;
    page.eval::<Value>(&format!("(document.querySelector('{selector}').click(), null)")).await;
}

/// The form for a new request, with the partner filled in.
async fn fill_in(page: &Page, id: &str) {
    page.open(&format!("/customers/{id}/azure-switch/new")).await;
    page.sees("Comprobaciones antes de enviar").await;
    page.fill("Su identificador de Microsoft", OTHER).await;
    page.fill("Nombre del partner", "Northbrook Cloud").await;
}

/// Opens the only request of a customer.
async fn open_only(page: &Page, id: &str) -> String {
    let only = transfers(page, id).await[0]["id"].as_str().expect("an id").to_owned();
    page.open(&format!("/customers/{id}/azure-switch/{only}")).await;
    page.sees("Pendiente").await;
    only
}

#[test]
fn smoke_what_is_asked_for_is_proved_watched_and_comes() {
    with_sandbox(Setup::default(), async |page| {
        cases(page).await;
        page.open("/transfers").await;
        page.click("button", "Nueva solicitud").await;
        page.fill("Buscar el cliente", "transfer ready").await;
        page.click("link", "Sandbox transfer ready transfer-ready.onmicrosoft.com").await;
        page.heading_is("Pedir las suscripciones de Sandbox transfer ready").await;
        page.sees("Falta el identificador del partner actual.").await;
        page.fill(
            "Su identificador de Microsoft",
            &format!("{{\"issuer\":\"https://login.example/{OTHER}/v2.0\"}}"),
        )
        .await;
        page.sees(&format!("Identificador encontrado: {OTHER}")).await;
        page.sees("Falta el nombre del partner actual.").await;
        page.fill("Nombre del partner", "Northbrook Cloud").await;
        page.sees("El cliente tiene un plan de Azure activo con usted").await;
        page.click("button", "Enviar 1 solicitud").await;
        page.sees("1 solicitud enviada, y comprobado").await;
        page.until(
            "the letter names all three",
            "['Sandbox transfer ready', 'Northbrook Cloud', 'Southgate IT'].every((name) => document.querySelector('#letter-text')?.value.includes(name))",
        )
        .await;
        let made = transfers(page, READY).await;
        assert_eq!((made.len(), &made[0]["status"]), (1, &json!("Pending")));
        page.click("link", "Todas las de este cliente").await;
        page.click("link", "De Northbrook Cloud").await;
        page.sees("El otro partner debe contestar antes del").await;
        other(page, json!({ "action": "accept", "customer": READY, "transfer": made[0]["id"] })).await;
        page.reload().await;
        page.sees("Microsoft está pasando las suscripciones").await;
        pass(page, 16 * MINUTE).await;
        // It is looked at by itself; whoever waits can hurry it.
        page.click("button", "Mirar ahora").await;
        page.sees("Todo ha pasado.").await;
        page.sees("az role assignment list --all --include-inherited").await;
        assert_eq!(writes(page, "POST").await, 1);
    });
}

#[test]
fn what_was_received_is_chosen_with_reasons_and_given() {
    in_chromium(Setup::default(), async |page| {
        cases(page).await;
        let id = open_only(page, RECEIVED).await;
        page.sees("Le toca a usted").await;
        page.sees("El plan no pasa: pasan las suscripciones de Azure que tiene").await;
        page.sees("Marque lo que pasa.").await;
        page.is_accessible("choosing what moves").await;
        page.be_wide(320).await;
        page.until("nothing sticks out", "document.documentElement.scrollWidth <= innerWidth").await;
        page.be_wide(1280).await;
        page.click("button", "Marcar todo lo que puede pasar").await;
        page.sees("Las suscripciones de Azure, con sus recursos y sin parada").await;
        page.sees("Confirme lo del historial de costes.").await;
        page.click("checkbox", "El historial de costes está exportado, o no hace falta").await;
        page.click("button", "Aceptar y transferir").await;
        // It asks once more, and the way back is what has the focus.
        page.until("the way back has the focus", "document.activeElement?.id === 'transfer-accept-no'").await;
        assert_eq!(writes(page, "PATCH").await, 0);
        page.click("button", "Sí, aceptar y transferir").await;
        page.sees("Aceptada, y comprobado.").await;
        assert_eq!(writes(page, "PATCH").await, 1);
        let now = transfers(page, RECEIVED).await;
        assert_eq!(
            (&now[0]["id"].as_str().map(str::to_lowercase), &now[0]["status"]),
            (&Some(id.to_lowercase()), &json!("InProgress"))
        );
        let given = now[0]["lineItems"].as_array().expect("lines").len();
        assert!(given >= 3, "{given} lines");
        pass(page, 16 * MINUTE).await;
        page.click("button", "Mirar ahora").await;
        page.sees("Todo ha pasado.").await;
    });
}

#[test]
fn what_failed_says_why() {
    in_chromium(Setup::default(), async |page| {
        cases(page).await;
        open_only(page, RECEIVED).await;
        page.click("button", "Marcar todo lo que puede pasar").await;
        page.click("checkbox", "El historial de costes está exportado, o no hace falta").await;
        page.sandbox.switch(json!({ "transfer_failures": ["*"] })).await;
        page.click("button", "Aceptar y transferir").await;
        page.click("button", "Sí, aceptar y transferir").await;
        page.sees("Aceptada, y comprobado.").await;
        pass(page, 40 * MINUTE).await;
        page.click("button", "Mirar ahora").await;
        page.sees("Lleva más de 15 minutos. Microsoft lo intenta durante 3 días").await;
        pass(page, 4 * 24 * 60 * MINUTE).await;
        page.click("button", "Mirar ahora").await;
        page.sees("No ha pasado nada. Cada motivo está abajo.").await;
    });
}

#[test]
fn a_request_accepted_while_it_is_cancelled_is_told_as_it_is() {
    in_browser(Setup::default(), async |page| {
        cases(page).await;
        let id = open_only(page, SENT).await;
        page.sees("Solo se cancela mientras está pendiente.").await;
        let accept = json!({ "action": "accept", "customer": SENT, "transfer": id });
        let before = json!({ "method": "PATCH", "path": format!("transfers/{id}"), "partner": accept });
        page.sandbox.switch(json!({ "interludes": [before] })).await;
        page.expect_console("409");
        page.expect_console("400");
        page.click("button", "Cancelar la solicitud").await;
        page.click("button", "Sí, cancelar la solicitud").await;
        page.sees("Mientras tanto la solicitud cambió").await;
        page.sees("Microsoft está pasando las suscripciones").await;
        assert_eq!(transfers(page, SENT).await[0]["status"], "InProgress");
    });
}

#[test]
fn a_request_is_cancelled_once_whatever_becomes_of_the_answer() {
    in_chromium(Setup::default(), async |page| {
        cases(page).await;
        open_only(page, SENT).await;
        page.sandbox
            .set_faults(
                json!([{ "kind": "lost_answer", "path": "/transfers/", "method": "PATCH", "count": 1 }]),
            )
            .await;
        page.expect_console("ERR_");
        page.click("button", "Cancelar la solicitud").await;
        page.click("button", "Sí, cancelar la solicitud").await;
        page.sees("Cancelada, y comprobado.").await;
        assert_eq!(transfers(page, SENT).await[0]["status"], "Cancelled");
        assert_eq!(writes(page, "PATCH").await, 1);
    });
}

#[test]
fn a_lost_answer_makes_no_second_request() {
    in_chromium(Setup::default(), async |page| {
        cases(page).await;
        fill_in(page, READY).await;
        page.sandbox
            .set_faults(
                json!([{ "kind": "lost_answer", "path": "/transfers", "method": "POST", "count": 1 }]),
            )
            .await;
        page.expect_console("ERR_");
        page.click("button", "Enviar 1 solicitud").await;
        page.sees("1 solicitud enviada, y comprobado").await;
        assert_eq!((transfers(page, READY).await.len(), writes(page, "POST").await), (1, 1));
    });
}

#[test]
fn two_clicks_are_one_request_and_a_second_decision_finds_the_first() {
    in_chromium(Setup::default(), async |page| {
        cases(page).await;
        page.sandbox.switch(json!({ "latency_ms": 300 })).await;
        fill_in(page, READY).await;
        page.sees("El cliente tiene un plan de Azure activo con usted").await;
        page.eval::<Value>("(() => { const send = [...document.querySelectorAll('.btn-primary')].find((b) => b.textContent.startsWith('Enviar')); send.click(); send.click(); send.click(); return null; })()").await;
        page.sees("1 solicitud enviada, y comprobado").await;
        assert_eq!(transfers(page, READY).await.len(), 1);
        page.click("button", "Enviar otra").await;
        page.click("button", "Enviar 1 solicitud").await;
        page.sees("Ya hay una solicitud pendiente con ese partner. No se ha enviado nada.").await;
        assert_eq!((transfers(page, READY).await.len(), writes(page, "POST").await), (1, 1));
    });
}

#[test]
fn what_does_not_fit_into_one_request_is_sent_as_several_and_shown_as_one() {
    in_chromium(Setup::default(), async |page| {
        cases(page).await;
        fill_in(page, READY).await;
        page.fill("Cuántos elementos espera, si lo sabe opcional", "31").await;
        page.click("button", "Enviar 2 solicitudes").await;
        page.sees("2 solicitudes enviadas, y comprobado").await;
        assert_eq!(transfers(page, READY).await.len(), 2);
        page.click("link", "Todas las de este cliente").await;
        page.row_with(&["De Northbrook Cloud, en 2 partes", "Pendiente"]).await;
        page.click("link", "De Northbrook Cloud, en 2 partes").await;
        page.sees("Parte 2").await;
        page.click("button", "Cancelar la solicitud").await;
        page.click("button", "Sí, cancelar la solicitud").await;
        page.sees("Cancelada, y comprobado.").await;
        poll("both are cancelled", async || {
            let all = transfers(page, READY).await;
            Ok(all.iter().all(|one| one["status"] == "Cancelled").then_some(()))
        })
        .await;
    });
}

#[test]
fn what_stands_in_the_way_of_a_request_is_said_beside_the_button() {
    in_chromium(Setup::default(), async |page| {
        cases(page).await;
        fill_in(page, NO_PLAN).await;
        page.sees("No tiene un plan de Azure activo con usted.").await;
        page.sees("Falta el plan de Azure (vea las comprobaciones).").await;
        page.click("radio", "Solo estos productos").await;
        page.sees("Elija al menos un producto.").await;
        page.click("checkbox", "Licencias de New Commerce").await;
        page.sees_no("Falta el plan de Azure").await;
        page.fill("Su identificador de Microsoft", OWN).await;
        page.sees("Ese identificador es el suyo: el partner actual ha de ser otro.").await;
        page.fill("Su identificador de Microsoft", "northbrook").await;
        page.sees("Aquí no hay ningún identificador (GUID).").await;
        page.fill("Su identificador de Microsoft", OTHER).await;
        page.fill("Correo del cliente", "nadie").await;
        page.sees("Falta un correo del cliente que sea válido.").await;
        page.is_accessible("asking for subscriptions").await;
        page.be_wide(320).await;
        page.until("nothing sticks out", "document.documentElement.scrollWidth <= innerWidth").await;
    });
}

#[test]
fn a_refusal_of_the_service_is_told_with_its_code_and_nothing_is_made() {
    in_chromium(Setup::default(), async |page| {
        cases(page).await;
        fill_in(page, READY).await;
        page.sandbox.switch(json!({ "transfer_refusals": [900_145] })).await;
        page.expect_console("400");
        page.click("button", "Enviar 1 solicitud").await;
        page.sees("Microsoft no aceptó la solicitud. No se ha creado nada.").await;
        page.click("button", "Enviar 1 solicitud").await;
        page.sees("1 solicitud enviada, y comprobado").await;
    });
}

#[test]
fn the_desk_finds_them_and_says_whose_turn_it_is() {
    in_chromium(Setup::with_customers(60), async |page| {
        cases(page).await;
        page.open("/transfers").await;
        press(page, "#transfers-all").await;
        page.sees("clientes no se pudo leer.").await;
        page.find("link", "Sandbox transfer sent").await;
        page.find("link", "Sandbox transfer sent").await;
        page.is_accessible("the desk").await;
        press(page, ".tools .group .btn:last-child").await;
        page.find("link", "Sandbox transfer received").await;
        page.sees("Le toca a usted. Quedan 30 días").await;
        page.until("the address says it", "location.search === '?kind=received'").await;
        page.fill("Buscar el cliente", "nadie así").await;
        page.sees_no("Sandbox transfer received").await;
        page.be_wide(320).await;
        page.until("nothing sticks out", "document.documentElement.scrollWidth <= innerWidth").await;
    });
}

#[test]
fn the_form_on_paper_has_every_field_and_prints() {
    in_chromium(Setup::default(), async |page| {
        cases(page).await;
        page.open(&format!("/customers/{READY}/azure-switch/paper")).await;
        page.heading_is("Formulario de cambio de partner").await;
        page.sees("Faltan 6 datos. Se imprimen con el hueco.").await;
        page.fill("Identificadores de suscripción, uno por línea", "no-es\n").await;
        page.sees("Esto no es un identificador de suscripción: no-es").await;
        page.is_accessible("the form on paper").await;
        let printed: String = page.eval("document.querySelector('.only-print').textContent").await;
        for text in ["Southgate IT", OWN, "Sandbox transfer ready", READY, "Partner nuevo: Firma y fecha"] {
            assert!(printed.contains(text), "{text}: {printed}");
        }
    });
}

#[test]
fn a_cloud_without_self_service_has_the_form_and_one_without_azure_says_so() {
    for (cloud, words) in [
        ("us-government", "Formulario de cambio de partner"),
        ("germany", "Formulario de cambio de partner"),
        ("china", "En esta nube no hay Azure en Partner Center"),
    ] {
        let site = Site::copy().with_setting("cloud", json!(cloud));
        in_chromium(Setup::with_site(site), async |page| {
            cases(page).await;
            page.open(&format!("/customers/{READY}/azure-switch")).await;
            page.sees(words).await;
        });
    }
}

#[test]
fn in_english_by_keyboard_alone() {
    let browser = Options { language: "en-GB".to_owned(), ..Options::default() };
    in_chromium(Setup { browser, ..Setup::default() }, async |page| {
        cases(page).await;
        let only = transfers(page, SENT).await[0]["id"].as_str().expect("an id").to_owned();
        page.open(&format!("/customers/{SENT}/azure-switch/{only}")).await;
        page.sees("The other partner must answer before").await;
        page.eval::<Value>("(document.querySelector('#transfer-cancel').focus(), null)").await;
        page.press_key(Key::Enter).await;
        page.sees("Are you sure? It cannot be undone.").await;
        page.until("the way back has the focus", "document.activeElement?.id === 'transfer-cancel-no'").await;
        page.press_key(Key::Enter).await;
        page.until("the button has it again", "document.activeElement?.id === 'transfer-cancel'").await;
        page.press_key(Key::Enter).await;
        page.until("the way back has the focus", "document.activeElement?.id === 'transfer-cancel-no'").await;
        page.press_with_shift(&[Key::Tab]).await;
        page.press_key(Key::Enter).await;
        page.sees("Cancelled, and verified.").await;
    });
}
