//! Rules of emission points and sites: limits, and the ways of making values up.

use super::*;

const NOX: (&str, Quantity) = ("s", Quantity::StackNox);

/// A stack with a limit of 50 and a range of 200 mg/m³.
fn stack(period: Period, values: &[Option<f64>]) -> World {
    World::default()
        .point("s", PointKind::Emission, |s| {
            s.limits = vec![(Quantity::StackNox, Value::whole(50))];
            s.ranges = vec![(Quantity::StackNox, Value::whole(200))];
        })
        .series(NOX, period, values)
}

/// What one way of making values up says.
fn fake(world: &World, way: &str) -> &'static str {
    let id = format!("SRC-FAKE/s/stack_nox/{way}");
    let said = world.judged("SRC-FAKE");
    match said.into_iter().find(|c| c.0 == id).map(|c| c.1) {
        Some(Some(Severity::Red)) => RED,
        Some(Some(_)) => "milder",
        Some(None) => ENDED,
        None => NOTHING,
    }
}

const RED: &str = "red";
const ENDED: &str = "has ended, or never began";
const NOTHING: &str = "nothing is said";

/// Values that wander, as those of a real process.
fn alive(count: usize) -> Vec<Option<f64>> {
    let wave = |n: usize| 20.0 + ((n * 37) % 23) as f64 + ((n * 11) % 7) as f64 / 10.0;
    (0..count).map(|n| Some(wave(n))).collect()
}

#[test]
fn an_hour_above_the_points_own_limit_is_an_alarm_and_maintenance_is_none() {
    let said = |values: &[Option<f64>]| stack(Period::Hour, values).judged("SRC-H");
    let alarm = |how| [("SRC-H/s/stack_nox".to_owned(), how)];
    assert_eq!(said(&[Some(40.0), Some(51.0)]), alarm(Some(Severity::Yellow)));
    assert_eq!(
        said(&[Some(51.0), Some(50.0)]),
        alarm(None),
        "the limit itself is met"
    );
    let none = World::default().point("s", PointKind::Emission, |_| {});
    assert_eq!(
        none.series(NOX, Period::Hour, &[Some(900.0)]).judged("SRC-H"),
        [],
        "no limit is known"
    );
    let fine: Vec<_> = [60.0; 80].map(Some).to_vec();
    assert_eq!(
        stack(Period::Minute, &fine).judged("SRC-H"),
        alarm(Some(Severity::Yellow))
    );
}

#[test]
fn a_day_needs_twenty_of_its_hours() {
    // At 22:13 the last day ended 22 hours ago.
    let day = |hours: usize| {
        let mut values = vec![None; 24 - hours];
        values.extend(vec![Some(60.0); hours]);
        values.extend(vec![Some(10.0); 22]);
        stack(Period::Hour, &values).judged("SRC-D")
    };
    assert_eq!(
        day(20),
        [("SRC-D/s/stack_nox".to_owned(), Some(Severity::Orange))]
    );
    assert_eq!(day(19), []);
}

#[test]
fn a_site_is_orange_when_it_is_over_again_on_the_same_day() {
    let site = |values: &[f64]| {
        let values: Vec<_> = values.iter().map(|v| Some(*v)).collect();
        World::default()
            .point("s", PointKind::Site, |s| {
                s.limits = vec![(Quantity::Pm10, Value::whole(150))];
            })
            .series(("s", Quantity::Pm10), Period::QuarterHour, &values)
            .judged("DUST-EX")
    };
    let alarm = |how| [("DUST-EX/s/pm10".to_owned(), how)];
    assert_eq!(site(&[90.0, 151.0]), alarm(Some(Severity::Yellow)));
    assert_eq!(site(&[160.0, 90.0, 151.0]), alarm(Some(Severity::Orange)));
    assert_eq!(site(&[160.0, 160.0, 90.0]), alarm(None));
}

#[test]
fn an_emission_point_is_off_after_an_hour_and_worse_after_twelve() {
    let off = |age| {
        let mut world = World::default()
            .feed(FeedState::Ok, 0)
            .point("1", PointKind::Emission, |_| {})
            .newest("1", age);
        let said = world.judged("SRC-OFF");
        world.feeds.clear();
        assert_eq!(
            world.judged("SRC-OFF"),
            [],
            "nobody knows whether the source is silent"
        );
        said
    };
    let alarm = |how| [("SRC-OFF/1".to_owned(), how)];
    assert_eq!(
        off(Span::mins(110)),
        alarm(None),
        "the next hour is not yet an hour late"
    );
    assert_eq!(off(Span::mins(130)), alarm(Some(Severity::Blue)));
    assert_eq!(off(Span::hours(14)), alarm(Some(Severity::Orange)));
}

#[test]
fn the_same_value_six_times_is_made_up_unless_it_is_nothing_or_declared() {
    let flat = |value: f64| {
        stack(
            Period::Hour,
            &[
                Some(30.0),
                Some(value),
                Some(value),
                Some(value),
                Some(value),
                Some(value),
                Some(value),
            ],
        )
    };
    assert_eq!(fake(&flat(31.5), "constant"), RED);
    assert_eq!(fake(&flat(0.0), "constant"), ENDED, "it stands still");
    assert_eq!(fake(&stack(Period::Hour, &alive(12)), "constant"), ENDED);
    let declared = flat(31.5).declared(DeclaredKind::Calibration, 3, 1);
    assert_eq!(fake(&declared, "constant"), NOTHING);
    let mut flagged = flat(31.5);
    let hour = NOW.floor(Span::hours(1));
    flagged
        .maintained
        .insert(PointId::new("s"), [hour].into_iter().collect());
    assert_eq!(
        fake(&flagged, "constant"),
        NOTHING,
        "an upstream's flag counts as declared"
    );
    let mut gaps = vec![Some(31.5); 3];
    gaps.extend([None, None, None]);
    gaps.extend([Some(31.5); 3]);
    assert_eq!(
        fake(&stack(Period::Hour, &gaps), "constant"),
        ENDED,
        "a gap breaks it"
    );
}

#[test]
fn values_that_hardly_move_are_made_up_but_not_near_nothing() {
    let band = |level: f64| -> Vec<Option<f64>> {
        let small = |n: usize| ((n * 5) % 7) as f64;
        (0..13).map(|n| Some(level + small(n))).collect()
    };
    assert_eq!(fake(&stack(Period::Hour, &band(60.0)), "ripple"), RED);
    assert_eq!(fake(&stack(Period::Hour, &band(5.0)), "ripple"), ENDED);
    assert_eq!(fake(&stack(Period::Hour, &alive(13)), "ripple"), ENDED);
    assert_eq!(
        fake(&stack(Period::Hour, &band(60.0)[..6]), "ripple"),
        NOTHING,
        "too few"
    );
}

#[test]
fn a_spike_that_is_back_in_minutes_is_made_up_and_a_start_is_not() {
    let minutes = |change: &[(usize, f64)]| {
        let mut values: Vec<Option<f64>> = (0..50).map(|n| Some(30.0 + f64::from(n % 5))).collect();
        for &(nth, value) in change {
            if let Some(old) = values.get_mut(nth) {
                *old = Some(value);
            }
        }
        stack(Period::Minute, &values)
    };
    assert_eq!(fake(&minutes(&[]), "spike"), ENDED);
    assert_eq!(fake(&minutes(&[(20, 90.0), (21, 95.0)]), "spike"), RED);
    assert_eq!(fake(&minutes(&[(20, 2.0)]), "spike"), RED, "downwards too");
    let long: Vec<(usize, f64)> = (20..30).map(|n| (n, 90.0)).collect();
    assert_eq!(fake(&minutes(&long), "spike"), ENDED, "ten minutes are a process");
    let start: Vec<(usize, f64)> = (0..20).map(|n| (n, 0.0)).collect();
    assert_eq!(fake(&minutes(&start), "spike"), ENDED, "a plant that starts");
    let calibrated = minutes(&[(20, 90.0)]).declared(DeclaredKind::Calibration, 1, 1);
    assert_eq!(fake(&calibrated, "spike"), NOTHING);
    let hours = stack(Period::Hour, &alive(20));
    assert_eq!(fake(&hours, "spike"), NOTHING, "hours are too coarse");
}

#[test]
fn values_at_the_end_of_the_range_for_an_hour_are_an_alarm() {
    let quarters = |values: &[f64]| {
        let values: Vec<_> = values.iter().map(|v| Some(*v)).collect();
        fake(&stack(Period::QuarterHour, &values), "clip")
    };
    assert_eq!(quarters(&[40.0, 199.0, 200.0, 200.0, 199.5]), RED);
    assert_eq!(
        quarters(&[40.0, 40.0, 200.0, 200.0, 200.0]),
        NOTHING,
        "not yet an hour"
    );
    assert_eq!(quarters(&[200.0, 200.0, 200.0, 200.0, 120.0]), ENDED);
}

#[test]
fn too_many_hours_just_below_the_limit_are_improbable() {
    let hours = |near: usize, over: bool| {
        let mut values = alive(30 - near);
        values.extend((0..near).map(|n| Some(48.0 + (n % 4) as f64 / 2.0)));
        if over && let Some(first) = values.first_mut() {
            *first = Some(55.0);
        }
        fake(&stack(Period::Hour, &values), "near_limit")
    };
    assert_eq!(hours(20, false), RED);
    assert_eq!(hours(12, false), ENDED);
    assert_eq!(hours(20, true), ENDED, "who exceeds does not stop at the line");
    let few: Vec<_> = (0..20).map(|n| Some(48.0 + f64::from(n % 4) / 2.0)).collect();
    assert_eq!(fake(&stack(Period::Hour, &few), "near_limit"), NOTHING);
}

#[test]
fn a_living_source_is_never_said_to_be_made_up() {
    for (period, count) in [
        (Period::Minute, 600),
        (Period::FiveMinutes, 300),
        (Period::Hour, 48),
    ] {
        let world = stack(period, &alive(count));
        let causes = world.causes("SRC-FAKE");
        assert_eq!(causes, [], "{period:?}");
    }
}
