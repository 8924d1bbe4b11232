//! Letters and receipts: one for each language, all with the same places to fill in.

use crate::languages::languages;
use crate::source::read;

#[test]
fn every_letter_has_a_subject_and_the_same_places() {
    for language in languages() {
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

#[test]
fn every_receipt_has_the_same_parts_and_places() {
    const PLACES: [&[&str]; 4] = [
        &["partner", "kind", "agent", "roles", "reason", "approver"],
        &["customer", "domain", "id", "checked", "called", "request", "correlation", "confirmed"],
        &[],
        // Words: kinds of partners and roles, each by the service's own name.
        &[
            "unknown",
            "none",
            "direct",
            "indirect_provider",
            "indirect_reseller",
            "AdminAgent",
            "SalesAgent",
            "HelpdeskAgent",
            "GlobalAdmin",
            "BillingAdmin",
            "UserAdmin",
        ],
    ];
    for language in languages() {
        let text = read(&format!("public/lazy/receipts/{language}.txt"));
        let parts: Vec<&str> = text.split("===\n").collect();
        assert_eq!(parts.len(), PLACES.len(), "{language}");
        for (part, places) in parts.iter().zip(PLACES) {
            for place in places {
                assert_eq!(part.matches(&format!("{{{place}}}")).count(), 1, "{language}: {place}");
            }
            assert_eq!(part.matches('{').count(), places.len(), "{language}");
        }
    }
}

#[test]
fn every_letter_about_a_transfer_names_the_same_parties_as_often() {
    let places = |language: &str| {
        let text = read(&format!("public/lazy/letters/transfer/{language}.txt"));
        let counts =
            ["customer", "other", "partner"].map(|place| text.matches(&format!("{{{place}}}")).count());
        assert_eq!(counts.iter().sum::<usize>(), text.matches('{').count(), "{language}");
        (counts, text.lines().count())
    };
    let english = places("en");
    assert!(english.0.iter().all(|count| *count > 0), "{english:?}");
    for language in languages() {
        assert_eq!(places(&language), english, "{language}");
    }
}
