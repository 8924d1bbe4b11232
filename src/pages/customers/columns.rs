//! What each column is called, shows, and is filtered by.

use account_rules::has_agreements;
use customer_index::{Customer, CustomerIndex, Test, Value};
use list_view::{Agreement, Column, Filter, Relationship};
use partner_center::{PartnerKind, RelationshipToPartner, Timestamp};

use crate::i18n::{self, t};
use crate::pages::words::relation;
use crate::platform::fold::BrowserFold;
use crate::platform::time::now;
use crate::state::{decode_relationship, encode_relationship, number, root};
use crate::ui::{El, button, el, icon};

const DAY: i64 = 86_400_000;

/// The head of a column.
pub(super) fn title(column: Column) -> &'static str {
    match column {
        Column::Name => t::customers::company(),
        Column::Domain => t::customers::domain(),
        Column::Relationship => t::customers::relationship(),
        Column::Id => t::customers::microsoft_id(),
        Column::Reseller => t::columns::reseller(),
        Column::Country => t::columns::country(),
        Column::Language => t::columns::language(),
        Column::Agreement => t::columns::agreement(),
        Column::Active => t::columns::active(),
        Column::NextEnd => t::columns::next_end(),
        Column::FirstSeen => t::columns::first_seen(),
    }
}

/// What a column says of a customer; `None` when that is not in yet.
pub(super) fn text(
    column: Column,
    index: &CustomerIndex,
    row: usize,
    customer: &Customer<'_>,
) -> Option<String> {
    Some(match column {
        Column::Name => customer.name.to_owned(),
        Column::Domain => customer.domain.to_owned(),
        Column::Relationship => relation(decode_relationship(customer.relationship)).to_owned(),
        Column::Id => customer.id.to_owned(),
        other => words(other, index.value(row, number(other))?),
    })
}

/// A value of a column that is fetched, in words.
pub(super) fn words(column: Column, value: Value<'_>) -> String {
    match (column, value) {
        (Column::Agreement, Value::Empty | Value::Number(0)) => t::columns::not_confirmed().to_owned(),
        (Column::Agreement, _) => t::columns::confirmed().to_owned(),
        (Column::Reseller, Value::Empty) => t::columns::no_reseller().to_owned(),
        (_, Value::Empty) => "—".to_owned(),
        (Column::NextEnd | Column::FirstSeen, Value::Number(day)) => {
            i18n::date(Timestamp::from_millis(i64::from(day) * DAY))
        }
        (_, Value::Number(number)) => i18n::number(usize::try_from(number).unwrap_or(0)),
        (Column::Country, Value::Text(code)) => i18n::region_name(code),
        (Column::Language, Value::Text(code)) => i18n::language_name(code),
        (_, Value::Text(text)) => text.to_owned(),
    }
}

/// The same for a file: numbers and days as every spreadsheet takes them. `None` for words.
pub(super) fn figure(column: Column, index: &CustomerIndex, row: usize) -> Option<String> {
    match (column, index.value(row, number(column))?) {
        (Column::NextEnd | Column::FirstSeen, Value::Number(day)) => {
            Some(Timestamp::from_millis(i64::from(day) * DAY).date())
        }
        (Column::Active, Value::Number(number)) => Some(number.to_string()),
        _ => None,
    }
}

/// Today, in days since 1970.
pub(super) fn today() -> i32 {
    i32::try_from(now().millis() / DAY).unwrap_or(i32::MAX)
}

/// What the index is asked for by a filter. `None` for a day that nobody counts.
pub(super) fn condition(filter: &Filter) -> Option<customer_index::Filter> {
    let fold: &BrowserFold = &root().customers.fold;
    let test = match filter {
        Filter::Relationship(relationship) => {
            let number = encode_relationship(relationship_of(*relationship));
            return Some(customer_index::Filter::Relationship(vec![number]));
        }
        Filter::DomainEnding(text) => return Some(customer_index::Filter::domain_ending(text, fold)),
        Filter::Reseller(code) | Filter::Country(code) | Filter::Language(code) => {
            Test::OneOf(vec![code.clone()])
        }
        Filter::Agreement(Agreement::Missing) | Filter::Active(false) => Test::Between(0, 0),
        Filter::Agreement(Agreement::Confirmed) | Filter::Active(true) => Test::Between(1, i32::MAX),
        Filter::EndsWithin(days) => Test::Between(today(), today().saturating_add(i32::from(*days))),
        Filter::SeenSince(day) => {
            let day = Timestamp::parse(day)?.millis() / DAY;
            Test::Between(i32::try_from(day).ok()?, i32::MAX)
        }
    };
    Some(customer_index::Filter::Column(number(filter.column()), test))
}

/// What a filter says, in words.
pub(super) fn filter_words(filter: &Filter) -> String {
    match filter {
        Filter::Relationship(relationship) => relation(relationship_of(*relationship)).to_owned(),
        Filter::DomainEnding(text) => text.clone(),
        Filter::Reseller(code) | Filter::Country(code) | Filter::Language(code) => {
            words(filter.column(), Value::Text(code))
        }
        Filter::Agreement(Agreement::Confirmed) => t::columns::confirmed().to_owned(),
        Filter::Agreement(Agreement::Missing) => t::columns::not_confirmed().to_owned(),
        Filter::Active(true) => t::columns::some_active().to_owned(),
        Filter::Active(false) => t::columns::none_active().to_owned(),
        Filter::EndsWithin(days) => t::columns::within(usize::from(*days)),
        Filter::SeenSince(day) => {
            t::columns::since(&Timestamp::parse(day).map_or_else(|| day.clone(), i18n::date))
        }
    }
}

fn relationship_of(relationship: Relationship) -> RelationshipToPartner {
    match relationship {
        Relationship::Reseller => RelationshipToPartner::Reseller,
        Relationship::Advisor => RelationshipToPartner::Advisor,
        Relationship::Syndication => RelationshipToPartner::Syndication,
        Relationship::MicrosoftSupport => RelationshipToPartner::MicrosoftSupport,
        Relationship::None => RelationshipToPartner::None,
    }
}

/// What can be chosen for a filter: the value as in an address, and its words. Empty for a column where one types.
pub(super) fn choices(column: Column) -> Vec<(String, String)> {
    let said = |filter: Filter| (filter.value(), filter_words(&filter));
    match column {
        Column::Relationship => Relationship::ALL.map(|known| said(Filter::Relationship(known))).to_vec(),
        Column::Agreement => {
            [Agreement::Confirmed, Agreement::Missing].map(|known| said(Filter::Agreement(known))).to_vec()
        }
        Column::Active => [true, false].map(|known| said(Filter::Active(known))).to_vec(),
        Column::NextEnd => [7, 30, 60, 90].map(|days| said(Filter::EndsWithin(days))).to_vec(),
        Column::Reseller | Column::Country | Column::Language => root().customers.index.with(|index| {
            let mut found: Vec<(String, String)> = Vec::new();
            for (value, _) in index.values(number(column)) {
                if let Value::Text(code) = value {
                    let words = words(column, value);
                    let at = found.partition_point(|(_, other)| i18n::compare(other, &words).is_lt());
                    found.insert(at, (code.to_owned(), words));
                }
            }
            found
        }),
        _ => Vec::new(),
    }
}

/// In the place of a value that is not in yet: on its way, or failed, with a way to try again.
pub(super) fn missing(column: Column, row: usize) -> El {
    if !root().details.has_failed(row, column) {
        return el("span", "bone bone-40").child(el("span", "sr").text(t::columns::coming()));
    }
    button("btn btn-small btn-subtle", || root().details.retry()).child(icon("warn")).text(t::fault::retry())
}

/// The columns on offer. When a customer was first seen is known only where this browser may keep that, not every
/// cloud has agreements, and only an indirect provider has resellers; who does not say what he is may be one.
pub(super) fn offered() -> impl Iterator<Item = Column> {
    let keeps = root().preferences.keeps.peek(|keeps| *keeps);
    let agreements = has_agreements(root().config.cloud);
    let kind = root().session.peek(|session| Some(session.as_ref()?.partner.as_ref()?.kind));
    let resellers = !matches!(kind, Some(PartnerKind::Direct | PartnerKind::IndirectReseller));
    Column::ALL.into_iter().filter(move |column| match column {
        Column::Reseller => resellers,
        Column::FirstSeen => keeps,
        Column::Agreement => agreements,
        _ => true,
    })
}
