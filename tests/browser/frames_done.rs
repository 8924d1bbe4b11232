//! The application in somebody else's page: what was done is told, a second person agrees through the portal, an import runs
//! inside, and whoever is not the portal is nobody.

use cartera_tests::{Around, Method, Page, Portal, in_portal, not_in_webkit, poll};
use serde_json::{Value, json};

use crate::frames_look::{order, with_context};
use crate::names::RUIZ;
use crate::{adding, importing, removal, transfers};

/// Goes to a page, as a portal does, and into the frame.
async fn go(page: &Page, path: &str) {
    page.out_of_frame().await;
    order(page, "nav.go", &json!({ "path": path })).await;
    page.into_frame().await;
}

/// Waits until the portal has been told of this, and of nothing else of that name.
async fn is_told(page: &Page, done: Value) {
    page.out_of_frame().await;
    poll(format!("the portal is told {done}"), async || {
        let all: Vec<Value> = page.eval("raw.told('event')").await;
        if all.contains(&done) { Ok(Some(())) } else { Err(format!("{all:?}")) }
    })
    .await;
    let all: Vec<Value> = page.eval("raw.told('event')").await;
    assert_eq!(all.iter().filter(|one| one["name"] == done["name"]).count(), 1, "{all:?}");
    page.into_frame().await;
}

async fn begin(page: &Page, portal: &Portal, route: &str) {
    with_context(page, portal, &json!({ "locale": "es", "route": route })).await;
    page.into_frame().await;
}

#[test]
fn a_customer_that_was_added_is_told() {
    in_portal(Around::default(), async |page, portal| {
        page.expect_console("404");
        begin(page, portal, "/customers/new/company").await;
        adding::fill_company(page, "farolevante").await;
        adding::to_review(page).await;
        page.click("button", "Crear cliente").await;
        page.heading_is("Faro de Levante SL ya es cliente suyo").await;
        let found = page.sandbox.read("/customers?size=500&filter=%7B%22Field%22:%22Domain%22,%22Value%22:%22farolevante%22,%22Operator%22:%22starts_with%22%7D").await;
        let id = found["items"][0]["id"].as_str().expect("the new one").to_lowercase();
        is_told(page, json!({ "name": "customerCreated", "customer": id })).await;
    });
}

#[test]
fn an_account_that_was_changed_is_told() {
    in_portal(Around::default(), async |page, portal| {
        begin(page, portal, &format!("/customers/{}/account", RUIZ.0)).await;
        page.fill("Municipio", "Cartagena").await;
        page.click("button", "Revisar 1 cambio").await;
        page.click("button", "Enviar 1 cambio").await;
        let customer = page.sandbox.read(&format!("/customers?size=500&filter=%7B%22Field%22:%22Domain%22,%22Value%22:%22{}%22,%22Operator%22:%22starts_with%22%7D", RUIZ.0)).await;
        let id = customer["items"][0]["id"].as_str().expect("its id").to_lowercase();
        is_told(page, json!({ "name": "customerUpdated", "customer": id })).await;
    });
}

#[test]
fn a_removal_that_the_portal_agreed_to_is_told() {
    let settings = vec![("removalApproval", json!("host"))];
    in_portal(Around { settings, ..Around::default() }, async |page, portal| {
        page.sandbox.control(Method::POST, "cases", &Value::Null).await;
        begin(page, portal, &format!("/customers/{}/relationship", removal::FREE)).await;
        page.sees("Comprobado").await;
        page.sees("El portal pide a otra persona que apruebe esta decisión.").await;
        page.sees("Escriba antes el motivo").await;
        let customer = page.sandbox.read(&format!("/customers/{}", removal::FREE)).await;
        let domain = customer["companyProfile"]["domain"].as_str().expect("a domain").to_owned();
        removal::decide(page, &domain).await;
        page.sees("El botón espera la aprobación de una segunda persona.").await;
        // Somebody says no, nobody says who, and whoever asks cannot agree.
        for (answer, words) in [
            (json!({ "approved": false, "by": "eva@portal.example" }), "Nadie lo aprobó."),
            (json!({ "approved": true, "by": " " }), "Nadie lo aprobó."),
            (json!({ "approved": "true", "by": "eva@portal.example" }), "Nadie lo aprobó."),
        ] {
            page.out_of_frame().await;
            page.eval::<Value>(&format!("(raw.approval = {answer}, null)")).await;
            page.into_frame().await;
            page.click("button", "Pedir la aprobación").await;
            page.sees(words).await;
            page.sees("El botón espera la aprobación de una segunda persona.").await;
        }
        page.out_of_frame().await;
        page.eval::<Value>("(raw.approval = { approved: true, by: 'eva@portal.example' }, null)").await;
        page.into_frame().await;
        page.click("button", "Pedir la aprobación").await;
        page.sees_no("El botón espera la aprobación").await;
        page.out_of_frame().await;
        let asked: String = page.eval("JSON.stringify(raw.asked)").await;
        assert!(asked.contains("Se va con otro partner") && asked.contains(removal::FREE), "{asked}");
        page.into_frame().await;
        page.expect_console("403");
        page.click("button", removal::GO).await;
        page.sees("Aprobado por: eva@portal.example").await;
        is_told(page, json!({ "name": "relationshipRemoved", "customer": removal::FREE })).await;
    });
}

#[test]
fn a_request_for_subscriptions_is_told() {
    in_portal(Around::default(), async |page, portal| {
        page.sandbox.control(Method::POST, "cases", &Value::Null).await;
        let route = format!("/customers/{}/azure-switch/new", transfers::READY);
        let partner = json!({ "id": transfers::OWN, "name": "Altamar", "kind": "direct" });
        with_context(page, portal, &json!({ "locale": "es", "route": route, "partner": partner })).await;
        page.into_frame().await;
        page.sees("Comprobaciones antes de enviar").await;
        page.fill("Su identificador de Microsoft", transfers::OTHER).await;
        page.fill("Nombre del partner", "Northbrook Cloud").await;
        page.click("button", "Enviar 1 solicitud").await;
        page.sees("1 solicitud enviada, y comprobado").await;
        is_told(page, json!({ "name": "transferCreated", "customer": transfers::READY, "count": 1 })).await;
    });
}

/// What a browser does that has no locks in frames, and Firefox before 116, which threw.
const NO_LOCKS: &str = "Object.defineProperty(navigator, 'locks', { get() { throw new DOMException('insecure', 'SecurityError'); } });";

#[test]
fn an_import_inside_an_isolated_portal_needs_no_locks_and_its_end_is_told() {
    not_in_webkit("it does not know `credentialless` (embed/README.md)", || {
        let around = Around { isolated: true, before: NO_LOCKS, ..Around::default() };
        in_portal(around, async |page, portal| {
            let id = importing::customer(page, 5).await;
            begin(page, portal, &format!("/customers/{id}/import")).await;
            page.find("heading", "Suelte aquí un archivo de usuarios").await;
            importing::choose(page, "altas.csv", importing::list(&["ana", "ben"]).as_bytes()).await;
            importing::to_plan(page).await;
            importing::start(page).await;
            page.find("heading", "2 usuarios creados").await;
            assert_eq!(importing::created(page).await, 2, "each once");
            is_told(page, json!({ "name": "importFinished", "customer": id, "count": 2 })).await;
            page.out_of_frame().await;
            // The passwords are in the frame only: leaving would lose them.
            page.until("it is told", "raw.told('ui.dirty').at(-1).dirty === true").await;
            for (button, may) in [("Seguir aquí", false), ("Salir sin ella", true)] {
                let asked: u32 = page.eval("raw.order('nav.mayLeave', {})").await;
                page.into_frame().await;
                page.click("button", button).await;
                page.out_of_frame().await;
                page.until("it is answered", &format!("raw.answers({asked})[0]?.ok?.may === {may}")).await;
            }
        });
    });
}

#[test]
fn somebody_else_who_signs_in_ends_a_run_and_sees_nothing_of_it() {
    in_portal(Around::default(), async |page, portal| {
        let id = importing::customer(page, 200).await;
        begin(page, portal, &format!("/customers/{id}/import")).await;
        page.find("heading", "Suelte aquí un archivo de usuarios").await;
        let names: Vec<String> = (0..150).map(|at| format!("u{at:03}")).collect();
        let file = importing::list(&names.iter().map(String::as_str).collect::<Vec<_>>());
        importing::choose(page, "altas.csv", file.as_bytes()).await;
        importing::to_plan(page).await;
        page.out_of_frame().await;
        page.eval::<Value>("(raw.slow = 150, null)").await;
        page.into_frame().await;
        importing::start(page).await;
        page.until("some are there", "/[1-9]\\d* de 150/.test(document.body.textContent)").await;
        page.out_of_frame().await;
        order(page, "auth.changed", &json!({})).await;
        page.into_frame().await;
        page.heading_is("Clientes").await;
        page.sees("1201 clientes").await;
        let text = page.text().await;
        assert!(!text.contains("Ana Sanz"), "{text}");
        // What was under way comes to its end, and nothing begins.
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        let before = importing::created(page).await;
        tokio::time::sleep(std::time::Duration::from_secs(2)).await;
        assert_eq!(importing::created(page).await, before, "the run went on");
        assert!(before < 150, "{before}");
        // The same file goes on where it was.
        page.out_of_frame().await;
        page.eval::<Value>("(raw.slow = 0, null)").await;
        go(page, &format!("/customers/{id}/import")).await;
        page.find("heading", "Suelte aquí un archivo de usuarios").await;
        importing::choose(page, "altas.csv", file.as_bytes()).await;
        importing::to_plan(page).await;
        importing::start(page).await;
        // The journal was the other one's: who is there already is seen, and left as he is.
        page.sees("usuarios creados").await;
        poll("all are there", async || {
            let all = importing::users(page, &id).await.len();
            if all == 150 { Ok(Some(())) } else { Err(all.to_string()) }
        })
        .await;
        assert_eq!(importing::created(page).await, 150, "each once");
    });
}

#[test]
fn a_sibling_an_opener_and_a_window_without_an_origin_are_not_heard() {
    not_in_webkit("it lets no page open a window that no person asked for", || {
        in_portal(Around::default(), async |page, portal| {
            portal.open_raw(page, "&wait").await;
            page.until("the frame says hello", "globalThis.raw?.hellos.length === 1").await;
            // Row 10. Each sends the right welcome, number and port and all: a sibling of the portal's own origin, and one without any.
            page.eval::<Value>(
                "(() => { raw.sent = []; addEventListener('message', ({ data }) => { if (data.stray) raw.strays.push(data.stray); if (data.sent) raw.sent.push(data.sent); }); \
                 for (const sandbox of ['allow-scripts allow-same-origin', 'allow-scripts']) { const frame = document.createElement('iframe'); frame.setAttribute('sandbox', sandbox); \
                   frame.src = `sibling.html?n=${raw.hellos[0].n}&app=${encodeURIComponent(raw.app.origin)}`; document.body.append(frame); } return null; })()",
            )
            .await;
            page.until(
                "both were sent",
                "raw.sent.length === 2 && raw.sent.includes(location.origin) && raw.sent.includes('null')",
            )
            .await;
            // And the frame itself: whoever it opens or is opened by speaks from another window than its parent.
            page.into_frame().await;
            page.eval::<Value>("(dispatchEvent(new MessageEvent('message', { source: window, origin: location.origin, data: { t: 'pc.welcome', v: 1, n: '0'.repeat(32), caps: [] } })), null)").await;
            page.out_of_frame().await;
            let state: (u32, u32) = page.eval("[raw.strays.length, raw.hellos.length]").await;
            assert_eq!(state, (0, 1), "nothing is answered");
            page.eval::<Value>("(raw.accept(), null)").await;
            page.until("the portal's own is accepted", "raw.told('app.ready').length === 1").await;
            let strays: Vec<Value> = page.eval("raw.strays").await;
            assert!(strays.is_empty(), "{strays:?}");
            page.into_frame().await;
            page.sees("1200 clientes").await;
        });
    });
}

#[test]
fn smoke_a_frame_that_comes_back_out_of_the_browsers_cache_begins_anew_and_asks_nothing_twice() {
    in_portal(Around::default(), async |page, portal| {
        with_context(page, portal, &json!({ "locale": "es" })).await;
        page.into_frame().await;
        page.sees("1200 clientes").await;
        page.out_of_frame().await;
        let before: u32 = page.eval("raw.calls").await;
        page.into_frame().await;
        page.eval::<Value>("(dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })), dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })), null)").await;
        page.out_of_frame().await;
        page.until("it says hello again", "raw.hellos.length === 2 && raw.hellos[0].n !== raw.hellos[1].n")
            .await;
        page.into_frame().await;
        page.sees("1200 clientes").await;
        page.out_of_frame().await;
        let after: u32 = page.eval("raw.calls").await;
        assert_eq!(after, before, "calls were made again");
        // Over the new port it works.
        go(page, "/activity").await;
        page.heading_is("Actividad").await;
        page.out_of_frame().await;
        page.until("the new port is used", "raw.calls > 0 && raw.given >= 2").await;
    });
}

#[test]
fn a_refusal_that_asks_for_a_second_factor_comes_to_the_portal_with_its_claims() {
    in_portal(Around::default(), async |page, portal| {
        let challenge =
            "Bearer error=\\\"insufficient_claims\\\", claims=\\\"eyJhY2Nlc3NfdG9rZW4iOnt9fQ==\\\"";
        portal.open_raw(page, "&wait&caps=auth.getToken").await;
        page.until("the frame says hello", "globalThis.raw?.hellos.length === 1").await;
        page.eval::<Value>("(raw.token = { token: 'abc.def', tenant: '5e170000-0000-4000-8000-00000000aaaa', expiresIn: 3600 }, null)").await;
        page.into_frame().await;
        page.eval::<Value>(&format!(
            "(() => {{ const real = window.fetch; let first = true; window.fetch = async (input, init) => {{ \
             const url = String(input.url ?? input); if (!first || !url.includes('/v1/customers')) return real.call(window, input, init); first = false; \
             return new Response('{{\"code\":900421}}', {{ status: 401, headers: {{ 'www-authenticate': \"{challenge}\" }} }}); }}; return null; }})()"
        ))
        .await;
        page.out_of_frame().await;
        page.eval::<Value>("(raw.accept(), null)").await;
        page.into_frame().await;
        page.sees("1200 clientes").await;
        page.out_of_frame().await;
        let asked: Vec<Value> = page.eval("raw.told('auth.getToken')").await;
        assert!(asked.contains(&json!({ "silent": false, "claims": "{\"access_token\":{}}" })), "{asked:?}");
    });
}
