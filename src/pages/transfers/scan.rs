//! How far the looking for transfers is, and the way to look at all customers, which takes a call for each.

use std::time::Duration;

use crate::i18n::{self, t};
use crate::state::{minutes, root};
use crate::ui::{El, advice, button, el, fault_bar, icon};

/// How many customers are looked at in a minute.
const A_MINUTE: usize = 200;

/// A line above the board.
pub(super) fn state() -> El {
    el("div", "line wrap").live(progress).live(failed)
}

fn progress() -> Option<El> {
    let transfers = &root().transfers;
    let scan = transfers.scan.with(Clone::clone);
    if scan.is_running {
        let stop = button("btn btn-small", || root().transfers.stop()).text(t::transfers::scan_stop());
        let words = if scan.all == 0 {
            t::transfers::scan_likely().to_owned()
        } else {
            t::transfers::scan_progress(&i18n::number(scan.all), &i18n::number(scan.done))
        };
        return Some(
            el("span", "line wrap")
                .child(el("span", "status is-run").child(icon("refresh")).text(&words))
                .child(stop),
        );
    }
    if scan.is_whole {
        return Some(
            el("span", "status is-ok")
                .attr("role", "status")
                .child(icon("ok"))
                .text(t::transfers::scan_whole()),
        );
    }
    // Of those that are here: while more are coming, how many calls it takes is not known.
    let all = root().customers.len();
    let complete = root().customers.is_complete();
    (all > 0 && complete).then(|| {
        let seconds = u64::try_from(all.saturating_mul(60) / A_MINUTE).unwrap_or(u64::MAX);
        let minutes = i18n::number(minutes(Duration::from_secs(seconds)));
        button("btn btn-small", || root().transfers.look_at_all())
            .attr("id", "transfers-all")
            .child(icon("search"))
            .text(&t::transfers::scan_all(all, &minutes))
    })
}

fn failed() -> Option<El> {
    let scan = root().transfers.scan.with(Clone::clone);
    let error = scan.error?;
    let title = if scan.all == 0 {
        t::transfers::failed().to_owned()
    } else {
        t::transfers::scan_failed(scan.failed)
    };
    let again = button("btn btn-small", || root().transfers.look_at_likely_again());
    Some(fault_bar(&title, &advice(&error), Some(&error), again.text(t::fault::retry())))
}
