//! The templates that the import offers are understood by the import, in each language.

use site_assets::texts::{Texts, parse};
use user_import::native::Native;
use user_import::{Field, Learned, Mapping, recognise};

use crate::languages::languages;
use crate::source::read;

const OURS: [&str; 7] =
    ["first_name", "last_name", "display_name", "sign_in_name", "location", "licences", "roles"];
const THEIRS: [&str; 5] = ["first_name", "last_name", "display_name", "sign_in_name", "status"];

fn words(language: &str) -> Texts {
    parse(&read(&format!("src/i18n/texts/{language}.txt"))).unwrap()
}

fn word<'a>(texts: &'a Texts, key: &str) -> &'a str {
    texts[&format!("import_field.{key}")].forms[5].as_deref().unwrap()
}

/// What the columns under these words are taken for, with one user below them.
fn understood(texts: &Texts, keys: &[&str]) -> Vec<String> {
    let header: Vec<&str> = keys.iter().map(|key| word(texts, key)).collect();
    let row: Vec<&str> = keys
        .iter()
        .map(|key| match *key {
            "first_name" => "Ana",
            "last_name" => "Sanz",
            "display_name" => "Ana Sanz",
            "sign_in_name" => "ana@contoso.example",
            _ => "",
        })
        .collect();
    let file = [header.join(";"), row.join(";"), String::new()].join("\r\n");
    let sheet = recognise(&file, &Native).unwrap_or_else(|refusal| panic!("{file}: {refusal:?}"));
    let mapping = Mapping::suggest(&sheet, &Learned::default(), &Native);
    let of = |field: &Option<Field>| field.map_or("nothing", Field::key).to_owned();
    mapping.columns().iter().map(|column| of(&column.field)).collect()
}

#[test]
fn each_template_comes_back_as_what_it_was() {
    for language in languages() {
        let texts = words(&language);
        assert_eq!(understood(&texts, &OURS), OURS, "{language}");
        assert_eq!(understood(&texts, &THEIRS), THEIRS, "{language}");
    }
}

#[test]
fn a_column_called_as_the_page_calls_it_is_known() {
    let mut unknown = Vec::new();
    for language in languages() {
        let texts = words(&language);
        for key in texts.keys().filter_map(|key| key.strip_prefix("import_field.")) {
            if OURS.contains(&key) || THEIRS.contains(&key) || key == "full_name" {
                continue;
            }
            let keys = ["first_name", "last_name", "sign_in_name", key];
            if understood(&texts, &keys) != keys {
                unknown.push(format!("{language}: {} is not {key}", word(&texts, key)));
            }
        }
    }
    assert!(unknown.is_empty(), "{unknown:#?}");
}
