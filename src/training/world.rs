//! The whole simulated world: a seed, a county, a script. Everything about it is a function of a moment.

use crate::training::chance::Chance;
use crate::training::county::County;
use crate::training::population::Population;
use crate::training::script::Script;
use crate::training::upkeep::Upkeep;

/// A world. Two of the same seed are the same at every moment.
#[derive(Clone, Debug)]
pub(super) struct World {
    pub(super) chance: Chance,
    pub(super) county: County,
    pub(super) population: Population,
    pub(super) script: Script,
    pub(super) upkeep: Upkeep,
}

impl World {
    /// The world of that seed.
    pub(super) fn new(seed: u64) -> Self {
        let chance = Chance::new(seed);
        let script = Script::built_in();
        let county = County::built_in(&script);
        Self {
            chance,
            population: Population::new(chance, &county),
            county,
            script,
            upkeep: Upkeep::new(chance),
        }
    }
}
