//! Agreements that customers have with Microsoft.

use serde_json::{Value, json};

use super::customers::Row;
use super::special::showcase;
use super::{AGENT, profiles};
use crate::core::clock::SeededRandom;
use crate::core::dates::{self, DAY};

/// A text that can be agreed to.
#[derive(Debug)]
pub struct Template {
    /// Its id.
    pub id: &'static str,
    /// The type of the agreement, in the service's words.
    pub kind: &'static str,
    /// Where it can be read.
    pub link: &'static str,
}

/// The agreement that every customer needs today.
pub const CUSTOMER_AGREEMENT: Template = Template {
    id: "a97ee000-0000-4000-8000-000000000001",
    kind: "MicrosoftCustomerAgreement",
    link: "https://aka.ms/customeragreement",
};

/// The agreement before it.
pub const CLOUD_AGREEMENT: Template = Template {
    id: "a97ee000-0000-4000-8000-000000000002",
    kind: "MicrosoftCloudAgreement",
    link: "https://learn.microsoft.com/partner-center/agreements",
};

/// All of them.
pub const TEMPLATES: &[Template] = &[CUSTOMER_AGREEMENT, CLOUD_AGREEMENT];

impl Template {
    /// The template as the service writes it.
    pub fn to_json(&self) -> Value {
        json!({
            "templateId": self.id, "agreementType": self.kind, "agreementLink": self.link, "versionRank": 0,
        })
    }
}

/// How a customer stands with its agreements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// Nobody has agreed to anything.
    Nothing,
    /// Only the former agreement was confirmed.
    CloudOnly,
    /// The partner has confirmed the agreement.
    Confirmed,
    /// The partner has confirmed it twice, for two persons, and the former one before it.
    Often,
    /// The customer has signed with Microsoft; the partner has nothing to confirm.
    SignedDirectly,
}

fn standing(seed: u64, ordinal: u64) -> Standing {
    let drawn = match SeededRandom::for_purpose(seed, ordinal, "agreements").below(100) {
        0..12 => Standing::Nothing,
        12..16 => Standing::CloudOnly,
        16..24 => Standing::Often,
        24..29 => Standing::SignedDirectly,
        _ => Standing::Confirmed,
    };
    showcase(ordinal).filter(|showcase| !showcase.agreement).map_or(drawn, |_| Standing::Nothing)
}

/// Whether the customer has signed the customer agreement with Microsoft itself.
pub fn signed_directly(seed: u64, ordinal: u64) -> bool {
    standing(seed, ordinal) == Standing::SignedDirectly
}

/// The agreements that the partner has confirmed for a customer, the newest first.
pub fn of_customer(seed: u64, made_at: i64, row: &Row) -> Vec<Value> {
    let texts: &[&Template] = match standing(seed, row.ordinal) {
        Standing::Nothing | Standing::SignedDirectly => &[],
        Standing::CloudOnly => &[&CLOUD_AGREEMENT],
        Standing::Confirmed => &[&CUSTOMER_AGREEMENT],
        Standing::Often => &[&CUSTOMER_AGREEMENT, &CUSTOMER_AGREEMENT, &CLOUD_AGREEMENT],
    };
    let mut random = SeededRandom::for_purpose(seed, row.ordinal, "agreement");
    let (first, last) = profiles::person(seed, row.ordinal);
    let mut agreed = made_at - made_at.rem_euclid(DAY);
    let mut agreements = Vec::new();
    for (index, template) in texts.iter().enumerate() {
        agreed -= (1 + random.below(400).cast_signed()) * DAY;
        // The same person is never confirmed twice.
        let email = if index == 0 { "info".to_owned() } else { format!("{}.{}", first.1, last.1) };
        let mut agreement = json!({
            "primaryContact": {
                "firstName": first.0, "lastName": last.0, "email": format!("{email}@{}", row.domain),
            },
            "templateId": template.id,
            // Some dates carry their zone, others leave it out; all are UTC.
            "dateAgreed": if random.percent(50) { dates::seconds(agreed) } else { dates::zoneless(agreed) },
            "type": template.kind,
            "agreementLink": template.link,
        });
        if random.percent(60) {
            agreement["primaryContact"]["phoneNumber"] =
                profiles::address(seed, row.ordinal)["phoneNumber"].clone();
        }
        if random.percent(70) {
            agreement["userId"] = json!(AGENT.id);
        }
        agreements.push(agreement);
    }
    agreements
}

#[cfg(test)]
mod tests {
    use super::super::customers::row;
    use super::*;

    const MADE_AT: i64 = 1_770_000_000_000;

    #[test]
    fn most_have_the_agreement_and_some_have_none() {
        let customers: Vec<_> =
            (0..400).map(|ordinal| (ordinal, of_customer(7, MADE_AT, &row(7, ordinal)))).collect();
        let having = |text: &Template| {
            customers.iter().filter(|(_, all)| all.iter().any(|one| one["type"] == text.kind)).count()
        };
        let none = customers.iter().filter(|(_, all)| all.is_empty()).count();
        assert!(having(&CUSTOMER_AGREEMENT) > 280, "{}", having(&CUSTOMER_AGREEMENT));
        assert!((20..80).contains(&having(&CLOUD_AGREEMENT)) && (40..100).contains(&none), "{none}");
        let signed: Vec<_> = customers.iter().filter(|(ordinal, _)| signed_directly(7, *ordinal)).collect();
        assert!(signed.len() > 5 && signed.iter().all(|(_, all)| all.is_empty()));
    }

    #[test]
    fn dates_are_in_the_past_and_contacts_differ() {
        for ordinal in 0..200 {
            let all = of_customer(7, MADE_AT, &row(7, ordinal));
            let dates: Vec<_> = all.iter().map(|one| &one["dateAgreed"].as_str().unwrap()[..19]).collect();
            assert!(dates.iter().all(|date| *date < "2026-02-02T02:40:00"));
            assert!(dates.is_sorted_by(|a, b| a >= b));
            let mine: Vec<_> = all.iter().filter(|one| one["type"] == CUSTOMER_AGREEMENT.kind).collect();
            assert!(
                mine.len() < 2 || mine[0]["primaryContact"]["email"] != mine[1]["primaryContact"]["email"]
            );
        }
    }
}
