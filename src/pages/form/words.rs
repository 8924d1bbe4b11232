//! Words for fields and for what is wrong with them.

use account_rules::{Division, Field, Problem, division, postal_name, registration_name};

use crate::i18n::{self, t};

/// What a field is called in a country.
pub(in crate::pages) fn label(field: Field, country: &str) -> String {
    let named = |words: &str, name: Option<&str>| match name {
        Some(name) => [words, " (", name, ")"].concat(),
        None => words.to_owned(),
    };
    let words = match field {
        Field::CompanyName => t::field::company_name(),
        Field::Registration => return named(t::field::registration(), registration_name(country)),
        Field::Domain => t::field::domain(),
        Field::Country => t::field::country(),
        Field::AddressLine1 => t::field::address_line1(),
        Field::AddressLine2 => t::field::address_line2(),
        Field::City => t::field::city(),
        Field::State => match division(country) {
            Division::Province => t::field::province(),
            Division::State => t::field::state(),
            Division::Prefecture => t::field::prefecture(),
            Division::Department => t::field::department(),
            Division::County => t::field::county(),
            Division::Emirate => t::field::emirate(),
            Division::Region => t::field::region(),
        },
        Field::PostalCode => return named(t::field::postal_code(), postal_name(country)),
        Field::FirstName => t::field::first_name(),
        Field::LastName => t::field::last_name(),
        Field::Email => t::field::email(),
        Field::Phone => t::field::phone(),
        Field::Language => t::field::language(),
        Field::Culture => t::field::culture(),
    };
    words.to_owned()
}

/// What is wrong, and the way out.
pub(in crate::pages) fn problem_words(field: Field, problem: &Problem) -> String {
    let words = match problem {
        Problem::Missing => match field {
            Field::Language | Field::Culture | Field::State | Field::Country => t::problem::choose(),
            _ => t::problem::missing(),
        },
        Problem::TooLong(most) => return t::problem::too_long(&i18n::number(*most)),
        Problem::NotAChoice => t::problem::choose(),
        Problem::WrongForm(Some(sample)) => return t::problem::form_like(sample),
        Problem::WrongForm(None) => t::problem::form(),
        Problem::OneCharacter => t::problem::one_character(),
        Problem::OnlySymbols => t::problem::only_symbols(),
        Problem::OnlyLegalForm => t::problem::only_legal_form(),
        Problem::NotAnAddress => t::problem::not_an_address(),
        Problem::OfMicrosoft => t::problem::of_microsoft(),
        Problem::OfPartner => t::problem::of_partner(),
        Problem::NotADomain => t::problem::not_a_domain(),
    };
    words.to_owned()
}
