//! From columns to fields: by what headers are called, by what was learned, by the place in a known template, by what
//! the cells hold.

pub(crate) mod content;
mod learned;
pub(crate) mod words;

pub use learned::Learned;

use crate::{Field, Letters, Refusal, RefusalKind, Sheet, letters};
use words::Meaning;

/// Why a column is taken for what it is, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// A person chose it.
    Chosen,
    /// A person chose it before for a header of this name.
    Learned,
    /// The header is the name of an attribute.
    Exact,
    /// The header is a known word.
    Known,
    /// Its place in a template.
    Place,
    /// What its cells hold.
    Content,
    /// It is not known.
    None,
}

/// A column of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its header, as it is; empty if it has none.
    pub header: String,
    /// What it means; `None` where it is left out.
    pub field: Option<Field>,
    /// Why.
    pub confidence: Confidence,
    /// Whether any cell of it holds something.
    pub has_content: bool,
}

/// What each column means, and what holds for every row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    columns: Vec<Column>,
    constants: Vec<(Field, String)>,
}

impl Mapping {
    /// What the columns of a sheet seem to mean.
    pub fn suggest(sheet: &Sheet, learned: &Learned, letters: &dyn Letters) -> Self {
        let table = &sheet.table;
        let mut columns: Vec<Column> = (0..table.width().max(sheet.header.len()))
            .map(|at| Column {
                header: sheet.header.get(at).cloned().unwrap_or_default(),
                field: None,
                confidence: Confidence::None,
                has_content: (0..table.len()).any(|row| !table.cell(row, at).trim_ascii().is_empty()),
            })
            .collect();
        let meanings: Vec<Option<Meaning>> =
            columns.iter().map(|column| words::meaning(&column.header, letters)).collect();
        let mut set = |at: usize, field, confidence| {
            if let Some(column) = columns.get_mut(at)
                && column.confidence > confidence
            {
                (column.field, column.confidence) = (field, confidence);
            }
        };
        for (at, header) in sheet.header.iter().enumerate() {
            if let Some(field) = learned.field(&letters::key(header, letters)) {
                set(at, *field, Confidence::Learned);
            }
        }
        for (at, meaning) in meanings.iter().enumerate() {
            match meaning {
                Some(Meaning::Exact(field)) => set(at, Some(*field), Confidence::Exact),
                Some(Meaning::Known(field)) => set(at, Some(*field), Confidence::Known),
                _ => {}
            }
        }
        let mut mapping = Self { columns, constants: Vec::new() };
        mapping.settle_words(&meanings);
        content::complete(&mut mapping, sheet);
        mapping
    }

    /// Words whose meaning depends on the other columns.
    fn settle_words(&mut self, meanings: &[Option<Meaning>]) {
        let open: Vec<(usize, Meaning)> = (0..)
            .zip(meanings)
            .filter_map(|(at, meaning)| Some((at, (*meaning)?)))
            .filter(|(at, _)| {
                self.columns.get(*at).is_some_and(|column| column.confidence > Confidence::Known)
            })
            .collect();
        let alone = |meaning: Meaning| open.iter().filter(|(_, other)| *other == meaning).count() == 1;
        for (at, meaning) in &open {
            let has = |field| self.column_of(field).is_some();
            let other = |other| alone(other) && open.len() > 1;
            let field = match meaning {
                // Exports have the mail address beside the sign-in name: there it is left out.
                Meaning::Mail if has(Field::SignIn) => None,
                Meaning::Mail => Some(Field::SignIn),
                Meaning::FirstOrFull if has(Field::FirstName) => Some(Field::FullName),
                Meaning::FirstOrFull if has(Field::LastName) || other(Meaning::LastOrFull) => {
                    Some(Field::FirstName)
                }
                Meaning::LastOrFull if has(Field::FirstName) && has(Field::LastName) => {
                    Some(if has(Field::DisplayName) { Field::FullName } else { Field::DisplayName })
                }
                Meaning::LastOrFull if has(Field::FirstName) || other(Meaning::FirstOrFull) => {
                    Some(Field::LastName)
                }
                Meaning::LastOrFull if has(Field::LastName) => Some(Field::FirstName),
                _ => Some(Field::FullName),
            };
            if let Some(column) = self.columns.get_mut(*at) {
                let confidence = if field.is_some() { Confidence::Known } else { Confidence::None };
                (column.field, column.confidence) = (field, confidence);
            }
        }
        // The nickname is the local part of a sign-in name where no other column has it.
        if self.column_of(Field::SignIn).is_none()
            && let Some(at) = self.column_of(Field::Nickname)
        {
            self.columns[at].field = Some(Field::SignIn);
        }
    }

    /// The columns, in the order of the file.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// Says what a column (counted from 0) means; `None` leaves it out. Another column that meant the same keeps it: ask
    /// [`problem`](Self::problem).
    pub fn choose(&mut self, column: usize, field: Option<Field>) {
        if let Some(column) = self.columns.get_mut(column) {
            (column.field, column.confidence) = (field, Confidence::Chosen);
        }
    }

    /// Adds a column at the end, for a field that the file has none for. Answers which it is, counted from 0.
    pub fn add_column(&mut self, header: &str, field: Field) -> usize {
        self.columns.push(Column {
            header: header.to_owned(),
            field: Some(field),
            confidence: Confidence::Chosen,
            has_content: false,
        });
        self.columns.len() - 1
    }

    /// Values that hold for every row in which their field has no own.
    pub fn constants(&self) -> &[(Field, String)] {
        &self.constants
    }

    /// Sets a value for every row in which the field has no own; an empty one takes it away.
    pub fn set_constant(&mut self, field: Field, value: &str) {
        self.constants.retain(|(known, _)| *known != field);
        if !value.is_empty() {
            self.constants.push((field, value.to_owned()));
        }
    }

    /// The value for every row in which the field has no own.
    pub fn constant(&self, field: Field) -> Option<&str> {
        self.constants.iter().find(|(known, _)| *known == field).map(|(_, value)| value.as_str())
    }

    /// The column of a field, counted from 0: the first, if there are two.
    pub fn column_of(&self, field: Field) -> Option<usize> {
        self.columns.iter().position(|column| column.field == Some(field))
    }

    /// Headers of columns that hold something and are left out; those without a header by their number: `#7`.
    pub fn ignored(&self) -> Vec<String> {
        let unknown = (1..).zip(&self.columns).filter(|(_, column)| {
            column.field.is_none() && (column.has_content || !column.header.trim().is_empty())
        });
        unknown
            .map(|(number, column)| {
                let header = column.header.trim();
                if header.is_empty() { format!("#{number}") } else { header.to_owned() }
            })
            .collect()
    }

    /// Fields of the file that are checked, and that the service does not take when a user is created.
    pub fn not_sent(&self) -> impl Iterator<Item = Field> {
        self.columns
            .iter()
            .filter(|column| column.has_content)
            .filter_map(|column| column.field)
            .filter(|field| !field.is_sent() && *field != Field::Status)
    }

    /// What a person has to settle before rows can be checked: two columns for one field, or none for one that is needed.
    pub fn problem(&self) -> Option<Refusal> {
        for (at, column) in self.columns.iter().enumerate() {
            let Some(field) = column.field else { continue };
            let second = self.columns[at + 1..].iter().position(|other| other.field == Some(field));
            if let Some(second) = second {
                let number = |at: usize| u32::try_from(at + 1).unwrap_or(u32::MAX);
                let kind = RefusalKind::TwoColumns(field, number(at), number(at + 1 + second));
                return Some(Refusal { kind, row: None, column: Some(number(at + 1 + second)) });
            }
        }
        let has = |field| self.column_of(field).is_some();
        let mut missing = Vec::new();
        if !has(Field::SignIn) {
            missing.push(Field::SignIn);
        }
        let named = [Field::DisplayName, Field::FullName, Field::FirstName, Field::LastName];
        if !named.into_iter().any(has) {
            missing.push(Field::DisplayName);
        }
        (!missing.is_empty()).then(|| Refusal::whole(RefusalKind::MissingColumns(missing)))
    }

    /// What a person has chosen, to be remembered for headers of these names.
    pub fn learn(&self, learned: &mut Learned, letters: &dyn Letters) {
        for column in self.columns.iter().filter(|column| column.confidence == Confidence::Chosen) {
            learned.add(&letters::key(&column.header, letters), column.field);
        }
    }

    fn suggest_at(&mut self, column: usize, field: Field, confidence: Confidence) {
        if let Some(column) = self.columns.get_mut(column)
            && column.confidence == Confidence::None
        {
            (column.field, column.confidence) = (Some(field), confidence);
        }
    }
}

#[cfg(test)]
mod tests;
