//! What a list shows, and how little it asks for when something is added.

use std::borrow::Cow;
use std::cell::Cell;

use super::{Spanish, TestFold, index, sample};
use crate::{Collate, Customer, Filter, Key, Query, Selection, Sort, Test, Value, Wanted};

fn sorted(key: Key) -> Wanted {
    Wanted { sort: Some(Sort { key, descending: false }), ..Wanted::default() }
}

fn descending(key: Key) -> Wanted {
    Wanted { sort: Some(Sort { key, descending: true }), ..Wanted::default() }
}

fn filtered(filter: Filter) -> Wanted {
    Wanted { filters: vec![filter], ..Wanted::default() }
}

fn rows(index: &crate::CustomerIndex, wanted: &Wanted) -> Vec<usize> {
    let mut selection = Selection::default();
    selection.update(index, wanted, &Spanish);
    selection.rows().to_vec()
}

#[test]
fn names_stand_as_in_a_spanish_directory() {
    let names = ["Oca", "Ñu", "árbol", "Nube", "arbol", "Árbol 2", "no\u{301}ria", "nuez", "Ñandú", "noria"];
    let customers: Vec<_> = names.iter().map(|name| (*name, *name, "")).collect();
    let index = index(&customers);
    let found: Vec<&str> =
        rows(&index, &sorted(Key::Name)).into_iter().map(|row| index.get(row).unwrap().name).collect();
    assert_eq!(
        found,
        ["arbol", "árbol", "Árbol 2", "noria", "no\u{301}ria", "Nube", "nuez", "Ñandú", "Ñu", "Oca"]
    );
}

#[test]
fn a_value_that_is_not_in_is_last_in_both_directions_and_names_decide_among_equals() {
    let mut index = index(&[("0", "D", ""), ("1", "C", ""), ("2", "B", ""), ("3", "A", ""), ("4", "E", "")]);
    for (row, value) in
        [(0, Value::Number(5)), (1, Value::Number(-5)), (2, Value::Empty), (4, Value::Number(5))]
    {
        index.set_value(row, 2, Some(value));
    }
    assert_eq!(rows(&index, &sorted(Key::Column(2))), [1, 0, 4, 2, 3]);
    assert_eq!(rows(&index, &descending(Key::Column(2))), [0, 4, 1, 2, 3]);
    assert_eq!(rows(&index, &sorted(Key::Column(9))), [3, 2, 1, 0, 4], "a column nobody filled in");
}

#[test]
fn texts_of_a_column_are_sorted_as_they_are_shown() {
    struct Countries;
    impl Collate for Countries {
        fn weigh(&self, letters: &[char]) -> Vec<u32> {
            Spanish.weigh(letters)
        }
        fn label<'a>(&self, column: u8, text: &'a str) -> Cow<'a, str> {
            match (column, text) {
                (1, "DE") => "Alemania".into(),
                (1, "ES") => "España".into(),
                (1, "AT") => "Austria".into(),
                _ => text.into(),
            }
        }
    }
    let mut index = sample();
    for (row, country) in ["ES", "DE", "AT"].into_iter().enumerate() {
        index.set_value(row, 1, Some(Value::Text(country)));
    }
    let mut selection = Selection::default();
    selection.update(&index, &sorted(Key::Column(1)), &Countries);
    assert_eq!(selection.rows(), [1, 2, 0]);
}

#[test]
fn the_collator_is_asked_about_letters_once_not_about_names() {
    struct Counting(Cell<usize>);
    impl Collate for Counting {
        fn weigh(&self, letters: &[char]) -> Vec<u32> {
            self.0.set(self.0.get() + 1);
            Spanish.weigh(letters)
        }
    }
    let collate = Counting(Cell::new(0));
    let names: Vec<String> = (0..2000).map(|number| format!("Peñalba {number}")).collect();
    let rows: Vec<_> = names.iter().map(|name| (name.as_str(), name.as_str(), name.as_str())).collect();
    let mut index = index(&rows);
    let mut selection = Selection::default();
    selection.update(&index, &sorted(Key::Name), &collate);
    selection.update(&index, &descending(Key::Domain), &collate);
    assert_eq!(collate.0.get(), 1);
    index.push(Customer { id: "x", name: "Żubr", domain: "", relationship: 0 }, &TestFold);
    selection.update(&index, &sorted(Key::Name), &collate);
    assert_eq!(collate.0.get(), 2, "a letter not met before");
}

#[test]
fn a_collator_that_answers_too_little_does_no_harm() {
    struct Silent;
    impl Collate for Silent {
        fn weigh(&self, _: &[char]) -> Vec<u32> {
            Vec::new()
        }
    }
    let mut selection = Selection::default();
    selection.update(&sample(), &sorted(Key::Name), &Silent);
    assert_eq!(selection.rows(), [0, 1, 2], "by code points");
}

#[test]
fn letters_far_up_in_unicode_keep_their_order() {
    struct CodePoints;
    impl Collate for CodePoints {
        fn weigh(&self, letters: &[char]) -> Vec<u32> {
            letters.iter().map(|letter| u32::from(*letter)).collect()
        }
    }
    // 254, 255 and 256, around the largest weight that takes one byte, and one that takes three.
    let names = ["😀a", "Āa", "ÿz", "þz"];
    let index = index(&names.map(|name| (name, name, "")));
    let mut selection = Selection::default();
    selection.update(&index, &sorted(Key::Name), &CodePoints);
    assert_eq!(selection.rows(), [3, 2, 1, 0]);
}

#[test]
fn names_that_agree_for_very_long_are_sorted_all_the_same() {
    let long = "a".repeat(100_000);
    let names = [format!("{long}c"), format!("{long}b"), long];
    let rows_in: Vec<_> = names.iter().map(|name| (&name[name.len() - 1..], name.as_str(), "")).collect();
    assert_eq!(rows(&index(&rows_in), &sorted(Key::Name)), [2, 1, 0]);
}

#[test]
fn a_page_takes_its_places_among_those_left_after_removals() {
    let names: Vec<String> = ('a'..='k').map(String::from).collect();
    let rows: Vec<_> = names.iter().map(|name| (name.as_str(), name.as_str(), "")).collect();
    let mut index = index(&rows);
    let mut selection = Selection::default();
    selection.update(&index, &sorted(Key::Name), &Spanish);
    for id in ["e", "f", "g"] {
        index.remove(id);
    }
    index.push(Customer { id: "x", name: "b again", domain: "", relationship: 0 }, &TestFold);
    selection.update(&index, &sorted(Key::Name), &Spanish);
    assert_eq!(selection.rows(), [0, 1, 11, 2, 3, 7, 8, 9, 10]);
}

#[test]
fn more_changes_than_customers_between_two_looks_are_seen() {
    let mut index = index(&[("1", "a", ""), ("2", "b", "")]);
    let mut selection = Selection::default();
    selection.update(&index, &sorted(Key::Name), &Spanish);
    for name in ["c", "d", "e"] {
        index.update(Customer { id: "1", name, domain: "", relationship: 1 }, &TestFold);
    }
    selection.update(&index, &sorted(Key::Name), &Spanish);
    assert_eq!(selection.rows(), [1, 0]);
}

#[test]
fn filters_hold_together_and_what_is_not_known_is_counted() {
    let mut index = sample();
    index.set_value(1, 0, Some(Value::Text("ES")));
    let spain = Filter::Column(0, Test::OneOf(vec!["ES".to_owned()]));
    let wanted = Wanted {
        filters: vec![spain.clone(), Filter::domain_ending(" .OnMicrosoft.com", &TestFold)],
        ..Wanted::default()
    };
    let mut selection = Selection::default();
    selection.update(&index, &wanted, &Spanish);
    assert_eq!(selection.rows(), [1]);
    assert_eq!(selection.unknown(), 1, "row 2 may be Spanish; row 0 is out by its domain");
    index.set_value(2, 0, Some(Value::Text("ES")));
    selection.update(&index, &wanted, &Spanish);
    assert_eq!((selection.rows(), selection.unknown()), (&[1, 2][..], 0));
    index.set_value(0, 0, Some(Value::Empty));
    assert_eq!(rows(&index, &filtered(Filter::Column(0, Test::Empty))), [0]);
    assert_eq!(rows(&index, &filtered(Filter::Relationship(vec![0, 1]))), [0, 1, 2]);
    assert!(rows(&index, &filtered(Filter::Relationship(vec![2]))).is_empty());
}

#[test]
fn since_a_day_is_a_range_without_an_end() {
    let mut index = sample();
    for (row, day) in [(0, 20_400), (1, 20_399), (2, i32::MAX)] {
        index.set_value(row, 7, Some(Value::Number(day)));
    }
    assert_eq!(rows(&index, &filtered(Filter::Column(7, Test::Between(20_400, i32::MAX)))), [0, 2]);
}

#[test]
fn the_generation_stays_while_rows_are_only_added_at_the_end() {
    let mut index = sample();
    let wanted = Wanted { query: Query::new("norte", &TestFold), ..Wanted::default() };
    let mut selection = Selection::default();
    selection.update(&index, &wanted, &Spanish);
    let first = selection.generation();
    index.push(Customer { id: "x", name: "Norte", domain: "", relationship: 0 }, &TestFold);
    selection.update(&index, &wanted, &Spanish);
    assert_eq!((selection.rows(), selection.generation()), (&[0, 1, 3][..], first));
    index.remove("x");
    selection.update(&index, &wanted, &Spanish);
    assert_eq!(selection.rows(), [0, 1]);
    assert_ne!(selection.generation(), first);
}

#[test]
fn another_index_is_noticed() {
    let mut selection = Selection::default();
    selection.update(&sample(), &sorted(Key::Name), &Spanish);
    let other = index(&[("1", "B", ""), ("2", "A", ""), ("3", "C", "")]);
    selection.update(&other, &sorted(Key::Name), &Spanish);
    assert_eq!(selection.rows(), [1, 0, 2]);
}
