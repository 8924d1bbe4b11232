//! Language and theme.

use cartera_tests::{Options, Setup, in_browser, in_chromium};
use serde_json::json;

fn in_language(language: &str) -> Setup {
    Setup { browser: Options { language: language.to_owned(), ..Options::default() }, ..Setup::default() }
}

#[test]
fn the_language_is_the_browsers_and_english_where_there_is_none() {
    for (language, heading, count) in [
        ("en-GB", "Customers", "1,200 customers"),
        ("fi", "Customers", "1,200 customers"),
        ("es-MX", "Clientes", "1200 clientes"),
    ] {
        in_chromium(in_language(language), async |page| {
            page.open("/customers").await;
            page.heading_is(heading).await;
            page.sees(count).await;
        });
    }
}

#[test]
fn the_theme_is_the_systems_until_it_is_chosen_and_then_remembered() {
    in_chromium(Setup::default(), async |page| {
        let ground = "getComputedStyle(document.querySelector('.main')).backgroundColor";
        page.prefer(cartera_tests::Theme::Dark).await;
        page.open("/settings").await;
        page.heading_is("Ajustes").await;
        page.until("the page is dark", &format!("{ground} === 'rgb(31, 31, 31)'")).await;
        page.click("radio", "Claro").await;
        page.until("the page is light", &format!("{ground} === 'rgb(255, 255, 255)'")).await;
        page.reload().await;
        page.heading_is("Ajustes").await;
        page.until("it still is", &format!("{ground} === 'rgb(255, 255, 255)'")).await;
        page.until("the choice is shown", "document.querySelectorAll('input[name=theme]')[1].checked").await;
        page.click("radio", "El del sistema").await;
        page.until("the page is dark again", &format!("{ground} === 'rgb(31, 31, 31)'")).await;
    });
}

#[test]
fn texts_that_do_not_come_leave_the_language_as_it_was() {
    let site = cartera_tests::Site::copy().without("texts/en.txt");
    in_browser(Setup::with_site(site), async |page| {
        page.open("/settings").await;
        page.heading_is("Ajustes").await;
        page.expect_console("texts/en-");
        page.click("radio", "English").await;
        page.toast_says("No se pudieron cargar los textos. Sigue el idioma de antes.").await;
        page.heading_is("Ajustes").await;
    });
}

#[test]
fn only_the_offered_languages_can_be_chosen() {
    let site = cartera_tests::Site::copy().with_setting("languages", serde_json::json!(["en"]));
    in_browser(Setup::with_site(site), async |page| {
        // The browser asks for Spanish, which this partner does not offer.
        page.open("/settings").await;
        page.heading_is("Settings").await;
        assert!(!page.has("radio", "Español").await);
    });
}

#[test]
fn what_is_forgotten_is_forgotten_at_once_and_seen_to_be() {
    in_chromium(Setup::default(), async |page| {
        page.open("/settings").await;
        page.sees("las vistas que usted guardó, con lo que buscan").await;
        page.click("radio", "Oscuro").await;
        page.click("radio", "Amplia").await;
        page.click("radio", "Las letras sueltas no hacen nada").await;
        page.click("radio", "English").await;
        page.heading_is("Settings").await;
        page.click("button", "Forget everything").await;
        page.heading_is("Ajustes").await;
        page.toast_says("En este navegador ya no queda nada de Cartera.").await;
        page.until("the system decides again", "!document.documentElement.dataset.theme").await;
        page.until(
            "the choices are as on a first visit",
            "['theme', 'keys'].every((name) => document.querySelector(`input[name=${name}]`).checked) && \
             document.querySelectorAll('input[name=density]')[1].checked",
        )
        .await;
        page.until("the focus is where it was", "document.activeElement.id === 'forget'").await;
        page.until("nothing is left", "localStorage.length === 0").await;
    });
}

#[test]
fn a_list_from_before_the_deployment_forbade_it_is_forgotten_too() {
    let site = cartera_tests::Site::copy().with_setting("keepCustomers", json!(true));
    in_chromium(Setup::with_site(site.clone()), async |page| {
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        page.click("link", "Ajustes").await;
        page.click("checkbox", "Guardar aquí la lista de clientes").await;
        let databases =
            "(indexedDB.databases().then((all) => (window.databases = all.length)), window.databases)";
        page.until("there is a database", &format!("{databases} === 1")).await;
        drop(site.with_setting("keepCustomers", json!(false)));
        page.reload().await;
        page.heading_is("Ajustes").await;
        page.lacks("checkbox", "Guardar aquí la lista de clientes").await;
        page.click("button", "Olvidarlo todo").await;
        page.toast_says("En este navegador ya no queda nada de Cartera.").await;
        page.until("it is gone", &format!("{databases} === 0")).await;
    });
}

#[test]
fn saved_views_are_renamed_opened_and_taken_away_in_the_settings() {
    in_browser(Setup::default(), async |page| {
        page.open("/settings").await;
        page.sees("Ninguna. Se guardan desde la lista de clientes").await;
        page.eval::<()>(
            "localStorage.setItem('cartera.views', 'cartera-views 1\\n-Los Ruiz\\tq=ruiz\\n-Sandbox\\tq=sandbox')",
        )
        .await;
        page.reload().await;
        page.fill("Nombre de la vista Los Ruiz", "Sandbox").await;
        page.press_key(cartera_tests::Key::Tab).await;
        page.toast_says("La vista sigue con su nombre").await;
        page.fill("Nombre de la vista Los Ruiz", "Panaderos").await;
        page.press_key(cartera_tests::Key::Tab).await;
        page.click("button", "Quitar la vista Sandbox").await;
        page.lacks("link", "Abrir la vista Sandbox").await;
        page.click("link", "Abrir la vista Panaderos").await;
        page.address_is("/customers?q=ruiz").await;
        page.find("link", "Panaderos").await;
    });
}
