//! Settings that are wrong, an API that is not there, a storage that throws.

use cartera_tests::{Setup, Site, in_browser, in_chromium};
use serde_json::json;

const MISCONFIGURED: &str = "Cartera no está bien configurada";

/// Opens the list with this `config.json`, and expects these sentences about it.
fn with_config(config: &str, sentences: &[&str]) {
    in_browser(Setup::with_site(Site::copy().with("config.json", config)), async |page| {
        page.open("/customers").await;
        page.heading_is(MISCONFIGURED).await;
        for sentence in sentences {
            page.sees(sentence).await;
        }
        page.find("button", "Volver a cargar").await;
        page.until("the title says it", &format!("document.title === '{MISCONFIGURED} · Cartera'")).await;
    });
}

#[test]
fn missing_settings_are_told() {
    in_browser(Setup::with_site(Site::copy().without("config.json")), async |page| {
        page.expect_console("config.json");
        page.open("/customers").await;
        page.heading_is(MISCONFIGURED).await;
        page.sees("El archivo config.json no está en el servidor (respuesta 404).").await;
    });
}

#[test]
fn settings_that_are_no_json_are_told_with_the_place() {
    with_config("{\n  \"mode\": gateway\n}", &["No es JSON: el error está en la línea 2, columna 11."]);
    with_config("", &["No es JSON"]);
}

#[test]
fn all_wrong_settings_are_told_at_once() {
    with_config(
        "{\"mode\":\"magic\",\"api\":\"v1\",\"cloud\":\"global\",\"languages\":[],\"hosts\":[\"portal\"],\"aip\":1}",
        &[
            "mode: debe ser uno de gateway",
            "api: debe ser una ruta de este sitio, como /v1, o una dirección https.",
            "languages: debe ser una lista de textos con al menos uno.",
            "hosts[0]: debe ser un origen, como https://portal.example.",
            "aip: este ajuste no existe; quizá sea una errata.",
        ],
    );
    with_config("[]", &["Debe ser un objeto JSON, entre llaves."]);
    with_config(
        "{\"api\":\"/v1\",\"cloud\":\"global\",\"languages\":[\"es\"],\"hosts\":[]}",
        &["mode: falta este ajuste."],
    );
}

/// With `crates/app-config`'s own test of every fault: each has its place and what is to be done, in words.
#[test]
fn what_a_sign_in_needs_and_the_rest_of_the_faults_are_told_with_their_remedies() {
    let guid = "5e170000-0000-4000-8000-000000000001";
    with_config(
        "{\"mode\":\"direct\",\"cloud\":\"germany\",\"tenant\":\"x\",\"authority\":\"https://evil.example\",\"keepDrafts\":\"no\",\
         \"removalApproval\":\"file\",\"approvers\":[{\"id\":\"x\"}],\"aip\":1}",
        &[
            "tenant: debe ser un GUID, como 5e17",
            "clientId: falta este ajuste. Agréguelo.",
            "authority: es para pruebas y debe estar en este equipo, como http://127.0.0.1:9000. Quítelo",
            "cloud: esta nube está cerrada desde el 29 de octubre de 2021",
            "Elija otra nube, o el modo gateway.",
            "keepDrafts: debe ser true o false, sin comillas.",
            "approvers[0]: no es una persona con id y clave pública en P-256. Escriba su id y su clave.",
            "aip: este ajuste no existe; quizá sea una errata. Corríjalo o quítelo.",
        ],
    );
    with_config(
        &format!("{{\"mode\":\"gateway\",\"api\":\"/v1\",\"cloud\":\"global\",\"tenant\":\"{guid}\"}}"),
        &["tenant: este ajuste es solo del modo direct; quítelo, o cambie mode."],
    );
    with_config(
        &format!(
            "{{\"mode\":\"direct\",\"api\":\"https://evil.example/v1\",\"cloud\":\"china\",\"tenant\":\"{guid}\",\"clientId\":\"{guid}\"}}"
        ),
        &[
            "van a https://partner.partnercenterapi.microsoftonline.cn/v1 y a ningún otro sitio. Quite el ajuste",
        ],
    );
}

#[test]
fn a_reload_after_the_settings_are_mended_starts_the_application() {
    let site = Site::copy().with("config.json", "{}");
    in_browser(Setup::with_site(site.clone()), async |page| {
        page.open("/customers").await;
        page.heading_is(MISCONFIGURED).await;
        let good = std::fs::read(Site::default().folder().join("config.json")).unwrap();
        drop(site.with("config.json", good));
        page.click("button", "Volver a cargar").await;
        page.sees("1200 clientes").await;
    });
}

#[test]
fn an_api_that_is_elsewhere_is_told() {
    // Where nothing is, this server has the application's page: an answer that is no JSON.
    for (api, sentence) in [
        ("/elsewhere", "La respuesta no es lo que debería."),
        ("/v1/elsewhere", "En /v1/elsewhere no responde Partner Center."),
    ] {
        let site = Site::copy().with_setting("api", json!(api));
        in_browser(Setup::with_site(site), async |page| {
            page.open("/customers").await;
            page.alert_says("No se pudieron leer los clientes").await;
            page.sees(sentence).await;
            page.find("button", "Reintentar").await;
        });
    }
}

#[test]
fn an_api_that_cannot_be_reached_is_told() {
    // Another origin: the policy of this site refuses the call before it leaves.
    let site = Site::copy().with_setting("api", json!("https://gateway.example/v1"));
    in_browser(Setup::with_site(site), async |page| {
        page.expect_console("gateway.example");
        page.open("/customers").await;
        page.alert_says("No se pudieron leer los clientes").await;
        page.sees("Microsoft, o el camino hasta allí, falla en este momento.").await;
    });
}

#[test]
fn a_storage_that_throws_costs_only_the_memory() {
    for storage in [
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });",
        "for (const name of ['getItem', 'setItem', 'removeItem']) Storage.prototype[name] = () => { throw new \
         DOMException('full', 'QuotaExceededError'); };",
    ] {
        in_chromium(Setup::default(), async |page| {
            page.before_every_document(storage).await;
            page.open("/customers").await;
            page.sees("1200 clientes").await;
            page.click("link", "Ajustes").await;
            page.click("radio", "Oscuro").await;
            page.toast_says("El navegador no deja guardar aquí: el ajuste vale hasta cerrar la pestaña.")
                .await;
            page.click("radio", "English").await;
            page.heading_is("Settings").await;
        });
    }
}
