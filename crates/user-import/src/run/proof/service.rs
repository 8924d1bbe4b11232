//! A stand-in for the service, of which everything is known: users as they really are, and who created them.

use std::collections::HashMap;

use super::dice::Dice;
use crate::run::{Answer, Found, Millis, Person};

/// Who created a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    Import,
    Other,
}

#[derive(Debug, Clone)]
pub(super) struct User {
    pub(super) sign_in: String,
    pub(super) display_name: String,
    pub(super) first_name: String,
    pub(super) last_name: String,
    pub(super) location: String,
    pub(super) password: String,
    pub(super) by: By,
    pub(super) deleted: bool,
    visible_at: Millis,
    pub(super) licences: Vec<String>,
    pub(super) roles: Vec<String>,
}

#[derive(Debug, Default)]
pub(super) struct Customer {
    pub(super) users: Vec<User>,
    by_name: HashMap<String, usize>,
    by_request: HashMap<String, Answer>,
    /// Free seats of each licence; `None` for as many as are wanted.
    pub(super) seats: Option<HashMap<String, u32>>,
    pub(super) knows_ids: bool,
    pub(super) lag: Millis,
    pub(super) shuffles: bool,
}

impl Customer {
    pub(super) fn find(&self, sign_in: &str) -> Option<&User> {
        self.users.get(*self.by_name.get(&sign_in.to_ascii_lowercase())?)
    }

    pub(super) fn add(&mut self, person: &Person, password: &str, by: By, now: Millis) -> Option<String> {
        let name = person.sign_in.to_ascii_lowercase();
        if self.by_name.contains_key(&name) {
            return None;
        }
        let id = self.users.len();
        self.by_name.insert(name, id);
        self.users.push(User {
            sign_in: person.sign_in.clone(),
            display_name: person.display_name.clone(),
            first_name: person.first_name.clone(),
            last_name: person.last_name.clone(),
            location: person.location.clone(),
            password: password.to_owned(),
            by,
            deleted: false,
            visible_at: now + self.lag,
            licences: Vec::new(),
            roles: Vec::new(),
        });
        Some(id.to_string())
    }

    pub(super) fn delete(&mut self, id: &str) {
        if let Some(user) = self.user(id) {
            user.deleted = true;
        }
    }

    pub(super) fn create(
        &mut self,
        person: &Person,
        password: &str,
        request_id: &str,
        now: Millis,
    ) -> Answer {
        if self.knows_ids
            && let Some(answer) = self.by_request.get(request_id)
        {
            return answer.clone();
        }
        let answer = match self.add(person, password, By::Import, now) {
            Some(id) => Answer::Created(id),
            None => Answer::Exists("409".to_owned()),
        };
        if self.knows_ids {
            self.by_request.insert(request_id.to_owned(), answer.clone());
        }
        answer
    }

    fn user(&mut self, id: &str) -> Option<&mut User> {
        self.users.get_mut(id.parse::<usize>().ok()?)
    }

    /// The order of a listing, as it is when it begins.
    pub(super) fn order(&self, dice: &mut Dice) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.users.len()).collect();
        if self.shuffles && !order.is_empty() {
            for at in 0..order.len() {
                let other = usize::try_from(dice.next() % order.len() as u64).unwrap_or(0);
                order.swap(at, other);
            }
            // One of them twice.
            order.push(order[0]);
        }
        order
    }

    pub(super) fn page(&self, deleted: bool, page: u32, size: usize, now: Millis, order: &[usize]) -> Answer {
        let begin = page as usize * size;
        let end = (begin + size).min(order.len());
        let shown = order.get(begin..end).unwrap_or_default().iter().filter_map(|id| {
            let user = &self.users[*id];
            (user.deleted == deleted && user.visible_at <= now).then(|| Found {
                id: id.to_string(),
                sign_in: user.sign_in.to_ascii_uppercase(),
                display_name: user.display_name.clone(),
                first_name: user.first_name.clone(),
                last_name: user.last_name.clone(),
                location: user.location.clone(),
            })
        });
        Answer::Users(shown.collect(), end < order.len())
    }

    pub(super) fn licences(&mut self, id: &str) -> Answer {
        Answer::Held(self.user(id).map(|user| user.licences.clone()).unwrap_or_default())
    }

    pub(super) fn roles(&mut self, id: &str) -> Answer {
        Answer::Held(self.user(id).map(|user| user.roles.clone()).unwrap_or_default())
    }

    pub(super) fn assign(&mut self, id: &str, wanted: &[String]) -> Answer {
        let Some(user) = id.parse::<usize>().ok().and_then(|id| self.users.get_mut(id)) else {
            return Answer::Refused("404".to_owned());
        };
        let new: Vec<&String> = wanted.iter().filter(|wanted| !user.licences.contains(wanted)).collect();
        if let Some(seats) = &mut self.seats {
            if new.iter().any(|wanted| seats.get(*wanted).copied().unwrap_or(0) == 0) {
                return Answer::Refused("60012".to_owned());
            }
            for wanted in &new {
                if let Some(free) = seats.get_mut(*wanted) {
                    *free -= 1;
                }
            }
        }
        user.licences.extend(new.into_iter().cloned());
        Answer::Done
    }

    pub(super) fn give(&mut self, id: &str, role: &str) -> Answer {
        let Some(user) = self.user(id) else { return Answer::Refused("404".to_owned()) };
        if user.roles.iter().any(|held| held == role) {
            return Answer::Exists("409".to_owned());
        }
        user.roles.push(role.to_owned());
        Answer::Done
    }

    pub(super) fn reset(&mut self, id: &str, password: &str) -> Answer {
        let Some(user) = self.user(id) else { return Answer::Refused("404".to_owned()) };
        password.clone_into(&mut user.password);
        Answer::Done
    }
}
