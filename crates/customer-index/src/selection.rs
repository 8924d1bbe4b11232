//! The rows that a list shows: found, filtered, in order.

use crate::collate::Collate;
use crate::filter::sift;
use crate::index::Edition;
use crate::sort::Orders;
use crate::{CustomerIndex, Filter, Query, Sort};

/// What a list is to show.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// What is searched for.
    pub query: Query,
    /// What must hold besides; all of it.
    pub filters: Vec<Filter>,
    /// The order; `None` is the order of arrival.
    pub sort: Option<Sort>,
}

/// The rows of an index that are wanted.
///
/// Keep one per list: it keeps orders, so that another key typed costs a search and no sort, and a further
/// page costs what is new in it. It is made for one language; begin a new one when the language changes.
#[derive(Default)]
pub struct Selection {
    wanted: Wanted,
    /// The index as it was looked at.
    seen: Edition,
    upto: usize,
    /// In the order of arrival.
    hits: Vec<usize>,
    /// The hits in the order that is wanted; unused when that is the order of arrival.
    sorted: Vec<usize>,
    unknown: usize,
    generation: u32,
    orders: Orders,
}

impl Selection {
    /// Brings the rows up to date with the index and with what is wanted.
    pub fn update(&mut self, index: &CustomerIndex, wanted: &Wanted, collate: &dyn Collate) {
        let anew = self.seen != index.edition()
            || self.wanted.query != wanted.query
            || self.wanted.filters != wanted.filters;
        if anew {
            self.hits.clear();
            self.unknown = 0;
            self.upto = 0;
        }
        let resort = anew || self.wanted.sort != wanted.sort;
        if self.wanted != *wanted {
            self.wanted.clone_from(wanted);
        }
        self.seen = index.edition();
        let before = self.hits.len();
        index.search(&wanted.query, self.upto, &mut self.hits);
        self.unknown += sift(&wanted.filters, index, before, &mut self.hits);
        self.upto = index.end();
        let more = self.hits.len() > before;
        if let Some(sort) = wanted.sort
            && (resort || more)
        {
            self.orders.arrange(index, &self.hits, sort, collate, &mut self.sorted);
        }
        if resort || (more && wanted.sort.is_some()) {
            self.generation = self.generation.wrapping_add(1);
        }
    }

    /// The rows, as [`CustomerIndex::get`] takes them, in the order that is wanted.
    pub fn rows(&self) -> &[usize] {
        if self.wanted.sort.is_some() { &self.sorted } else { &self.hits }
    }

    /// How many customers are left out only because a value that a filter asks for is not in yet.
    pub fn unknown(&self) -> usize {
        self.unknown
    }

    /// What the rows were selected by.
    pub fn wanted(&self) -> &Wanted {
        &self.wanted
    }

    /// Another number means that what stood at a place of the list may have changed. While it stays, rows
    /// were at most added at the end.
    pub fn generation(&self) -> u32 {
        self.generation
    }

    /// The bytes of memory reserved for the rows and the orders.
    pub fn bytes_held(&self) -> usize {
        (self.hits.capacity() + self.sorted.capacity()) * size_of::<usize>() + self.orders.bytes_held()
    }
}
