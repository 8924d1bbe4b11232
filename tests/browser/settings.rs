//! Language and theme.

use cartera_tests::{Options, Setup, in_browser, in_chromium};

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
        page.expect_console("texts/en.txt");
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
