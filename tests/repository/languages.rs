//! The languages are the same wherever they are listed.

use std::collections::BTreeSet;

use crate::source::{files, read};

/// The quoted codes in the first list after `start`.
fn listed(text: &str, start: &str) -> BTreeSet<String> {
    let list = text.split(start).nth(1).unwrap_or_else(|| panic!("no {start}"));
    let list = &list[..list.find(']').unwrap_or(list.len())];
    list.split(['"', '\'']).skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn boot_script_application_settings_and_text_files_agree() {
    let texts: BTreeSet<String> = files("src/i18n/texts", "txt")
        .into_iter()
        .map(|(name, _)| name.rsplit('/').next().unwrap().trim_end_matches(".txt").to_owned())
        .collect();
    assert_eq!(listed(&read("src/i18n/mod.rs"), "LANGUAGES: &[&str] = &["), texts, "src/i18n/mod.rs");
    let boot = read("public/boot.js");
    assert_eq!(listed(&boot, "LANGUAGES = ["), texts, "public/boot.js");
    for code in &texts {
        assert!(boot.contains(&format!("    {code}: {{")), "public/boot.js has no words in {code}");
        let settings = read("src/pages/settings.rs");
        assert!(settings.contains(&format!("\"{code}\" => \"")), "the settings page does not name {code}");
    }
    assert!(listed(&read("public/config.json"), "\"languages\": [").is_subset(&texts), "public/config.json");
}

#[test]
fn the_boot_script_has_the_same_words_in_each_language() {
    let boot = read("public/boot.js");
    let words = boot.split("const WORDS = {").nth(1).unwrap();
    let words = &words[..words.find("\n  };").expect("the end of the words")];
    let mut keys = Vec::new();
    for language in words.split(": {\n").skip(1) {
        let language = &language[..language.find("\n    }").unwrap_or(language.len())];
        let mut names: Vec<&str> = language
            .lines()
            .flat_map(|line| line.trim().split("', "))
            .filter_map(|entry| entry.split_once(": ").map(|(key, _)| key))
            .filter(|key| key.bytes().all(|byte| byte.is_ascii_lowercase()))
            .collect();
        names.sort_unstable();
        assert!(names.len() > 5, "{names:?}");
        keys.push(names);
    }
    assert!(keys.len() >= 2 && keys.iter().all(|names| *names == keys[0]), "{keys:#?}");
}
