//! What a customer costs in memory, and a search in allocations; and, on demand, how long things take:
//! `cargo test --release -p customer-index --test cost -- --ignored --nocapture`.

use std::hint::black_box;
use std::time::Instant;

use allocation_counter::measure;
use customer_index::{Collate, Customer, CustomerIndex, Fold, Key, Query, Selection, Sort, Value, Wanted};

struct Plain;

impl Fold for Plain {
    fn fold(&self, text: &str) -> String {
        text.chars()
            .flat_map(char::to_lowercase)
            .map(|letter| match letter {
                'í' => 'i',
                'ñ' => 'n',
                other => other,
            })
            .collect()
    }
}

impl Collate for Plain {
    fn weigh(&self, letters: &[char]) -> Vec<u32> {
        letters.iter().map(|letter| u32::from(letter.to_ascii_lowercase())).collect()
    }
}

/// `count` customers as they might be: ids without order, names of two or three words, most with ASCII only.
fn crowd(count: u32) -> CustomerIndex {
    let mut index = CustomerIndex::default();
    for number in 0..count {
        let (id, name, domain) = invented(number);
        index.push(Customer { id: &id, name: &name, domain: &domain, relationship: 1 }, &Plain);
    }
    index
}

fn invented(number: u32) -> (String, String, String) {
    const FIRST: [&str; 8] =
        ["Aceites", "Bodegas", "Clínica", "Distribuciones", "Estudio", "Ferretería", "Grupo", "Hotel"];
    const SECOND: [&str; 7] =
        ["Norte", "Miramar", "del Valle", "Santa Ana", "Peñalba", "Costa", "y Asociados"];
    // Neighbouring numbers far apart, none twice: an odd factor.
    let mixed = number.wrapping_mul(0x9e37_79b1);
    let id = format!(
        "{mixed:08x}-{:04x}-4{:03x}-8{:03x}-{number:012x}",
        mixed >> 16,
        mixed & 0xfff,
        number & 0xfff
    );
    let first = FIRST[(mixed >> 7) as usize % FIRST.len()];
    let second = SECOND[(mixed >> 13) as usize % SECOND.len()];
    let name = format!("{first} {second} {}", mixed >> 12);
    let domain = format!("empresa{mixed:x}.onmicrosoft.com");
    (id, name, domain)
}

/// Just more than a doubling of what grows by doubling: the dearest number.
const CUSTOMERS: u32 = 25_000;

fn text_bytes(index: &CustomerIndex) -> usize {
    (0..index.end())
        .filter_map(|row| index.get(row))
        .map(|customer| customer.id.len() + customer.name.len() + customer.domain.len())
        .sum()
}

fn sorted() -> Wanted {
    let sort = Some(Sort { key: Key::Name, descending: false });
    Wanted { query: Query::default(), filters: Vec::new(), sort }
}

/// With the folded copy, an order by name and one filled-in column, on a 64-bit machine: in the browser
/// numbers take half of this.
#[test]
fn a_customer_costs_at_most_300_bytes_beyond_its_texts() {
    let mut kept = None;
    let used = measure(|| {
        let mut index = crowd(CUSTOMERS);
        for row in 0..index.end() {
            let country = ["ES", "PT", "DE"][row % 3];
            index.set_value(row, 0, Some(Value::Text(country)));
        }
        let mut selection = Selection::default();
        selection.update(&index, &sorted(), &Plain);
        kept = Some((index, selection));
    });
    let (index, selection) = kept.unwrap();
    let texts = text_bytes(&index);
    let held = usize::try_from(used.bytes_current).unwrap();
    let most = usize::try_from(used.bytes_max).unwrap();
    let customers = CUSTOMERS as usize;
    println!(
        "per customer: texts {}, beyond them {} (at most, while loading and sorting: {})",
        texts / customers,
        (held - texts) / customers,
        (most - texts) / customers
    );
    assert!((most - texts) / customers <= 300);
    let told = index.bytes_held() + selection.bytes_held();
    assert!(told.abs_diff(held) < held / 50, "{told} told, {held} held");
}

#[test]
fn a_search_allocates_per_query_not_per_row() {
    let index = crowd(20_000);
    for text in ["norte", "a", "es 1", "no such customer"] {
        let query = Query::new(text, &Plain);
        let mut hits = Vec::with_capacity(index.len());
        let used = measure(|| index.search(&query, 0, &mut hits));
        assert!(used.count_total <= 2, "{text}: {} allocations", used.count_total);
    }
}

#[test]
fn changing_customers_for_ever_does_not_fill_the_memory() {
    let mut index = crowd(2000);
    let before = index.bytes_held();
    for round in 0..20 {
        for number in (0..2000).step_by(7) {
            let (id, name, domain) = invented(number);
            let name = &name[..name.len() - round % 3];
            index.update(Customer { id: &id, name, domain: &domain, relationship: 1 }, &Plain);
        }
    }
    assert!(index.bytes_held() < before + before / 5, "{before} to {}", index.bytes_held());
}

fn median_ms(mut work: impl FnMut()) -> f64 {
    let mut times: Vec<f64> = (0..7)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

#[test]
#[ignore = "prints times of the machine it runs on; asserts nothing"]
fn speed() {
    for customers in [100_000, 1_000_000] {
        let start = Instant::now();
        let mut index = crowd(customers);
        println!("{customers} customers, loaded in {:.0} ms", start.elapsed().as_secs_f64() * 1000.0);
        for text in ["zzqx", "peñalba 100", "empresa1a", "a san", "norte", "a"] {
            let query = Query::new(text, &Plain);
            let mut hits = Vec::new();
            let ms = median_ms(|| {
                hits.clear();
                index.search(black_box(&query), 0, &mut hits);
            });
            println!("  search {text:12} {ms:7.2} ms, {} hits", hits.len());
        }
        let mut selection = Selection::default();
        for key in [Key::Name, Key::Domain, Key::Relationship] {
            let wanted = Wanted { sort: Some(Sort { key, descending: false }), ..Wanted::default() };
            let start = Instant::now();
            selection.update(&index, &wanted, &Plain);
            let first = start.elapsed().as_secs_f64() * 1000.0;
            let again = median_ms(|| {
                selection.update(&index, &Wanted::default(), &Plain);
                selection.update(&index, &wanted, &Plain);
            });
            println!("  sort {key:?}: {first:.1} ms at first, {again:.2} ms when kept");
        }
        let wanted = Wanted { sort: Some(Sort { key: Key::Name, descending: false }), ..Wanted::default() };
        selection.update(&index, &wanted, &Plain);
        let mut next = customers;
        let page = median_ms(|| {
            for number in next..next + 500 {
                let (id, name, domain) = invented(number);
                index.push(Customer { id: &id, name: &name, domain: &domain, relationship: 1 }, &Plain);
            }
            next += 500;
            selection.update(&index, &wanted, &Plain);
        });
        println!("  a page of 500 more, in order: {page:.2} ms");
    }
}
