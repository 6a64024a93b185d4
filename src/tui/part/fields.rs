//! The fields that the filter of a list may ask a row for: the same names on every screen and on the command line,
//! whatever the row is about.
//!
//! A row is asked through what it is about: a case's severity is the worst of its alarms', a point's the worst at it.

use crate::desk::board::{Board, Room};
use crate::domain::alarm::Alarm;
use crate::domain::case::{Case, clock};
use crate::domain::id::{PointId, TownshipId, UnitId};
use crate::domain::playbook::{Playbook, Stage};
use crate::domain::quantity::Quantity;
use crate::domain::query::FieldValue;
use crate::domain::reading::Period;
use crate::domain::task::Task;
use crate::domain::time::{Moment, Span};
use crate::lang::Lang;
use crate::lang::refusal::stage_of;
use crate::tui::view::{Ctx, RowId};
use std::borrow::Cow;

/// Their names.
pub const FIELDS: &[&str] = &[
    "id", "title", "town", "severity", "state", "source", "kind", "case", "unit", "by", "age", "late",
];

/// Severities, least first.
const SEVERITIES: &[&str] = &["blue", "yellow", "orange", "red"];

/// What a field is read from.
#[derive(Clone, Copy, Debug)]
pub struct FieldBasis<'a> {
    /// What is true.
    pub board: &'a Board,
    /// The language of names that the room gives in both.
    pub lang: Lang,
    /// The present moment.
    pub now: Moment,
}

impl<'a> FieldBasis<'a> {
    /// As a seat sees it.
    pub fn of(ctx: &Ctx<'a>) -> Self {
        Self {
            board: ctx.board,
            lang: ctx.lang,
            now: ctx.now,
        }
    }

    /// The loop a case runs by, if the room still has it.
    fn playbook(self, case: &Case) -> Option<&'a Playbook> {
        let mut all = self.board.room.playbooks.iter();
        all.find(|own| own.id == case.matter.playbook)
    }

    /// Whether its stage's limit has passed.
    fn is_late(self, case: &Case) -> bool {
        clock::is_late(case, self.playbook(case), self.now)
    }

    /// Whether it is late, and the names of the stage that it is late in.
    fn late(self, case: Option<&'a Case>) -> FieldValue<'a> {
        let found = case.and_then(|case| {
            let own = self.playbook(case);
            Some((own, clock::late_stage(case, own, self.now)?))
        });
        let names = found.map(|(own, id)| {
            let known = own.and_then(|own| own.stage(id));
            known.map_or_else(|| vec![id.as_str().into()], |stage| stage_names(stage).into())
        });
        FieldValue::Flag(found.is_some(), names.unwrap_or_default())
    }
}

/// The names of a stage: its key, and its words in both languages.
fn stage_names(stage: &Stage) -> [Cow<'_, str>; 3] {
    [
        stage.id.as_str(),
        stage.words.zh.as_str(),
        stage.words.en.as_str(),
    ]
    .map(Cow::from)
}

/// A value of a field that has all that the field may be asked for in this room; `None` where anything may be.
pub fn reach<'a>(room: &'a Room, key: &str) -> Option<FieldValue<'a>> {
    match key {
        "severity" => Some(FieldValue::Ranked("", SEVERITIES)),
        "age" => Some(FieldValue::Span(Span::ZERO)),
        "late" => {
            let stages = room.playbooks.iter().flat_map(|own| &own.stages);
            Some(FieldValue::Flag(true, stages.flat_map(stage_names).collect()))
        }
        _ => None,
    }
}

/// What a row stands on.
struct Matter<'a> {
    alarms: Vec<&'a Alarm>,
    case: Option<&'a Case>,
    task: Option<&'a Task>,
}

/// The value of a field; `None` where the row has none.
pub fn field<'a>(seen: FieldBasis<'a>, row: &'a RowId, key: &str) -> Option<FieldValue<'a>> {
    let of = matter(seen, row);
    match key {
        "id" => Some(FieldValue::Text(row.text().into())),
        "title" => title(seen, row, &of).map(|text| FieldValue::Text(text.into())),
        "town" => names(town(seen, row, &of)),
        "severity" => {
            let worst = of.alarms.iter().map(|alarm| alarm.cause.severity).max()?;
            Some(FieldValue::Ranked(worst.key(), SEVERITIES))
        }
        "state" => names(states(seen, row, &of)),
        "source" => names(sources(row, &of)),
        "kind" => names(kinds(seen, row, &of)),
        "case" => Some(FieldValue::Text(of.case?.id.as_str().into())),
        "unit" => names(unit(seen, &of)),
        "by" => {
            let seen = of.alarms.iter().filter_map(|alarm| alarm.ack.as_ref());
            names(seen.map(|ack| ack.by.as_str().into()).collect())
        }
        "age" => Some(FieldValue::Span(seen.now - since(seen, row, &of)?)),
        "late" => Some(seen.late(of.case)),
        _ => None,
    }
}

fn names(all: Vec<Cow<'_, str>>) -> Option<FieldValue<'_>> {
    (!all.is_empty()).then_some(FieldValue::Names(all))
}

fn matter<'a>(seen: FieldBasis<'a>, row: &'a RowId) -> Matter<'a> {
    let state = &seen.board.state;
    let of_case = |case: Option<&'a Case>| {
        let ids = case.into_iter().flat_map(|case| &case.alarms);
        ids.filter_map(|id| state.alarms.get(id)).collect()
    };
    let task = match row {
        RowId::Task(id) => state.tasks.get(id),
        RowId::Alarm(_)
        | RowId::Case(_)
        | RowId::Point(_)
        | RowId::Source(_)
        | RowId::Group(_)
        | RowId::Other(_) => None,
    };
    let mut case = task.and_then(|task| state.cases.get(&task.order.case));
    let alarms: Vec<&Alarm> = match row {
        RowId::Alarm(id) => {
            let alarm = state.alarms.get(id);
            case = alarm.and_then(|alarm| state.cases.get(alarm.case.as_ref()?));
            alarm.into_iter().collect()
        }
        RowId::Case(id) => {
            case = state.cases.get(id);
            of_case(case)
        }
        RowId::Task(_) => of_case(case),
        RowId::Group(key) => {
            let own = state.alike(key);
            own.filter_map(|rank| state.alarms.get(&rank.3)).collect()
        }
        RowId::Point(id) => state.alarms_at_point(id).collect(),
        RowId::Source(id) => {
            let all = state.alarms.values();
            all.filter(|alarm| alarm.cause.source.as_ref() == Some(id))
                .collect()
        }
        RowId::Other(firm) => {
            let owner = |id: &PointId| seen.board.points.get(id)?.owner.as_ref();
            let is_own = move |id: &PointId| owner(id).is_some_and(|own| own.as_str() == firm.as_str());
            state.alarms_at(is_own).collect()
        }
    };
    Matter { alarms, case, task }
}

fn title<'a>(seen: FieldBasis<'a>, row: &RowId, of: &Matter<'a>) -> Option<&'a str> {
    if let RowId::Point(id) = row {
        return seen.board.points.get(id).map(|point| point.name.as_str());
    }
    let alarm = of.alarms.first().map(|alarm| alarm.cause.title.as_str());
    let order = of.task.map(|task| task.order.text.as_str());
    let case = of.case.map(|case| case.matter.title.as_str());
    order.or(if of.alarms.len() == 1 {
        alarm
    } else {
        case.or(alarm)
    })
}

fn town<'a>(seen: FieldBasis<'a>, row: &'a RowId, of: &Matter<'a>) -> Vec<Cow<'a, str>> {
    let directory = &seen.board.room.directory;
    let own = match row {
        RowId::Point(id) => seen
            .board
            .points
            .get(id)
            .and_then(|point| point.township.as_ref()),
        RowId::Other(id) => {
            let mut firms = directory.enterprises.iter();
            let firm = firms.find(|firm| firm.id.as_str() == id.as_str());
            firm.and_then(|firm| firm.township.as_ref())
        }
        RowId::Alarm(_) | RowId::Case(_) | RowId::Task(_) | RowId::Source(_) | RowId::Group(_) => None,
    };
    let case = of.case.and_then(|case| case.matter.township.as_ref());
    let alarms = of.alarms.iter().filter_map(|alarm| alarm.cause.township.as_ref());
    let all = own.into_iter().chain(case).chain(alarms);
    let both = |id: &'a TownshipId| {
        let known = directory.township_by_id(id);
        let name = known.map(|town| Cow::from(town.name.as_str()));
        std::iter::once(Cow::from(id.as_str())).chain(name)
    };
    all.flat_map(both).collect()
}

fn states<'a>(seen: FieldBasis<'a>, row: &RowId, of: &Matter<'a>) -> Vec<Cow<'a, str>> {
    let alarms = of.alarms.iter().map(|alarm| alarm.state().key().into());
    match row {
        RowId::Case(_) | RowId::Task(_) => {
            let open = of.case.map(|case| if case.is_open() { "open" } else { "closed" });
            let late = of.case.is_some_and(|one| seen.is_late(one)).then_some("late");
            let stage = of
                .case
                .map(|one| Cow::from(stage_of(seen.lang, one, &seen.board.room.playbooks)));
            let key = of.case.map(|one| Cow::from(one.state.stage.as_str()));
            let words = open.into_iter().chain(late).map(Cow::from);
            words.chain(stage).chain(key).collect()
        }
        RowId::Source(id) => {
            let feed = seen.board.feeds.get(id);
            let state = feed.map(|feed| Cow::from(feed.state_at(seen.now).key()));
            state.into_iter().collect()
        }
        RowId::Alarm(_) | RowId::Group(_) | RowId::Point(_) | RowId::Other(_) => alarms.collect(),
    }
}

fn sources<'a>(row: &'a RowId, of: &Matter<'a>) -> Vec<Cow<'a, str>> {
    if let RowId::Source(id) = row {
        return vec![id.as_str().into()];
    }
    let all = of.alarms.iter().filter_map(|alarm| alarm.cause.source.as_ref());
    all.map(|source| source.as_str().into()).collect()
}

fn kinds<'a>(seen: FieldBasis<'a>, row: &RowId, of: &Matter<'a>) -> Vec<Cow<'a, str>> {
    let codes = of.alarms.iter().map(|alarm| alarm.cause.code.as_str());
    let case = of.case.and_then(|one| seen.playbook(one));
    let case = case.map(|playbook| [playbook.id.as_str(), seen.lang.of(&playbook.words)]);
    let own = match row {
        RowId::Point(id) => seen.board.points.get(id).map(|point| point.kind.key()),
        RowId::Source(id) => seen.board.feeds.get(id).map(|feed| feed.kind.as_str()),
        RowId::Alarm(_) | RowId::Case(_) | RowId::Task(_) | RowId::Group(_) | RowId::Other(_) => None,
    };
    let all = own.into_iter().chain(codes).chain(case.into_iter().flatten());
    all.map(Cow::from).collect()
}

fn unit<'a>(seen: FieldBasis<'a>, of: &Matter<'a>) -> Vec<Cow<'a, str>> {
    let order = of.task.map(|task| &task.order.unit);
    let id: Option<&UnitId> = order.or_else(|| of.case?.state.unit.as_ref());
    let both = |id: &'a UnitId| {
        let known = seen.board.room.directory.unit(id);
        let name = known.map(|unit| Cow::from(unit.name.as_str()));
        std::iter::once(Cow::from(id.as_str())).chain(name).collect()
    };
    id.map_or_else(Vec::new, both)
}

fn since(seen: FieldBasis<'_>, row: &RowId, of: &Matter<'_>) -> Option<Moment> {
    match row {
        RowId::Case(_) => of.case.map(|case| case.matter.detected),
        RowId::Task(_) => of.task.map(|task| task.ordered),
        RowId::Source(id) => seen.board.feeds.get(id)?.last_good,
        RowId::Point(id) => {
            let first = (id.clone(), Quantity::So2, Period::Instant);
            let own = seen
                .board
                .latest
                .range(first..)
                .take_while(|(key, _)| key.0 == *id);
            own.map(|(_, reading)| reading.at).max()
        }
        RowId::Alarm(_) | RowId::Group(_) | RowId::Other(_) => {
            of.alarms.iter().map(|alarm| alarm.raised).max()
        }
    }
}
