//! `user-import check [--json] [--domain D]… [--location CC] FILE`: what the import would make of a file.

mod words;

use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::process::ExitCode;

use json_value::quoted;
use user_import::native::Native;
use user_import::{
    Checked, Decoded, Issue, Known, Learned, MAX_BYTES, Mapping, Refusal, Severity, Sheet, check, decode,
    recognise,
};

const USAGE: &str = "usage: user-import check [--json] [--domain D]... [--location CC] FILE
  --domain D     a domain of the customer; the first completes sign-in names without one
  --location CC  the location where a row has none, as a code of two letters
  FILE           a file, or - for the standard input";

/// The status for a refused file, and for what is no command.
const REFUSED: u8 = 2;

fn main() -> ExitCode {
    let options = match Options::parse(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(problem) => {
            let _ = writeln!(std::io::stderr(), "{problem}\n{USAGE}");
            return ExitCode::from(REFUSED);
        }
    };
    let bytes = match read(&options.file) {
        Ok(bytes) => bytes,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "{}: {error}", options.file);
            return ExitCode::from(REFUSED);
        }
    };
    let mut seen = Seen::default();
    let result = look(&bytes, &options, &mut seen);
    let text = if options.json { as_json(&seen, &result) } else { as_text(&seen, &result) };
    let _ = std::io::stdout().write_all(text.as_bytes());
    if result.is_ok() { ExitCode::SUCCESS } else { ExitCode::from(REFUSED) }
}

struct Options {
    json: bool,
    domains: Vec<String>,
    location: Option<String>,
    file: String,
}

impl Options {
    fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        match arguments.next().as_deref() {
            Some("check") => {}
            Some(other) => return Err(format!("unknown command {other}")),
            None => return Err("a command is missing".to_owned()),
        }
        let (mut json, mut domains, mut location, mut file) = (false, Vec::new(), None, None);
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or_else(|| format!("{argument} needs a value"));
            match argument.as_str() {
                "--json" => json = true,
                "--domain" => domains.push(value()?.trim_start_matches('@').to_owned()),
                "--location" => location = Some(value()?.to_ascii_uppercase()),
                other if other.starts_with("--") => return Err(format!("unknown option {other}")),
                other if file.is_none() => file = Some(other.to_owned()),
                _ => return Err("one file at a time".to_owned()),
            }
        }
        Ok(Self { json, domains, location, file: file.ok_or("a file is missing")? })
    }
}

/// A file as far as it can be taken: what is larger is refused anyway.
fn read(name: &str) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = MAX_BYTES as u64 + 1;
    if name == "-" {
        std::io::stdin().take(most).read_to_end(&mut bytes)?;
    } else {
        std::fs::File::open(name)?.take(most).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

/// What was found before a refusal, too.
#[derive(Default)]
struct Seen {
    encoding: Option<&'static str>,
    damaged: usize,
    sheet: Option<Sheet>,
    mapping: Option<Mapping>,
}

fn look(bytes: &[u8], options: &Options, seen: &mut Seen) -> Result<Checked, Refusal> {
    let Decoded { text, encoding, damaged } = decode(bytes, None, &Native)?;
    (seen.encoding, seen.damaged) = (Some(encoding.label()), damaged);
    let sheet = seen.sheet.insert(recognise(&text, &Native)?);
    drop(text);
    let mapping = seen.mapping.insert(Mapping::suggest(sheet, &Learned::default(), &Native));
    let known = Known {
        domain: options.domains.first().map(String::as_str),
        domains: Some(options.domains.as_slice()).filter(|domains| !domains.is_empty()),
        location: options.location.as_deref(),
        ..Known::default()
    };
    check(sheet, mapping, &known, &Native)
}

fn as_json(seen: &Seen, result: &Result<Checked, Refusal>) -> String {
    let number = |number: Option<u32>| number.map_or("null".to_owned(), |number| number.to_string());
    let text = |text: Option<&str>| text.map_or("null".to_owned(), quoted);
    let list = |texts: Vec<String>| texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(",");
    let (mut issues, users, errors, refused) = (Vec::new(), valid(result), invalid(result), refusal(result));
    match result {
        Ok(checked) => issues.extend(checked.issues().iter().map(|issue| {
            format!(
                "{{\"row\":{},\"column\":{},\"field\":{},\"code\":{},\"severity\":{},\"message\":{},\"fix\":{}}}",
                issue.row,
                number(issue.column),
                text(issue.field.map(user_import::Field::key)),
                quoted(issue.code.key()),
                quoted(issue.severity.key()),
                quoted(words::issue(issue.code)),
                text(issue.fix.as_deref())
            )
        })),
        Err(refusal) => issues.push(format!(
            "{{\"row\":{},\"column\":{},\"field\":null,\"code\":{},\"severity\":\"error\",\"message\":{},\"fix\":{}}}",
            number(refusal.row),
            number(refusal.column),
            quoted(refusal.kind.code()),
            quoted(&words::refusal(&refusal.kind)),
            quoted(words::way_out(&refusal.kind))
        )),
    }
    let mapping = seen.mapping.as_ref();
    let columns = mapping.map(|mapping| {
        let columns = mapping.columns().iter().map(|column| {
            let field = text(column.field.map(user_import::Field::key));
            format!("{{\"header\":{},\"field\":{field}}}", quoted(&column.header))
        });
        columns.collect::<Vec<_>>().join(",")
    });
    let not_sent = mapping
        .map(|mapping| mapping.not_sent().map(|field| field.key().to_owned()).collect())
        .unwrap_or_default();
    let separator = seen.sheet.as_ref().map(|sheet| char::from(sheet.separator.byte()).to_string());
    let mut out = format!("{{\"users\":{users},\"errors\":{errors},\"refused\":{},", text(refused));
    let _ = write!(
        out,
        "\"encoding\":{},\"damaged\":{},\"separator\":{},\"template\":{},\"header_row\":{},",
        text(seen.encoding),
        seen.damaged,
        text(separator.as_deref()),
        text(seen.sheet.as_ref().map(|sheet| sheet.template.key())),
        number(seen.sheet.as_ref().and_then(|sheet| sheet.header_row)),
    );
    let _ = write!(
        out,
        "\"columns\":[{}],\"ignored_columns\":[{}],\"columns_not_sent\":[{}],\"issues\":[{}]}}",
        columns.unwrap_or_default(),
        list(mapping.map(Mapping::ignored).unwrap_or_default()),
        list(not_sent),
        issues.join(",")
    );
    out.push('\n');
    out
}

fn as_text(seen: &Seen, result: &Result<Checked, Refusal>) -> String {
    let mut out = String::new();
    match result {
        Ok(checked) => {
            for issue in checked.issues() {
                let _ = writeln!(out, "{}", line(issue));
            }
        }
        Err(refusal) => {
            let place = refusal.row.map(|row| format!("row {row}: ")).unwrap_or_default();
            let _ = writeln!(
                out,
                "refused: {place}{} {}",
                words::refusal(&refusal.kind),
                words::way_out(&refusal.kind)
            );
        }
    }
    let ignored = seen.mapping.as_ref().map(Mapping::ignored).unwrap_or_default();
    if !ignored.is_empty() {
        let _ = writeln!(out, "columns left out: {}", ignored.join(", "));
    }
    if let (Some(encoding), Some(sheet)) = (seen.encoding, &seen.sheet) {
        let separator = char::from(sheet.separator.byte()).escape_default();
        let _ = writeln!(out, "{encoding}, separator {separator}, form {}", sheet.template.key());
    }
    let _ = writeln!(out, "{} can be created, {} cannot", valid(result), invalid(result));
    out
}

fn line(issue: &Issue) -> String {
    let column = issue.column.map(|column| format!(", column {column}")).unwrap_or_default();
    let fix = match (&issue.fix, issue.severity) {
        (Some(fix), Severity::Error) if !fix.is_empty() => format!(" Perhaps: {fix}"),
        _ => String::new(),
    };
    format!("row {}{column}: {}: {}{fix}", issue.row, issue.severity.key(), words::issue(issue.code))
}

fn valid(result: &Result<Checked, Refusal>) -> usize {
    result.as_ref().map_or(0, Checked::valid)
}

fn invalid(result: &Result<Checked, Refusal>) -> usize {
    result.as_ref().map_or(1, |checked| checked.len() - checked.valid())
}

fn refusal(result: &Result<Checked, Refusal>) -> Option<&'static str> {
    result.as_ref().err().map(|refusal| refusal.kind.code())
}
