//! What became of every row.

use super::Run;
use super::row::{Outcome, Row, Stage, Step};
use crate::Password;

/// What is known of a user's password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secret<'a> {
    /// There is no user of this import, hence none.
    None,
    /// This one works: a 2xx said so.
    Proven(&'a Password),
    /// Nobody knows it: a new one can be set ([`Run::reset`]).
    NotKnown,
}

/// One row of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<'a> {
    /// The row in the order in which rows were handed in.
    pub index: usize,
    /// The row of the file, counted from 1.
    pub row: u32,
    /// The lane.
    pub lane: usize,
    /// What became of the user.
    pub outcome: Outcome,
    /// Its password.
    pub secret: Secret<'a>,
    /// The licences.
    pub licences: &'a Step,
    /// The roles.
    pub roles: &'a Step,
    /// How often the creation was sent and may have happened.
    pub attempts: u32,
    /// The service's id of the last call.
    pub correlation: Option<&'a str>,
}

/// How many rows came to what. Together they are all rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Created, and the service said so.
    pub created: usize,
    /// There as the file has it; the password is not proved.
    pub unproven: usize,
    /// There before, or from elsewhere.
    pub there: usize,
    /// The name belongs to a deleted user.
    pub deleted: usize,
    /// Refused by the service.
    pub rejected: usize,
    /// Not there after all attempts.
    pub not_created: usize,
    /// Unknown.
    pub unknown: usize,
    /// Not tried, or not yet.
    pub not_tried: usize,
    /// Rows with errors.
    pub invalid: usize,
}

impl Counts {
    /// All rows.
    pub fn sum(self) -> usize {
        self.created
            + self.unproven
            + self.there
            + self.deleted
            + self.rejected
            + self.not_created
            + self.unknown
            + self.not_tried
            + self.invalid
    }
}

impl Run {
    /// A line for every row, in the order of the file; at any time.
    pub fn report(&self) -> impl Iterator<Item = Line<'_>> {
        self.rows.iter().enumerate().map(|(index, row)| line(index, row))
    }

    /// How many rows came to what so far.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for line in self.report() {
            *match line.outcome {
                Outcome::Created => &mut counts.created,
                Outcome::CreatedUnproven => &mut counts.unproven,
                Outcome::AlreadyThere => &mut counts.there,
                Outcome::Deleted => &mut counts.deleted,
                Outcome::Rejected(_) => &mut counts.rejected,
                Outcome::NotCreated => &mut counts.not_created,
                Outcome::Unknown => &mut counts.unknown,
                Outcome::NotTried => &mut counts.not_tried,
                Outcome::Invalid => &mut counts.invalid,
            } += 1;
        }
        counts
    }
}

fn line(index: usize, row: &Row) -> Line<'_> {
    let outcome = row.outcome.clone().unwrap_or(match row.stage {
        Stage::Sending(_) | Stage::Settling | Stage::Verifying => Outcome::Unknown,
        _ if row.in_doubt => Outcome::Unknown,
        _ => match &row.code {
            Some(code) => Outcome::Rejected(code.clone()),
            // It was sent, was looked for, and is not there.
            None if row.sends > 0 => Outcome::NotCreated,
            None => Outcome::NotTried,
        },
    });
    let secret = match (&outcome, &row.password) {
        (Outcome::Created | Outcome::CreatedUnproven, Some(password)) if row.is_proven => {
            Secret::Proven(password)
        }
        (Outcome::Created | Outcome::CreatedUnproven, _) => Secret::NotKnown,
        _ => Secret::None,
    };
    Line {
        index,
        row: row.number,
        lane: row.lane,
        outcome,
        secret,
        licences: &row.licences,
        roles: &row.roles,
        attempts: row.sends,
        correlation: row.correlation.as_deref(),
    }
}
