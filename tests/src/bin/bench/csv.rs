//! The import alone, over 200,000 users, against two parsers in JavaScript.

use std::fs;

use cartera_tests::Site;
use serde::Deserialize;

use crate::limit::{Bound, Figure, Limit};
use crate::page;

/// The figures, by name.
pub(crate) const NAMES: &[&str] =
    &["csv.parse.200k", "csv.parse.200k.papa", "csv.check.200k", "csv.memory.200k"];

const PAGE: &str = "<!doctype html><html lang=en><title>csv</title><script src=papaparse.js></script>\
                    <script type=module src=csv.js></script></html>";

/// Times in ms, medians; sizes in bytes.
#[derive(Deserialize)]
struct Measured {
    /// The file to rows.
    ours: f64,
    /// The file to checked users.
    checked: f64,
    udsv: f64,
    papa: f64,
    issues: u32,
    bytes: f64,
    /// By how much the memory grew for the first file, with nothing else in the program.
    first: f64,
    /// By how much after all rounds.
    grown: f64,
}

/// Reading, the whole way to checked users, and the memory of it.
pub(crate) fn users_200k() -> Vec<Figure> {
    let modules = page::folder("CARTERA_NODE_MODULES");
    let module = |path| fs::read(modules.join(path)).expect("a parser from npm");
    let site = Site::copy()
        .with("csv.html", PAGE)
        .with("csv.js", include_str!("csv.js"))
        .with("udsv.js", module("udsv/dist/uDSV.mjs"))
        .with("papaparse.js", module("papaparse/papaparse.min.js"));
    let site = page::with_program(site, "CARTERA_CSV_PAGE", "csv_page");
    figures(&page::measure(&site, "csv.html"))
}

fn figures(measured: &Measured) -> Vec<Figure> {
    let Measured { ours, checked, udsv, papa, issues, bytes, first, grown } = *measured;
    let round = |number: f64| (number * 100.0).round() / 100.0;
    let file = format!("median of 9 rounds in turn, {:.1} MB", bytes / 1e6);
    let read = |name, other: f64, against, least| Figure {
        name,
        value: round(ours),
        unit: "ms",
        ratio: Some((round(other / ours), against)),
        note: format!("{against} {other:.1} ms; {file}"),
        limits: vec![Limit::new("ratio", other / ours, Bound::AtLeast(least))],
    };
    vec![
        read("csv.parse.200k", udsv, "uDSV", 1.8),
        read("csv.parse.200k.papa", papa, "PapaParse", 4.0),
        Figure {
            name: "csv.check.200k",
            value: round(checked),
            unit: "ms",
            ratio: Some((round(papa / checked), "PapaParse's reading alone")),
            note: format!("PapaParse {papa:.1} ms; {issues} issues; {file}"),
            limits: vec![Limit::new("ours ÷ PapaParse's", checked / papa, Bound::AtMost(1.5))],
        },
        Figure {
            name: "csv.memory.200k",
            value: round(first / bytes),
            unit: "times the file",
            ratio: None,
            note: format!(
                "the program's memory grew by {:.1} MB, after all rounds by {:.1} MB; file {:.1} MB",
                first / 1e6,
                grown / 1e6,
                bytes / 1e6
            ),
            limits: vec![
                Limit::new("", first / bytes, Bound::AtMost(6.0)),
                Limit::new("after all rounds", grown / bytes, Bound::AtMost(6.0)),
            ],
        },
    ]
}
