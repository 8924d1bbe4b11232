//! Which requests go wrong: rules, and the dice.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::kind::{Fault, Kind, Stage};
use crate::core::clock::SeededRandom;
use crate::core::wire::{Method, Request};

/// A rule: which requests go wrong in which way.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// How.
    pub kind: Kind,
    /// How many of the requests that fit, from 0 to 1.
    pub rate: f64,
    /// Only requests whose path and query contain this.
    pub path: Option<String>,
    /// Only requests of this method.
    pub method: Option<Method>,
    /// Only requests that change something, whatever their method.
    pub only_writes: bool,
    /// How many of the requests that fit are spared before the first can go wrong.
    pub after: u64,
    /// How many times it still happens; without an end when absent.
    pub count: Option<u64>,
    /// The wait that a throttle names, how long a slow body takes, when a late write lands or a lagging one shows.
    pub seconds: Option<u64>,
}

impl Rule {
    /// A rule for every request that the kind suits.
    pub fn always(kind: Kind) -> Self {
        Self {
            kind,
            rate: 1.0,
            path: None,
            method: None,
            only_writes: false,
            after: 0,
            count: None,
            seconds: None,
        }
    }

    /// Reads a rule of the control path.
    ///
    /// # Errors
    /// A sentence that names the wrong member.
    pub fn from_json(value: &Value) -> Result<Self, String> {
        let name = value["kind"].as_str().ok_or("a fault needs a \"kind\"")?;
        let kind = Kind::parse(name).ok_or_else(|| format!("there is no fault of kind \"{name}\""))?;
        let rate = value.get("rate").map_or(Some(1.0), Value::as_f64).ok_or("\"rate\" is no number")?;
        let method = value["method"].as_str().map(|name| Method::parse(name).ok_or("\"method\" is unknown"));
        Self::checked(Self {
            kind,
            rate,
            path: value["path"].as_str().map(str::to_owned),
            method: method.transpose()?,
            only_writes: value["writes"].as_bool().unwrap_or(false),
            after: value["after"].as_u64().unwrap_or(0),
            count: value["count"].as_u64(),
            seconds: value["seconds"].as_u64(),
        })
    }

    /// Reads the rules of a command line: `kind:rate[:path]`, separated by commas.
    ///
    /// # Errors
    /// A sentence that names the wrong part.
    pub fn parse_list(text: &str) -> Result<Vec<Self>, String> {
        let rule = |part: &str| {
            let mut parts = part.splitn(3, ':');
            let name = parts.next().unwrap_or_default();
            let kind = Kind::parse(name).ok_or_else(|| format!("there is no fault of kind \"{name}\""))?;
            let rate = parts
                .next()
                .unwrap_or("1")
                .parse()
                .map_err(|_| format!("the rate in \"{part}\" is no number"))?;
            let path = parts.next().map(str::to_owned);
            Self::checked(Self {
                kind,
                rate,
                path,
                method: None,
                only_writes: false,
                after: 0,
                count: None,
                seconds: None,
            })
        };
        text.split(',').filter(|part| !part.is_empty()).map(rule).collect()
    }

    fn checked(self) -> Result<Self, String> {
        if (0.0..=1.0).contains(&self.rate) {
            Ok(self)
        } else {
            Err("a rate lies between 0 and 1".to_owned())
        }
    }

    /// The rule as the control path shows it.
    pub fn to_json(&self) -> Value {
        json!({
            "kind": self.kind.name(), "rate": self.rate, "path": self.path,
            "method": self.method.map(Method::as_str), "writes": self.only_writes, "after": self.after, "count": self.count,
            "seconds": self.seconds,
        })
    }

    fn fits(&self, request: &Request) -> bool {
        self.count != Some(0)
            && self.method.is_none_or(|method| method == request.method)
            && (!self.only_writes || request.method.writes())
            && self.path.as_deref().is_none_or(|path| request.target.contains(path))
            && self.kind.suits(request)
    }
}

/// The rules in force, the dice, and what has happened.
#[derive(Debug)]
pub(in crate::core) struct Faults {
    pub(in crate::core) rules: Vec<Rule>,
    dice: SeededRandom,
    fired: BTreeMap<Kind, u64>,
}

impl Faults {
    pub(in crate::core) fn new(seed: u64, rules: Vec<Rule>) -> Self {
        Self { rules, dice: SeededRandom::for_purpose(seed, 0, "faults"), fired: BTreeMap::new() }
    }

    /// Throws the dice for the rules of the given stages, in their order. The first that hits, happens.
    pub(in crate::core) fn draw(&mut self, request: &Request, stages: &[Stage]) -> Option<Fault> {
        for rule in &mut self.rules {
            if !stages.contains(&rule.kind.stage()) || !rule.fits(request) {
                continue;
            }
            if rule.after > 0 {
                rule.after -= 1;
                continue;
            }
            // 53 bits are what an f64 holds exactly.
            #[expect(clippy::cast_precision_loss, reason = "the shift leaves no bit that could be lost")]
            let roll = (self.dice.draw() >> 11) as f64 / (1_u64 << 53) as f64;
            if roll >= rule.rate {
                continue;
            }
            rule.count = rule.count.map(|count| count - 1);
            *self.fired.entry(rule.kind).or_default() += 1;
            let usual = Fault::usual(rule.kind);
            return Some(Fault { seconds: rule.seconds.unwrap_or(usual.seconds), ..usual });
        }
        None
    }

    /// Counts a fault that no rule asked for (a sentinel's).
    pub(in crate::core) fn count(&mut self, kind: Kind) {
        *self.fired.entry(kind).or_default() += 1;
    }

    /// How often each kind has happened.
    pub(in crate::core) fn fired(&self) -> Value {
        self.fired
            .iter()
            .map(|(kind, count)| (kind.name().to_owned(), json!(count)))
            .collect::<serde_json::Map<_, _>>()
            .into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn command_lines_are_read_and_wrong_ones_named() {
        let rules = Rule::parse_list("throttle:0.5,html:1:/customers?size").unwrap();
        assert_eq!((rules.len(), rules[0].rate), (2, 0.5));
        assert_eq!(rules[1].path.as_deref(), Some("/customers?size"));
        for text in ["nonsense:1", "html:x", "html:2"] {
            assert!(Rule::parse_list(text).is_err(), "{text}");
        }
    }

    #[test]
    fn rules_go_through_json() {
        let rule = Rule::from_json(
            &json!({ "kind": "lag", "rate": 0.25, "method": "PUT", "count": 3, "seconds": 9 }),
        );
        let rule = rule.unwrap();
        assert_eq!(Rule::from_json(&rule.to_json()), Ok(rule));
        assert!(Rule::from_json(&json!({ "kind": "lag", "method": "BREW" })).is_err());
    }

    #[test]
    fn a_rule_for_writes_strikes_the_next_one_whatever_its_method() {
        let rule = json!({ "kind": "forbidden", "writes": true, "count": 1 });
        let mut faults = Faults::new(1, vec![Rule::from_json(&rule).unwrap()]);
        let mut strikes = |method| {
            let request = Request { method, ..Request::get("/v1/customers") };
            faults.draw(&request, &[Kind::Forbidden.stage()]).is_some()
        };
        assert!(!strikes(Method::Get) && strikes(Method::Patch));
        assert!(![Method::Get, Method::Patch, Method::Post, Method::Delete].into_iter().any(strikes));
    }

    #[test]
    fn dice_repeat_and_counts_run_out() {
        let request = Request::get("/v1/customers");
        let run = |seed| {
            let mut faults = Faults::new(seed, Rule::parse_list("html:0.3").unwrap());
            (0..200).map(|_| faults.draw(&request, &[Stage::Before]).is_some()).collect::<Vec<_>>()
        };
        assert_eq!(run(1), run(1));
        assert_ne!(run(1), run(2));
        let hits = run(1).iter().filter(|hit| **hit).count();
        assert!((35..85).contains(&hits), "{hits}");

        let mut rules = Rule::parse_list("html:1").unwrap();
        rules[0].count = Some(2);
        let mut faults = Faults::new(1, rules);
        let hits = (0..9).filter(|_| faults.draw(&request, &[Stage::Before]).is_some()).count();
        assert_eq!((hits, faults.fired()), (2, json!({ "html": 2 })));
    }
}
