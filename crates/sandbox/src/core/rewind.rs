//! Going back: what a simulation of many worlds needs, each of which begins in the same state.

use super::clock::Random;
use super::control::Switches;
use super::faults::{Faults, Rule};
use super::rules::Rules;
use super::sandbox::Sandbox;

impl Sandbox {
    /// Remembers how everything is, for [`Sandbox::rewind`]. It is meant for a store in memory: nothing that happens from
    /// here on is written to a file for good. A reset cannot be taken back.
    ///
    /// # Errors
    /// When the database cannot be used.
    pub fn mark(&mut self) -> rusqlite::Result<()> {
        self.connection.execute_batch("SAVEPOINT mark")
    }

    /// Takes back everything that has happened since [`Sandbox::mark`], faults and switches included. `random` takes the
    /// place of the random source, so that the same start gives the same ids.
    ///
    /// # Errors
    /// When nothing was marked, or the database cannot be used.
    pub fn rewind(&mut self, random: Box<dyn Random>) -> rusqlite::Result<()> {
        self.connection.prepare_cached("ROLLBACK TO mark")?.execute([])?;
        self.switches = Switches::new(&self.config);
        self.faults = Faults::new(self.config.seed, self.config.faults.clone());
        self.rules = Rules::default();
        self.sentinels.clear();
        self.clock_offset = 0;
        self.late.clear();
        self.random = random;
        Ok(())
    }

    /// Ids of everything of a kind that was created, as the ledger has it, oldest first.
    ///
    /// # Errors
    /// When the database cannot be used.
    pub fn created(&self, kind: &str) -> rusqlite::Result<Vec<String>> {
        self.connection
            .prepare_cached("SELECT id FROM ledger WHERE action = 'created' AND kind = ?1 ORDER BY seq")?
            .query_map([kind], |row| row.get(0))?
            .collect()
    }

    /// Puts rules of faults in force, in the place of those before, as `PUT /.sandbox/faults` does.
    pub fn set_faults(&mut self, rules: Vec<Rule>) {
        self.faults.rules = rules;
    }
}
