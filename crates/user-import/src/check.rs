//! Rows to users, and what is to be said about them.

mod clean;
mod issue;
mod person;
pub(crate) mod places;
mod sign_in;
mod users;

pub use issue::{Code, Issue, Severity};
pub use users::User;

use std::borrow::Cow;
use std::collections::HashSet;

use crate::{Field, Letters, Mapping, Refusal, Sheet, letters, password};
use clean::clean;
use users::Users;

/// From how many characters on Partner Center's own upload refuses a first or last name (contract.md §1.6).
const LONG_NAME: usize = 50;

/// Something that a cell can name: a licence of the customer, a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its id.
    pub id: String,
    /// What it may be called, compared by letters and digits.
    pub names: Vec<String>,
}

/// What is known about the customer, and what holds for all rows.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known<'a> {
    /// The domain for sign-in names without one.
    pub domain: Option<&'a str>,
    /// The customer's domains; `None` if they are not known.
    pub domains: Option<&'a [String]>,
    /// The location where a row has none.
    pub location: Option<&'a str>,
    /// The customer's licences; `None` if they are not known.
    pub licences: Option<&'a [Choice]>,
    /// Roles that can be given; `None` if they are not known.
    pub roles: Option<&'a [Choice]>,
    /// Customers that a row can name in place of this one, and what is known about each; `None` if rows are not looked at
    /// for that.
    pub customers: Option<&'a [(Choice, Known<'a>)]>,
}

/// The users of a file, in its order, and what was found.
#[derive(Clone, Default)]
pub struct Checked {
    users: Users,
    issues: Vec<Issue>,
}

/// Without the users.
impl std::fmt::Debug for Checked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} users, {} valid, {} issues", self.len(), self.valid(), self.issues.len())
    }
}

impl Checked {
    /// How many data rows there are.
    pub fn len(&self) -> usize {
        self.users.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many can be created, as they stand or after fixes that need no person.
    pub fn valid(&self) -> usize {
        self.users.valid()
    }

    /// A user, by data row.
    pub fn user(&self, at: usize) -> Option<User<'_>> {
        self.users.get(at)
    }

    /// All users.
    pub fn users(&self) -> impl Iterator<Item = User<'_>> {
        (0..self.len()).filter_map(|at| self.user(at))
    }

    /// What was found, by rows.
    pub fn issues(&self) -> &[Issue] {
        &self.issues
    }
}

/// Checks all rows.
///
/// # Errors
/// A mapping with a [`problem`](Mapping::problem) is refused.
pub fn check(
    sheet: &Sheet,
    mapping: &Mapping,
    known: &Known<'_>,
    letters: &dyn Letters,
) -> Result<Checked, Refusal> {
    if let Some(refusal) = mapping.problem() {
        return Err(refusal);
    }
    let mut checker = Checker {
        sheet,
        mapping,
        own: known,
        known,
        letters,
        rest: Field::ALL
            .into_iter()
            .filter(|field| {
                !field.is_sent() && *field != Field::Status && mapping.column_of(*field).is_some()
            })
            .collect(),
        columns: Field::ALL.map(|field| mapping.column_of(field)),
        width: sheet.header.len().max(if sheet.header.is_empty() { mapping.columns().len() } else { 0 }),
        index: 0,
        failed: false,
        names: HashSet::with_capacity(sheet.table.len()),
        out: Checked { users: Users::with_capacity(sheet.table.len()), issues: Vec::new() },
    };
    for row in 0..sheet.table.len() {
        checker.row(row);
    }
    Ok(checker.out)
}

struct Checker<'a> {
    sheet: &'a Sheet,
    mapping: &'a Mapping,
    /// What is known about the customer of rows that name none.
    own: &'a Known<'a>,
    /// What is known about the customer of the row at hand.
    known: &'a Known<'a>,
    letters: &'a dyn Letters,
    columns: [Option<usize>; Field::ALL.len()],
    /// Fields with a column that are checked only.
    rest: Vec<Field>,
    /// How many columns the header has; more cells are surplus.
    width: usize,
    /// The row at hand.
    index: usize,
    failed: bool,
    /// Sign-in names in lower case.
    names: HashSet<Box<str>>,
    out: Checked,
}

impl<'a> Checker<'a> {
    fn row(&mut self, index: usize) {
        (self.index, self.failed) = (index, false);
        if self.sheet.table.is_gone(index) {
            // Nothing is said of it; its place is kept.
            self.out.users.push(self.sheet.table.number(index), false, [""; users::PARTS]);
            return;
        }
        let customer = self.customer();
        let cells = self.sheet.table.cells(index);
        let has = |at: &usize| !self.sheet.table.cell(index, *at).trim().is_empty();
        if let Some(surplus) = (self.width..cells).find(has) {
            let column = u32::try_from(surplus + 1).ok();
            self.note(Issue { column, ..self.issue(None, Code::SurplusCells, Severity::Warning, None) });
        }
        let sign_in = self.sign_in();
        let (display, first, last) = self.name();
        let location = self.location();
        let password = self.password();
        let licences = self.choices(Field::Licences, self.known.licences, Code::LicenceUnknown);
        let roles = self.choices(Field::Roles, self.known.roles, Code::RoleUnknown);
        for at in 0..self.rest.len() {
            match self.rest[at] {
                Field::BlockSignIn => self.block(),
                field => {
                    self.text(field);
                }
            }
        }
        let row = self.sheet.table.number(index);
        let parts = [&*sign_in, &display, &first, &last, &location, &password, &licences, &roles, &customer];
        self.out.users.push(row, !self.failed, parts);
    }

    /// Whose row it is: an id where customers are known. What is known of that customer holds for the row.
    fn customer(&mut self) -> Cow<'a, str> {
        self.known = self.own;
        let text = self.text(Field::Customer);
        let Some(customers) = self.own.customers else { return text };
        let key = text.trim();
        if key.is_empty() {
            return Cow::Borrowed("");
        }
        let is_it = |name: &str| name.eq_ignore_ascii_case(key);
        let found = customers
            .iter()
            .find(|(choice, _)| is_it(&choice.id) || choice.names.iter().any(|name| is_it(name)));
        if let Some((choice, known)) = found {
            self.known = known;
            Cow::Borrowed(&choice.id)
        } else {
            self.say(Field::Customer, Code::CustomerUnknown, Severity::Error, None);
            text
        }
    }

    fn column(&self, field: Field) -> Option<usize> {
        // `ALL` has them in the order in which they are declared; a test says so.
        self.columns.get(field as usize).copied().flatten()
    }

    /// The cell as it is, or the constant.
    fn raw(&self, field: Field) -> &'a str {
        let cell = self.column(field).map_or("", |at| self.sheet.table.cell(self.index, at));
        if cell.trim().is_empty() { self.mapping.constant(field).unwrap_or(cell) } else { cell }
    }

    fn issue(&self, field: Option<Field>, code: Code, severity: Severity, fix: Option<&str>) -> Issue {
        // What a name is made of, where it has no column of its own.
        let column = field.and_then(|field| match field {
            Field::DisplayName => self.column(field).or_else(|| self.column(Field::FullName)),
            field => self.column(field),
        });
        let column = column.and_then(|at| u32::try_from(at + 1).ok());
        Issue {
            index: u32::try_from(self.index).unwrap_or(u32::MAX),
            row: self.sheet.table.number(self.index),
            column,
            field,
            code,
            severity,
            fix: fix.map(Into::into),
        }
    }

    fn note(&mut self, issue: Issue) {
        self.failed |= issue.severity == Severity::Error;
        self.out.issues.push(issue);
    }

    fn say(&mut self, field: Field, code: Code, severity: Severity, fix: Option<&str>) {
        let issue = self.issue(Some(field), code, severity, fix);
        self.note(issue);
    }

    /// A cell of text: cleaned, within its limit.
    fn text(&mut self, field: Field) -> Cow<'a, str> {
        let raw = self.raw(field);
        if raw.is_empty() {
            return Cow::Borrowed(raw);
        }
        let (text, changes) = clean(raw, self.letters);
        for code in changes.codes() {
            match code {
                Code::Damaged => self.say(field, code, Severity::Error, None),
                Code::Direction => self.say(field, code, Severity::Warning, Some(&text)),
                _ => self.say(field, code, Severity::Fixed, Some(&text)),
            }
        }
        self.length(field, &text);
        text
    }

    fn length(&mut self, field: Field, text: &str) {
        if text.len() <= LONG_NAME {
            return;
        }
        // As the service counts: units of UTF-16.
        let length = text.encode_utf16().count();
        let is_name = matches!(field, Field::FirstName | Field::LastName);
        if length > field.longest() {
            self.say(field, Code::TooLong, Severity::Error, None);
        } else if is_name && length > LONG_NAME {
            self.say(field, Code::NameLong, Severity::Warning, None);
        }
    }

    fn sign_in(&mut self) -> Cow<'a, str> {
        let field = Field::SignIn;
        let (text, changes) = clean(self.raw(field), self.letters);
        if text.is_empty() {
            self.say(field, Code::SignInMissing, Severity::Error, None);
            return text;
        }
        if changes.has(Code::Direction) {
            self.say(field, Code::SignInDirection, Severity::Error, Some(&text));
            return text;
        }
        for code in changes.codes() {
            let severity = if code == Code::Damaged { Severity::Error } else { Severity::Fixed };
            self.say(field, code, severity, (code != Code::Damaged).then_some(&text));
        }
        let whole = self.completed(text);
        let problem = sign_in::problem(&whole);
        if let Some(code) = problem {
            let offered = sign_in::suggestion(&whole, self.known.domain, self.letters);
            self.say(field, code, Severity::Error, offered.as_deref());
        } else if let Some((local, domain)) = whole.split_once('@')
            && let Some(domains) = self.known.domains
            && !domains.iter().any(|own| own.eq_ignore_ascii_case(domain))
        {
            let own = self.known.domain.or_else(|| domains.first().map(String::as_str));
            let offered = own.map(|own| [local, "@", own].concat());
            self.say(field, Code::SignInForeignDomain, Severity::Error, offered.as_deref());
        }
        if !self.names.insert(whole.to_ascii_lowercase().into_boxed_str()) {
            self.say(field, Code::SignInDuplicate, Severity::Error, None);
        }
        whole
    }

    /// A sign-in name with the row's domain, or the chosen one.
    fn completed(&mut self, text: Cow<'a, str>) -> Cow<'a, str> {
        let own = self.text(Field::Domain);
        let own = own.trim_start_matches('@');
        if let Some((_, domain)) = text.split_once('@') {
            if !own.is_empty() && !own.eq_ignore_ascii_case(domain) {
                self.say(Field::Domain, Code::DomainDiffers, Severity::Warning, None);
            }
            return text;
        }
        if !own.is_empty() {
            return Cow::Owned([&text, "@", own].concat());
        }
        match self.known.domain {
            Some(domain) if sign_in::local_problem(&text).is_none() => {
                let whole = [&text, "@", domain].concat();
                self.say(Field::SignIn, Code::SignInCompleted, Severity::Fixed, Some(&whole));
                Cow::Owned(whole)
            }
            Some(domain) => Cow::Owned([&text, "@", domain].concat()),
            None => text,
        }
    }

    fn name(&mut self) -> (Cow<'a, str>, Cow<'a, str>, Cow<'a, str>) {
        let mut display = self.text(Field::DisplayName);
        let (mut first, mut last) = (self.text(Field::FirstName), self.text(Field::LastName));
        let full = self.text(Field::FullName);
        if !full.is_empty() {
            let (own_first, own_last, turned) = person::split(&full);
            if display.is_empty() {
                display = if turned { Cow::Owned([&own_first, " ", &own_last].concat()) } else { full };
            }
            if first.is_empty() && last.is_empty() && !own_last.is_empty() {
                (first, last) = (Cow::Owned(own_first), Cow::Owned(own_last));
                let fix = [&first, " | ", &last].concat();
                self.say(Field::FullName, Code::NameSplit, Severity::Fixed, Some(&fix));
                for name in [&first, &last] {
                    if name.encode_utf16().count() > Field::FirstName.longest() {
                        self.say(Field::FullName, Code::TooLong, Severity::Error, None);
                    }
                }
            }
        }
        if display.is_empty() {
            let composed = match (first.is_empty(), last.is_empty()) {
                (false, false) => [&first, " ", &last].concat(),
                _ => [&*first, &*last].concat(),
            };
            if composed.is_empty() {
                self.say(Field::DisplayName, Code::NameMissing, Severity::Error, None);
            } else {
                self.say(Field::DisplayName, Code::NameComposed, Severity::Fixed, Some(&composed));
            }
            display = Cow::Owned(composed);
        }
        let fields = [Field::DisplayName, Field::FirstName, Field::LastName, Field::FullName];
        for field in fields {
            if self.raw(field).trim_start().starts_with(['=', '+', '-', '@']) {
                self.say(field, Code::NameFormula, Severity::Warning, None);
            }
        }
        (display, first, last)
    }

    fn location(&mut self) -> Cow<'a, str> {
        let raw = self.raw(Field::Location);
        if places::is_code(raw) {
            return Cow::Borrowed(raw);
        }
        let text = self.text(Field::Location);
        if text.is_empty() {
            if let Some(common) = self.known.location {
                return Cow::Borrowed(common);
            }
            // The address's country is better than none, and nobody's fault if it is no place.
            let country = clean(self.raw(Field::Country), self.letters).0;
            return Cow::Borrowed(places::code_of(&country, self.letters).unwrap_or_default());
        }
        let Some(code) = places::code_of(&text, self.letters) else {
            self.say(Field::Location, Code::LocationUnknown, Severity::Error, None);
            return text;
        };
        if code != text {
            self.say(Field::Location, Code::LocationNamed, Severity::Fixed, Some(code));
        }
        Cow::Borrowed(code)
    }

    fn password(&mut self) -> Cow<'a, str> {
        let raw = self.raw(Field::Password);
        if raw.is_empty() || raw.trim().is_empty() && raw.len() < password::SHORTEST {
            return Cow::Borrowed("");
        }
        let generated = Some("");
        match password::problem(raw) {
            Some(password::Problem::Length) => {
                self.say(Field::Password, Code::PasswordLength, Severity::Error, generated);
            }
            Some(password::Problem::Classes) => {
                self.say(Field::Password, Code::PasswordClasses, Severity::Error, generated);
            }
            None => {}
        }
        if raw.contains(char::REPLACEMENT_CHARACTER) {
            self.say(Field::Password, Code::Damaged, Severity::Error, generated);
        } else if !raw.is_ascii() {
            self.say(Field::Password, Code::PasswordLetters, Severity::Warning, None);
        }
        if raw.trim() != raw {
            self.say(Field::Password, Code::PasswordBlanks, Severity::Warning, None);
        }
        Cow::Borrowed(raw)
    }

    fn choices(&mut self, field: Field, known: Option<&[Choice]>, unknown: Code) -> Cow<'a, str> {
        let raw = self.raw(field);
        if raw.trim().is_empty() {
            return Cow::Borrowed("");
        }
        let mut chosen: Vec<String> = Vec::new();
        for part in raw.split([';', '+', '|', '\n', '\r', ',']) {
            let (part, _) = clean(part, self.letters);
            let key = letters::key(&part, self.letters);
            if key.is_empty() || NOTHING.contains(&key.as_str()) {
                continue;
            }
            let id = match known {
                None => Some(part.into_owned()),
                Some(choices) => choices
                    .iter()
                    .find(|choice| {
                        choice.id.eq_ignore_ascii_case(&part)
                            || choice.names.iter().any(|name| letters::key(name, self.letters) == key)
                    })
                    .map(|choice| choice.id.clone()),
            };
            match id {
                None => self.say(field, unknown, Severity::Error, None),
                Some(id) if !chosen.contains(&id) => chosen.push(id),
                Some(_) => {}
            }
        }
        self.length(field, raw);
        Cow::Owned(chosen.join("\n"))
    }

    fn block(&mut self) {
        let key = letters::key(self.raw(Field::BlockSignIn), self.letters);
        if ["yes", "si", "ja", "oui", "sim", "true"].contains(&key.as_str()) {
            self.say(Field::BlockSignIn, Code::NotBlocked, Severity::Warning, None);
        }
    }
}

/// What exports write where a user has no licence.
const NOTHING: [&str; 8] =
    ["unlicensed", "none", "ninguna", "ninguno", "keine", "aucune", "nenhuma", "sinlicencia"];

#[cfg(test)]
mod tests;
