//! The course of a case by the steps that stand: one fold over its timeline, with what was taken back left out.
//!
//! Whoever asks what a case has been through (rules, figures, reports, screens) asks here; the bare timeline is only
//! for telling what happened, mistakes included.

use crate::domain::case::Case;
use crate::domain::fact::case::{CaseFact, MoveInput};
use crate::domain::id::{MoveId, StageId};
use crate::domain::person::Actor;
use crate::domain::playbook::meaning::{MoveMeaning, StageMeaning};
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span};

/// A step of a case that was made and not taken back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Walked<'a> {
    /// Its line in the timeline.
    pub line: usize,
    /// When.
    pub at: Moment,
    /// Who made it.
    pub by: &'a Actor,
    /// Which.
    pub step: &'a MoveId,
    /// The stage it left.
    pub from: &'a StageId,
    /// The stage it entered; the same for a mere mark.
    pub to: &'a StageId,
    /// What these mean: the step, the stage it left, the stage it entered.
    means: (&'a MoveId, &'a StageId, &'a StageId),
    /// Whether it closed the case.
    pub closes: bool,
    /// The verdict that it stated.
    pub verdict: Option<&'a Clean>,
    /// What was given with it.
    pub given: &'a MoveInput,
    /// How much later the running limit ends by it.
    pub extends: Option<Span>,
}

/// A limit that was missed in a stage whose entry stands.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Missed {
    /// How many steps stood then.
    after: usize,
}

/// What a case has been through.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Walk<'a> {
    /// The stage it was opened in, what that means, and when.
    opened: Option<(&'a StageId, &'a StageId, Moment)>,
    steps: Vec<Walked<'a>>,
    missed: Vec<Missed>,
}

impl Walked<'_> {
    /// When it was done: by the clock of the unit that says so, never after that was heard; else when it was recorded.
    pub fn done(&self) -> Moment {
        self.given.at.map_or(self.at, |own| own.min(self.at))
    }

    /// Whether it led anywhere: a mere mark does not.
    pub fn leads(&self) -> bool {
        self.from != self.to || self.means.1 != self.means.2
    }

    /// Whether that is what it means.
    pub fn is(&self, what: MoveMeaning) -> bool {
        what.is(self.means.0)
    }

    /// Whether it led out of the stages of that meaning.
    pub fn left(&self, stage: StageMeaning) -> bool {
        stage.is(self.means.1) && !stage.is(self.means.2)
    }

    /// Whether it led into a stage of that meaning from one of another.
    pub fn entered(&self, stage: StageMeaning) -> bool {
        stage.is(self.means.2) && !stage.is(self.means.1)
    }
}

impl Case {
    /// Its course by the steps that stand.
    pub fn walk(&self) -> Walk<'_> {
        let mut walk = Walk::default();
        for (nth, line) in self.timeline.iter().enumerate() {
            match &line.fact {
                CaseFact::Opened(matter) => {
                    let means = matter.means.as_ref().unwrap_or(&matter.stage);
                    walk.opened = Some((&matter.stage, means, line.at));
                }
                CaseFact::Moved {
                    step,
                    from,
                    to,
                    closes,
                    verdict,
                    given,
                    again: _,
                    extends,
                    means,
                } => walk.steps.push(Walked {
                    line: nth,
                    at: line.at,
                    by: &line.by,
                    step,
                    from,
                    to,
                    means: (
                        means.as_ref().map_or(step, |means| &means.step),
                        walk.meaning().unwrap_or(from),
                        means.as_ref().map_or(to, |means| &means.to),
                    ),
                    closes: *closes,
                    verdict: verdict.as_ref(),
                    given,
                    extends: *extends,
                }),
                CaseFact::Reverted { .. } => walk.take_back(),
                CaseFact::Late { .. } => walk.missed.push(Missed {
                    after: walk.steps.len(),
                }),
                CaseFact::Joined { .. } | CaseFact::Ordered { .. } | CaseFact::Noted { .. } => {}
            }
        }
        walk
    }
}

impl<'a> Walk<'a> {
    /// The last step was not made; a limit that was missed where it led was none.
    fn take_back(&mut self) {
        self.steps.pop();
        let stand = self.steps.len();
        self.missed.retain(|missed| missed.after <= stand);
    }

    /// The steps, oldest first.
    pub fn steps(&self) -> &[Walked<'a>] {
        &self.steps
    }

    /// What the stage means that it is in.
    pub(super) fn meaning(&self) -> Option<&'a StageId> {
        let opened = self.opened.map(|(_, means, _)| means);
        self.steps.last().map(|step| step.means.2).or(opened)
    }

    /// The stages that it entered and when, oldest first, from the one it was opened in.
    pub fn entered(&self) -> impl Iterator<Item = (&'a StageId, Moment)> {
        let steps = self.steps.iter().filter(|step| step.leads());
        let steps = steps.map(|step| (step.to, step.at));
        self.opened
            .map(|(stage, _, at)| (stage, at))
            .into_iter()
            .chain(steps)
    }

    /// What the stages mean that it entered, and when, oldest first.
    pub fn meanings(&self) -> impl Iterator<Item = (&'a StageId, Moment)> {
        let steps = self.steps.iter().filter(|step| step.leads());
        let steps = steps.map(|step| (step.means.2, step.at));
        self.opened
            .map(|(_, means, at)| (means, at))
            .into_iter()
            .chain(steps)
    }

    /// When it first entered such a stage.
    pub fn first_in(&self, stage: StageMeaning) -> Option<Moment> {
        Some(self.first_line_in(stage)?.0)
    }

    /// The same with the line of the timeline that says so.
    pub fn first_line_in(&self, stage: StageMeaning) -> Option<(Moment, usize)> {
        let opened = self.opened.filter(|(_, means, _)| stage.is(means));
        let step = || self.steps.iter().find(|step| step.entered(stage));
        let opened = opened.map(|(_, _, at)| (at, 0));
        opened.or_else(|| step().map(|step| (step.at, step.line)))
    }

    /// The line of the timeline by which it first left such a stage.
    pub fn left(&self, stage: StageMeaning) -> Option<usize> {
        let step = self.steps.iter().find(|step| step.left(stage))?;
        Some(step.line)
    }

    /// The line by which it entered the stage it is in.
    pub fn moved(&self) -> usize {
        let mut there = self.steps.iter().rev().filter(|step| step.leads());
        there.next().map_or(0, |step| step.line)
    }

    /// Whether it ever was in such a stage.
    pub fn was_in(&self, stage: StageMeaning) -> bool {
        self.first_in(stage).is_some()
    }

    /// Each step of that meaning, oldest first.
    pub fn made(&self, what: MoveMeaning) -> impl DoubleEndedIterator<Item = Walked<'a>> {
        self.steps.iter().filter(move |step| step.is(what)).copied()
    }

    /// Each time that step of its loop was made, oldest first.
    pub fn made_as(&self, id: &MoveId) -> impl DoubleEndedIterator<Item = Walked<'a>> {
        self.steps.iter().filter(move |step| step.step == id).copied()
    }

    /// When a step of that meaning was made, each time, oldest first.
    pub fn times(&self, what: MoveMeaning) -> Vec<Moment> {
        self.made(what).map(|step| step.at).collect()
    }

    /// Whether a limit of it was ever missed.
    pub fn was_late(&self) -> bool {
        !self.missed.is_empty()
    }
}

#[cfg(test)]
mod tests;
