//! What columns mean when their headers do not say it: by their place in a template, or by what their cells hold.

use super::{Confidence, Mapping};
use crate::{Field, Sheet};

/// How many rows are looked at.
const SAMPLE: usize = 50;

/// Microsoft 365's columns, which keep their order in every language. The older template lacks the twelfth.
const MICROSOFT_365: [Field; 16] = [
    Field::SignIn,
    Field::FirstName,
    Field::LastName,
    Field::DisplayName,
    Field::JobTitle,
    Field::Department,
    Field::Office,
    Field::OfficePhone,
    Field::MobilePhone,
    Field::Fax,
    Field::AlternateEmail,
    Field::Street,
    Field::City,
    Field::State,
    Field::PostalCode,
    Field::Country,
];

/// Partner Center's columns without the last, which is its own.
const PARTNER_CENTER: [Field; 4] = [Field::FirstName, Field::LastName, Field::DisplayName, Field::SignIn];

/// Completes a mapping whose headers told too little.
pub(super) fn complete(mapping: &mut Mapping, sheet: &Sheet) {
    let known = mapping.columns.iter().filter(|column| column.field.is_some()).count();
    let filled: Vec<usize> =
        (0..mapping.columns.len()).filter(|at| mapping.columns[*at].has_content).collect();
    let mail = filled.iter().copied().find(|at| is_mostly(sheet, *at, is_address));
    if sheet.header.is_empty() || known < 2 {
        match (mapping.columns.len(), mail) {
            (15 | 16, Some(0)) => {
                let is_old = mapping.columns.len() == 15;
                let fields =
                    MICROSOFT_365.into_iter().filter(|field| !is_old || *field != Field::AlternateEmail);
                for (at, field) in fields.enumerate() {
                    mapping.suggest_at(at, field, Confidence::Place);
                }
                return;
            }
            (4 | 5, Some(3)) if sheet.header.is_empty() => {
                for (at, field) in PARTNER_CENTER.into_iter().enumerate() {
                    mapping.suggest_at(at, field, Confidence::Place);
                }
                if mapping.columns.len() == 5 && !filled.contains(&4) {
                    mapping.suggest_at(4, Field::Status, Confidence::Place);
                }
                return;
            }
            _ => {}
        }
    }
    if mapping.column_of(Field::SignIn).is_none()
        && let Some(at) = mail
    {
        mapping.suggest_at(at, Field::SignIn, Confidence::Content);
    }
    // With headers that are not known, the meaning of words is for a person to say.
    if sheet.header.is_empty() {
        if let Some(at) = filled.iter().copied().find(|at| is_mostly(sheet, *at, is_code)) {
            mapping.suggest_at(at, Field::Location, Confidence::Content);
        }
        let names: Vec<usize> = filled
            .iter()
            .copied()
            .filter(|at| mapping.columns[*at].field.is_none() && is_mostly(sheet, *at, is_name))
            .collect();
        suggest_names(mapping, sheet, &names);
    }
}

fn suggest_names(mapping: &mut Mapping, sheet: &Sheet, names: &[usize]) {
    let fields: &[(usize, Field)] = match names {
        [one] => &[(*one, Field::FullName)],
        [first, last] => &[(*first, Field::FirstName), (*last, Field::LastName)],
        [a, b, c] => {
            // The one that holds the other two is the one that is shown.
            let holds = |whole: usize, parts: [usize; 2]| {
                let rows = 0..sheet.table.len().min(SAMPLE);
                let count = rows.len();
                let fits = rows.filter(|row| {
                    parts.iter().all(|part| {
                        let part = sheet.table.cell(*row, *part).trim();
                        sheet.table.cell(*row, whole).contains(part)
                    })
                });
                fits.count() * 2 > count
            };
            if holds(*c, [*a, *b]) {
                &[(*a, Field::FirstName), (*b, Field::LastName), (*c, Field::DisplayName)]
            } else if holds(*a, [*b, *c]) {
                &[(*a, Field::DisplayName), (*b, Field::FirstName), (*c, Field::LastName)]
            } else {
                &[]
            }
        }
        _ => &[],
    };
    for (at, field) in fields {
        mapping.suggest_at(*at, *field, Confidence::Content);
    }
}

fn is_mostly(sheet: &Sheet, column: usize, test: fn(&str) -> bool) -> bool {
    let rows = 0..sheet.table.len().min(SAMPLE);
    let filled = rows.map(|row| sheet.table.cell(row, column).trim()).filter(|cell| !cell.is_empty());
    let (mut all, mut fitting) = (0, 0);
    for cell in filled {
        all += 1;
        fitting += usize::from(test(cell));
    }
    all > 0 && fitting * 2 > all
}

/// Whether this looks like a sign-in name with its domain.
pub(crate) fn is_address(cell: &str) -> bool {
    let (local, domain) = cell.split_once('@').unwrap_or_default();
    !local.is_empty() && domain.contains('.') && !cell.contains(' ')
}

fn is_code(cell: &str) -> bool {
    cell.len() == 2 && crate::check::places::is_code(&cell.to_ascii_uppercase())
}

fn is_name(cell: &str) -> bool {
    cell.chars().all(|letter| letter.is_alphabetic() || letter == '\u{fffd}' || " .'-,’".contains(letter))
}
