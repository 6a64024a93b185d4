use super::*;
use std::collections::{HashMap, HashSet};

fn plan(days: u32) -> YearPlan {
    YearPlan {
        seed: 1,
        first: NaiveDate::from_ymd_opt(2023, 1, 1).expect("a date"),
        days,
    }
}

fn all(plan: &YearPlan) -> Vec<ScriptMatter> {
    (YearPlan::BEFORE..i64::from(plan.days))
        .flat_map(|day| plan.matters(day))
        .collect()
}

#[test]
fn a_whole_year_has_the_volumes_of_the_report() {
    let plan = plan(WHOLE);
    let mut counts: HashMap<String, u32> = HashMap::new();
    for matter in all(&plan) {
        let name = match &matter.begins {
            Begins::Signal(signal) => signal.kind.code().to_owned(),
            Begins::Hand { playbook, .. } => playbook.to_string(),
        };
        *counts.entry(name).or_default() += 1;
    }
    let expected = [
        ("STRAW-FIRE", volume::FIRES + volume::FALSE_FIRES),
        ("HG-WARN", volume::GRIDS),
        ("SAT-PATCH", volume::PATCHES),
        ("cruise", volume::CRUISE_DAYS),
        ("curtailment", volume::CURTAILMENTS),
        ("problem", volume::PROBLEMS),
        ("inspection", volume::SWORD_POINTS),
        ("petition", volume::PETITIONS + volume::PETITIONS_BEFORE),
    ];
    for (name, count) in expected {
        assert_eq!(counts.get(name), Some(&count), "{name}");
    }
}

#[test]
fn courses_go_forward_in_time_and_names_are_their_own() {
    for days in [12, 40] {
        let plan = plan(days);
        let mut keys = HashSet::new();
        for matter in all(&plan) {
            assert!(keys.insert(matter.key.clone()), "{} twice", matter.key);
            let times = matter.course.iter().map(|step| step.at);
            let times: Vec<Moment> = [matter.at].into_iter().chain(times).collect();
            assert!(times.is_sorted(), "{}: {times:?}", matter.key);
            assert!(matter.at < plan.end(), "{} comes in after the end", matter.key);
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_year_and_another_seed_another() {
    let of = |seed| {
        let plan = YearPlan { seed, ..plan(12) };
        format!("{:?}", all(&plan))
    };
    assert_eq!(of(1), of(1));
    assert_ne!(of(1), of(2));
}

#[test]
fn the_standards_own_arithmetic_comes_to_the_reports_air() {
    use crate::domain::air::summary::Summary;
    use crate::domain::air::{Day, Pollutant};
    let plan = plan(WHOLE);
    let of = |air| {
        let days = days::air(&plan, air)
            .into_iter()
            .map(|values| Day::of(values.map(Some)));
        Summary::of(
            &plan.first.iter_days().zip(days).collect(),
            crate::domain::air::Norm::Hj633,
            None,
        )
        .expect("days")
    };
    let now = of(days::THIS_YEAR);
    let ozone = |of: &Summary| {
        of.pollutants[Pollutant::O3.index()]
            .percentile
            .map(|v| v.fixed(0))
    };
    assert_eq!(
        now.composite.index.map(|index| index.fixed(2)),
        Some("3.42".to_owned())
    );
    assert_eq!((now.days.good(), ozone(&now)), (333, Some("153".to_owned())));
    let before = of(days::YEAR_BEFORE);
    assert_eq!(
        (before.days.good(), ozone(&before)),
        (317, Some("160".to_owned()))
    );
}
