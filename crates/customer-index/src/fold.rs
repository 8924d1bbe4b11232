//! Text made ready for searching.

/// Lower case without accents, for text that is not ASCII.
pub trait Fold {
    /// Folds `text`. Folding twice changes nothing; folding character by character gives the same as
    /// folding at once.
    fn fold(&self, text: &str) -> String;
}

/// Folds ASCII here and asks `fold` for the rest. Control characters become blanks, so that none can be
/// taken for the end of a field.
pub(crate) fn fold_into(text: &str, fold: &dyn Fold, out: &mut String) {
    let start = out.len();
    if text.is_ascii() {
        out.push_str(text);
    } else {
        out.push_str(&fold.fold(text));
    }
    if out[start..].contains(|c: char| c.is_ascii_control()) {
        let blanks: String =
            out[start..].chars().map(|c| if c.is_ascii_control() { ' ' } else { c }).collect();
        out.truncate(start);
        out.push_str(&blanks);
    }
    out[start..].make_ascii_lowercase();
}
