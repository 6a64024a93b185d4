//! Forecasts at the desk: a newer one goes into the ledger and is judged by the tables in force. A level that it reaches
//! raises an alarm and drafts an episode with level and cause, once a series; a person decides what becomes of it.

use crate::desk::update::Desk;
use crate::desk::update::batch::Batch;
use crate::domain::decide::fields;
use crate::domain::decide::opening::Opening;
use crate::domain::emergency::forecast::LadderJudged;
use crate::domain::emergency::{Step, forecast};
use crate::domain::episode::Episode;
use crate::domain::fact::Fact;
use crate::domain::fact::alarm::{AlarmFact, Cause};
use crate::domain::fact::case::CaseFact;
use crate::domain::fact::forecast::Forecast;
use crate::domain::fact::room::RoomFact;
use crate::domain::feed::PollResult;
use crate::domain::id::AlarmId;
use crate::domain::ledger::Stream;
use crate::domain::playbook::Playbook;
use crate::domain::quantity::Value;
use crate::domain::signal::{Severity, SignalKind};
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::domain::{decide, episode};

/// A step that is announced by no colour asks for a consultation, as a yellow alarm does.
const UNCOLOURED: Severity = Severity::Yellow;

impl Desk {
    /// The newest forecast of a poll, where it says something new.
    pub(super) fn judge_forecasts(&self, take: &PollResult, at: Moment, batch: &mut Batch) {
        let newest = take.forecasts.iter().max_by_key(|forecast| forecast.issued);
        let Some(newest) = newest else { return };
        let known = self.board.state.forecasts.get(&newest.source);
        if known.is_some_and(|known| known.issued > newest.issued || known == newest) {
            return;
        }
        let fact = Fact::Room(RoomFact::Forecast(Box::new(newest.clone())));
        batch.push(&self.board.state, Stream::Room, fact);
        let today = at.date(self.zone());
        let ladders = &self.board.room.ladders;
        let judged = forecast::judged(ladders, newest, today);
        let id = AlarmId::new(&format!("{}/{}", SignalKind::Forecast.code(), newest.source));
        let Some((by, step)) = forecast::highest(&judged) else {
            let ended = self.board.state.alarms.get(&id).and_then(decide::alarm::end);
            if let Some(ended) = ended {
                self.push_alarm(batch, &id, ended);
            }
            return;
        };
        let before = known.filter(|known| known.issued == newest.issued);
        let before = before.map(|known| forecast::judged(ladders, known, today));
        let before = before.as_ref().and_then(|judged| forecast::highest(judged));
        let again = before.is_some_and(|(_, before)| before == step);
        let cause = self.reached(newest, (by, step));
        if let Some(fact) = decide::alarm::raise(self.board.state.alarms.get(&id), cause.clone()) {
            self.push_alarm(batch, &id, fact);
        }
        if !again {
            self.draft(&id, &cause, (newest, by, step), batch);
        }
    }

    /// The alarm of a level that is reached: by which rule, on which days, of which table.
    fn reached(&self, forecast: &Forecast, (by, step): (&LadderJudged<'_>, &Step)) -> Cause {
        let runs = by.verdict.because.iter().map(|met| {
            let above = met.run.above.micro() / Value::ONE;
            let (first, last) = (met.first.format("%m-%d"), met.last.format("%m-%d"));
            let metric = met.run.metric.symbol();
            format!("{metric} > {above} × {} d ({first}–{last})", met.run.days)
        });
        let runs = runs.collect::<Vec<_>>().join(" + ");
        let issued = forecast.issued.local(self.zone()).format("%m-%d %H:%M");
        Cause {
            code: Clean::new(SignalKind::Forecast.code()),
            severity: step.severity.unwrap_or(UNCOLOURED),
            title: Clean::new(&format!("{} · {runs}", step.key)),
            detail: Clean::new(&format!("{} · {} · {issued}", by.ladder.key, forecast.source)),
            source: Some(forecast.source.clone()),
            began: forecast.issued,
            // Once its last day is over it says nothing of the days ahead.
            ends: by
                .verdict
                .because
                .iter()
                .map(|met| met.last)
                .max()
                .and_then(|last| {
                    let next = last.succ_opt()?.and_hms_opt(0, 0, 0)?;
                    Moment::from_local(next, self.zone())
                }),
            ..Cause::default()
        }
    }

    /// Drafts an episode; where one is open already, the alarm is taken in there.
    fn draft(
        &self,
        id: &AlarmId,
        cause: &Cause,
        (forecast, by, step): (&Forecast, &LadderJudged<'_>, &Step),
        batch: &mut Batch,
    ) {
        let wants = |playbook: &&Playbook| playbook.opens_on.contains(&SignalKind::Forecast);
        let Some(playbook) = self.board.room.playbooks.iter().find(wants) else {
            return;
        };
        let state = &self.board.state;
        if let Some(open) = Episode::now(state).filter(|open| open.case.matter.playbook == playbook.id) {
            let joined = state.alarms.get(id).and_then(|alarm| alarm.case.as_ref());
            if joined != Some(&open.case.id) {
                self.push_case(batch, open.case, CaseFact::Joined { alarm: id.clone() });
                self.push_alarm(
                    batch,
                    id,
                    AlarmFact::Joined {
                        case: open.case.id.clone(),
                    },
                );
            }
            return;
        }
        if batch.openings().any(|(_, matter)| matter.playbook == playbook.id) {
            return;
        }
        let named = forecast.causes(&by.verdict.because);
        let named: Vec<&str> = named.iter().map(Clean::as_str).collect();
        let told = [
            (episode::LEVEL, Clean::new(&step.key)),
            (episode::CAUSE, Clean::new(&named.join(" "))),
        ];
        let told = told.map(|(field, value)| (Clean::new(field), value));
        let opening = Opening {
            fields: fields::told(playbook, &told),
            ..Opening::of_alarm(id, cause)
        };
        self.push_opening(playbook, opening, batch);
    }
}
