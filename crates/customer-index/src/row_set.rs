//! Rows that somebody has chosen.

/// A set of rows: a bit for each, so that all of a hundred thousand take 12 KB and a look-up none of the time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowSet {
    words: Vec<u64>,
    len: usize,
}

impl RowSet {
    /// How many rows are in it.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Whether this row is.
    pub fn contains(&self, row: usize) -> bool {
        self.words.get(row / 64).is_some_and(|word| word >> (row % 64) & 1 == 1)
    }

    /// Puts a row in (`true`) or takes it out.
    pub fn set(&mut self, row: usize, is_in: bool) {
        if self.contains(row) == is_in {
            return;
        }
        let at = row / 64;
        if self.words.len() <= at {
            self.words.resize(at + 1, 0);
        }
        self.words[at] ^= 1 << (row % 64);
        if is_in {
            self.len += 1;
        } else {
            self.len -= 1;
        }
    }

    /// Puts several in or takes them out.
    pub fn set_all(&mut self, rows: &[usize], are_in: bool) {
        for row in rows {
            self.set(*row, are_in);
        }
    }

    /// Takes all out.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// The rows, from the lowest.
    pub fn rows(&self) -> impl Iterator<Item = usize> {
        (0..self.words.len() * 64).filter(|row| self.contains(*row))
    }
}
