//! The clocks that lie ahead of an order: by when it is signed for, by when somebody is there, by when it is done, each by
//! the playbook's own limit and under the name of the step that ends it.

use crate::domain::case::Case;
use crate::domain::id::StageId;
use crate::domain::playbook::{ANSWERS, Move, Playbook, Since, Trigger, Words};
use crate::domain::time::Moment;

/// The clocks of an order made at `now`, in the order of the steps that end them.
pub fn clocks<'a>(case: &'a Case, playbook: &'a Playbook, now: Moment) -> Vec<(&'a Words, Moment)> {
    let step = playbook.dispatching(case.stage_in(playbook));
    let mut here = step
        .and_then(|step| step.to.as_ref())
        .unwrap_or(case.stage_in(playbook));
    let (mut from, mut rank) = (now, 0);
    let mut found = Vec::new();
    while let Some(stage) = playbook.stage(here) {
        let next = next(playbook, here, rank);
        if let Some(limit) = &stage.limit {
            let since = match limit.since {
                Since::Detected => case.since(limit),
                Since::Entered => from,
            };
            from = limit.end(since, &case.state.fields, &playbook.calendar);
            found.push((next.map_or(&stage.words, |(_, step)| &step.words), from));
        }
        let Some((after, step)) = next else { break };
        let Some(to) = step.to.as_ref().filter(|_| after < DONE) else {
            break;
        };
        (here, rank) = (to, after);
    }
    found
}

/// The place in [`ANSWERS`] behind that of `done`; what is returned ends no clock.
const DONE: usize = 3;

/// The next of a unit's answers that leads on from a stage, with its place in [`ANSWERS`] counted from 1.
fn next<'a>(playbook: &'a Playbook, stage: &'a StageId, rank: usize) -> Option<(usize, &'a Move)> {
    let kinds = ANSWERS.iter().enumerate().take(DONE).skip(rank);
    let mut steps = kinds.filter_map(|(n, kind)| {
        let waits = |step: &&Move| {
            let own = |by: &Trigger| matches!(by, Trigger::Answer(own) if own.as_str() == *kind);
            step.by_itself.iter().any(own)
        };
        Some((n + 1, playbook.moves_from(stage).find(waits)?))
    });
    steps.next()
}
