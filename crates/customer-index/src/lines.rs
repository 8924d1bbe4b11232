//! Texts one after the other, with the places where they begin.

use std::ops::Range;

/// A few hundred texts in one string.
#[derive(Default)]
pub(crate) struct Lines {
    text: String,
    /// Where each line begins; it ends where the next one does.
    starts: Vec<usize>,
}

impl Lines {
    /// How many lines there are, empty ones included.
    pub(crate) fn len(&self) -> usize {
        self.starts.len()
    }

    /// Adds a line, which `write` appends.
    pub(crate) fn push(&mut self, write: &dyn Fn(&mut String)) {
        self.starts.push(self.text.len());
        write(&mut self.text);
    }

    /// A line; empty when there is none.
    pub(crate) fn get(&self, line: usize) -> &str {
        &self.text[self.range(line)]
    }

    /// All lines.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }

    /// Where a line is in [`Self::bytes`].
    pub(crate) fn range(&self, line: usize) -> Range<usize> {
        let start = |line: usize| self.starts.get(line).copied().unwrap_or(self.text.len());
        start(line)..start(line + 1)
    }

    /// Puts another text in the place of a line. The lines after it move.
    pub(crate) fn replace(&mut self, line: usize, text: &str) {
        let old = self.range(line);
        // Exactly: growing by the usual doubling would waste half a block for each changed name.
        self.text.reserve_exact(text.len().saturating_sub(old.len()));
        self.text.replace_range(old.clone(), text);
        for start in self.starts.iter_mut().skip(line + 1) {
            *start = *start - old.len() + text.len();
        }
    }

    /// The line that has the byte at `at`, which is not before line `from`.
    pub(crate) fn line_at(&self, at: usize, from: usize) -> usize {
        let begins_later = |line: usize| self.starts.get(line).is_none_or(|start| *start > at);
        let mut line = from;
        if !begins_later(from + NEAR) {
            // Far away: lines are about equally long, so that a guess is a few lines off at most. Looking
            // there touches less memory than halving would.
            let guess = at.saturating_mul(self.starts.len()) / self.text.len().max(1);
            line = guess.clamp(from, self.starts.len() - 1);
            while begins_later(line) {
                line -= 1;
            }
        }
        while !begins_later(line + 1) {
            line += 1;
        }
        line
    }

    /// Gives back what was reserved for more lines.
    pub(crate) fn close(&mut self) {
        self.text.shrink_to_fit();
    }

    /// Bytes reserved.
    pub(crate) fn bytes_held(&self) -> usize {
        self.text.capacity() + self.starts.capacity() * size_of::<usize>()
    }
}

/// Lines within which walking beats guessing.
const NEAR: usize = 4;
