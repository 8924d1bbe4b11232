//! Several relationships: first everything is looked at, then one ends after the other. It can be stopped between two and
//! gone on with; one that was begun is never begun again.

use partner_center::{CustomerId, ErrorKind};

use crate::checks::Checked;
use crate::look::Looked;
use crate::removal::Removal;

/// Several customers, each with how far it is.
#[derive(Debug, Default)]
pub struct Batch {
    items: Vec<Item>,
}

/// One of them.
#[derive(Debug)]
pub struct Item {
    /// The customer.
    pub id: CustomerId,
    /// How far it is.
    pub state: State,
}

/// How far one of several is.
#[derive(Debug)]
pub enum State {
    /// Not looked at yet.
    Waiting,
    /// Looked at.
    Looked(Looked),
    /// Its call may have been made: it is nobody's turn again.
    Begun(Box<Checked>),
    /// It is over.
    Ended(Removal),
}

impl Batch {
    /// These customers, each once, in their order.
    pub fn new(ids: impl IntoIterator<Item = CustomerId>) -> Self {
        let mut items: Vec<Item> = Vec::new();
        for id in ids {
            if items.iter().all(|item| item.id != id) {
                items.push(Item { id, state: State::Waiting });
            }
        }
        Self { items }
    }

    /// All, in their order.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The next one to look at.
    pub fn next_to_look(&self) -> Option<CustomerId> {
        self.items.iter().find(|item| matches!(item.state, State::Waiting)).map(|item| item.id.clone())
    }

    /// What was seen of one. Of what has begun nothing changes any more.
    pub fn looked(&mut self, id: &CustomerId, looked: Looked) {
        if let Some(item) = self.item(id)
            && matches!(item.state, State::Waiting | State::Looked(_))
        {
            item.state = State::Looked(looked);
        }
    }

    /// Looks again at what has not begun.
    pub fn look_again(&mut self) {
        for item in &mut self.items {
            if matches!(item.state, State::Looked(_)) {
                item.state = State::Waiting;
            }
        }
    }

    /// Takes out the next one whose way is free, which thereby has begun.
    pub fn begin_next(&mut self) -> Option<Box<Checked>> {
        let item = self.items.iter_mut().find(|item| can(&item.state))?;
        match std::mem::replace(&mut item.state, State::Waiting) {
            State::Looked(Looked::Checked(checked)) => {
                item.state = State::Begun(checked.clone());
                Some(checked)
            }
            other => {
                item.state = other;
                None
            }
        }
    }

    /// How one ended. Answers whether the next may follow: what is refused for the person and not for the customer would
    /// be refused for all.
    pub fn ended(&mut self, id: &CustomerId, removal: Removal) -> bool {
        let goes_on = match &removal {
            Removal::Refused(error) => !matches!(
                error.kind,
                ErrorKind::NotAllowed
                    | ErrorKind::SignInAgain
                    | ErrorKind::StepUp
                    | ErrorKind::Wait(_)
                    | ErrorKind::Offline
                    | ErrorKind::Unavailable
            ),
            _ => true,
        };
        if let Some(item) = self.item(id) {
            item.state = State::Ended(removal);
        }
        goes_on
    }

    /// How many can end now, of how many that have not begun.
    pub fn can(&self) -> (usize, usize) {
        let open = |item: &&Item| matches!(item.state, State::Waiting | State::Looked(_));
        (self.items.iter().filter(|item| can(&item.state)).count(), self.items.iter().filter(open).count())
    }

    fn item(&mut self, id: &CustomerId) -> Option<&mut Item> {
        self.items.iter_mut().find(|item| item.id == *id)
    }
}

fn can(state: &State) -> bool {
    matches!(state, State::Looked(Looked::Checked(checked)) if checked.is_clear())
}
