//! Views kept by name, and the text in which a browser keeps them.
//!
//! Lines: a mark with the version, then for each view a sign (`*` opens first), its name, a tab, its query. Not JSON:
//! writing that costs the application 10 KB.

/// A view that somebody named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedView {
    /// The name, as typed.
    pub name: String,
    /// The query of its address, without a question mark.
    pub query: String,
}

/// All saved views, in the order in which they were saved.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SavedViews {
    /// The views.
    pub views: Vec<SavedView>,
    /// Which of them opens when nothing else is asked for.
    pub default: Option<usize>,
}

/// What was found where views are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stored {
    /// Views, or none yet.
    Views(SavedViews),
    /// Something that another release wrote, or that is damaged. It must not be written over without being asked.
    NotUnderstood,
}

/// The first line of what this release writes.
const MARK: &str = "cartera-views 1";
/// Before the view that opens first, and before the others.
const FIRST: char = '*';
const OTHER: char = '-';
/// So that a bar of tabs stays one.
const MAX_VIEWS: usize = 50;
/// Longer names would not be read.
const MAX_NAME: usize = 60;

impl SavedViews {
    /// Reads what [`Self::print`] wrote.
    pub fn parse(text: &str) -> Stored {
        let mut lines = text.lines();
        if lines.next() != Some(MARK) {
            return Stored::NotUnderstood;
        }
        let mut saved = Self::default();
        for line in lines {
            let first = line.starts_with(FIRST);
            let rest = line.strip_prefix([FIRST, OTHER]).and_then(|rest| rest.split_once('\t'));
            let Some((name, query)) = rest else { return Stored::NotUnderstood };
            if first {
                saved.default = Some(saved.views.len());
            }
            saved.views.push(SavedView { name: name.to_owned(), query: query.to_owned() });
        }
        Stored::Views(saved)
    }

    /// The text to keep.
    pub fn print(&self) -> String {
        let mut text = String::from(MARK);
        for (at, view) in self.views.iter().enumerate() {
            text.push('\n');
            text.push(if self.default == Some(at) { FIRST } else { OTHER });
            text.push_str(&view.name);
            text.push('\t');
            text.push_str(&view.query);
        }
        text
    }

    /// Saves a view; one of the same name is replaced. Answers its place, or `None` for an empty name or when there
    /// are too many (50).
    pub fn save(&mut self, name: &str, query: String) -> Option<usize> {
        let name = clean(name);
        let same = self.position(&name);
        if name.is_empty() || (same.is_none() && self.views.len() >= MAX_VIEWS) {
            return None;
        }
        let view = SavedView { name, query };
        Some(if let Some(at) = same {
            self.views[at] = view;
            at
        } else {
            self.views.push(view);
            self.views.len() - 1
        })
    }

    /// Where the view of this name is.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.views.iter().position(|view| view.name == name)
    }

    /// Gives a view another name. Answers whether it has that name now: not if it is empty, or another view's.
    pub fn rename(&mut self, at: usize, name: &str) -> bool {
        let name = clean(name);
        let free = self.position(&name).is_none_or(|same| same == at);
        match self.views.get_mut(at) {
            Some(view) if free && !name.is_empty() => {
                view.name = name;
                true
            }
            _ => false,
        }
    }

    /// Forgets the view at a place.
    pub fn remove(&mut self, at: usize) {
        if at < self.views.len() {
            self.views.remove(at);
            self.default = match self.default {
                Some(default) if default == at => None,
                Some(default) if default > at => Some(default - 1),
                other => other,
            };
        }
    }
}

/// A name as it is kept.
fn clean(name: &str) -> String {
    name.trim().chars().filter(|c| !c.is_control()).take(MAX_NAME).collect()
}
