//! What comes before a verdict: the fact that makes a rule apply, and the marks that stand against readings. A table over
//! every rule that looks at readings, so that a new one cannot be forgotten.

use super::*;
use crate::domain::water::Class;
use chrono::NaiveDate;

/// A world in which the rule of `code`, or the part of it that `id` names, holds.
struct Broken {
    code: &'static str,
    /// What the alarm's name ends in.
    ends: &'static str,
    world: World,
}

fn all(value: f64, count: usize) -> Vec<Option<f64>> {
    vec![Some(value); count]
}

fn stack(period: Period, values: &[Option<f64>]) -> World {
    World::default()
        .point("s", PointKind::Emission, |s| {
            s.limits = vec![(Quantity::StackNox, Value::whole(50))];
            s.ranges = vec![(Quantity::StackNox, Value::whole(200))];
        })
        .series(("s", Quantity::StackNox), period, values)
}

fn meter(values: &[Option<f64>]) -> World {
    World::default()
        .point("p", PointKind::Production, |p| p.pair = Some(PointId::new("t")))
        .series(("p", Quantity::Power), Period::FiveMinutes, values)
}

fn broken(code: &'static str, ends: &'static str, world: World) -> Broken {
    Broken { code, ends, world }
}

/// Stacks and sites over their limits.
fn exceedances() -> Vec<Broken> {
    let site = |of: Quantity, value: f64| {
        World::default()
            .point("d", PointKind::Site, |d| {
                d.limits = vec![(Quantity::Pm10, Value::whole(150))];
            })
            .series(("d", of), Period::QuarterHour, &all(value, 9))
    };
    let outlet = World::default()
        .point("o", PointKind::Outlet, |o| {
            o.limits = vec![(Quantity::Cod, Value::whole(50))];
        })
        .series(("o", Quantity::Cod), Period::Hour, &all(70.0, 9));
    let section = |of: Quantity, value: f64| {
        World::default()
            .point("w", PointKind::Water, |w| {
                w.class = Some(Class::Three);
                w.limits = vec![(Quantity::TotalNitrogen, Value::whole(3))];
            })
            .series(("w", of), Period::FourHours, &all(value, 11))
    };
    let source = World::default()
        .point("r", PointKind::Reservoir, |r| r.drinking = true)
        .series(("r", Quantity::Ammonia), Period::FourHours, &all(1.8, 9));
    let rising = World::default().point("w", PointKind::Water, |_| {}).series(
        ("w", Quantity::Ammonia),
        Period::FourHours,
        &[Some(0.9), Some(2.0)],
    );
    vec![
        broken("SRC-H", "/stack_nox", stack(Period::Hour, &all(60.0, 9))),
        broken("SRC-D", "/stack_nox", stack(Period::Hour, &all(60.0, 48))),
        broken("OUT-EX", "/cod", outlet),
        broken("DUST-EX", "/pm10", site(Quantity::Pm10, 200.0)),
        broken("DUST-EX", "/tsp", site(Quantity::Tsp, 1200.0)),
        broken("WQ-CLASS", "/w", section(Quantity::Ammonia, 1.8)),
        broken("WQ-TN", "/total_nitrogen", section(Quantity::TotalNitrogen, 4.0)),
        broken("WQ-DRINK", "/r", source),
        broken("WQ-JUMP", "/ammonia", rising),
    ]
}

/// Stations of the air.
fn stations() -> Vec<Broken> {
    let station = |world: World, id: &str| world.point(id, PointKind::Air, |_| {});
    let near = ["a", "b", "c"].iter().fold(World::default(), |world, id| {
        station(world, id).hours(id, Quantity::Pm25, &[20, 30])
    });
    let index = station(World::default(), "1").indices("1", &[Some(160), Some(170)]);
    let stuck = station(World::default(), "1").hours("1", Quantity::O3, &[64, 64, 64, 64]);
    vec![
        broken("AIR-AQI", "/1", index),
        broken(
            "AIR-JUMP",
            "/d/pm25",
            station(near, "d").hours("d", Quantity::Pm25, &[20, 75]),
        ),
        broken("AIR-FLAT", "/1/o3", stuck),
    ]
}

/// Power meters.
fn meters() -> Vec<Broken> {
    let six = Moment::parse_rfc3339("2026-09-21T06:30:00+08:00").expect("a moment");
    let loads: Vec<Option<f64>> = (0..24).map(|h| Some(if h < 16 { 20.0 } else { 40.0 })).collect();
    let night = World::default()
        .at(six)
        .point("p", PointKind::Production, |_| {})
        .series(("p", Quantity::Power), Period::Hour, &loads);
    let idle = meter(&all(40.0, 9))
        .point("t", PointKind::Treatment, |_| {})
        .series(("t", Quantity::Power), Period::FiveMinutes, &all(0.1, 9));
    let mut over = meter(&all(82.0, 36));
    over.restrain(50, Span::days(1));
    let runs = meter(&all(40.0, 36)).declared(DeclaredKind::Stop, 3, 24);
    vec![
        broken("MTR-NIGHT", "/p", night),
        broken("MTR-TREAT-OFF", "/p", idle),
        broken("MTR-CURTAIL", "/p", over),
        broken("SRC-FAKE", "/running", runs),
    ]
}

/// Values that were made up.
fn made_up() -> Vec<Broken> {
    let narrow: Vec<_> = (0..14).map(|n| Some(100.0 + f64::from(n % 3))).collect();
    let near: Vec<_> = (0..30).map(|n| Some(48.0 + f64::from(n % 4) / 2.0)).collect();
    let mut spike: Vec<_> = (0..60).map(|n| Some(30.0 + f64::from(n % 7))).collect();
    spike.splice(40..42, [Some(90.0), Some(95.0)]);
    vec![
        broken("SRC-FAKE", "/constant", stack(Period::Hour, &all(42.1, 7))),
        broken("SRC-FAKE", "/clip", stack(Period::Hour, &all(199.5, 3))),
        broken("SRC-FAKE", "/ripple", stack(Period::Hour, &narrow)),
        broken("SRC-FAKE", "/near_limit", stack(Period::Hour, &near)),
        broken("SRC-FAKE", "/spike", stack(Period::Minute, &spike)),
    ]
}

fn everything() -> Vec<Broken> {
    let parts = [exceedances(), stations(), meters(), made_up()];
    parts.into_iter().flatten().collect()
}

impl Broken {
    fn rules(&self) -> Vec<RuleSetting> {
        let mut rules = standard(Norm::default());
        rules.retain(|rule| rule.code.as_str() == self.code);
        assert!(!rules.is_empty(), "{} has no rule", self.code);
        rules
    }

    /// The alarms of it that hold by `rules`.
    fn holding(&self, rules: &[RuleSetting]) -> Vec<String> {
        let said = judge(rules, &self.world.scene()).into_iter();
        let held = said
            .filter(|one| one.verdict.is_some())
            .map(|one| one.id.to_string());
        held.filter(|id| id.ends_with(self.ends)).collect()
    }
}

#[test]
fn the_table_has_every_rule_that_looks_at_readings() {
    let all = everything();
    for broken in &all {
        let held = broken.holding(&broken.rules());
        assert_eq!(
            held.len(),
            1,
            "{} {} does not hold: {held:?}",
            broken.code,
            broken.ends
        );
    }
    // What no longer comes is no reading.
    let of_feeds = |code: &str| code == "SYS-SRC" || code.ends_with("STALE") || code.ends_with("-OFF");
    for rule in standard(Norm::default()) {
        let code = rule.code.as_str();
        let known = all.iter().any(|broken| broken.code == code);
        assert!(known || of_feeds(code), "{code} is missing in the table");
    }
}

#[test]
fn no_rule_looks_back_before_the_day_from_which_it_is_in_force() {
    for broken in everything() {
        let from = |day: Option<NaiveDate>| {
            let mut rules = broken.rules();
            for rule in &mut rules {
                rule.from = day;
            }
            broken.holding(&rules)
        };
        let tomorrow = broken.world.now.date(CHINA).succ_opt();
        assert_eq!(from(tomorrow), [] as [&str; 0], "{} {}", broken.code, broken.ends);
        let long_ago = NaiveDate::from_ymd_opt(2020, 1, 1);
        assert_eq!(from(long_ago).len(), 1, "{} {}", broken.code, broken.ends);
    }
}

#[test]
fn what_a_mark_stands_against_is_no_exceedance() {
    let last = |kind: DeclaredKind| {
        move |broken: &Broken| {
            let mut world = broken.world.clone();
            world = world.declared(kind, 60, 61);
            Broken { world, ..*broken }
        }
    };
    let kinds = [
        DeclaredKind::Maintenance,
        DeclaredKind::Calibration,
        DeclaredKind::Stop,
    ];
    for broken in exceedances().into_iter().chain(stations()).chain(made_up()) {
        for kind in kinds {
            let held = last(kind)(&broken).holding(&broken.rules());
            assert_eq!(
                held,
                [] as [&str; 0],
                "{} {} under {kind:?}",
                broken.code,
                broken.ends
            );
        }
    }
    // The draw of power speaks on: a stop curtails nothing, and production must not run without its treatment.
    for broken in meters().into_iter().filter(|broken| broken.ends == "/p") {
        let held = last(DeclaredKind::Calibration)(&broken).holding(&broken.rules());
        assert_eq!(
            held,
            [] as [&str; 0],
            "{} by a meter that is calibrated",
            broken.code
        );
    }
    let over = &meters()[2];
    let held = last(DeclaredKind::Maintenance)(over).holding(&over.rules());
    assert_eq!(held.len(), 1, "maintenance is no leave to draw more");
}

#[test]
fn an_hour_that_the_upstream_flagged_is_no_exceedance() {
    for mut broken in exceedances().into_iter().chain(made_up()) {
        let ids: Vec<PointId> = broken.world.points.keys().cloned().collect();
        let hour = broken.world.now.floor(Span::hours(1)) + Span::hours(1);
        for id in ids {
            let hours = (0..60).rev().map(|ago| hour - Span::hours(ago));
            broken.world.maintained.insert(id, hours.collect());
        }
        let held = broken.holding(&broken.rules());
        assert_eq!(held, [] as [&str; 0], "{} {}", broken.code, broken.ends);
    }
}

#[test]
fn the_time_of_a_curtailment_counts_from_its_coming_into_force() {
    let said = |since: Span, loads: &[Option<f64>]| {
        let mut world = meter(loads);
        world.restrain(50, since);
        world.judged("MTR-CURTAIL").first().map(|one| one.1)
    };
    // 82 kW for three hours, before an order that is a minute old.
    let before = all(82.0, 36);
    assert_eq!(said(Span::mins(1), &before), None, "it was free to draw that");
    assert_eq!(said(Span::mins(29), &before), None, "half an hour is not over");
    assert_eq!(said(Span::mins(36), &before), Some(Some(Severity::Red)));
    let obeys: Vec<_> = [all(82.0, 30), all(8.0, 6)].concat();
    assert_eq!(
        said(Span::mins(31), &obeys),
        Some(None),
        "it went down with the order"
    );
}

#[test]
fn of_two_limits_the_newer_and_stricter_one_does_not_hide_the_older() {
    let mut world = meter(&all(82.0, 36));
    world.restrain(20, Span::mins(5));
    world.restrain(50, Span::hours(2));
    assert_eq!(
        world.judged("MTR-CURTAIL"),
        [("MTR-CURTAIL/p".to_owned(), Some(Severity::Red))]
    );
}

#[test]
fn treatment_that_was_off_during_a_declared_stop_counts_from_its_end() {
    let said = |ago: i64| {
        let mut world = meter(&all(40.0, 12))
            .point("t", PointKind::Treatment, |_| {})
            .series(("t", Quantity::Power), Period::FiveMinutes, &all(0.1, 12));
        world = world.declared(DeclaredKind::Stop, 9, 9);
        let declared = world.declared.values().next().cloned().expect("just declared");
        let until = world.now - Span::mins(ago);
        let what = Declaration {
            until,
            ..declared.what
        };
        world.declared.insert(1, Declared { what, ..declared });
        world.judged("MTR-TREAT-OFF").first().map(|one| one.1)
    };
    assert_eq!(said(3), None, "three minutes after its end nothing is said");
    assert_eq!(said(20), Some(Some(Severity::Orange)));
}

#[test]
fn a_limit_is_of_its_quantity_and_from_its_first_day_on() {
    let world = |of: Quantity, since: Option<NaiveDate>| {
        World::default()
            .point("s", PointKind::Emission, |s| {
                s.limits = vec![
                    (Quantity::StackNox, Value::whole(50)),
                    (Quantity::StackSo2, Value::whole(35)),
                ];
                s.limits_since = since;
            })
            .series(("s", of), Period::Hour, &all(40.0, 5))
            .judged("SRC-H")
    };
    assert_eq!(
        world(Quantity::StackNox, None),
        [("SRC-H/s/stack_nox".to_owned(), None)]
    );
    let over = [("SRC-H/s/stack_so2".to_owned(), Some(Severity::Yellow))];
    assert_eq!(world(Quantity::StackSo2, None), over);
    assert_eq!(world(Quantity::StackDust, None), [], "nobody set a limit of dust");
    let tomorrow = NOW.date(CHINA).succ_opt();
    assert_eq!(world(Quantity::StackSo2, tomorrow), [], "it does not hold yet");
}

#[test]
fn particles_at_a_site_are_judged_by_a_limit_of_what_is_measured() {
    let site = |of: Quantity, value: f64| {
        World::default()
            .point("d", PointKind::Site, |_| {})
            .series(("d", of), Period::QuarterHour, &all(value, 5))
            .judged("DUST-EX")
    };
    let over = [("DUST-EX/d/tsp".to_owned(), Some(Severity::Yellow))];
    assert_eq!(site(Quantity::Tsp, 1001.0).len(), 1);
    assert_eq!(site(Quantity::Tsp, 1001.0)[0].0, over[0].0);
    assert_eq!(site(Quantity::Tsp, 1000.0), [("DUST-EX/d/tsp".to_owned(), None)]);
    assert_eq!(
        site(Quantity::Pm10, 2000.0),
        [],
        "the limit of all particles is not that of the fine ones"
    );
}

#[test]
fn a_river_without_a_limit_of_its_own_is_not_judged_by_its_nitrogen() {
    let section = |limit: Option<i64>| {
        World::default()
            .point("w", PointKind::Water, |w| {
                w.limits = limit
                    .map(|limit| (Quantity::TotalNitrogen, Value::whole(limit)))
                    .into_iter()
                    .collect();
            })
            .series(("w", Quantity::TotalNitrogen), Period::FourHours, &all(4.2, 8))
            .judged("WQ-TN")
    };
    assert_eq!(section(None), []);
    assert_eq!(
        section(Some(3)).first().map(|one| one.1),
        Some(Some(Severity::Yellow))
    );
}
