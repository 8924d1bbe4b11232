//! A language that nobody speaks: English in Arabic letters, half as long again, to be read from the right. It is made for
//! tests and never shipped; what still shows in Latin letters with it did not come from the texts.

use crate::site::Site;

/// In place of a to z.
const LETTERS: [char; 26] = [
    'ا', 'ب', 'ث', 'د', 'ع', 'ف', 'غ', 'ه', 'ي', 'ج', 'ك', 'ل', 'م', 'ن', 'و', 'ص', 'ق', 'ر', 'س', 'ت', 'ط',
    'ز', 'ش', 'خ', 'ى', 'ذ',
];

/// Makes a word longer and changes nothing else.
const LONGER: char = 'ـ';

/// One text in that language. What stands in braces is a place to fill in and stays.
pub fn pseudo(text: &str) -> String {
    let (mut out, mut letters, mut in_place) = (String::with_capacity(text.len() * 3), 0, false);
    for c in text.chars().chain([' ']) {
        let place = c.to_ascii_lowercase() as usize;
        let letter = LETTERS.get(place.wrapping_sub('a' as usize)).filter(|_| c.is_ascii_alphabetic());
        if let (Some(letter), false) = (letter, in_place) {
            letters += 1;
            out.push(*letter);
            continue;
        }
        out.extend(std::iter::repeat_n(LONGER, if letters > 1 { usize::div_ceil(letters, 2) } else { 0 }));
        letters = 0;
        in_place = c == '{' || in_place && c != '}';
        out.push(c);
    }
    // The blank that ended the last word.
    out.pop();
    out
}

/// A compiled file of texts in that language: the first line is the number of the release and stays.
pub fn pseudo_file(texts: &str) -> String {
    let mut lines = texts.split('\n');
    let release = lines.next().unwrap_or_default().to_owned();
    let said = lines.map(|line| {
        let forms: Vec<String> = line.split('\u{1f}').map(pseudo).collect();
        forms.join("\u{1f}")
    });
    [release].into_iter().chain(said).collect::<Vec<_>>().join("\n")
}

impl Site {
    /// A copy whose English is that language, in a document that is read from the right.
    pub fn from_the_right() -> Self {
        Self::copy().with_edited("texts/en.txt", |texts| pseudo_file(&texts)).with_edited(
            "index.html",
            |html| {
                let turned = html.replace("dir=\"ltr\"", "dir=\"rtl\"");
                assert_ne!(turned, html, "the page names its direction");
                turned
            },
        )
    }
}

#[cfg(test)]
mod tests {
    use super::{pseudo, pseudo_file};

    #[test]
    fn letters_are_exchanged_words_longer_and_places_stay() {
        assert_eq!(pseudo("Ab {name}, a 7: OK."), "ابـ {name}, ا 7: وكـ.");
        assert_eq!(pseudo(""), "");
        let text = "Somebody has taken it meanwhile.";
        assert!(pseudo(text).chars().count() * 10 > text.len() * 13);
    }

    #[test]
    fn the_release_and_the_forms_stay() {
        assert_eq!(pseudo_file("0abc\nA\n\u{1f}{n} b\u{1f}\u{1f}c"), "0abc\nا\n\u{1f}{n} ب\u{1f}\u{1f}ث");
    }
}
