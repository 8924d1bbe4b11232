//! Texts come through the typed keys: no page says anything in one language only.

use crate::source::{Literal, files, literals};

/// What may stand in the code: names that are the same in every language, those of keys too.
const NAMES: [&str; 10] = [
    "Cartera",
    " · Cartera",
    "Español",
    "English",
    "Deutsch",
    "Français",
    "Português",
    "Esc",
    "Ctrl K",
    "Enter",
];

/// What shows its argument.
const SHOWN: [&str; 4] = ["set_title(", "set_text_content(", "set_data(", ".text("];

/// Whether a literal is something that a user would read. A rule of thumb that errs on the side of asking: a
/// text in a place that is shown, or one that is a sentence or a word of some language by its look.
fn is_words(literal: &Literal) -> bool {
    let text = literal.text.as_str();
    if NAMES.contains(&text.trim_end_matches("{}").trim_start_matches("{}"))
        || !text.contains(char::is_alphabetic)
    {
        return false;
    }
    let shown = SHOWN.iter().any(|place| literal.before.trim_end().ends_with(place));
    let foreign = text.chars().any(|c| c.is_alphabetic() && !c.is_ascii());
    let words =
        text.split(' ').filter(|word| word.chars().all(char::is_alphabetic) && word.len() > 1).count();
    let sentence = text.starts_with(|c: char| c.is_uppercase()) && words >= 2;
    shown || foreign || sentence
}

#[test]
fn words_are_told_from_names_of_the_code() {
    let literal =
        |before: &str, text: &str| Literal { line: 1, text: text.to_owned(), before: before.to_owned() };
    assert!(is_words(&literal("el(\"\").text(", "ok")));
    assert!(is_words(&literal("let x = ", "Vuelva a cargar")));
    assert!(is_words(&literal("let x = ", "años")));
    for (before, text) in
        [(".text(", "—"), ("el(", "btn btn-small"), (".attr(", "aria-label"), (".text(", "Cartera")]
    {
        assert!(!is_words(&literal(before, text)), "{text}");
    }
}

#[test]
fn pages_and_parts_say_nothing_of_their_own() {
    let mut looked_at = 0;
    for folder in ["src/pages", "src/ui", "src/app"] {
        for (name, source) in files(folder, "rs") {
            let source = source.split("#[cfg(test)]").next().unwrap_or_default();
            for literal in literals(source) {
                looked_at += 1;
                assert!(
                    !is_words(&literal),
                    "{name}:{}: \"{}\" belongs into src/i18n/texts, or, if it is a name, into the list here",
                    literal.line,
                    literal.text
                );
            }
        }
    }
    assert!(looked_at > 100, "{looked_at}");
}
