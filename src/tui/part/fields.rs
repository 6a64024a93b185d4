//! The fields that the filter of a list may ask a row for: the same names on every screen, whatever the row is about.
//!
//! A row is asked through what it is about: a case's severity is the worst of its alarms', a point's the worst at it.

use crate::domain::alarm::Alarm;
use crate::domain::case::Case;
use crate::domain::id::PointId;
use crate::domain::id::TownshipId;
use crate::domain::id::UnitId;
use crate::domain::query::FieldValue;
use crate::domain::task::Task;
use crate::domain::time::Moment;
use crate::tui::panel::Ctx;
use crate::tui::panel::RowId;
use crate::tui::part::case;
use std::borrow::Cow;

/// Their names.
pub const FIELDS: &[&str] = &[
    "id", "title", "town", "severity", "state", "source", "kind", "case", "unit", "by", "age", "late",
];

/// Severities, least first.
const SEVERITIES: &[&str] = &["blue", "yellow", "orange", "red"];

/// What a row stands on.
struct Matter<'a> {
    alarms: Vec<&'a Alarm>,
    case: Option<&'a Case>,
    task: Option<&'a Task>,
}

/// The value of a field; `None` where the row has none.
pub fn field<'a>(ctx: &Ctx<'a>, row: &'a RowId, key: &str) -> Option<FieldValue<'a>> {
    let of = matter(ctx, row);
    match key {
        "id" => Some(FieldValue::Text(row.text().into())),
        "title" => title(&of).map(|text| FieldValue::Text(text.into())),
        "town" => names(town(ctx, row, &of)),
        "severity" => {
            let worst = of.alarms.iter().map(|alarm| alarm.cause.severity).max()?;
            Some(FieldValue::Ranked(worst.key(), SEVERITIES))
        }
        "state" => names(states(ctx, row, &of)),
        "source" => names(sources(row, &of)),
        "kind" => names(kinds(ctx, row, &of)),
        "case" => Some(FieldValue::Text(of.case?.id.as_str().into())),
        "unit" => names(unit(ctx, &of)),
        "by" => {
            let seen = of.alarms.iter().filter_map(|alarm| alarm.ack.as_ref());
            names(seen.map(|ack| ack.by.as_str().into()).collect())
        }
        "age" => Some(FieldValue::Span(ctx.now - since(ctx, row, &of)?)),
        "late" => Some(FieldValue::Flag(
            of.case.is_some_and(|one| case::is_late(ctx, one)),
        )),
        _ => None,
    }
}

fn names(all: Vec<Cow<'_, str>>) -> Option<FieldValue<'_>> {
    (!all.is_empty()).then_some(FieldValue::Names(all))
}

fn matter<'a>(ctx: &Ctx<'a>, row: &RowId) -> Matter<'a> {
    let state = &ctx.board.state;
    let of_case = |case: Option<&'a Case>| {
        let ids = case.into_iter().flat_map(|case| &case.alarms);
        ids.filter_map(|id| state.alarms.get(id)).collect()
    };
    let which = |is: &dyn Fn(&Alarm) -> bool| state.alarms.values().filter(|alarm| is(alarm)).collect();
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
        RowId::Group(key) => which(&|alarm| key.holds(alarm)),
        RowId::Point(id) => which(&|alarm| alarm.cause.point.as_ref() == Some(id)),
        RowId::Source(id) => which(&|alarm| alarm.cause.source.as_ref() == Some(id)),
        RowId::Other(firm) => which(&|alarm| {
            let owner = |id: &PointId| ctx.board.points.get(id)?.owner.as_ref();
            let owner = alarm.cause.point.as_ref().and_then(owner);
            owner.is_some_and(|owner| owner.as_str() == firm.as_str())
        }),
    };
    Matter { alarms, case, task }
}

fn title<'a>(of: &Matter<'a>) -> Option<&'a str> {
    let alarm = of.alarms.first().map(|alarm| alarm.cause.title.as_str());
    let order = of.task.map(|task| task.order.text.as_str());
    let case = of.case.map(|case| case.matter.title.as_str());
    order.or(if of.alarms.len() == 1 {
        alarm
    } else {
        case.or(alarm)
    })
}

fn town<'a>(ctx: &Ctx<'a>, row: &'a RowId, of: &Matter<'a>) -> Vec<Cow<'a, str>> {
    let directory = &ctx.board.room.directory;
    let own = match row {
        RowId::Point(id) => ctx.board.points.get(id).and_then(|point| point.township.as_ref()),
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

fn states<'a>(ctx: &Ctx<'a>, row: &RowId, of: &Matter<'a>) -> Vec<Cow<'a, str>> {
    let alarms = of.alarms.iter().map(|alarm| alarm.state().key().into());
    match row {
        RowId::Case(_) | RowId::Task(_) => {
            let open = of.case.map(|case| if case.is_open() { "open" } else { "closed" });
            let late = of
                .case
                .is_some_and(|one| case::is_late(ctx, one))
                .then_some("late");
            let stage = of.case.map(|one| Cow::from(case::stage(ctx, one).text));
            let key = of.case.map(|one| Cow::from(one.stage.as_str()));
            let words = open.into_iter().chain(late).map(Cow::from);
            words.chain(stage).chain(key).collect()
        }
        RowId::Source(id) => {
            let feed = ctx.board.feeds.get(id);
            let state = feed.map(|feed| Cow::from(feed.state_at(ctx.now).key()));
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

fn kinds<'a>(ctx: &Ctx<'a>, row: &RowId, of: &Matter<'a>) -> Vec<Cow<'a, str>> {
    let codes = of.alarms.iter().map(|alarm| alarm.cause.code.as_str());
    let case = of.case.and_then(|one| case::playbook(ctx, one));
    let case = case.map(|playbook| [playbook.id.as_str(), ctx.lang.of(&playbook.words)]);
    let own = match row {
        RowId::Point(id) => ctx.board.points.get(id).map(|point| point.kind.key()),
        RowId::Source(id) => ctx.board.feeds.get(id).map(|feed| feed.kind.as_str()),
        RowId::Alarm(_) | RowId::Case(_) | RowId::Task(_) | RowId::Group(_) | RowId::Other(_) => None,
    };
    let all = own.into_iter().chain(codes).chain(case.into_iter().flatten());
    all.map(Cow::from).collect()
}

fn unit<'a>(ctx: &Ctx<'a>, of: &Matter<'a>) -> Vec<Cow<'a, str>> {
    let order = of.task.map(|task| &task.order.unit);
    let id: Option<&UnitId> = order.or_else(|| of.case?.unit.as_ref());
    let name = |id: &UnitId| Cow::from(case::unit(ctx, Some(id)));
    id.map_or_else(Vec::new, |id| vec![id.as_str().into(), name(id)])
}

fn since(ctx: &Ctx<'_>, row: &RowId, of: &Matter<'_>) -> Option<Moment> {
    match row {
        RowId::Case(_) => of.case.map(|case| case.matter.detected),
        RowId::Task(_) => of.task.map(|task| task.ordered),
        RowId::Source(id) => ctx.board.feeds.get(id)?.last_good,
        RowId::Alarm(_) | RowId::Group(_) | RowId::Point(_) | RowId::Other(_) => {
            of.alarms.iter().map(|alarm| alarm.raised).max()
        }
    }
}
