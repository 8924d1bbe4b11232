//! What has been typed for a new customer, as a text that survives a reload.

use json_value::{Value, object, parse};

use crate::Field;

/// Something that the pages for a new customer ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// A field of the account.
    Field(Field),
    /// The MPN ID of the reseller.
    Reseller,
    /// Whether the agreement is confirmed: `yes`, `later`, or nothing yet.
    Agreement,
    /// The day on which it was accepted, `2026-02-01`.
    AgreedOn,
    /// Whether somebody else than the contact accepted it: `other`, or nothing.
    Signer,
    /// That person's first name.
    SignerFirstName,
    /// That person's last name.
    SignerLastName,
    /// That person's mail address.
    SignerEmail,
    /// That person's telephone number.
    SignerPhone,
}

const OTHERS: [(Entry, &str); 8] = [
    (Entry::Reseller, "reseller"),
    (Entry::Agreement, "agreement"),
    (Entry::AgreedOn, "agreedOn"),
    (Entry::Signer, "signer"),
    (Entry::SignerFirstName, "signerFirstName"),
    (Entry::SignerLastName, "signerLastName"),
    (Entry::SignerEmail, "signerEmail"),
    (Entry::SignerPhone, "signerPhone"),
];

impl Entry {
    /// How many there are.
    pub const COUNT: usize = Field::ALL.len() + OTHERS.len();

    /// All, in a fixed order.
    pub fn all() -> impl Iterator<Item = Self> {
        Field::ALL.into_iter().map(Self::Field).chain(OTHERS.iter().map(|(entry, _)| *entry))
    }

    /// Its place in that order.
    pub fn place(self) -> usize {
        Self::all().position(|other| other == self).unwrap_or_default()
    }

    fn name(self) -> &'static str {
        match self {
            Self::Field(field) => field.path(),
            _ => OTHERS.iter().find(|(entry, _)| *entry == self).map_or("", |(_, name)| name),
        }
    }

    /// Whether it is kept for the next customer that is added: where customers are, not who they are.
    pub fn is_default(self) -> bool {
        matches!(self, Self::Field(Field::Country | Field::Language | Field::Culture) | Self::Reseller)
    }
}

/// All that has been typed. There is no password in it: none is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft(Vec<String>);

impl Default for Draft {
    fn default() -> Self {
        Self(vec![String::new(); Entry::COUNT])
    }
}

impl Draft {
    /// What was typed there.
    pub fn get(&self, entry: Entry) -> &str {
        self.0.get(entry.place()).map_or("", String::as_str)
    }

    /// Types something there.
    pub fn set(&mut self, entry: Entry, text: &str) {
        if let Some(slot) = self.0.get_mut(entry.place()) {
            text.clone_into(slot);
        }
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|text| text.trim().is_empty())
    }

    /// What is typed again for the next customer.
    #[must_use]
    pub fn defaults(&self) -> Self {
        let mut kept = Self::default();
        for entry in Entry::all().filter(|entry| entry.is_default()) {
            kept.set(entry, self.get(entry));
        }
        kept
    }

    /// As a text.
    pub fn print(&self) -> String {
        let all: Vec<(&str, &str)> = Entry::all()
            .map(|entry| (entry.name(), self.get(entry)))
            .filter(|(_, text)| !text.is_empty())
            .collect();
        object(&all)
    }

    /// From a text; what it does not know, or knows otherwise, is left out.
    pub fn parse(text: &str) -> Self {
        let mut draft = Self::default();
        if let Ok(Value::Object(members)) = parse(text.as_bytes()) {
            for entry in Entry::all() {
                if let Some(typed) = members.get(entry.name()).and_then(Value::as_str) {
                    draft.set(entry, typed);
                }
            }
        }
        draft
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_survives_but_what_is_not_known() {
        let mut draft = Draft::default();
        assert!(draft.is_empty());
        for (number, entry) in Entry::all().enumerate() {
            draft.set(entry, &format!("“{number}”\n\\"));
        }
        assert_eq!(Draft::parse(&draft.print()), draft);
        for text in ["", "[]", "{\"email\": 1, \"later\": \"x\"}", "{"] {
            assert!(Draft::parse(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn the_next_customer_is_in_the_same_place_and_somebody_else() {
        let mut draft = Draft::default();
        draft.set(Entry::Field(Field::Country), "ES");
        draft.set(Entry::Field(Field::Email), "a@b.example");
        draft.set(Entry::AgreedOn, "2026-02-01");
        let next = draft.defaults();
        assert_eq!(next.get(Entry::Field(Field::Country)), "ES");
        assert_eq!(next.get(Entry::Field(Field::Email)), "");
        assert_eq!(next.get(Entry::AgreedOn), "");
    }
}
