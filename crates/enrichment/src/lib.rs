//! The list call of Partner Center carries only a customer's id, name, domain and relationship. What else a list shows
//! takes a further call per customer. This decides which call is next: those for the rows in view come first, rows that
//! have left the view are not asked for any more, and nothing is asked for twice. It makes no call itself.
#![deny(missing_docs)]

/// A further call for a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
    /// The billing profile: country and language.
    Profile,
    /// The subscriptions: how many are active, when the next commitment ends.
    Subscriptions,
    /// The customer agreement.
    Agreement,
}

impl Call {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Profile, Self::Subscriptions, Self::Agreement];
}

/// How far a call for a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nobody asked for it yet.
    Open,
    /// It is on its way.
    UnderWay,
    /// What it brings is there.
    Done,
    /// It failed, and is not repeated unless somebody asks.
    Failed,
    /// What it brings is there, from before the list was read anew: it is read again once somebody looks at the row.
    Old,
}

impl State {
    const ALL: [Self; 5] = [Self::Open, Self::UnderWay, Self::Done, Self::Failed, Self::Old];

    fn is_over(self) -> bool {
        !matches!(self, Self::Open | Self::UnderWay)
    }
}

/// How far many calls are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// How many nobody made yet.
    pub open: usize,
    /// How many failed.
    pub failed: usize,
    /// How many rows have a call that can be made now: for the first time, after it failed, or since it is old.
    pub rows: usize,
}

/// A reading of many rows, on demand.
#[derive(Debug, Default)]
struct Sweep {
    rows: Vec<usize>,
    calls: Vec<Call>,
    /// Rows before this one have nothing open.
    at: usize,
    total: usize,
}

impl Sweep {
    fn wants(&self, row: usize, call: Call) -> bool {
        self.calls.contains(&call) && self.rows[self.at.min(self.rows.len())..].contains(&row)
    }
}

/// A call that somebody makes now.
#[derive(Debug, Clone, Copy)]
struct UnderWay {
    row: usize,
    call: Call,
    /// How far it was.
    before: State,
}

/// What is known, and what is wanted.
#[derive(Debug, Default)]
pub struct Queue {
    /// The states of a row's calls, as the digits of a number to the base 5: a byte for each customer.
    states: Vec<u8>,
    view: Vec<usize>,
    calls: Vec<Call>,
    sweep: Option<Sweep>,
    /// A handful.
    under_way: Vec<UnderWay>,
}

impl Queue {
    /// These rows are in view now, in their order, and take these calls. What was wanted for others is forgotten: answers
    /// the calls under way that nobody waits for any more.
    pub fn look_at(&mut self, rows: Vec<usize>, calls: Vec<Call>) -> Vec<(usize, Call)> {
        self.view = rows;
        self.calls = calls;
        self.unwanted()
    }

    /// Wants these calls for all of these rows, after those in view; those that failed or are old too. Answers how many
    /// calls that takes.
    pub fn sweep(&mut self, rows: Vec<usize>, calls: Vec<Call>) -> usize {
        for row in &rows {
            for call in &calls {
                if matches!(self.state(*row, *call), State::Failed | State::Old) {
                    self.put(*row, *call, State::Open);
                }
            }
        }
        let total = self.left(&rows, &calls);
        self.sweep = Some(Sweep { rows, calls, at: 0, total });
        total
    }

    /// Gives the sweep up. What it has brought stays; answers the calls under way that nobody waits for any more.
    pub fn stop(&mut self) -> Vec<(usize, Call)> {
        self.sweep = None;
        self.unwanted()
    }

    /// How many calls of the sweep are over, and how many it takes; `None` without a sweep.
    pub fn progress(&self) -> Option<(usize, usize)> {
        let sweep = self.sweep.as_ref()?;
        let left = self.left(&sweep.rows[sweep.at.min(sweep.rows.len())..], &sweep.calls);
        Some((sweep.total.saturating_sub(left), sweep.total))
    }

    fn left(&self, rows: &[usize], calls: &[Call]) -> usize {
        let is_left = |row: usize, call: Call| !self.state(row, call).is_over();
        rows.iter().map(|row| calls.iter().filter(|call| is_left(*row, **call)).count()).sum()
    }

    /// How far these calls are for these rows.
    pub fn count(&self, rows: &mut dyn Iterator<Item = usize>, calls: &[Call]) -> Count {
        let mut count = Count::default();
        for row in rows {
            let mut can = false;
            for call in calls {
                let state = self.state(row, *call);
                count.open += usize::from(state == State::Open);
                count.failed += usize::from(state == State::Failed);
                can |= !matches!(state, State::UnderWay | State::Done);
            }
            count.rows += usize::from(can);
        }
        count
    }

    /// The next call to make, which counts as under way from now on. `None` when nothing is wanted.
    pub fn take(&mut self) -> Option<(usize, Call)> {
        let (row, call) = self.next()?;
        let before = self.state(row, call);
        self.put(row, call, State::UnderWay);
        self.under_way.push(UnderWay { row, call, before });
        Some((row, call))
    }

    /// Whether there is a call to make.
    pub fn has_next(&mut self) -> bool {
        self.next().is_some()
    }

    fn next(&mut self) -> Option<(usize, Call)> {
        for row in &self.view {
            for call in &self.calls {
                if matches!(self.state(*row, *call), State::Open | State::Old) {
                    return Some((*row, *call));
                }
            }
        }
        let mut sweep = self.sweep.take()?;
        let mut found = None;
        while let Some(row) = sweep.rows.get(sweep.at) {
            let open = sweep.calls.iter().find(|call| self.state(*row, **call) == State::Open);
            if let Some(call) = open {
                found = Some((*row, *call));
                break;
            }
            // What is under way here still counts as left until it ends: the place moves on only past what is over.
            if sweep.calls.iter().any(|call| self.state(*row, *call) == State::UnderWay) {
                found = self.next_open(&sweep);
                break;
            }
            sweep.at += 1;
        }
        let over = sweep.at >= sweep.rows.len();
        self.sweep = (!over).then_some(sweep);
        found
    }

    fn next_open(&self, sweep: &Sweep) -> Option<(usize, Call)> {
        // A handful of calls are under way at once: what is open lies close behind.
        sweep.rows[sweep.at..].iter().find_map(|row| {
            let open = sweep.calls.iter().find(|call| self.state(*row, **call) == State::Open)?;
            Some((*row, *open))
        })
    }

    /// What is under way for nobody: as if it had not been asked for.
    fn unwanted(&mut self) -> Vec<(usize, Call)> {
        let mut unwanted = Vec::new();
        for UnderWay { row, call, before } in std::mem::take(&mut self.under_way) {
            let in_view = self.calls.contains(&call) && self.view.contains(&row);
            if in_view || self.sweep.as_ref().is_some_and(|sweep| sweep.wants(row, call)) {
                self.under_way.push(UnderWay { row, call, before });
            } else {
                self.put(row, call, before);
                unwanted.push((row, call));
            }
        }
        unwanted
    }

    /// How far a call is.
    pub fn state(&self, row: usize, call: Call) -> State {
        let digit = self.states.get(row).copied().unwrap_or(0) / place(call) % 5;
        State::ALL.get(usize::from(digit)).copied().unwrap_or(State::Open)
    }

    /// Notes how far a call is.
    pub fn set(&mut self, row: usize, call: Call, state: State) {
        self.under_way.retain(|other| other.row != row || other.call != call);
        self.put(row, call, state);
    }

    fn put(&mut self, row: usize, call: Call, state: State) {
        if self.states.len() <= row {
            self.states.resize(row + 1, 0);
        }
        let (before, place) = (self.state(row, call) as u8, place(call));
        self.states[row] = self.states[row] - before * place + state as u8 * place;
    }

    /// Makes what failed open again.
    pub fn retry(&mut self) {
        for row in 0..self.states.len() {
            for call in Call::ALL {
                if self.state(row, call) == State::Failed {
                    self.put(row, call, State::Open);
                }
            }
        }
    }

    /// The same knowledge under other row numbers, as of a list that was read anew: it is old now, and what failed is open.
    /// A sweep goes on. What is under way is as it was before: its answer would find another row.
    #[must_use]
    pub fn moved(mut self, new_row: impl Fn(usize) -> Option<usize>) -> Self {
        for UnderWay { row, call, before } in std::mem::take(&mut self.under_way) {
            self.put(row, call, before);
        }
        let done = self.progress().map_or(0, |(done, _)| done);
        let mut moved = Self { calls: self.calls.clone(), ..Self::default() };
        for row in 0..self.states.len() {
            let Some(to) = new_row(row) else { continue };
            for call in Call::ALL {
                match self.state(row, call) {
                    State::Done | State::Old => moved.put(to, call, State::Old),
                    State::Open | State::UnderWay | State::Failed => {}
                }
            }
        }
        if let Some(Sweep { rows, calls, at, .. }) = self.sweep {
            let rows: Vec<usize> = rows.into_iter().skip(at).filter_map(new_row).collect();
            let total = done + moved.left(&rows, &calls);
            moved.sweep = Some(Sweep { rows, calls, at: 0, total });
        }
        moved
    }
}

fn place(call: Call) -> u8 {
    match call {
        Call::Profile => 1,
        Call::Subscriptions => 5,
        Call::Agreement => 25,
    }
}
