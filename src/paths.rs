//! The only place that knows URLs: each page's address is printed and parsed here, and nowhere else.
//!
//! Paths are English in every language. What a link should restore lies in the query. Nothing here
//! touches the browser, so that the native tests include this file as it is.

use std::cell::RefCell;

thread_local! {
    static BASE: RefCell<String> = const { RefCell::new(String::new()) };
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

/// A page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Page {
    /// The customer list.
    Customers {
        /// What is searched for; empty for all.
        search: String,
        /// What the rows are sorted by.
        order: Order,
    },
    /// One customer.
    Customer(CustomerKey, CustomerTab),
    /// What was done, for all customers.
    Activity,
    /// Language, theme.
    Settings,
}

/// What the customer list is sorted by. Unless the address says otherwise: by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Order {
    pub(crate) by: OrderBy,
    /// From the last to the first.
    pub(crate) descending: bool,
}

/// A column to sort by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum OrderBy {
    #[default]
    Name,
    Domain,
    Relationship,
}

impl OrderBy {
    const ALL: [Self; 3] = [Self::Name, Self::Domain, Self::Relationship];

    fn text(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Domain => "domain",
            Self::Relationship => "relationship",
        }
    }
}

impl Order {
    /// `domain`, `-domain`; `None` for the usual order, which no address has to tell.
    fn text(self) -> Option<String> {
        let sign = if self.descending { "-" } else { "" };
        (self != Self::default()).then(|| format!("{sign}{}", self.by.text()))
    }

    fn parse(text: &str) -> Option<Self> {
        let name = text.strip_prefix('-');
        let by = OrderBy::ALL.into_iter().find(|by| by.text() == name.unwrap_or(text))?;
        Some(Self { by, descending: name.is_some() })
    }
}

/// A part of the customer page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CustomerTab {
    /// What one looks at first.
    Overview,
    /// All subscriptions.
    Subscriptions,
    /// What was done to this customer.
    Activity,
}

impl CustomerTab {
    /// All, in the order in which they are shown.
    pub(crate) const ALL: [Self; 3] = [Self::Overview, Self::Subscriptions, Self::Activity];

    /// The last part of the path; empty for the overview.
    fn text(self) -> &'static str {
        match self {
            Self::Overview => "",
            Self::Subscriptions => "subscriptions",
            Self::Activity => "activity",
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
    /// The list without a search.
    pub(crate) fn all_customers() -> Self {
        Self::Customers { search: String::new(), order: Order::default() }
    }

    /// A customer's first page.
    pub(crate) fn customer(key: CustomerKey) -> Self {
        Self::Customer(key, CustomerTab::Overview)
    }

    /// The page as a whole, whatever is searched for on it and whichever part of it is shown.
    pub(crate) fn whole(self) -> Self {
        match self {
            Self::Customers { .. } => Self::all_customers(),
            Self::Customer(key, _) => Self::customer(key),
            other => other,
        }
    }

    /// The address below the base: `/customers?q=norte`.
    pub(crate) fn path(&self) -> String {
        match self {
            Self::Customers { search, order } => {
                let search = (!search.is_empty()).then(|| format!("q={}", encode(search)));
                let order = order.text().map(|text| format!("sort={text}"));
                let query: Vec<String> = search.into_iter().chain(order).collect();
                let mark = if query.is_empty() { "" } else { "?" };
                format!("/customers{mark}{}", query.join("&"))
            }
            Self::Customer(key, CustomerTab::Overview) => format!("/customers/{}", encode(key.text())),
            Self::Customer(key, tab) => format!("/customers/{}/{}", encode(key.text()), tab.text()),
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
            ("" | "customers", None) => Self::Customers {
                search: parameter(search, "q").unwrap_or_default(),
                // An order of another release is no reason to show nothing.
                order: parameter(search, "sort").and_then(|text| Order::parse(&text)).unwrap_or_default(),
            },
            ("customers", Some(key)) => {
                let tab = parts.next().unwrap_or_default();
                let tab = CustomerTab::ALL.into_iter().find(|known| known.text() == tab)?;
                Self::Customer(CustomerKey::parse(&decode(key, false)?), tab)
            }
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

/// The first parameter of this name that can be read.
fn parameter(search: &str, name: &str) -> Option<String> {
    search
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(key, _)| *key == name)
        .and_then(|(_, value)| decode(value, true))
}

/// Percent-encodes everything but the unreserved characters of RFC 3986.
fn encode(text: &str) -> String {
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
