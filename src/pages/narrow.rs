//! What narrows the rows of a page. It is in the address, so that a link, a reload and Back find the same rows.

use std::rc::Rc;

use leptos::prelude::untrack;

use crate::paths::Parameter;
use crate::router;
use crate::ui::{Watched, live, shared};

/// Some parameters and their values. Cloning clones the handle.
#[derive(Clone)]
pub(super) struct Narrow {
    parameters: &'static [Parameter],
    /// Whether the text stays out of the address: people are searched for by their names.
    hides_text: bool,
    /// The values, in the order of the parameters; empty ones narrow nothing.
    pub values: Rc<Watched<Vec<String>>>,
}

impl Narrow {
    /// Follows these parameters until the part of the page that calls this goes.
    pub(super) fn new(parameters: &'static [Parameter]) -> Self {
        Self::following(parameters, false)
    }

    /// The same, of rows that have people in them: what is searched for stays on the page, since no name of a person may
    /// stand in an address.
    pub(super) fn of_people(parameters: &'static [Parameter]) -> Self {
        Self::following(parameters, true)
    }

    fn following(parameters: &'static [Parameter], hides_text: bool) -> Self {
        let none = || vec![String::new(); parameters.len()];
        let (page, values) = (untrack(router::current), shared(none()));
        let narrow = Self { parameters, hides_text, values };
        narrow.values.set(untrack(|| narrow.read()));
        let followed = narrow.clone();
        live(Box::new(move || {
            // The address of the page that comes next says nothing about this one.
            if router::current() == page {
                let now = followed.read();
                followed.values.set_if_new(now);
            }
        }));
        narrow
    }

    /// What the address says; who calls this is told of changes. A text that is hidden stays as it is.
    fn read(&self) -> Vec<String> {
        let known = self.values.peek(Clone::clone);
        let pairs = self.parameters.iter().zip(known);
        pairs
            .map(
                |(parameter, now)| {
                    if self.is_hidden(*parameter) { now } else { router::narrowing(*parameter) }
                },
            )
            .collect()
    }

    fn is_hidden(&self, parameter: Parameter) -> bool {
        self.hides_text && parameter == Parameter::Text
    }

    /// The value; empty when there is none. Who calls this is told of changes.
    pub(super) fn get(&self, parameter: Parameter) -> String {
        self.values.with(|values| self.pick(parameter, values))
    }

    /// The value, now.
    pub(super) fn peek(&self, parameter: Parameter) -> String {
        self.values.peek(|values| self.pick(parameter, values))
    }

    fn pick(&self, parameter: Parameter, values: &[String]) -> String {
        let pairs = self.parameters.iter().zip(values);
        pairs
            .into_iter()
            .find(|(known, _)| **known == parameter)
            .map_or_else(String::new, |(_, value)| value.clone())
    }

    /// Narrows by this value, here and in the address.
    pub(super) fn set(&self, parameter: Parameter, value: &str) {
        let mut values = self.values.peek(Clone::clone);
        for (known, slot) in self.parameters.iter().zip(&mut values) {
            if *known == parameter {
                value.clone_into(slot);
            }
        }
        let pairs = self.parameters.iter().copied().zip(values.iter().map(String::as_str));
        let pairs: Vec<(Parameter, &str)> = pairs.filter(|(known, _)| !self.is_hidden(*known)).collect();
        router::narrow(&pairs);
        self.values.set_if_new(values);
    }

    /// A value and a way to change it, for a field.
    pub(super) fn of(&self, parameter: Parameter) -> (impl Fn() -> String + use<>, impl Fn(String) + use<>) {
        let (read, changed) = (self.clone(), self.clone());
        (move || read.get(parameter), move |value: String| changed.set(parameter, &value))
    }
}
