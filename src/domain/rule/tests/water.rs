//! Rules of water: classes, drinking water, total nitrogen, jumps.

use super::*;
use crate::domain::water::Class;

const H4: Period = Period::FourHours;

/// A section with target Ⅲ; ammonia nitrogen as given, permanganate always good.
fn section(ammonia: &[Option<f64>]) -> World {
    let good = vec![Some(3.0); ammonia.len()];
    World::default()
        .point("w", PointKind::Water, |w| w.class = Some(Class::Three))
        .series(("w", Quantity::Ammonia), H4, ammonia)
        .series(("w", Quantity::Permanganate), H4, &good)
}

#[test]
fn two_rounds_below_the_target_begin_and_two_good_ones_end() {
    let said = |values: &[f64]| {
        let values: Vec<_> = values.iter().map(|v| Some(*v)).collect();
        section(&values).judged("WQ-CLASS")
    };
    let alarm = |how| [("WQ-CLASS/w".to_owned(), how)];
    assert_eq!(said(&[0.5, 1.2, 1.3]), alarm(Some(Severity::Orange)));
    assert_eq!(said(&[0.5, 0.5, 1.3]), [], "one round says nothing yet");
    assert_eq!(said(&[1.2, 1.3, 0.5]), [], "one good round ends nothing");
    assert_eq!(
        said(&[1.3, 0.5, 1.0]),
        alarm(None),
        "the limit belongs to the class"
    );
    let late = section(&[Some(1.2), Some(1.3), None]);
    assert_eq!(late.judged("WQ-CLASS"), [], "half a round");
    let gap = section(&[Some(1.2), None, None, Some(1.3)]);
    assert_eq!(gap.judged("WQ-CLASS"), [], "a day lies between them");
    let words: Vec<String> = section(&[Some(1.2), Some(1.3)])
        .causes("WQ-CLASS")
        .iter()
        .map(|cause| cause.title.to_string())
        .collect();
    assert_eq!(words, ["w IV > III · NH3-N 1.300 mg/L"]);
}

#[test]
fn source_water_is_held_against_class_three_and_its_further_items() {
    let source = |manganese: f64, ammonia: f64| {
        World::default()
            .point("r", PointKind::Reservoir, |r| r.drinking = true)
            .series(("r", Quantity::Ammonia), H4, &[Some(0.1), Some(ammonia)])
            .series(("r", Quantity::Manganese), H4, &[Some(0.02), Some(manganese)])
            .judged("WQ-DRINK")
    };
    let alarm = [("WQ-DRINK/r".to_owned(), Some(Severity::Orange))];
    assert_eq!(source(0.02, 1.1), alarm);
    assert_eq!(source(0.11, 0.1), alarm);
    assert_eq!(source(0.1, 1.0), [("WQ-DRINK/r".to_owned(), None)]);
}

#[test]
fn total_nitrogen_is_a_mean_of_a_day() {
    let nitrogen = |values: &[Option<f64>]| {
        World::default()
            .point("w", PointKind::Water, |w| {
                w.limits = vec![(Quantity::TotalNitrogen, Value::from_micro(3_380_000))];
            })
            .series(("w", Quantity::TotalNitrogen), H4, values)
            .judged("WQ-TN")
            .first()
            .map(|c| c.1)
    };
    let (low, high) = (Some(3.0), Some(4.0));
    assert_eq!(
        nitrogen(&[low, low, low, high, high, high]),
        Some(Some(Severity::Yellow))
    );
    assert_eq!(nitrogen(&[low, low, low, low, low, high]), Some(None));
    assert_eq!(nitrogen(&[high, high, high, high]), None, "not enough of the day");
}

#[test]
fn a_doubling_is_a_jump_where_the_water_is_not_clean() {
    let jump = |before: f64, now: f64| {
        let said = section(&[Some(before), Some(now)]).judged("WQ-JUMP");
        said.into_iter().find(|c| c.0.ends_with("/ammonia")).map(|c| c.1)
    };
    assert_eq!(jump(0.4, 0.8), Some(Some(Severity::Yellow)));
    assert_eq!(jump(0.4, 0.79), Some(None));
    assert_eq!(jump(0.05, 0.4), Some(None), "within class II");
}
