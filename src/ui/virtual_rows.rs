//! Which rows of a long list are in the document.

use std::ops::Range;

/// Rows kept above and below the view, so that a quick scroll or the Tab key finds them there.
const OVERSCAN: usize = 12;

/// The rows to build when a view of `view` pixels is scrolled down by `top` pixels over `rows` rows of
/// `height` pixels each. Never empty while there are rows, never beyond them.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // clamped before, and far below 2^53
pub(crate) fn visible(top: f64, view: f64, height: f64, rows: usize) -> Range<usize> {
    let height = if height.is_finite() && height >= 1.0 { height } else { 1.0 };
    let row_at = |pixels: f64| (pixels.max(0.0) / height) as usize;
    let end = (row_at(top) + row_at(view) + 2 + OVERSCAN).min(rows);
    // After a search the list may be shorter than what was scrolled by: show its end.
    let start = row_at(top).saturating_sub(OVERSCAN).min(end.saturating_sub(1));
    start..end
}
