//! A form for a customer's account: what was typed, what may be said of it, and what the service refused.

use std::rc::Rc;

use account_rules::{Draft, Entry, Field, Input, Problem};

use partner_center::{AddressVerdict, Error};

use super::root;
use super::rules::{CountryForm, Known};
use crate::platform::patterns::BrowserPatterns;
use crate::ui::{Latest, Watched};

/// A form.
pub(crate) struct Form {
    /// What stands before the ids of its fields.
    pub prefix: &'static str,
    /// Whether it is for a customer that does not exist yet.
    pub creates: bool,
    pub typed: Watched<Draft>,
    /// The code of the country that was typed: what depends on it is not built anew for every other letter.
    country: Watched<String>,
    /// What the person has left or tried to send: of these problems are told.
    seen: Watched<Vec<Entry>>,
    /// What the service refused, and what it said, until something else is typed there.
    pub refused: Watched<Vec<(Field, String)>>,
    /// Rises when values came from elsewhere than the fields, which are then built anew.
    pub revision: Watched<u32>,
    /// What Microsoft makes of the address.
    pub address: Watched<AddressState>,
    pub address_check: Latest,
}

/// What became of checking the address.
#[derive(Clone)]
pub(crate) enum AddressState {
    /// It was not asked about.
    Unasked,
    /// It is being asked about.
    Asking,
    /// It was: for the fields that this stands for, with the address that was typed, and what the person chose of it: 0 for
    /// that one, above it the suggestions.
    Told { asked: String, verdict: AddressVerdict, mine: Vec<(Field, String)>, choice: Option<usize> },
    /// It could not be asked about.
    Failed { asked: String, error: Error },
}

impl Form {
    pub(super) fn new(prefix: &'static str, creates: bool) -> Self {
        Self {
            prefix,
            creates,
            typed: Watched::new(Draft::default()),
            country: Watched::new(String::new()),
            seen: Watched::new(Vec::new()),
            refused: Watched::new(Vec::new()),
            revision: Watched::new(0),
            address: Watched::new(AddressState::Unasked),
            address_check: Latest::default(),
        }
    }

    /// What was typed there. Who calls this is told of changes.
    pub(crate) fn text(&self, entry: Entry) -> String {
        self.typed.with(|typed| typed.get(entry).to_owned())
    }

    /// The same, without being told.
    pub(crate) fn peek(&self, entry: Entry) -> String {
        self.typed.peek(|typed| typed.get(entry).to_owned())
    }

    /// Types something there.
    pub(crate) fn set(&self, entry: Entry, text: &str) {
        if let Entry::Field(field) = entry
            && self.refused.peek(|refused| refused.iter().any(|(other, _)| *other == field))
        {
            self.refused.update(|refused| refused.retain(|(other, _)| *other != field));
        }
        if self.typed.peek(|typed| typed.get(entry) != text) {
            self.typed.update(|typed| typed.set(entry, text));
            self.follow_country();
        }
    }

    fn follow_country(&self) {
        self.country.set_if_new(self.peek(Entry::Field(Field::Country)));
    }

    /// Fills everything in, from elsewhere than the fields.
    pub(crate) fn fill(&self, draft: Draft) {
        self.typed.set(draft);
        self.follow_country();
        self.seen.set(Vec::new());
        self.refused.set(Vec::new());
        self.address_check.stop();
        self.address.set(AddressState::Unasked);
        self.rebuild();
    }

    /// Has the fields built anew with what is there.
    pub(crate) fn rebuild(&self) {
        self.revision.update(|revision| *revision += 1);
    }

    /// Problems there may be told from now on.
    pub(crate) fn see(&self, entries: &[Entry]) {
        let new: Vec<Entry> =
            self.seen.peek(|seen| entries.iter().filter(|entry| !seen.contains(entry)).copied().collect());
        if !new.is_empty() {
            self.seen.update(|seen| seen.extend(new));
        }
    }

    pub(crate) fn is_seen(&self, entry: Entry) -> bool {
        self.seen.with(|seen| seen.contains(&entry))
    }

    /// The code of the country, or nothing.
    pub(crate) fn country(&self) -> String {
        self.country.get()
    }

    /// What the country asks for. Who calls this is told of changes.
    pub(crate) fn known(&self) -> Option<Known> {
        root().rules.of(&self.country())
    }

    /// The form of the country, as soon as it is known.
    pub(crate) fn country_form(&self) -> Option<Rc<CountryForm>> {
        self.known()?.form().cloned()
    }

    /// A field as the country wants it, if it has it.
    pub(crate) fn input(&self, field: Field) -> Option<Input> {
        let form = self.country_form()?;
        self.inputs(&form).iter().find(|input| input.field == field).cloned()
    }

    pub(crate) fn inputs<'a>(&self, form: &'a CountryForm) -> &'a [Input] {
        if self.creates { &form.new } else { &form.old }
    }

    /// What is wrong with a field, whether or not it may be told yet. Who calls this is told of changes.
    pub(crate) fn problem(&self, input: &Input) -> Option<Problem> {
        self.typed.with(|typed| input.problem(typed.get(Entry::Field(input.field)), &patterns()))
    }

    /// Whether a field that is not wrong should be looked at once more.
    pub(crate) fn is_unlikely(&self, input: &Input) -> bool {
        self.typed.with(|typed| input.is_unlikely(typed.get(Entry::Field(input.field)), &patterns()))
    }

    /// What the service said of a field.
    pub(crate) fn refusal(&self, field: Field) -> Option<String> {
        self.refused.with(|refused| {
            refused.iter().find(|(other, _)| *other == field).map(|(_, reason)| reason.clone())
        })
    }

    /// Which of these fields cannot be sent as they are, in the order of the form.
    pub(crate) fn wrong(&self, fields: &[Field]) -> Vec<Field> {
        let Some(form) = self.country_form() else { return fields.to_vec() };
        self.inputs(&form)
            .iter()
            .filter(|input| fields.contains(&input.field))
            .filter(|input| self.problem(input).is_some() || self.refusal(input.field).is_some())
            .map(|input| input.field)
            .collect()
    }

    /// The id of a field's control.
    pub(crate) fn id(&self, field: Field) -> String {
        [self.prefix, "-", &field.path().replace('.', "-")].concat()
    }
}

/// The browser's patterns, with what is known of the partner's own addresses.
pub(crate) fn patterns() -> BrowserPatterns {
    let own = root().session.peek(|session| {
        let name = &session.as_ref()?.agent.as_ref()?.user_principal_name;
        Some(name.rsplit_once('@')?.1.to_owned())
    });
    BrowserPatterns { own_mail_domain: own }
}
