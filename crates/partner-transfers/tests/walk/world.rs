//! Walks in one world, one customer each.

use std::time::Duration;

use super::claims::{Held, Truth};
use super::person::{Calls, Person, listen};
use super::scene::Scene;
use super::tally::{Dice, Tally};
use super::weather::{clear, settle_in};
use crate::adapter::{World, done};

/// How often the person does something at most.
const TURNS: u64 = 3;

/// Walks so many times; the first thing that does not hold is told.
pub(crate) fn walks(seed: u64, count: u64, tally: &mut Tally) -> Held {
    let world = World::seeded(3, seed);
    let calls = listen(&world);
    let mut dice = Dice::new(seed ^ 0x7a5f);
    let mut ended = Vec::new();
    for number in 0..count {
        let person = walk(&world, &calls, number, &mut dice, tally);
        ended.push(person.map_err(|what| format!("walk {seed}.{number}: {what}"))?);
    }
    let truth = Truth::read(&world);
    for (kind, times) in &truth.faults {
        tally.count(kind, *times);
    }
    for (number, person) in ended.iter().enumerate() {
        let list = truth.hold_list(&world, &person.scene.customer, person.may_leave);
        let held = list
            .and_then(|has_left| person.decided.iter().try_for_each(|decided| truth.hold(decided, has_left)));
        held.map_err(|what| format!("walk {seed}.{number}: {what}"))?;
    }
    Ok(())
}

/// Everything that is on its way has arrived, and reads show it.
fn calm(world: &World) {
    clear(world);
    world.pass(Duration::from_secs(3600));
    // The next call has what was due happen, and tells the client what time it is.
    done(world.client.session()).unwrap();
}

fn walk<'w>(
    world: &'w World,
    calls: &'w Calls,
    number: u64,
    dice: &mut Dice,
    tally: &mut Tally,
) -> Result<Person<'w>, String> {
    let scene = Scene::make(world, number, dice);
    settle_in(world, dice);
    let mut person = Person::new(world, calls, scene);
    for _ in 0..=dice.below(TURNS) {
        person.others(dice);
        person.turn(dice, tally)?;
    }
    calm(world);
    person.calm();
    person.go_on(tally)?;
    Ok(person)
}
