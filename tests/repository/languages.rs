//! The languages are the same wherever they are listed, and each says everything.

use std::collections::{BTreeMap, BTreeSet};

use site_assets::texts::{CATEGORIES, Texts, gaps, parse};

use crate::source::{files, read};

/// The five, as the application lists them.
pub(crate) fn languages() -> BTreeSet<String> {
    listed(&read("src/i18n/mod.rs"), "LANGUAGES: [&str; 5] = [")
}

/// The quoted codes in the first list after `start`.
fn listed(text: &str, start: &str) -> BTreeSet<String> {
    let list = text.split(start).nth(1).unwrap_or_else(|| panic!("no {start}"));
    let list = &list[..list.find(']').unwrap_or(list.len())];
    list.split(['"', '\'']).skip(1).step_by(2).map(str::to_owned).collect()
}

/// The codes of the languages that a folder has a file of.
fn written(folder: &str) -> BTreeSet<String> {
    files(folder, "txt")
        .into_iter()
        .filter_map(|(name, _)| name.strip_prefix(folder).map(|rest| rest.trim_start_matches('/').to_owned()))
        .filter(|name| !name.contains('/'))
        .map(|name| name.trim_end_matches(".txt").to_owned())
        .collect()
}

fn all_texts() -> BTreeMap<String, Texts> {
    let read = |code: &String| {
        let source = read(&format!("src/i18n/texts/{code}.txt"));
        (code.clone(), parse(&source).unwrap_or_else(|faults| panic!("{code}: {faults:?}")))
    };
    languages().iter().map(read).collect()
}

#[test]
fn boot_script_application_settings_and_files_agree() {
    let all = languages();
    assert_eq!(all.len(), 5);
    for folder in [
        "src/i18n/texts",
        "public/lazy/demo",
        "public/lazy/letters",
        "public/lazy/letters/transfer",
        "public/lazy/receipts",
    ] {
        assert_eq!(written(folder), all, "{folder}");
    }
    let boot = read("public/boot.js");
    assert_eq!(listed(&boot, "LANGUAGES = ["), all, "public/boot.js");
    for code in &all {
        assert!(boot.contains(&format!("    {code}: {{")), "public/boot.js has no words in {code}");
        let settings = read("src/pages/settings.rs");
        assert!(settings.contains(&format!("\"{code}\" => \"")), "the settings page does not name {code}");
    }
    assert_eq!(listed(&read("public/config.json"), "\"languages\": ["), all, "public/config.json");
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
        assert_eq!(names.len(), 5, "{names:?}");
        keys.push(names);
    }
    assert!(keys.len() == languages().len() && keys.iter().all(|names| *names == keys[0]), "{keys:#?}");
}

#[test]
fn whatever_the_boot_script_can_say_has_words_in_every_language() {
    // What it calls a crash by, and what the application gives up with.
    let mut kinds: BTreeSet<String> = BTreeSet::new();
    for source in [read("public/boot.js"), read("src/main.rs")] {
        for call in ["crash('", "Fault('", "CompileError ? '", "give_up(\""] {
            let named = source.split(call).skip(1).filter_map(|rest| rest.split(['\'', '"']).next());
            kinds.extend(named.map(str::to_owned));
        }
    }
    assert!(kinds.len() >= 7, "{kinds:?}");
    let boot = read("public/boot.js");
    for (code, texts) in all_texts() {
        for kind in &kinds {
            let in_file = ["title", "text"].map(|part| texts.contains_key(&format!("boot.{kind}_{part}")));
            let in_script = boot.contains(&format!("      {kind}: ['"));
            assert!(in_file == [true; 2] || in_script, "{code} has no words for {kind}");
        }
    }
}

#[test]
fn each_language_has_the_same_keys_and_places_and_leaves_none_empty() {
    let all = all_texts();
    for (code, texts) in &all {
        assert_eq!(gaps(&all["en"], texts), Vec::<String>::new(), "{code}");
        for (key, entry) in texts {
            for form in entry.forms.iter().flatten() {
                assert!(!form.trim().is_empty(), "{code}: {key} is empty");
                assert!(!form.contains("  "), "{code}: {key} has two spaces");
                assert_eq!(form.matches('{').count(), form.matches('}').count(), "{code}: {key}");
                // One convention: nobody is shouted at.
                assert!(!form.contains('!'), "{code}: {key} shouts");
            }
        }
    }
}

/// These five have `one` and `other` for whole numbers (French and Portuguese count 0 as one), and some have `many` for
/// millions, which reads like `other` behind digits and is left out on purpose: the application then takes `other`.
#[test]
fn plural_texts_have_the_forms_of_their_language_and_each_form_fits_any_number_of_its_kind() {
    let at = |name: &str| CATEGORIES.iter().position(|category| *category == name).unwrap();
    for (code, texts) in all_texts() {
        for (key, entry) in texts.iter().filter(|(_, entry)| entry.plural) {
            for (slot, category) in CATEGORIES.iter().enumerate() {
                let wanted = slot == at("one") || slot == at("other");
                assert_eq!(entry.forms[slot].is_some(), wanted, "{code}: {key}.{category}");
            }
            let other = entry.forms[at("other")].as_deref().unwrap();
            assert!(other.contains("{n}"), "{code}: {key}.other does not say the number");
            // Where 0 is singular, the singular cannot mean "the only one" without the number; a period never is 0.
            let one = entry.forms[at("one")].as_deref().unwrap();
            let counts_zero = (code == "fr" || code == "pt") && key != "settings.every";
            assert!(!counts_zero || one.contains("{n}"), "{code}: {key}.one does not say the number");
        }
    }
}

/// What is the same word in both languages, or a name. By language, so that a text that was forgotten in one is found.
const SAME: &[(&str, &str)] = &[
    (
        "*",
        "activity.microsoft entitlements.software form.optional import.w_where portals.azure \
         portals.entra portals.microsoft365 portals.partner_center removal.fix_named \
         removal.named removal.software subscriptions.azure switch.new_commerce transfers.saas \
         transfers.software",
    ),
    (
        "de",
        "add.administrator columns.filter columns.normal customers.details fault.details \
         fault.status field.region form.not_demanded import.code import.plan paper.name \
         paper.organisation paper.status request.link subscriptions.status switch.moves_software \
         users.name who.agent who.china who.cloud who.partner",
    ),
    (
        "es",
        "columns.normal import.plan import_field.fax import_field.roles removal.delegation_no \
         switch.sure_no who.china who.partner who.roles who.us_government",
    ),
    (
        "fr",
        "activity.source add.person_title columns.no_reseller customer.contact fault.code \
         field.province import.code import.code_is import.licence import.plan import.source \
         import_field.licences paper.email paper.organisation paper.signatures \
         relation.syndication request.message seats.title shell.messages switch.contact who.agent \
         who.cloud",
    ),
    (
        "pt",
        "account.mail columns.normal fault.status field.email import.sign_in_name \
         import_field.sign_in_name paper.status request.link subscriptions.status \
         switch.moves_software transfers.items who.china",
    ),
];

#[test]
fn no_english_is_left_over() {
    let all = all_texts();
    let mut used = BTreeSet::new();
    for (code, texts) in all.iter().filter(|(code, _)| *code != "en") {
        for (key, entry) in texts {
            let english = &all["en"][key];
            let same =
                entry.forms.iter().zip(&english.forms).any(|(own, theirs)| own.is_some() && own == theirs);
            let allowed = |whose: &str| {
                SAME.iter()
                    .any(|(language, keys)| *language == whose && keys.split_whitespace().any(|k| k == key))
            };
            assert!(!same || allowed(code) || allowed("*"), "{code}: {key} is English: {:?}", entry.forms);
            if same {
                used.insert((code.clone(), key.clone()));
            }
        }
    }
    for (language, keys) in SAME {
        for key in keys.split_whitespace() {
            let needed =
                used.iter().any(|(code, used)| used == key && (*language == "*" || code == language));
            assert!(needed, "{key} need not be allowed in {language} any more");
        }
    }
}
