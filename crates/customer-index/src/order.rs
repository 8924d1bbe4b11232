//! All rows in the order of one of their texts, kept while pages come and names change.

use std::cmp::Ordering;

use crate::collate::{Alphabet, Collate};
use crate::{Customer, CustomerIndex};

/// A number to sort, with the first part of what it is sorted by.
#[derive(Clone, Copy, Default)]
pub(crate) struct Entry {
    pub(crate) key: u64,
    pub(crate) number: usize,
}

/// Sorts by key, and where keys are equal by `compare`, keeping equals in their order. `buffer` is memory to
/// work in.
///
/// A merge sort of our own because it is the only one in the program: the standard library's is faster by a
/// little and larger by several kilobytes.
pub(crate) fn sort(
    entries: &mut [Entry],
    buffer: &mut Vec<Entry>,
    compare: &dyn Fn(usize, usize) -> Ordering,
) {
    let mut width = 1;
    while width < entries.len() {
        buffer.clear();
        for pair in entries.chunks(2 * width) {
            let (mut left, mut right) = pair.split_at(width.min(pair.len()));
            while let ([a, left_rest @ ..], [b, right_rest @ ..]) = (left, right) {
                if a.key < b.key || (a.key == b.key && compare(a.number, b.number).is_le()) {
                    buffer.push(*a);
                    left = left_rest;
                } else {
                    buffer.push(*b);
                    right = right_rest;
                }
            }
            buffer.extend_from_slice(left);
            buffer.extend_from_slice(right);
        }
        entries.copy_from_slice(buffer);
        width *= 2;
    }
}

/// Keys of this depth are not looked at: texts that agree so far are few, and compared as a whole.
const DEEPEST: usize = 8;

/// Sorts the numbers of texts by the first bytes of their weights, then those that agree by the next bytes:
/// comparing numbers is many times faster than comparing texts.
fn sort_texts<'a>(
    entries: &mut [Entry],
    depth: usize,
    buffer: &mut Vec<Entry>,
    alphabet: &Alphabet,
    text_of: &dyn Fn(usize) -> &'a str,
    compare: &dyn Fn(usize, usize) -> Ordering,
) {
    for entry in entries.iter_mut() {
        entry.key = alphabet.key(text_of(entry.number), depth);
    }
    sort(entries, buffer, &|_, _| Ordering::Equal);
    for alike in entries.chunk_by_mut(|a, b| a.key == b.key).filter(|alike| alike.len() > 1) {
        let ended = alike.first().is_none_or(|entry| entry.key.to_le_bytes()[0] == 0);
        if ended || depth == DEEPEST {
            sort(alike, buffer, compare);
        } else {
            sort_texts(alike, depth + 1, buffer, alphabet, text_of, compare);
        }
    }
}

/// A text of a customer.
#[derive(Clone, Copy)]
pub(crate) enum Field {
    Name,
    Domain,
    Id,
}

impl Field {
    fn of(self, customer: Customer<'_>) -> &str {
        match self {
            Field::Name => customer.name,
            Field::Domain => customer.domain,
            Field::Id => customer.id,
        }
    }

    fn at(self, index: &CustomerIndex, row: usize) -> &str {
        index.get(row).map_or("", |customer| self.of(customer))
    }
}

/// The rows in the order of a field; equal texts in the order of arrival.
#[derive(Default)]
pub(crate) struct TextOrder {
    rows: Vec<usize>,
    stamp: u32,
    upto: usize,
    moved: usize,
}

impl TextOrder {
    /// The rows in order, brought up to date first.
    pub(crate) fn refresh(
        &mut self,
        field: Field,
        index: &CustomerIndex,
        alphabet: &mut Alphabet,
        collate: &dyn Collate,
    ) -> &[usize] {
        if self.stamp != index.edition().stamp {
            *self = Self { stamp: index.edition().stamp, moved: index.moved().len(), ..Self::default() };
        }
        let mut fresh = self.take_moved(index);
        fresh.extend((self.upto..index.end()).map(|number| Entry { key: 0, number }));
        self.upto = index.end();
        fresh.retain(|entry| index.is_live(entry.number));
        for entry in &fresh {
            alphabet.meet(field.at(index, entry.number));
        }
        alphabet.weigh(collate);
        let text_of = |row: usize| field.at(index, row);
        let compare = |a: usize, b: usize| alphabet.compare(text_of(a), text_of(b)).then_with(|| a.cmp(&b));
        sort_texts(&mut fresh, 0, &mut Vec::new(), alphabet, &text_of, &compare);
        self.merge(&fresh, &compare);
        &self.rows
    }

    /// Takes the rows out that changed since the last time, and gives those back that had a place.
    fn take_moved(&mut self, index: &CustomerIndex) -> Vec<Entry> {
        let changed = index.moved().get(self.moved..).unwrap_or_default();
        self.moved = index.moved().len();
        if changed.is_empty() {
            return Vec::new();
        }
        let mut moved = vec![false; self.upto];
        for row in changed {
            if let Some(mark) = moved.get_mut(*row) {
                *mark = true;
            }
        }
        self.rows.retain(|row| !moved[*row]);
        (0..self.upto).filter(|row| moved[*row]).map(|number| Entry { key: 0, number }).collect()
    }

    /// Merges sorted rows in, from the last to the first, so that each old row moves once.
    fn merge(&mut self, fresh: &[Entry], compare: &dyn Fn(usize, usize) -> Ordering) {
        let mut end = self.rows.len();
        self.rows.resize(end + fresh.len(), 0);
        for (before, entry) in fresh.iter().enumerate().rev() {
            let at = self.rows[..end].partition_point(|row| compare(*row, entry.number).is_lt());
            self.rows.copy_within(at..end, at + before + 1);
            self.rows[at + before] = entry.number;
            end = at;
        }
    }

    /// Bytes reserved.
    pub(crate) fn bytes_held(&self) -> usize {
        self.rows.capacity() * size_of::<usize>()
    }
}
