//! What columns are called: in Microsoft's templates and exports, in CIPP's and Google's, and plainly in five languages.

use crate::{Field, Letters, letters};

/// What a header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// The name of an attribute, as programs write it.
    Exact(Field),
    /// A word that is known.
    Known(Field),
    /// 'Mail': the sign-in name where no other column is.
    Mail,
    /// A word that means the first name beside a last name, and the full name alone.
    FirstOrFull,
    /// A word that means the last name beside a first name, the name that is shown beside both, and the full name alone.
    LastOrFull,
}

/// Names of attributes, folded.
const ATTRIBUTES: [(&str, Field); 28] = [
    ("userprincipalname", Field::SignIn),
    ("displayname", Field::DisplayName),
    ("givenname", Field::FirstName),
    ("surname", Field::LastName),
    ("passwordprofile", Field::Password),
    ("usagelocation", Field::Location),
    ("jobtitle", Field::JobTitle),
    ("department", Field::Department),
    ("physicaldeliveryofficename", Field::Office),
    ("officelocation", Field::Office),
    ("telephonenumber", Field::OfficePhone),
    ("businessphones", Field::OfficePhone),
    ("mobile", Field::MobilePhone),
    ("mobilephone", Field::MobilePhone),
    ("facsimiletelephonenumber", Field::Fax),
    ("faxnumber", Field::Fax),
    ("alternateemailaddress", Field::AlternateEmail),
    ("othermails", Field::AlternateEmail),
    ("mailnickname", Field::Nickname),
    ("streetaddress", Field::Street),
    ("city", Field::City),
    ("state", Field::State),
    ("postalcode", Field::PostalCode),
    ("country", Field::Country),
    ("accountenabled", Field::BlockSignIn),
    ("assignedlicenses", Field::Licences),
    ("primdomain", Field::Domain),
    ("statusupdate", Field::Status),
];

/// Words, folded to letters and digits, with blanks between them.
const WORDS: [(Field, &str); 26] = [
    (
        Field::SignIn,
        "username upn signinname signin login loginname logon logonname user useraccount account email emailaddress \
         workemail useremail primaryemail emailid userid principalname \
         usuario nombredeusuario nombreusuario correo correoelectronico email direcciondecorreo \
         direcciondecorreoelectronico direccioncorreo cuenta nombredeinicio nombredeiniciodesesion nombreprincipal \
         nombreprincipaldeusuario \
         benutzername benutzer anmeldename anmeldung benutzerkonto emailadresse mailadresse benutzerprinzipalname \
         nomdutilisateur nomutilisateur utilisateur identifiant adressemail adresseemail adressedemessagerie courriel \
         adressecourriel adresseelectronique nomdeconnexion nomprincipaldutilisateur compte \
         nomedeusuario nomedousuario nomedeutilizador nomedoutilizador utilizador correioeletronico correioelectronico \
         enderecodeemail enderecoeletronico enderecodecorreioeletronico conta nomeprincipal",
    ),
    (
        Field::Domain,
        "domain domainname maildomain primarydomain dominio domane domainenname domaine nomdedomaine",
    ),
    (
        Field::DisplayName,
        "displayedname shownname nombreparamostrar nombremostrado nombrevisible nombreamostrar anzeigename \
         angezeigtername nomdaffichage nomaffiche nomcompletaffiche nomedeexibicao nomeparaexibicao nomeexibido \
         nomeaapresentar nomedeapresentacao nomeaexibir",
    ),
    (
        Field::FirstName,
        "firstname forename primernombre nombredepila vorname prenom primeironome nomeproprio",
    ),
    (
        Field::LastName,
        "lastname familyname secondname apellido apellidos primerapellido nachname familienname zuname nomdefamille \
         sobrenome apelido apelidos ultimonome",
    ),
    (
        Field::FullName,
        "fullname personname employeename completename nombrecompleto nombreyapellido nombreyapellidos \
         apellidosynombre empleado vollername vollstandigername vorundnachname vornamenachname mitarbeiter nomcomplet \
         nometprenom prenometnom nomprenom nomecompleto nomeesobrenome nomeeapelido funcionario",
    ),
    (
        Field::Password,
        "password initialpassword temporarypassword temppassword firstpassword pwd contrasena contrasenainicial \
         contrasenatemporal clave passwort kennwort startkennwort initialkennwort anfangskennwort motdepasse \
         motdepasseinitial motdepassetemporaire senha senhainicial palavrapasse",
    ),
    (
        Field::Location,
        "location licenselocation licencelocation usage ubicacion ubicaciondeuso lugardeuso nutzungsstandort \
         verwendungsstandort nutzungsort standort emplacement emplacementdutilisation lieudutilisation localizacao \
         localdeuso localdeutilizacao localizacaodeutilizacao localizacaodeuso",
    ),
    (
        Field::Licences,
        "license licenses licence licences licensesku licenseskus sku skus skuid product products licencia licencias \
         producto productos lizenz lizenzen produkt produkte produit produits licenca licencas produto produtos",
    ),
    (
        Field::Roles,
        "role roles directoryrole directoryroles adminrole rol rolle rollen papel papeis funcoes funcaoadministrativa",
    ),
    (
        Field::Customer,
        "customer customerid tenant tenantid customerdomain microsoftid cliente kunde kundennummer client clientid",
    ),
    (
        Field::JobTitle,
        "title position job employeetitle puesto cargo tituloprofesional titulodeltrabajo puestodetrabajo \
         stellenbezeichnung berufsbezeichnung stelle titel position fonction poste intituledeposte titredeposte \
         funcao titulodocargo titulo",
    ),
    (Field::Department, "dept departamento area abteilung service departement setor"),
    (
        Field::Office,
        "office officenumber officename oficina numerodeoficina buro buronummer bureau numerodebureau escritorio numerodoescritorio",
    ),
    (
        Field::OfficePhone,
        "officephone workphone businessphone phone phonenumber telephone telefono telefonodeoficina \
         telefonodeltrabajo telefonodelaoficina telefonooficina telefon telefonnummer telefongeschaftlich telefonburo telephoneprofessionnel \
         telephonedubureau telefone telefonecomercial telefonedoescritorio telefonedotrabalho",
    ),
    (
        Field::MobilePhone,
        "mobilenumber cell cellphone movil telefonomovil celular mobiltelefon handy mobilnummer portable \
         telephoneportable telephonemobile mobil telemovel telefonecelular telefonemovel",
    ),
    (Field::Fax, "fax numerodefax faxnummer telecopie numerodefax telecopieur"),
    (
        Field::AlternateEmail,
        "alternateemail alternativeemail alternateemailaddress otheremail otheremails recoveryemail secondaryemail \
         privateemail personalemail otrocorreo correoalternativo correoelectronicoalternativo \
         direcciondecorreoelectronicoalternativa direcciondecorreoelectronicoalternativo alternativeemailadresse alternativemailadresse autreadresseemail \
         adressedemessagerieelectroniquesecondaire adresseemailsecondaire emailalternativo \
         enderecodeemailalternativo enderecodecorreioeletronicoalternativo",
    ),
    (Field::Nickname, "alias nickname mailalias localpart aliasdecorreo"),
    (
        Field::Street,
        "address street workaddress direccion calle adresse strasse anschrift rue endereco morada rua",
    ),
    (Field::City, "town locality ciudad poblacion localidad stadt ort ville cidade localidade"),
    (
        Field::State,
        "stateorprovince stateprovince province region provincia estado estadooprovincia bundesland \
         bundeslandoderkanton bundeslandkanton etat etatouprovince departementouprovince estadoouprovincia distrito",
    ),
    (
        Field::PostalCode,
        "zip zipcode postcode ziporpostalcode zippostalcode codigopostal cp postleitzahl plz codepostal cep \
         codigodepostal zipoupostalcode cepoucodigopostal",
    ),
    (
        Field::Country,
        "countryorregion countryregion pais paisoregion paisregion land landoderregion landregion pays paysouregion \
         paysregion paisouregiao paisregiao",
    ),
    (
        Field::BlockSignIn,
        "blocksignin blockcredential signinblocked bloqueariniciodesesion anmeldungblockieren bloquerlaconnexion \
         bloquerlasignin bloquearentrada bloquearlogin",
    ),
    (
        Field::Status,
        "actualizaciondelestado statusaktualisierung miseajourdeletat miseajourdustatut atualizacaodestatus \
         atualizacaodostatus",
    ),
];

/// What a header says; `None` for a word that is not known.
pub(crate) fn meaning(header: &str, letters: &dyn Letters) -> Option<Meaning> {
    let header = header.trim().trim_start_matches('\u{feff}');
    if header.is_empty() || header.len() > 200 || header.contains('@') {
        return None;
    }
    // `Name [displayName] Required`: what the brackets hold is the same in every language.
    let (outside, inside) = parts(header);
    for inside in &inside {
        if let Some(field) = attribute(&letters::key(inside, letters)) {
            return Some(Meaning::Exact(field));
        }
    }
    let key = letters::key(&outside, letters);
    word(&key).or_else(|| inside.iter().find_map(|inside| word(&letters::key(inside, letters))))
}

fn attribute(key: &str) -> Option<Field> {
    ATTRIBUTES.iter().find(|(name, _)| *name == key).map(|(_, field)| *field)
}

fn word(key: &str) -> Option<Meaning> {
    let key = ["required", "obligatorio", "erforderlich", "obligatoire", "obrigatorio"]
        .iter()
        .find_map(|end| key.strip_suffix(end))
        .unwrap_or(key);
    match key {
        "mail" | "mails" => return Some(Meaning::Mail),
        "nombre" | "nombres" | "nome" | "nomes" => return Some(Meaning::FirstOrFull),
        "name" | "nom" => return Some(Meaning::LastOrFull),
        _ => {}
    }
    if let Some(field) = attribute(key) {
        return Some(Meaning::Exact(field));
    }
    let is_in = |words: &str| words.split_ascii_whitespace().any(|word| word == key);
    WORDS.iter().find(|(_, words)| is_in(words)).map(|(field, _)| Meaning::Known(*field))
}

/// What stands outside of brackets and parentheses, and within each.
fn parts(header: &str) -> (String, Vec<String>) {
    let (mut outside, mut inside, mut depth) = (String::new(), Vec::new(), 0_u32);
    for letter in header.chars() {
        match letter {
            '[' | '(' => {
                depth += 1;
                inside.push(String::new());
            }
            ']' | ')' => depth = depth.saturating_sub(1),
            letter if depth == 0 => outside.push(letter),
            letter => {
                if let Some(last) = inside.last_mut() {
                    last.push(letter);
                }
            }
        }
    }
    (outside, inside)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::native::Native;

    fn check(header: &str, expected: Option<Field>) {
        let found = match meaning(header, &Native) {
            Some(Meaning::Exact(field) | Meaning::Known(field)) => Some(field),
            Some(Meaning::Mail) => Some(Field::SignIn),
            Some(Meaning::FirstOrFull) => Some(Field::FirstName),
            Some(Meaning::LastOrFull) => Some(Field::FullName),
            None => None,
        };
        assert_eq!(found, expected, "{header}");
    }

    #[test]
    fn headers_are_known_in_five_languages_however_they_are_written() {
        for (headers, field) in [
            (
                "User Name|USERNAME|user_name|user-name|User principal name|UPN|E-mail|Email address|Nombre de usuario|\
                 Correo electrónico|Benutzername|E-Mail-Adresse|Nom d'utilisateur|Nom d’utilisateur|Adresse e-mail|\
                 Nome de utilizador|Nome do usuário|Endereço de e-mail|User name [userPrincipalName] Required",
                Field::SignIn,
            ),
            (
                "Display name|display_name|displayName|Nombre para mostrar|Anzeigename|Nom d’affichage|Nom complet affiché|\
                 Nome de exibição|Nome a apresentar|Name [displayName] Required|Nombre [displayName] Obligatorio",
                Field::DisplayName,
            ),
            (
                "First name|Given Name|Vorname|Prénom|Nombre|Nome próprio|First Name [Required]",
                Field::FirstName,
            ),
            (
                "Last name|Surname|Apellidos|Nachname|Nom de famille|Sobrenome|Apelido|surName",
                Field::LastName,
            ),
            (
                "Full name|Nombre completo|Nombre y apellidos|Vor- und Nachname|Nom complet|Nome completo",
                Field::FullName,
            ),
            ("Password|Contraseña|Kennwort|Passwort|Mot de passe|Senha|Palavra-passe", Field::Password),
            (
                "Usage location|Ubicación de uso|Nutzungsstandort|Lieu d'utilisation|Local de uso|Location",
                Field::Location,
            ),
            ("Country or Region|País o región|Land/Region|Pays ou région|País/Região", Field::Country),
            ("ZIP or Postal Code|Código postal|PLZ|Code postal|CEP", Field::PostalCode),
            ("Licenses|Licencias|Lizenzen|Licences|Licenças", Field::Licences),
            ("Job Title|Puesto|Stellenbezeichnung|Fonction|Cargo", Field::JobTitle),
            ("Department|Departamento|Abteilung|Service|Dept.", Field::Department),
            ("Street Address|Dirección|Straße|Adresse|Endereço", Field::Street),
            ("Status update", Field::Status),
            ("Block sign in (Yes/No) [accountEnabled] Required", Field::BlockSignIn),
            ("mailNickname", Field::Nickname),
            ("Alternate email address|Recovery Email", Field::AlternateEmail),
        ] {
            for header in headers.split('|') {
                check(header, Some(field));
            }
        }
        for header in ["", "Favourite colour", "ana@contoso.com", "Org Unit Path [Required]", "]["] {
            check(header, None);
        }
    }

    #[test]
    fn no_word_means_two_things() {
        let mut all: Vec<(&str, Field)> = Vec::new();
        for (field, words) in WORDS {
            for word in words.split_ascii_whitespace() {
                assert!(
                    word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()),
                    "{word}"
                );
                if let Some((_, other)) = all.iter().find(|(known, _)| *known == word) {
                    assert_eq!(*other, field, "{word}");
                }
                all.push((word, field));
            }
        }
    }
}
