//! axe-core finds nothing on any page, in any state, in light and in dark; narrow pages; forced colours.

use cartera_tests::{Key, Page, Setup, Site, in_chromium};
use serde_json::json;

use crate::names::{NO_SUBSCRIPTIONS, NOBODY, RUIZ};

/// Nothing sticks out to the side.
const FITS: &str = "document.documentElement.scrollWidth <= innerWidth";

#[test]
fn the_list_in_all_its_states() {
    in_chromium(Setup::default(), async |page| {
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        page.is_accessible("list").await;
        page.open("/customers?q=penalara").await;
        page.sees("2 de 1200").await;
        page.is_accessible("list, found").await;
        page.open("/customers?q=zzzzzz").await;
        page.sees("Nada coincide").await;
        page.is_accessible("list, nothing found").await;

        page.sandbox.set_faults(json!([{ "kind": "page2_404" }])).await;
        page.open("/customers").await;
        page.sees("Faltan clientes").await;
        page.is_accessible("list, second page failed").await;

        page.sandbox.set_faults(json!([{ "kind": "truncated", "path": "/customers" }])).await;
        page.open("/customers").await;
        page.sees("No se pudieron leer los clientes").await;
        page.click("button", "Detalles").await;
        page.is_accessible("list, first page failed, details open").await;
        page.sandbox.set_faults(json!([{ "kind": "forbidden", "path": "/customers" }])).await;
        page.open("/customers").await;
        page.sees("No tiene permiso para ver esto").await;
        page.is_accessible("list, not allowed").await;
    });
    in_chromium(Setup::with_customers(0), async |page| {
        page.open("/customers").await;
        page.sees("Aún no tiene clientes").await;
        page.is_accessible("list, no customers").await;
    });
}

#[test]
fn axe_finds_what_is_planted() {
    in_chromium(Setup::default(), async |page| {
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        page.eval::<()>("void document.querySelector('label').remove()").await;
        page.eval::<()>("void (document.querySelector('#find').placeholder = '')").await;
        let found = page.violations().await;
        assert!(found.iter().any(|violation| violation["rule"] == "label"), "{found:?}");
    });
}

#[test]
fn pages_that_are_loading() {
    let faults = json!([{ "kind": "slow_body", "path": "/customers", "seconds": 100 }]);
    in_chromium(Setup::with_faults(faults), async |page| {
        page.open("/customers").await;
        page.until("the skeleton is there", "!!document.querySelector('table[aria-busy=true]')").await;
        page.is_accessible("list, loading").await;
        page.open(&format!("/customers/{}", NO_SUBSCRIPTIONS.0)).await;
        page.until("the skeleton is there", "!!document.querySelector('[role=img]')").await;
        page.is_accessible("customer, loading").await;
        page.open(&format!("/customers/{}", RUIZ.0)).await;
        page.sees("Buscando el cliente de").await;
        page.is_accessible("customer, searched for by its domain").await;
    });
}

#[test]
fn the_customer_page_in_all_its_states() {
    in_chromium(Setup::default(), async |page| {
        open_ruiz(page).await;
        page.is_accessible("customer").await;
        page.click("button", "Copiar el dominio").await;
        page.toast_says("Copiado.").await;
        page.is_accessible("customer, with a message").await;
        page.open(&format!("/customers/{NOBODY}")).await;
        page.sees("Este cliente no está entre los suyos").await;
        page.is_accessible("customer, gone").await;
        page.open("/customers/not-an-id").await;
        page.sees("Esta dirección no lleva a ningún cliente").await;
        page.is_accessible("customer, wrong key").await;
        let rule = json!([{ "kind": "truncated", "path": "/subscriptions" }]);
        page.sandbox.set_faults(rule).await;
        open_ruiz(page).await;
        page.sees("No se pudieron leer las suscripciones").await;
        page.is_accessible("customer, subscriptions failed").await;
    });
}

async fn open_ruiz(page: &Page) {
    page.open(&format!("/customers/{}", RUIZ.0)).await;
    page.heading_is(RUIZ.1).await;
    page.sees("Facturación").await;
}

#[test]
fn settings_and_the_lost_page() {
    in_chromium(Setup::default(), async |page| {
        page.open("/settings").await;
        page.sees("Ajustes").await;
        page.is_accessible("settings").await;
        page.open("/no/such/page").await;
        page.sees("Esta página no existe").await;
        page.is_accessible("lost page").await;
    });
}

#[test]
fn the_parts_of_the_customer_page_and_the_request() {
    in_chromium(Setup::default(), async |page| {
        let part = |part: &str| format!("/customers/{}/{part}", RUIZ.0);
        page.open(&part("subscriptions")).await;
        page.sees("Reservas y software").await;
        page.eval::<()>("void document.querySelector('.subs .twister').click()").await;
        page.sees("Identificador de suscripción").await;
        page.is_accessible("subscriptions").await;
        page.open(&part("users")).await;
        page.until("there are users", "document.querySelectorAll('.users tbody tr').length > 1").await;
        page.is_accessible("users").await;
        page.open(&part("account")).await;
        page.find("heading", "Facturación").await;
        page.is_accessible("account").await;
        page.open(&part("activity")).await;
        page.sees("Lo que Microsoft registró").await;
        page.is_accessible("a customer's activity").await;
        page.open("/activity?period=here").await;
        page.sees("Sin actividad").await;
        page.is_accessible("activity, done here").await;
        page.open("/customers/request").await;
        page.until("the letter is there", "document.getElementById('request-text')?.value.length > 50").await;
        page.press_with_control('k').await;
        page.press_key(Key::Escape).await;
        page.fill("Mensaje", "x").await;
        page.sees("Lo que usted escribió se queda").await;
        page.is_accessible("request").await;
        page.eval::<()>("localStorage.setItem('cartera.views', 'cartera-views 1\\n-Los Ruiz\\tq=ruiz')")
            .await;
        page.open("/settings").await;
        page.find("link", "Abrir la vista Los Ruiz").await;
        page.is_accessible("settings, with a view").await;
    });
}

#[test]
fn pages_in_place_of_the_application() {
    in_chromium(Setup::with_site(Site::copy().with("config.json", "{}")), async |page| {
        page.open("/customers").await;
        page.sees("Cartera no está bien configurada").await;
        page.is_accessible("misconfigured").await;
    });
    let site = Site::copy();
    let wasm = site.file_ending("_bg.wasm");
    in_chromium(Setup::with_site(site.without(&wasm)), async |page| {
        page.expect_console(&wasm);
        page.open("/customers").await;
        page.sees("Cartera no está completa en el servidor").await;
        page.is_accessible("crash page").await;
    });
}

#[test]
fn a_phone_shows_everything_without_scrolling_to_the_side() {
    in_chromium(Setup::default(), async |page| {
        page.be_wide(320).await;
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        page.until("the list fits", FITS).await;
        page.is_accessible("list, 320 px").await;
        page.click("button", "Abrir el menú").await;
        page.until("the menu is open", "document.querySelector('.menu-sheet').open").await;
        page.is_accessible("menu, 320 px").await;
        page.click("link", "Ajustes").await;
        page.heading_is("Ajustes").await;
        page.until("the menu is closed", "!document.querySelector('.menu-sheet').open").await;
        page.until("the settings fit", FITS).await;
        open_ruiz(page).await;
        page.until("the customer fits", FITS).await;
        page.is_accessible("customer, 320 px").await;
        // The longest name there is: 400 characters without a blank.
        page.open("/customers/donaudampf.onmicrosoft.com").await;
        page.sees("Facturación").await;
        page.until("a long name fits", FITS).await;
        for (part, there) in [
            ("subscriptions", "Reservas y software"),
            ("users", "Licencias"),
            ("account", "Facturación"),
            ("activity", "Lo que Microsoft registró"),
        ] {
            page.open(&format!("/customers/donaudampf.onmicrosoft.com/{part}")).await;
            page.sees(there).await;
            page.until(part, FITS).await;
        }
        page.is_accessible("customer with a long name, 320 px").await;
        for path in ["/customers/request", "/activity", "/activity?period=here"] {
            page.open(path).await;
            page.until("it is there", "!!document.querySelector('main .input')").await;
            page.until(path, FITS).await;
        }
        page.open("/no/such/page").await;
        page.sees("Esta página no existe").await;
        page.until("the lost page fits", FITS).await;
    });
}

#[test]
fn forced_colours_leave_every_control_its_edge() {
    in_chromium(Setup::default(), async |page| {
        let features = json!([{ "name": "forced-colors", "value": "active" }]);
        page.cdp("Emulation.setEmulatedMedia", json!({ "features": features })).await;
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        page.until("colours are forced", "matchMedia('(forced-colors: active)').matches").await;
        let bare: Vec<String> = page
            .eval(
                "[...document.querySelectorAll('main button:not(.btn-icon), main .input')].filter((el) => \
                 el.checkVisibility() && parseFloat(getComputedStyle(el).borderTopWidth) === 0).map((el) => \
                 el.outerHTML)",
            )
            .await;
        assert!(bare.is_empty(), "no edge in forced colours: {bare:?}");
        let picture = page.driver.screenshot_as_png().await.unwrap();
        assert!(picture.len() > 10_000, "the page is drawn");
    });
}

#[test]
fn the_parts_of_the_list() {
    in_chromium(Setup::default(), async |page| {
        page.open("/customers?domain=.onmicrosoft.com&cols=domain,reseller,country,active,end,agreement")
            .await;
        page.sees("pasan los filtros").await;
        page.until("values are in", "document.querySelectorAll('td.x-country > bdi').length > 3").await;
        page.is_accessible("list, filtered, with values of further calls").await;
        for (button, what) in
            [("Filtro", "filters"), ("Columnas", "columns"), ("Vistas", "views"), ("Exportar", "export")]
        {
            page.click("button", button).await;
            page.until("it is open", "!!document.querySelector(':popover-open')").await;
            page.is_accessible(&format!("list, {what}")).await;
            page.press_key(Key::Escape).await;
            page.until("it is closed", "!document.querySelector(':popover-open')").await;
        }
        page.eval::<()>("void document.querySelector('[data-part=act]').click()").await;
        page.until("the menu is open", "!!document.querySelector('[role=menu]')").await;
        page.is_accessible("list, menu of a row").await;
        page.press_key(Key::Escape).await;
        page.eval::<()>("void document.querySelector('[data-part=pick]').click()").await;
        page.eval::<()>("void document.querySelector('[data-part=twist]').click()").await;
        page.sees("1 elegido").await;
        page.is_accessible("list, one chosen and open").await;
        page.press_with_control('k').await;
        page.press("ruiz").await;
        page.sees("clientes coinciden").await;
        page.is_accessible("palette").await;
        page.press_key(Key::Escape).await;
        page.press_with_control('k').await;
        page.press("llamadas").await;
        page.press_key(Key::Enter).await;
        page.sees("Las 100 últimas de esta pestaña").await;
        page.is_accessible("last calls").await;
        page.press_key(Key::Escape).await;
        page.click("button", "Teclas").await;
        page.sees("Cerrar el detalle; después, no elegir ninguno").await;
        page.is_accessible("keys").await;
    });
}

#[test]
fn the_longest_name_fits_a_phone_wherever_it_stands() {
    in_chromium(Setup::default(), async |page| {
        page.be_wide(320).await;
        for search in ["donaudampf", "cooperativa-vegas"] {
            page.open(&format!("/customers?q={search}")).await;
            page.sees("1 de 1200").await;
            page.until("the list fits", FITS).await;
            let whole: usize = page.eval("document.querySelector('a.name').title.length").await;
            assert_eq!(whole, 400);
            page.eval::<()>("void document.querySelector('[data-part=act]').click()").await;
            page.until(
                "the menu fits",
                "(() => { const box = document.querySelector('[role=menu]')?.getBoundingClientRect(); return !!box && box.left >= 0 && box.right <= innerWidth && box.bottom <= innerHeight; })()",
            )
            .await;
            page.is_accessible("menu of a row with a long name, 320 px").await;
            page.press_key(Key::Escape).await;
            page.press_with_control('k').await;
            page.press(search).await;
            page.sees("1 cliente coincide").await;
            page.until(
                "the palette fits",
                "(() => { const list = document.querySelector('.palette-list'); const box = document.querySelector('.palette').getBoundingClientRect(); return list.scrollWidth <= list.clientWidth && box.left >= 0 && box.right <= innerWidth; })()",
            )
            .await;
            page.is_accessible("palette with a long name, 320 px").await;
            page.press_key(Key::Escape).await;
        }
    });
}
