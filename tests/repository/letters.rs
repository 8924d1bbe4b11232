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

#[test]
fn the_demonstration_says_the_same_in_every_language_and_names_every_fault_that_the_sandbox_knows() {
    let lines = |language: &str| -> Vec<(String, String)> {
        let text = read(&format!("public/lazy/demo/{language}.txt"));
        let line = |line: &str| {
            let (key, words) = line.split_once(" = ").unwrap_or_else(|| panic!("{language}: {line}"));
            assert!(!words.trim().is_empty(), "{language}: {key}");
            (key.to_owned(), words.to_owned())
        };
        text.lines().map(line).collect()
    };
    let keys = |language: &str| lines(language).into_iter().map(|(key, _)| key).collect::<Vec<_>>();
    let english = lines("en");
    for language in languages() {
        assert_eq!(keys(&language), keys("en"), "{language}");
        let same = lines(&language).into_iter().filter(|line| language != "en" && english.contains(line));
        let same: Vec<String> = same.map(|(key, _)| key).collect();
        // A word of both languages.
        let allowed: &[&str] = if language == "de" { &["label"] } else { &[] };
        assert_eq!(same, allowed, "{language}");
    }
    let source = read("crates/sandbox/src/core/faults/kind.rs");
    let names = source.split("NAMES: &[(Kind, &str)] = &[").nth(1).unwrap();
    let names: Vec<&str> = names[..names.find("];").unwrap()].split('"').skip(1).step_by(2).collect();
    let told: Vec<String> =
        keys("en").iter().filter_map(|key| key.strip_prefix("fault.").map(str::to_owned)).collect();
    assert!(names.len() > 30 && told == names, "{told:?}");
    let used = ["bar", "panel", "mod"].map(|file| read(&format!("src/demo/{file}.rs"))).concat();
    for key in keys("en").iter().filter(|key| !key.starts_with("fault.")) {
        let (group, name) = key.split_once('.').unwrap_or((key, key));
        assert!(
            used.contains(&format!("\"{group}\"")) && used.contains(&format!("\"{name}\"")),
            "{key} is not used"
        );
    }
}
