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

/// What is known, and what is wanted.
#[derive(Debug, Default)]
pub struct Queue {
    /// Two bits for each call of a row.
    states: Vec<u8>,
    view: Vec<usize>,
    calls: Vec<Call>,
    sweep: Option<Sweep>,
}

impl Queue {
    /// These rows are in view now, in their order, and take these calls. What was wanted for others is forgotten.
    pub fn look_at(&mut self, rows: Vec<usize>, calls: Vec<Call>) {
        self.view = rows;
        self.calls = calls;
    }

    /// Wants these calls for all of these rows, after those in view. Answers how many calls that takes.
    pub fn sweep(&mut self, rows: Vec<usize>, calls: Vec<Call>) -> usize {
        let total = self.open(&rows, &calls);
        self.sweep = Some(Sweep { rows, calls, at: 0, total });
        total
    }

    /// Gives the sweep up. What it has brought stays.
    pub fn stop(&mut self) {
        self.sweep = None;
    }

    /// How many calls of the sweep are over, and how many it takes; `None` without a sweep.
    pub fn progress(&self) -> Option<(usize, usize)> {
        let sweep = self.sweep.as_ref()?;
        let left = sweep.rows[sweep.at.min(sweep.rows.len())..]
            .iter()
            .map(|row| {
                let over = |call: &&Call| !matches!(self.state(*row, **call), State::Open | State::UnderWay);
                sweep.calls.len() - sweep.calls.iter().filter(over).count()
            })
            .sum::<usize>();
        Some((sweep.total.saturating_sub(left), sweep.total))
    }

    /// How many of these calls nobody made yet, or failed.
    pub fn open(&self, rows: &[usize], calls: &[Call]) -> usize {
        let is_open = |row: usize, call: Call| matches!(self.state(row, call), State::Open);
        rows.iter().map(|row| calls.iter().filter(|call| is_open(*row, **call)).count()).sum()
    }

    /// The next call to make, which counts as under way from now on. `None` when nothing is wanted.
    pub fn take(&mut self) -> Option<(usize, Call)> {
        let next = self.next()?;
        self.set(next.0, next.1, State::UnderWay);
        Some(next)
    }

    /// Whether there is a call to make.
    pub fn has_next(&mut self) -> bool {
        self.next().is_some()
    }

    fn next(&mut self) -> Option<(usize, Call)> {
        for row in &self.view {
            for call in &self.calls {
                if self.state(*row, *call) == State::Open {
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

    /// How far a call is.
    pub fn state(&self, row: usize, call: Call) -> State {
        match self.states.get(row).copied().unwrap_or(0) >> shift(call) & 3 {
            1 => State::UnderWay,
            2 => State::Done,
            3 => State::Failed,
            _ => State::Open,
        }
    }

    /// Notes how far a call is.
    pub fn set(&mut self, row: usize, call: Call, state: State) {
        let bits = match state {
            State::Open => 0,
            State::UnderWay => 1,
            State::Done => 2,
            State::Failed => 3,
        };
        if self.states.len() <= row {
            self.states.resize(row + 1, 0);
        }
        self.states[row] = self.states[row] & !(3 << shift(call)) | bits << shift(call);
    }

    /// Makes what failed open again.
    pub fn retry(&mut self) {
        for row in 0..self.states.len() {
            for call in Call::ALL {
                if self.state(row, call) == State::Failed {
                    self.set(row, call, State::Open);
                }
            }
        }
    }

    /// The same knowledge under other row numbers. What is under way is open again: its answer finds another row.
    #[must_use]
    pub fn moved(&self, new_row: impl Fn(usize) -> Option<usize>) -> Self {
        let mut moved = Self { calls: self.calls.clone(), ..Self::default() };
        for row in 0..self.states.len() {
            let Some(to) = new_row(row) else { continue };
            for call in Call::ALL {
                let state = self.state(row, call);
                if state != State::UnderWay {
                    moved.set(to, call, state);
                }
            }
        }
        moved
    }
}

fn shift(call: Call) -> u8 {
    match call {
        Call::Profile => 0,
        Call::Subscriptions => 2,
        Call::Agreement => 4,
    }
}
