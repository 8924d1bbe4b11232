//! What a person has corrected before.

use std::fmt::Write as _;

use crate::Field;

const HEAD: &str = "cartera-columns 1";

/// Stands for a column that is left out.
const LEFT_OUT: &str = "-";

/// How many corrections are kept; older ones go.
const MOST: usize = 300;

/// Corrections of columns, by header: letters and digits only, folded. It holds no cell of any file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Learned(Vec<(String, Option<Field>)>);

impl Learned {
    /// Reads what was kept; lines that are not known are left out.
    pub fn parse(text: &str) -> Self {
        let mut learned = Self::default();
        let mut lines = text.lines();
        if lines.next() == Some(HEAD) {
            for (key, field) in lines.filter_map(|line| line.split_once('\t')) {
                match Field::of_key(field) {
                    None if field != LEFT_OUT => {}
                    known => learned.add(key, known),
                }
            }
        }
        learned
    }

    /// The text to be kept.
    pub fn print(&self) -> String {
        let mut text = HEAD.to_owned();
        for (key, field) in &self.0 {
            let _ = write!(text, "\n{key}\t{}", field.map_or(LEFT_OUT, Field::key));
        }
        text
    }

    pub(crate) fn add(&mut self, key: &str, field: Option<Field>) {
        if key.is_empty() {
            return;
        }
        self.0.retain(|(known, _)| known != key);
        if self.0.len() == MOST {
            self.0.remove(0);
        }
        self.0.push((key.to_owned(), field));
    }

    /// What was learned of a header.
    pub(crate) fn field(&self, key: &str) -> Option<&Option<Field>> {
        self.0.iter().find(|(known, _)| known == key).map(|(_, field)| field)
    }
}
