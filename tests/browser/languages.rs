//! Five languages: each is shown whole, fits, and is the only one that is loaded. And a page that is read from the right.

use cartera_tests::{Key, Options, Page, Setup, Site, in_browser, in_chromium, poll, pseudo};

use crate::importing;
use crate::names::RUIZ;

fn in_language(language: &str) -> Setup {
    Setup { browser: Options { language: language.to_owned(), ..Options::default() }, ..Setup::default() }
}

/// What a language calls the list and 1200 customers, how it says that one was found, and what its settings are called.
const LANGUAGES: [(&str, &str, &str, &str, &str); 5] = [
    ("es-MX", "Clientes", "1200 clientes", "1 de 1200 coincide con «sandbox subscriptions 500»", "Ajustes"),
    ("en-GB", "Customers", "1,200 customers", "1 of 1,200 matches “sandbox subscriptions 500”", "Settings"),
    ("de-AT", "Kunden", "1.200 Kunden", "1 von 1.200 passt zu „sandbox subscriptions 500“", "Einstellungen"),
    (
        "fr-CA",
        "Clients",
        "1 200 clients",
        "1 sur 1 200 correspond à « sandbox subscriptions 500 »",
        "Paramètres",
    ),
    (
        "pt-PT",
        "Clientes",
        "1.200 clientes",
        "1 de 1.200 corresponde a “sandbox subscriptions 500”",
        "Configurações",
    ),
];

#[test]
fn the_browsers_language_is_shown_and_no_other_is_loaded() {
    for (language, title, count, found, settings) in LANGUAGES {
        in_chromium(in_language(language), async |page| {
            page.open("/customers").await;
            page.heading_is(title).await;
            page.sees(count).await;
            let code = &language[..2];
            page.until("the document says it", &format!("document.documentElement.lang === '{code}'")).await;
            page.open("/customers?q=sandbox%20subscriptions%20500").await;
            page.sees(found).await;
            let loaded: Vec<String> = page
                .eval(
                    "performance.getEntriesByType('resource').map((entry) => entry.name.split('/texts/')[1]) \
                     .filter(Boolean)",
                )
                .await;
            let names: Vec<&str> = loaded.iter().filter_map(|name| name.split('-').next()).collect();
            assert_eq!(names, [code], "{language}");
            page.open("/settings").await;
            page.heading_is(settings).await;
            for name in ["Español", "English", "Deutsch", "Français", "Português"] {
                page.find("radio", name).await;
            }
        });
    }
}

/// After a change of language the crash page speaks the new one, though its words came with a file.
#[test]
fn the_page_that_says_that_it_has_stopped_speaks_the_language_that_was_chosen_last() {
    let site = Site::copy().with_own_script();
    in_browser(Setup::with_site(site), async |page| {
        page.open("/settings").await;
        page.heading_is("Ajustes").await;
        page.click("radio", "Deutsch").await;
        page.heading_is("Einstellungen").await;
        page.panics().await;
        page.heading_is("Cartera wurde angehalten").await;
        page.find("button", "Neu laden").await;
    });
}

/// Pages that have most of the words.
const PAGES: [&str; 14] = [
    "/customers",
    "/customers/new",
    "/customers/request",
    "/customers/ruiz-murcia.onmicrosoft.com",
    "/customers/ruiz-murcia.onmicrosoft.com/subscriptions",
    "/customers/ruiz-murcia.onmicrosoft.com/users",
    "/customers/ruiz-murcia.onmicrosoft.com/account",
    "/customers/ruiz-murcia.onmicrosoft.com/relationship",
    "/customers/ruiz-murcia.onmicrosoft.com/azure-switch",
    "/customers/ruiz-murcia.onmicrosoft.com/import",
    "/transfers",
    "/activity?period=here",
    "/settings",
    "/no/such/page",
];

/// Controls and headings whose words are cut off or stick out, by what they say.
const CUT: &str = "[...document.querySelectorAll('h1, h2, h3, button, a, label, legend, th, summary, [role=tab]')] \
     .filter((el) => el.checkVisibility() && !el.closest('.sr') && !el.matches('.sr') && el.clientWidth > 0 && \
       getComputedStyle(el).textOverflow !== 'ellipsis' && getComputedStyle(el).display !== 'inline' && \
       el.scrollWidth > el.clientWidth + 1) \
     .map((el) => `${el.tagName} ${el.className}: ${el.innerText}`)";

/// Controls that stick out of their cells, days that are cut off, and lists that scroll sideways, by what they say.
const HIDDEN: &str = "[...document.querySelectorAll('td .btn, td.x-due, aside')].filter((el) => el.checkVisibility() && \
       (el.matches('.btn') ? el.getBoundingClientRect().right > el.closest('td').getBoundingClientRect().right + 1 \
         : el.scrollWidth > el.clientWidth + 1)) \
     .map((el) => `${el.tagName} ${el.className}: ${el.innerText.slice(0, 80)}`)";

/// What makes the page wider than the window, by what it says; the page itself where nothing else does.
const OUT: &str = "document.documentElement.scrollWidth <= innerWidth ? [] : \
     ['page', ...[...document.body.querySelectorAll('*')].filter((el) => el.checkVisibility() && !el.matches('.sr')) \
     .filter((el) => { const box = el.getBoundingClientRect(); return box.right > innerWidth + 1 || box.left < -1; }) \
     .map((el) => `${el.tagName} ${el.className.baseVal ?? el.className}: ${el.textContent.slice(0, 80)}`)]";

async fn fits(page: &Page, path: &str, width: u32, language: &str) {
    page.be_wide(width).await;
    page.open(path).await;
    shows_all(page, path, width, language).await;
}

/// What is shown now fits.
async fn shows_all(page: &Page, path: &str, width: u32, language: &str) {
    page.until("the page is there", "!!document.querySelector('main h1')?.innerText").await;
    page.until(
        "nothing is on its way",
        "!document.querySelector('[aria-busy=true], .bone') && document.fonts.status === 'loaded'",
    )
    .await;
    poll(format!("{path} fits {width} px in {language}"), async || {
        let out: Vec<String> = page.eval(OUT).await;
        if out.is_empty() { Ok(Some(())) } else { Err(format!("these stick out: {out:#?}")) }
    })
    .await;
    for what in [CUT, HIDDEN] {
        let cut: Vec<String> = page.eval(what).await;
        assert!(cut.is_empty(), "{path}, {width} px, {language}: {cut:#?}");
    }
}

#[test]
fn every_page_fits_a_phone_and_a_screen_in_every_language() {
    for (language, ..) in LANGUAGES {
        in_chromium(in_language(language), async |page| {
            for path in PAGES {
                for width in [320, 1200] {
                    fits(page, path, width, language).await;
                }
            }
        });
    }
}

#[test]
fn each_step_of_an_import_fits_a_phone_and_a_screen_in_every_language() {
    for (language, ..) in LANGUAGES {
        in_chromium(in_language(language), async |page| {
            let id = importing::customer(page, 3).await;
            page.open(&format!("/customers/{id}/import")).await;
            page.until("a file can be chosen", importing::CAN_CHOOSE).await;
            importing::choose(page, "a.csv", importing::to_repair().as_bytes()).await;
            for step in ["columns", "repair", "plan", "results"] {
                importing::goes_on_to(page, step).await;
                for width in [320, 1200] {
                    page.be_wide(width).await;
                    shows_all(page, step, width, language).await;
                }
            }
        });
    }
}

fn from_the_right() -> Setup {
    Setup { site: Site::from_the_right(), ..in_language("en") }
}

#[test]
fn a_page_that_is_read_from_the_right_fits_and_is_accessible() {
    in_chromium(from_the_right(), async |page| {
        for path in PAGES {
            for width in [320, 1280] {
                fits(page, path, width, "a language from the right").await;
            }
            page.is_accessible(&format!("{path}, from the right")).await;
        }
    });
}

#[test]
fn what_stands_at_the_start_stands_on_the_right() {
    in_chromium(from_the_right(), async |page| {
        page.open("/customers").await;
        page.heading_is(&pseudo("Customers")).await;
        page.sees(&pseudo("customers")).await;
        page.until(
            "the navigation is to the right of the page",
            "document.querySelector('.nav').getBoundingClientRect().left >= \
             document.querySelector('main').getBoundingClientRect().right - 1",
        )
        .await;
        page.until(
            "the heading begins on the right",
            "(() => { const main = document.querySelector('main').getBoundingClientRect(); \
             const range = document.createRange(); range.selectNodeContents(document.querySelector('h1')); \
             const title = range.getBoundingClientRect(); \
             return main.right - title.right < title.left - main.left; })()",
        )
        .await;
        // A menu begins where its control does.
        page.click("button", &pseudo("Views")).await;
        page.until(
            "the menu ends at the right edge of its control, or at the window's",
            "(() => { const menu = document.querySelector(':popover-open')?.getBoundingClientRect(); \
             const button = document.querySelector('[aria-expanded=true]').getBoundingClientRect(); \
             return !!menu && menu.left >= 0 && menu.right <= innerWidth && \
               (Math.abs(menu.right - button.right) <= 1 || menu.left <= 8); })()",
        )
        .await;
        page.press_key(Key::Escape).await;
        // An arrow that leads on points to the left.
        page.open(&format!("/customers/{}", RUIZ.0)).await;
        page.heading_is(RUIZ.1).await;
        page.until(
            "the arrows are turned",
            "(() => { const arrow = document.querySelector(\"main use[href='#chevron-right']\"); \
             return !!arrow && new DOMMatrix(getComputedStyle(arrow).transform).a === -1; })()",
        )
        .await;
        // Names of customers keep their own direction.
        page.until(
            "a name is read from the left",
            &format!(
                "[...document.querySelectorAll('bdi, h1')].some((el) => el.innerText === '{}' && el.matches(':dir(ltr)'))",
                RUIZ.1
            ),
        )
        .await;
    });
}
