//! Values that are fetched for each customer by further calls, and filled in as they come.

use crate::table::{Table, hash};

/// What is known about a customer in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value<'a> {
    /// It was asked for, and the customer has none.
    Empty,
    /// A count, or a date as days or minutes since a day of the caller's choice.
    Number(i32),
    /// A short text of which there are few different ones: a country, a language, a state.
    Text(&'a str),
}

enum Content {
    Empty,
    Number(i32),
    Text { start: usize, len: usize },
}

/// A different value of a column, and how many rows have it.
struct Distinct {
    content: Content,
    rows: usize,
}

/// Each different value once, and a number per row: filters and sorts look at the few values instead of
/// the many rows.
#[derive(Default)]
pub(crate) struct Column {
    /// The code of each row's value; 0, or nothing at the end, for what is not in yet.
    codes: Vec<usize>,
    /// The value of code n is at n - 1.
    distinct: Vec<Distinct>,
    /// The texts of the values, one after the other.
    texts: String,
    table: Table,
}

impl Column {
    /// Sets or takes away the value of a row. Answers whether that changed anything.
    pub(crate) fn set(&mut self, row: usize, value: Option<Value<'_>>) -> bool {
        let before = self.code(row);
        let code = value.map_or(0, |value| self.code_of(value));
        if code == before {
            return false;
        }
        if self.codes.len() <= row {
            self.codes.resize(row + 1, 0);
        }
        self.codes[row] = code;
        if let Some(left) = before.checked_sub(1) {
            self.distinct[left].rows -= 1;
        }
        if let Some(entered) = code.checked_sub(1) {
            self.distinct[entered].rows += 1;
        }
        true
    }

    /// The code of a row's value: 0 for none yet, otherwise below [`Self::codes`].
    pub(crate) fn code(&self, row: usize) -> usize {
        self.codes.get(row).copied().unwrap_or(0)
    }

    /// One more than the highest code.
    pub(crate) fn codes(&self) -> usize {
        self.distinct.len() + 1
    }

    /// The value behind a code.
    pub(crate) fn value(&self, code: usize) -> Option<Value<'_>> {
        Some(match self.distinct.get(code.checked_sub(1)?)?.content {
            Content::Empty => Value::Empty,
            Content::Number(number) => Value::Number(number),
            Content::Text { start, len } => Value::Text(&self.texts[start..start + len]),
        })
    }

    /// How many rows have the value behind a code.
    pub(crate) fn rows_with(&self, code: usize) -> usize {
        code.checked_sub(1).and_then(|at| self.distinct.get(at)).map_or(0, |distinct| distinct.rows)
    }

    fn code_of(&mut self, value: Value<'_>) -> usize {
        let hash = hash_of(Some(value));
        if let Some(code) = self.table.find(hash, &|code| self.value(code) == Some(value)) {
            return code;
        }
        let content = match value {
            Value::Empty => Content::Empty,
            Value::Number(number) => Content::Number(number),
            Value::Text(text) => {
                let start = self.texts.len();
                self.texts.push_str(text);
                Content::Text { start, len: text.len() }
            }
        };
        self.distinct.push(Distinct { content, rows: 0 });
        let code = self.distinct.len();
        let mut table = std::mem::take(&mut self.table);
        table.insert(hash, code, &|code| hash_of(self.value(code)));
        self.table = table;
        code
    }

    /// Bytes reserved for this column.
    pub(crate) fn bytes_held(&self) -> usize {
        self.codes.capacity() * size_of::<usize>()
            + self.distinct.capacity() * size_of::<Distinct>()
            + self.texts.capacity()
            + self.table.bytes_held()
    }
}

fn hash_of(value: Option<Value<'_>>) -> u32 {
    match value {
        Some(Value::Number(number)) => hash(&number.to_le_bytes()),
        Some(Value::Text(text)) => hash(text.as_bytes()),
        Some(Value::Empty) | None => 0,
    }
}
