//! What is found, and what is marked in it.

use proptest::prelude::*;

use super::{TestFold, found, index, sample, seeded};
use crate::{Customer, Query, marks};

#[test]
fn finds_anywhere_without_case_and_accents() {
    let index = sample();
    assert_eq!(found(&index, "NORTE"), [0, 1]);
    assert_eq!(found(&index, "nortea"), [1]);
    assert_eq!(found(&index, "Ñórtë"), [0, 1]);
}

#[test]
fn finds_by_domain_and_by_part_of_the_id_in_any_case() {
    let index = sample();
    assert_eq!(found(&index, "onmicrosoft"), [1, 2]);
    assert_eq!(found(&index, "93D8-4E1A"), [0]);
    assert_eq!(found(&index, "{3C9E61D4-5F0A-4B7E-8D22-91A6C0E4F7B8}"), [1]);
}

#[test]
fn all_words_must_be_there_in_any_order() {
    let index = sample();
    assert_eq!(found(&index, "norte aceites"), [0]);
    assert_eq!(found(&index, "norte miramar"), Vec::<usize>::new());
    assert_eq!(found(&index, "  "), [0, 1, 2]);
}

#[test]
fn percent_quotes_and_emoji_are_letters_like_others() {
    let index = sample();
    assert_eq!(found(&index, "100%"), [2]);
    assert_eq!(found(&index, "\"mira"), [2]);
    assert_eq!(found(&index, "🏨"), [2]);
    assert_eq!(found(&index, "%"), [2]);
}

#[test]
fn no_hit_spans_two_fields() {
    let index = index(&[("a1", "ab", "cd.example")]);
    assert_eq!(found(&index, "abcd"), Vec::<usize>::new());
    assert_eq!(found(&index, "b\u{1f}c"), [0], "a control character is a blank: two words");
    assert_eq!(found(&index, "b\u{1f}cx"), Vec::<usize>::new());
}

#[test]
fn an_id_that_comes_again_changes_nothing() {
    let mut index = sample();
    let again =
        Customer { id: "7B41F0C2-93D8-4E1A-A6C5-20F9BE71D384", name: "Other", domain: "x", relationship: 0 };
    assert!(!index.push(again, &TestFold));
    assert_eq!(index.len(), 3);
    assert_eq!(index.row_of("7B41F0C2-93d8-4e1a-a6c5-20f9be71d384"), Some(0));
    assert_eq!(index.get(0).map(|c| c.name), Some("Aceites Monte Norte"));
}

#[test]
fn a_customer_comes_back_as_it_went_in() {
    let index = sample();
    let customer = index.get(1).unwrap();
    assert_eq!(customer.id, "3c9e61d4-5f0a-4b7e-8d22-91a6c0e4f7b8");
    assert_eq!(customer.name, "Clínica Dental Nórtëa");
    assert_eq!(customer.domain, "nortea-dental.onmicrosoft.com");
    assert!(index.get(3).is_none());
}

#[test]
fn marks_lie_on_the_letters_that_were_hit() {
    let text = "Clínica Dental Nórtëa";
    let ranges = marks(text, &Query::new("norte ica", &TestFold), &TestFold);
    let words: Vec<&str> = ranges.iter().map(|range| &text[range.clone()]).collect();
    assert_eq!(words, ["ica", "Nórtë"]);
    // The same with accents as characters of their own.
    let text = "No\u{301}rte";
    let ranges = marks(text, &Query::new("nor", &TestFold), &TestFold);
    assert_eq!(ranges.iter().map(|range| &text[range.clone()]).collect::<Vec<_>>(), ["No\u{301}r"]);
}

proptest! {
    #![proptest_config(seeded(256))]

    #[test]
    fn marks_never_split_a_letter(text in "\\PC{0,30}", query in "\\PC{0,6}") {
        for range in marks(&text, &Query::new(&query, &TestFold), &TestFold) {
            prop_assert!(text.get(range).is_some());
        }
    }
}
