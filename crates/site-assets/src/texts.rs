//! Texts as data: one `key = text` line each, the same keys in every language.
//!
//! * A key is `group.name`, in lower case with underscores; it becomes `t::group::name`.
//! * `{word}` in a text is a placeholder and becomes an argument. Every language uses the same ones.
//! * Keys that end in `.zero .one .two .few .many .other` are forms of one plural text; the browser's
//!   `Intl.PluralRules` chooses. `.other` is always there; a language leaves out what it does not have.
//! * The group `boot` is not the application's: `boot.KIND_title` and `boot.KIND_text` are what the boot script says when
//!   the application cannot start or has stopped. They travel at the end of the file, so that one language is loaded.
//! * Lines that begin with `#` are comments. A text cannot span lines.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The plural categories of the Unicode CLDR, in the order in which the forms are stored.
pub const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// All texts of one language, by key, each with its plural forms (one form, `other`, where the text is plain).
pub type Texts = BTreeMap<String, Entry>;

/// One text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// Whether the text has plural forms.
    pub plural: bool,
    /// The forms by [`CATEGORIES`]; a plain text has only the last one.
    pub forms: [Option<String>; 6],
}

impl Entry {
    /// The placeholders of all forms, sorted, each once.
    pub fn placeholders(&self) -> Vec<String> {
        let mut names: Vec<String> =
            self.forms.iter().flatten().flat_map(|form| placeholders(form)).collect();
        names.sort();
        names.dedup();
        names
    }
}

fn placeholders(text: &str) -> Vec<String> {
    text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name.to_owned()).collect()
}

/// Reads one language.
///
/// # Errors
/// One sentence per faulty line, with its number.
pub fn parse(source: &str) -> Result<Texts, Vec<String>> {
    let mut texts = Texts::new();
    let mut faults = Vec::new();
    for (number, line) in source.lines().enumerate().map(|(index, line)| (index + 1, line.trim())) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let Some((key, text)) = line.split_once(" = ") else {
            faults.push(format!("line {number}: expected `key = text`"));
            continue;
        };
        let (key, category) = match key.rsplit_once('.') {
            Some((base, last)) if CATEGORIES.contains(&last) => (base, Some(last)),
            _ => (key, None),
        };
        let well_formed = key.split('.').count() == 2
            && key.split('.').all(|part| {
                part.starts_with(|c: char| c.is_ascii_lowercase())
                    && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
            });
        if !well_formed {
            faults.push(format!("line {number}: `{key}` is not `group.name`"));
            continue;
        }
        let slot = category.and_then(|name| CATEGORIES.iter().position(|c| *c == name)).unwrap_or(5);
        let entry = texts.entry(key.to_owned()).or_default();
        entry.plural |= category.is_some();
        if entry.forms[slot].replace(text.trim().to_owned()).is_some() {
            faults.push(format!("line {number}: `{key}` is there twice"));
        }
    }
    for (key, entry) in &texts {
        if entry.forms[5].is_none() {
            faults.push(format!("`{key}` has no form `other`"));
        }
    }
    if faults.is_empty() { Ok(texts) } else { Err(faults) }
}

/// Says how `other` differs from `base` in keys, kinds and placeholders; empty when it does not.
pub fn gaps(base: &Texts, other: &Texts) -> Vec<String> {
    let mut gaps = Vec::new();
    for (key, entry) in base {
        match other.get(key) {
            None => gaps.push(format!("`{key}` is missing")),
            Some(found) if found.plural != entry.plural => {
                gaps.push(format!("`{key}` is plural in one language only"));
            }
            Some(found) if found.placeholders() != entry.placeholders() => gaps.push(format!(
                "`{key}` has the placeholders {:?}, expected {:?}",
                found.placeholders(),
                entry.placeholders()
            )),
            Some(_) => {}
        }
    }
    gaps.extend(
        other.keys().filter(|key| !base.contains_key(*key)).map(|key| format!("`{key}` is too many")),
    );
    gaps
}

/// A number that changes with the set of keys and their order. The application refuses a text file
/// whose number is not its own, since texts are found by position.
pub fn fingerprint(texts: &Texts) -> u32 {
    // FNV-1a, 32 bits: it only has to tell releases apart.
    texts
        .iter()
        .flat_map(|(key, entry)| key.bytes().chain([0, u8::from(entry.plural)]))
        .fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// The words of the boot script: no function is made of them.
const BOOT: &str = "boot.";

/// The texts of the application, in the order in which it counts them.
fn of_application(texts: &Texts) -> impl Iterator<Item = (&String, &Entry)> {
    texts.iter().filter(|(key, _)| !key.starts_with(BOOT))
}

/// The file that the browser fetches: the fingerprint, then one line per text in the order of the
/// keys; the forms of a plural are joined by U+001F, an absent form is empty. Last the boot script's lines: kind, title and
/// text, joined by U+001F, too. No text of the application has three parts.
pub fn compile(texts: &Texts) -> String {
    let mut out = format!("{:08x}", fingerprint(texts));
    for (_, entry) in of_application(texts) {
        out.push('\n');
        if entry.plural {
            let forms: Vec<&str> = entry.forms.iter().map(|form| form.as_deref().unwrap_or("")).collect();
            out.push_str(&forms.join("\u{1f}"));
        } else {
            out.push_str(entry.forms[5].as_deref().unwrap_or(""));
        }
    }
    let plain = |key: &str| texts.get(key).and_then(|entry| entry.forms[5].as_deref()).unwrap_or("");
    for key in texts.keys() {
        if let Some(kind) = key.strip_prefix(BOOT).and_then(|name| name.strip_suffix("_title")) {
            let text = plain(&format!("{BOOT}{kind}_text"));
            let _ = write!(out, "\n{kind}\u{1f}{}\u{1f}{text}", plain(key));
        }
    }
    out
}

/// Rust source: a module per group with a function per text. A plain text without placeholders is a
/// `&'static str`; a plural one takes the number `n` first.
pub fn generate(texts: &Texts) -> String {
    let mut groups: BTreeMap<&str, String> = BTreeMap::new();
    for (index, (key, entry)) in of_application(texts).enumerate() {
        let Some((group, name)) = key.split_once('.') else { continue };
        let body = groups.entry(group).or_default();
        let example = entry.forms[5].as_deref().unwrap_or("").replace('`', "'");
        let names: Vec<String> =
            entry.placeholders().into_iter().filter(|name| !(entry.plural && name == "n")).collect();
        let mut arguments = String::new();
        let mut pairs = String::new();
        for name in &names {
            let _ = write!(arguments, "{name}: &str, ");
            let _ = write!(pairs, "(\"{name}\", {name}), ");
        }
        let _ = writeln!(body, "    /// `{example}`");
        let _ = if entry.plural {
            writeln!(
                body,
                "    pub(crate) fn {name}(n: usize, {arguments}) -> String {{ super::super::plural({index}, n, &[{pairs}]) }}"
            )
        } else if names.is_empty() {
            writeln!(body, "    pub(crate) fn {name}() -> &'static str {{ super::super::text({index}) }}")
        } else {
            writeln!(
                body,
                "    pub(crate) fn {name}({arguments}) -> String {{ super::super::filled({index}, &[{pairs}]) }}"
            )
        };
    }
    let mut out = format!(
        "/// The fingerprint of the keys that this build expects.\npub(crate) const FINGERPRINT: &str = \"{:08x}\";\n",
        fingerprint(texts)
    );
    for (group, body) in groups {
        let _ = writeln!(out, "/// Texts of `{group}`.\npub(crate) mod {group} {{\n{body}}}");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const EN: &str = "# head\nlist.title = Customers\nlist.found.one = {n} of {all} customer\nlist.found.other = {n} of {all} customers\n";

    #[test]
    fn a_language_without_a_key_or_with_other_placeholders_is_named() {
        let en = parse(EN).unwrap();
        let es =
            parse("list.title = Clientes\nlist.found.other = {n} de {total}\nlist.more = Más\n").unwrap();
        let gaps = gaps(&en, &es);
        assert_eq!(gaps.len(), 2, "{gaps:?}");
        assert!(gaps[0].contains("list.found") && gaps[1].contains("list.more"));
    }

    #[test]
    fn faulty_lines_are_told_with_their_number() {
        let faults =
            parse("list.title = A\nnonsense\nList.x = B\nlist.title = C\nlist.n.one = D\n").unwrap_err();
        assert_eq!(faults.len(), 4, "{faults:?}");
        assert!(
            faults[0].starts_with("line 2")
                && faults[1].starts_with("line 3")
                && faults[2].starts_with("line 4")
        );
        assert!(faults[3].contains("no form `other`"));
    }

    #[test]
    fn the_compiled_file_has_a_line_per_key_in_key_order() {
        let compiled = compile(&parse(EN).unwrap());
        let lines: Vec<&str> = compiled.lines().collect();
        assert_eq!(lines[1], "\u{1f}{n} of {all} customer\u{1f}\u{1f}\u{1f}\u{1f}{n} of {all} customers");
        assert_eq!(lines[2], "Customers");
        assert_eq!(lines.len(), 3);
    }

    #[test]
    fn the_boot_scripts_words_come_last_and_no_function_is_made_of_them() {
        let boot = "boot.type_text = Serve it right.\nboot.type_title = Wrong type\n";
        let texts = parse(&format!("add.title = Add\n{boot}list.title = Customers\n")).unwrap();
        let compiled = compile(&texts);
        let lines: Vec<&str> = compiled.lines().skip(1).collect();
        assert_eq!(lines, ["Add", "Customers", "type\u{1f}Wrong type\u{1f}Serve it right."]);
        let source = generate(&texts);
        assert!(!source.contains("mod boot"), "{source}");
        assert!(source.contains("super::super::text(1)"), "{source}");
    }

    #[test]
    fn the_generated_functions_take_the_placeholders() {
        let source = generate(&parse(EN).unwrap());
        assert!(source.contains("pub(crate) fn title() -> &'static str"));
        assert!(source.contains("pub(crate) fn found(n: usize, all: &str, ) -> String"));
    }

    #[test]
    fn another_set_of_keys_has_another_fingerprint() {
        let other = EN.replace("list.title", "list.titel");
        assert_ne!(fingerprint(&parse(EN).unwrap()), fingerprint(&parse(&other).unwrap()));
    }
}
