//! The words that the address checker goes by. All are compared in small letters.

/// Countries whose addresses are not checked.
pub(super) const NOT_CHECKED: &[&str] = &["IQ", "MM", "SS", "TJ"];
/// In a street or as a city: no such address.
pub(super) const NOWHERE: &[&str] = &["nowhere", "ninguna", "ningún", "nirgendwo", "nulle-part"];
/// Three addresses could be meant.
pub(super) const SEVERAL: &[&str] = &["multiple", "múltiple", "mehrere"];
/// Two addresses could be meant.
pub(super) const DOUBTFUL: &[&str] = &["doble", "double", "doppel"];
/// Letters arrive there, parcels do not.
pub(super) const BOXES: &[&str] = &["apartado", "box", "postfach", "caixa"];

/// Abbreviations, with the word that is meant.
#[rustfmt::skip] // a row an abbreviation would make this long
pub(super) const ABBREVIATIONS: &[(&str, &str)] = &[
    ("c/", "Calle"), ("cl.", "Calle"), ("avda", "Avenida"), ("avda.", "Avenida"), ("av", "Avenida"),
    ("av.", "Avenida"), ("pza", "Plaza"), ("pza.", "Plaza"), ("ctra", "Carretera"), ("ctra.", "Carretera"),
    ("pº", "Paseo"), ("st", "Street"), ("st.", "Street"), ("rd", "Road"), ("rd.", "Road"), ("ave", "Avenue"),
    ("ave.", "Avenue"), ("blvd", "Boulevard"), ("blvd.", "Boulevard"), ("bd", "Boulevard"), ("str.", "Straße"),
    ("r.", "Rua"),
];

/// What stands before and after the name of a street where only the name was given.
pub(super) const STREET: &[(&str, &str, &str)] = &[
    ("ES", "Calle ", ""),
    ("MX", "Calle ", ""),
    ("AR", "Calle ", ""),
    ("FR", "Rue ", ""),
    ("PT", "Rua ", ""),
    ("BR", "Rua ", ""),
    ("IT", "Via ", ""),
    ("DE", "", "straße"),
    ("AT", "", "straße"),
    ("US", "", " Street"),
    ("CA", "", " Street"),
    ("GB", "", " Street"),
    ("IE", "", " Street"),
];

/// Where the number stands before the street.
pub(super) const NUMBER_FIRST: &[&str] = &["AU", "CA", "FR", "GB", "IE", "NZ", "US", "ZA"];
