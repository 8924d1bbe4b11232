//! The pictures of the documentation. They are made, not compared:
//! `cargo test -p cartera-tests --test browser -- --ignored pictures`.

use std::fs;
use std::path::{Path, PathBuf};

use cartera_tests::{Options, Page, Setup, Theme, in_chromium};
use serde_json::json;

use crate::importing;
use crate::names::RUIZ;

/// Large enough to read, small enough for a page of text.
async fn be_a_screen(page: &Page) {
    let size = json!({ "width": 1200, "height": 750, "deviceScaleFactor": 1, "mobile": false });
    page.cdp("Emulation.setDeviceMetricsOverride", size).await;
}

async fn take(page: &Page, folder: &Path, name: &str) {
    page.until(
        "nothing is on its way",
        "!document.querySelector('[aria-busy=true], .bone') && document.fonts.status === 'loaded'",
    )
    .await;
    page.until("it is there", "!!document.querySelector('main h1')?.innerText").await;
    for (theme, word) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
        page.prefer(theme).await;
        page.until("colours have stopped changing", "document.getAnimations().length === 0").await;
        let file = folder.join(format!("{name}-{word}.png"));
        page.driver.screenshot(&file).await.expect("a picture");
    }
}

fn folder(path: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace").join(path);
    fs::create_dir_all(&folder).expect("a folder for pictures");
    folder
}

/// What the README shows, in light and dark.
#[test]
#[ignore = "makes docs/pictures/*.png"]
fn pictures_for_the_readme() {
    let browser = Options { language: "en-GB".to_owned(), ..Options::default() };
    in_chromium(Setup { browser, ..Setup::default() }, async |page| {
        let folder = folder("docs/pictures");
        be_a_screen(page).await;
        page.open("/customers?q=ltd&cols=domain,country,end").await;
        page.until("values are in", "document.querySelectorAll('td.x-country > bdi').length > 3").await;
        take(page, &folder, "customers").await;
        page.open(&format!("/customers/{}/relationship", RUIZ.0)).await;
        page.sees("Blocking:").await;
        take(page, &folder, "relationship").await;
        let id = importing::customer(page, 3).await;
        page.open(&format!("/customers/{id}/import")).await;
        page.until("a file can be chosen", importing::CAN_CHOOSE).await;
        importing::choose(page, "new-users.csv", importing::to_repair().as_bytes()).await;
        importing::goes_on_to(page, "repair").await;
        take(page, &folder, "import").await;
    });
}

/// Each page in each language, to be looked at side by side: `target/pictures/PAGE-LANGUAGE-light.png`.
#[test]
#[ignore = "makes target/pictures/*.png"]
fn pictures_of_every_language() {
    let pages = [
        ("list", "/customers".to_owned()),
        ("new", "/customers/new".to_owned()),
        ("customer", format!("/customers/{}", RUIZ.0)),
        ("account", format!("/customers/{}/account", RUIZ.0)),
        ("relationship", format!("/customers/{}/relationship", RUIZ.0)),
        ("switch", format!("/customers/{}/azure-switch", RUIZ.0)),
        ("transfers", "/transfers".to_owned()),
        ("settings", "/settings".to_owned()),
    ];
    for language in ["es", "en", "de", "fr", "pt"] {
        let browser = Options { language: language.to_owned(), ..Options::default() };
        in_chromium(Setup { browser, ..Setup::default() }, async |page| {
            let folder = folder("target/pictures");
            be_a_screen(page).await;
            for (name, path) in &pages {
                page.open(path).await;
                take(page, &folder, &format!("{name}-{language}")).await;
            }
            let id = importing::customer(page, 3).await;
            page.open(&format!("/customers/{id}/import")).await;
            page.until("a file can be chosen", importing::CAN_CHOOSE).await;
            take(page, &folder, &format!("import-source-{language}")).await;
            importing::choose(page, "a.csv", importing::to_repair().as_bytes()).await;
            for step in ["columns", "repair", "plan"] {
                importing::goes_on_to(page, step).await;
                take(page, &folder, &format!("import-{step}-{language}")).await;
            }
            importing::goes_on_to(page, "results").await;
            take(page, &folder, &format!("import-results-{language}")).await;
        });
    }
}
