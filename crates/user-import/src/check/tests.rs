use super::*;
use crate::native::Native;
use crate::{Learned, RefusalKind, recognise};

fn checked(text: &str, known: &Known<'_>) -> Checked {
    let sheet = recognise(text, &Native).unwrap();
    let mapping = Mapping::suggest(&sheet, &Learned::default(), &Native);
    super::check(&sheet, &mapping, known, &Native).unwrap_or_else(|refusal| panic!("{text:?}: {refusal:?}"))
}

/// Checks the issues of a file: `row column code severity fix`, and how many users can be created.
fn check(text: &str, known: &Known<'_>, valid: usize, expected: &[&str]) {
    let checked = checked(text, known);
    let issues: Vec<String> = checked
        .issues()
        .iter()
        .map(|issue| {
            let column = issue.column.map_or("-".to_owned(), |column| column.to_string());
            let fix = issue.fix.as_deref().map(|fix| format!(" [{fix}]")).unwrap_or_default();
            format!("{} {column} {} {}{fix}", issue.row, issue.code.key(), issue.severity.key())
        })
        .collect();
    assert_eq!(
        (checked.valid(), issues),
        (valid, expected.iter().map(|text| (*text).to_owned()).collect()),
        "{text:?}"
    );
}

const NOTHING_KNOWN: Known<'static> =
    Known { domain: None, domains: None, location: None, licences: None, roles: None, customers: None };

#[test]
fn good_rows_need_no_words() {
    check("Email,Display name,Usage location\nana@a.es,Ana,ES\n", &NOTHING_KNOWN, 1, &[]);
    check("Email,Display name,Usage location\nana@a.es,Ana,\n", &NOTHING_KNOWN, 1, &[]);
    check("Email,Display name\n", &NOTHING_KNOWN, 0, &[]);
}

#[test]
fn sign_in_names_are_judged() {
    let a = Known { domain: Some("a.es"), ..NOTHING_KNOWN };
    let head = "Email,Display name\n";
    let long = "x".repeat(65);
    for (name, known, valid, expected) in [
        ("", NOTHING_KNOWN, 0, "2 1 sign_in_missing error"),
        ("ana", NOTHING_KNOWN, 0, "2 1 sign_in_no_domain error"),
        ("ana", a, 1, "2 1 sign_in_completed fixed [ana@a.es]"),
        ("an a", a, 0, "2 1 sign_in_character error [an.a@a.es]"),
        ("josé@a.es", NOTHING_KNOWN, 0, "2 1 sign_in_letters error [jose@a.es]"),
        ("a#EXT#@a.es", a, 0, "2 1 sign_in_guest error"),
        (".a@a.es", a, 0, "2 1 sign_in_dots error [a@a.es]"),
        ("a@aes", NOTHING_KNOWN, 0, "2 1 sign_in_domain error"),
        ("\u{202e}a@a.es", a, 0, "2 1 sign_in_direction error [a@a.es]"),
        ("\u{a0}a@a.es", a, 1, "2 1 blanks fixed [a@a.es]"),
        ("a\u{200b}na@a.es", a, 1, "2 1 invisible_characters fixed [ana@a.es]"),
        (&[&long, "@a.es"].concat(), a, 0, "2 1 sign_in_too_long error"),
    ] {
        check(&format!("{head}{name},Ana\n"), &known, valid, &[expected]);
    }
}

#[test]
fn domains_are_the_customers_when_they_are_known() {
    let domains = ["a.es".to_owned(), "A.onmicrosoft.com".to_owned()];
    let known = Known { domain: Some("a.es"), domains: Some(&domains), ..NOTHING_KNOWN };
    check(
        "Email,Display name\nana@A.ES,Ana\neva@a.onmicrosoft.com,Eva\nbo@b.es,Bo\n",
        &known,
        2,
        &["4 1 sign_in_foreign_domain error [bo@a.es]"],
    );
    check(
        "mailNickname,domain,displayName\nana,a.es,Ana\neva@a.es,b.es,Eva\n",
        &NOTHING_KNOWN,
        2,
        &["3 2 domain_differs warning"],
    );
}

#[test]
fn the_first_of_two_names_counts() {
    check(
        "Email,Display name\nana@a.es,Ana\n ANA@a.es ,Ana\nAna@A.ES,Ana\n",
        &NOTHING_KNOWN,
        1,
        &["3 1 blanks fixed [ANA@a.es]", "3 1 sign_in_duplicate error", "4 1 sign_in_duplicate error"],
    );
}

#[test]
fn names_are_required_composed_split_and_limited() {
    let head = "Email,Display name,First name,Last name\n";
    let (long, longer) = ("x".repeat(51), "x".repeat(65));
    let row = |display: &str, first: &str, last: &str| format!("{head}a@a.es,{display},{first},{last}\n");
    check(&row("", "", ""), &NOTHING_KNOWN, 0, &["2 2 name_missing error"]);
    check(&row("", "Ana", "Ruiz"), &NOTHING_KNOWN, 1, &["2 2 name_composed fixed [Ana Ruiz]"]);
    check(&row("", "", "Ruiz"), &NOTHING_KNOWN, 1, &["2 2 name_composed fixed [Ruiz]"]);
    check(&row("A", &long, ""), &NOTHING_KNOWN, 1, &["2 3 name_long warning"]);
    check(&row("A", "", &longer), &NOTHING_KNOWN, 0, &["2 4 too_long error"]);
    check(&row(&"ñ".repeat(256), "", ""), &NOTHING_KNOWN, 1, &[]);
    check(&row(&"ñ".repeat(257), "", ""), &NOTHING_KNOWN, 0, &["2 2 too_long error"]);
    check(
        &row("=1+1", "-x", ""),
        &NOTHING_KNOWN,
        1,
        &["2 2 name_formula warning", "2 3 name_formula warning"],
    );
    check(&row("Jose\u{301}", "", ""), &NOTHING_KNOWN, 1, &["2 2 composed fixed [José]"]);
    check(&row("Jos\u{fffd}", "", ""), &NOTHING_KNOWN, 0, &["2 2 damaged error"]);
    let full = checked("Correo;Nombre completo\na@a.es;\"Ruiz Sanz, Ana\"\nb@a.es;Eva Gil\n", &NOTHING_KNOWN);
    let names: Vec<(&str, &str, &str)> =
        full.users().map(|user| (user.display_name, user.first_name, user.last_name)).collect();
    assert_eq!(names, [("Ana Ruiz Sanz", "Ana", "Ruiz Sanz"), ("Eva Gil", "Eva", "Gil")]);
}

#[test]
fn locations_are_codes_or_names_of_places() {
    let known = Known { location: Some("PT"), ..NOTHING_KNOWN };
    let text = "Email,Name,Usage location\na@a.es,A,ES\nb@a.es,B,\nc@a.es,C,uk\nd@a.es,D,España\ne@a.es,E,Atlantis\n";
    check(
        text,
        &known,
        4,
        &["4 3 location_named fixed [GB]", "5 3 location_named fixed [ES]", "6 3 location_unknown error"],
    );
    let found: Vec<String> = checked(text, &known).users().map(|user| user.location.to_owned()).collect();
    assert_eq!(found[..4], ["ES", "PT", "GB", "ES"]);
    let country = checked("Email,Name,Country\na@a.es,A,Francia\nb@a.es,B,???\n", &NOTHING_KNOWN);
    assert_eq!(country.users().map(|user| user.location).collect::<Vec<_>>(), ["FR", ""]);
    assert_eq!(country.valid(), 2);
}

#[test]
fn passwords_stay_as_they_are() {
    let text = "Email,Name,Password\na@a.es,A, Abcdef1! \nb@a.es,B,short\nc@a.es,C,abcdefgh\nd@a.es,D,\ne@a.es,E,Contraseña1\n";
    check(
        text,
        &NOTHING_KNOWN,
        3,
        &[
            "2 3 password_blanks warning",
            "3 3 password_length error []",
            "4 3 password_classes error []",
            "6 3 password_letters warning",
        ],
    );
    let checked = checked(text, &NOTHING_KNOWN);
    assert_eq!(checked.user(0).unwrap().password, " Abcdef1! ");
    assert_eq!(checked.user(3).unwrap().password, "");
    assert!(!format!("{checked:?} {:?} {:?}", checked.user(0), checked.issues()).contains("Abcdef"));
}

#[test]
fn licences_and_roles_are_the_customers() {
    let choice = |id: &str, name: &str| Choice { id: id.to_owned(), names: vec![name.to_owned()] };
    let licences = [choice("sku-1", "Demo Mail (Basic)"), choice("sku-2", "DEMO_PACK")];
    let known = Known { licences: Some(&licences), ..NOTHING_KNOWN };
    let text = "Email;Name;Licenses\na@a.es;A;demo mail basic + SKU-2\nb@a.es;B;Unlicensed\nc@a.es;C;Other, DEMO_PACK\n";
    check(text, &known, 2, &["4 3 licence_unknown error"]);
    let checked = checked(text, &known);
    assert_eq!(checked.users().map(|user| user.licences).collect::<Vec<_>>(), ["sku-1\nsku-2", "", "sku-2"]);
}

#[test]
fn the_rest_is_checked_too() {
    check(
        &format!("Email,Name,Department,Block sign in\na@a.es,A,{},Yes\n", "x".repeat(65)),
        &NOTHING_KNOWN,
        0,
        &["2 3 too_long error", "2 4 not_blocked warning"],
    );
    check(
        "Email,Name\na@a.es,A,surplus\nb@a.es,B,,\nc@a.es\n",
        &NOTHING_KNOWN,
        2,
        &["2 3 surplus_cells warning", "4 2 name_missing error"],
    );
}

#[test]
fn constants_and_changed_cells_count() {
    let mut sheet = recognise("Email,Name\na@a.es,A\nb,\n", &Native).unwrap();
    let mut mapping = Mapping::suggest(&sheet, &Learned::default(), &Native);
    mapping.set_constant(Field::Location, "España");
    sheet.table.set(1, 0, "b@a.es");
    sheet.table.set(1, 1, "Bo");
    let checked = super::check(&sheet, &mapping, &NOTHING_KNOWN, &Native).unwrap();
    assert_eq!(checked.valid(), 2);
    assert_eq!(
        checked.users().map(|user| (user.sign_in, user.location)).collect::<Vec<_>>(),
        [("a@a.es", "ES"), ("b@a.es", "ES")]
    );
    mapping.choose(1, None);
    let refusal = super::check(&sheet, &mapping, &NOTHING_KNOWN, &Native).unwrap_err();
    assert_eq!(refusal.kind, RefusalKind::MissingColumns(vec![Field::DisplayName]));
}

#[test]
fn codes_and_fields_have_names_of_their_own() {
    let mut keys: Vec<&str> = Code::ALL.iter().map(|code| code.key()).collect();
    keys.extend(Field::ALL.iter().map(|field| field.key()));
    let count = keys.len();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), count);
    for field in Field::ALL {
        assert_eq!(Field::of_key(field.key()), Some(field));
        assert_eq!(Field::ALL[field as usize], field);
    }
}

proptest::proptest! {
    #![proptest_config(crate::seeded())]

    #[test]
    fn any_cells_are_checked(cells in proptest::collection::vec("[\\PC\u{200b}\u{202e}\t@.=]{0,24}", 6)) {
        let mut sheet = recognise("Email,Name,First name,Usage location,Password,Licenses\n", &Native).unwrap();
        let text = "Email,Name,First name,Usage location,Password,Licenses\nx\n";
        if let Ok(other) = recognise(text, &Native) {
            sheet = other;
        }
        for (column, cell) in cells.iter().enumerate() {
            sheet.table.set(0, column, cell);
        }
        let mapping = Mapping::suggest(&sheet, &Learned::default(), &Native);
        let known = Known { domain: Some("a.es"), ..NOTHING_KNOWN };
        let checked = super::check(&sheet, &mapping, &known, &Native).unwrap();
        let user = checked.user(0).unwrap();
        proptest::prop_assert_eq!(user.is_valid, checked.issues().iter().all(|issue| issue.severity != Severity::Error));
        if user.is_valid {
            proptest::prop_assert!(user.sign_in.is_ascii() && user.sign_in.contains('@') && !user.display_name.is_empty());
            proptest::prop_assert!(user.password.is_empty() || user.password == cells[4]);
        }
        // An offered name is accepted when it is taken.
        for issue in checked.issues().iter().filter(|issue| issue.severity == Severity::Error && issue.field == Some(Field::SignIn) && issue.code != Code::SignInDirection) {
            if let Some(fix) = &issue.fix {
                sheet.table.set(0, 0, fix);
                let again = super::check(&sheet, &mapping, &known, &Native).unwrap();
                let still = again.issues().iter().any(|issue| issue.field == Some(Field::SignIn) && issue.severity == Severity::Error);
                proptest::prop_assert!(!still, "{:?}", issue);
                break;
            }
        }
    }
}
