//! The application in somebody else's page: look, height, focus, keys, what would be lost, what is told.

use cartera_tests::{Around, Key, Page, Portal, in_portal, not_in_webkit, poll};
use serde_json::{Value, json};

use crate::names::{RUIZ, SEARCH};

/// Opens the host that speaks by hand, with this context, and waits until the list is there.
pub(crate) async fn with_context(page: &Page, portal: &Portal, context: &Value) {
    portal
        .open_raw(
            page,
            &format!("&caps=http.request,event,approval.ask&context={}", encode(&context.to_string())),
        )
        .await;
    page.until("the application is there", "globalThis.raw?.told('app.ready').length === 1").await;
}

fn encode(text: &str) -> String {
    text.bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            },
        )
        .collect()
}

pub(crate) async fn order(page: &Page, method: &str, params: &Value) {
    page.eval::<Value>(&format!("(raw.order('{method}', {params}), null)")).await;
}

#[test]
fn smoke_language_look_density_and_colours_are_the_portals() {
    let green = json!([
        "#071a14", "#0b281f", "#10382b", "#154838", "#1a5845", "#1f6852", "#24735b", "#297d63", "#3c9a7d",
        "#52b795", "#69c4a6", "#83d0b6", "#a0dcc8", "#bce7d9", "#d5f0e7", "#eef9f5"
    ]);
    in_portal(Around::default(), async |page, portal| {
        let context = json!({ "locale": "en-GB", "theme": "dark", "density": "compact", "route": "/activity", "brand": green });
        with_context(page, portal, &context).await;
        page.into_frame().await;
        page.heading_is("Activity").await;
        let look: (String, String, String) = page
            .eval("[document.documentElement.dataset.theme, document.documentElement.dataset.density, getComputedStyle(document.documentElement).getPropertyValue('--brand-80')]")
            .await;
        assert_eq!(look, ("dark".to_owned(), "compact".to_owned(), "#297d63".to_owned()));
        let kept: Vec<String> = page.eval("Object.keys(localStorage)").await;
        assert!(
            !kept
                .iter()
                .any(|key| ["cartera.theme", "cartera.language", "cartera.density"].contains(&key.as_str())),
            "{kept:?}"
        );
        page.out_of_frame().await;
        // White on this green could not be read.
        let mut pale = green.clone();
        pale[7] = json!("#7fd0b5");
        order(page, "context", &json!({ "locale": "es", "theme": "light", "brand": pale, "chrome": "full" }))
            .await;
        page.until("the portal is told why", "raw.told('app.notice').some(({ code, step, needs }) => code === 'brand_contrast' && step === 80 && needs === 450)").await;
        page.into_frame().await;
        page.heading_is("Actividad").await;
        let brand: String =
            page.eval("getComputedStyle(document.documentElement).getPropertyValue('--brand-80')").await;
        assert_eq!(brand, "#297d63", "the colours of before stay");
        page.until(
            "its own bar is there now",
            "document.querySelector('.topbar')?.checkVisibility() === true",
        )
        .await;
        page.out_of_frame().await;
        order(page, "context", &json!({ "chrome": "none" })).await;
        page.into_frame().await;
        page.until("and now nothing", "document.querySelector('.topbar, .frametabs') === null").await;
    });
}

#[test]
fn the_frame_is_accessible_in_light_and_dark() {
    in_portal(Around::default(), async |page, portal| {
        for theme in ["light", "dark"] {
            with_context(page, portal, &json!({ "locale": "es", "theme": theme })).await;
            page.into_frame().await;
            page.sees("1200 clientes").await;
            let found = page.violations().await;
            assert!(found.is_empty(), "{theme}: {found:#?}");
        }
    });
}

/// Where something is in the frame, and which part of the frame can be seen: top and bottom of both.
async fn place(page: &Page, selector: &str) -> (f64, f64) {
    page.eval(&format!(
        "(() => {{ const box = document.querySelector(\"{selector}\").getBoundingClientRect(); return [box.top, box.bottom]; }})()"
    ))
    .await
}

#[test]
fn smoke_as_high_as_its_content_dialogs_menus_and_messages_are_where_the_person_looks() {
    in_portal(Around::default(), async |page, portal| {
        with_context(page, portal, &json!({ "locale": "es", "height": "auto", "route": "/settings" })).await;
        page.until("the height is told", "raw.told('ui.height').length > 0").await;
        let height: u32 = page.eval("(() => { const { height } = raw.told('ui.height').at(-1); raw.frame.style.blockSize = `${height}px`; return height; })()").await;
        assert!((100..20_000).contains(&height), "{height}");
        // A page that is higher than any window.
        page.eval::<Value>("(raw.frame.style.blockSize = '3000px', null)").await;
        order(page, "ui.viewport", &json!({ "top": 1800, "height": 600 })).await;
        page.into_frame().await;
        page.until(
            "it is known",
            "getComputedStyle(document.documentElement).getPropertyValue('--view-top') === '1800px'",
        )
        .await;
        let heights: u32 = page.eval("document.getElementById('app').getBoundingClientRect().height").await;
        assert!(heights < 2_900, "the page does not grow with its frame: {heights}");
        page.eval::<Value>("(document.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, bubbles: true })), null)").await;
        page.until("the palette is open", "document.querySelector('dialog.palette').open").await;
        let (top, bottom) = place(page, "dialog.palette").await;
        assert!(top >= 1800.0 && bottom <= 2400.0, "the palette is at {top} to {bottom}");
        page.out_of_frame().await;
        page.until("the portal knows of the dialog", "raw.told('ui.modal').at(-1)?.open === true").await;
        page.into_frame().await;
        page.eval::<Value>("(document.querySelector('dialog.palette').close(), null)").await;
        page.out_of_frame().await;
        page.until("and that it is closed", "raw.told('ui.modal').at(-1).open === false").await;
        order(page, "nav.go", &json!({ "path": "/customers" })).await;
        page.into_frame().await;
        page.sees("1200 clientes").await;
        page.eval::<Value>("(() => { const region = document.querySelector('.toasts'); const message = document.createElement('p'); message.className = 'toast'; message.textContent = 'x'; region.append(message); return null; })()").await;
        let (top, bottom) = place(page, ".toasts").await;
        assert!(top >= 1800.0 && bottom <= 2400.0, "messages are at {top} to {bottom}");
    });
}

#[test]
fn smoke_the_sample_grows_with_its_content_and_says_what_can_be_seen() {
    in_portal(Around::default(), async |page, portal| {
        portal.open(page, "&height=auto&at=/settings").await;
        page.into_frame().await;
        page.heading_is("Ajustes").await;
        page.until(
            "the visible part is known",
            "getComputedStyle(document.documentElement).getPropertyValue('--view-height') !== ''",
        )
        .await;
        page.out_of_frame().await;
        page.until(
            "the frame is as high as its content",
            "parseInt(document.querySelector('iframe').style.blockSize) > 300",
        )
        .await;
        let first: u32 = page.eval("document.querySelector('iframe').getBoundingClientRect().height").await;
        page.until("it rests", "new Promise((done) => setTimeout(() => done(true), 600))").await;
        let later: u32 = page.eval("document.querySelector('iframe').getBoundingClientRect().height").await;
        assert_eq!(first, later, "it grows with itself");
    });
}

#[test]
fn smoke_as_high_as_its_content_the_list_shows_a_page_of_rows_and_scrolls_inside() {
    in_portal(Around::default(), async |page, portal| {
        with_context(page, portal, &json!({ "locale": "es", "height": "auto", "route": "/customers" })).await;
        // A portal that begins low: the list may not take that for its measure.
        page.eval::<Value>("(raw.frame.style.blockSize = '160px', null)").await;
        order(page, "ui.viewport", &json!({ "top": 0, "height": 160 })).await;
        page.until("the height is told", "raw.told('ui.height').at(-1)?.height > 700").await;
        page.eval::<Value>("(raw.frame.style.blockSize = `${raw.told('ui.height').at(-1).height}px`, null)")
            .await;
        page.into_frame().await;
        page.sees("1200 clientes").await;
        let (shown, all): (f64, f64) =
            page.eval("(() => { const { clientHeight, scrollHeight } = document.querySelector('.scroll'); return [clientHeight, scrollHeight]; })()").await;
        assert!(shown > 10.0 * 34.0 && all > 10.0 * shown, "{shown} of {all}");
    });
}

#[test]
fn in_a_fixed_height_dialogs_and_menus_stay_in_the_frame() {
    in_portal(Around::default(), async |page, portal| {
        with_context(page, portal, &json!({ "locale": "es" })).await;
        page.into_frame().await;
        page.sees("1200 clientes").await;
        let inner: f64 = page.eval("innerHeight").await;
        page.click("button", "Columnas").await;
        page.until("the menu is open", "document.querySelector(':popover-open') !== null").await;
        let (top, bottom) = place(page, ":popover-open").await;
        assert!(top >= 0.0 && bottom <= inner, "the menu is at {top} to {bottom} of {inner}");
        let scrolls: bool = page.eval("document.documentElement.scrollHeight > innerHeight + 1").await;
        assert!(!scrolls, "the list scrolls inside");
    });
}

/// Presses a key where the focus is.
async fn press(page: &Page, keys: &str) {
    let active = page.driver.active_element().await.expect("what has the focus");
    active.send_keys(keys).await.expect("keys");
}

async fn focused(page: &Page) -> String {
    // While the focus passes from one document to the other, neither has it.
    poll("something has the focus", async || {
        let at: String = page.eval("document.activeElement.id || document.activeElement.tagName").await;
        Ok((at != "BODY").then_some(at))
    })
    .await
}

#[test]
fn the_keyboard_passes_the_frames_edge_both_ways() {
    not_in_webkit("its driver's Tab does not leave a frame", || {
        in_portal(Around::default(), async |page, portal| {
            with_context(page, portal, &json!({ "locale": "es", "route": "/activity", "chrome": "none" }))
                .await;
            page.into_frame().await;
            page.heading_is("Actividad").await;
            page.out_of_frame().await;
            // In at the start, on the portal's word and by Tab.
            page.eval::<Value>("(raw.frame.focus(), null)").await;
            order(page, "ui.focus", &json!({ "at": "last" })).await;
            page.into_frame().await;
            page.until("the last thing has the focus", "document.activeElement !== document.body").await;
            let last: String = page.eval("document.activeElement.textContent").await;
            page.out_of_frame().await;
            order(page, "ui.focus", &json!({ "at": "first" })).await;
            page.into_frame().await;
            page.until("the first thing has the focus", "document.activeElement.classList.contains('skip')")
                .await;
            let first: String = page.eval("document.activeElement.textContent").await;
            assert_ne!(first, last);
            // Tab leads on from the first, and Escape stays inside.
            press(page, &Key::Tab.value().to_string()).await;
            page.until(
                "on",
                "!document.activeElement.classList.contains('skip') && document.activeElement !== document.body",
            )
            .await;
            page.out_of_frame().await;
            let escaped: bool = page
                .eval("(addEventListener('keydown', () => { document.body.dataset.key = 'leaked'; }), false)")
                .await;
            assert!(!escaped);
            page.into_frame().await;
            press(page, &Key::Escape.value().to_string()).await;
            page.out_of_frame().await;
            let leaked: bool = page.eval("document.body.dataset.key === 'leaked'").await;
            assert!(!leaked, "Escape came out of the frame");
        });
    });
}

#[test]
fn tab_leads_into_the_frame_and_out_of_it_at_both_ends() {
    in_portal(Around::default(), async |page, portal| {
        if page.driver.browser_log().await.is_err() {
            // Only Chromium's driver sends real keys to whatever frame has the focus.
            return;
        }
        with_context(page, portal, &json!({ "locale": "es", "route": "/settings", "chrome": "none" })).await;
        page.eval::<Value>("(document.querySelector('#before').focus(), null)").await;
        let key = async |shift: bool| {
            let event = |kind: &str| json!({ "type": kind, "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9, "modifiers": if shift { 8 } else { 0 } });
            page.cdp("Input.dispatchKeyEvent", event("rawKeyDown")).await;
            page.cdp("Input.dispatchKeyEvent", event("keyUp")).await;
        };
        let mut way = Vec::new();
        for _ in 0..40 {
            key(false).await;
            way.push(focused(page).await);
            if way.last().is_some_and(|at| at == "after") {
                break;
            }
        }
        assert!(
            way.contains(&"IFRAME".to_owned()) && way.last().is_some_and(|at| at == "after"),
            "forward: {way:?}"
        );
        let mut back = Vec::new();
        for _ in 0..40 {
            key(true).await;
            back.push(focused(page).await);
            if back.last().is_some_and(|at| at == "before") {
                break;
            }
        }
        assert!(
            back.contains(&"IFRAME".to_owned()) && back.last().is_some_and(|at| at == "before"),
            "back: {back:?}"
        );
    });
}

#[test]
fn smoke_keys_that_are_the_portals_come_to_it() {
    in_portal(Around::default(), async |page, portal| {
        with_context(page, portal, &json!({ "locale": "es", "shortcuts": ["F6", "Ctrl+k"] })).await;
        page.into_frame().await;
        page.sees("1200 clientes").await;
        page.eval::<Value>("(['F6', 'k', 'j'].forEach((key) => document.body.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey: key !== 'F6', bubbles: true, cancelable: true }))), null)").await;
        let open: bool = page.eval("document.querySelector('dialog.palette').open").await;
        assert!(!open, "the portal's key is not ours");
        page.out_of_frame().await;
        page.until(
            "they came",
            "JSON.stringify(raw.told('ui.shortcut').map(({ key }) => key)) === '[\"F6\",\"Ctrl+k\"]'",
        )
        .await;
    });
}

#[test]
fn smoke_what_would_be_lost_is_told_and_asked_for_and_what_was_done_is_told() {
    in_portal(Around::default(), async |page, portal| {
        with_context(
            page,
            portal,
            &json!({ "locale": "es", "route": format!("/customers/{}/account", RUIZ.0) }),
        )
        .await;
        page.into_frame().await;
        page.heading_is(RUIZ.1).await;
        page.fill("Municipio", "Cartagena").await;
        page.out_of_frame().await;
        page.until("it is told", "raw.told('ui.dirty').at(-1).dirty === true").await;
        let asked: u32 = page.eval("raw.order('nav.mayLeave', {})").await;
        page.into_frame().await;
        page.click("button", "Seguir aquí").await;
        page.out_of_frame().await;
        page.until("it may not", &format!("raw.answers({asked})[0]?.ok?.may === false")).await;
        let asked: u32 = page.eval("raw.order('nav.go', { path: '/activity' })").await;
        page.until("the page stays", &format!("raw.answers({asked})[0]?.ok?.path.includes('/account')"))
            .await;
        page.into_frame().await;
        page.click("button", "Salir sin enviar").await;
        page.heading_is("Actividad").await;
        page.out_of_frame().await;
        let asked: u32 = page.eval("raw.order('nav.mayLeave', {})").await;
        page.until("now it may", &format!("raw.answers({asked})[0]?.ok?.may === true")).await;
    });
}

#[test]
fn who_works_here_is_the_portals_word_and_another_partner_sees_nothing_of_the_one_before() {
    in_portal(Around::default(), async |page, portal| {
        let partner = |id: &str, name: &str| json!({ "locale": "es", "chrome": "full", "partner": { "id": id, "name": name, "kind": "direct" } });
        with_context(page, portal, &partner("5e170000-0000-4000-8000-00000000aaaa", "Altamar")).await;
        page.into_frame().await;
        page.sees("Altamar").await;
        page.sees("1200 clientes").await;
        page.out_of_frame().await;
        let before: u32 = page.eval("raw.calls").await;
        order(page, "context", &partner("5e170000-0000-4000-8000-00000000bbbb", "Bajamar")).await;
        page.into_frame().await;
        page.sees("Bajamar").await;
        page.sees("1200 clientes").await;
        page.out_of_frame().await;
        poll("the customers are read anew", async || {
            let calls: u32 = page.eval("raw.calls").await;
            Ok((calls > before).then_some(()))
        })
        .await;
        order(page, "auth.changed", &json!({})).await;
        page.into_frame().await;
        page.sees("1200 clientes").await;
        page.fill(SEARCH, "ruiz-murcia").await;
        page.sees("1 de 1200 coincide").await;
    });
}
