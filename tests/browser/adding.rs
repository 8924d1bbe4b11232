//! A customer is added: by the rules of its country, once, and without losing anything on the way.

use cartera_tests::{Key, Options, Page, Setup, Site, in_browser, in_chromium};
use serde_json::{Value, json};

use crate::names::RUIZ;

const DOMAIN: &str = "farolevante";

/// A HEAD that answers 404 says that a domain is free; browsers tell of it all the same.
fn setup() -> Setup {
    Setup::default()
}

async fn begin(page: &Page, country: &str) {
    page.expect_console("404");
    page.open("/customers/new/company").await;
    choose_country(page, country).await;
}

async fn choose_country(page: &Page, country: &str) {
    page.heading_is("Agregar cliente").await;
    page.fill("País o región", country).await;
    page.press_key(Key::Tab).await;
    page.find("textbox", "Nombre legal").await;
}

/// Company and address of a customer in Spain.
async fn company(page: &Page, domain: &str) {
    page.expect_console("404");
    page.open("/customers/new/company").await;
    fill_company(page, domain).await;
}

/// The same, on the page that is there.
pub(crate) async fn fill_company(page: &Page, domain: &str) {
    choose_country(page, "España").await;
    page.fill("Nombre legal", "Faro de Levante SL").await;
    page.fill("Dominio inicial", domain).await;
    page.fill("Calle y número", "Calle del Faro 12").await;
    page.fill("Código postal", "03005").await;
    page.fill("Municipio", "Alicante").await;
    page.press_key(Key::Tab).await;
}

async fn contact(page: &Page) {
    page.click("button", "Seguir a contacto").await;
    page.fill("Nombre", "Inés").await;
    page.fill("Apellidos", "Roca").await;
    page.fill("Correo", "ines@faro.example").await;
    page.press_key(Key::Tab).await;
}

/// As far as the review.
async fn review(page: &Page, domain: &str) {
    company(page, domain).await;
    to_review(page).await;
}

/// From a company that is filled in.
pub(crate) async fn to_review(page: &Page) {
    page.sees("Está libre").await;
    page.sees("Microsoft conoce esta dirección").await;
    contact(page).await;
    page.click("button", "Seguir a acuerdo").await;
    page.click("radio", "Todavía no: lo confirmaré más tarde").await;
    page.click("button", "Seguir a revisar").await;
    page.sees("farolevante").await;
    page.find("button", "Crear cliente").await;
}

#[test]
fn smoke_a_customer_is_added_with_its_agreement_and_the_password_is_shown_once() {
    in_browser(setup(), async |page| {
        company(page, DOMAIN).await;
        page.sees("Está libre").await;
        page.sees("Microsoft conoce esta dirección").await;
        contact(page).await;
        page.click("button", "Seguir a acuerdo").await;
        page.sees("Leer el contrato").await;
        page.click("radio", "Sí, el cliente lo ha aceptado y puedo demostrarlo").await;
        let day = "void (() => { const day = document.querySelector('#add-agreed-on'); day.value = '2026-01-15'; day.dispatchEvent(new Event('input', { bubbles: true })); })()";
        page.find("heading", "Cuándo y quién").await;
        page.eval::<()>(day).await;
        page.click("button", "Seguir a revisar").await;
        page.sees("Aceptado el 15 ene 2026 por Inés Roca").await;
        page.click("button", "Crear cliente").await;
        page.heading_is("Faro de Levante SL ya es cliente suyo").await;
        page.sees("Acuerdo confirmado").await;
        page.sees("••••••••••").await;
        if page.sandbox.is_there() {
            assert_eq!(page.sandbox.customers_made().await, 1);
        }
        // Masked until asked for, and nowhere in the tab's storage.
        page.click("button", "Mostrar").await;
        let password: String = page.eval("document.querySelector('.secret').innerText").await;
        assert!(password.len() >= 8 && !password.contains('•'), "a password");
        let kept: String = page.eval("JSON.stringify({ ...sessionStorage, ...localStorage })").await;
        assert!(
            !kept.contains(&password) && !kept.contains("Faro") && !kept.contains("faro.example"),
            "{kept}"
        );
        // Whoever leaves without it is asked.
        page.click("link", "Ver la lista de clientes").await;
        page.sees("¿Salir sin guardar la contraseña?").await;
        page.click("button", "Seguir aquí").await;
        page.click("checkbox", "He guardado la contraseña").await;
        page.toast_says("La contraseña ya no está aquí.").await;
        assert!(!page.text().await.contains(&password));
        page.click("link", "Ver la lista de clientes").await;
        page.heading_is("Clientes").await;
        page.sees("1201 clientes").await;
        page.fill(crate::names::SEARCH, DOMAIN).await;
        page.row_with(&["Faro de Levante SL"]).await;
    });
}

#[test]
fn a_customer_comes_through_a_reseller_and_the_password_can_be_taken_along() {
    in_chromium(setup(), async |page| {
        // What would be saved and printed.
        page.before_every_document(
            "window.saved = []; URL.createObjectURL = (blob) => { blob.text().then((text) => window.saved.push(text)); return 'blob:none'; }; HTMLAnchorElement.prototype.click = function () {}; window.print = () => { window.printed = document.querySelector('.secret').innerText; };",
        )
        .await;
        page.open("/customers/new").await;
        page.find("combobox", "Revendedor indirecto").await;
        choose(page, "add-reseller", "700102").await;
        review(page, DOMAIN).await;
        page.click("button", "Crear cliente").await;
        page.heading_is("Faro de Levante SL ya es cliente suyo").await;
        let id: String = page.eval("document.querySelector('.facts bdi').innerText").await;
        assert_eq!(page.sandbox.read(&format!("/customers/{id}")).await["associatedPartnerId"], "700102");
        page.click("button", "Descargar").await;
        page.until("a file was made", "window.saved.length === 1").await;
        page.click("button", "Imprimir").await;
        page.until("it is masked again", "document.querySelector('.secret').innerText.includes('•')").await;
        let same = "window.saved[0].includes(window.printed) && !window.printed.includes('•') && window.saved[0].includes('admin@farolevante.onmicrosoft.com')";
        page.until("both hold the password", same).await;
        page.find("link", "Importar usuarios").await;
        // Another one, in the same place.
        page.click("checkbox", "He guardado la contraseña").await;
        page.click("button", "Agregar otro con los mismos ajustes").await;
        page.find("textbox", "Nombre legal").await;
        page.until(
            "the country stays",
            "document.querySelector('#add-defaultAddress-country').value === 'España'",
        )
        .await;
        page.until("the name does not", "document.querySelector('#add-companyName').value === ''").await;
    });
}

#[test]
fn the_form_is_the_countrys_and_what_was_typed_stays() {
    in_browser(setup(), async |page| {
        begin(page, "uk").await;
        page.sees("UK se entiende como GB, Reino Unido").await;
        page.fill("Nombre legal", "Faro SL").await;
        page.fill("País o región", "Estados Unidos").await;
        page.find("combobox", "Estado").await;
        page.find("textbox", "Código postal (ZIP)").await;
        page.sees("Reglas de Estados Unidos").await;
        page.fill("País o región", "BR").await;
        page.find("textbox", "Número de registro (CNPJ)").await;
        page.sees("por ejemplo 12.345.678/0001-95").await;
        page.fill("Número de registro (CNPJ)", "1").await;
        page.press_key(Key::Tab).await;
        page.sees("No tiene la forma que se usa en este país, por ejemplo").await;
        page.fill("País o región", "ES").await;
        page.lacks("textbox", "Número de registro (CNPJ)").await;
        let name: String = page.eval("document.querySelector('#add-companyName').value").await;
        assert_eq!(name, "Faro SL");
        // The button says what it waits for, and leads there.
        page.click("button", "Seguir a contacto").await;
        page.sees("Hace falta").await;
        page.until("the first field has the focus", "document.activeElement.id === 'add-domain'").await;
    });
}

#[test]
fn names_and_addresses_that_microsoft_would_refuse_are_told_before() {
    in_browser(setup(), async |page| {
        begin(page, "ES").await;
        for (name, words) in [
            ("S.L.", "esto es solo la forma jurídica"),
            ("X", "no puede llamarse con un solo carácter"),
            ("&&&", "Hace falta al menos una letra o una cifra"),
            ("tienda.com", "Parece una dirección web"),
        ] {
            page.fill("Nombre legal", name).await;
            page.press_key(Key::Tab).await;
            page.sees(words).await;
        }
        page.open("/customers/new/contact").await;
        for (mail, words) in [
            ("ines", "No es una dirección de correo"),
            ("ines@microsoft.com", "Microsoft no admite sus propias direcciones"),
            ("ines@southgate.example", "no de su empresa"),
        ] {
            page.fill("Correo", mail).await;
            page.press_key(Key::Tab).await;
            page.sees(words).await;
        }
    });
}

#[test]
fn a_taken_domain_comes_with_free_ones() {
    in_browser(setup(), async |page| {
        begin(page, "ES").await;
        page.fill("Nombre legal", "Panadería Nueva").await;
        page.press_key(Key::Tab).await;
        page.click("button", "Tomar panaderianueva").await;
        page.sees("Está libre").await;
        page.fill("Dominio inicial", &RUIZ.0.replace("ruiz", "Ruiz")).await;
        page.sees("Es de otra organización").await;
        page.click("button", "Tomar ruiz-murcia-corp").await;
        page.sees("Está libre").await;
        let typed: String = page.eval("document.querySelector('#add-domain').value").await;
        assert_eq!(typed, "ruiz-murcia-corp");
        page.fill("Dominio inicial", "con espacio").await;
        page.press_key(Key::Tab).await;
        page.sees("Solo letras sin acento").await;
    });
}

#[test]
fn a_press_on_the_button_while_something_is_checked_is_not_lost() {
    in_browser(setup(), async |page| {
        begin(page, "ES").await;
        page.sandbox.switch(json!({ "latency_ms": 700 })).await;
        page.fill("Nombre legal", "Faro de Levante SL").await;
        page.fill("Calle y número", "Calle del Faro 12").await;
        page.fill("Código postal", "03005").await;
        page.fill("Municipio", "Alicante").await;
        page.fill("Dominio inicial", DOMAIN).await;
        page.click("button", "Seguir a contacto").await;
        page.find("textbox", "Correo").await;
        page.address_is("/customers/new/contact").await;
        // An address to decide about stops there.
        page.back().await;
        page.fill("Calle y número", "Avda. del Mar 3").await;
        page.click("button", "Seguir a contacto").await;
        page.until("the choice has the focus", "document.activeElement.id.startsWith('add-address-')").await;
    });
}

#[test]
fn theirs_and_mine_stand_side_by_side() {
    in_browser(setup(), async |page| {
        company(page, DOMAIN).await;
        page.fill("Calle y número", "Avda. del Mar 3").await;
        page.press_key(Key::Tab).await;
        page.sees("Microsoft conoce esta dirección de otra forma").await;
        page.sees("Falta decidir la dirección").await;
        page.click("radio", "La sugerida Avenida del Mar 3 03005 Alicante España").await;
        let street = "document.querySelector('#add-defaultAddress-addressLine1').value";
        assert_eq!(page.eval::<String>(street).await, "Avenida del Mar 3");
        page.click("radio", "La que escribió Avda. del Mar 3 03005 Alicante España").await;
        assert_eq!(page.eval::<String>(street).await, "Avda. del Mar 3");
        page.sees_no("Falta decidir la dirección").await;
        page.fill("Calle y número", "Calle Ninguna 3").await;
        page.press_key(Key::Tab).await;
        page.sees("Microsoft no encuentra esta dirección").await;
        page.click("button", "Usarla así").await;
        page.sees_no("Falta decidir la dirección").await;
        page.fill("Calle y número", "Calle Multiple 4").await;
        page.press_key(Key::Tab).await;
        page.sees("Puede ser una de estas").await;
        // The answer of 2018, and none at all.
        page.sandbox.switch(json!({ "address_form": "of_2018" })).await;
        page.expect_console("400");
        page.fill("Calle y número", "C/ Mayor 12").await;
        page.press_key(Key::Tab).await;
        page.sees("La sugerida Calle Mayor 12").await;
        page.sandbox.set_faults(json!([{ "kind": "forbidden", "path": "/validations" }])).await;
        page.expect_console("403");
        page.fill("Calle y número", "Calle Mayor 14").await;
        page.press_key(Key::Tab).await;
        page.sees("No se pudo comprobar la dirección").await;
        contact(page).await;
        page.heading_is("Agregar cliente").await;
    });
}

#[test]
fn a_lost_answer_is_settled_and_a_double_click_makes_one() {
    let faults = json!([{ "kind": "error_after", "method": "POST", "path": "/customers", "count": 1 }]);
    in_chromium(setup(), async |page| {
        review(page, DOMAIN).await;
        page.sandbox.set_faults(faults).await;
        page.expect_console("500");
        page.eval::<()>(
            "void (() => { const make = document.querySelector('.foot .btn-primary'); make.click(); make.click(); })()",
        )
        .await;
        page.sees("No llegó la respuesta").await;
        // The service repeats its answer, password included.
        page.heading_is("Faro de Levante SL ya es cliente suyo").await;
        page.sees("••••••••••").await;
        assert_eq!(page.sandbox.customers_made().await, 1);
    });
    let faults = json!([{ "kind": "error_after", "method": "POST", "path": "/customers", "count": 1 }]);
    in_chromium(setup(), async |page| {
        page.sandbox.switch(json!({ "request_ids": "ignore" })).await;
        review(page, DOMAIN).await;
        page.sandbox.set_faults(faults).await;
        page.expect_console("500");
        page.expect_console("409");
        page.click("button", "Crear cliente").await;
        page.heading_is("Faro de Levante SL ya es cliente suyo").await;
        page.sees("La respuesta de Microsoft se perdió, y con ella la contraseña").await;
        assert_eq!(page.sandbox.customers_made().await, 1);
    });
}

#[test]
fn what_the_service_refuses_lands_on_its_field_and_nothing_is_lost() {
    in_chromium(setup(), async |page| {
        review(page, DOMAIN).await;
        // The sign-in has ended.
        page.sandbox.set_faults(json!([{ "kind": "expired", "method": "POST", "count": 1 }])).await;
        page.expect_console("401");
        page.click("button", "Crear cliente").await;
        page.sees("El cliente no se ha creado").await;
        // The rules have changed since the form was opened.
        let rules =
            json!({ "code": "ES", "rules": { "isStateRequired": true, "supportedStatesList": ["A", "MU"] } });
        page.sandbox.control(http_put(), "rules", &rules).await;
        page.expect_console("400");
        page.click("button", "Crear cliente").await;
        page.sees("Microsoft rechaza").await;
        page.click("link", "Cambiar: Empresa").await;
        page.find("combobox", "Provincia").await;
        choose(page, "add-defaultAddress-state", "MU").await;
        page.sees("Microsoft conoce esta dirección").await;
        page.open_review().await;
        // A colleague, or another tab, was faster.
        page.find("button", "Crear cliente").await;
        page.sandbox.control(http_put(), "rules", &json!({ "code": "ES", "rules": {} })).await;
        page.sandbox
            .colleague(json!({ "create_customer": { "domain": "farolevante.onmicrosoft.com", "companyName": "Otro SL" } }))
            .await;
        page.sandbox.control(http_put(), "rules", &rules).await;
        page.expect_console("409");
        page.click("button", "Crear cliente").await;
        page.sees("El dominio ya no está libre").await;
        page.find("link", "Abrir Otro SL").await;
        page.sees("Falta un dominio libre").await;
        assert_eq!(page.sandbox.customers_made().await, 1, "the colleague's");
    });
}

fn http_put() -> cartera_tests::Method {
    cartera_tests::Method::PUT
}

async fn choose(page: &Page, id: &str, value: &str) {
    page.eval::<()>(&format!(
        "void (() => {{ const select = document.getElementById('{id}'); select.value = '{value}'; select.dispatchEvent(new Event('change', {{ bubbles: true }})); }})()"
    ))
    .await;
}

trait ToReview {
    async fn open_review(&self);
}

impl ToReview for Page {
    async fn open_review(&self) {
        self.click("button", "Seguir a contacto").await;
        self.click("button", "Seguir a acuerdo").await;
        self.click("button", "Seguir a revisar").await;
    }
}

#[test]
fn rules_that_are_missing_partial_or_broken_leave_a_form() {
    in_browser(setup(), async |page| {
        let put = async |rules: Value| {
            page.sandbox.control(http_put(), "rules", &json!({ "code": "ES", "rules": rules })).await;
        };
        put(json!(null)).await;
        begin(page, "ES").await;
        page.sees("Microsoft no publica reglas para España").await;
        page.find("textbox", "Provincia opcional").await;
        put(json!({ "postalCodeRegex": "([" })).await;
        begin(page, "ES").await;
        page.sees("Reglas de España").await;
        page.fill("Código postal", "cualquiera").await;
        page.press_key(Key::Tab).await;
        page.sees_no("No tiene la forma que se usa en este país").await;
        put(json!({ "isStateRequired": true, "supportedStatesList": [] })).await;
        begin(page, "ES").await;
        page.find("textbox", "Provincia").await;
        put(json!({ "supportedCulturesList": null, "supportedLanguagesList": null, "phoneNumberRegex": null })).await;
        begin(page, "ES").await;
        page.open("/customers/new/contact").await;
        page.find("textbox", "Idioma").await;
        page.sandbox.set_faults(json!([{ "kind": "error_before", "path": "/countryvalidationrules" }])).await;
        page.expect_console("500");
        page.open("/customers/new/company").await;
        page.sees("No se pudieron leer las reglas de España").await;
        page.find("textbox", "Nombre legal").await;
        page.sandbox.set_faults(json!([])).await;
        page.click("button", "Reintentar").await;
        page.sees("Reglas de España").await;
    });
}

#[test]
fn a_reload_offers_the_draft_where_the_deployment_allows_it() {
    in_browser(setup(), async |page| {
        company(page, DOMAIN).await;
        page.sees("Borrador guardado en esta pestaña").await;
        page.reload().await;
        page.sees("Aquí está lo que había escrito antes de recargar").await;
        let name = "document.querySelector('#add-companyName').value";
        assert_eq!(page.eval::<String>(name).await, "Faro de Levante SL");
        // Back and forward keep every keystroke, and so does another page.
        page.click("link", "Quién es").await;
        page.sees("¿Ya usa servicios de Microsoft?").await;
        page.click("link", "Ajustes").await;
        page.heading_is("Ajustes").await;
        page.back().await;
        page.back().await;
        page.find("textbox", "Nombre legal").await;
        assert_eq!(page.eval::<String>(name).await, "Faro de Levante SL");
        page.click("button", "Descartarlo").await;
        page.sees("¿Ya usa servicios de Microsoft?").await;
        assert!(page.eval::<bool>("!sessionStorage.getItem('cartera.draft.new-customer')").await);
    });
    let site = Site::copy().with_setting("keepDrafts", json!(false));
    in_browser(Setup::with_site(site), async |page| {
        company(page, DOMAIN).await;
        page.sees("Está libre").await;
        page.reload().await;
        page.find("textbox", "País o región").await;
        page.sees_no("Aquí está lo que había escrito").await;
        assert!(page.eval::<bool>("sessionStorage.length === 0").await);
    });
}

#[test]
fn a_cloud_without_the_agreement_says_so_and_an_existing_tenant_is_asked() {
    let site = Site::copy().with_setting("cloud", json!("us-government"));
    in_browser(Setup::with_site(site), async |page| {
        page.open("/customers/new/agreement").await;
        page.sees("En esta nube no hay Contrato de cliente de Microsoft").await;
        page.open("/customers/new/company").await;
        page.fill("País o región", "US").await;
        page.sees(".onmicrosoft.us").await;
    });
    in_browser(setup(), async |page| {
        page.open("/customers/new").await;
        page.click("link", "Sí: ya tiene Microsoft 365 o Azure Se le pide una relación con un enlace que acepta su administrador.").await;
        page.heading_is("Solicitar relación").await;
    });
}

#[test]
fn a_date_in_the_future_and_a_signer_without_a_name_are_told() {
    in_browser(setup(), async |page| {
        page.open("/customers/new/agreement").await;
        page.click("radio", "Sí, el cliente lo ha aceptado y puedo demostrarlo").await;
        page.find("heading", "Cuándo y quién").await;
        let set = |day: &str| {
            format!(
                "void (() => {{ const day = document.querySelector('#add-agreed-on'); day.value = '{day}'; day.dispatchEvent(new Event('input', {{ bubbles: true }})); }})()"
            )
        };
        page.eval::<()>(&set("2099-01-01")).await;
        page.sees("La fecha no puede estar en el futuro").await;
        page.eval::<()>(&set("2026-01-01")).await;
        page.click("checkbox", "Lo aceptó la persona de contacto").await;
        page.sees("Revise quién aceptó el acuerdo").await;
        page.click("button", "Seguir a revisar").await;
        page.sees("Hace falta").await;
    });
}

#[test]
fn every_step_is_accessible_narrow_and_in_english() {
    let english =
        Setup { browser: Options { language: "en-GB".to_owned(), ..Options::default() }, ..Setup::default() };
    in_chromium(english, async |page| {
        page.expect_console("404");
        page.open("/customers/new").await;
        page.heading_is("Add a customer").await;
        page.is_accessible("who").await;
        page.be_wide(320).await;
        page.open("/customers/new/company").await;
        page.fill("Country or region", "Spain").await;
        page.fill("Legal name", &"Nombre ".repeat(50)).await;
        page.press_key(Key::Tab).await;
        page.fill("Street and number", "Avda. del Mar 3").await;
        page.fill("Postal code", "03005").await;
        page.fill("City", "Alicante").await;
        page.press_key(Key::Tab).await;
        page.sees("Microsoft knows this address in another form").await;
        page.until("nothing sticks out", "document.documentElement.scrollWidth <= innerWidth").await;
        page.is_accessible("company").await;
        for (path, words) in [
            ("contact", "Language of bills"),
            ("agreement", "Read the agreement"),
            ("review", "Create customer"),
        ] {
            page.open(&format!("/customers/new/{path}")).await;
            page.sees(words).await;
            page.is_accessible(path).await;
            page.until("nothing sticks out", "document.documentElement.scrollWidth <= innerWidth").await;
        }
    });
}
