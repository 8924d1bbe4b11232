//! A partner's customer list as a text that a browser may keep, where its owner agreed. The list is shown from it
//! at once, with its age, and read anew; and it tells since when a customer is there.
//!
//! A line for each customer: id, domain, relationship, first seen, name. A text of another version, or a damaged one,
//! is no list: it is read from the service then.
#![deny(missing_docs)]

use std::fmt::Write;

const HEAD: &str = "cartera-list 1 ";

/// A customer, as it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row<'a> {
    /// Its Microsoft ID.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Its primary domain.
    pub domain: &'a str,
    /// The number that the program gives to the relationship.
    pub relationship: u8,
    /// The day on which it was seen for the first time, counted from 1970; `None` for who was there when keeping began.
    pub first_seen: Option<i32>,
}

/// A list that was kept.
#[derive(Debug, Clone, Copy)]
pub struct KeptList<'a> {
    /// When it was read from the service, in milliseconds since 1970.
    pub read_at: i64,
    body: &'a str,
}

/// The text of a list that was read at `read_at` (milliseconds since 1970). Line ends and tabs in names and domains
/// become blanks.
pub fn print<'a>(read_at: i64, rows: impl Iterator<Item = Row<'a>>) -> String {
    let mut text = format!("{HEAD}{read_at}\n");
    for row in rows {
        let Row { id, name, domain, relationship, first_seen } = row;
        let day = first_seen.map(|day| day.to_string()).unwrap_or_default();
        // Writing to a text cannot fail.
        let _ = write!(text, "{id}\t");
        push_clean(&mut text, domain);
        let _ = write!(text, "\t{relationship}\t{day}\t");
        push_clean(&mut text, name);
        text.push('\n');
    }
    // What tells a whole text from one that was cut.
    text.push('.');
    text
}

fn push_clean(text: &mut String, part: &str) {
    text.extend(part.chars().map(|c| if matches!(c, '\t' | '\n' | '\r') { ' ' } else { c }));
}

impl<'a> KeptList<'a> {
    /// Reads a text; `None` if it is of another version or not whole.
    pub fn read(text: &'a str) -> Option<Self> {
        let (head, body) = text.strip_prefix(HEAD)?.split_once('\n')?;
        let list = Self { read_at: head.parse().ok()?, body: body.strip_suffix('.')? };
        let whole = list.body.is_empty() || list.body.ends_with('\n');
        (whole && list.body.lines().all(|line| row(line).is_some())).then_some(list)
    }

    /// The customers, in the order in which they were kept.
    pub fn rows(self) -> impl Iterator<Item = Row<'a>> {
        self.body.lines().filter_map(row)
    }
}

fn row(line: &str) -> Option<Row<'_>> {
    let mut parts = line.splitn(5, '\t');
    let (id, domain, relationship) = (parts.next()?, parts.next()?, parts.next()?.parse().ok()?);
    let first_seen = match parts.next()? {
        "" => None,
        day => Some(day.parse().ok()?),
    };
    Some(Row { id, name: parts.next()?, domain, relationship, first_seen })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn one(name: &str) -> String {
        let row = Row { id: "0a", name, domain: "a.example", relationship: 1, first_seen: Some(20_000) };
        print(1_700_000_000_000, [row].into_iter())
    }

    #[test]
    fn an_empty_list_is_a_list() {
        let text = print(5, std::iter::empty());
        let list = KeptList::read(&text);
        assert_eq!(list.map(|list| (list.read_at, list.rows().count())), Some((5, 0)));
    }

    #[test]
    fn what_would_end_a_line_is_a_blank() {
        let text = one("Uno\r\nDos\tTres");
        let names: Vec<&str> =
            KeptList::read(&text).into_iter().flat_map(KeptList::rows).map(|row| row.name).collect();
        assert_eq!(names, ["Uno  Dos Tres"]);
    }

    #[test]
    fn another_version_and_a_cut_text_are_no_list() {
        let text = one("Uno");
        for end in 0..text.len() {
            assert!(KeptList::read(&text[..end]).is_none(), "{end}");
        }
        assert!(KeptList::read(&text.replace("list 1", "list 2")).is_none());
        assert!(KeptList::read(&text.replace("20000", "soon")).is_none());
    }

    proptest! {
        #[test]
        fn what_was_kept_is_read(
            rows in proptest::collection::vec(
                ("[0-9a-f-]{1,36}", "[^\\t\\r\\n]{0,40}", "[a-z.]{0,20}", any::<u8>(), any::<Option<i32>>()), 0..20
            ),
            read_at: i64,
        ) {
            let rows: Vec<Row<'_>> = rows
                .iter()
                .map(|(id, name, domain, relationship, first_seen)| Row {
                    id, name, domain, relationship: *relationship, first_seen: *first_seen,
                })
                .collect();
            let text = print(read_at, rows.iter().copied());
            let list = KeptList::read(&text);
            prop_assert_eq!(list.map(|list| (list.read_at, list.rows().collect::<Vec<_>>())), Some((read_at, rows)));
        }

        #[test]
        fn nothing_breaks_it(text: String) {
            let _ = KeptList::read(&text);
            let _ = KeptList::read(&[HEAD, "1\n", &text, "."].concat());
        }
    }
}
