//! The person's decision, made over a customer of whom nothing stands in the way.

use partner_center::CustomerId;

use crate::checks::Checked;

/// A customer of whom nothing stands in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clear(pub(crate) Checked);

/// What a decision still lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waits {
    /// That the customer has been told, and what its contract wants has been done.
    Duties,
    /// A reason.
    Reason,
    /// The customer's domain, or the number of customers, as the person types it.
    Typed,
}

/// A decision to end one relationship. It is used up by carrying it out: who wants to do it again decides again.
#[derive(Debug, PartialEq, Eq)]
pub struct Decision {
    pub(crate) checked: Checked,
    /// The person's reason, for the receipt.
    pub(crate) reason: String,
    /// The second person who agreed, where one had to.
    pub(crate) approver: Option<String>,
}

impl Clear {
    /// Decides. `typed` is the customer's domain as the person typed it, `duties` the person's word that the duties of the
    /// contract are done.
    ///
    /// # Errors
    /// What is lacking, the first on the page first.
    pub fn decide(self, typed: &str, reason: &str, duties: bool) -> Result<Decision, Waits> {
        match lacks(&self.0, typed, reason, duties) {
            Some(lack) => Err(lack),
            None => Ok(Decision { checked: self.0, reason: reason.trim().to_owned(), approver: None }),
        }
    }

    /// The same for one of several, where the person typed how many there are instead of each domain.
    ///
    /// # Errors
    /// As above.
    pub fn decide_as_one_of(
        self,
        count: usize,
        typed: &str,
        reason: &str,
        duties: bool,
    ) -> Result<Decision, Waits> {
        match lacks_of_several(count, typed, reason, duties) {
            Some(lack) => Err(lack),
            None => Ok(Decision { checked: self.0, reason: reason.trim().to_owned(), approver: None }),
        }
    }
}

impl Checked {
    /// What a decision would still lack beside the checks.
    pub fn lacks(&self, typed: &str, reason: &str, duties: bool) -> Option<Waits> {
        lacks(self, typed, reason, duties)
    }
}

/// What a decision over so many customers would still lack beside the checks.
pub fn lacks_of_several(count: usize, typed: &str, reason: &str, duties: bool) -> Option<Waits> {
    lacks_but(typed.trim() == count.to_string(), reason, duties)
}

fn lacks(checked: &Checked, typed: &str, reason: &str, duties: bool) -> Option<Waits> {
    let domain = checked.customer.company_profile.domain.trim();
    let same = !domain.is_empty() && typed.trim().eq_ignore_ascii_case(domain);
    lacks_but(same, reason, duties)
}

fn lacks_but(typed: bool, reason: &str, duties: bool) -> Option<Waits> {
    if !duties {
        Some(Waits::Duties)
    } else if reason.trim().is_empty() {
        Some(Waits::Reason)
    } else {
        (!typed).then_some(Waits::Typed)
    }
}

impl Decision {
    /// The same, to which a second person has agreed.
    #[must_use]
    pub fn approved_by(self, approver: Option<String>) -> Self {
        Self { approver, ..self }
    }

    /// Whose relationship is to end.
    pub fn customer(&self) -> &CustomerId {
        &self.checked.customer.id
    }
}
