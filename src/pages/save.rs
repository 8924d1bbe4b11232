//! Files that the person takes along.

use journal::Outcome;

use crate::i18n::t;
use crate::platform::download;
use crate::state::root;

/// What kind of file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// For spreadsheets.
    Csv,
    /// For programs.
    Json,
}

/// Offers a file, says so, and notes it in the journal under `what`: for which customer, and with how many rows.
pub(super) fn offer(
    what: &str,
    (name, kind): (&str, Kind),
    text: &str,
    told: &str,
    (customer, rows): (Option<&str>, usize),
) {
    let (ending, media_type) = match kind {
        Kind::Csv => (".csv", "text/csv"),
        Kind::Json => (".json", "application/json"),
    };
    let root = root();
    if download::offer(&[name, ending].concat(), media_type, text) {
        root.done.note(what, Outcome::Done, customer, rows);
        root.toasts.tell(told);
    } else {
        root.done.note(what, Outcome::Failed, customer, rows);
        root.toasts.warn(t::customers::export_failed());
    }
}
