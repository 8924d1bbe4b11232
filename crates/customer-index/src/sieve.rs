//! Whether a word can be in a block at all, told from a few bits.
//!
//! Most searches are for what is rare. Eight kilobytes that note which three bytes in a row occur in the
//! texts of a block let a search pass over it without reading them.

/// Three bytes in a row share 2^16 bits: with the texts of 512 customers about one bit in ten is set.
const TRIGRAM_BITS: u32 = 16;
const BYTES: usize = 256;

/// What occurs in a block. It may say 'perhaps' wrongly, also for what has been removed, but never 'no'.
#[derive(Default)]
pub(crate) struct Sieve {
    trigrams: Vec<u32>,
    /// Of ids only the single bytes are noted: they are random, and would set most bits. Few words are made
    /// of hexadecimal digits alone, so that this tells enough.
    id_bytes: [u32; BYTES / 32],
}

impl Sieve {
    /// Notes a folded text.
    pub(crate) fn add_text(&mut self, text: &str) {
        self.trigrams.resize((1 << TRIGRAM_BITS) / 32, 0);
        for three in text.as_bytes().windows(3) {
            set(&mut self.trigrams, trigram(three));
        }
    }

    /// Notes an id.
    pub(crate) fn add_id(&mut self, id: &str) {
        for byte in id.bytes() {
            set(&mut self.id_bytes, byte.into());
        }
    }

    /// Whether `word` may be in a text.
    pub(crate) fn may_be_in_text(&self, word: &str) -> bool {
        word.as_bytes().windows(3).all(|three| has(&self.trigrams, trigram(three)))
    }

    /// Whether `word` may be in an id.
    pub(crate) fn may_be_in_id(&self, word: &str) -> bool {
        word.bytes().all(|byte| has(&self.id_bytes, byte.into()))
    }

    /// Bytes reserved.
    pub(crate) fn bytes_held(&self) -> usize {
        self.trigrams.capacity() * size_of::<u32>()
    }
}

fn set(bits: &mut [u32], bit: usize) {
    if let Some(word) = bits.get_mut(bit / 32) {
        *word |= 1 << (bit % 32);
    }
}

fn has(bits: &[u32], bit: usize) -> bool {
    bits.get(bit / 32).is_some_and(|word| word & (1 << (bit % 32)) != 0)
}

fn trigram(three: &[u8]) -> usize {
    let number = three.iter().fold(0, |number: u32, byte| (number << 8) | u32::from(*byte));
    (number.wrapping_mul(0x9e37_79b1) >> (u32::BITS - TRIGRAM_BITS)) as usize
}
