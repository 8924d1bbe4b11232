//! The run against a service that does as it is told, on a virtual clock.

use std::collections::BTreeMap;

use super::*;

struct Steps(u64);

impl Random for Steps {
    fn fill(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            *byte = self.0.to_be_bytes()[1];
        }
    }
}

fn person(index: usize) -> Person {
    Person {
        sign_in: format!("user{index}@a.es"),
        display_name: format!("User {index}"),
        first_name: String::new(),
        last_name: String::new(),
        location: "ES".to_owned(),
        password: None,
        licences: Vec::new(),
        roles: Vec::new(),
    }
}

/// The person of a row as a listing shows it.
fn there(index: usize) -> Found {
    let person = person(index);
    Found {
        id: index.to_string(),
        sign_in: person.sign_in,
        display_name: person.display_name,
        first_name: person.first_name,
        last_name: person.last_name,
        location: person.location,
    }
}

fn identity() -> Identity {
    Identity { import: "import".to_owned(), file: "file".to_owned(), salt: "salt".to_owned() }
}

fn run_of(rows: usize) -> Run {
    let rows = (0..rows).map(|index| (u32::try_from(index).unwrap() + 2, Some(person(index)))).collect();
    Run::new(identity(), vec![Batch { customer: "customer".to_owned(), rows }], None)
}

/// What came of a run.
#[derive(Debug, Default)]
struct Result {
    ended: Millis,
    writes: u64,
    refused: u64,
    journal: String,
}

/// Lets a run go to its end. `answer` tells what the service says to a request, by time.
fn drive(run: &mut Run, latency: Millis, mut answer: impl FnMut(Millis, &Request) -> Answer) -> Result {
    let mut random = Steps(1);
    let mut result = Result::default();
    let mut queue: BTreeMap<(Millis, u64), Event> = BTreeMap::from([((0, 0), Event::Tick)]);
    let mut order = 1;
    while let Some(((now, _), event)) = queue.pop_first() {
        let is_tick = event == Event::Tick;
        for effect in run.step(now, event, &mut random) {
            order += 1;
            match effect {
                Effect::Send(call, request) => {
                    let answer = answer(now, &request);
                    result.writes += u64::from(request.is_write());
                    result.refused += u64::from(matches!(answer, Answer::Throttled(_)));
                    let event = Event::Answered { call, answer, correlation: None };
                    queue.insert((now + latency, order), event);
                }
                Effect::Write(ticket, text) => {
                    result.journal += &text;
                    queue.insert((now + 4, order), Event::Written(ticket, true));
                }
                Effect::Wake(after) => {
                    queue.retain(|(at, _), event| *event != Event::Tick || *at < now);
                    queue.insert((now + after, order), Event::Tick);
                }
                Effect::Finished => result.ended = now,
                Effect::Abort(_) | Effect::Renew => {}
            }
        }
        assert!(order < 10_000_000 && (is_tick || now < 1_000_000_000), "no end");
    }
    result
}

fn yes(request: &Request) -> Answer {
    match request {
        Request::Users { .. } => Answer::Users(Vec::new(), false),
        Request::Create { row, .. } => Answer::Created(row.to_string()),
        Request::Licences { .. } | Request::Roles { .. } => Answer::Held(Vec::new()),
        _ => Answer::Done,
    }
}

#[test]
fn a_thousand_users_take_no_longer_than_four_lanes_do() {
    let mut run = run_of(1000);
    let result = drive(&mut run, 50, |_, request| yes(request));
    assert_eq!((run.counts().created, result.writes), (1000, 1000));
    let bare = 1000 / 4 * 50;
    assert!(bare * 100 / result.ended >= 90, "{result:?}");
}

#[test]
fn a_limit_of_500_a_minute_refuses_hardly_any() {
    let mut sent = VecDeque::new();
    let mut run = run_of(5000);
    let result = drive(&mut run, 50, |now, request| {
        while sent.front().is_some_and(|first| first + 60_000 <= now) {
            sent.pop_front();
        }
        if sent.len() >= 500 {
            let wait = sent.front().map(|first: &Millis| first + 60_000 - now);
            return Answer::Throttled(wait);
        }
        sent.push_back(now);
        yes(request)
    });
    assert_eq!(run.counts().created, 5000);
    assert!(result.refused * 100 < result.writes, "{result:?}");
    // At best a minute for each 500.
    assert!(result.ended < 11 * 60_000, "{result:?}");
}

#[test]
fn what_concerns_all_rows_stops_after_the_first() {
    for (answer, is_stopped) in [
        (Answer::Forbidden("1002".to_owned()), true),
        (Answer::Gone("20002".to_owned()), true),
        (Answer::StepUp, false),
    ] {
        let mut run = run_of(100);
        let result = drive(&mut run, 50, |_, request| {
            if matches!(request, Request::Create { .. }) { answer.clone() } else { yes(request) }
        });
        // Those that were under way with it.
        assert!(result.writes <= u64::from(MOST_AT_ONCE), "{answer:?} {result:?}");
        assert_eq!(run.lanes().next().unwrap().stop.is_some(), is_stopped);
        assert_eq!((run.holds().sign_in, run.counts().sum()), (!is_stopped, 100));
        assert!(run.counts().not_tried >= 96);
    }
}

#[test]
fn other_customers_go_on_while_one_asks_for_pauses() {
    let rows = |lane: usize| (0..20).map(|index| (1, Some(person(lane * 100 + index)))).collect();
    let batches = (0..2).map(|lane| Batch { customer: lane.to_string(), rows: rows(lane) }).collect();
    let mut run = Run::new(identity(), batches, None);
    let mut others = Vec::new();
    drive(&mut run, 50, |now, request| {
        if let Request::Create { row, .. } = request {
            if *row < 20 && now < 57_000 {
                return Answer::Throttled(Some(57_000 - now));
            }
            if *row >= 20 {
                others.push(now);
            }
        }
        yes(request)
    });
    assert_eq!(run.counts().created, 40);
    assert!(others.iter().all(|at| *at < 5_000), "{others:?}");
}

#[test]
fn a_name_that_is_taken_is_nobodys_success() {
    let found = |name: &str| Found {
        id: "7".to_owned(),
        sign_in: "USER0@a.es".to_owned(),
        display_name: name.to_owned(),
        first_name: String::new(),
        last_name: String::new(),
        location: "ES".to_owned(),
    };
    for (name, outcome) in [("User 0", Outcome::CreatedUnproven), ("Somebody", Outcome::AlreadyThere)] {
        let mut run = run_of(1);
        let mut listings = 0;
        drive(&mut run, 50, |_, request| match request {
            Request::Create { .. } => Answer::Exists("409".to_owned()),
            Request::Users { deleted: false, .. } => {
                listings += 1;
                Answer::Users(if listings > 1 { vec![found(name)] } else { Vec::new() }, false)
            }
            other => yes(other),
        });
        let line = run.report().next().unwrap();
        assert_eq!(line.outcome, outcome);
        assert!(!matches!(line.secret, Secret::Proven(_)));
    }
}

#[test]
fn a_journal_that_cannot_be_written_holds_the_run_until_somebody_agrees() {
    let mut run = run_of(2);
    let mut random = Steps(1);
    let mut ticket = None;
    let mut pending = vec![Event::Tick];
    let mut created = 0;
    while let Some(event) = pending.pop() {
        for effect in run.step(0, event, &mut random) {
            match effect {
                Effect::Write(at, _) => ticket = Some(at),
                Effect::Send(call, request) => {
                    created += u32::from(request.is_write());
                    pending.push(Event::Answered { call, answer: yes(&request), correlation: None });
                }
                _ => {}
            }
        }
        if pending.is_empty()
            && let Some(ticket) = ticket.take()
        {
            if !run.holds().journal {
                pending.push(Event::Written(ticket, false));
            }
        } else if pending.is_empty() && run.holds().journal {
            assert_eq!(created, 0);
            pending.push(Event::WithoutJournal);
        }
    }
    assert_eq!((created, run.counts().created), (2, 2));
    assert!(run.must_stay());
    run.forget_passwords();
    assert!(!run.must_stay());
}

#[test]
fn a_run_goes_on_with_another_file_by_the_names_in_it() {
    let mut run = run_of(2);
    let begun = drive(&mut run, 50, |_, request| yes(request)).journal;
    // The file has changed: the second row is another, and there is a third.
    let rows = [0, 7, 1].iter().zip(2..).map(|(index, number)| (number, Some(person(*index)))).collect();
    let batch = Batch { customer: "customer".to_owned(), rows };
    let other = Identity { file: "another".to_owned(), ..identity() };
    let mut run = Run::new(other.clone(), vec![batch], Past::parse(&begun).as_ref());
    let result = drive(&mut run, 50, |_, request| match request {
        Request::Users { deleted: false, .. } => Answer::Users(vec![there(0), there(1)], false),
        other => yes(other),
    });
    assert_eq!((run.counts().created, result.writes), (3, 1));
    let past = Past::parse(&[begun, result.journal].concat()).unwrap();
    assert_eq!((past.unread, past.sent(), past.identity), (0, 3, other));
}

#[test]
fn a_licence_and_a_role_that_were_given_are_not_given_again() {
    let run_of = |past: Option<&Past>| {
        let given = |text: &str| vec![text.to_owned()];
        let person = Person { licences: given("sku"), roles: given("role"), ..person(0) };
        let rows = vec![(2, Some(person))];
        Run::new(identity(), vec![Batch { customer: "customer".to_owned(), rows }], past)
    };
    let journal = drive(&mut run_of(None), 50, |_, request| yes(request)).journal;
    let lines: Vec<&str> = journal.lines().collect();
    let at = |word: &str| {
        lines
            .iter()
            .position(|line| line.split('\t').any(|part| part == word))
            .unwrap_or_else(|| panic!("{word}: {journal}"))
    };
    let (licensed, roles) = (at("licensed"), at("roles"));
    assert!(at("created") < licensed && licensed < roles, "{journal}");
    for (kept, more) in [(licensed, ["assign", "give"].as_slice()), (roles, &["give"]), (lines.len(), &[])] {
        let past =
            Past::parse(&lines[..kept].iter().flat_map(|line| [line, "\n"]).collect::<String>()).unwrap();
        let (mut run, mut given) = (run_of(Some(&past)), Vec::new());
        drive(&mut run, 50, |_, request| {
            match request {
                Request::Users { deleted: false, .. } => return Answer::Users(vec![there(0)], false),
                Request::Assign { .. } => given.push("assign"),
                Request::GiveRole { .. } => given.push("give"),
                _ => {}
            }
            yes(request)
        });
        assert_eq!((given.as_slice(), run.counts().created), (more, 1), "{kept} lines of the journal");
    }
}

#[test]
fn what_is_logged_names_nobody() {
    let mut run = run_of(3);
    drive(&mut run, 50, |_, request| yes(request));
    let told = format!("{run:?} {:?}", run.report().collect::<Vec<_>>());
    assert!(!told.contains("User 0"), "{told}");
}
