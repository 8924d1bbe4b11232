//! What Microsoft recorded and what was done in this browser, as one list.

use customer_index::Fold;
use journal::{Entry, Outcome};
use partner_center::{AuditRecord, CustomerId, OperationStatus, Timestamp};

use crate::i18n::t;
use crate::state::root;

/// A line of the list.
#[derive(Clone)]
pub(super) struct Line {
    pub at: Option<Timestamp>,
    pub what: String,
    /// The customer's Microsoft ID and name, where it was for one.
    pub customer_id: Option<String>,
    pub customer: String,
    pub who: String,
    pub status: OperationStatus,
    /// Whether this browser did it; otherwise Microsoft recorded it.
    pub here: bool,
    pub count: Option<u32>,
    pub request: String,
}

impl Line {
    fn recorded(record: &AuditRecord) -> Self {
        Self {
            at: record.operation_date,
            what: record.operation_type.clone(),
            customer_id: record.customer_id.as_ref().map(|id| id.as_str().to_ascii_lowercase()),
            customer: record.customer_name.clone().unwrap_or_default(),
            who: record.user_principal_name.clone().unwrap_or_default(),
            status: record.operation_status,
            here: false,
            count: None,
            request: String::new(),
        }
    }

    fn done_here(entry: &Entry) -> Self {
        // The journal holds no names: the list has them, if the customer is still there.
        let name = entry.customer.as_ref().and_then(|id| {
            root().customers.index.peek(|index| Some(index.get(index.row_of(id)?)?.name.to_owned()))
        });
        Self {
            at: Some(Timestamp::from_millis(entry.at)),
            what: entry.what.clone(),
            customer_id: entry.customer.clone(),
            customer: name.or_else(|| entry.customer.clone()).unwrap_or_default(),
            who: t::activity::you().to_owned(),
            status: match entry.outcome {
                Outcome::Done => OperationStatus::Succeeded,
                Outcome::Failed => OperationStatus::Failed,
                Outcome::Unknown => OperationStatus::Unknown,
            },
            here: true,
            count: entry.count,
            request: entry.request.clone().unwrap_or_default(),
        }
    }
}

/// What is shown of the lines.
pub(super) struct Narrowed {
    pub text: String,
    /// Only what this browser did, or only what Microsoft recorded.
    pub here: Option<bool>,
    pub failed: bool,
}

/// Both, the newest first. Without a beginning all that was done here.
pub(super) fn merged(
    records: &[AuditRecord],
    since: Option<Timestamp>,
    customer: Option<&CustomerId>,
) -> Vec<Line> {
    let mut lines: Vec<Line> = records.iter().map(Line::recorded).collect();
    root().done.journal.with(|journal| {
        for entry in
            journal.since(since.map_or(i64::MIN, Timestamp::millis), customer.map(CustomerId::as_str))
        {
            // The service's own order is the newest first: a few dozen are put in between.
            let place = lines.partition_point(|line| line.at.is_none_or(|at| at.millis() >= entry.at));
            lines.insert(place, Line::done_here(entry));
        }
    });
    lines
}

/// Those that are wanted: every word of the text is somewhere in the line.
pub(super) fn narrowed(lines: &[Line], by: &Narrowed) -> Vec<Line> {
    let fold = &root().customers.fold;
    let text = fold.fold(by.text.trim());
    let wanted = |line: &&Line| {
        let parts =
            [operation(&line.what), &line.customer, &line.who, line.customer_id.as_deref().unwrap_or("")];
        let folded = fold.fold(&parts.join(" "));
        by.here.is_none_or(|here| line.here == here)
            && (!by.failed || line.status == OperationStatus::Failed)
            && text.split(' ').all(|word| folded.contains(word))
    };
    lines.iter().filter(wanted).cloned().collect()
}

/// Icon, colour class and word of an outcome.
pub(super) fn result(status: OperationStatus) -> (&'static str, &'static str, &'static str) {
    match status {
        OperationStatus::Succeeded => ("ok", "status is-ok", t::activity::succeeded()),
        OperationStatus::Failed => ("bad", "status is-bad", t::activity::failed()),
        OperationStatus::Progress => ("clock", "status", t::activity::progress()),
        OperationStatus::Unknown => ("unknown", "status", t::activity::unknown()),
    }
}

/// The operation in words. What nobody has words for is shown as the service calls it.
pub(super) fn operation(kind: &str) -> &str {
    match kind {
        "add_customer" => t::activity::add_customer(),
        "update_customer_billing_profile" => t::activity::update_billing(),
        "update_customer_partner_contract_company_name" => t::activity::update_name(),
        "remove_partner_customer_relationship" => t::activity::remove_relationship(),
        "remove_delegated_access" => t::activity::remove_delegation(),
        "update_subscription" => t::activity::update_subscription(),
        "create_customer_user" => t::activity::create_user(),
        "update_customer_user" => t::activity::update_user(),
        "delete_customer_user" => t::activity::delete_user(),
        "restore_customer_user" => t::activity::restore_user(),
        "reset_customer_user_password" => t::activity::reset_password(),
        "update_customer_user_licenses" => t::activity::update_licenses(),
        "create_transfer" => t::activity::create_transfer(),
        "update_transfer" => t::activity::update_transfer(),
        "create_agreement" => t::activity::create_agreement(),
        "export_customers" => t::activity::export_customers(),
        "export_subscriptions" => t::activity::export_subscriptions(),
        "export_activity" => t::activity::export_activity(),
        "copy_request_link" => t::activity::copy_request_link(),
        other => other,
    }
}
