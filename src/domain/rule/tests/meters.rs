//! Rules of power meters, and of what was declared and runs.

use super::*;
use crate::domain::threshold::Amount;

const M1: Period = Period::Minute;
const M5: Period = Period::FiveMinutes;

/// A production meter `p` with its treatment meter `t`.
fn pair(made: &[Option<f64>], treated: &[Option<f64>]) -> World {
    World::default()
        .point("p", PointKind::Production, |p| p.pair = Some(PointId::new("t")))
        .point("t", PointKind::Treatment, |p| p.pair = Some(PointId::new("p")))
        .series(("p", Quantity::Power), M5, made)
        .series(("t", Quantity::Power), M5, treated)
}

const ON: Option<f64> = Some(40.0);
const OFF: Option<f64> = Some(0.2);

#[test]
fn treatment_that_is_off_for_ten_minutes_while_production_runs_is_an_alarm() {
    let said = |made: &[_], treated: &[_]| pair(made, treated).judged("MTR-TREAT-OFF");
    let id = || "MTR-TREAT-OFF/p".to_owned();
    let alarm = [(id(), Some(Severity::Orange))];
    assert_eq!(said(&[ON; 4], &[ON, ON, OFF, OFF]), alarm);
    assert_eq!(
        said(&[ON; 4], &[ON, ON, ON, OFF]),
        [],
        "five minutes say nothing yet"
    );
    assert_eq!(
        said(&[ON; 4], &[OFF, OFF, OFF, ON]),
        [(id(), None)],
        "treatment is back"
    );
    assert_eq!(
        said(&[OFF; 4], &[OFF; 4]),
        [(id(), None)],
        "the factory stands still"
    );
    assert_eq!(
        said(&[ON, ON, None, None, ON], &[OFF; 5]),
        [],
        "a gap is no proof"
    );
    let stale = pair(&[ON; 4], &[OFF; 4]).at(NOW + Span::hours(1));
    assert_eq!(stale.judged("MTR-TREAT-OFF"), [], "old data say nothing of now");
}

#[test]
fn the_alarm_carries_the_series_it_was_judged_by_with_what_was_declared() {
    let world = pair(&[ON; 9], &[ON, ON, ON, OFF, OFF, OFF, OFF, OFF, OFF]);
    let causes = world
        .declared(DeclaredKind::Maintenance, 1, 3)
        .causes("MTR-TREAT-OFF");
    let evidence = causes.first().and_then(|cause| cause.evidence.clone());
    let evidence = evidence.expect("a rule over readings shows them");
    assert_eq!((evidence.quantity, evidence.values.len()), (Quantity::Power, 9));
    assert_eq!(evidence.limit, Some(Value::whole(1)));
    let kinds: Vec<_> = evidence.marks.iter().map(|mark| mark.kind).collect();
    assert_eq!(kinds, [DeclaredKind::Maintenance]);
}

/// Loads by the hour from 06:00 of the day before to 06:00, judged half an hour later.
fn night(day: f64, by_night: f64) -> World {
    let six = Moment::parse_rfc3339("2026-09-21T06:30:00+08:00").expect("a moment");
    let loads: Vec<Option<f64>> = (0..24)
        .map(|h| Some(if h < 16 { day } else { by_night }))
        .collect();
    World::default()
        .at(six)
        .point("p", PointKind::Production, |_| {})
        .series(("p", Quantity::Power), Period::Hour, &loads)
}

#[test]
fn a_night_half_as_strong_again_as_the_day_is_watched_but_no_plant_that_never_stops() {
    let said = |world: World| world.judged("MTR-NIGHT").first().map(|c| c.1);
    assert_eq!(said(night(20.0, 31.0)), Some(Some(Severity::Blue)));
    assert_eq!(said(night(20.0, 30.0)), Some(None));
    assert_eq!(said(night(80.0, 80.0)), Some(None), "around the clock");
    assert_eq!(said(night(0.5, 2.0)), Some(None), "a lamp at the gate");
    assert_eq!(
        said(night(20.0, 31.0).at(NOW)),
        None,
        "judged in the morning only"
    );
    let mut given = Amounts::default();
    given.put("from", Amount::Count(22));
    given.put("until", Amount::Count(6));
    given.put("percent", Amount::Count(150));
    given.put("least", Amount::Value(Value::whole(5)));
    given.put("except", Amount::Points(vec![PointId::new("p")]));
    let rule = (night::KIND.make)(&given).expect("all that it wants");
    let mut out = Vec::new();
    rule.judge(&Clean::new("X"), &night(20.0, 31.0).scene(), &mut out);
    assert_eq!(out, [], "a night shift is known");
}

#[test]
fn a_curtailed_firm_is_held_against_the_load_of_all_its_meters() {
    let firm = |a: &[Option<f64>], b: &[Option<f64>], limit: Option<i64>| {
        let mut world = World::default()
            .point("a", PointKind::Production, |_| {})
            .point("b", PointKind::Production, |_| {})
            .series(("a", Quantity::Power), M5, a)
            .series(("b", Quantity::Power), M5, b);
        let limit = limit.map(|limit| {
            let (limit, since) = (Value::whole(limit), NOW - Span::days(1));
            (EnterpriseId::new("e"), vec![Restraint { limit, since }])
        });
        world.curtailed = limit.into_iter().collect();
        world.judged("MTR-CURTAIL")
    };
    let alarm = |how| [("MTR-CURTAIL/a".to_owned(), how)];
    let half = [Some(30.0); 8];
    assert_eq!(firm(&half, &half, Some(50)), alarm(Some(Severity::Red)));
    assert_eq!(firm(&half, &half, Some(58)), alarm(None), "within the slack");
    assert_eq!(firm(&half, &half, None), alarm(None), "nothing is curtailed");
    assert_eq!(
        firm(&half, &[Some(30.0), None, None, None, Some(30.0)], Some(50)),
        [],
        "one meter has a gap"
    );
    let late = [Some(5.0), Some(5.0), Some(30.0), Some(30.0), Some(30.0)];
    assert_eq!(firm(&late, &late, Some(50)), [], "a quarter of an hour");
    let back = [Some(30.0), Some(30.0), Some(5.0)];
    assert_eq!(firm(&back, &back, Some(50)), alarm(None));
}

#[test]
fn a_firm_that_declared_a_stop_and_draws_power_is_told_apart_from_one_that_stops_slowly() {
    let meter = |loads: &[Option<f64>]| {
        World::default()
            .point("p", PointKind::Production, |_| {})
            .series(("p", Quantity::Power), M1, loads)
    };
    let running = |world: World| {
        let said = world.judged("SRC-FAKE");
        said.into_iter().find(|c| c.0.ends_with("/running")).map(|c| c.1)
    };
    let on = [ON; 60];
    let stop = |ago| meter(&on).declared(DeclaredKind::Stop, ago, 24);
    assert_eq!(running(stop(3)), Some(Some(Severity::Red)));
    assert_eq!(running(stop(1)), None, "it is still stopping");
    assert_eq!(running(meter(&on)), Some(None), "nothing was declared");
    let off = meter(&[OFF; 60]).declared(DeclaredKind::Stop, 3, 24);
    assert_eq!(running(off), Some(None));
    let maintained = meter(&on).declared(DeclaredKind::Maintenance, 3, 24);
    assert_eq!(running(maintained), Some(None));
}
