//! What customers must be, beyond what is searched for.

use crate::CustomerIndex;
use crate::column::{Column, Value};
use crate::fold::{Fold, fold_into};

/// One condition; a list shows the customers for which all of its conditions hold.
///
/// What a customer may have several of, such as indirect resellers, takes a column for each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// The relationship is one of these numbers.
    Relationship(Vec<u8>),
    /// The domain ends with this text, as [`Filter::domain_ending`] makes it.
    DomainEnding(String),
    /// The value in this column passes the test. As long as it is not in, nobody knows.
    Column(u8, Test),
}

impl Filter {
    /// The domain ends with `text`, without regard to case.
    pub fn domain_ending(text: &str, fold: &dyn Fold) -> Self {
        let mut folded = String::new();
        fold_into(text.trim(), fold, &mut folded);
        Self::DomainEnding(folded)
    }
}

/// What is asked of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// A number from the first to the second, both included. 'Since a date' ends with [`i32::MAX`].
    Between(i32, i32),
    /// One of these texts.
    OneOf(Vec<String>),
    /// The customer has none.
    Empty,
}

impl Test {
    fn passes(&self, value: Value<'_>) -> bool {
        match (self, value) {
            (Self::Between(from, to), Value::Number(number)) => (*from..=*to).contains(&number),
            (Self::OneOf(texts), Value::Text(text)) => texts.iter().any(|other| other == text),
            (Self::Empty, Value::Empty) => true,
            _ => false,
        }
    }
}

/// What a filter says of a customer. In the order of how much the worst of several counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    Fails,
    Unknown,
    Passes,
}

/// A filter made ready for one index: each different value of a column is judged once.
enum Judge<'a> {
    Relationship(&'a [u8]),
    DomainEnding(&'a str),
    Column(Option<&'a Column>, Vec<Verdict>),
}

impl<'a> Judge<'a> {
    fn new(filter: &'a Filter, index: &'a CustomerIndex) -> Self {
        match filter {
            Filter::Relationship(numbers) => Self::Relationship(numbers),
            Filter::DomainEnding(ending) => Self::DomainEnding(ending),
            Filter::Column(number, test) => {
                let column = index.column(*number);
                let codes = column.map_or(1, Column::codes);
                let judge = |code| match column.and_then(|column| column.value(code)) {
                    None => Verdict::Unknown,
                    Some(value) if test.passes(value) => Verdict::Passes,
                    Some(_) => Verdict::Fails,
                };
                Self::Column(column, (0..codes).map(judge).collect())
            }
        }
    }

    fn judge(&self, index: &CustomerIndex, row: usize) -> Verdict {
        let passes = match self {
            Self::Relationship(numbers) => numbers.contains(&index.relationship(row)),
            Self::DomainEnding(ending) => index.folded_domain(row).ends_with(ending),
            Self::Column(column, verdicts) => return verdicts[column.map_or(0, |column| column.code(row))],
        };
        if passes { Verdict::Passes } else { Verdict::Fails }
    }
}

/// Keeps the hits from `from` on that pass all filters. Answers how many only fail for want of a value that
/// is not in yet.
pub(crate) fn sift(filters: &[Filter], index: &CustomerIndex, from: usize, hits: &mut Vec<usize>) -> usize {
    if filters.is_empty() {
        return 0;
    }
    let judges: Vec<Judge<'_>> = filters.iter().map(|filter| Judge::new(filter, index)).collect();
    let (mut kept, mut unknown) = (from, 0);
    for at in from..hits.len() {
        let row = hits[at];
        match judges.iter().map(|judge| judge.judge(index, row)).min() {
            Some(Verdict::Fails) => {}
            Some(Verdict::Unknown) => unknown += 1,
            Some(Verdict::Passes) | None => {
                hits[kept] = row;
                kept += 1;
            }
        }
    }
    hits.truncate(kept);
    unknown
}
