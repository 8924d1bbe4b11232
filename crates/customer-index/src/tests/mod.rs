//! The promises of this crate. `twin` holds them all against a plain implementation.

use proptest::test_runner::{Config, RngSeed};

use crate::{Collate, Customer, CustomerIndex, Fold, Query};

mod changes;
mod row_set;
mod search;
mod selection;
mod twin;

/// Folds the letters that these tests use; the browser's folding is tested in the browser.
pub(super) struct TestFold;

impl Fold for TestFold {
    fn fold(&self, text: &str) -> String {
        text.chars()
            .filter(|c| !is_accent(*c))
            .flat_map(char::to_lowercase)
            .map(|c| match c {
                'á' => 'a',
                'é' | 'ë' => 'e',
                'ó' => 'o',
                'ñ' => 'n',
                other => other,
            })
            .collect()
    }
}

fn is_accent(letter: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&letter)
}

/// The Spanish order, as far as these tests go: accents and case do not count, ñ comes after n.
pub(super) struct Spanish;

impl Collate for Spanish {
    fn weigh(&self, letters: &[char]) -> Vec<u32> {
        letters
            .iter()
            .map(|letter| match letter {
                'ñ' | 'Ñ' => 2 * u32::from('n') + 1,
                accent if is_accent(*accent) || accent.is_control() => 0,
                other => 2 * TestFold.fold(&other.to_string()).chars().next().map_or(0, u32::from),
            })
            .collect()
    }
}

/// The same cases in every run.
pub(super) fn seeded(cases: u32) -> Config {
    Config { cases, rng_seed: RngSeed::Fixed(20_260_101), failure_persistence: None, ..Config::default() }
}

pub(super) fn index(customers: &[(&str, &str, &str)]) -> CustomerIndex {
    let mut index = CustomerIndex::default();
    for (id, name, domain) in customers {
        index.push(Customer { id, name, domain, relationship: 1 }, &TestFold);
    }
    index
}

pub(super) fn found(index: &CustomerIndex, text: &str) -> Vec<usize> {
    let mut hits = Vec::new();
    index.search(&Query::new(text, &TestFold), 0, &mut hits);
    hits
}

pub(super) fn sample() -> CustomerIndex {
    index(&[
        ("7b41f0c2-93d8-4e1a-a6c5-20f9be71d384", "Aceites Monte Norte", "montenorte.es"),
        ("3c9e61d4-5f0a-4b7e-8d22-91a6c0e4f7b8", "Clínica Dental Nórtëa", "nortea-dental.onmicrosoft.com"),
        ("00000000-0000-4000-8000-000000000001", "Grupo 100% \"Miramar\" 🏨", "miramar.onmicrosoft.com"),
    ])
}
