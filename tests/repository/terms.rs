//! One word for one thing in each language, and the one of Microsoft's pages where they have one.

use site_assets::texts::parse;

use crate::languages::languages;
use crate::source::{files, read};

/// By language: a word that is not used, and the one that is. Lower case; a word may stand within others.
const NOT_USED: &[(&str, &str, &str)] = &[
    ("de", " tab ", "Registerkarte"),
    ("de", "reseller", "Handelspartner"),
    ("de", "wiederverkäufer", "Handelspartner"),
    ("de", "admin-agent", "Administrator-Agent"),
    ("de", "passwort", "Kennwort"),
    ("de", "domain", "Domäne"),
    ("fr", "partner center", "Espace partenaires"),
    ("fr", "réglage", "paramètre"),
    ("fr", "souscription", "abonnement"),
    ("fr", "administrateur global", "administrateur général"),
    ("fr", "'", "’"),
    ("pt", "subscri", "assinatura"),
    ("pt", "utilizador", "usuário"),
    ("pt", "palavra-passe", "senha"),
    ("pt", "ligação", "link"),
    ("pt", "ficheiro", "arquivo"),
    ("pt", "definições", "configurações"),
    ("pt", "centro de parceiros", "Partner Center"),
    ("pt", "agente administrador", "agente administrativo"),
];

#[test]
fn a_thing_has_one_name() {
    let mut found = Vec::new();
    for language in languages() {
        let texts = parse(&read(&format!("src/i18n/texts/{language}.txt"))).unwrap();
        let said = texts.iter().flat_map(|(key, entry)| {
            entry.forms.iter().flatten().map(move |form| (key.clone(), form.clone()))
        });
        // The letters and the receipt, too; they may be sent as plain text, with plain signs.
        let letters = files("public/lazy", "txt").into_iter();
        let letters = letters.filter(|(name, _)| name.ends_with(&format!("/{language}.txt")));
        for (place, text) in said.chain(letters) {
            // Places to fill in are called in English.
            let said = text.split('{').map(|part| part.split_once('}').map_or(part, |(_, after)| after));
            let text = said.collect::<Vec<_>>().join("…").to_lowercase();
            for (of, word, instead) in NOT_USED {
                let plain_sign = *word == "'" && place.strip_suffix(".txt").is_some();
                if *of == language && !plain_sign && text.contains(word) {
                    found.push(format!("{language}: {place}: not \"{word}\" but \"{instead}\""));
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}
