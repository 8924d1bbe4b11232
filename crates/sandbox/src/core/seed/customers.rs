//! The rows of the customer list.

use super::cases::case_at;
use super::places::{COUNTRIES, Country, by_code};
use super::resellers::RESELLERS;
use super::special::{FIRST_FORMER, FORMER, LONG, ODD, SENTINELS, showcase};
use crate::core::clock::SeededRandom;
use crate::core::guid;

/// What the list shows of a customer, and what filters need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The customer's number in the seed. Everything else about it is drawn from this.
    pub ordinal: u64,
    /// Its tenant.
    pub id: String,
    /// The company's name.
    pub name: String,
    /// Its primary domain.
    pub domain: String,
    /// The relationship to the partner, in the service's words.
    pub relationship: &'static str,
    /// The indirect reseller that it is sold through.
    pub reseller: Option<&'static str>,
}

/// The row of a customer as the seed says it.
pub fn row(seed: u64, ordinal: u64) -> Row {
    let mut random = SeededRandom::for_purpose(seed, ordinal, "row");
    let id = guid::from_numbers(random.draw(), random.draw());
    let index = |start: usize| usize::try_from(ordinal).ok().and_then(|ordinal| ordinal.checked_sub(start));
    let fixed = |id: String, name: String, domain: String, relationship| Row {
        ordinal,
        id,
        name,
        domain,
        relationship,
        reseller: None,
    };
    if let Some(sentinel) = index(0).and_then(|index| SENTINELS.get(index)) {
        let domain = format!("{}.onmicrosoft.com", sentinel.name.to_lowercase().replace(' ', "-"));
        return fixed(sentinel.id.to_owned(), sentinel.name.to_owned(), domain, "reseller");
    }
    if let Some(case) = case_at(ordinal) {
        return case.row(ordinal);
    }
    if let Some(showcase) = showcase(ordinal) {
        let domain = format!("{}.onmicrosoft.com", showcase.name.to_lowercase().replace(' ', "-"));
        return fixed(showcase.id.to_owned(), showcase.name.to_owned(), domain, "reseller");
    }
    if let Some(odd) = index(SENTINELS.len()).and_then(|index| ODD.get(index)) {
        let name = if odd.long { odd.name.chars().cycle().take(LONG).collect() } else { odd.name.to_owned() };
        return fixed(id, name, odd.domain.to_owned(), "reseller");
    }
    if let Some((index, (id, name))) = ordinal
        .checked_sub(FIRST_FORMER)
        .and_then(|index| usize::try_from(index).ok())
        .and_then(|index| Some((index, FORMER.get(index)?)))
    {
        let domain = format!("former-{index}.onmicrosoft.com");
        return fixed((*id).to_owned(), (*name).to_owned(), domain, "none");
    }
    let country = country(seed, ordinal);
    let (name, slug) = company(country, &mut random);
    // The ordinal keeps domains apart, however alike the names are.
    let unique = base36(ordinal);
    let domain = if random.percent(12) {
        format!("{slug}-{unique}.example")
    } else {
        let slug: String = slug.chars().take(26_usize.saturating_sub(unique.len())).collect();
        format!("{slug}{unique}.onmicrosoft.com")
    };
    let relationship = match random.below(100) {
        0 => "syndication",
        1..4 => "advisor",
        _ => "reseller",
    };
    let reseller = if random.percent(30) { random.pick(RESELLERS).map(|reseller| reseller.id) } else { None };
    Row { ordinal, id, name, domain, relationship, reseller }
}

/// The country that a customer is in.
pub fn country(seed: u64, ordinal: u64) -> &'static Country {
    let mut left = SeededRandom::for_purpose(seed, ordinal, "country").below(100);
    for country in COUNTRIES {
        match left.checked_sub(country.weight) {
            Some(rest) => left = rest,
            None => return country,
        }
    }
    by_code("ES").unwrap_or(&COUNTRIES[0])
}

/// The domain that a customer has beside its primary one; both are the same where that is already its own.
pub fn own_domain(primary: &str) -> String {
    format!("{}.example", primary.split('.').next().unwrap_or_default())
}

/// A company's name and the words of its domain.
fn company(country: &Country, random: &mut SeededRandom) -> (String, String) {
    let words = country.language.words();
    let mut pick =
        |list: &'static [(&'static str, &'static str)]| random.pick(list).copied().unwrap_or_default();
    let (trade, a, b) = (pick(words.trades), pick(words.surnames), pick(words.surnames));
    let form = random.pick(words.forms).copied().unwrap_or_default();
    let pattern = random.pick(words.patterns).copied().unwrap_or("{a}");
    let name = pattern.replace("{t}", trade.0).replace("{a}", a.0).replace("{b}", b.0).replace("{f}", form);
    (name.trim().to_owned(), format!("{}{}", trade.1, a.1))
}

fn base36(mut number: u64) -> String {
    let mut digits = Vec::new();
    loop {
        let digit = u32::try_from(number % 36).unwrap_or_default();
        digits.push(char::from_digit(digit, 36).unwrap_or('0'));
        number /= 36;
        if number == 0 {
            return digits.into_iter().rev().collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn rows_are_the_same_each_time_and_differ_by_seed() {
        assert_eq!(row(1, 777), row(1, 777));
        assert_ne!(row(1, 777).id, row(2, 777).id);
    }

    #[test]
    fn ids_and_domains_are_well_formed_and_unique() {
        let rows: Vec<_> = (0..5000).map(|ordinal| row(7, ordinal)).collect();
        let ids: HashSet<_> = rows.iter().map(|row| &row.id).collect();
        let domains: HashSet<_> = rows.iter().map(|row| &row.domain).collect();
        assert_eq!((ids.len(), domains.len()), (5000, 5000));
        for row in &rows {
            assert_eq!(guid::parse(&row.id).as_ref(), Some(&row.id));
            assert!(
                row.domain
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-.".contains(&b))
            );
            if let Some(prefix) = row.domain.strip_suffix(".onmicrosoft.com") {
                assert!((1..=27).contains(&prefix.len()), "{prefix}");
            }
            assert!(row.name.chars().count() <= LONG && !row.name.is_empty());
        }
    }

    #[test]
    fn every_country_and_reseller_has_customers() {
        let rows: Vec<_> = (0..3000).map(|ordinal| (row(7, ordinal), country(7, ordinal).code)).collect();
        assert_eq!(rows.iter().map(|(_, code)| code).collect::<HashSet<_>>().len(), COUNTRIES.len());
        assert_eq!(
            rows.iter().filter_map(|(row, _)| row.reseller).collect::<HashSet<_>>().len(),
            RESELLERS.len()
        );
        let spanish = rows.iter().filter(|(_, code)| *code == "ES").count();
        assert!((1000..1600).contains(&spanish), "{spanish}");
    }
}
