//! Any sequence of changes and selections, held against a twin that does everything the plain way.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{Spanish, TestFold, seeded};
use crate::{
    Collate, Customer, CustomerIndex, Filter, Fold, Key, Query, Selection, Sort, Test, Value, Wanted,
};

#[derive(Debug, Clone)]
enum Step {
    Push(String, String, String, u8),
    Update(usize, String, String, u8),
    Remove(usize),
    Set(usize, u8, Option<Known>),
    Replace,
    Select { text: String, filters: Vec<Filter>, sort: Option<Sort> },
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Known {
    Number(i32),
    Text(String),
    Empty,
}

impl Known {
    fn value(&self) -> Value<'_> {
        match self {
            Self::Number(number) => Value::Number(*number),
            Self::Text(text) => Value::Text(text),
            Self::Empty => Value::Empty,
        }
    }
}

struct Plain {
    id: String,
    name: String,
    domain: String,
    relationship: u8,
    known: BTreeMap<u8, Known>,
}

#[derive(Default)]
struct Twin {
    rows: Vec<Option<Plain>>,
}

impl Twin {
    fn passes(&self, row: usize, text: &str, filters: &[Filter]) -> bool {
        let Some(plain) = &self.rows[row] else { return false };
        let fields = [TestFold.fold(&plain.name), TestFold.fold(&plain.domain), plain.id.to_lowercase()];
        TestFold.fold(text).split_whitespace().all(|word| fields.iter().any(|field| field.contains(word)))
            && filters.iter().all(|filter| match filter {
                Filter::Relationship(numbers) => numbers.contains(&plain.relationship),
                Filter::DomainEnding(ending) => fields[1].ends_with(ending),
                Filter::Column(column, asked) => match (asked, plain.known.get(column)) {
                    (Test::Between(from, to), Some(Known::Number(number))) => from <= number && number <= to,
                    (Test::OneOf(texts), Some(Known::Text(text))) => texts.contains(text),
                    (Test::Empty, Some(Known::Empty)) => true,
                    _ => false,
                },
            })
    }

    /// Whether a value that is not in yet could make the row pass.
    fn is_unknown(&self, row: usize, text: &str, filters: &[Filter]) -> bool {
        let Some(plain) = &self.rows[row] else { return false };
        let (waiting, decided): (Vec<Filter>, Vec<Filter>) = filters.iter().cloned().partition(
            |filter| matches!(filter, Filter::Column(column, _) if !plain.known.contains_key(column)),
        );
        !waiting.is_empty() && self.passes(row, text, &decided)
    }

    fn select(&self, text: &str, filters: &[Filter], sort: Option<Sort>) -> Vec<usize> {
        let mut rows: Vec<usize> =
            (0..self.rows.len()).filter(|row| self.passes(*row, text, filters)).collect();
        let Some(sort) = sort else { return rows };
        let at = |row: usize| self.rows[row].as_ref().unwrap();
        let turned = |order: Ordering| if sort.descending { order.reverse() } else { order };
        rows.sort_by(|a, b| {
            let (a_row, b_row) = (at(*a), at(*b));
            let by_name = compare(&a_row.name, &b_row.name).then(a.cmp(b));
            match sort.key {
                Key::Name => turned(by_name),
                Key::Domain => turned(compare(&a_row.domain, &b_row.domain).then(a.cmp(b))),
                Key::Id => turned(compare(&a_row.id, &b_row.id).then(a.cmp(b))),
                Key::Relationship => turned(a_row.relationship.cmp(&b_row.relationship)).then(by_name),
                Key::Column(column) => {
                    by_value(a_row.known.get(&column), b_row.known.get(&column), &turned).then(by_name)
                }
            }
        });
        rows
    }
}

fn compare(a: &str, b: &str) -> Ordering {
    let weights = |text: &str| {
        let letters: Vec<char> = text.chars().collect();
        Spanish.weigh(&letters).into_iter().filter(|weight| *weight != 0).collect::<Vec<_>>()
    };
    weights(a).cmp(&weights(b)).then(a.cmp(b))
}

fn by_value(a: Option<&Known>, b: Option<&Known>, turned: &dyn Fn(Ordering) -> Ordering) -> Ordering {
    let place = |known: Option<&Known>| match known {
        Some(Known::Number(_) | Known::Text(_)) => 0,
        Some(Known::Empty) => 1,
        None => 2,
    };
    place(a).cmp(&place(b)).then_with(|| match (a, b) {
        (Some(Known::Text(a)), Some(Known::Text(b))) => turned(compare(a, b)),
        _ => turned(a.cmp(&b)),
    })
}

fn text() -> impl Strategy<Value = String> {
    "[aAbBnñÑoÓ1 ]{0,10}"
}

fn known() -> impl Strategy<Value = Known> {
    prop_oneof![(-3..3i32).prop_map(Known::Number), "[aáAñn]{0,2}".prop_map(Known::Text), Just(Known::Empty),]
}

fn filter() -> impl Strategy<Value = Filter> {
    prop_oneof![
        prop::collection::vec(0..3u8, 0..3).prop_map(Filter::Relationship),
        "[aAbñ1]{0,2}".prop_map(|text| Filter::domain_ending(&text, &TestFold)),
        (0..3u8, -3..3i32, -3..3i32)
            .prop_map(|(column, from, to)| Filter::Column(column, Test::Between(from, to))),
        (0..3u8, prop::collection::vec("[aáAñn]{0,2}", 0..3))
            .prop_map(|(column, texts)| Filter::Column(column, Test::OneOf(texts))),
        (0..3u8).prop_map(|column| Filter::Column(column, Test::Empty)),
    ]
}

fn sort() -> impl Strategy<Value = Option<Sort>> {
    let key = prop_oneof![
        Just(Key::Name),
        Just(Key::Domain),
        Just(Key::Id),
        Just(Key::Relationship),
        (0..3u8).prop_map(Key::Column),
    ];
    prop::option::of((key, any::<bool>()).prop_map(|(key, descending)| Sort { key, descending }))
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => ("[ab1]{1,3}", text(), text(), 0..3u8)
            .prop_map(|(id, name, domain, number)| Step::Push(id, name, domain, number)),
        3 => (0..40usize, text(), text(), 0..3u8)
            .prop_map(|(row, name, domain, number)| Step::Update(row, name, domain, number)),
        2 => (0..40usize).prop_map(Step::Remove),
        4 => (0..40usize, 0..3u8, prop::option::of(known()))
            .prop_map(|(row, column, value)| Step::Set(row, column, value)),
        1 => Just(Step::Replace),
        5 => ("[abnño1 ]{0,3}", prop::collection::vec(filter(), 0..3), sort())
            .prop_map(|(text, filters, sort)| Step::Select { text, filters, sort }),
    ]
}

/// Does one step on both; answers what each found, if it was a selection.
fn take(step: &Step, index: &mut CustomerIndex, twin: &mut Twin) {
    match step {
        Step::Push(id, name, domain, relationship) => {
            let customer = Customer { id, name, domain, relationship: *relationship };
            let there = twin.rows.iter().flatten().any(|plain| plain.id == *id);
            assert_eq!(index.push(customer, &TestFold), !there);
            if !there {
                twin.rows.push(Some(Plain {
                    id: id.clone(),
                    name: name.clone(),
                    domain: domain.clone(),
                    relationship: *relationship,
                    known: BTreeMap::new(),
                }));
            }
        }
        Step::Update(row, name, domain, relationship) => {
            if let Some(Some(plain)) = twin.rows.get_mut(*row) {
                let customer = Customer { id: &plain.id, name, domain, relationship: *relationship };
                assert!(index.update(customer, &TestFold));
                (plain.name, plain.domain, plain.relationship) =
                    (name.clone(), domain.clone(), *relationship);
            }
        }
        Step::Remove(row) => {
            if let Some(plain) = twin.rows.get_mut(*row).and_then(Option::take) {
                assert!(index.remove(&plain.id));
            }
        }
        Step::Set(row, column, known) => {
            let plain = twin.rows.get_mut(*row).and_then(Option::as_mut);
            assert_eq!(index.set_value(*row, *column, known.as_ref().map(Known::value)), plain.is_some());
            if let Some(plain) = plain {
                match known {
                    Some(known) => drop(plain.known.insert(*column, known.clone())),
                    None => drop(plain.known.remove(column)),
                }
            }
        }
        Step::Replace => {
            *index = CustomerIndex::default();
            twin.rows.clear();
        }
        Step::Select { .. } => {}
    }
}

fn same_customers(index: &CustomerIndex, twin: &Twin) {
    assert_eq!(index.end(), twin.rows.len());
    assert_eq!(index.len(), twin.rows.iter().flatten().count());
    for (row, plain) in twin.rows.iter().enumerate() {
        let Some(plain) = plain else {
            assert_eq!(index.get(row), None);
            continue;
        };
        let Plain { id, name, domain, relationship, known } = plain;
        assert_eq!(index.get(row), Some(Customer { id, name, domain, relationship: *relationship }));
        assert_eq!(index.row_of(id), Some(row));
        for column in 0..3 {
            assert_eq!(index.value(row, column), known.get(&column).map(Known::value));
        }
    }
}

proptest! {
    #![proptest_config(seeded(250))]

    /// One selection is kept through all steps, and looks after each: what it keeps must never show.
    #[test]
    fn is_like_its_twin(steps in prop::collection::vec(step(), 1..90)) {
        let (mut index, mut twin) = (CustomerIndex::default(), Twin::default());
        let mut selection = Selection::default();
        let (mut text, mut wanted) = (String::new(), Wanted::default());
        let (mut generation, mut before) = (0, Vec::new());
        for step in &steps {
            take(step, &mut index, &mut twin);
            if let Step::Select { text: other, filters, sort } = step {
                text.clone_from(other);
                wanted = Wanted { query: Query::new(other, &TestFold), filters: filters.clone(), sort: *sort };
            } else if matches!(step, Step::Push(..)) && index.end() % 3 != 0 {
                // Several pushes are often seen at once.
                continue;
            }
            selection.update(&index, &wanted, &Spanish);
            prop_assert_eq!(selection.rows(), twin.select(&text, &wanted.filters, wanted.sort));
            let unknown = (0..twin.rows.len()).filter(|row| twin.is_unknown(*row, &text, &wanted.filters));
            prop_assert_eq!(selection.unknown(), unknown.count());
            if selection.generation() == generation {
                prop_assert!(selection.rows().starts_with(&before));
            }
            generation = selection.generation();
            before = selection.rows().to_vec();
        }
        same_customers(&index, &twin);
    }

    #[test]
    fn a_search_can_begin_at_any_row(
        names in prop::collection::vec("[abNñÓ1% ]{0,8}", 1..40),
        text in "[abnño1% ]{0,4}",
        from in 0usize..40,
    ) {
        let mut index = CustomerIndex::default();
        for (number, name) in names.iter().enumerate() {
            let id = format!("id-{number}");
            index.push(Customer { id: &id, name, domain: "d.example", relationship: 0 }, &TestFold);
        }
        let query = Query::new(&text, &TestFold);
        let (mut all, mut hits) = (Vec::new(), Vec::new());
        index.search(&query, 0, &mut all);
        index.search(&query, from, &mut hits);
        all.retain(|row| *row >= from);
        prop_assert_eq!(hits, all);
    }
}
