//! What files cost in memory, and, on demand, how fast they are read:
//! `cargo test --release -p user-import --test speed -- --ignored --nocapture`.

// All of this is test code, also where it is no test function.
#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use user_import::{Checked, Known, Learned, Mapping, check, decode, native::Native, recognise};

/// A file of users as they might be: about 100 bytes a row, one in twenty with quotes.
fn file(rows: usize) -> String {
    const FIRST: [&str; 6] = ["Ana", "José", "María Luisa", "Jürgen", "Zoé", "Gonçalo"];
    const LAST: [&str; 5] = ["Ruiz Sanz", "Müller", "Lefèvre", "Pereira da Silva", "O'Neil"];
    let mut text = String::from(
        "First name,Last name,Display name,Email,Password,Usage location,Department,Job title\r\n",
    );
    for row in 0..rows {
        let (first, last) = (FIRST[row % 6], LAST[row % 5]);
        let name = if row % 20 == 0 { format!("\"{last}, {first}\"") } else { format!("{first} {last}") };
        let _ = write!(
            text,
            "{first},{last},{name},user{row}@contoso.onmicrosoft.com,,ES,Ventas,Responsable de zona\r\n"
        );
    }
    text
}

fn timed(rows: usize) -> (usize, Duration, Duration) {
    let text = file(rows);
    let begin = Instant::now();
    let decoded = decode(text.as_bytes(), None, &Native).unwrap();
    let sheet = recognise(&decoded.text, &Native).unwrap();
    let read = begin.elapsed();
    let mapping = Mapping::suggest(&sheet, &Learned::default(), &Native);
    let checked = check(&sheet, &mapping, &Known::default(), &Native).unwrap();
    assert_eq!(checked.valid(), rows);
    (text.len(), read, begin.elapsed())
}

#[test]
#[ignore = "measures; meant for release builds"]
fn many_rows() {
    for rows in [10_000, 200_000] {
        let mut runs: Vec<_> = (0..5).map(|_| timed(rows)).collect();
        runs.sort_by_key(|run| run.2);
        let (bytes, read, all) = runs[2];
        assert!(rows > 10_000 || all < Duration::from_millis(500), "{all:?}");
        println!("{rows} rows, {bytes} bytes: read in {read:?}, with check {all:?}");
    }
}

#[test]
fn memory_stays_below_six_times_the_file() {
    memory(20_000);
}

#[test]
#[ignore = "proof: the memory of a large file, for release builds"]
fn memory_stays_below_six_times_a_large_file() {
    memory(200_000);
}

fn memory(rows: usize) {
    let text = file(rows);
    let used = allocation_counter::measure(|| {
        assert_eq!(read(&text).valid(), rows);
    });
    // The file itself, and what is made of it.
    let all = used.bytes_max + text.len() as u64;
    println!("{rows} rows: {all} bytes held at most, for a file of {}", text.len());
    assert!(all < 6 * text.len() as u64, "{all} bytes for {}", text.len());
}

fn read(text: &str) -> Checked {
    let decoded = decode(text.as_bytes(), None, &Native).unwrap();
    let sheet = recognise(&decoded.text, &Native).unwrap();
    let mapping = Mapping::suggest(&sheet, &Learned::default(), &Native);
    check(&sheet, &mapping, &Known::default(), &Native).unwrap()
}
