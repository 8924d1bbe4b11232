//! The application in somebody else's page: handshake, calls, navigation, and hosts that do it wrong.
//! security.md §9 rows 10 to 16.

use cartera_tests::{Around, Page, Portal, Setup, Site, in_browser, in_portal, not_in_webkit, poll};
use serde_json::{Value, json};

use crate::names::{RUIZ, SEARCH};

/// What the sample portal notes of this kind, the newest first.
async fn noted(page: &Page, kind: &str) -> Vec<Value> {
    let lines: Vec<String> =
        page.eval("[...document.querySelectorAll('#log li')].map((line) => line.textContent)").await;
    let own = lines.iter().filter_map(|line| line.strip_prefix(kind)?.strip_prefix(' '));
    own.map(|detail| serde_json::from_str(detail).expect("a detail")).collect()
}

async fn is_noted(page: &Page, kind: &str, detail: Value) {
    poll(format!("the portal notes {kind} {detail}"), async || {
        let all = noted(page, kind).await;
        if all.contains(&detail) { Ok(Some(())) } else { Err(format!("{all:?}")) }
    })
    .await;
}

/// Opens the host that speaks by hand, and waits for the frame's hello.
async fn raw(page: &Page, portal: &Portal, more: &str) {
    portal.open_raw(page, more).await;
    page.until("the frame says hello", "globalThis.raw?.hellos.length === 1").await;
}

/// A customer is found and read: calls pass both ways.
async fn reads_a_customer(page: &Page) {
    page.fill(SEARCH, "ruiz-murcia").await;
    page.click("link", RUIZ.1).await;
    page.sees("Facturación").await;
}

#[test]
fn smoke_a_portal_holds_the_application_and_makes_its_calls() {
    in_portal(Around::default(), async |page, portal| {
        portal.open(page, "").await;
        page.into_frame().await;
        page.sees("1200 clientes").await;
        // No bar and no navigation of ours: one row of places.
        let shown: Vec<String> = page.eval("[...document.querySelectorAll('.topbar, .nav')].filter((el) => el.checkVisibility()).map((el) => el.className)").await;
        assert!(shown.is_empty(), "{shown:?}");
        let own: Vec<String> = page.eval("performance.getEntriesByType('resource').map((entry) => new URL(entry.name).pathname).filter((path) => path.startsWith('/v1'))").await;
        assert!(own.is_empty(), "the frame calls the API itself: {own:?}");
        page.out_of_frame().await;
        is_noted(page, "ready", json!({})).await;
        page.until("the portal has the title", "document.title === 'Clientes · Cartera · Portal Altamar'")
            .await;
    });
}

#[test]
fn back_is_the_portals_and_the_frame_adds_nothing_to_the_history() {
    not_in_webkit("its driver loses a frame that goes to another page", || {
        in_portal(Around::default(), async |page, portal| {
            portal.open(page, "").await;
            page.into_frame().await;
            page.sees("1200 clientes").await;
            let before: u32 = page.eval("history.length").await;
            page.fill(SEARCH, "ruiz-murcia").await;
            page.sees("1 de 1200 coincide").await;
            page.click("link", RUIZ.1).await;
            page.heading_is(RUIZ.1).await;
            page.out_of_frame().await;
            page.until(
                "the portal has the address",
                "new URLSearchParams(location.search).get('at').startsWith('/customers/')",
            )
            .await;
            let after: u32 = page.eval("history.length").await;
            assert_eq!(after, before + 1, "one step, and it is the portal's own");
            page.back().await;
            page.into_frame().await;
            page.sees("1 de 1200 coincide con «ruiz-murcia»").await;
            page.until("the frame's own address follows", "location.hash === '#/customers?q=ruiz-murcia'")
                .await;
            page.out_of_frame().await;
            page.forward().await;
            page.into_frame().await;
            page.heading_is(RUIZ.1).await;
        });
    });
}

#[test]
fn smoke_nobody_else_is_heard_and_a_wrong_welcome_changes_nothing() {
    in_portal(Around::default(), async |page, portal| {
        raw(page, portal, "&wait").await;
        // Row 11: each of these is one thing away from the right welcome.
        page.eval::<Value>(
            "(raw.welcome({ n: 'f'.repeat(32) }), raw.welcome({ n: raw.hellos[0].n + ' ' }), raw.welcome({}, 2), raw.welcome({}, 0), \
             raw.welcome({ v: 2 }), raw.welcome({ t: 'pc.hello' }), raw.welcome({ more: 1 }), raw.welcome({ caps: 'all' }), \
             raw.welcome({ caps: ['x'.repeat(70000)] }), raw.welcome({ caps: [JSON.parse('{\"__proto__\": 1}')] }), null)",
        )
        .await;
        // Row 10: a sibling without an origin sends the right one, number and all.
        page.eval::<Value>(
            "(() => { const sibling = document.createElement('iframe'); sibling.setAttribute('sandbox', 'allow-scripts allow-same-origin'); \
             document.body.append(sibling); sibling.contentWindow.eval; raw.sibling = sibling; return null; })()",
        )
        .await;
        page.eval::<Value>("(raw.accept(), null)").await;
        page.until("the right one is accepted", "raw.told('app.ready').length === 1").await;
        // A second one is too late.
        page.eval::<Value>("(raw.welcome(), raw.welcome({ n: raw.hellos[0].n }), null)").await;
        page.into_frame().await;
        page.sees("1200 clientes").await;
        page.out_of_frame().await;
        let strays: Vec<Value> = page.eval("raw.strays").await;
        assert!(strays.is_empty(), "something went over a port that was refused: {strays:?}");
    });
}

#[test]
fn smoke_ten_thousand_messages_of_every_shape_leave_the_application_as_it_was() {
    in_portal(Around::default(), async |page, portal| {
        raw(page, portal, "").await;
        page.into_frame().await;
        page.sees("1200 clientes").await;
        page.out_of_frame().await;
        page.eval::<Value>(
            "(() => { let state = 7; const below = (most) => { state = (state * 1103515245 + 12345) % 2147483648; return state % most; }; \
             const one = (list) => list[below(list.length)]; \
             const part = () => one(['null', '7', '\"x\"', '[]', '{}', '{\"__proto__\":{}}', '\"//evil.example\"', '-1', '1e99', '\"\\\\ud800\"', 'nul']); \
             const name = () => one(['id', 'm', 'p', 'ok', 'err', 'path', 'top', 'constructor']); \
             for (let at = 0; at < 10000; at += 1) { \
               const id = 100000 + at; \
               const text = one([part(), `{\"id\":${id},\"m\":${part()},\"p\":${part()}}`, `{\"id\":${below(50)},\"ok\":${part()}}`, \
                 `{\"id\":${id},\"m\":\"${one(['context', 'ui.viewport', 'ui.focus', 'toString', ''])}\",\"p\":{\"${name()}\":${part()}}}`, \
                 `{\"id\":${id},\"m\":\"nav.go\",\"p\":{\"path\":${part()}}}`, `{\"${name()}\":${part()},\"${name()}\":${part()}}`, 'x'.repeat(below(300))]); \
               raw.port.postMessage(one([text, text, [text, new ArrayBuffer(below(9))], [text], { text }, null, 7, [null, 'x']])); \
             } raw.port.postMessage('{\"id\":200000,\"m\":\"x\",\"p\":{\"a\":\"' + 'x'.repeat(70000) + '\"}}'); return null; })()",
        )
        .await;
        // Unknown methods are answered, and a prototype is nobody's.
        page.eval::<Value>("(raw.given = 300000, raw.say({ id: 300001, m: 'no.such' }), null)").await;
        page.until("it is answered", "raw.answers(300001)[0]?.err?.code === 'unknown_method'").await;
        page.eval::<Value>("(raw.given = 300001, raw.order('nav.go', { path: '/activity' }), null)").await;
        page.until("it still obeys", "raw.answers(300002)[0]?.ok?.path === '/activity'").await;
        page.into_frame().await;
        page.heading_is("Actividad").await;
        let clean: bool = page.eval("({}).x === undefined && Object.keys(Object.prototype).length === 0 && document.getElementById('crash').hidden").await;
        assert!(clean, "a prototype was changed, or the application has stopped");
    });
}

#[test]
fn a_body_of_more_than_16_mib_is_refused_and_told_as_a_failure() {
    in_portal(Around::default(), async |page, portal| {
        raw(page, portal, "&wait").await;
        page.eval::<Value>("(raw.swell = 16 * 1024 * 1024 + 1, raw.accept(), null)").await;
        page.into_frame().await;
        page.sees("No se pudieron leer los clientes").await;
        page.out_of_frame().await;
        page.eval::<Value>("(raw.swell = 0, null)").await;
        page.into_frame().await;
        page.click("button", "Reintentar").await;
        page.sees("1200 clientes").await;
    });
}

#[test]
fn without_an_answer_there_is_a_way_into_a_tab_of_its_own() {
    not_in_webkit("its language comes from the system, and no portal tells another", || {
        in_portal(Around::default(), async |page, portal| {
            raw(page, portal, "&wait").await;
            page.into_frame().await;
            page.heading_is("El portal no responde").await;
            let link: String =
                page.find("link", "Abrir en su propia pestaña").await.prop("href").await.unwrap().unwrap();
            assert_eq!(link, page.url("/customers"));
            page.driver.goto(link).await.unwrap();
            page.sees("1200 clientes").await;
        });
    });
}

#[test]
fn the_page_for_frames_leads_out_of_itself_in_a_tab_of_its_own() {
    in_browser(Setup::default(), async |page| {
        page.open("/embed.html#/activity").await;
        page.heading_is("Actividad").await;
        page.address_is("/activity").await;
        page.open("/embed.html#//evil.example/x").await;
        page.until("it stays here", "location.host.startsWith('127.0.0.1')").await;
    });
}

#[test]
fn smoke_a_token_of_another_tenant_is_refused_and_one_of_this_one_is_used() {
    let context = r#"&context={"locale":"es","partner":{"id":"5e170000-0000-4000-8000-00000000aaaa","name":"Altamar"}}"#;
    in_portal(Around::default(), async |page, portal| {
        raw(page, portal, &format!("&wait&caps=auth.getToken{context}")).await;
        page.eval::<Value>(
            "(raw.token = { token: 'abc.def', tenant: '5e170000-0000-4000-8000-00000000bbbb', expiresIn: 3600 }, raw.accept(), null)",
        )
        .await;
        // Row 12.
        page.until("the portal is told", "raw.told('app.notice').some(({ code }) => code === 'tenant')")
            .await;
        page.into_frame().await;
        page.sees("No se pudieron leer los clientes").await;
        page.out_of_frame().await;
        page.eval::<Value>("(raw.token.tenant = '5E170000-0000-4000-8000-00000000AAAA', null)").await;
        page.into_frame().await;
        page.click("button", "Reintentar").await;
        page.sees("1200 clientes").await;
        let kept: String = page.eval("JSON.stringify({ ...localStorage, ...sessionStorage })").await;
        assert!(!kept.contains("abc.def"), "a token is kept: {kept}");
        page.out_of_frame().await;
        let calls: u32 = page.eval("raw.calls").await;
        assert_eq!(calls, 0, "the frame calls the API itself");
    });
}

#[test]
fn a_portal_that_is_loaded_again_or_left_and_come_back_to_speaks_anew() {
    not_in_webkit("its driver does not come back from a page out of the browser's cache", || {
        in_portal(Around::default(), async |page, portal| {
            portal.open(page, "").await;
            page.into_frame().await;
            page.sees("1200 clientes").await;
            page.out_of_frame().await;
            page.reload().await;
            portal.is_ready(page).await;
            page.into_frame().await;
            page.sees("1200 clientes").await;
            page.out_of_frame().await;
            page.driver.goto(page.url("/mark.svg")).await.unwrap();
            page.back().await;
            portal.is_ready(page).await;
            page.into_frame().await;
            page.sees("1200 clientes").await;
            // It works on: a customer is read over the port that is there now.
            reads_a_customer(page).await;
        });
    });
}

#[test]
fn a_frame_that_is_loaded_again_inside_takes_no_answer_twice() {
    in_portal(Around::default(), async |page, portal| {
        raw(page, portal, "").await;
        page.until("it is there", "raw.told('app.ready').length === 1").await;
        page.eval::<Value>("(raw.frame.src = raw.frame.src, null)").await;
        page.until("it says hello again", "raw.hellos.length === 2").await;
        page.until("it is there again", "raw.told('app.ready').length === 2").await;
        let nonces: (String, String) = page.eval("[raw.hellos[0].n, raw.hellos[1].n]").await;
        assert_ne!(nonces.0, nonces.1, "a number is used once");
        let firsts: u32 = page.eval("raw.heard.filter(({ id, m }) => m && id === 1).length").await;
        assert_eq!(firsts, 2, "numbers begin anew");
    });
}

#[test]
fn smoke_a_portal_that_is_not_listed_gets_a_blank_frame() {
    let settings = vec![("hosts", json!(["https://other.example"]))];
    in_portal(Around { settings, ..Around::default() }, async |page, portal| {
        page.expect_console("frame-ancestors");
        page.expect_console("Framing");
        portal.open_raw(page, "").await;
        page.until("the page is there", "document.querySelector('iframe') !== null").await;
        page.into_frame().await;
        poll("the frame stays blank", async || {
            let there: Value = page.eval("document.getElementById('app') === null").await;
            Ok((there == json!(true)).then_some(()))
        })
        .await;
        page.out_of_frame().await;
        let hellos: u32 = page.eval("raw.hellos.length").await;
        assert_eq!(hellos, 0);
    });
}

#[test]
fn only_the_page_for_frames_may_be_framed_and_only_by_the_listed() {
    let site = Site::copy().with_setting("hosts", json!(["https://portal.example", "http://localhost:7"]));
    in_browser(Setup::with_site(site), async |page| {
        let policy = async |path: &str| {
            let answer = reqwest::get(page.url(path)).await.unwrap();
            let header =
                |name: &str| answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
            (header("content-security-policy").unwrap(), header("cross-origin-opener-policy"))
        };
        let (framed, opener) = policy("/embed.html").await;
        assert!(framed.contains("frame-ancestors https://portal.example http://localhost:7;"), "{framed}");
        assert_eq!(opener, None);
        for path in ["/", "/index.html", "/customers"] {
            let (alone, opener) = policy(path).await;
            assert!(alone.contains("frame-ancestors 'none'"), "{path}: {alone}");
            assert_eq!(opener.as_deref(), Some("same-origin"));
        }
    });
}

/// What a browser does that lets a frame keep nothing.
const NO_STORAGE: &str = "for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) { \
    Object.defineProperty(window, name, { get() { throw new DOMException('The operation is insecure.', 'SecurityError'); } }); }";

#[test]
fn without_storage_everything_works_from_memory_and_says_so() {
    not_in_webkit("its driver loses a frame that goes to another page", || {
        in_portal(Around { before: NO_STORAGE, ..Around::default() }, async |page, portal| {
            portal.open(page, "").await;
            page.into_frame().await;
            page.sees("1200 clientes").await;
            page.fill(SEARCH, "ruiz-murcia").await;
            page.sees("1 de 1200 coincide").await;
            page.out_of_frame().await;
            is_noted(page, "notice", json!({ "code": "storage" })).await;
            page.eval::<Value>("(cartera.go('/settings'), null)").await;
            page.into_frame().await;
            page.heading_is("Ajustes").await;
            page.click("radio", "English").await;
            page.heading_is("Settings").await;
        });
    });
}

#[test]
fn smoke_the_documented_minimum_of_a_sandbox_is_enough_and_less_is_told() {
    in_portal(Around::default(), async |page, portal| {
        portal.open(page, "&sandboxed").await;
        page.into_frame().await;
        page.sees("1200 clientes").await;
        // Windows that may not be opened, forms, dialogs of the browser: nothing that the list needs.
        raw(page, portal, "&sandbox=allow-scripts%20allow-same-origin").await;
        page.into_frame().await;
        page.sees("1200 clientes").await;
        reads_a_customer(page).await;
    });
}

#[test]
fn without_an_origin_of_its_own_the_frame_stays_silent_which_the_portal_learns() {
    in_portal(Around::default(), async |page, portal| {
        for text in ["CORS", "ERR_", "Cross-Origin", "Blocked", "sandboxed", "blocked"] {
            page.expect_console(text);
        }
        portal.open(page, "").await;
        page.eval::<Value>(
            "(() => { const other = document.createElement('cartera-accounts'); other.setAttribute('patience', '1500'); \
             other.addEventListener('cartera-failed', ({ detail }) => { document.body.dataset.failed = detail.code; }); \
             other.setAttribute('src', new URL('embed.html', app_of()).href); \
             function app_of() { return new URLSearchParams(location.search).get('app'); } \
             document.body.append(other); const frame = other.querySelector('iframe'); frame.setAttribute('sandbox', 'allow-scripts'); \
             frame.src = frame.src; return null; })()",
        )
        .await;
        page.until("the portal is told", "document.body.dataset.failed === 'silent'").await;
    });
}

#[test]
fn a_portal_that_is_isolated_from_other_origins_holds_it_too() {
    not_in_webkit(
        "it does not know `credentialless` (embed/README.md); the next test is of what it knows",
        || {
            in_portal(Around { isolated: true, ..Around::default() }, is_held_isolated);
        },
    );
}

#[test]
fn smoke_an_isolated_portal_holds_it_in_every_browser_where_the_files_say_require_corp() {
    let headers = vec![("Cross-Origin-Embedder-Policy", "require-corp")];
    in_portal(Around { isolated: true, headers, ..Around::default() }, is_held_isolated);
}

async fn is_held_isolated(page: &Page, portal: &Portal) {
    portal.open(page, "").await;
    page.until("the portal is isolated", "crossOriginIsolated === true").await;
    page.into_frame().await;
    page.sees("1200 clientes").await;
}

#[test]
fn with_a_gateway_the_portal_gives_the_place_and_the_gateway_makes_the_calls() {
    let settings = vec![("mode", json!("gateway"))];
    in_portal(Around { settings, ..Around::default() }, async |page, portal| {
        raw(page, portal, "").await;
        page.into_frame().await;
        page.sees("1200 clientes").await;
        page.out_of_frame().await;
        let calls: u32 = page.eval("raw.calls").await;
        assert_eq!(calls, 0);
    });
}
