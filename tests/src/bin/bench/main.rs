//! Measures the application in a real browser: `bench [NAME…]`, where a name is the beginning of a bench's name
//! (`start` means all of `*.start.*`). One JSON object per figure on stdout, everything else on stderr.

// A bench that cannot measure has nothing else to say.
#![allow(clippy::expect_used, clippy::panic)]

mod csv;
mod embed;
mod import;
mod large;
mod limit;
mod page;
mod search;
mod start;

use limit::Figure;

/// A bench: the names of its figures, and what measures them.
struct Bench {
    names: &'static [&'static str],
    run: fn() -> Vec<Figure>,
}

const BENCHES: &[Bench] = &[
    Bench { names: &["list.start.500"], run: start::list_of_500 },
    Bench { names: &["embed.start.500"], run: embed::list_of_500 },
    Bench { names: &["list.keystroke.100k"], run: large::keystroke },
    Bench { names: &["list.scroll.100k"], run: large::scroll },
    Bench { names: &["list.memory.100k"], run: large::memory },
    Bench { names: &["list.search.1m"], run: search::million },
    Bench { names: &["import.rate"], run: import::rate },
    Bench { names: &["import.repair.10k", "import.run.10k"], run: import::frames_of_10k },
    Bench { names: &["import.open.200k"], run: import::open_200k },
    Bench { names: csv::NAMES, run: csv::users_200k },
];

/// Whether one of the words on the command line means this bench: its name, its beginning, or a part of it.
fn is_wanted(name: &str, words: &[String]) -> bool {
    words.is_empty()
        || words
            .iter()
            .any(|word| name.starts_with(word.as_str()) || name.split('.').any(|part| part == word))
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let wanted: Vec<&Bench> =
        BENCHES.iter().filter(|bench| bench.names.iter().any(|name| is_wanted(name, &words))).collect();
    if wanted.is_empty() {
        let names: Vec<&str> = BENCHES.iter().flat_map(|bench| bench.names).copied().collect();
        eprintln!("no bench is called {words:?}; there are {names:?}");
        std::process::exit(2);
    }
    for bench in wanted {
        eprintln!("{} …", bench.names.join(", "));
        for figure in (bench.run)() {
            println!("{}", figure.entry());
        }
    }
}
