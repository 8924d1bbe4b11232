//! What was measured, and whether it is what it has to be.

use serde_json::{Value, json};

/// Something that must hold.
pub(crate) struct Limit {
    /// What it is about; empty for the figure itself.
    pub of: &'static str,
    pub measured: f64,
    pub bound: Bound,
}

/// On which side of the limit the figure has to be; both include it.
#[derive(Clone, Copy)]
pub(crate) enum Bound {
    AtMost(f64),
    AtLeast(f64),
}

impl Limit {
    pub(crate) fn new(of: &'static str, measured: f64, bound: Bound) -> Self {
        Self { of, measured, bound }
    }

    fn is_met(&self) -> bool {
        match self.bound {
            Bound::AtMost(most) => self.measured <= most,
            Bound::AtLeast(least) => self.measured >= least,
        }
    }

    fn words(&self) -> String {
        let verdict = if self.is_met() { "met" } else { "NOT MET" };
        let (side, limit) = match self.bound {
            Bound::AtMost(most) => ("at most", most),
            Bound::AtLeast(least) => ("at least", least),
        };
        let measured = (self.measured * 100.0).round() / 100.0;
        match self.of {
            "" => format!("{verdict}: {side} {limit}"),
            of => format!("{verdict}: {of} {measured}, {side} {limit}"),
        }
    }
}

/// A figure with its limits.
pub(crate) struct Figure {
    pub name: &'static str,
    pub value: f64,
    pub unit: &'static str,
    /// How it compares, and with what.
    pub ratio: Option<(f64, &'static str)>,
    pub note: String,
    pub limits: Vec<Limit>,
}

impl Figure {
    /// The line that `cargo xtask bench` reads. `met` is not kept: it is what that command ends with.
    pub(crate) fn entry(&self) -> Value {
        let limits: Vec<String> = self.limits.iter().map(Limit::words).collect();
        let note = [limits.join("; "), self.note.clone()].join("; ");
        json!({
            "name": self.name,
            "value": self.value,
            "unit": self.unit,
            "ratio": self.ratio.map(|(ratio, _)| ratio),
            "against": self.ratio.map(|(_, against)| against),
            "note": note,
            "met": self.limits.iter().all(Limit::is_met),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(limits: Vec<Limit>) -> Value {
        Figure { name: "a.b", value: 5.0, unit: "ms", ratio: None, note: "of 7".to_owned(), limits }.entry()
    }

    #[test]
    fn a_figure_at_its_limit_meets_it_and_one_beyond_does_not() {
        let at = |bound| entry(vec![Limit::new("", 5.0, bound)]);
        assert_eq!(
            (at(Bound::AtMost(5.0))["met"].clone(), at(Bound::AtLeast(5.0))["met"].clone()),
            (json!(true), json!(true))
        );
        assert_eq!(at(Bound::AtMost(4.9))["met"], json!(false));
        assert_eq!(at(Bound::AtLeast(5.1))["note"], json!("NOT MET: at least 5.1; of 7"));
    }

    #[test]
    fn one_limit_that_is_not_met_is_enough() {
        let limits = vec![
            Limit::new("", 5.0, Bound::AtMost(50.0)),
            Limit::new("longest", 151.234, Bound::AtMost(150.0)),
        ];
        let entry = entry(limits);
        assert_eq!(entry["met"], json!(false));
        assert_eq!(entry["note"], json!("met: at most 50; NOT MET: longest 151.23, at most 150; of 7"));
    }
}
