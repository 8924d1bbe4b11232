//! Where a search hit a text, so that it can be shown.

use std::ops::Range;

use crate::Query;
use crate::fold::{Fold, fold_into};

/// The byte ranges of `text` that the words of `query` hit, sorted and joined where they touch.
///
/// Only for the rows in view: it folds character by character to know which folded letter came from
/// which letter of the text.
pub fn marks(text: &str, query: &Query, fold: &dyn Fold) -> Vec<Range<usize>> {
    if query.is_empty() {
        return Vec::new();
    }
    let mut folded = String::with_capacity(text.len());
    // For each byte of `folded`, the range of the character of `text` that it came from.
    let mut origin: Vec<Range<usize>> = Vec::with_capacity(text.len());
    let mut letters = [0; 4];
    for (start, letter) in text.char_indices() {
        let range = start..start + letter.len_utf8();
        fold_into(letter.encode_utf8(&mut letters), fold, &mut folded);
        if folded.len() == origin.len() {
            // A combining accent folds to nothing: it belongs to the letter before it.
            if let Some(before) = origin.last_mut() {
                before.end = range.end;
            }
        }
        origin.resize(folded.len(), range);
    }
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for word in query.words() {
        for (at, _) in folded.match_indices(word.as_str()) {
            let (Some(first), Some(last)) = (origin.get(at), origin.get(at + word.len() - 1)) else {
                continue;
            };
            let place = ranges.partition_point(|range| range.start <= first.start);
            ranges.insert(place, first.start..last.end);
        }
    }
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}
