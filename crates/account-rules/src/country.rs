//! The countries that a customer may be in, as far as ISO 3166-1 knows them. In which of them this partner may sell, only
//! the service knows (code 20000).

/// All codes, one after the other.
pub const COUNTRIES: &str = "ADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZCACCCDCFCGCHCICKCLCMCNCOCRCUCVCWCXCYCZDEDJDKDMDODZECEEEGEHERESETFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGSGTGUGWGYHKHMHNHRHTHUIDIEILIMINIOIQIRISITJEJMJOJPKEKGKHKIKMKNKPKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQMRMSMTMUMVMWMXMYMZNANCNENFNGNINLNONPNRNUNZOMPAPEPFPGPHPKPLPMPNPRPSPTPWPYQARERORSRURWSASBSCSDSESGSHSISJSKSLSMSNSOSRSSSTSVSXSYSZTCTDTFTGTHTJTKTLTMTNTOTRTTTVTWTZUAUGUMUSUYUZVAVCVEVGVIVNVUWFWSYEYTZAZMZW";

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
