//! Icons are drawn from one sprite: a name that is not there would be an empty box.

use std::collections::BTreeSet;

use crate::source::{files, literals, read};

/// What takes an icon's name as its first argument.
const TAKERS: [&str; 3] = ["icon(", "small_icon(", "empty("];

fn sprite() -> BTreeSet<String> {
    let sprite = read("src/ui/icons.svg");
    let ids = sprite.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next());
    ids.map(str::to_owned).collect()
}

/// Whether a literal stands where an icon's name is expected: within the first argument of a taker.
fn is_icon(before: &str) -> bool {
    TAKERS
        .iter()
        .filter_map(|taker| before.rfind(taker).map(|at| &before[at + taker.len()..]))
        .any(|inside| !inside.contains([')', ',', ';']) && inside.len() < 80)
}

#[test]
fn every_icon_that_is_used_is_in_the_sprite() {
    let sprite = sprite();
    let mut used = BTreeSet::new();
    for (name, source) in files("src", "rs") {
        for literal in literals(&source).into_iter().filter(|literal| is_icon(&literal.before)) {
            assert!(sprite.contains(&literal.text), "{name}:{}: no icon \"{}\"", literal.line, literal.text);
            used.insert(literal.text);
        }
    }
    assert!(used.len() > 8, "the rule finds hardly any: {used:?}");
    let index = read("index.html");
    for rest in index.split("icons.svg#").skip(1) {
        let name = rest.split('"').next().unwrap_or_default();
        assert!(sprite.contains(name), "index.html: no icon \"{name}\"");
    }
}

#[test]
fn every_state_of_a_subscription_has_an_icon_of_the_sprite() {
    let words = read("src/pages/words.rs");
    let states = words.split("fn status(").nth(1).expect("the table of states");
    let names: Vec<&str> = states.split("(\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(names.len() >= 8, "{names:?}");
    for name in names {
        assert!(sprite().contains(name), "no icon \"{name}\"");
    }
}
