//! The search: `memchr::memmem` over the folded texts, block by block, where the word may be at all.

use memchr::memmem::Finder;

use crate::block::{Block, ROWS};
use crate::lines::Lines;
use crate::{CustomerIndex, Query};

impl CustomerIndex {
    /// Writes the rows from `from` on that have every word of `query` in name, domain or Microsoft ID
    /// to the end of `hits`, in order. An empty query finds all. `hits` is not cleared, so that a page
    /// that comes later can be added to what was found before.
    pub fn search(&self, query: &Query, from: usize, hits: &mut Vec<usize>) {
        let words: Vec<Word<'_>> = query.words().iter().map(|word| Word::new(word)).collect();
        let Some((first, rest)) = words.split_first() else {
            hits.extend((from..self.end()).filter(|row| self.is_live(*row)));
            return;
        };
        for (number, block) in self.blocks.iter().enumerate().skip(from / ROWS) {
            if words.iter().all(|word| word.may_be_in(block)) {
                let base = number * ROWS;
                search_block(block, from.saturating_sub(base), base, first, rest, hits);
            }
        }
    }
}

struct Word<'a> {
    text: &'a str,
    finder: Finder<'a>,
}

impl<'a> Word<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, finder: Finder::new(text) }
    }

    fn may_be_in(&self, block: &Block) -> bool {
        block.sieve().may_be_in_id(self.text) || block.sieve().may_be_in_text(self.text)
    }

    fn is_in(&self, block: &Block, row: usize) -> bool {
        let is_in = |lines: &Lines| self.finder.find(lines.get(row).as_bytes()).is_some();
        is_in(&block.folded) || (block.sieve().may_be_in_id(self.text) && is_in(&block.ids))
    }

    /// The first row from `from` on that has this word in `lines`; behind the last when there is none.
    fn next_in(&self, lines: &Lines, from: usize) -> usize {
        let start = lines.range(from).start;
        match self.finder.find(&lines.bytes()[start..]) {
            Some(offset) => lines.line_at(start + offset, from),
            None => lines.len(),
        }
    }
}

fn search_block(
    block: &Block,
    from: usize,
    base: usize,
    first: &Word<'_>,
    rest: &[Word<'_>],
    hits: &mut Vec<usize>,
) {
    let in_text = block.sieve().may_be_in_text(first.text);
    let in_id = block.sieve().may_be_in_id(first.text);
    // Each a step ahead of what was found; one that needs no search stands behind the last.
    let mut text_row = if in_text { first.next_in(&block.folded, from) } else { block.len() };
    let mut id_row = if in_id { first.next_in(&block.ids, from) } else { block.len() };
    loop {
        let row = text_row.min(id_row);
        if row >= block.len() {
            return;
        }
        if rest.iter().all(|word| word.is_in(block, row)) {
            hits.push(base + row);
        }
        if text_row == row {
            text_row = first.next_in(&block.folded, row + 1);
        }
        if id_row == row {
            id_row = first.next_in(&block.ids, row + 1);
        }
    }
}
