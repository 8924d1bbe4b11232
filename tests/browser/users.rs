//! Users and licences, the account, and the request of a relationship.

use std::fs;

use cartera_tests::{Options, Setup, in_browser, in_chromium};
use serde_json::json;

use crate::names::RUIZ;

#[test]
fn users_are_found_as_one_types_with_their_licences_and_those_deleted() {
    in_browser(Setup::default(), async |page| {
        page.open(&format!("/customers/{}/users", RUIZ.0)).await;
        page.heading_is(RUIZ.1).await;
        page.find("table", "Licencias").await;
        page.until(
            "the figures stand beside the bars",
            "[...document.querySelectorAll('progress')].every((bar) => bar.nextSibling.textContent.includes(' / '))",
        )
        .await;
        page.until("there are users", "document.querySelectorAll('.users tbody tr').length > 1").await;
        let name: String =
            page.eval("document.querySelector('.users tbody tr:last-child th').textContent").await;
        page.fill("Buscar por nombre o nombre de inicio de sesión", &name).await;
        page.until("others went", "document.querySelectorAll('.users tbody tr').length === 1").await;
        page.click("button", &format!("Ver licencias de {name}")).await;
        page.until("they are told", "document.querySelector('.panel')?.textContent.length > 3").await;
        page.press_key(cartera_tests::Key::Escape).await;
        page.fill("Buscar por nombre o nombre de inicio de sesión", "zzzz").await;
        page.sees("Ningún usuario coincide.").await;
        page.click("button", "Eliminados").await;
        page.sees("Un usuario eliminado se puede restaurar durante 30 días.").await;
    });
}

#[test]
fn missing_permission_for_users_leaves_the_licences() {
    let faults = json!([{ "kind": "forbidden", "path": "/users" }]);
    in_chromium(Setup::with_faults(faults), async |page| {
        page.expect_console("403");
        page.open(&format!("/customers/{}/users", RUIZ.0)).await;
        page.sees("No tiene permiso para ver esto").await;
        page.find("table", "Licencias").await;
    });
}

#[test]
fn the_account_shows_company_and_billing_and_who_can_change_what() {
    in_browser(Setup::default(), async |page| {
        page.open(&format!("/customers/{}/account", RUIZ.0)).await;
        page.find("heading", "Empresa").await;
        page.sees("Un partner no puede cambiarla.").await;
        page.find("heading", "Facturación").await;
    });
}

#[test]
fn subscriptions_are_exported_with_partner_centers_columns() {
    let downloads = tempfile::tempdir().unwrap();
    let browser = Options { downloads: Some(downloads.path().to_owned()), ..Options::default() };
    in_chromium(Setup { browser, ..Setup::default() }, async |page| {
        page.open(&format!("/customers/{}/subscriptions", RUIZ.0)).await;
        page.find("table", "Suscripciones").await;
        page.click("button", "Exportar").await;
        page.toast_says("exportada").await;
        let file = downloads.path().join("suscripciones.csv");
        let text = cartera_tests::poll("the file is there", async || {
            fs::read_to_string(&file)
                .map(|text| (!text.is_empty()).then_some(text))
                .map_err(|error| error.to_string())
        })
        .await;
        let rows: usize = page.eval("document.querySelectorAll('.subs tbody tr').length").await;
        assert_eq!(text.lines().count(), rows + 1);
        assert_eq!(
            text.lines().next(),
            Some(
                "\u{feff}\"Identificador de suscripción\";\"Suscripción\";\"Cantidad\";\"Estado\";\"Revendedor\""
            )
        );
        page.fill("Buscar por nombre, estado o identificador", "zzzz").await;
        page.sees("0 suscripciones").await;
    });
}

#[test]
fn a_relationship_is_requested_in_the_customers_language() {
    in_browser(Setup::default(), async |page| {
        let link = "document.getElementById('request-link')?.value";
        let text = "document.getElementById('request-text')?.value";
        page.open("/customers").await;
        page.click("link", "Solicitar relación").await;
        page.heading_is("Solicitar relación").await;
        page.until("the link asks for delegation", &format!("{link}?.includes('DAP=true')")).await;
        page.until("the letter has it", &format!("{text}?.includes({link}) && {text}.startsWith('Hola')"))
            .await;
        page.click("checkbox", "Pedir también la administración delegada").await;
        page.until(
            "now it does not",
            &format!("{link}?.includes('DAP=false') && {text}.includes('DAP=false')"),
        )
        .await;
        for (language, beginning) in [("de", "Guten Tag"), ("fr", "Bonjour"), ("pt", "Olá"), ("en", "Hello")]
        {
            page.eval::<()>(&format!(
                "(() => {{ const select = document.getElementById('request-language'); select.value = '{language}'; select.dispatchEvent(new Event('change')); }})()"
            ))
            .await;
            page.until(language, &format!("{text}?.startsWith('{beginning}')")).await;
        }
        page.until(
            "mail gets it encoded",
            "document.querySelector('a[href^=\"mailto:\"]').getAttribute('href').includes('body=Hello%2C%0D%0A')",
        )
        .await;
    });
}

/// Chooses another option of a list, as a person would.
fn select(id: &str, option: &str) -> String {
    format!(
        "void (() => {{ const select = document.getElementById('{id}'); select.value = {option}; \
         select.dispatchEvent(new Event('change', {{ bubbles: true }})); }})()"
    )
}

const LINK: &str = "document.getElementById('request-link')?.value";
const TEXT: &str = "document.getElementById('request-text')?.value";

#[test]
fn what_was_written_into_the_letter_stays_and_only_its_link_follows() {
    in_chromium(Setup::default(), async |page| {
        page.open("/customers/request").await;
        page.until("the letter is there", &format!("{TEXT}?.includes({LINK})")).await;
        page.eval::<()>(
            "void (() => { const area = document.getElementById('request-text'); area.value = area.value.replace('Hola', 'Querida Inés'); area.dispatchEvent(new Event('input', { bubbles: true })); })()",
        )
        .await;
        page.sees("Lo que usted escribió se queda; solo cambia el enlace.").await;
        let kept = |part: &str| {
            format!(
                "{TEXT}?.startsWith('Querida Inés') && {LINK}.includes('{part}') && {TEXT}.includes({LINK})"
            )
        };
        page.click("checkbox", "Pedir también la administración delegada").await;
        page.until("the link in it follows", &kept("DAP=false")).await;
        page.eval::<()>(&select("request-reseller", "select.options[1].value")).await;
        page.until("with a reseller, too", &kept("indirectResellerId=")).await;
        page.eval::<()>(&select("request-language", "'de'")).await;
        page.until(
            "and in another language",
            "performance.getEntriesByType('resource').some((entry) => /\\/letters\\/de[^/]*\\.txt$/.test(entry.name) && entry.responseEnd > 0)",
        )
        .await;
        page.until("the words stay", &kept("DAP=false")).await;
        page.until(
            "mail gets them",
            "document.querySelector('a[href^=\"mailto:\"]').getAttribute('href').includes('Querida%20In')",
        )
        .await;
        page.click("button", "Volver al mensaje propuesto").await;
        page.until("the proposal is there", &format!("{TEXT}?.startsWith('Guten Tag')")).await;
    });
}

#[test]
fn a_late_answer_about_the_partner_takes_nothing_that_was_written() {
    in_chromium(Setup::default(), async |page| {
        page.before_every_document(
            "{ const real = window.fetch; window.fetch = async (input, init) => { if (String(input.url ?? input).includes('.session')) await new Promise((go) => (window.letGo = go)); return real.call(window, input, init); }; }",
        )
        .await;
        page.open("/customers/request").await;
        page.until("the letter is there", &format!("{TEXT}?.includes({LINK})")).await;
        page.eval::<()>(
            "void (() => { const area = document.getElementById('request-text'); area.value = 'Solo esto'; area.dispatchEvent(new Event('input', { bubbles: true })); window.letGo(); })()",
        )
        .await;
        page.until("the partner is known", "!!document.querySelector('.tenant')").await;
        page.until("the words stay", &format!("{TEXT} === 'Solo esto'")).await;
    });
}

#[test]
fn link_and_message_are_copied_for_the_reseller_that_was_chosen() {
    in_chromium(Setup::default(), async |page| {
        page.before_every_document(
            "navigator.clipboard.writeText = async (text) => { window.copied = text; };",
        )
        .await;
        page.open("/customers/request").await;
        page.until(
            "the resellers are there",
            "document.getElementById('request-reseller')?.options.length > 1",
        )
        .await;
        page.eval::<()>(&select("request-reseller", "select.options[1].value")).await;
        page.until(
            "the link is the reseller's",
            &format!(
                "{LINK}?.includes('indirectResellerId=' + document.getElementById('request-reseller').value)"
            ),
        )
        .await;
        page.click("button", "Copiar el enlace").await;
        page.toast_says("Copiado.").await;
        page.until("the link was copied", &format!("window.copied === {LINK}")).await;
        page.click("button", "Copiar el mensaje").await;
        page.until("the message was copied", &format!("window.copied === {TEXT}")).await;
    });
}
