use super::*;
use crate::native::Native;
use crate::recognise;

fn mapping(text: &str) -> Mapping {
    let sheet = recognise(text, &Native).unwrap();
    Mapping::suggest(&sheet, &Learned::default(), &Native)
}

/// Checks the fields of all columns; `-` stands for none.
fn check(text: &str, expected: &str) {
    let mapping = mapping(text);
    let fields: Vec<&str> =
        mapping.columns().iter().map(|column| column.field.map_or("-", Field::key)).collect();
    assert_eq!(fields.join(" "), expected, "{text:?}");
    assert_eq!(mapping.problem(), None, "{text:?}");
}

#[test]
fn templates_are_mapped() {
    check(
        "First name,Last name,Display name,Email,Status update\n",
        "first_name last_name display_name sign_in_name status",
    );
    check(
        "User Name,First Name,Last Name,Display Name,Job Title,Department,Office Number,Office Phone,Mobile Phone,Fax,\
         Address,City,State or Province,ZIP or Postal Code,Country or Region\n",
        "sign_in_name first_name last_name display_name job_title department office office_phone mobile_phone fax street \
         city state postal_code country",
    );
    check(
        "Nombre de usuario;Nombre;Apellidos;Nombre para mostrar;Puesto;Departamento;Número de oficina;\
         Teléfono de la oficina;Teléfono móvil;Fax;Dirección de correo electrónico alternativo;Dirección;Ciudad;\
         Estado o provincia;Código postal;País o región\n",
        "sign_in_name first_name last_name display_name job_title department office office_phone mobile_phone fax alternate_email street city \
         state postal_code country",
    );
    check(
        "version:v1.0\nName [displayName] Required,User name [userPrincipalName] Required,\
         Initial password [passwordProfile] Required,Block sign in (Yes/No) [accountEnabled] Required,\
         First name [givenName],Last name [surname],Job title [jobTitle],Usage location [usageLocation]\n",
        "display_name sign_in_name password block_sign_in first_name last_name job_title location",
    );
    check(
        "givenName,surName,displayName,mailNickname,domain,JobTitle,streetAddress,PostalCode,City,State,Department,\
         MobilePhone,businessPhones,usageLocation\n",
        "first_name last_name display_name sign_in_name domain job_title street postal_code city state department \
         mobile_phone office_phone location",
    );
    check(
        "First Name [Required],Last Name [Required],Email Address [Required],Password [Required],\
         Password Hash Function [UPLOAD ONLY],Org Unit Path [Required],Recovery Email,Department,Employee Title\n",
        "first_name last_name sign_in_name password - - alternate_email department job_title",
    );
    check(
        "userPrincipalName,displayName,surname,mail,givenName,id,usageLocation\n",
        "sign_in_name display_name last_name - first_name - location",
    );
}

#[test]
fn words_mean_what_the_other_columns_leave_them() {
    check("Nombre;Apellidos;Correo\n", "first_name last_name sign_in_name");
    check("Nombre;Correo\n", "full_name sign_in_name");
    check("Nom;Prénom;Courriel\n", "last_name first_name sign_in_name");
    check("Name;Vorname;E-Mail\n", "last_name first_name sign_in_name");
    check("Nome;Nom;Mail\n", "first_name last_name sign_in_name");
    check("Name,First name,Last name,Email\n", "display_name first_name last_name sign_in_name");
    check("Name,Mail,UPN\n", "full_name - sign_in_name");
    check("Nombre,Nombre de pila,Correo\n", "full_name first_name sign_in_name");
}

#[test]
fn columns_without_known_headers_are_told_by_place_or_content() {
    check(
        "Ana,Ruiz,Ana Ruiz,ana@a.es\nEva,Sanz,Eva Sanz,eva@a.es\n",
        "first_name last_name display_name sign_in_name",
    );
    check("ana@a.es,Ana Ruiz,ES\neva@a.es,Eva Sanz,PT\n", "sign_in_name full_name location");
    check("ana@a.es,Ana Ruiz,Ana,Ruiz\n", "sign_in_name display_name first_name last_name");
    let italian = "Nome utente,Nome x,Cognome,Nominativo,Qualifica,Reparto,U,T,C,F,A,I,X,P,CAP,Paese\n";
    let text = [italian, "a@a.it,Ana,Rossi,Ana Rossi,,,,,,,,,,,,Italia\n"].concat();
    assert!(mapping(&text).problem().is_none());
    assert_eq!(mapping(&text).columns()[3].field, Some(Field::DisplayName));
    assert_eq!(mapping(&text).columns()[15].confidence, Confidence::Place);
}

#[test]
fn two_columns_for_one_field_wait_for_a_choice() {
    let mut mapping = mapping("Email,User name,Display name\n");
    let refusal = mapping.problem().unwrap();
    assert_eq!(refusal.kind, RefusalKind::TwoColumns(Field::SignIn, 1, 2));
    mapping.choose(0, None);
    assert_eq!(mapping.problem(), None);
    assert_eq!(mapping.ignored(), ["Email"]);
}

#[test]
fn missing_columns_are_named() {
    let missing = |text: &str| mapping(text).problem().map(|refusal| refusal.kind);
    let both = vec![Field::SignIn, Field::DisplayName];
    assert_eq!(missing("Department,City\n"), Some(RefusalKind::MissingColumns(both)));
    assert_eq!(missing("Email,City\n"), Some(RefusalKind::MissingColumns(vec![Field::DisplayName])));
    assert_eq!(missing("Email,Last name\n"), None);
}

#[test]
fn unknown_columns_are_listed_and_corrections_are_learned() {
    let text = "Correo,Nombre completo,Centro de coste,,Apodo\na@a.es,Ana,7,x,\n";
    let mut first = mapping(text);
    assert_eq!(first.ignored(), ["Centro de coste", "#4", "Apodo"]);
    first.choose(2, Some(Field::Department));
    first.choose(4, None);
    let mut learned = Learned::default();
    first.learn(&mut learned, &Native);
    let learned = Learned::parse(&[&learned.print(), "\nodd line\nx\tnew_field"].concat());
    let sheet = recognise(text, &Native).unwrap();
    let second = Mapping::suggest(&sheet, &learned, &Native);
    assert_eq!(
        (second.columns()[2].field, second.columns()[2].confidence),
        (Some(Field::Department), Confidence::Learned)
    );
    assert_eq!((second.columns()[4].field, second.columns()[4].confidence), (None, Confidence::Learned));
    assert_eq!(Learned::parse("other"), Learned::default());
    assert_eq!(learned.field("x"), None);
}

proptest::proptest! {
    #![proptest_config(crate::seeded())]

    #[test]
    fn any_header_is_mapped(header in "([\\PC]{0,10}|Email|Name|Nombre|Nom|Mail|First name|\\[displayName\\]|,){0,12}", row in "[a-z@.,]{0,40}") {
        if let Ok(sheet) = recognise(&format!("{header}\n{row}\n"), &Native) {
            let mapping = Mapping::suggest(&sheet, &Learned::default(), &Native);
            let _ = (mapping.problem(), mapping.ignored());
        }
    }

    #[test]
    fn case_and_blanks_change_nothing(at in 0..KNOWN.len(), other in 0..KNOWN.len(), capitals: u32, joint in "[ _-]{1,2}", edge in "[ \u{a0}]{0,2}") {
        let spelt = |header: &str| {
            let letters = header.chars().enumerate().map(|(at, letter)| {
                if capitals >> (at % 32) & 1 == 1 { letter.to_ascii_uppercase() } else { letter.to_ascii_lowercase() }
            });
            let letters: String = letters.collect();
            format!("{edge}{}{edge}", letters.replace(' ', &joint))
        };
        let fields = |first: &str, second: &str| {
            let sheet = recognise(&format!("\"{first}\",\"{second}\",Email\nx,y,a@b.example\n"), &Native).unwrap();
            let mapping = Mapping::suggest(&sheet, &Learned::default(), &Native);
            mapping.columns().iter().map(|column| column.field).collect::<Vec<_>>()
        };
        let (first, second) = (KNOWN[at], KNOWN[other]);
        proptest::prop_assert_eq!(fields(first, second), fields(&spelt(first), &spelt(second)));
    }
}

/// Headers of several templates and languages.
const KNOWN: [&str; 12] = [
    "Display name",
    "First name",
    "Last name",
    "Usage location",
    "Job title",
    "Department",
    "Nombre para mostrar",
    "Anzeigename",
    "Prenom",
    "Cargo",
    "Alternate email address",
    "City",
];
