//! The order of texts as a language has it, without its tables.
//!
//! A text is compared letter by letter, by weights that the caller gives to each different letter once. So
//! a collator that lives outside, such as the browser's `Intl.Collator`, is asked about a hundred letters
//! instead of a million pairs of names, and what was sorted stays sorted when a page brings a new letter.
//! Not seen this way are letters that a language sorts as if they were two, or two as if they were one.

use std::borrow::Cow;
use std::cmp::Ordering;

/// The order of letters in the language of the page.
pub trait Collate {
    /// The weight of each of `letters`, in the same order: smaller comes first, letters that only differ by
    /// case or accent have the same, and 0 is for what does not count at all, such as a combining accent.
    /// Weights below 255 sort fastest. When called again with more letters, those of before must keep
    /// their order among each other.
    fn weigh(&self, letters: &[char]) -> Vec<u32>;

    /// The words in which a column's text is shown, when they are others: a country's name for its code.
    fn label<'a>(&self, column: u8, text: &'a str) -> Cow<'a, str> {
        let _ = column;
        Cow::Borrowed(text)
    }
}

const ASCII: usize = 128;
const KEY_BYTES: usize = 8;
/// Announces a weight of four bytes.
const WIDE: u8 = 255;

/// The letters met so far, and their weights.
#[derive(Default)]
pub(crate) struct Alphabet {
    /// In the order of their code points; ASCII is there from the first text on.
    letters: Vec<char>,
    weights: Vec<u32>,
    /// How many of the letters have weights.
    weighed: usize,
}

impl Alphabet {
    /// Takes up the letters of a text. They have no weight before [`Self::weigh`].
    pub(crate) fn meet(&mut self, text: &str) {
        if self.letters.is_empty() {
            self.letters.extend((0..128u8).map(char::from));
        }
        if text.is_ascii() {
            return;
        }
        for letter in text.chars().filter(|letter| !letter.is_ascii()) {
            if let Err(place) = self.letters.binary_search(&letter) {
                self.letters.insert(place, letter);
            }
        }
    }

    /// Has the weights asked for, if there are letters without.
    pub(crate) fn weigh(&mut self, collate: &dyn Collate) {
        if self.weighed < self.letters.len() {
            self.weights = collate.weigh(&self.letters);
            self.weighed = self.letters.len();
        }
    }

    /// By weights; what they leave equal, by code points, which puts capitals and plain letters first.
    pub(crate) fn compare(&self, a: &str, b: &str) -> Ordering {
        // What both begin with weighs the same.
        let mut same = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
        while !a.is_char_boundary(same) {
            same -= 1;
        }
        let (a, b) = (&a[same..], &b[same..]);
        self.weights_of(a).cmp(self.weights_of(b)).then_with(|| a.cmp(b))
    }

    /// Eight bytes of a text's weights, after `depth` times as many. Keys of the same depth are in the order
    /// of the weights; a last byte of 0 means that there are no more.
    pub(crate) fn key(&self, text: &str, depth: usize) -> u64 {
        let bytes = self.weights_of(text).flat_map(|weight| {
            // Any weight that needs more than a byte is above all that do not.
            let wide = weight.to_be_bytes();
            let (bytes, len) = match u8::try_from(weight) {
                Ok(narrow) if narrow < WIDE => ([narrow, 0, 0, 0, 0], 1),
                _ => ([WIDE, wide[0], wide[1], wide[2], wide[3]], 5),
            };
            bytes.into_iter().take(len)
        });
        let mut key = [0; KEY_BYTES];
        for (place, byte) in key.iter_mut().zip(bytes.skip(depth * KEY_BYTES)) {
            *place = byte;
        }
        u64::from_be_bytes(key)
    }

    fn weights_of(&self, text: &str) -> impl Iterator<Item = u32> {
        text.chars().map(|letter| self.weight(letter)).filter(|weight| *weight != 0)
    }

    fn weight(&self, letter: char) -> u32 {
        let place = letter as usize;
        let place = if place < ASCII { Some(place) } else { self.letters.binary_search(&letter).ok() };
        place.and_then(|place| self.weights.get(place)).copied().unwrap_or(0)
    }
}
