//! Measures the application in a real browser: `bench [NAME…]`, where a name is the beginning of a bench's name
//! (`start` means all of `*.start.*`). One JSON object per figure on stdout, everything else on stderr.

// A bench that cannot measure has nothing else to say.
#![allow(clippy::expect_used, clippy::panic)]

mod large;
mod limit;
mod search;
mod start;

use limit::Figure;

/// A bench: its name, and what measures it.
struct Bench {
    name: &'static str,
    run: fn() -> Vec<Figure>,
}

const BENCHES: &[Bench] = &[
    Bench { name: "list.start.500", run: start::list_of_500 },
    Bench { name: "list.keystroke.100k", run: large::keystroke },
    Bench { name: "list.scroll.100k", run: large::scroll },
    Bench { name: "list.memory.100k", run: large::memory },
    Bench { name: "list.search.1m", run: search::million },
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
    let wanted: Vec<&Bench> = BENCHES.iter().filter(|bench| is_wanted(bench.name, &words)).collect();
    if wanted.is_empty() {
        let names: Vec<&str> = BENCHES.iter().map(|bench| bench.name).collect();
        eprintln!("no bench is called {words:?}; there are {names:?}");
        std::process::exit(2);
    }
    for bench in wanted {
        eprintln!("{} …", bench.name);
        for figure in (bench.run)() {
            println!("{}", figure.entry());
        }
    }
}
