//! Users from a file, from end to end: any file, repaired in the page, each user created once whatever happens, and a result
//! that tells no more than what is proved.

mod endings;
mod faults;
mod files;
mod grid;
mod held;
mod resuming;
mod signing_in;
mod states;

use std::fmt::Write as _;

use cartera_tests::{Method, Options, Page, Setup, in_browser, in_chromium, with_sandbox};
use serde_json::{Value, json};

const DOMAIN: &str = "paseo.onmicrosoft.com";
const SKU: &str = "51a70000-0000-4000-8000-000000000001";
pub(crate) const PREMIUM: &str = "Office 365 Business Premium";

/// A customer of its own for the test, with so many free seats. Answers its id.
pub(crate) async fn customer(page: &Page, seats: u32) -> String {
    let made = page.sandbox.colleague(json!({ "create_customer": { "domain": DOMAIN } })).await;
    let id = made["customer"]["id"].as_str().expect("an id").to_owned();
    page.sandbox.colleague(json!({ "customer": id, "seats": { SKU: seats } })).await;
    id
}

/// Opens the page and waits until it can take a file.
pub(crate) async fn open(page: &Page, id: &str) {
    page.open(&format!("/customers/{id}/import")).await;
    page.find("heading", "Suelte aquí un archivo de usuarios").await;
}

/// Chooses a file of these bytes.
pub(crate) async fn choose(page: &Page, name: &str, bytes: &[u8]) {
    let numbers: Vec<String> = bytes.iter().map(ToString::to_string).collect();
    let script = format!(
        "void (() => {{ const data = new DataTransfer(); data.items.add(new File([new Uint8Array([{}])], '{name}')); \
         const input = document.getElementById('import-file'); input.files = data.files; \
         input.dispatchEvent(new Event('change')); }})()",
        numbers.join(",")
    );
    page.eval::<()>(&script).await;
}

/// A list of so many users, with what the service should make of each in its name.
pub(crate) fn list(names: &[&str]) -> String {
    let mut text =
        "Nombre;Apellido;Nombre para mostrar;Correo electrónico;Ubicación;Licencias\r\n".to_owned();
    for (at, name) in names.iter().enumerate() {
        let _ = write!(text, "Ana{at};Sanz;Ana Sanz {at};{name}@{DOMAIN};España;{PREMIUM}\r\n");
    }
    text
}

/// Whether the page takes a file, whatever the language.
pub(crate) const CAN_CHOOSE: &str = "!!document.getElementById('import-file')";

/// A list with something to repair.
pub(crate) fn to_repair() -> String {
    let people = [
        "Ainhoa;Sanz;Ainhoa Sanz;ainhoa;Spain",
        "Ben;Andrews;Ben Andrews;ben.andrews;Spain",
        "Cleo;Roux;;cleo roux;Espagne",
        "Dara;Lind;Dara Lind;dara.lind@elsewhere.example;Spain",
        "Emil;Novák;Emil Novák;ben.andrews;Freedonia",
        "Fatima;Aziz;Fatima Aziz;fatima;Spain",
    ];
    let rows = people.map(|person| format!("{person};{PREMIUM}\r\n"));
    ["First name;Last name;Display name;Email;Country;Licences\r\n", &rows.concat()].concat()
}

/// Presses the step's own button as soon as it can be pressed, whatever the language.
pub(crate) async fn goes_on_to(page: &Page, step: &str) {
    page.until(
        "the next step is reached",
        &format!(
            "(() => {{ const go = document.querySelector('.foot .btn-primary'); \
             if (!location.pathname.endsWith('/{step}') && go && !go.hasAttribute('aria-disabled')) go.click(); \
             return location.pathname.endsWith('/{step}'); }})()"
        ),
    )
    .await;
}

/// From a chosen file to its plan.
pub(crate) async fn to_plan(page: &Page) {
    page.find("heading", "Importar usuarios").await;
    page.click("button", "Revisar filas").await;
    page.find("grid", "Usuarios del archivo").await;
    // A narrow page does not show it.
    page.until(
        "the customer's users are known",
        "document.body.textContent.includes('Eliminados que se pueden restaurar')",
    )
    .await;
    page.until(
        "the plan can be seen",
        "document.querySelector('.foot .btn-primary')?.textContent.startsWith('Ver el plan')",
    )
    .await;
    page.eval::<()>("void document.querySelector('.foot .btn-primary').click()").await;
    page.sees("Qué pasará").await;
}

/// Has the plan carried out.
pub(crate) async fn start(page: &Page) {
    page.until(
        "it can begin",
        "/^(Crear|Continuar)/.test(document.querySelector('.foot .btn-primary')?.textContent ?? '') && !document.querySelector('.foot .btn-primary').hasAttribute('aria-disabled')",
    )
    .await;
    page.eval::<()>("void document.querySelector('.foot .btn-primary').click()").await;
}

/// The names that the customer's users sign in with, but for its administrator.
pub(crate) async fn users(page: &Page, id: &str) -> Vec<String> {
    let list = page.sandbox.read(&format!("/customers/{id}/users?size=500")).await;
    let names = list["items"].as_array().expect("users").iter();
    let names = names.filter_map(|user| user["userPrincipalName"].as_str().map(str::to_owned));
    let mut names: Vec<String> = names.filter(|name| !name.starts_with("admin")).collect();
    names.sort();
    names
}

/// How often each user was created, by the service's ledger.
pub(crate) async fn created(page: &Page) -> usize {
    let ledger = page.sandbox.control(Method::GET, "ledger", &Value::Null).await;
    let entries = ledger["entries"].as_array().expect("entries").iter();
    entries.filter(|entry| entry["kind"] == "user" && entry["action"] == "created").count()
}

/// Time goes twenty times as fast for the page: what settles for two minutes settles in six seconds.
pub(crate) const FAST: &str = "const now = performance.now.bind(performance); performance.now = () => now() * 20; \
    const after = setTimeout; window.setTimeout = (act, time, ...more) => after(act, (time || 0) / 20, ...more);";

#[test]
fn smoke_a_file_becomes_users() {
    with_sandbox(Setup::default(), async |page| {
        let id = customer(page, 5).await;
        open(page, &id).await;
        let text = list(&["ainhoa", "inigo", "carmen"]).replace("Ana0;Sanz;Ana Sanz 0", "Íñigo;Zubiría;");
        // As Excel writes it in Spain: Windows-1252.
        let bytes: Vec<u8> = text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect();
        choose(page, "altas.csv", &bytes).await;
        page.address_is(&format!("/customers/{id}/import/columns")).await;
        page.sees("WINDOWS-1252").await;
        page.sees("La codificación se ha deducido del contenido").await;
        page.sees("Íñigo").await;
        to_plan(page).await;
        page.sees("Se crean 3 usuarios").await;
        page.sees(&format!("{PREMIUM}: 3 de 5 libres")).await;
        page.sees("Se envían 6 cambios").await;
        start(page).await;
        page.address_is(&format!("/customers/{id}/import/results")).await;
        page.find("heading", "3 usuarios creados").await;
        page.sees("Las contraseñas solo están en esta pestaña.").await;
        let names = ["ainhoa", "carmen", "inigo"].map(|name| format!("{name}@{DOMAIN}"));
        assert_eq!(users(page, &id).await, names);
        assert_eq!(created(page).await, 3);
        // The password that is shown is the one that signs in.
        page.click("button", "Mostrar la contraseña de Íñigo Zubiría").await;
        let password: String = page.eval("document.querySelector('table code').textContent").await;
        let asked = json!({ "userPrincipalName": names[0], "password": password });
        let right = page.sandbox.control(Method::POST, "password", &asked).await;
        assert!(right.to_string().contains("true"), "{right}");
        page.click("checkbox", "He guardado las contraseñas").await;
        page.sees("Creado; la contraseña no consta").await;
        page.click("link", "Terminar y volver al cliente").await;
        page.sees(&names[0]).await;
    });
}

#[test]
fn nothing_of_a_person_is_kept_anywhere() {
    in_browser(Setup::default(), async |page| {
        let id = customer(page, 5).await;
        open(page, &id).await;
        choose(page, "altas.csv", list(&["planted-ana", "fault-404-planted-ben"]).as_bytes()).await;
        to_plan(page).await;
        page.expect_console("404");
        start(page).await;
        page.find("heading", "1 usuario creado").await;
        page.eval::<()>(
            "void (async () => { const names = (await indexedDB.databases?.() ?? []).map((one) => one.name); const found = []; \
             for (const name of names) { const db = await new Promise((done) => { const open = indexedDB.open(name); open.onsuccess = () => done(open.result); }); \
             for (const store of db.objectStoreNames) found.push(await new Promise((done) => { const all = db.transaction(store).objectStore(store).getAll(); all.onsuccess = () => done(JSON.stringify(all.result)); })); db.close(); } \
             window.kept = found.join(' ') + JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage }) + location.href; })()",
        )
        .await;
        page.until("it was looked for", "typeof window.kept === 'string'").await;
        let kept: String = page.eval("window.kept").await;
        for planted in ["planted", "Sanz", "@paseo"] {
            assert!(!kept.contains(planted), "{planted} is kept: {kept}");
        }
    });
}

#[test]
fn every_step_is_accessible_and_narrow_enough() {
    in_chromium(Setup::default(), async |page| {
        let id = customer(page, 1).await;
        open(page, &id).await;
        page.is_accessible("the source").await;
        narrow(page, "source").await;
        choose(
            page,
            "altas.csv",
            list(&["ana", "ben", "cleo"]).replace(&format!("cleo@{DOMAIN}"), "cleo@old.example").as_bytes(),
        )
        .await;
        page.sees("Columna del archivo").await;
        page.is_accessible("the columns").await;
        narrow(page, "columns").await;
        page.click("button", "Revisar filas").await;
        page.find("grid", "Usuarios del archivo").await;
        page.sees("Eliminados que se pueden restaurar").await;
        page.is_accessible("the rows").await;
        narrow(page, "repair").await;
        page.eval::<()>("void document.querySelector('.foot .btn-primary').click()").await;
        page.sees("Qué pasará").await;
        page.is_accessible("the plan").await;
        narrow(page, "plan").await;
        start(page).await;
        page.sees("usuarios creados").await;
        page.sees("quedó sin alguna licencia: no quedan licencias libres").await;
        page.is_accessible("the result").await;
        narrow(page, "results").await;
    });
}

/// At 320 pixels the page itself does not scroll sideways.
async fn narrow(page: &Page, step: &str) {
    page.be_wide(320).await;
    let wide: i64 = page.eval("document.documentElement.scrollWidth").await;
    assert!(wide <= 320, "{step} is {wide} pixels wide");
    page.be_wide(1280).await;
}

#[test]
fn one_user_by_hand_takes_the_same_way() {
    in_browser(Setup::default(), async |page| {
        let id = customer(page, 2).await;
        page.open(&format!("/customers/{id}/users")).await;
        page.click("button", "Agregar usuario").await;
        page.address_is(&format!("/customers/{id}/import/repair")).await;
        page.find("grid", "Usuarios del archivo").await;
        page.until("the grid has the focus", "document.activeElement.id === 'import-grid'").await;
        page.press("Noa").await;
        page.press_key(cartera_tests::Key::Tab).await;
        page.press("Ferreiro").await;
        page.press_key(cartera_tests::Key::Tab).await;
        page.press_key(cartera_tests::Key::Right).await;
        page.press("noa").await;
        page.press_key(cartera_tests::Key::Enter).await;
        page.sees("Filas: 1. Listas: 1. Por revisar: 0").await;
        page.eval::<()>("void document.querySelector('.foot .btn-primary').click()").await;
        page.sees("Se crea 1 usuario").await;
        start(page).await;
        page.find("heading", "1 usuario creado").await;
        assert_eq!(users(page, &id).await, [format!("noa@{DOMAIN}")]);
    });
}

#[test]
fn in_english_too() {
    let browser = Options { language: "en".to_owned(), ..Options::default() };
    in_chromium(Setup { browser, ..Setup::default() }, async |page| {
        let id = customer(page, 5).await;
        page.open(&format!("/customers/{id}/import")).await;
        page.find("heading", "Drop a file of users here").await;
        choose(page, "new.csv", b"Name,Email\nAna Sanz,ana\n").await;
        page.click("button", "Review the rows").await;
        page.sees("Rows: 1. Ready: 1. To review: 0").await;
        page.eval::<()>("void document.querySelector('.foot .btn-primary').click()").await;
        page.sees("1 user is created").await;
        start_in_english(page).await;
        page.find("heading", "1 user created").await;
    });
}

async fn start_in_english(page: &Page) {
    page.until("it can begin", "document.querySelector('.foot .btn-primary')?.textContent.startsWith('Create') && !document.querySelector('.foot .btn-primary').hasAttribute('aria-disabled')").await;
    page.eval::<()>("void document.querySelector('.foot .btn-primary').click()").await;
}
