//! Text to rows: what separates the cells, where the header is, what belongs to a template and not to the list.

use memchr::memchr2;

use crate::map::content::is_address;
use crate::map::words::{self, Meaning};
use crate::{Field, Letters, Refusal, RefusalKind, Separator, Table, letters};

/// How many rows may stand above the header.
const ROWS_ABOVE: usize = 10;

/// How many rows the separator is told from.
const SAMPLE_ROWS: usize = 60;

/// Whose form a file has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Template {
    /// Partner Center's upload of users.
    PartnerCenter,
    /// Microsoft 365 admin center, the template without 'Alternate email address'.
    Microsoft365Old,
    /// Microsoft 365 admin center.
    Microsoft365,
    /// Microsoft Entra's bulk creation.
    Entra,
    /// CIPP's bulk creation.
    Cipp,
    /// Google Workspace's upload.
    Google,
    /// A list of an export by PowerShell.
    PowerShell,
    /// Any other.
    Plain,
}

impl Template {
    /// Its name, for texts and machines.
    pub fn key(self) -> &'static str {
        match self {
            Self::PartnerCenter => "partner_center",
            Self::Microsoft365Old => "microsoft_365_old",
            Self::Microsoft365 => "microsoft_365",
            Self::Entra => "entra",
            Self::Cipp => "cipp",
            Self::Google => "google",
            Self::PowerShell => "powershell",
            Self::Plain => "plain",
        }
    }
}

/// Why a row is no user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aside {
    /// `sep=;`, for spreadsheets.
    SeparatorLine,
    /// `#TYPE …`, from PowerShell.
    TypeLine,
    /// `version:v1.0`, of Entra's template.
    VersionLine,
    /// Something above the header.
    AboveHeader,
    /// The example of a template.
    Example,
    /// The header again.
    HeaderAgain,
}

/// The rows of a file, and what it is.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// The data rows.
    pub table: Table,
    /// The header's cells; empty if there is none.
    pub header: Vec<String>,
    /// The header's row in the file.
    pub header_row: Option<u32>,
    /// What separates the cells.
    pub separator: Separator,
    /// Whose form it is.
    pub template: Template,
    /// Rows of the file that are no users.
    pub aside: Vec<(u32, Aside)>,
}

/// Reads the rows of a text.
///
/// # Errors
/// Refused are a quotation mark that nothing closes, more than the caps of [`Table`], and a text in which neither a row
/// nor the cells tell what the columns are.
pub fn recognise(text: &str, letters: &dyn Letters) -> Result<Sheet, Refusal> {
    recognise_as(text, Chosen::default(), letters)
}

/// What a person chose instead of what is found here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Chosen {
    /// What separates the cells.
    pub separator: Option<Separator>,
    /// Which row of the file, counted from 1, has the names of the columns; 0 says that none has.
    pub header_row: Option<u32>,
}

/// Reads the rows of a text as a person wants them read.
///
/// # Errors
/// As [`recognise`]. A header row that there is not counts as none.
pub fn recognise_as(text: &str, chosen: Chosen, letters: &dyn Letters) -> Result<Sheet, Refusal> {
    let mut aside = Vec::new();
    let (mut rest, mut first, mut separator) = (text, 1, None);
    if let Some((found, behind)) = separator_line(text) {
        (rest, first, separator) = (behind, 2, Some(found));
        aside.push((1, Aside::SeparatorLine));
    }
    let separator = chosen.separator.or(separator).unwrap_or_else(|| separator_of(rest, letters));
    let mut table = Table::read(rest, separator, first)?;
    let mut above = Vec::new();
    while let Some(kind) = note(table.cell(above.len(), 0)) {
        aside.push((table.number(above.len()), kind));
        above.push(above.len());
    }
    table.drop_rows(&above);
    if table.is_empty() {
        return Err(Refusal::whole(RefusalKind::Empty));
    }
    let header_at = match chosen.header_row {
        Some(number) => (0..table.len()).find(|row| table.number(*row) == number),
        None => header_row(&table, letters)?,
    };
    let mut header = Vec::new();
    let mut header_number = None;
    if let Some(at) = header_at {
        header = (0..table.cells(at)).map(|column| table.cell(at, column).to_owned()).collect();
        while header.last().is_some_and(|cell| cell.trim().is_empty()) {
            header.pop();
        }
        header_number = Some(table.number(at));
        aside.extend((0..at).map(|row| (table.number(row), Aside::AboveHeader)));
        table.drop_rows(&(0..=at).collect::<Vec<usize>>());
    }
    let template = template(&header, &aside, letters);
    let mut dropped = Vec::new();
    for row in 0..table.len() {
        let kind = if is_header_again(&table, row, &header) {
            Aside::HeaderAgain
        } else if row < ROWS_ABOVE && is_example(&table, row) {
            Aside::Example
        } else {
            continue;
        };
        aside.push((table.number(row), kind));
        dropped.push(row);
    }
    if !dropped.is_empty() {
        table.drop_rows(&dropped);
    }
    Ok(Sheet { table, header, header_row: header_number, separator, template, aside })
}

impl Sheet {
    /// A sheet with a header and one empty row, for users that are typed.
    pub fn blank(header: Vec<String>) -> Self {
        let mut table = Table::default();
        table.add_row();
        Self {
            table,
            header,
            header_row: None,
            separator: Separator::Comma,
            template: Template::Plain,
            aside: Vec::new(),
        }
    }
}

/// `sep=;` in the first line, also quoted.
fn separator_line(text: &str) -> Option<(Separator, &str)> {
    let end = memchr2(b'\r', b'\n', text.as_bytes()).unwrap_or(text.len());
    let line = text[..end].trim_matches(['"', ' ']);
    let behind = line.get(..4).filter(|start| start.eq_ignore_ascii_case("sep="))?;
    let separator = Separator::of(*line.as_bytes().get(behind.len())?)?;
    let rest = &text[end..];
    Some((separator, rest.strip_prefix("\r\n").or_else(|| rest.get(1..)).unwrap_or_default()))
}

/// Lines that programs put above a list.
fn note(cell: &str) -> Option<Aside> {
    let start =
        |prefix: &str| cell.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    if start("#TYPE ") {
        Some(Aside::TypeLine)
    } else if start("version:") {
        Some(Aside::VersionLine)
    } else {
        None
    }
}

/// The separator that cuts the first rows most alike, outside of quotes; one that gives a header of known words wins.
fn separator_of(text: &str, letters: &dyn Letters) -> Separator {
    let lines = sample(text);
    let mut best = (0, Separator::Comma);
    for separator in Separator::ALL {
        let counts: Vec<usize> = lines.iter().map(|line| count(line, separator)).collect();
        let Some(common) = counts.iter().copied().max_by_key(|count| {
            (counts.iter().filter(|other| *other == count).count() * usize::from(*count > 0), *count)
        }) else {
            continue;
        };
        if common == 0 {
            continue;
        }
        let alike = counts.iter().filter(|count| **count == common).count();
        let some = counts.iter().filter(|count| **count > 0).count();
        let known = lines
            .iter()
            .take(ROWS_ABOVE)
            .map(|line| {
                let cells = line.split(char::from(separator.byte())).map(|cell| cell.trim_matches('"'));
                cells.filter(|cell| words::meaning(cell, letters).is_some()).count()
            })
            .max()
            .unwrap_or(0);
        // Of equal ones the first in the list, which is the usual one.
        let score = (known * 4 + 1) * 1000 + (alike * 2 + some) * 300 / lines.len().max(1);
        if score > best.0 {
            best = (score, separator);
        }
    }
    best.1
}

/// The first rows that are not empty, without cutting within quotes.
fn sample(text: &str) -> Vec<&str> {
    let (mut lines, mut begin, mut quoted) = (Vec::new(), 0, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => {
                let line = text.get(begin..at).unwrap_or_default();
                if !line.trim_matches([',', ';', '\t', '|', ' ', '"']).is_empty() && note(line).is_none() {
                    lines.push(line);
                }
                begin = at + 1;
                if lines.len() == SAMPLE_ROWS {
                    return lines;
                }
            }
            _ => {}
        }
    }
    if let Some(line) = text.get(begin..).filter(|line| !line.is_empty()) {
        lines.push(line);
    }
    lines
}

fn count(line: &str, separator: Separator) -> usize {
    let (mut count, mut quoted) = (0, false);
    for byte in line.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            byte if byte == separator.byte() && !quoted => count += 1,
            _ => {}
        }
    }
    count
}

/// Where the header is; `None` if the first row is a user already.
fn header_row(table: &Table, letters: &dyn Letters) -> Result<Option<usize>, Refusal> {
    let cells = |row| (0..table.cells(row)).map(move |column| table.cell(row, column));
    let known = |row| cells(row).filter(|cell| words::meaning(cell, letters).is_some()).count();
    let has_address = |row| cells(row).any(|cell| is_address(cell.trim()));
    let rows = table.len().min(ROWS_ABOVE + 1);
    let filled = |row| cells(row).filter(|cell| !cell.trim().is_empty()).count();
    // A row of names can hold a word: 'Area'. A header is known for the most part, or for two words.
    let best = (0..rows)
        .filter(|row| !has_address(*row))
        .map(|row| (known(row), row))
        .filter(|(count, row)| *count >= 2 || *count == 1 && (*row == 0 || filled(*row) == 1))
        .max_by_key(|(count, row)| (*count, usize::MAX - row));
    if let Some((count, row)) = best
        && (count >= 2 || row == 0)
    {
        return Ok(Some(row));
    }
    if has_address(0) {
        return Ok(None);
    }
    // A first row without an address above rows that have one in the same column: a header in words that nobody here knows.
    let addresses = (1..rows).filter(|row| has_address(*row)).count();
    if rows > 1 && addresses * 2 >= rows - 1 && filled(0) > 1 {
        return Ok(Some(0));
    }
    Err(Refusal::at(RefusalKind::NoHeader, table.number(0), None))
}

fn is_header_again(table: &Table, row: usize, header: &[String]) -> bool {
    header.len() > 1
        && table.cell(row, 0) == header[0]
        && header.iter().enumerate().all(|(column, cell)| table.cell(row, column) == cell)
}

/// The rows that Microsoft's templates have below their headers.
fn is_example(table: &Table, row: usize) -> bool {
    const SAMPLES: [(&str, &str); 5] = [
        ("chris@contoso.com", "Chris Green"),
        ("ben@contoso.com", "Ben Andrews"),
        ("david@contoso.com", "David Longmuir"),
        ("cynthia@contoso.com", "Cynthia Carey"),
        ("melissa@contoso.com", "Melissa MacBeth"),
    ];
    const STARTS: [&str; 5] = ["example:", "ejemplo:", "beispiel:", "exemple", "exemplo:"];
    let has = |wanted: &str| {
        (0..table.cells(row)).any(|column| table.cell(row, column).trim().eq_ignore_ascii_case(wanted))
    };
    let first = table.cell(row, 0).trim_start();
    STARTS.iter().any(|start| {
        let is_start = first.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start));
        is_start && first.contains(':')
    }) || SAMPLES.iter().any(|(address, name)| has(address) && has(name))
}

fn template(header: &[String], aside: &[(u32, Aside)], letters: &dyn Letters) -> Template {
    let has_aside = |wanted| aside.iter().any(|(_, kind)| *kind == wanted);
    let keys: Vec<String> = header.iter().map(|cell| letters::key(cell, letters)).collect();
    let has = |wanted: &str| keys.iter().any(|key| key == wanted);
    let holds = |wanted: &str| header.iter().any(|cell| cell.contains(wanted));
    let fields: Vec<Option<Field>> = header
        .iter()
        .map(|cell| match words::meaning(cell, letters)? {
            Meaning::Exact(field) | Meaning::Known(field) => Some(field),
            Meaning::Mail => Some(Field::SignIn),
            Meaning::FirstOrFull => Some(Field::FirstName),
            Meaning::LastOrFull => Some(Field::LastName),
        })
        .collect();
    let means = |field| fields.contains(&Some(field));
    let attributes = ["[userPrincipalName]", "[displayName]"].into_iter().all(holds);
    if has_aside(Aside::VersionLine) || attributes {
        Template::Entra
    } else if has("orgunitpathrequired") || has("orgunitpath") {
        Template::Google
    } else if has("mailnickname") && has("givenname") && has("domain") {
        Template::Cipp
    } else if (means(Field::Status) || header.len() == 4)
        && header.len() <= 5
        && [Field::FirstName, Field::LastName, Field::DisplayName, Field::SignIn].into_iter().all(means)
    {
        Template::PartnerCenter
    } else if header.len() >= 15 && fields.first() == Some(&Some(Field::SignIn)) && means(Field::Fax) {
        if header.len() == 15 { Template::Microsoft365Old } else { Template::Microsoft365 }
    } else if has_aside(Aside::TypeLine) {
        Template::PowerShell
    } else {
        Template::Plain
    }
}

#[cfg(test)]
mod tests;
