//! What a point measures now, as one figure: power beside power, a class of water, a value beside its limit.

use crate::domain::alarm::Alarm;
use crate::domain::directory::{Point, PointKind};
use crate::domain::id::PointId;
use crate::domain::quantity::{Quantity, Value};
use crate::domain::reading::{Period, Reading};
use crate::domain::section;
use crate::domain::section::SectionJudged;
use crate::domain::signal::Severity;
use crate::domain::time::Moment;
use crate::domain::water::Class;
use crate::lang::domain as say;
use crate::lang::screens::points as words;
use crate::tui::look::Meaning;
use crate::tui::view::Ctx;
use imbl::Vector;

/// What a point is watched for, the first that it measures.
const WATCHED: &[Quantity] = &[
    Quantity::Power,
    Quantity::StackNox,
    Quantity::StackSo2,
    Quantity::StackDust,
    Quantity::Cod,
    Quantity::Pm10,
    Quantity::Tsp,
    Quantity::Noise,
    Quantity::TotalPhosphorus,
];
/// A treatment facility that draws less than this part of its line's power stands still.
const STANDS: (i64, i64) = (1, 100);

/// The newest reading of every quantity of a point, in the order of the quantities.
pub(super) fn readings<'a>(ctx: &Ctx<'a>, point: &PointId) -> Vec<&'a Reading> {
    let first = (point.clone(), Quantity::So2, Period::Instant);
    let all = ctx.board.latest.range(first..);
    let own = all
        .take_while(|((id, ..), _)| id == point)
        .map(|(_, reading)| reading);
    let mut newest: Vec<&Reading> = Vec::new();
    for reading in own {
        match newest.last_mut().filter(|last| last.quantity == reading.quantity) {
            Some(last) if last.at < reading.at => *last = reading,
            Some(_) => {}
            None => newest.push(reading),
        }
    }
    newest
}

/// The reading that a point is watched for.
pub(super) fn main<'a>(ctx: &Ctx<'a>, point: &PointId) -> Option<&'a Reading> {
    let all = readings(ctx, point);
    let watched = WATCHED.iter().find_map(|q| all.iter().find(|r| r.quantity == *q));
    watched.or(all.first()).copied()
}

/// The water of a section or reservoir, judged by its current readings.
pub(super) fn water(ctx: &Ctx<'_>, point: &Point) -> Option<SectionJudged> {
    section::judged(point, &ctx.board.latest, ctx.now)
}

/// The figure of a point with what it means.
pub(super) fn text(ctx: &Ctx<'_>, point: &Point) -> (String, Meaning) {
    let none = (ctx.look.glyphs.none.to_owned(), Meaning::Dim);
    match point.kind {
        PointKind::Production => power(ctx, point).unwrap_or(none),
        PointKind::Water | PointKind::Reservoir => water_text(ctx, point).unwrap_or(none),
        PointKind::Air
        | PointKind::Model
        | PointKind::Camera
        | PointKind::Treatment
        | PointKind::Emission
        | PointKind::Site
        | PointKind::Fence
        | PointKind::Outlet
        | PointKind::Other => value(ctx, point).unwrap_or(none),
    }
}

fn value(ctx: &Ctx<'_>, point: &Point) -> Option<(String, Meaning)> {
    let reading = main(ctx, &point.id)?;
    let value = reading.value?;
    let (name, unit) = (
        say::quantity(ctx.lang, reading.quantity),
        reading.quantity.unit().symbol(),
    );
    let text = format!("{name} {} {unit}", value.fixed(reading.quantity.decimals()));
    let over = point.limit(reading.quantity).is_some_and(|limit| value > limit);
    Some((text, if over { Meaning::Warn } else { Meaning::Text }))
}

/// A line's power beside that of its treatment facility, with a warning where that one stands still.
fn power(ctx: &Ctx<'_>, point: &Point) -> Option<(String, Meaning)> {
    let made = main(ctx, &point.id)?.value?;
    let treated = point.pair.as_ref().and_then(|pair| main(ctx, pair)?.value);
    let show = |value: Value| value.fixed(Quantity::Power.decimals());
    let other = treated.map_or_else(|| ctx.look.glyphs.none.to_owned(), show);
    let least = made.scale(STANDS.0, STANDS.1);
    let runs = point
        .range(Quantity::Power)
        .and_then(|range| range.scale(1, 10))
        .is_some_and(|tenth| made > tenth);
    let stands = runs && treated.is_some_and(|value| least.is_some_and(|least| value < least));
    let text = format!("{} / {other} kW", show(made));
    Some((text, if stands { Meaning::Warn } else { Meaning::Text }))
}

fn water_text(ctx: &Ctx<'_>, point: &Point) -> Option<(String, Meaning)> {
    let found = water(ctx, point)?.assessment;
    let class = found.class?;
    let mut text = words::class(ctx.lang, class).to_owned();
    if class > Class::Two {
        let items = found.deciding().filter_map(|finding| finding.item.quantity());
        let names: Vec<&str> = items
            .map(|quantity| say::quantity(ctx.lang, quantity))
            .take(2)
            .collect();
        text = format!("{text} {}", names.join(" "));
    }
    let below = point.class.is_some_and(|target| class > target);
    Some((text, if below { Meaning::Warn } else { Meaning::Text }))
}

/// What the figure is held against.
pub(super) fn limit(ctx: &Ctx<'_>, point: &Point) -> String {
    let target = point.class.map(|class| words::class(ctx.lang, class).to_owned());
    let limit = || {
        let quantity = main(ctx, &point.id)?.quantity;
        Some(point.limit(quantity)?.fixed(quantity.decimals()))
    };
    target.or_else(limit).unwrap_or_default()
}

/// The series behind the figure, oldest first.
pub(super) fn series<'a>(
    ctx: &Ctx<'a>,
    point: &PointId,
) -> Option<(&'a Reading, &'a Vector<(Moment, Value)>)> {
    let reading = main(ctx, point)?;
    let key = (point.clone(), reading.quantity, reading.period);
    Some((reading, ctx.board.trends.get(&key)?))
}

/// The worst alarm at a point that still lasts or was not seen.
pub(super) fn worst<'a>(ctx: &Ctx<'a>, at: impl Fn(&PointId) -> bool + 'a) -> Option<&'a Alarm> {
    let here = ctx.board.state.alarms_at(at);
    here.max_by_key(|alarm| (alarm.active, alarm.cause.severity))
}

/// How an alarm of that severity looks.
pub(super) fn alarmed(alarm: &Alarm) -> Meaning {
    if !alarm.unacked {
        return Meaning::AlarmSeen;
    }
    match alarm.cause.severity {
        Severity::Red => Meaning::AlarmRed,
        Severity::Orange => Meaning::AlarmOrange,
        Severity::Yellow => Meaning::AlarmYellow,
        Severity::Blue => Meaning::AlarmBlue,
    }
}
