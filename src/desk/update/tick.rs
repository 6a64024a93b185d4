//! What time alone brings: expiries, conditions that end, limits that pass, sources that fall silent.

use crate::desk::Effect;
use crate::desk::update::Desk;
use crate::desk::update::batch::Batch;
use crate::domain::fact::alarm::AlarmFact;
use crate::domain::id::AlarmId;
use crate::domain::rule::{Condition, Scene};
use crate::domain::time::{Moment, Span};
use crate::domain::{decide, episode, rule};

/// How often rules are judged where no poll brings anything.
const JUDGED_EVERY: Span = Span::secs(10);

impl Desk {
    /// A beat has passed. Only the collector decides; everyone's sources grow old alike.
    pub(super) fn pass(&mut self, at: Moment) -> Vec<Effect> {
        let mut effects = self.grow_old(at);
        self.board.figures.pass(at);
        if !self.board.collects {
            return effects;
        }
        let mut batch = Batch::of_desk(at);
        self.pass_alarms(at, &mut batch);
        self.pass_cases(at, &mut batch);
        self.pass_notices(at, &mut batch);
        // Time alone seldom changes a verdict; a source that fell silent does at once.
        if !effects.is_empty() || at.age_of(self.judged) >= JUDGED_EVERY {
            self.judged = at;
            self.judge_rules(at, &mut batch);
        }
        effects.extend(batch.into_effects(None));
        effects
    }

    /// Sources that were fresh may have become late.
    fn grow_old(&mut self, at: Moment) -> Vec<Effect> {
        let mut changed = false;
        let ids: Vec<_> = self.board.feeds.keys().cloned().collect();
        for id in ids {
            let Some(feed) = self.board.feeds.get(&id) else {
                continue;
            };
            let mut older = feed.clone();
            older.judge(at);
            if older.state != feed.state {
                changed = true;
                self.board.feeds.insert(id, older);
            }
        }
        if changed {
            vec![Effect::Publish]
        } else {
            Vec::new()
        }
    }

    fn pass_alarms(&self, at: Moment, batch: &mut Batch) {
        let due: Vec<&AlarmId> = self
            .due
            .iter()
            .take_while(|(when, _)| *when <= at)
            .map(|(_, id)| id)
            .collect();
        for id in due {
            if let Some(fact) = self
                .board
                .state
                .alarms
                .get(id)
                .and_then(|alarm| decide::alarm::due(alarm, at))
            {
                self.push_alarm(batch, id, fact);
            }
        }
    }

    /// Judges all rules over the board and drafts what begins, changes or ends.
    pub(super) fn judge_rules(&self, at: Moment, batch: &mut Batch) {
        if !self.board.collects {
            return;
        }
        let curtailed = episode::curtailed(&self.board.state);
        let scene = Scene {
            now: at,
            zone: self.zone(),
            points: &self.board.points,
            feeds: &self.board.feeds,
            trends: &self.board.trends,
            indices: &self.board.index_trends,
            latest: &self.board.latest,
            declared: &self.board.state.declared,
            maintained: &self.board.maintained,
            curtailed: &curtailed,
            since: None,
        };
        for Condition { id, verdict } in rule::judge(&self.rules, &scene) {
            let alarm = self.board.state.alarms.get(&id);
            let why = verdict.as_ref().and_then(|cause| self.declared_for(cause, at));
            let fact = match verdict {
                Some(cause) => alarm
                    .and_then(|alarm| decide::alarm::another_reason(alarm, &cause))
                    .or_else(|| decide::alarm::raise(alarm, cause)),
                None => alarm.and_then(decide::alarm::end),
            };
            let begun = match &fact {
                Some(AlarmFact::Raised(cause)) => Some(cause.clone()),
                Some(
                    AlarmFact::Regraded { .. }
                    | AlarmFact::Returned
                    | AlarmFact::Acknowledged { .. }
                    | AlarmFact::Unacknowledged { .. }
                    | AlarmFact::Held(_)
                    | AlarmFact::Released
                    | AlarmFact::Joined { .. },
                )
                | None => None,
            };
            if let Some(fact) = fact {
                self.push_alarm(batch, &id, fact);
            }
            match (why, begun) {
                (Some(why), _) => self.hold_declared(&id, why, batch),
                (None, Some(cause)) => self.take_up(&id, &cause, batch),
                (None, None) => {}
            }
        }
        self.release_declared(at, batch);
    }
}
