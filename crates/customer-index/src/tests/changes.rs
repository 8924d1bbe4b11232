//! Rows that change or go while the list is open.

use super::{TestFold, found, index, sample};
use crate::{Customer, Value};

const FIRST: &str = "7b41f0c2-93d8-4e1a-a6c5-20f9be71d384";

#[test]
fn a_changed_customer_is_found_as_it_is_now_and_in_its_place() {
    let mut index = sample();
    let longer = Customer { id: FIRST, name: "Bodegas y Aceites Río", domain: "rio.es", relationship: 2 };
    assert!(index.update(longer, &TestFold));
    assert_eq!(index.get(0), Some(longer));
    assert_eq!(found(&index, "bodegas"), [0]);
    assert_eq!(found(&index, "monte"), Vec::<usize>::new());
    assert_eq!(found(&index, "dental"), [1], "those after it are where they were");
    assert_eq!(index.get(2).unwrap().domain, "miramar.onmicrosoft.com");
    let shorter = Customer { name: "B", domain: "", ..longer };
    assert!(index.update(shorter, &TestFold));
    assert_eq!(index.get(0), Some(shorter));
    assert_eq!(index.get(1).unwrap().name, "Clínica Dental Nórtëa");
    assert_eq!(index.row_of(FIRST), Some(0));
}

#[test]
fn an_unknown_customer_cannot_be_changed_or_removed() {
    let mut index = sample();
    assert!(!index.update(Customer { id: "x", name: "", domain: "", relationship: 0 }, &TestFold));
    assert!(!index.remove("x"));
    assert!(!index.set_value(3, 0, Some(Value::Empty)));
    assert_eq!(index.len(), 3);
}

#[test]
fn a_removed_customer_is_gone_and_its_row_stays_empty() {
    let mut index = sample();
    index.set_value(0, 0, Some(Value::Text("ES")));
    assert!(index.remove(&FIRST.to_uppercase()));
    assert!(!index.remove(FIRST));
    assert_eq!((index.len(), index.end()), (2, 3));
    assert_eq!(index.get(0), None);
    assert_eq!(index.row_of(FIRST), None);
    assert_eq!(index.value(0, 0), None);
    assert!(!index.set_value(0, 0, Some(Value::Empty)), "nobody is there");
    assert_eq!(found(&index, "norte"), [1]);
    assert_eq!(found(&index, ""), [1, 2]);
    assert!(index.push(Customer { id: FIRST, name: "Back", domain: "", relationship: 0 }, &TestFold));
    assert_eq!(index.row_of(FIRST), Some(3));
}

#[test]
fn ids_are_found_through_growth_and_removals() {
    let ids: Vec<String> = (0..3000).map(|number| format!("Customer-{number}")).collect();
    let rows: Vec<_> = ids.iter().map(|id| (id.as_str(), "", "")).collect();
    let mut index = index(&rows);
    for id in ids.iter().step_by(3) {
        assert!(index.remove(id));
    }
    for (row, id) in ids.iter().enumerate() {
        assert_eq!(index.row_of(id), (row % 3 != 0).then_some(row));
    }
}

#[test]
fn odd_texts_come_back_as_they_went_in() {
    let long = "ñ".repeat(400);
    let odd = ["", "=cmd|' /C calc'!A0", "<b>x</b>", "\u{202e}olleh", "🏨👩‍👩‍👧", "a\u{1f}b\u{1e}c", &long];
    let ids: Vec<String> = odd.iter().map(|text| text.to_ascii_lowercase()).collect();
    let rows: Vec<_> = ids.iter().zip(odd).map(|(id, text)| (id.as_str(), text, text)).collect();
    let index = index(&rows);
    assert_eq!(index.len(), odd.len());
    for (row, text) in odd.iter().enumerate() {
        let customer = index.get(row).unwrap();
        assert_eq!((customer.id, customer.name, customer.domain), (ids[row].as_str(), *text, *text));
        assert_eq!(index.row_of(text), Some(row));
    }
    assert_eq!(found(&index, "olleh"), [3]);
}

#[test]
fn values_are_offered_with_the_customers_that_have_them() {
    let mut index = sample();
    let values = |index: &crate::CustomerIndex| {
        index.values(3).map(|(value, rows)| format!("{value:?} {rows}")).collect::<Vec<_>>()
    };
    assert!(values(&index).is_empty());
    index.set_value(0, 3, Some(Value::Text("ES")));
    index.set_value(1, 3, Some(Value::Text("PT")));
    index.set_value(2, 3, Some(Value::Text("ES")));
    assert_eq!(values(&index), ["Text(\"ES\") 2", "Text(\"PT\") 1"]);
    index.set_value(1, 3, Some(Value::Number(7)));
    index.set_value(2, 3, None);
    assert_eq!(values(&index), ["Text(\"ES\") 1", "Number(7) 1"]);
    assert_eq!(index.value(2, 3), None);
    assert_eq!(index.value(1, 3), Some(Value::Number(7)));
}
