//! What the address checker says of an address.
//!
//! The real checker knows streets. This one knows words: every status follows from what is written, by the
//! table in the crate's README, so that a person can have each of them by hand.

mod words;

use serde_json::{Value, json};

use words::{ABBREVIATIONS, BOXES, DOUBTFUL, NOT_CHECKED, NOWHERE, SEVERAL, STREET};

/// How well an address is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    /// Parcels arrive.
    VerifiedShippable,
    /// Letters arrive.
    Verified,
    /// A person has to say whether the suggestion is meant.
    InteractionRequired,
    /// The street is not known well enough.
    StreetPartial,
    /// The street is known, the house is not.
    PremisesPartial,
    /// Several addresses could be meant.
    Multiple,
    /// There is no such address.
    None,
    /// The checker does not know the country.
    NotValidated,
}

impl Status {
    /// The name on the wire.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::VerifiedShippable => "VerifiedShippable",
            Self::Verified => "Verified",
            Self::InteractionRequired => "InteractionRequired",
            Self::StreetPartial => "StreetPartial",
            Self::PremisesPartial => "PremisesPartial",
            Self::Multiple => "Multiple",
            Self::None => "None",
            Self::NotValidated => "NotValidated",
        }
    }

    /// Whether the form of 2018 had nothing to say against it.
    pub(super) fn is_usable(self) -> bool {
        matches!(self, Self::VerifiedShippable | Self::Verified | Self::NotValidated)
    }
}

/// The checker's answer.
pub(super) struct Verdict {
    pub(super) status: Status,
    pub(super) suggestions: Vec<Value>,
    pub(super) message: Option<&'static str>,
}

/// Judges an address. `fits_rules` tells whether its postal code and state are possible in its country.
pub(super) fn judge(address: &Value, fits_rules: bool) -> Verdict {
    let member = |name: &str| address[name].as_str().unwrap_or_default();
    let (line, country) = (member("addressLine1").trim(), member("country").to_ascii_uppercase());
    let words: Vec<&str> = line.split_whitespace().collect();
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&bare(word).as_str()));
    let with_line = |line: String| {
        let mut suggestion = address.clone();
        suggestion["addressLine1"] = json!(line);
        suggestion
    };
    let verdict = |status, lines: Vec<String>, message| Verdict {
        status,
        suggestions: lines.into_iter().map(with_line).collect(),
        message,
    };

    if NOT_CHECKED.contains(&country.as_str()) {
        return verdict(Status::NotValidated, vec![], Some("Addresses of this country are not checked."));
    }
    if !fits_rules || has(NOWHERE) || NOWHERE.contains(&bare(member("city")).as_str()) {
        return verdict(Status::None, vec![], Some("The address was not found."));
    }
    if has(SEVERAL) || has(DOUBTFUL) {
        let count = if has(SEVERAL) { 3 } else { 2 };
        let streets = ["Mayor", "Nueva", "Real"].iter().take(count);
        let lines = streets.map(|street| {
            replaced(&words, |word| {
                [SEVERAL, DOUBTFUL].iter().any(|list| list.contains(&bare(word).as_str())).then_some(*street)
            })
        });
        return verdict(Status::Multiple, lines.collect(), Some("More than one address was found."));
    }
    if !line.chars().any(char::is_numeric) {
        if words.len() == 1 {
            let street = STREET.iter().find(|(code, ..)| *code == country);
            let (_, before, after) = street.copied().unwrap_or(("", "", ""));
            let street = format!("{before}{line}{after}");
            let lines = vec![numbered(&country, &street, 12)];
            return verdict(Status::StreetPartial, lines, Some("The street is not complete."));
        }
        let lines = [1, 2, 3].map(|number| numbered(&country, line, number)).to_vec();
        return verdict(Status::PremisesPartial, lines, Some("The number of the house is missing."));
    }
    let written_out = replaced(&words, |word| {
        let word = word.to_lowercase();
        ABBREVIATIONS.iter().find(|(short, _)| *short == word).map(|(_, long)| *long)
    });
    if written_out != words.join(" ") {
        let message = "The address was found in another spelling.";
        return verdict(Status::InteractionRequired, vec![written_out], Some(message));
    }
    let status = if has(BOXES) { Status::Verified } else { Status::VerifiedShippable };
    verdict(status, vec![line.to_owned()], None)
}

/// A word as it stands in the lists.
fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// The line with words put in the place of others.
fn replaced<'a>(words: &[&'a str], by: impl Fn(&str) -> Option<&'a str>) -> String {
    words.iter().map(|word| by(word).unwrap_or(word)).collect::<Vec<_>>().join(" ")
}

/// A street with a number, which stands in front where English or French is spoken.
fn numbered(country: &str, street: &str, number: u32) -> String {
    if words::NUMBER_FIRST.contains(&country) {
        format!("{number} {street}")
    } else {
        format!("{street} {number}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(country: &str, line: &str) -> (&'static str, Vec<String>) {
        let address = json!({ "country": country, "city": "Murcia", "addressLine1": line });
        let verdict = judge(&address, true);
        let lines =
            verdict.suggestions.iter().map(|address| address["addressLine1"].as_str().unwrap().to_owned());
        (verdict.status.name(), lines.collect())
    }

    #[test]
    fn every_status_follows_from_the_words() {
        let one = |line: &str| vec![line.to_owned()];
        assert_eq!(of("ES", "Calle Mayor 12"), ("VerifiedShippable", one("Calle Mayor 12")));
        assert_eq!(of("ES", "Apartado 7"), ("Verified", one("Apartado 7")));
        assert_eq!(of("ES", "C/ Mayor 12"), ("InteractionRequired", one("Calle Mayor 12")));
        assert_eq!(of("ES", "AVDA. del Mar 3"), ("InteractionRequired", one("Avenida del Mar 3")));
        assert_eq!(of("US", "5 Main St"), ("InteractionRequired", one("5 Main Street")));
        assert_eq!(of("ES", "Mayor"), ("StreetPartial", one("Calle Mayor 12")));
        assert_eq!(of("GB", "High"), ("StreetPartial", one("12 High Street")));
        assert_eq!(of("ES", "Calle Mayor").0, "PremisesPartial");
        assert_eq!(of("FR", "Rue Haute").1[0], "1 Rue Haute");
        assert_eq!(
            of("ES", "Calle Multiple 4"),
            ("Multiple", ["Mayor", "Nueva", "Real"].map(|s| format!("Calle {s} 4")).to_vec())
        );
        assert_eq!(of("ES", "Calle Doble 4").1.len(), 2);
        assert_eq!(of("ES", "Calle Ninguna 4"), ("None", vec![]));
        assert_eq!(of("IQ", "Calle Mayor 12"), ("NotValidated", vec![]));
    }

    #[test]
    fn a_postal_code_of_elsewhere_is_no_address() {
        let verdict = judge(&json!({ "country": "ES", "addressLine1": "Calle Mayor 12" }), false);
        assert_eq!(verdict.status, Status::None);
    }

    #[test]
    fn a_number_may_be_written_in_any_script() {
        assert_eq!(of("EG", "شارع النيل ٧").0, "VerifiedShippable");
    }
}
