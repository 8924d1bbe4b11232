//! Where the characters are that can end something: separators, quotation marks, line breaks.

/// How many bytes are looked at in one go.
const BLOCK: usize = 64;

/// Goes through a text from one such character to the next.
pub(super) struct Marks<'a> {
    text: &'a [u8],
    separator: u8,
    /// Where the block begins, and a bit for each of its bytes that is one and lies ahead.
    block: usize,
    ahead: u64,
}

impl<'a> Marks<'a> {
    pub(super) fn new(text: &'a [u8], separator: u8, begin: usize) -> Self {
        let mut marks = Self { text, separator, block: 0, ahead: 0 };
        marks.go_to(begin);
        marks
    }

    /// What comes next begins here.
    pub(super) fn go_to(&mut self, place: usize) {
        self.block = place - place % BLOCK;
        self.ahead = self.look() & u64::MAX << (place % BLOCK);
    }

    /// The next one; at the end of the text its length.
    #[inline]
    pub(super) fn next(&mut self) -> usize {
        while self.ahead == 0 {
            if self.text.len() - self.block <= BLOCK {
                return self.text.len();
            }
            self.block += BLOCK;
            self.ahead = self.look();
        }
        let place = self.block + self.ahead.trailing_zeros() as usize;
        self.ahead &= self.ahead - 1;
        place
    }

    /// The bits of this block.
    #[inline]
    fn look(&self) -> u64 {
        let rest = self.text.get(self.block..).unwrap_or_default();
        if let Some(block) = rest.first_chunk() {
            return bits(block, self.separator);
        }
        let mut block = [0; BLOCK];
        block[..rest.len()].copy_from_slice(rest);
        bits(&block, self.separator)
    }
}

/// A bit for each byte that is one. Without branches, so that the compiler makes vectors of it.
#[inline]
fn bits(block: &[u8; BLOCK], separator: u8) -> u64 {
    let mut found = [0; BLOCK];
    for (found, byte) in found.iter_mut().zip(block) {
        let is = |mark| u8::from(*byte == mark);
        *found = is(separator) | is(b'"') | is(b'\n') | is(b'\r');
    }
    let mut bits = 0;
    for eight in found.rchunks_exact(8) {
        let mut ones = [0; 8];
        ones.copy_from_slice(eight);
        // Eight bytes of 0 or 1: the factor moves each to its bit of the highest byte, and no two meet elsewhere.
        let gathered = u64::from_le_bytes(ones).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        bits = bits << 8 | gathered;
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_mark_is_found_at_any_place() {
        for mark in *b",\"\r\n" {
            for place in 0..200 {
                let mut text = [b'-'; 200];
                text[place] = mark;
                text[199] = b',';
                let mut marks = Marks::new(&text, b',', 0);
                let found = [marks.next(), marks.next(), marks.next()];
                let expected = if place == 199 { [199, 200, 200] } else { [place, 199, 200] };
                assert_eq!(found, if place == 199 && mark != b',' { [199, 200, 200] } else { expected });
                marks.go_to(place + 1);
                assert_eq!(marks.next(), expected[1]);
                marks.go_to(place);
                assert_eq!(marks.next(), place);
            }
        }
        assert_eq!(Marks::new(b"", b',', 0).next(), 0);
    }
}
