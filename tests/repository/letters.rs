//! The letters that a relationship is requested with: one for each language, all with the same places to fill in.

use crate::source::read;

#[test]
fn every_letter_has_a_subject_and_the_same_places() {
    for language in ["es", "en", "de", "fr", "pt"] {
        let text = read(&format!("public/lazy/letters/{language}.txt"));
        let (subject, body) = text.split_once('\n').unwrap();
        assert_eq!(
            (subject.matches("{partner}").count(), subject.matches("{link}").count()),
            (1, 0),
            "{language}"
        );
        assert_eq!((body.matches("{partner}").count(), body.matches("{link}").count()), (2, 1), "{language}");
        assert_eq!(text.matches('{').count(), 4, "{language}");
    }
}
