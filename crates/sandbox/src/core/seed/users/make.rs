//! How users are made up.

use std::collections::HashSet;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{KEPT, MAX_USERS, Origin, User};
use crate::core::clock::SeededRandom;
use crate::core::dates::DAY;
use crate::core::guid;
use crate::core::seed::customers::{country, own_domain};
use crate::core::seed::places::Country;
use crate::core::seed::profiles::{person, phone};
use crate::core::seed::roles::{ROLES, draw};
use crate::core::seed::special::{ODD_USERS, showcase};
use crate::core::seed::words::{Language, Word};

/// Who is at a customer. `made_at` (milliseconds since the Unix epoch) is when the data was made: deletions
/// are counted back from there. The tenant's first administrator comes first, deleted users last.
pub fn of_customer(seed: u64, made_at: i64, ordinal: u64, domain: &str) -> Vec<User> {
    let mut random = SeededRandom::for_purpose(seed, ordinal, "users");
    let count = count(&mut random, ordinal);
    if count == 0 {
        return Vec::new();
    }
    // Draws of their own, so that how many there are does not change what they are called.
    let mut maker = Maker::new(seed, made_at, ordinal, domain, &mut random);
    let mut users = vec![maker.first_administrator()];
    users.extend((1..count).map(|_| maker.user()));
    if random.percent(45) {
        users.extend((0..=random.below(4)).map(|_| maker.deleted_user()));
    }
    users
}

/// Most customers have five to forty users. None at all, and hundreds, are rare.
fn count(random: &mut SeededRandom, ordinal: u64) -> u64 {
    let drawn = match random.below(100) {
        0..3 => 0,
        3..11 => 1 + random.below(4),
        91..98 => 41 + random.below(80),
        98..100 => 121 + random.below(MAX_USERS - 120),
        _ => 5 + random.below(36),
    };
    showcase(ordinal).map_or(drawn, |showcase| showcase.users)
}

struct Maker<'a> {
    made_at: i64,
    /// First and last name of the person who set the tenant up.
    founder: (Word, Word),
    country: &'static Country,
    /// The domain that sign-in names end in.
    domain: String,
    /// The domain of the first administrator, which is there before any other.
    first_domain: &'a str,
    synchronised: bool,
    federated: bool,
    taken: HashSet<String>,
    random: SeededRandom,
}

impl<'a> Maker<'a> {
    fn new(seed: u64, made_at: i64, ordinal: u64, domain: &'a str, random: &mut SeededRandom) -> Self {
        let kind = random.below(100);
        let (synchronised, federated) = (kind < 20, kind < 6);
        let own = synchronised || random.percent(30);
        Self {
            made_at,
            founder: person(seed, ordinal),
            country: country(seed, ordinal),
            domain: if own { own_domain(domain) } else { domain.to_owned() },
            first_domain: domain,
            synchronised,
            federated,
            taken: HashSet::new(),
            random: SeededRandom::for_purpose(seed, ordinal, "user"),
        }
    }

    /// Made together with the tenant, before anyone could say where licences are used.
    fn first_administrator(&mut self) -> User {
        let (first, last) = self.founder;
        User {
            id: guid::from_numbers(self.random.draw(), self.random.draw()),
            principal_name: format!("admin@{}", self.first_domain),
            display_name: self.display_name(first.0, last.0),
            names: Some((first.0.to_owned(), last.0.to_owned())),
            usage_location: None,
            phone: None,
            origin: Origin::Cloud,
            roles: ROLES.first().into_iter().collect(),
            deleted_at: None,
        }
    }

    fn user(&mut self) -> User {
        let id = guid::from_numbers(self.random.draw(), self.random.draw());
        let (first, last) = self.name();
        let odd = self.random.percent(2).then(|| self.random.pick(ODD_USERS)).flatten();
        let (names, display_name, local) = if let Some((local, display)) = odd {
            (None, (*display).to_owned(), (*local).to_owned())
        } else {
            let display = self.display_name(first.0, &last.0);
            (Some((first.0.to_owned(), last.0)), display, format!("{}.{}", first.1, last.1))
        };
        // Some work abroad.
        let location = if self.random.percent(3) { "IE" } else { self.country.code };
        User {
            principal_name: self.principal_name(&local),
            names,
            display_name,
            usage_location: Some(location),
            phone: self.random.percent(30).then(|| phone(self.country.phone, &mut self.random)),
            origin: self.origin(),
            roles: draw(&mut self.random).into_iter().collect(),
            deleted_at: None,
            id,
        }
    }

    /// A deleted user has lost its roles, and its sign-in name is free again: the service gives it another.
    fn deleted_user(&mut self) -> User {
        let user = self.user();
        // At least a day ago, and gone a day after the data was made at the earliest.
        let ago = DAY + self.random.below((KEPT - 2 * DAY).unsigned_abs()).cast_signed();
        let local = guid::from_numbers(self.random.draw(), self.random.draw()).replace('-', "");
        User {
            principal_name: format!("{local}@{}", self.domain),
            roles: Vec::new(),
            deleted_at: Some(self.made_at - ago),
            ..user
        }
    }

    /// First name, and last name with its spelling in a sign-in name. Where Spanish or Portuguese is spoken,
    /// people have two surnames.
    fn name(&mut self) -> (Word, (String, &'static str)) {
        let language = self.country.language;
        let words = language.words();
        let first = self.random.pick(words.given).copied().unwrap_or_default();
        let last = self.random.pick(words.surnames).copied().unwrap_or_default();
        let second = self.random.pick(words.surnames).copied().unwrap_or_default();
        let both = matches!(language, Language::Spanish | Language::Portuguese);
        let last_name = if both { format!("{} {}", last.0, second.0) } else { last.0.to_owned() };
        (first, (last_name, last.1))
    }

    fn display_name(&self, first: &str, last: &str) -> String {
        match self.country.language {
            Language::Japanese => format!("{last} {first}"),
            _ => format!("{first} {last}"),
        }
    }

    /// A sign-in name that nobody else has: the second Inés Roca is `ines.roca2`.
    fn principal_name(&mut self, local: &str) -> String {
        let mut candidate = local.to_owned();
        let mut number = 2;
        while !self.taken.insert(candidate.clone()) {
            candidate = format!("{local}{number}");
            number += 1;
        }
        format!("{candidate}@{}", self.domain)
    }

    fn origin(&mut self) -> Origin {
        if !self.synchronised {
            return Origin::Cloud;
        }
        let mut bytes = self.random.draw().to_le_bytes().to_vec();
        bytes.extend(self.random.draw().to_le_bytes());
        Origin::Synchronised {
            immutable_id: STANDARD.encode(bytes),
            at: self.made_at - self.random.below(10_800).cast_signed() * 1000,
            federated: self.federated,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MADE_AT: i64 = 1_770_000_000_000;

    fn all() -> Vec<Vec<User>> {
        (0..600).map(|ordinal| of_customer(7, MADE_AT, ordinal, "firma.onmicrosoft.com")).collect()
    }

    #[test]
    fn most_customers_have_a_few_dozen_users() {
        let counts: Vec<usize> =
            all().iter().map(|users| users.iter().filter(|user| user.deleted_at.is_none()).count()).collect();
        let between = |low, high| counts.iter().filter(|count| (low..=high).contains(*count)).count();
        assert!(between(5, 40) > 420, "{}", between(5, 40));
        assert!(between(0, 0) > 5 && between(1, 4) > 10 && between(41, 120) > 10 && between(121, 200) > 3);
        assert_eq!(between(0, 200), 600);
    }

    #[test]
    fn ids_and_sign_in_names_are_unique_and_well_formed() {
        let mut ids = HashSet::new();
        for users in all() {
            let mut names = HashSet::new();
            for user in users {
                assert_eq!(guid::parse(&user.id).as_ref(), Some(&user.id));
                let (local, domain) = user.principal_name.split_once('@').unwrap();
                assert!(local.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'.'));
                assert!(["firma.onmicrosoft.com", "firma.example"].contains(&domain), "{domain}");
                assert!(ids.insert(user.id) && names.insert(user.principal_name));
            }
        }
    }

    #[test]
    fn the_first_administrator_and_the_deleted_differ_from_the_others() {
        let mut deleted = 0;
        for users in all() {
            for (index, user) in users.iter().enumerate() {
                assert_eq!(user.usage_location.is_none(), index == 0);
                if index == 0 {
                    assert_eq!((user.roles[0], user.deleted_at), (&ROLES[0], None));
                }
                if let Some(at) = user.deleted_at {
                    deleted += 1;
                    assert!(at < MADE_AT && at + KEPT > MADE_AT);
                    assert!(user.roles.is_empty() && !user.can_hold_licences());
                    assert_eq!(user.principal_name.find('@'), Some(32));
                }
            }
        }
        assert!(deleted > 100, "{deleted}");
    }

    #[test]
    fn every_role_origin_and_odd_name_is_there() {
        let all: Vec<User> = all().into_iter().flatten().collect();
        for role in ROLES {
            assert!(all.iter().any(|user| user.roles.contains(&role)), "{}", role.name);
        }
        for (_, display) in ODD_USERS {
            assert!(
                all.iter().any(|user| user.display_name == *display && user.names.is_none()),
                "{display}"
            );
        }
        let types: HashSet<String> =
            all.iter().map(|user| user.to_json("c")["userDomainType"].as_str().unwrap().to_owned()).collect();
        assert_eq!(types.len(), 3);
    }
}
