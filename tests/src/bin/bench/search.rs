//! The search alone, over a million customers, against plain JavaScript.

use cartera_tests::Site;
use serde::Deserialize;

use crate::limit::{Bound, Figure, Limit};
use crate::page;

const PAGE: &str =
    "<!doctype html><html lang=en><title>search</title><script type=module src=search.js></script></html>";

#[derive(Deserialize)]
struct Row {
    needle: String,
    hits: u64,
    ours: f64,
    theirs: f64,
}

/// Times of the index and of JavaScript, as the ratio of their geometric means.
pub(crate) fn million() -> Vec<Figure> {
    let site = Site::copy().with("search.html", PAGE).with("search.js", include_str!("search.js"));
    let site = page::with_program(site, "CARTERA_SEARCH_PAGE", "search_page");
    let rows: Vec<Row> = page::measure(&site, "search.html");
    for row in &rows {
        eprintln!(
            "  {:?}: {} hits, {:.2} ms, JavaScript {:.2} ms",
            row.needle, row.hits, row.ours, row.theirs
        );
    }
    let mean = |time: fn(&Row) -> f64| {
        #[expect(clippy::cast_precision_loss, reason = "five of them")]
        let count = rows.len() as f64;
        (rows.iter().map(|row| time(row).ln()).sum::<f64>() / count).exp()
    };
    let (ours, theirs) = (mean(|row| row.ours), mean(|row| row.theirs));
    let ratio = theirs / ours;
    let rows: Vec<String> =
        rows.iter().map(|row| format!("{} hits: {:.1} and {:.1}", row.hits, row.ours, row.theirs)).collect();
    vec![Figure {
        name: "list.search.1m",
        value: (ours * 100.0).round() / 100.0,
        unit: "ms",
        ratio: Some(((ratio * 100.0).round() / 100.0, "includes over lower-cased strings")),
        note: format!(
            "geometric mean of 5 needles, median of 7 each; JavaScript {theirs:.1} ms; {}",
            rows.join(", ")
        ),
        limits: vec![Limit::new("ratio", ratio, Bound::AtLeast(5.0))],
    }]
}
