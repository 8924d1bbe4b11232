//! Lines that tell what is being done and how long it took.

use std::time::{Duration, Instant};

use crate::failure::Failure;

/// Announces `what`, does it, and tells its time. A failure is passed on untold: the caller's caller prints it.
pub(crate) fn step<T>(what: &str, work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    println!("• {what} …");
    let begin = Instant::now();
    let result = work();
    if result.is_ok() {
        println!("✓ {what}: {}", spell(begin.elapsed()));
    }
    result
}

/// A duration as a person would say it.
pub(crate) fn spell(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds < 100 {
        format!("{:.1} s", time.as_secs_f64())
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

/// Prints rows as a table: the first column to the left, the others to the right.
pub(crate) fn table<const N: usize>(rows: &[[String; N]]) {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..N).map(width).collect();
    for row in rows {
        let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, width))| {
            if column == 0 { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
        });
        println!("  {}", cells.collect::<Vec<_>>().join("  ").trim_end());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_spelled_for_people() {
        assert_eq!(spell(Duration::from_millis(1234)), "1.2 s");
        assert_eq!(spell(Duration::from_secs(99)), "99.0 s");
        assert_eq!(spell(Duration::from_secs(423)), "7 min 03 s");
    }

    #[test]
    fn a_step_passes_its_result_on() {
        assert_eq!(step("count", || Ok(3)), Ok(3));
        assert_eq!(step::<()>("fall", || Err(Failure::new("no"))), Err(Failure::new("no")));
    }
}
