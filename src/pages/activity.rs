//! What was done, as Microsoft recorded it: for all customers, or for one.

use std::cell::RefCell;
use std::rc::Rc;

use csv_export::Sheet;
use leptos::task::spawn_local;
use partner_center::{
    AUDIT_DAYS_KEPT, AuditFilter, AuditQuery, AuditRecord, CustomerId, Error, OperationStatus, Pages,
    Timestamp,
};

use crate::i18n::{self, t};
use crate::paths::{CustomerKey, Page};
use crate::platform::download;
use crate::platform::time::now;
use crate::state::root;
use crate::ui::{El, Watched, button, el, empty, fault, heading, icon, link, shared};

/// The periods on offer, in days.
const PERIODS: [u16; 3] = [7, 30, AUDIT_DAYS_KEPT];

/// How far the reading is.
enum Phase {
    Reading,
    /// There is more, when asked for.
    Partly,
    All,
    Failed(Error),
}

struct Records {
    items: Watched<Vec<AuditRecord>>,
    phase: Watched<Phase>,
    /// `None` while a page is on its way.
    pages: RefCell<Option<Pages<AuditRecord>>>,
}

impl Records {
    fn read(days: u16, customer: Option<CustomerId>) -> Rc<Self> {
        let ago = i64::from(days) * 86_400_000;
        let query = AuditQuery {
            start: Some(Timestamp::from_millis(now().millis() - ago)),
            filter: customer.map(AuditFilter::Customer),
            ..AuditQuery::default()
        };
        let records = Rc::new(Self {
            items: Watched::new(Vec::new()),
            phase: Watched::new(Phase::Reading),
            pages: RefCell::new(Some(root().client.audit_records(&query))),
        });
        records.clone().next();
        records
    }

    /// Reads a page more, or the failed one again.
    fn next(self: Rc<Self>) {
        let Some(mut pages) = self.pages.take() else { return };
        self.phase.set(Phase::Reading);
        spawn_local(async move {
            let phase = match pages.next().await {
                None => Phase::All,
                Some(Err(error)) => Phase::Failed(error),
                Some(Ok(page)) => {
                    self.items.update(|items| items.extend(page.items));
                    if page.has_more { Phase::Partly } else { Phase::All }
                }
            };
            self.pages.replace(Some(pages));
            self.phase.set(phase);
        });
    }
}

/// The page for all customers.
pub(super) fn page() -> El {
    el("div", "page").child(heading(t::activity::title())).child(section(None))
}

/// The records, of one customer or of all, with a choice of the period.
pub(super) fn section(customer: Option<CustomerId>) -> El {
    let days = shared(30);
    let shown = days.clone();
    el("section", "section").child(periods(&days)).live(move || {
        let days = shown.get();
        Some(part(days, customer.as_ref()))
    })
}

fn periods(days: &Rc<Watched<u16>>) -> El {
    let group = el("div", "group").attr("role", "group").attr("aria-label", t::activity::period());
    group.children(PERIODS.map(|period| {
        let (chosen, pressed) = (days.clone(), days.clone());
        button("btn", move || chosen.set(period))
            .live_attr("aria-pressed", move || Some(pressed.with(|days| *days == period).to_string()))
            .text(&t::activity::days(period.into()))
    }))
}

fn part(days: u16, customer: Option<&CustomerId>) -> El {
    let records = Records::read(days, customer.cloned());
    let with_customer = customer.is_none();
    let (listed, ended, exported) = (records.clone(), records.clone(), records);
    let export = button("btn btn-small", move || export(&exported))
        .child(icon("download"))
        .text(t::activity::export());
    el("div", "stack stack-8")
        .child(el("p", "meta").text(&t::activity::note(&days.to_string())))
        .child(el("div", "line").child(export))
        .live(move || listed.items.with(|items| (!items.is_empty()).then(|| table(items, with_customer))))
        .live(move || Some(ending(&ended)))
}

/// What stands below the rows: how many there are, more of them, or why not.
fn ending(records: &Rc<Records>) -> El {
    let count = records.items.with(Vec::len);
    let again = records.clone();
    records.phase.with(|phase| match phase {
        Phase::Reading => el("p", "meta late").attr("role", "status").text(t::activity::loading()),
        Phase::Failed(error) => {
            fault(t::activity::read_failed(), error, Some(Box::new(move || again.clone().next())))
        }
        Phase::All if count == 0 => {
            empty("history", t::activity::none_title(), t::activity::none_text(), None)
        }
        Phase::All => el("p", "meta").text(&t::activity::count(count)),
        Phase::Partly => el("p", "line")
            .child(el("span", "meta").text(&t::activity::so_far(count)))
            .child(button("btn btn-small", move || again.clone().next()).text(t::activity::more())),
    })
}

fn table(items: &[AuditRecord], with_customer: bool) -> El {
    let head = |class: &str, text: &str| el("th", class).attr("scope", "col").text(text);
    let heads = el("tr", "")
        .child(head("c-when", t::activity::when()))
        .child(head("", t::activity::what()))
        .maybe(with_customer.then(|| head("", t::activity::customer())))
        .child(head("x-who", t::activity::who()))
        .child(head("c-s", t::activity::result()));
    el("table", "table flush activity")
        .attr("aria-label", t::activity::table())
        .child(el("thead", "").child(heads))
        .child(el("tbody", "").children(items.iter().map(|item| row(item, with_customer))))
}

fn row(item: &AuditRecord, with_customer: bool) -> El {
    let (symbol, class, word) = result(item.operation_status);
    let customer = with_customer.then(|| {
        let name = item.customer_name.as_deref().unwrap_or_default();
        let cell = el("td", "");
        match &item.customer_id {
            Some(id) => {
                let page = Page::customer(CustomerKey::Id(id.as_str().to_ascii_lowercase()));
                cell.child(link("quiet", &page.href()).child(el("bdi", "").text(name)))
            }
            None => cell.child(el("bdi", "").text(name)),
        }
    });
    el("tr", "")
        .child(el("td", "").text(&item.operation_date.map(i18n::date_time).unwrap_or_default()))
        .child(el("th", "").attr("scope", "row").text(operation(&item.operation_type)))
        .maybe(customer)
        .child(
            el("td", "x-who")
                .child(el("bdi", "").text(item.user_principal_name.as_deref().unwrap_or_default())),
        )
        .child(el("td", "").child(el("span", class).child(icon(symbol)).text(word)))
}

fn result(status: OperationStatus) -> (&'static str, &'static str, &'static str) {
    match status {
        OperationStatus::Succeeded => ("ok", "status is-ok", t::activity::succeeded()),
        OperationStatus::Failed => ("bad", "status is-bad", t::activity::failed()),
        OperationStatus::Progress => ("clock", "status", t::activity::progress()),
        OperationStatus::Unknown => ("unknown", "status", t::activity::unknown()),
    }
}

/// The operation in words. What nobody has words for is shown as the service calls it.
fn operation(kind: &str) -> &str {
    match kind {
        "add_customer" => t::activity::add_customer(),
        "update_customer_billing_profile" => t::activity::update_billing(),
        "update_customer_partner_contract_company_name" => t::activity::update_name(),
        "remove_partner_customer_relationship" => t::activity::remove_relationship(),
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
        other => other,
    }
}

/// All that was read, as a file.
fn export(records: &Records) {
    let header = [
        t::activity::when(),
        t::activity::what(),
        t::activity::customer(),
        t::customer::id(),
        t::activity::who(),
        t::activity::result(),
    ];
    let mut sheet = Sheet::new(i18n::separator(), &header);
    records.items.peek(|items| {
        for item in items {
            let when = item.operation_date.map(|at| at.to_string()).unwrap_or_default();
            sheet.row(&[
                &when,
                operation(&item.operation_type),
                item.customer_name.as_deref().unwrap_or_default(),
                item.customer_id.as_ref().map(CustomerId::as_str).unwrap_or_default(),
                item.user_principal_name.as_deref().unwrap_or_default(),
                result(item.operation_status).2,
            ]);
        }
    });
    let toasts = &root().toasts;
    if download::offer_csv(t::activity::file_name(), &sheet.finish()) {
        toasts.tell(&t::activity::exported(records.items.peek(Vec::len)));
    } else {
        toasts.warn(t::customers::export_failed());
    }
}
