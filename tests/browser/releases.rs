//! Another release is published under an open tab: it is offered when nothing is lost by it, and a part that is gone is told.

use std::fs;
use std::path::Path;

use cartera_tests::{Page, Setup, Site, in_browser, in_demo};
use serde_json::{Value, json};

use crate::importing;
use crate::names::RUIZ;

const OFFER: &str = "Hay una versión nueva de Cartera.";
const RELOAD: &str = "Volver a cargar";

/// Publishes another release over this one: its page and its list say so.
fn publish(folder: &Path) {
    let list = folder.join("release.json");
    let mut release: Value = serde_json::from_str(&fs::read_to_string(&list).unwrap()).unwrap();
    let old = release["release"].as_str().unwrap().to_owned();
    release["release"] = json!("f".repeat(16));
    fs::write(&list, release.to_string()).unwrap();
    let page = folder.join("index.html");
    let html = fs::read_to_string(&page).unwrap();
    assert!(html.contains(&old), "the page says which release it is");
    fs::write(&page, html.replace(&old, &"f".repeat(16))).unwrap();
    for stale in ["release.json.br", "index.html.br"] {
        let _ = fs::remove_file(folder.join(stale));
    }
}

/// Somebody comes back to the tab two minutes later; waits until it was asked.
async fn come_back(page: &Page) {
    const ASKED: &str =
        "performance.getEntriesByType('resource').filter((one) => one.name.endsWith('/release.json')).length";
    let before: usize = page.eval(ASKED).await;
    page.comes_back().await;
    page.until("it was asked", &format!("{ASKED} > {before}")).await;
    // And what was answered has been taken in.
    page.eval::<()>("new Promise((done) => setTimeout(done, 200)) && undefined").await;
}

async fn is_offered_and_loaded(page: &Page, folder: &Path) {
    page.sees("1200 clientes").await;
    come_back(page).await;
    assert!(!page.text().await.contains(OFFER), "this release is offered as another one");
    publish(folder);
    come_back(page).await;
    page.sees(OFFER).await;
    page.eval::<()>("void (window.old = true)").await;
    page.click("button", RELOAD).await;
    page.until("it was loaded again", "window.old === undefined").await;
    page.sees("1200 clientes").await;
    come_back(page).await;
    assert!(!page.text().await.contains(OFFER), "it is the other one now");
}

#[test]
fn another_release_is_offered_and_loaded() {
    let site = Site::copy().with_own_script();
    in_browser(Setup::with_site(site.clone()), async |page| {
        page.open("/customers").await;
        is_offered_and_loaded(page, site.folder()).await;
    });
}

#[test]
fn in_a_demonstration_too() {
    let site = Site::demo_copy().with_own_script();
    in_demo(site.clone(), async |page| {
        page.open("/customers").await;
        is_offered_and_loaded(page, site.folder()).await;
    });
}

#[test]
fn it_waits_while_something_is_typed_and_comes_afterwards() {
    let site = Site::copy().with_own_script();
    in_browser(Setup::with_site(site.clone()), async |page| {
        page.expect_console("404");
        page.open(&format!("/customers/{}/account", RUIZ.0)).await;
        page.fill("Nombre legal", "Ruiz e Hijas SL").await;
        publish(site.folder());
        come_back(page).await;
        assert!(!page.text().await.contains(OFFER));
        page.click("link", "Clientes").await;
        page.click("button", "Salir sin enviar").await;
        page.heading_is("Clientes").await;
        page.sees(OFFER).await;
    });
}

#[test]
fn where_drafts_are_not_kept_it_waits_as_long_as_there_is_one() {
    let site = Site::copy().with_own_script().with_setting("keepDrafts", json!(false));
    in_browser(Setup::with_site(site.clone()), async |page| {
        page.expect_console("404");
        page.open("/customers/new/company").await;
        page.fill("País o región", "España").await;
        publish(site.folder());
        page.click("link", "Clientes").await;
        page.heading_is("Clientes").await;
        come_back(page).await;
        assert!(!page.text().await.contains(OFFER));
    });
}

#[test]
fn it_waits_for_an_import_and_comes_when_its_passwords_are_kept() {
    let site = Site::copy().with_own_script();
    in_browser(Setup::with_site(site.clone()), async |page| {
        let id = importing::customer(page, 5).await;
        importing::open(page, &id).await;
        importing::choose(page, "altas.csv", importing::list(&["ainhoa"]).as_bytes()).await;
        page.find("button", "Revisar filas").await;
        publish(site.folder());
        page.click("link", "Clientes").await;
        page.heading_is("Clientes").await;
        come_back(page).await;
        assert!(!page.text().await.contains(OFFER), "a file is on the desk");
        page.back().await;
        importing::to_plan(page).await;
        importing::start(page).await;
        page.find("heading", "1 usuario creado").await;
        assert!(!page.text().await.contains(OFFER), "passwords are only here");
        page.click("checkbox", "He guardado las contraseñas").await;
        page.click("link", "Terminar y volver al cliente").await;
        page.sees(OFFER).await;
    });
}

#[test]
fn a_language_that_is_gone_with_its_release_is_told() {
    let site = Site::copy().with_own_script();
    in_browser(Setup::with_site(site.clone()), async |page| {
        page.expect_console("texts/en-");
        page.open("/settings").await;
        page.heading_is("Ajustes").await;
        publish(site.folder());
        let _gone = site.clone().without("texts/en.txt");
        page.click("radio", "English").await;
        page.toast_says("No se pudieron cargar los textos. Sigue el idioma de antes.").await;
        page.sees("se ha publicado una versión nueva").await;
    });
}

#[test]
fn a_part_that_is_gone_with_its_release_leads_to_words_and_a_reload() {
    let site = Site::copy().with_own_script();
    in_browser(Setup::with_site(site.clone()), async |page| {
        page.expect_console("404");
        page.expect_console("lazy/");
        page.expect_console("Failed to execute 'compile'");
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        publish(site.folder());
        for file in fs::read_dir(site.folder().join("lazy")).unwrap().flatten() {
            if file.path().is_file() {
                fs::rename(file.path(), file.path().with_extension("gone")).unwrap();
            }
        }
        page.eval::<()>("void (window.old = true)").await;
        page.click("link", "Ajustes").await;
        page.heading_is("Falta una parte de Cartera").await;
        page.sees("se ha publicado una versión nueva").await;
        page.lacks("button", "Reintentar").await;
        page.click("button", RELOAD).await;
        page.until("it was loaded again", "window.old === undefined").await;
    });
}

#[test]
fn a_host_without_the_list_and_one_that_is_offline_change_nothing() {
    let site = Site::copy().with_own_script();
    in_browser(Setup::with_site(site.clone()), async |page| {
        page.expect_console("404");
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        let _changed = site.clone().without("release.json");
        come_back(page).await;
        page.sees("1200 clientes").await;
        assert!(!page.text().await.contains(OFFER));
    });
}
