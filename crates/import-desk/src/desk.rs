//! The desk: a file, what its columns mean, what is known about its customers, and what a person has changed.

use user_import::{
    Checked, Choice, Chosen, Confidence, Decode, Encoding, Field, Intent, Issue, Known, Learned, Letters,
    Mapping, Refusal, RefusalKind, Severity, Sheet, There, check, decode, file_hash, recognise_as,
};

use crate::MOST_CUSTOMERS;
use crate::change::{Change, History};
use crate::groups;
use crate::message::{Answer, Ask, Column, Customer, Filter, Open, Overview, Refused};

/// How many cells of a column are shown as examples.
const EXAMPLES: usize = 3;
/// From how many rows they are taken.
const EXAMPLE_ROWS: usize = 200;
/// How much of a file is shown for choosing its header, in bytes and rows.
const HEAD: (usize, usize) = (4000, 10);

/// A file on the desk. See the crate's text.
pub struct Desk<B: Decode + Letters> {
    browser: B,
    learned: Learned,
    pub(crate) customers: Vec<Customer>,
    pub(crate) there: There,
    pub(crate) opened: Option<Opened>,
}

/// What is known of a file that can be read.
pub(crate) struct Opened {
    hash: String,
    encoding: Encoding,
    damaged: u32,
    head: Vec<(u32, Vec<String>)>,
    pub(crate) sheet: Sheet,
    pub(crate) mapping: Mapping,
    pub(crate) problem: Option<Refusal>,
    pub(crate) checked: Checked,
    pub(crate) filter: Filter,
    /// Rows that the grid shows.
    pub(crate) view: Vec<u32>,
    /// Columns that it shows.
    pub(crate) shown: Vec<usize>,
    pub(crate) history: History,
}

impl<B: Decode + Letters> Desk<B> {
    /// An empty desk. `browser` decodes old encodings and knows Unicode.
    pub fn new(browser: B) -> Self {
        Self {
            browser,
            learned: Learned::default(),
            customers: Vec::new(),
            there: There::default(),
            opened: None,
        }
    }

    /// Answers a question. Whatever it is about is told by the answer: there are no errors beside [`Answer::Refused`].
    pub fn ask(&mut self, ask: Ask) -> Answer {
        match ask {
            Ask::Open(open) => return self.open(&open),
            Ask::Blank(columns) => self.blank(columns),
            Ask::Learn(text) => self.learned = Learned::parse(&text),
            Ask::Know(customers) => self.customers = customers,
            Ask::There(found) => {
                found.active.iter().for_each(|name| self.there.add(name));
                found.deleted.iter().for_each(|name| self.there.add_deleted(name));
            }
            Ask::Learned => return Answer::Text(self.learned.print()),
            other => return self.ask_opened(other),
        }
        self.check();
        self.overview()
    }

    fn ask_opened(&mut self, ask: Ask) -> Answer {
        let Some(opened) = &mut self.opened else { return Answer::Nothing };
        match ask {
            Ask::Choose((column, field)) => {
                opened.mapping.choose(column as usize, field);
                opened.mapping.learn(&mut self.learned, &self.browser);
                opened.show_columns();
            }
            Ask::Constant((field, value)) => opened.mapping.set_constant(field, &value),
            Ask::AddColumn((header, field)) => {
                let at = opened.mapping.add_column(&header, field);
                opened.sheet.header.resize(at, String::new());
                opened.sheet.header.push(header);
                opened.show_columns();
            }
            Ask::Filter(filter) => {
                opened.filter = filter;
                self.filter();
                return self.overview();
            }
            Ask::Rows((from, count)) => return Answer::Rows(self.window(from, count)),
            Ask::Copy((first, last)) => return Answer::Text(opened.copy(first, last)),
            Ask::Find((needle, place)) => return Answer::Found(opened.find(&needle, place, &self.browser)),
            Ask::Plan => return Answer::Plan(self.plan()),
            Ask::People => return Answer::People(self.people()),
            Ask::Failed((headings, rows)) => return Answer::Text(opened.failed(&headings, &rows)),
            Ask::Export => return Answer::Text(opened.export()),
            Ask::Undo | Ask::Redo => opened.step(matches!(ask, Ask::Undo)),
            other => {
                let mut change = Change::default();
                opened.change(&mut change, other, &self.browser);
                opened.history.push(change);
            }
        }
        self.check();
        self.overview()
    }

    fn open(&mut self, open: &Open) -> Answer {
        self.opened = None;
        match self.read(open) {
            Ok(opened) => self.opened = Some(opened),
            Err(refusal) => return Answer::Refused(refused(&refusal)),
        }
        self.check();
        self.filter();
        self.overview()
    }

    fn read(&self, open: &Open) -> Result<Opened, Refusal> {
        let decoded = decode(&open.bytes.0, open.encoding, &self.browser)?;
        let chosen = Chosen { separator: open.separator, header_row: open.header_row };
        let sheet = recognise_as(&decoded.text, chosen, &self.browser)?;
        let head = head(&decoded.text, &sheet, &self.browser);
        let mapping = Mapping::suggest(&sheet, &self.learned, &self.browser);
        let hash = file_hash(&open.bytes.0);
        Ok(Opened {
            encoding: decoded.encoding,
            damaged: small(decoded.damaged),
            ..Opened::new(hash, head, sheet, mapping)
        })
    }

    fn blank(&mut self, columns: Vec<(String, Field)>) {
        let (headers, fields): (Vec<String>, Vec<Field>) = columns.into_iter().unzip();
        let sheet = Sheet::blank(headers);
        let mut mapping = Mapping::default();
        for (header, field) in sheet.header.iter().zip(fields) {
            mapping.add_column(header, field);
        }
        self.opened = Some(Opened::new(String::new(), Vec::new(), sheet, mapping));
        self.check();
        self.filter();
    }

    /// Checks all rows anew. Some checks are about other rows, and it takes milliseconds.
    fn check(&mut self) {
        let Some(opened) = &mut self.opened else { return };
        let known: Vec<(Choice, Parts)> = self.customers.iter().map(Parts::of).collect();
        let all: Vec<(Choice, Known<'_>)> =
            known.iter().map(|(choice, parts)| (choice.clone(), parts.known(None))).collect();
        let own = known.first().map(|(_, parts)| parts.known(Some(&all))).unwrap_or_default();
        match check(&opened.sheet, &opened.mapping, &own, &self.browser) {
            Ok(checked) => (opened.checked, opened.problem) = (checked, None),
            Err(refusal) => (opened.checked, opened.problem) = (Checked::default(), Some(refusal)),
        }
    }

    /// Chooses the rows that the grid shows.
    fn filter(&mut self) {
        let Some(opened) = &mut self.opened else { return };
        let rows = 0..small(opened.sheet.table.len());
        let view = rows.filter(|row| !opened.sheet.table.is_gone(*row as usize));
        let view: Vec<u32> = match opened.filter.clone() {
            Filter::All => view.collect(),
            Filter::Errors => view.filter(|row| opened.worst(*row) == Some(Severity::Error)).collect(),
            Filter::Warnings => view.filter(|row| opened.has(*row, Severity::Warning)).collect(),
            Filter::Fixed => view.filter(|row| opened.has(*row, Severity::Fixed)).collect(),
            Filter::There => view.filter(|row| opened.there(&self.there, *row) == 1).collect(),
            Filter::Deleted => view.filter(|row| opened.there(&self.there, *row) == 2).collect(),
            Filter::Group(key) => {
                let is_in = |issue: &&Issue| groups::is_in(issue, opened.text_of(issue), &key);
                view.filter(|row| opened.issues(*row).iter().any(|issue| is_in(&issue))).collect()
            }
        };
        opened.view = view;
    }

    /// 1 if a row's user is there, 2 if a deleted user has its name, else 0.
    pub(crate) fn there_of(&self, opened: &Opened, row: u32) -> u8 {
        opened.there(&self.there, row)
    }

    fn overview(&self) -> Answer {
        let Some(opened) = &self.opened else { return Answer::Nothing };
        let mut overview = opened.overview();
        for user in opened.checked.users() {
            match self.there.intent(user) {
                Intent::AlreadyThere => overview.there += 1,
                Intent::Deleted => overview.deleted += 1,
                Intent::Create => count_licences(&mut overview.wanted, user.licences),
                Intent::Invalid => {}
            }
        }
        Answer::Overview(Box::new(overview))
    }
}

fn count_licences(wanted: &mut Vec<(String, u32)>, licences: &str) {
    for id in licences.lines() {
        match wanted.iter_mut().find(|(known, _)| known == id) {
            Some((_, count)) => *count += 1,
            None => wanted.push((id.to_owned(), 1)),
        }
    }
}

impl Opened {
    fn new(hash: String, head: Vec<(u32, Vec<String>)>, sheet: Sheet, mapping: Mapping) -> Self {
        let mut opened = Self {
            hash,
            encoding: Encoding::Utf8,
            damaged: 0,
            head,
            sheet,
            mapping,
            problem: None,
            checked: Checked::default(),
            filter: Filter::All,
            view: Vec::new(),
            shown: Vec::new(),
            history: History::default(),
        };
        opened.show_columns();
        opened
    }

    fn show_columns(&mut self) {
        let columns = self.mapping.columns().iter().enumerate();
        let shown = columns.filter(|(_, column)| column.field.is_some_and(|field| field != Field::Status));
        self.shown = shown.map(|(at, _)| at).collect();
    }

    /// What was found in a row.
    pub(crate) fn issues(&self, row: u32) -> &[Issue] {
        let all = self.checked.issues();
        let from = all.partition_point(|issue| issue.index < row);
        let to = all.partition_point(|issue| issue.index <= row);
        all.get(from..to).unwrap_or_default()
    }

    fn there(&self, there: &There, row: u32) -> u8 {
        match self.checked.user(row as usize).map(|user| there.intent(user)) {
            Some(Intent::AlreadyThere) => 1,
            Some(Intent::Deleted) => 2,
            _ => 0,
        }
    }

    pub(crate) fn worst(&self, row: u32) -> Option<Severity> {
        self.issues(row).iter().map(|issue| issue.severity).min()
    }

    fn has(&self, row: u32, severity: Severity) -> bool {
        self.issues(row).iter().any(|issue| issue.severity == severity)
    }

    /// The cell that an issue is about.
    pub(crate) fn text_of(&self, issue: &Issue) -> &str {
        let column = issue.column.and_then(|column| column.checked_sub(1));
        column.map_or("", |column| self.sheet.table.cell(issue.index as usize, column as usize))
    }

    fn overview(&self) -> Overview {
        let (can_undo, can_redo, changes) = self.history.state();
        let [mut errors, mut warnings, mut fixed] = [0; 3];
        let mut last = None;
        let mut seen = [false; 3];
        for issue in self.checked.issues() {
            if last != Some(issue.index) {
                (last, seen) = (Some(issue.index), [false; 3]);
            }
            let (slot, count) = match issue.severity {
                Severity::Error => (0, &mut errors),
                Severity::Warning => (1, &mut warnings),
                Severity::Fixed => (2, &mut fixed),
            };
            if !std::mem::replace(&mut seen[slot], true) {
                *count += 1;
            }
        }
        Overview {
            hash: self.hash.clone(),
            template: self.sheet.template,
            encoding: self.encoding,
            damaged: self.damaged,
            separator: self.sheet.separator,
            header_row: self.sheet.header_row.unwrap_or(0),
            aside: self.sheet.aside.clone(),
            head: self.head.clone(),
            columns: self.columns(),
            problem: self.problem.as_ref().map(refused),
            ignored: self.mapping.ignored(),
            not_sent: self.mapping.not_sent().collect(),
            constants: self.mapping.constants().to_vec(),
            shown: self.shown.iter().map(|at| small(*at)).collect(),
            rows: small(self.sheet.table.len() - self.sheet.table.gone()),
            valid: small(self.checked.valid()),
            errors,
            warnings,
            fixed,
            there: 0,
            deleted: 0,
            groups: groups::groups(self.checked.issues(), |issue| self.text_of(issue)),
            customers: self.customers(),
            wanted: Vec::new(),
            view: small(self.view.len()),
            filter: self.filter.clone(),
            can_undo,
            can_redo,
            changes,
        }
    }

    fn columns(&self) -> Vec<Column> {
        let table = &self.sheet.table;
        let columns = self.mapping.columns().iter().enumerate();
        columns
            .map(|(at, column)| {
                let mut examples: Vec<String> = Vec::new();
                // A password is nobody's example.
                let rows =
                    if column.field == Some(Field::Password) { 0 } else { table.len().min(EXAMPLE_ROWS) };
                for row in 0..rows {
                    let text = table.cell(row, at).trim();
                    if examples.len() < EXAMPLES
                        && !text.is_empty()
                        && !examples.iter().any(|known| known == text)
                    {
                        examples.push(text.chars().take(60).collect());
                    }
                }
                Column {
                    header: column.header.clone(),
                    field: column.field,
                    confidence: if column.field.is_none() && column.confidence != Confidence::Chosen {
                        Confidence::None
                    } else {
                        column.confidence
                    },
                    has_content: column.has_content,
                    examples,
                }
            })
            .collect()
    }

    /// What rows call their customers.
    fn customers(&self) -> Vec<(String, u32)> {
        let Some(column) = self.mapping.column_of(Field::Customer) else { return Vec::new() };
        let table = &self.sheet.table;
        let mut found: Vec<(String, u32)> = Vec::new();
        for row in (0..table.len()).filter(|row| !table.is_gone(*row)) {
            let text = table.cell(row, column).trim();
            if text.is_empty() {
                continue;
            }
            if let Some((_, count)) = found.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(text)) {
                *count += 1;
            } else if found.len() < MOST_CUSTOMERS {
                found.push((text.to_owned(), 1));
            }
        }
        found
    }
}

/// What [`Known`] borrows from.
struct Parts<'a> {
    customer: &'a Customer,
    licences: Option<Vec<Choice>>,
    roles: Option<Vec<Choice>>,
}

impl<'a> Parts<'a> {
    fn of(customer: &'a Customer) -> (Choice, Self) {
        let licences = customer.licences.as_ref().map(|licences| {
            let choice =
                |licence: &crate::Licence| Choice { id: licence.id.clone(), names: licence.names.clone() };
            licences.iter().map(choice).collect()
        });
        let roles = customer.roles.as_ref().map(|roles| {
            let choice = |(id, name): &(String, String)| Choice { id: id.clone(), names: vec![name.clone()] };
            roles.iter().map(choice).collect()
        });
        let names = Choice { id: customer.id.clone(), names: customer.names.clone() };
        (names, Self { customer, licences, roles })
    }

    fn known<'b>(&'b self, customers: Option<&'b [(Choice, Known<'b>)]>) -> Known<'b> {
        let some = |text: &'a String| Some(text.as_str()).filter(|text| !text.is_empty());
        Known {
            domain: some(&self.customer.domain),
            domains: Some(self.customer.domains.as_slice()).filter(|domains| !domains.is_empty()),
            location: some(&self.customer.location),
            licences: self.licences.as_deref(),
            roles: self.roles.as_deref(),
            customers,
        }
    }
}

/// The first rows of a text.
fn head(text: &str, sheet: &Sheet, letters: &dyn Letters) -> Vec<(u32, Vec<String>)> {
    let end = (0..=HEAD.0.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    let front = text.get(..end).unwrap_or_default();
    let whole =
        if end < text.len() { front.rfind(['\n', '\r']).map_or(front, |end| &front[..end]) } else { front };
    let chosen = Chosen { separator: Some(sheet.separator), header_row: Some(0) };
    // A quotation mark may be cut off: then there is nothing to be shown.
    let Ok(rows) = recognise_as(whole, chosen, letters) else { return Vec::new() };
    let table = &rows.table;
    let cells = |row: usize| {
        (0..table.cells(row).min(12)).map(move |at| table.cell(row, at).chars().take(40).collect())
    };
    (0..table.len().min(HEAD.1)).map(|row| (table.number(row), cells(row).collect())).collect()
}

pub(crate) fn refused(refusal: &Refusal) -> Refused {
    let (fields, columns) = match &refusal.kind {
        RefusalKind::MissingColumns(fields) => (fields.clone(), Vec::new()),
        RefusalKind::TwoColumns(field, first, second) => (vec![*field], vec![*first, *second]),
        _ => (Vec::new(), Vec::new()),
    };
    Refused {
        code: refusal.kind.code().to_owned(),
        row: refusal.row.unwrap_or(0),
        column: refusal.column.unwrap_or(0),
        fields,
        columns,
    }
}

pub(crate) fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
