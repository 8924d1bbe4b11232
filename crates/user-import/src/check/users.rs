//! What was found to be created: values after all fixes, in one text.

use crate::MAX_BYTES;

/// How many texts a user has.
pub(super) const PARTS: usize = 9;

/// From how many users it is foreseen how long the texts of all will be.
const SAMPLE: usize = 1000;

/// A user to be created.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct User<'a> {
    /// The row of the file, counted from 1.
    pub row: u32,
    /// Whether it can be created.
    pub is_valid: bool,
    /// The sign-in name with its domain.
    pub sign_in: &'a str,
    /// The name that is shown.
    pub display_name: &'a str,
    /// First name, or empty.
    pub first_name: &'a str,
    /// Last name, or empty.
    pub last_name: &'a str,
    /// Where licences are used: a code of two letters, or empty.
    pub location: &'a str,
    /// The file's password, exactly as it is there; empty where one is to be generated.
    pub password: &'a str,
    /// Licences: ids, where the customer's licences were known; one per line.
    pub licences: &'a str,
    /// Roles, likewise.
    pub roles: &'a str,
    /// The customer as the row names it, or empty.
    pub customer: &'a str,
}

/// Nothing of a person.
impl std::fmt::Debug for User<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "User in row {}", self.row)
    }
}

/// Users one after the other.
#[derive(Clone, Default)]
pub(super) struct Users {
    text: String,
    ends: Vec<[u32; PARTS]>,
    rows: Vec<(u32, bool)>,
}

impl Users {
    /// Room for so many, so that nothing grows by copies.
    pub(super) fn with_capacity(users: usize) -> Self {
        Self { text: String::new(), ends: Vec::with_capacity(users), rows: Vec::with_capacity(users) }
    }

    pub(super) fn push(&mut self, row: u32, is_valid: bool, parts: [&str; PARTS]) {
        let ends = parts.map(|part| {
            self.text.push_str(part);
            // The values of a file of at most 32 MB; a constant added to every row could come to more.
            u32::try_from(self.text.len()).unwrap_or(u32::MAX)
        });
        self.ends.push(ends);
        self.rows.push((row, is_valid));
        if self.rows.len() == SAMPLE {
            let rest = self.rows.capacity().saturating_sub(SAMPLE);
            // As much as the first ones took, and a twentieth more; a file has not more than so many bytes.
            let foreseen = (self.text.len() / SAMPLE).saturating_mul(rest);
            self.text.reserve(foreseen.saturating_add(foreseen / 20).min(MAX_BYTES));
        }
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn valid(&self) -> usize {
        self.rows.iter().filter(|(_, is_valid)| *is_valid).count()
    }

    pub(super) fn get(&self, at: usize) -> Option<User<'_>> {
        let (row, is_valid) = *self.rows.get(at)?;
        let ends = self.ends.get(at)?;
        let before = at.checked_sub(1).and_then(|at| self.ends.get(at)).map_or(0, |ends| ends[PARTS - 1]);
        let mut begin = before as usize;
        let [sign_in, display_name, first_name, last_name, location, password, licences, roles, customer] =
            ends.map(|end| {
                let part = self.text.get(begin..end as usize).unwrap_or_default();
                begin = end as usize;
                part
            });
        Some(User {
            row,
            is_valid,
            sign_in,
            display_name,
            first_name,
            last_name,
            location,
            password,
            licences,
            roles,
            customer,
        })
    }
}
