//! A view: all that decides what the list shows.

use crate::{Column, Filter, ShownColumn};

/// What the rows are sorted by. Unless said otherwise: by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// The column.
    pub by: Column,
    /// From the last to the first.
    pub descending: bool,
}

impl Default for Order {
    fn default() -> Self {
        Self { by: Column::Name, descending: false }
    }
}

impl Order {
    /// `domain`, `-domain`.
    pub fn print(self) -> String {
        [if self.descending { "-" } else { "" }, self.by.key()].concat()
    }

    /// The order of this name.
    pub fn parse(text: &str) -> Option<Self> {
        let name = text.strip_prefix('-');
        Some(Self { by: Column::parse(name.unwrap_or(text))?, descending: name.is_some() })
    }
}

/// How high the rows are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Density {
    /// 24 pixels.
    Compact,
    /// 34 pixels.
    Normal,
    /// 44 pixels.
    Comfortable,
}

impl Density {
    /// All, from the densest.
    pub const ALL: [Self; 3] = [Self::Compact, Self::Normal, Self::Comfortable];

    /// Its name in an address and in the style sheet.
    pub fn key(self) -> &'static str {
        match self {
            Self::Compact => "compact",
            Self::Normal => "normal",
            Self::Comfortable => "comfortable",
        }
    }

    /// The density of this name.
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|density| density.key() == key)
    }
}

/// What the list shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// What is searched for; empty for all.
    pub search: String,
    /// At most one for each column.
    pub filters: Vec<Filter>,
    /// The columns after the name, in their order.
    pub columns: Vec<ShownColumn>,
    /// The order of the rows.
    pub order: Order,
    /// How high the rows are; `None` as the person set it for the whole application.
    pub density: Option<Density>,
    /// That this is meant as it is, even where it says nothing: a default view does not take its place.
    pub plain: bool,
    /// What stood in the address and was not understood. Not part of what is shown, and never printed.
    pub unknown: Vec<String>,
}

/// The columns that the list has unless somebody chose others.
pub const USUAL_COLUMNS: [ShownColumn; 2] =
    [ShownColumn::usual(Column::Domain), ShownColumn::usual(Column::Relationship)];

impl Default for View {
    fn default() -> Self {
        Self {
            search: String::new(),
            filters: Vec::new(),
            columns: USUAL_COLUMNS.to_vec(),
            order: Order::default(),
            density: None,
            plain: false,
            unknown: Vec::new(),
        }
    }
}

impl View {
    /// Everything, whatever the default view is.
    pub fn everything() -> Self {
        Self { plain: true, ..Self::default() }
    }

    /// The parameters of the address, values not yet encoded. What is as usual is not printed.
    pub fn parameters(&self) -> Vec<(&'static str, String)> {
        let mut all = Vec::new();
        if !self.search.is_empty() {
            all.push(("q", self.search.clone()));
        }
        for filter in &self.filters {
            all.push((filter.column().key(), filter.value()));
        }
        if self.columns != USUAL_COLUMNS {
            let columns: Vec<String> = self.columns.iter().map(|shown| shown.print()).collect();
            all.push(("cols", if columns.is_empty() { NONE.to_owned() } else { columns.join(",") }));
        }
        if self.order != Order::default() {
            all.push(("sort", self.order.print()));
        }
        if let Some(density) = self.density {
            all.push(("rows", density.key().to_owned()));
        }
        if all.is_empty() && self.plain {
            all.push(("view", "all".to_owned()));
        }
        all
    }

    /// Reads the parameters of an address, values decoded. The first of a name counts.
    pub fn from_parameters(parameters: &[(&str, String)]) -> Self {
        let mut view = Self::default();
        let mut seen = Vec::new();
        for (name, value) in parameters {
            if seen.contains(name) {
                continue;
            }
            seen.push(*name);
            if !view.take(name, value) {
                view.unknown.push((*name).to_owned());
            }
        }
        view
    }

    /// Takes one parameter. Answers whether it was understood.
    fn take(&mut self, name: &str, value: &str) -> bool {
        match name {
            "q" => value.clone_into(&mut self.search),
            "cols" => {
                self.columns.clear();
                for part in value.split(',').filter(|part| *part != NONE) {
                    match ShownColumn::parse(part) {
                        Some(shown) if self.shows(shown.column) => {}
                        Some(shown) => self.columns.push(shown),
                        None => self.unknown.push(part.to_owned()),
                    }
                }
            }
            "sort" => match Order::parse(value) {
                Some(order) => self.order = order,
                None => return false,
            },
            "rows" => match Density::parse(value) {
                Some(density) => self.density = Some(density),
                None => return false,
            },
            "view" => self.plain = true,
            _ => {
                // A parameter of somebody else's, such as those that follow people around, says nothing here.
                let Some(column) = Column::parse(name) else { return true };
                match Filter::parse(column, value) {
                    Some(filter) => self.set_filter(column, Some(filter)),
                    None => return value.trim().is_empty(),
                }
            }
        }
        true
    }

    /// Whether a column is shown.
    pub fn shows(&self, column: Column) -> bool {
        column == Column::Name || self.columns.iter().any(|shown| shown.column == column)
    }

    /// Shows a column, at the end, or hides it. The name stays.
    pub fn toggle(&mut self, column: Column) {
        if self.shows(column) {
            self.columns.retain(|shown| shown.column != column);
        } else {
            self.columns.push(ShownColumn::usual(column));
        }
    }

    /// Moves a column by one place, towards the end or the name.
    pub fn shift(&mut self, column: Column, towards_end: bool) {
        let Some(at) = self.columns.iter().position(|shown| shown.column == column) else { return };
        let to = if towards_end { at + 1 } else { at.wrapping_sub(1) };
        if to < self.columns.len() {
            self.columns.swap(at, to);
        }
    }

    /// The filter on a column.
    pub fn filter(&self, column: Column) -> Option<&Filter> {
        self.filters.iter().find(|filter| filter.column() == column)
    }

    /// Sets, replaces or takes away the filter on a column.
    pub fn set_filter(&mut self, column: Column, filter: Option<Filter>) {
        match (self.filters.iter().position(|other| other.column() == column), filter) {
            (Some(at), Some(filter)) => self.filters[at] = filter,
            (Some(at), None) => {
                self.filters.remove(at);
            }
            (None, Some(filter)) => self.filters.push(filter),
            (None, None) => {}
        }
    }

    /// The columns whose values come by further calls and are shown, filtered or sorted by.
    pub fn calls_for(&self) -> Vec<Column> {
        Column::ALL
            .into_iter()
            .filter(|column| {
                column.takes_a_call()
                    && (self.shows(*column) || self.filter(*column).is_some() || self.order.by == *column)
            })
            .collect()
    }

    /// As it is saved: with the height of the rows that it has now, whatever is usual when it is opened.
    #[must_use]
    pub fn to_save(&self, usual: Density) -> Self {
        Self { density: self.density.or(Some(usual)), ..self.clone() }
    }

    /// As it is shared: it shows the same to somebody who has a default view of his own.
    #[must_use]
    pub fn to_share(&self) -> Self {
        Self { plain: true, ..self.clone() }
    }

    /// Whether both show the same, rows that say nothing of their height being as usual.
    pub fn looks_like(&self, other: &Self, usual: Density) -> bool {
        self.to_save(usual).shows_the_same(&other.to_save(usual))
    }

    /// Whether both show the same.
    pub fn shows_the_same(&self, other: &Self) -> bool {
        self.parameters()
            .iter()
            .filter(|(name, _)| *name != "view")
            .eq(other.parameters().iter().filter(|(name, _)| *name != "view"))
    }
}

/// In the place of columns when there are none but the name.
const NONE: &str = "none";
