use super::*;
use crate::native::Native;

fn sheet(text: &str) -> Sheet {
    recognise(text, &Native).unwrap_or_else(|refusal| panic!("{text:?}: {refusal:?}"))
}

fn check(text: &str, separator: Separator, header_row: Option<u32>, rows: &[u32]) {
    let sheet = sheet(text);
    let found: Vec<u32> = (0..sheet.table.len()).map(|row| sheet.table.number(row)).collect();
    assert_eq!(
        (sheet.separator, sheet.header_row, found.as_slice()),
        (separator, header_row, rows),
        "{text:?}"
    );
}

#[test]
fn separators_are_told_outside_of_quotes() {
    check("Display name,Email\nAna Ruiz,ana@a.es\n", Separator::Comma, Some(1), &[2]);
    check("Nombre;Correo\n\"Ruiz; Ana\";ana@a.es\n", Separator::Semicolon, Some(1), &[2]);
    check("Name\tEmail\nRuiz, Ana\tana@a.es\n", Separator::Tab, Some(1), &[2]);
    check("Name|Email\nRuiz, Ana|ana@a.es\n", Separator::Bar, Some(1), &[2]);
    check(
        "Nombre completo;Correo\nRuiz, Ana;a@a.es\nSanz, Eva;e@a.es\n",
        Separator::Semicolon,
        Some(1),
        &[2, 3],
    );
    check("sep=;\nNombre;Correo\nAna;ana@a.es\n", Separator::Semicolon, Some(2), &[3]);
    check("\"sep=|\"\r\nNombre|Correo\r\nAna|ana@a.es", Separator::Bar, Some(2), &[3]);
    check("sep=,\nNombre,Correo\n", Separator::Comma, Some(2), &[]);
    check("Email\nana@a.es\n", Separator::Comma, Some(1), &[2]);
    check("a,Ana Ruiz,a@a.es\nb,Eva Sanz,e@a.es\n", Separator::Comma, None, &[1, 2]);
}

#[test]
fn what_is_no_user_is_set_aside_and_told() {
    for (text, aside, rows) in [
        (
            "#TYPE Selected.User\n\"DisplayName\",\"UserPrincipalName\"\n\"Ana\",\"a@a.es\"\n",
            vec![(1, Aside::TypeLine)],
            vec![3],
        ),
        (
            "version:v1.0,,\nName [displayName] Required,User name [userPrincipalName] Required,Department [department]\n\
             Example: Chris Green,chris@contoso.com,IT\nAna,a@a.es,\n",
            vec![(1, Aside::VersionLine), (3, Aside::Example)],
            vec![4],
        ),
        (
            "Username,Display name\nchris@contoso.com,Chris Green\nben@contoso.com,Ben Andrews\nchris@contoso.com,Chris Grey\n",
            vec![(2, Aside::Example), (3, Aside::Example)],
            vec![4],
        ),
        (
            "Altas de septiembre,\n,\nCorreo,Nombre completo\na@a.es,Ana\nCorreo,Nombre completo\nb@a.es,Eva\n",
            vec![(1, Aside::AboveHeader), (5, Aside::HeaderAgain)],
            vec![4, 6],
        ),
    ] {
        let sheet = sheet(text);
        let numbers: Vec<u32> = (0..sheet.table.len()).map(|row| sheet.table.number(row)).collect();
        assert_eq!((sheet.aside, numbers), (aside, rows), "{text:?}");
    }
}

#[test]
fn a_header_that_nobody_knows_is_still_one_above_addresses() {
    check("Nome utente,Nominativo\na@a.it,Ana Rossi\nb@a.it,Eva Rossi\n", Separator::Comma, Some(1), &[2, 3]);
    check("Ana Ruiz,ana@a.es\nEva Sanz,eva@a.es\n", Separator::Comma, None, &[1, 2]);
}

#[test]
fn without_a_header_that_can_be_told_a_file_is_refused() {
    for text in ["Ana,Ruiz\nEva,Sanz\n", "just a sentence\nand another\n", "1,2,3\n4,5,6\n"] {
        let refusal = recognise(text, &Native).unwrap_err();
        assert_eq!((refusal.kind, refusal.row), (RefusalKind::NoHeader, Some(1)), "{text:?}");
    }
}

#[test]
fn templates_are_known() {
    let google = "First Name [Required],Last Name [Required],Email Address [Required],Password [Required],\
                  Password Hash Function [UPLOAD ONLY],Org Unit Path [Required]";
    for (header, template) in [
        ("First name,Last name,Display name,Email,Status update", Template::PartnerCenter),
        ("Nombre,Apellidos,Nombre para mostrar,Correo electrónico", Template::PartnerCenter),
        (
            "User Name,First Name,Last Name,Display Name,Job Title,Department,Office Number,Office Phone,Mobile Phone,\
             Fax,Address,City,State or Province,ZIP or Postal Code,Country or Region",
            Template::Microsoft365Old,
        ),
        (
            "Username,First name,Last name,Display name,Job title,Department,Office number,Office phone,Mobile phone,\
             Fax,Alternate email address,Address,City,State or province,ZIP or postal code,Country or region",
            Template::Microsoft365,
        ),
        ("Name [displayName] Required,User name [userPrincipalName] Required", Template::Entra),
        ("givenName,surName,displayName,mailNickname,domain,JobTitle", Template::Cipp),
        (google, Template::Google),
        ("Name,Email", Template::Plain),
    ] {
        assert_eq!(sheet(&[header, "\n"].concat()).template, template, "{header}");
    }
}

proptest::proptest! {
    #![proptest_config(crate::seeded())]

    #[test]
    fn any_text_is_recognised_or_refused(text in "([a-zA-Z@.é,;|\t\"\n\r=:]{0,12}|Email|Name|sep=;|version:){0,20}") {
        let _ = recognise(&text, &Native);
    }
}
