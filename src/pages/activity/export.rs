//! The activity as a file.

use csv_export::Sheet;

use super::lines::{Line, operation, result};
use crate::i18n::{self, t};
use crate::pages::save::{Kind, offer};
use crate::pages::who::{Exporter, kind_name, role_names};

/// A file of this kind with these lines. It says so when they are not all.
pub(super) fn export(lines: &[Line], kind: Kind, customer: Option<&str>, partial: bool) {
    let text = match kind {
        Kind::Csv => csv(lines),
        Kind::Json => json(lines),
    };
    let told =
        if partial { t::activity::exported_so_far(lines.len()) } else { t::activity::exported(lines.len()) };
    offer("export_activity", (t::activity::file_name(), kind), &text, &told, (customer, lines.len()));
}

fn csv(lines: &[Line]) -> String {
    let header = [
        t::activity::when(),
        t::activity::what(),
        t::activity::customer(),
        t::customer::id(),
        t::activity::who(),
        t::activity::result(),
        t::activity::source(),
        t::fault::request(),
        t::activity::exported_by(),
        t::who::roles(),
        t::who::partner(),
        t::who::kind(),
    ];
    let exporter = Exporter::now();
    let unknown = || t::who::unknown().to_owned();
    let roles = exporter.roles.as_deref().map_or_else(unknown, role_names);
    let mut sheet = Sheet::new(i18n::separator(), &header);
    for line in lines {
        let source = if line.here { t::activity::here() } else { t::activity::microsoft() };
        sheet.row(&[
            &when(line),
            operation(&line.what),
            &line.customer,
            line.customer_id.as_deref().unwrap_or_default(),
            &line.who,
            result(line.status).2,
            source,
            &line.request,
            &exporter.agent,
            &roles,
            &exporter.partner,
            kind_name(exporter.kind).unwrap_or(t::who::unknown()),
        ]);
    }
    sheet.finish()
}

/// For programs: the words of the service, in no language.
fn json(lines: &[Line]) -> String {
    let exporter = Exporter::now();
    let lines: Vec<String> = lines
        .iter()
        .map(|line| {
            let parts = [
                ("when", when(line)),
                ("operation", line.what.clone()),
                ("customer", line.customer.clone()),
                ("customerId", line.customer_id.clone().unwrap_or_default()),
                ("user", line.who.clone()),
                ("status", line.status.as_str().to_owned()),
                ("source", if line.here { "cartera" } else { "microsoft" }.to_owned()),
                ("requestId", line.request.clone()),
                ("exportedBy", exporter.agent.clone()),
                ("roles", exporter.role_words()),
                ("partner", exporter.partner.clone()),
                ("partnerKind", exporter.kind.as_str().to_owned()),
            ];
            json_value::object(&parts)
        })
        .collect();
    ["[\n", &lines.join(",\n"), "\n]\n"].concat()
}

fn when(line: &Line) -> String {
    line.at.map(|at| at.to_string()).unwrap_or_default()
}
