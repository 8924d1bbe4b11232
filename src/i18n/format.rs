//! Numbers, dates and names by the browser's `Intl`.

use std::cmp::Ordering;

use csv_export::Separator;
use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use partner_center::Timestamp;
use wasm_bindgen::{JsCast, JsValue};

use super::with;

/// The formatters of one language, made once: each costs the browser about a millisecond.
pub(super) struct Formats {
    plural: Intl::PluralRules,
    number: Function,
    date: Function,
    date_time: Function,
    relative: JsValue,
    regions: JsValue,
    languages: JsValue,
    collator: Function,
    /// The same without regard to case and accents.
    letters: Function,
    separator: Separator,
}

impl Formats {
    pub(super) fn new(language: &str) -> Self {
        let locales = Array::of1(&JsValue::from_str(language));
        let dates = |style: &[(&str, &str)]| Intl::DateTimeFormat::new(&locales, &options(style)).format();
        let number = Intl::NumberFormat::new(&locales, &Object::new()).format();
        let half =
            number.call1(&JsValue::UNDEFINED, &JsValue::from_f64(0.5)).ok().and_then(|text| text.as_string());
        Self {
            plural: Intl::PluralRules::new(&locales, &Object::new()),
            number,
            date: dates(&[("dateStyle", "medium")]),
            date_time: dates(&[("dateStyle", "medium"), ("timeStyle", "medium")]),
            relative: construct("RelativeTimeFormat", &locales, &[("numeric", "auto"), ("style", "short")]),
            regions: construct("DisplayNames", &locales, &[("type", "region")]),
            languages: construct("DisplayNames", &locales, &[("type", "language")]),
            collator: Intl::Collator::new(&locales, &Object::new()).compare(),
            letters: Intl::Collator::new(&locales, &options(&[("sensitivity", "base")])).compare(),
            // Where the decimal sign is a comma, a comma cannot separate fields.
            separator: if half.is_some_and(|text| text.contains(',')) {
                Separator::Semicolon
            } else {
                Separator::Comma
            },
        }
    }

    /// Where the form for `n` stands among the plural forms of a text.
    pub(super) fn plural_slot(&self, n: usize) -> usize {
        let category = self.plural.select(as_f64(n)).as_string().unwrap_or_default();
        ["zero", "one", "two", "few", "many", "other"].iter().position(|name| *name == category).unwrap_or(5)
    }
}

fn options(pairs: &[(&str, &str)]) -> Object {
    let object = Object::new();
    for (key, value) in pairs {
        // Setting a property of a fresh plain object cannot fail.
        let _ = Reflect::set(&object, &JsValue::from_str(key), &JsValue::from_str(value));
    }
    object
}

/// `new Intl[name](locales, options)`, for the parts of `Intl` that js-sys has no type for.
fn construct(name: &str, locales: &Array, pairs: &[(&str, &str)]) -> JsValue {
    let intl = Reflect::get(&js_sys::global(), &JsValue::from_str("Intl"));
    intl.and_then(|intl| Reflect::get(&intl, &JsValue::from_str(name)))
        .and_then(JsValue::dyn_into::<Function>)
        .and_then(|class| Reflect::construct(&class, &Array::of2(locales, &options(pairs))))
        .map_or(JsValue::UNDEFINED, JsValue::from)
}

fn call(object: &JsValue, method: &str, arguments: &Array) -> Option<String> {
    let method = Reflect::get(object, &JsValue::from_str(method)).ok()?.dyn_into::<Function>().ok()?;
    method.apply(object, arguments).ok()?.as_string()
}

#[allow(clippy::cast_precision_loss)] // counts of customers and seconds are far below 2^53
fn as_f64(n: usize) -> f64 {
    n as f64
}

/// A count, with the language's own grouping.
pub(crate) fn number(n: usize) -> String {
    with(|active| active.formats.number.call1(&JsValue::UNDEFINED, &JsValue::from_f64(as_f64(n))))
        .and_then(Result::ok)
        .and_then(|text| text.as_string())
        .unwrap_or_else(|| n.to_string())
}

/// An amount that came in digits with a point, as the language writes it.
pub(crate) fn amount(digits: &str) -> String {
    with(|active| active.formats.number.call1(&JsValue::UNDEFINED, &JsValue::from_str(digits)))
        .and_then(Result::ok)
        .and_then(|text| text.as_string())
        .unwrap_or_else(|| digits.to_owned())
}

/// A day: `12 dic 2026`.
pub(crate) fn date(at: Timestamp) -> String {
    with(|active| active.formats.date.clone()).map(|format| moment(&format, at)).unwrap_or_default()
}

/// A day and a time.
pub(crate) fn date_time(at: Timestamp) -> String {
    with(|active| active.formats.date_time.clone()).map(|format| moment(&format, at)).unwrap_or_default()
}

#[allow(clippy::cast_precision_loss)] // milliseconds since 1970 are far below 2^53
fn moment(format: &Function, at: Timestamp) -> String {
    let date = Date::new(&JsValue::from_f64(at.millis() as f64));
    format.call1(&JsValue::UNDEFINED, &date).ok().and_then(|text| text.as_string()).unwrap_or_default()
}

/// How long ago: `hace 3 min`, `ahora`.
pub(crate) fn age(seconds: usize) -> String {
    let (amount, unit) = match seconds {
        0..45 => (0, "second"),
        45..3_600 => (seconds.div_ceil(60), "minute"),
        3_600..86_400 => (seconds / 3_600, "hour"),
        _ => (seconds / 86_400, "day"),
    };
    let arguments = Array::of2(&JsValue::from_f64(-as_f64(amount)), &JsValue::from_str(unit));
    with(|active| call(&active.formats.relative, "format", &arguments)).flatten().unwrap_or_default()
}

/// The name of a country by its ISO code; the code itself where the browser has no name.
pub(crate) fn region_name(code: &str) -> String {
    let arguments = Array::of1(&JsValue::from_str(&code.to_ascii_uppercase()));
    with(|active| call(&active.formats.regions, "of", &arguments))
        .flatten()
        .unwrap_or_else(|| code.to_owned())
}

/// The name of a language or culture by its code (`es`, `es-ES`); the code itself where the browser has no name.
pub(crate) fn language_name(code: &str) -> String {
    let arguments = Array::of1(&JsValue::from_str(code));
    with(|active| call(&active.formats.languages, "of", &arguments))
        .flatten()
        .unwrap_or_else(|| code.to_owned())
}

/// What separates fields in a file for this language's spreadsheets.
pub(crate) fn separator() -> Separator {
    with(|active| active.formats.separator).unwrap_or(Separator::Comma)
}

/// The order of two names in a list, as this language sorts.
pub(crate) fn compare(left: &str, right: &str) -> Ordering {
    let (left, right) = (JsValue::from_str(left), JsValue::from_str(right));
    let sign = with(|active| active.formats.collator.call2(&JsValue::UNDEFINED, &left, &right));
    match sign.and_then(Result::ok).and_then(|sign| sign.as_f64()) {
        Some(sign) if sign < 0.0 => Ordering::Less,
        Some(sign) if sign > 0.0 => Ordering::Greater,
        _ => Ordering::Equal,
    }
}

/// The place of each letter in this language's alphabet: letters that differ by case or accent only have the same, and
/// 0 is for what does not count, such as a combining accent.
pub(crate) fn letter_weights(letters: &[char]) -> Vec<u32> {
    let mut weights = vec![0; letters.len()];
    let Some(compare) = with(|active| active.formats.letters.clone()) else { return weights };
    let differ = |left: &JsValue, right: &JsValue| {
        let sign = compare.call2(&JsValue::UNDEFINED, left, right);
        sign.ok().and_then(|sign| sign.as_f64()) != Some(0.0)
    };
    // Sorted by the browser: pairs of a letter and its place here would cost a comparison function of our own.
    let sorted: Array =
        letters.iter().map(|letter| JsValue::from_str(letter.encode_utf8(&mut [0; 4]))).collect();
    let sort = Reflect::get(&sorted, &JsValue::from_str("sort")).and_then(JsValue::dyn_into::<Function>);
    if let Ok(sort) = sort {
        // A collator's comparison does not throw.
        let _ = sort.call1(&sorted, &compare);
    }
    let mut before = JsValue::from_str("");
    let mut weight = 0;
    for letter in sorted.iter() {
        if differ(&before, &letter) {
            weight += 1;
        }
        // The index hands them over in the order of their code points.
        let first = letter.as_string().and_then(|text| text.chars().next());
        let place = first.and_then(|first| letters.binary_search(&first).ok());
        if let Some(place) = place {
            weights[place] = weight;
        }
        before = letter;
    }
    weights
}
