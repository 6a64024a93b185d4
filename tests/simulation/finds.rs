//! What the invariants find: each planted fault within a few days. One that is not found says that an invariant is too weak.

use crate::day::day;
use crate::planted::PLANTED;
use crate::room::Furniture;

/// Within how many days each must be found.
const WITHIN: u64 = 60;

#[test]
fn every_planted_fault_is_found() {
    let furniture = Furniture::new();
    let mut missed = Vec::new();
    for planted in PLANTED {
        let found = (1..=WITHIN).find_map(|seed| Some((seed, day(seed, Some(planted), &furniture).err()?)));
        match found {
            Some((seed, why)) => eprintln!("{planted:?}: seed {seed}, {:?}", why.told()),
            None => missed.push(planted),
        }
    }
    assert!(missed.is_empty(), "not found within {WITHIN} days: {missed:?}");
}
