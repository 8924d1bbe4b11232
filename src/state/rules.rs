//! What each country asks for, read once.

use std::rc::Rc;

use account_rules::{Input, general_rules, inputs};
use leptos::task::spawn_local;
use partner_center::{CountryRules, Error, ErrorKind};

use super::root;
use crate::ui::Watched;

/// The form of a country.
pub(crate) struct CountryForm {
    pub rules: CountryRules,
    /// For a new customer.
    pub new: Vec<Input>,
    /// For one that is there.
    pub old: Vec<Input>,
}

impl CountryForm {
    fn new(rules: CountryRules) -> Rc<Self> {
        Rc::new(Self { new: inputs(&rules, true), old: inputs(&rules, false), rules })
    }
}

/// How much is known of a country.
#[derive(Clone)]
pub(crate) enum Known {
    /// Its rules are being read.
    Reading,
    /// The service told them.
    Told(Rc<CountryForm>),
    /// The service has none: what is usual is asked for.
    General(Rc<CountryForm>),
    /// They could not be read: what is usual is asked for meanwhile.
    Failed(Error, Rc<CountryForm>),
}

impl Known {
    /// The form, as soon as there is one.
    pub(crate) fn form(&self) -> Option<&Rc<CountryForm>> {
        match self {
            Self::Reading => None,
            Self::Told(form) | Self::General(form) | Self::Failed(_, form) => Some(form),
        }
    }
}

/// The rules that were read.
pub(crate) struct Rules {
    known: Watched<Vec<(String, Known)>>,
}

impl Rules {
    pub(super) fn new() -> Self {
        Self { known: Watched::new(Vec::new()) }
    }

    /// What is known of a country; nobody is asked for it. Who calls this is told of changes.
    pub(crate) fn of(&self, code: &str) -> Option<Known> {
        self.known.with(|known| find(known, code).cloned())
    }

    /// Has the rules of a country read, unless they were.
    pub(crate) fn want(&'static self, code: &str) {
        if code.len() == 2 && self.known.peek(|known| find(known, code).is_none()) {
            self.read(code);
        }
    }

    /// Has them read again: they failed, or the service judges otherwise than they said.
    pub(crate) fn read(&'static self, code: &str) {
        let before = self.known.peek(|known| find(known, code).cloned());
        // What is there stays while it is read again: a form must not vanish under somebody's hands.
        if before.as_ref().and_then(Known::form).is_none() || matches!(before, Some(Known::Failed(..))) {
            self.put(code, Known::Reading);
        }
        let code = code.to_owned();
        spawn_local(async move {
            let general = || CountryForm::new(general_rules(&code));
            let known = match root().client.country_rules(&code).await {
                Ok(rules) => Known::Told(CountryForm::new(rules)),
                Err(Error { kind: ErrorKind::NotFound | ErrorKind::Invalid(_), .. }) => {
                    Known::General(general())
                }
                Err(error) => Known::Failed(error, general()),
            };
            let same = |before: &Known| match (before, &known) {
                (Known::Told(before), Known::Told(now)) => before.rules == now.rules,
                _ => false,
            };
            let rules = &root().rules;
            if !rules.known.peek(|all| find(all, &code).is_some_and(same)) {
                rules.put(&code, known);
            }
        });
    }

    fn put(&self, code: &str, now: Known) {
        self.known.update(|known| match known.iter_mut().find(|(other, _)| other == code) {
            Some((_, known)) => *known = now,
            None => known.push((code.to_owned(), now)),
        });
    }
}

fn find<'a>(known: &'a [(String, Known)], code: &str) -> Option<&'a Known> {
    known.iter().find(|(other, _)| other == code).map(|(_, known)| known)
}
