//! Listings of a customer's users: the first decides about all rows, later ones about those whose fate is unknown.

use super::lane::{Scan, Stop};
use super::port::{Answer, Effect, Found, Person, Request};
use super::row::{Outcome, Stage};
use super::{MOST_LOOKS, MOST_SENDS, Run, SETTLE, planted};

impl Run {
    pub(super) fn begin_scan(&mut self, at: usize, is_first: bool) {
        let rows = if is_first { Vec::new() } else { std::mem::take(&mut self.lanes[at].due) };
        for row in &rows {
            self.rows[*row].stage = Stage::Verifying;
        }
        self.lanes[at].scan = Some(Scan { is_first, rows, ..Scan::default() });
    }

    pub(super) fn send_page(&mut self, at: usize, out: &mut Vec<Effect>) {
        let Some(scan) = &self.lanes[at].scan else { return };
        let request = Request::Users { lane: at, deleted: scan.deleted, page: scan.page };
        let call = self.send(at, request, out);
        if let Some(scan) = &mut self.lanes[at].scan {
            scan.call = Some(call);
        }
    }

    /// A page of a listing, or none: what is not known to be read is asked for again.
    pub(super) fn page(&mut self, at: usize, deleted: bool, answer: Answer) {
        let lane = &mut self.lanes[at];
        if let Answer::Forbidden(code) | Answer::Refused(code) | Answer::Exists(code) = &answer {
            lane.stop = lane.stop.take().or(Some(Stop::Forbidden(code.clone())));
            lane.is_blind = true;
        }
        let Some(scan) = &mut lane.scan else { return };
        scan.call = None;
        let Answer::Users(users, has_more) = answer else { return };
        for user in users {
            let Some(row) = lane.by_name.get(&user.sign_in.to_ascii_lowercase()).copied() else { continue };
            if deleted {
                scan.gone.insert(row);
            } else {
                let fits = self.rows[row].person.as_ref().is_some_and(|person| fits(person, &user))
                    || planted!(self, OthersAreOurs);
                scan.active.insert(row, (fits, user.id));
            }
        }
        scan.page += 1;
        if has_more {
            return;
        }
        // Whose name is taken and not among the active may be among the deleted.
        let is_open = |row: &usize| !scan.active.contains_key(row) && self.rows[*row].exists.is_some();
        if !deleted && (scan.is_first || scan.rows.iter().any(is_open)) {
            (scan.deleted, scan.page) = (true, 0);
            return;
        }
        let Some(scan) = lane.scan.take() else { return };
        if scan.is_first {
            self.first_scanned(at, &scan);
        } else {
            scan.rows.iter().for_each(|row| self.looked(*row, &scan));
        }
    }

    /// The first listing: names that are taken are not sent, and users of a run before have their ids.
    fn first_scanned(&mut self, at: usize, scan: &Scan) {
        self.lanes[at].is_scanned = true;
        for row in std::mem::take(&mut self.lanes[at].waiting) {
            if scan.active.contains_key(&row) {
                self.decide(row, Outcome::AlreadyThere);
            } else if scan.gone.contains(&row) {
                self.decide(row, Outcome::Deleted);
            } else {
                self.lanes[at].waiting.push_back(row);
            }
        }
        for (row, (_, id)) in &scan.active {
            if self.rows[*row].stage == Stage::Following {
                self.rows[*row].user = Some(id.clone());
            }
        }
        let following: Vec<usize> = (0..self.rows.len())
            .filter(|row| self.rows[*row].lane == at && self.rows[*row].stage == Stage::Following)
            .collect();
        for row in following {
            self.follow(row);
        }
    }

    /// A complete listing, begun after a row had settled, tells what became of it.
    fn looked(&mut self, row: usize, scan: &Scan) {
        let found = &mut self.rows[row];
        match scan.active.get(&row) {
            Some((true, id)) => {
                found.user = Some(id.clone());
                if planted!(self, VerifiedIsProven) {
                    found.is_proven = true;
                }
                self.decide(row, Outcome::CreatedUnproven);
                return;
            }
            Some((false, _)) => return self.decide(row, Outcome::AlreadyThere),
            None => {}
        }
        if scan.gone.contains(&row) {
            return self.decide(row, Outcome::Deleted);
        }
        let lane = found.lane;
        if let Some(code) = found.exists.clone() {
            // The service says that it is there and does not show it: it may show it later.
            found.looks += 1;
            if found.looks < MOST_LOOKS {
                found.stage = Stage::Settling;
                self.lanes[lane].settle(row, self.clock + SETTLE);
            } else if found.was_unknown {
                found.stage = Stage::Done;
                found.outcome = Some(Outcome::Unknown);
            } else {
                self.decide(row, Outcome::Rejected(code));
            }
        } else if found.sends >= MOST_SENDS {
            self.decide(row, Outcome::NotCreated);
        } else {
            (found.stage, found.in_doubt) = (Stage::Waiting, false);
            self.lanes[lane].waiting.push_front(row);
        }
    }
}

/// Whether a user is as the file has it.
fn fits(person: &Person, found: &Found) -> bool {
    let same = |ours: &str, theirs: &str| ours.trim() == theirs.trim();
    same(&person.display_name, &found.display_name)
        && same(&person.first_name, &found.first_name)
        && same(&person.last_name, &found.last_name)
        && (person.location.is_empty() || person.location.eq_ignore_ascii_case(&found.location))
}
