//! What customers must be to be shown. All of it must hold.

use crate::Column;

/// A relationship to filter by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relationship {
    /// The partner resells to the customer.
    Reseller,
    /// The partner advises the customer.
    Advisor,
    /// Syndication.
    Syndication,
    /// Microsoft's own support.
    MicrosoftSupport,
    /// None.
    None,
}

/// The state of the customer agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreement {
    /// Confirmed.
    Confirmed,
    /// Not confirmed.
    Missing,
}

impl Relationship {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 5] =
        [Self::Reseller, Self::Advisor, Self::Syndication, Self::MicrosoftSupport, Self::None];

    /// Its name in an address.
    pub fn key(self) -> &'static str {
        match self {
            Self::Reseller => "reseller",
            Self::Advisor => "advisor",
            Self::Syndication => "syndication",
            Self::MicrosoftSupport => "support",
            Self::None => "none",
        }
    }
}

/// One condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// This relationship.
    Relationship(Relationship),
    /// The primary domain ends with this text.
    DomainEnding(String),
    /// The id of the indirect reseller.
    Reseller(String),
    /// The two-letter code of the country.
    Country(String),
    /// The code of the language of notices, such as `es` or `es-ES`.
    Language(String),
    /// The state of the agreement.
    Agreement(Agreement),
    /// With (`true`) or without active subscriptions.
    Active(bool),
    /// The next commitment ends within so many days, today included.
    EndsWithin(u16),
    /// First seen on this day, `2026-11-23`, or later.
    SeenSince(String),
}

/// Longer texts are no domains, ids or codes.
const MAX_TEXT: usize = 253;

impl Filter {
    /// The columns that can be filtered by, in the order in which they are offered.
    pub const COLUMNS: [Column; 9] = [
        Column::Relationship,
        Column::Domain,
        Column::Reseller,
        Column::Country,
        Column::Language,
        Column::Agreement,
        Column::Active,
        Column::NextEnd,
        Column::FirstSeen,
    ];

    /// The column that it looks at: a view has one filter for each at most.
    pub fn column(&self) -> Column {
        match self {
            Self::Relationship(_) => Column::Relationship,
            Self::DomainEnding(_) => Column::Domain,
            Self::Reseller(_) => Column::Reseller,
            Self::Country(_) => Column::Country,
            Self::Language(_) => Column::Language,
            Self::Agreement(_) => Column::Agreement,
            Self::Active(_) => Column::Active,
            Self::EndsWithin(_) => Column::NextEnd,
            Self::SeenSince(_) => Column::FirstSeen,
        }
    }

    /// The value as it stands in an address, and in the field of the page.
    pub fn value(&self) -> String {
        match self {
            Self::Relationship(relationship) => relationship.key().to_owned(),
            Self::DomainEnding(text)
            | Self::Reseller(text)
            | Self::Country(text)
            | Self::Language(text)
            | Self::SeenSince(text) => text.clone(),
            Self::Agreement(Agreement::Confirmed) | Self::Active(true) => "yes".to_owned(),
            Self::Agreement(Agreement::Missing) | Self::Active(false) => "no".to_owned(),
            Self::EndsWithin(days) => days.to_string(),
        }
    }

    /// Reads a value for a column; `None` when it says nothing, or nothing that is understood.
    pub fn parse(column: Column, value: &str) -> Option<Self> {
        let value = value.trim();
        let text = || (!value.is_empty() && value.len() <= MAX_TEXT).then(|| value.to_owned());
        let yes = || match value {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        };
        match column {
            Column::Relationship => {
                Relationship::ALL.into_iter().find(|known| known.key() == value).map(Self::Relationship)
            }
            Column::Domain => text().map(Self::DomainEnding),
            Column::Reseller => text().map(Self::Reseller),
            Column::Country => text().map(Self::Country),
            Column::Language => text().map(Self::Language),
            Column::Agreement => {
                yes().map(|yes| Self::Agreement(if yes { Agreement::Confirmed } else { Agreement::Missing }))
            }
            Column::Active => yes().map(Self::Active),
            Column::NextEnd => value.parse().ok().map(Self::EndsWithin),
            Column::FirstSeen => is_day(value).then(|| Self::SeenSince(value.to_owned())),
            Column::Name | Column::Id => None,
        }
    }
}

/// A day that there is: `2026-11-23`, and not `2026-02-31`.
fn is_day(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_shaped = bytes.len() == 10
        && bytes.iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if !is_shaped {
        return false;
    }
    let number = |from: usize, to: usize| {
        bytes[from..to].iter().fold(0, |number, byte| number * 10 + u32::from(byte - b'0'))
    };
    let (year, month, day) = (number(0, 4), number(5, 7), number(8, 10));
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}
