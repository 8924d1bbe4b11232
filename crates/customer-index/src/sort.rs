//! Found rows in the order that was asked for.

use crate::CustomerIndex;
use crate::collate::{Alphabet, Collate};
use crate::column::{Column, Value};
use crate::order::{Entry, Field, TextOrder, sort};

/// What to sort by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// The company name.
    Name,
    /// The primary domain name.
    Domain,
    /// The Microsoft ID.
    Id,
    /// The number of the relationship.
    Relationship,
    /// The values of a column: numbers, then texts, then those who have none, then what is not in yet. The
    /// last two stay last when descending.
    Column(u8),
}

/// An order of the list.
///
/// Equal names, domains and ids stand in the order of arrival; the exact reverse when descending. Within
/// the same relationship or value, customers stand by name, from A to Z in both directions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    /// What to sort by.
    pub key: Key,
    /// From the last to the first.
    pub descending: bool,
}

/// The orders that were needed so far. They are for one index and one language at a time.
#[derive(Default)]
pub(crate) struct Orders {
    alphabet: Alphabet,
    by_name: TextOrder,
    by_domain: TextOrder,
    by_id: TextOrder,
    /// For each row whether it was found; kept for its memory.
    found: Vec<bool>,
    /// Found rows by name, before they are dealt out; kept for its memory.
    by_name_found: Vec<usize>,
}

impl Orders {
    /// Writes `hits` to `rows` in the order of `by`.
    pub(crate) fn arrange(
        &mut self,
        index: &CustomerIndex,
        hits: &[usize],
        by: Sort,
        collate: &dyn Collate,
        rows: &mut Vec<usize>,
    ) {
        self.found.clear();
        self.found.resize(index.end(), false);
        for row in hits {
            self.found[*row] = true;
        }
        rows.clear();
        let (order, field) = match by.key {
            Key::Domain => (&mut self.by_domain, Field::Domain),
            Key::Id => (&mut self.by_id, Field::Id),
            Key::Name | Key::Relationship | Key::Column(_) => (&mut self.by_name, Field::Name),
        };
        let order = order.refresh(field, index, &mut self.alphabet, collate);
        let found = order.iter().copied().filter(|row| self.found[*row]);
        let ranks = match by.key {
            Key::Name | Key::Domain | Key::Id => {
                rows.extend(found);
                if by.descending {
                    rows.reverse();
                }
                return;
            }
            Key::Relationship => {
                (0..=255).map(|rank| if by.descending { 255 - rank } else { rank }).collect()
            }
            Key::Column(number) => match index.column(number) {
                Some(column) => rank(column, number, by.descending, &mut self.alphabet, collate),
                None => vec![0],
            },
        };
        self.by_name_found.clear();
        self.by_name_found.extend(found);
        let code_of = |row: usize| match by.key {
            Key::Column(number) => index.column(number).map_or(0, |column| column.code(row)),
            _ => usize::from(index.relationship(row)),
        };
        deal_out(hits, &self.by_name_found, &ranks, &code_of, rows);
    }

    /// Bytes reserved.
    pub(crate) fn bytes_held(&self) -> usize {
        [&self.by_name, &self.by_domain, &self.by_id].map(TextOrder::bytes_held).iter().sum::<usize>()
            + self.found.capacity()
            + self.by_name_found.capacity() * size_of::<usize>()
    }
}

/// The rank of each code of a column; equal labels have the same.
fn rank(
    column: &Column,
    number: u8,
    descending: bool,
    alphabet: &mut Alphabet,
    collate: &dyn Collate,
) -> Vec<usize> {
    let labels: Vec<_> = (0..column.codes())
        .map(|code| match column.value(code) {
            Some(Value::Text(text)) => collate.label(number, text),
            _ => "".into(),
        })
        .collect();
    for label in &labels {
        alphabet.meet(label);
    }
    alphabet.weigh(collate);
    // Numbers before texts, by a key that texts do not reach.
    let mut entries: Vec<Entry> = (1..column.codes())
        .filter_map(|code| match column.value(code)? {
            Value::Number(number) => {
                Some(Entry { key: i64::from(number).abs_diff(i64::from(i32::MIN)), number: code })
            }
            Value::Text(_) => Some(Entry { key: u64::MAX, number: code }),
            Value::Empty => None,
        })
        .collect();
    let compare = |a: usize, b: usize| alphabet.compare(&labels[a], &labels[b]);
    sort(&mut entries, &mut Vec::new(), &compare);
    let places = entries.len();
    let mut ranks = vec![places; column.codes()];
    let mut last: Option<(Entry, usize)> = None;
    for (place, entry) in entries.into_iter().enumerate() {
        let same =
            last.filter(|(other, _)| other.key == entry.key && compare(other.number, entry.number).is_eq());
        let rank = same.map_or(place, |(_, rank)| rank);
        last = Some((entry, rank));
        ranks[entry.number] = if descending { places - 1 - rank } else { rank };
    }
    // Not in yet: behind those who have none, which kept `places`.
    ranks[0] = places + 1;
    ranks
}

/// Deals the rows of `by_name` out by the rank of their code, keeping the order within a rank. `hits` has the
/// same rows in the order in which their codes lie in memory, and counts them faster.
fn deal_out(
    hits: &[usize],
    by_name: &[usize],
    ranks: &[usize],
    code_of: &dyn Fn(usize) -> usize,
    to: &mut Vec<usize>,
) {
    let rank_of = |row: usize| ranks.get(code_of(row)).copied().unwrap_or(0);
    let mut starts = vec![0; ranks.iter().max().map_or(1, |highest| highest + 2)];
    for row in hits {
        starts[rank_of(*row) + 1] += 1;
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    to.resize(by_name.len(), 0);
    for row in by_name {
        let start = &mut starts[rank_of(*row)];
        to[*start] = *row;
        *start += 1;
    }
}
