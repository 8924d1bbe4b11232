//! The countries that customers are in, and cities with postal codes to put into addresses.

use super::words::Language;

/// A country with customers.
#[derive(Debug)]
pub struct Country {
    /// ISO 3166 alpha-2.
    pub code: &'static str,
    /// The culture of a billing profile there.
    pub culture: &'static str,
    /// How companies and people are named.
    pub language: Language,
    /// Out of a hundred customers, how many are here.
    pub weight: u64,
    /// A phone number: the calling code after a plus, a space, then digits, with `#` where any will do.
    pub phone: &'static str,
    /// City, postal code, state or province (empty where an address has none).
    pub cities: &'static [(&'static str, &'static str, &'static str)],
}

impl Country {
    /// The two-letter language of the billing profile.
    pub fn language_code(&self) -> &'static str {
        self.culture.split('-').next().unwrap_or(self.culture)
    }
}

const fn country(
    code: &'static str,
    culture: &'static str,
    language: Language,
    weight: u64,
    phone: &'static str,
    cities: &'static [(&'static str, &'static str, &'static str)],
) -> Country {
    Country { code, culture, language, weight, phone, cities }
}

/// All of them. The weights add up to a hundred.
pub const COUNTRIES: &[Country] = &[
    country(
        "ES",
        "es-ES",
        Language::Spanish,
        42,
        "+34 6########",
        &[
            ("Murcia", "30001", "Murcia"),
            ("Orihuela", "03300", "Alicante"),
            ("Sevilla", "41001", "Sevilla"),
            ("Bilbao", "48001", "Vizcaya"),
            ("Girona", "17001", "Girona"),
            ("Vigo", "36201", "Pontevedra"),
        ],
    ),
    country(
        "DE",
        "de-DE",
        Language::German,
        9,
        "+49 151#######",
        &[("Bremen", "28195", ""), ("Leipzig", "04109", ""), ("Freiburg im Breisgau", "79098", "")],
    ),
    country(
        "AT",
        "de-AT",
        Language::German,
        3,
        "+43 664######",
        &[("Graz", "8010", ""), ("Linz", "4020", "")],
    ),
    country(
        "CH",
        "de-CH",
        Language::German,
        2,
        "+41 79#######",
        &[("Winterthur", "8400", ""), ("Chur", "7000", "")],
    ),
    country(
        "JP",
        "ja-JP",
        Language::Japanese,
        6,
        "+81 90########",
        &[("札幌市", "060-0001", "北海道"), ("金沢市", "920-8577", "石川県")],
    ),
    country(
        "AE",
        "ar-AE",
        Language::Arabic,
        3,
        "+971 50#######",
        &[("دبي", "", "DU"), ("الشارقة", "", "SH")],
    ),
    country("EG", "ar-EG", Language::Arabic, 2, "+20 10########", &[("الإسكندرية", "21500", "")]),
    country(
        "GB",
        "en-GB",
        Language::English,
        6,
        "+44 7700900###",
        &[("Leeds", "LS1 4DY", ""), ("Cardiff", "CF10 1EP", "")],
    ),
    country(
        "US",
        "en-US",
        Language::English,
        5,
        "+1 20255501##",
        &[("Portland", "97201", "OR"), ("Albany", "12207", "NY"), ("Tucson", "85701", "AZ")],
    ),
    country("IE", "en-IE", Language::English, 2, "+353 85#######", &[("Cork", "T12 W8EP", "CO")]),
    country(
        "FR",
        "fr-FR",
        Language::French,
        6,
        "+33 6########",
        &[("Nantes", "44000", ""), ("Pau", "64000", "")],
    ),
    country(
        "BE",
        "fr-BE",
        Language::French,
        2,
        "+32 47#######",
        &[("Namur", "5000", ""), ("Liège", "4000", "")],
    ),
    country(
        "PT",
        "pt-PT",
        Language::Portuguese,
        4,
        "+351 91#######",
        &[("Évora", "7000-503", ""), ("Braga", "4700-030", "")],
    ),
    country(
        "BR",
        "pt-BR",
        Language::Portuguese,
        3,
        "+55 119########",
        &[("Curitiba", "80010-000", "PR"), ("Recife", "50010-000", "PE")],
    ),
    country(
        "MX",
        "es-MX",
        Language::Spanish,
        3,
        "+52 55########",
        &[("Mérida", "97000", "YUC"), ("Puebla", "72000", "PUE")],
    ),
    country("AR", "es-AR", Language::Spanish, 2, "+54 11########", &[("Rosario", "2000", "S")]),
];

/// A country by its code, in any case.
pub fn by_code(code: &str) -> Option<&'static Country> {
    COUNTRIES.iter().find(|country| country.code.eq_ignore_ascii_case(code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_add_up() {
        assert_eq!(COUNTRIES.iter().map(|country| country.weight).sum::<u64>(), 100);
        assert!(COUNTRIES.iter().all(|country| !country.cities.is_empty()));
    }
}
