//! Which rows of a long list are in the document.

use std::ops::Range;

/// Rows kept above and below the view, so that a quick scroll or the Tab key finds them there.
pub(crate) const OVERSCAN: usize = 12;

/// The rows to build when a view of `view` pixels is scrolled down by `top` pixels over `rows` rows of
/// `height` pixels each, and so many more on either side. Never empty while there are rows, never beyond them.
pub(crate) fn visible(top: i32, view: i32, height: i32, rows: usize, overscan: usize) -> Range<usize> {
    let row_at = |pixels: i32| usize::try_from(pixels / height.max(1)).unwrap_or(0);
    let end = (row_at(top) + row_at(view) + 2 + overscan).min(rows);
    // After a search the list may be shorter than what was scrolled by: show its end.
    let start = row_at(top).saturating_sub(overscan).min(end.saturating_sub(1));
    start..end
}

/// How far `top` would be if the one row that shows more below it did not: `open` is that row's place and
/// the height of what it shows.
pub(crate) fn closed(top: i32, height: i32, open: Option<(usize, i32)>) -> i32 {
    let Some((place, more)) = open else { return top };
    let below = i32::try_from(place + 1).unwrap_or(i32::MAX).saturating_mul(height.max(1));
    if top <= below { top } else { (top - more).max(below) }
}
