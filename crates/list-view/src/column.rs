//! The columns of the list.

/// A column. The company name is always there and always first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The company name.
    Name,
    /// The primary domain name.
    Domain,
    /// The relationship to the partner.
    Relationship,
    /// The Microsoft ID.
    Id,
    /// The indirect reseller of the customer.
    Reseller,
    /// The country of the billing address.
    Country,
    /// The language of notices.
    Language,
    /// Whether the customer agreement is confirmed.
    Agreement,
    /// How many subscriptions are active.
    Active,
    /// When the next commitment ends.
    NextEnd,
    /// When this browser saw the customer for the first time.
    FirstSeen,
}

/// The narrowest that a column may be, in pixels.
pub const MIN_WIDTH: u16 = 80;
/// The widest.
pub const MAX_WIDTH: u16 = 480;
/// By how much a column grows or shrinks at a time.
pub const WIDTH_STEP: u16 = 40;

impl Column {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 11] = [
        Self::Name,
        Self::Domain,
        Self::Relationship,
        Self::Reseller,
        Self::Country,
        Self::Language,
        Self::Agreement,
        Self::Active,
        Self::NextEnd,
        Self::FirstSeen,
        Self::Id,
    ];

    /// Its name in an address. Never to be changed: links outlive releases.
    pub fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Domain => "domain",
            Self::Relationship => "relationship",
            Self::Id => "id",
            Self::Reseller => "reseller",
            Self::Country => "country",
            Self::Language => "language",
            Self::Agreement => "agreement",
            Self::Active => "active",
            Self::NextEnd => "end",
            Self::FirstSeen => "seen",
        }
    }

    /// The column of this name in an address.
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.key() == key)
    }

    /// How wide it is unless somebody chose otherwise, in pixels.
    pub fn usual_width(self) -> u16 {
        match self {
            Self::Name | Self::Domain | Self::Id => 280,
            Self::Relationship | Self::Reseller => 200,
            Self::Country | Self::Language | Self::NextEnd | Self::FirstSeen => 160,
            Self::Agreement | Self::Active => 120,
        }
    }

    /// Whether the list call does not carry it: a further call per customer does.
    pub fn takes_a_call(self) -> bool {
        matches!(
            self,
            Self::Reseller | Self::Country | Self::Language | Self::Agreement | Self::Active | Self::NextEnd
        )
    }

    /// Whether it shows figures, which stand at the end of their column.
    pub fn is_figure(self) -> bool {
        matches!(self, Self::Active | Self::NextEnd | Self::FirstSeen)
    }
}

/// A column as the list shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShownColumn {
    /// Which; never the name.
    pub column: Column,
    /// How wide, in pixels; `None` as usual.
    pub width: Option<u16>,
}

impl ShownColumn {
    /// A column of the usual width.
    pub const fn usual(column: Column) -> Self {
        Self { column, width: None }
    }

    /// How wide it is, in pixels.
    pub fn pixels(self) -> u16 {
        self.width.unwrap_or_else(|| self.column.usual_width())
    }

    /// Makes it wider (`true`) or narrower by a step, within the limits.
    pub fn resize(&mut self, wider: bool) {
        let now = self.pixels();
        let new = if wider { now.saturating_add(WIDTH_STEP) } else { now.saturating_sub(WIDTH_STEP) };
        let new = new.clamp(MIN_WIDTH, MAX_WIDTH);
        self.width = (new != self.column.usual_width()).then_some(new);
    }

    /// `domain`, `domain:240`.
    pub(crate) fn print(self) -> String {
        match self.width {
            Some(width) => [self.column.key(), ":", &width.to_string()].concat(),
            None => self.column.key().to_owned(),
        }
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (key, width) = match text.split_once(':') {
            Some((key, width)) => (key, Some(width.parse::<u16>().ok()?.clamp(MIN_WIDTH, MAX_WIDTH))),
            None => (text, None),
        };
        let column = Column::parse(key).filter(|column| *column != Column::Name)?;
        Some(Self { column, width: width.filter(|width| *width != column.usual_width()) })
    }
}
