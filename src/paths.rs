//! The only place that knows URLs: each page's address is printed and parsed here, and nowhere else.
//!
//! Paths are English in every language. What a link should restore lies in the query. Nothing here
//! touches the browser, so that the native tests include this file as it is.

use std::cell::RefCell;

use list_view::View;

thread_local! {
    static BASE: RefCell<String> = const { RefCell::new(String::new()) };
    static DIGEST: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Sets the path below which the site lies: `/`, `/portal/accounts/`. The boot script found it.
pub(crate) fn set_base(base: &str) {
    BASE.replace(base.trim_end_matches('/').to_owned());
}

/// The base without a slash at its end, as the router wants it.
pub(crate) fn base() -> String {
    BASE.with_borrow(String::clone)
}

/// The address of a file that lies beside the page, such as the icons.
pub(crate) fn asset(name: &str) -> String {
    format!("{}/{name}", base())
}

/// Sets what stands in the names of texts and lazy files of this release. The boot script found it.
pub(crate) fn set_digest(digest: &str) {
    DIGEST.replace(digest.to_owned());
}

/// The address of a text or lazy file, whose name changes with each release: `texts/es.txt` is at `texts/es-0123456789abcdef.txt`.
pub(crate) fn file(name: &str) -> String {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    asset(&DIGEST.with_borrow(|digest| [stem, "-", digest, ".", ending].concat()))
}

/// What the sandbox in a demonstration is asked for by a path below the API's version: a call of the API.
pub(crate) fn demo_api(path: &str) -> String {
    ["/v1", path].concat()
}

/// And what it is told to do: `faults`, `clock`.
pub(crate) fn demo_control(what: &str) -> String {
    ["/.sandbox/", what].concat()
}

/// Where a sign-in comes back to: a page beside the application, with none of it.
pub(crate) fn callback() -> String {
    asset("auth/callback.html")
}

/// A page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Page {
    /// The customer list, and what it shows.
    Customers(View),
    /// The link by which an existing customer accepts the partner.
    Request,
    /// A new customer, step by step.
    Add(AddStep),
    /// Several relationships to be ended: these customers, by Microsoft ID in lower case.
    RemoveSeveral(Vec<String>),
    /// One customer.
    Customer(CustomerKey, CustomerTab),
    /// Subscriptions that go to another partner and come from one, of all customers.
    Transfers,
    /// Those of one customer.
    Switch(CustomerKey, SwitchView),
    /// Users of a customer, from a file or typed.
    Import(CustomerKey, ImportStep),
    /// What was done, for all customers.
    Activity,
    /// Language, theme.
    Settings,
}

/// What is shown of a customer's transfers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SwitchView {
    /// All there are.
    All,
    /// A new request.
    New,
    /// The form on paper.
    Paper,
    /// The one with this id, in lower case.
    One(String),
}

impl SwitchView {
    fn text(&self) -> &str {
        match self {
            Self::All => "",
            Self::New => "new",
            Self::Paper => "paper",
            Self::One(id) => id,
        }
    }

    fn parse(text: &str) -> Self {
        match text {
            "" => Self::All,
            "new" => Self::New,
            "paper" => Self::Paper,
            id => Self::One(id.to_ascii_lowercase()),
        }
    }
}

/// A step on the way to a new customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AddStep {
    /// New to Microsoft, or not.
    Who,
    /// Company, domain, address.
    Company,
    /// Contact and language.
    Contact,
    /// The Microsoft Customer Agreement.
    Agreement,
    /// Everything once more.
    Review,
    /// What became of it.
    Result,
}

impl AddStep {
    /// All, in their order.
    pub(crate) const ALL: [Self; 6] =
        [Self::Who, Self::Company, Self::Contact, Self::Agreement, Self::Review, Self::Result];

    /// The last part of the path; empty for the first step.
    fn text(self) -> &'static str {
        match self {
            Self::Who => "",
            Self::Company => "company",
            Self::Contact => "contact",
            Self::Agreement => "agreement",
            Self::Review => "review",
            Self::Result => "result",
        }
    }
}

/// A step on the way from a file to users.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ImportStep {
    /// The file.
    Source,
    /// What its columns are.
    Columns,
    /// Its rows.
    Repair,
    /// What will happen.
    Plan,
    /// It happens.
    Run,
    /// What has happened.
    Results,
}

impl ImportStep {
    /// All, in their order.
    pub(crate) const ALL: [Self; 6] =
        [Self::Source, Self::Columns, Self::Repair, Self::Plan, Self::Run, Self::Results];

    /// The last part of the path; empty for the first step.
    fn text(self) -> &'static str {
        match self {
            Self::Source => "",
            Self::Columns => "columns",
            Self::Repair => "repair",
            Self::Plan => "plan",
            Self::Run => "run",
            Self::Results => "results",
        }
    }
}

/// A part of the customer page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CustomerTab {
    /// What one looks at first.
    Overview,
    /// All subscriptions.
    Subscriptions,
    /// Users and licences.
    Users,
    /// Company and billing.
    Account,
    /// What was done to this customer.
    Activity,
    /// The end of the relationship.
    Relationship,
}

impl CustomerTab {
    /// All, in the order in which they are shown.
    pub(crate) const ALL: [Self; 6] =
        [Self::Overview, Self::Subscriptions, Self::Users, Self::Account, Self::Activity, Self::Relationship];

    /// The last part of the path; empty for the overview.
    fn text(self) -> &'static str {
        match self {
            Self::Overview => "",
            Self::Subscriptions => "subscriptions",
            Self::Users => "users",
            Self::Account => "account",
            Self::Activity => "activity",
            Self::Relationship => "relationship",
        }
    }
}

/// What a link may call a customer by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum CustomerKey {
    /// The Microsoft ID: a GUID, in lower case.
    Id(String),
    /// Its primary domain, in lower case.
    Domain(String),
    /// A text that can be neither: the page says so.
    Neither(String),
}

impl CustomerKey {
    /// Reads what stands in the path.
    pub(crate) fn parse(text: &str) -> Self {
        let text = text.trim().trim_matches(['{', '}']).to_ascii_lowercase();
        let groups: Vec<&str> = text.split('-').collect();
        let is_id = groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
            && groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()));
        if is_id {
            return Self::Id(text);
        }
        let is_domain = text.len() <= 253
            && text.contains('.')
            && text.split('.').all(|label| {
                !label.is_empty()
                    && label.len() <= 63
                    && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_' || b >= 0x80)
            });
        if is_domain { Self::Domain(text) } else { Self::Neither(text) }
    }

    fn text(&self) -> &str {
        match self {
            Self::Id(text) | Self::Domain(text) | Self::Neither(text) => text,
        }
    }
}

impl Page {
    /// The list as the person wants it first: the default view where there is one, else all.
    pub(crate) fn all_customers() -> Self {
        Self::Customers(View::default())
    }

    /// A customer's first page.
    pub(crate) fn customer(key: CustomerKey) -> Self {
        Self::Customer(key, CustomerTab::Overview)
    }

    /// The page as a whole, whatever is searched for on it and whichever part of it is shown.
    pub(crate) fn whole(self) -> Self {
        match self {
            Self::Customers(_) => Self::all_customers(),
            Self::Customer(key, _) => Self::customer(key),
            other => other,
        }
    }

    /// The same of a customer that is called by another key; a page that is no customer's stays.
    pub(crate) fn of(self, key: CustomerKey) -> Self {
        match self {
            Self::Customer(_, tab) => Self::Customer(key, tab),
            Self::Switch(_, view) => Self::Switch(key, view),
            Self::Import(_, step) => Self::Import(key, step),
            other => other,
        }
    }

    /// Whose page it is, if it is a customer's.
    pub(crate) fn key(&self) -> Option<&CustomerKey> {
        match self {
            Self::Customer(key, _) | Self::Switch(key, _) | Self::Import(key, _) => Some(key),
            _ => None,
        }
    }

    /// The address below the base: `/customers?q=norte`.
    pub(crate) fn path(&self) -> String {
        match self {
            Self::Customers(view) => {
                let query = view_query(view);
                let mark = if query.is_empty() { "" } else { "?" };
                format!("/customers{mark}{query}")
            }
            Self::Customer(key, CustomerTab::Overview) => format!("/customers/{}", encode(key.text())),
            Self::Customer(key, tab) => format!("/customers/{}/{}", encode(key.text()), tab.text()),
            Self::Request => "/customers/request".to_owned(),
            Self::RemoveSeveral(ids) if ids.is_empty() => "/customers/remove".to_owned(),
            Self::RemoveSeveral(ids) => format!("/customers/remove?ids={}", ids.join(",")),
            Self::Add(AddStep::Who) => "/customers/new".to_owned(),
            Self::Add(step) => format!("/customers/new/{}", step.text()),
            Self::Transfers => "/transfers".to_owned(),
            Self::Switch(key, view) => {
                let rest = view.text();
                let slash = if rest.is_empty() { "" } else { "/" };
                ["/customers/", &encode(key.text()), "/azure-switch", slash, &encode(rest)].concat()
            }
            Self::Import(key, step) => {
                let slash = if *step == ImportStep::Source { "" } else { "/" };
                ["/customers/", &encode(key.text()), "/import", slash, step.text()].concat()
            }
            Self::Activity => "/activity".to_owned(),
            Self::Settings => "/settings".to_owned(),
        }
    }

    /// The address with the base, for a link.
    pub(crate) fn href(&self) -> String {
        format!("{}{}", base(), self.path())
    }

    /// The page at an address below the base; `None` when there is none. `search` is the query without its
    /// question mark.
    pub(crate) fn parse(path: &str, search: &str) -> Option<Self> {
        let mut parts = path.trim_matches('/').split('/');
        let page = match (parts.next()?, parts.next()) {
            ("" | "customers", None) => Self::Customers(read_view(search)),
            // No customer is called so: a key is an id or has a dot.
            ("customers", Some("request")) => Self::Request,
            ("customers", Some("remove")) => Self::RemoveSeveral(read_ids(search)),
            ("customers", Some("new")) => {
                let step = parts.next().unwrap_or_default();
                Self::Add(AddStep::ALL.into_iter().find(|known| known.text() == step)?)
            }
            ("customers", Some(key)) => {
                let tab = parts.next().unwrap_or_default();
                if tab == "azure-switch" {
                    let view = SwitchView::parse(&decode(parts.next().unwrap_or_default(), false)?);
                    let key = CustomerKey::parse(&decode(key, false)?);
                    return parts.next().is_none().then_some(Self::Switch(key, view));
                }
                if tab == "import" {
                    let step = parts.next().unwrap_or_default();
                    let step = ImportStep::ALL.into_iter().find(|known| known.text() == step)?;
                    let key = CustomerKey::parse(&decode(key, false)?);
                    return parts.next().is_none().then_some(Self::Import(key, step));
                }
                let tab = CustomerTab::ALL.into_iter().find(|known| known.text() == tab)?;
                Self::Customer(CustomerKey::parse(&decode(key, false)?), tab)
            }
            ("transfers", None) => Self::Transfers,
            ("activity", None) => Self::Activity,
            ("settings", None) => Self::Settings,
            _ => return None,
        };
        parts.next().is_none().then_some(page)
    }

    /// The page at an address of this site, base included.
    pub(crate) fn at(pathname: &str, search: &str) -> Option<Self> {
        let rest = pathname.strip_prefix(base().as_str())?;
        (rest.is_empty() || rest.starts_with('/')).then(|| Self::parse(rest, search))?
    }
}

/// The ids in a query: what is none is left out.
fn read_ids(query: &str) -> Vec<String> {
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let list = pairs.filter(|(name, _)| *name == "ids").find_map(|(_, value)| decode(value, true));
    let keys = list.unwrap_or_default();
    let keys = keys.split(',').map(CustomerKey::parse);
    keys.filter_map(|key| if let CustomerKey::Id(id) = key { Some(id) } else { None }).collect()
}

/// What narrows the rows of a page other than the customer list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Parameter {
    /// What is searched for.
    Text,
    /// A state, or an outcome.
    State,
    /// A kind.
    Kind,
    /// Where something comes from.
    Source,
    /// How far back.
    Period,
}

impl Parameter {
    fn key(self) -> &'static str {
        match self {
            Self::Text => "q",
            Self::State => "state",
            Self::Kind => "kind",
            Self::Source => "source",
            Self::Period => "period",
        }
    }

    /// Its value in a query; empty when it is not there.
    pub(crate) fn read(self, query: &str) -> String {
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let value = pairs.find(|(name, _)| *name == self.key());
        value.and_then(|(_, value)| decode(value, true)).unwrap_or_default()
    }
}

/// The address of a page with its rows narrowed, with the base. Empty values are left out.
pub(crate) fn narrowed(page: &Page, by: &[(Parameter, &str)]) -> String {
    let mut href = page.href();
    let mut mark = '?';
    for (parameter, value) in by.iter().filter(|(_, value)| !value.is_empty()) {
        href.push(mark);
        href.extend([parameter.key(), "=", &encode(value)]);
        mark = '&';
    }
    href
}

/// A view as the query of an address, without a question mark.
pub(crate) fn view_query(view: &View) -> String {
    let pairs: Vec<String> =
        view.parameters().iter().map(|(name, value)| [*name, "=", &encode(value)].concat()).collect();
    pairs.join("&")
}

/// The view of a query. What cannot be decoded is not there.
pub(crate) fn read_view(query: &str) -> View {
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let parameters: Vec<(&str, String)> =
        pairs.filter_map(|(name, value)| Some((name, decode(value, true)?))).collect();
    View::from_parameters(&parameters)
}

/// Percent-encodes everything but the unreserved characters of RFC 3986.
pub(crate) fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
            out.push('%');
            out.push(char::from(DIGITS[usize::from(byte >> 4)]));
            out.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
    }
    out
}

/// Decodes once. A `%` that begins no escape stands for itself; bytes that are not UTF-8 are refused.
fn decode(text: &str, plus_is_blank: bool) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let escape = after.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        match (first, escape.filter(|pair| pair.bytes().all(|b| b.is_ascii_hexdigit()))) {
            (b'%', Some(pair)) => {
                bytes.push(u8::from_str_radix(pair, 16).ok()?);
                rest = &after[2..];
            }
            (b'+', _) if plus_is_blank => {
                bytes.push(b' ');
                rest = after;
            }
            _ => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).ok()
}
