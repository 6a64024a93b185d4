//! The seed year's goals and results are the cases.

use super::budget::{Budget, good_needed};
use super::need::{Share, YearMean, of_class};
use super::score::ScoreRule;
use super::*;
use crate::domain::air::good::DayCount;
use crate::domain::water::{Body, Class, Item};
use proptest::prelude::*;

fn v(text: &str) -> Value {
    Value::parse(text).expect("a number")
}

fn goal(sense: Sense, text: &str) -> Goal {
    Goal {
        value: v(text),
        sense,
    }
}

fn days(good: u32, bad: u32) -> DayCount {
    DayCount {
        levels: [good, 0, bad, 0, 0, 0],
        without: 0,
    }
}

fn budget(good: u32, bad: u32) -> Budget {
    Budget::of_good_days(goal(Sense::Above, "87.7"), 366, days(good, bad)).expect("a year")
}

#[test]
fn above_87_7_percent_of_366_days_are_321_good_ones_and_at_most_45_bad() {
    for sense in [Sense::Above, Sense::AtLeast] {
        assert_eq!(good_needed(goal(sense, "87.7"), 366), Some(321));
    }
    assert_eq!(budget(0, 0).allowed, 45);
    assert_eq!(good_needed(goal(Sense::Above, "100"), 366), Some(367));
    assert_eq!(good_needed(goal(Sense::AtLeast, "100"), 366), Some(366));
    assert_eq!(good_needed(goal(Sense::Below, "31"), 366), None);
}

#[test]
fn the_budget_knows_what_is_left_and_the_pace() {
    let half = budget(163, 20);
    assert_eq!((half.left(), half.to_come(), half.good_needed()), (25, 183, 158));
    assert_eq!((half.at_pace(), half.even_share()), (Some(40), 22));
    let reason = |good, bad| budget(good, bad).judge(MARGIN_PERCENT).reason;
    assert_eq!(reason(163, 20), TargetReason::Clear);
    assert_eq!(reason(161, 22), TargetReason::Tight);
    assert_eq!(reason(159, 24), TargetReason::OverPace);
    assert_eq!(reason(100, 46), TargetReason::OutOfReach);
    assert_eq!(reason(320, 46), TargetReason::Over);
    assert_eq!(reason(321, 44), TargetReason::Secured);
    assert_eq!(reason(0, 0), TargetReason::NoFigure);
}

#[test]
fn the_seed_years_333_of_365_days_secure_its_goal() {
    let year = Budget::of_good_days(goal(Sense::Above, "87.7"), 365, days(333, 32)).expect("a year");
    assert_eq!(year.judge(MARGIN_PERCENT).reason, TargetReason::Secured);
    assert_eq!((year.allowed, year.left(), year.to_come()), (44, 12, 0));
}

#[test]
fn a_day_without_an_index_shortens_the_year_and_helps_nobody() {
    let mut lost = days(200, 20);
    lost.without = 10;
    let year = Budget::of_good_days(goal(Sense::Above, "87.7"), 366, lost).expect("a year");
    assert_eq!((year.total, year.allowed), (356, 43));
    lost.without = 200;
    assert_eq!(Budget::of_good_days(goal(Sense::Above, "87.7"), 366, lost), None);
}

#[test]
fn the_rest_of_the_year_needs_the_mean_that_brings_pm25_below_31() {
    let mut year = YearMean {
        goal: goal(Sense::Below, "31"),
        so_far: Some(v("36")),
        done: 183,
        total: 366,
        highest: None,
    };
    assert_eq!(year.needed(), Some(v("26")));
    assert_eq!(year.judge(MARGIN_PERCENT).reason, TargetReason::Behind);
    year.so_far = Some(v("62"));
    assert_eq!(
        (year.needed(), year.judge(MARGIN_PERCENT).standing),
        (Some(v("0")), TargetStanding::Missed)
    );
    year.so_far = Some(v("30"));
    assert_eq!(year.judge(MARGIN_PERCENT).reason, TargetReason::Close);
    year.so_far = Some(v("29"));
    assert_eq!(year.judge(MARGIN_PERCENT).reason, TargetReason::Clear);
    year.done = 366;
    assert_eq!(
        (year.needed(), year.judge(MARGIN_PERCENT).reason),
        (None, TargetReason::Secured)
    );
    year.so_far = Some(v("31"));
    assert_eq!(year.judge(MARGIN_PERCENT).reason, TargetReason::Over);
    (year.so_far, year.done) = (None, 0);
    assert_eq!(year.needed(), Some(v("31")));
    assert_eq!(year.judge(MARGIN_PERCENT).reason, TargetReason::NoFigure);
}

#[test]
fn total_nitrogen_has_a_goal_of_its_own_and_other_items_the_limit_of_a_class() {
    let nitrogen = YearMean {
        goal: goal(Sense::Below, "3.38"),
        so_far: Some(v("3.6")),
        done: 8,
        total: 12,
        highest: None,
    };
    assert_eq!(nitrogen.needed(), Some(v("2.94")));
    let phosphorus = of_class(
        Body::River,
        Item::TotalPhosphorus,
        Class::Three,
        Some(v("0.22")),
        9,
    )
    .expect("a limit");
    assert_eq!(phosphorus.needed(), Some(v("0.14")));
    assert_eq!(
        of_class(Body::River, Item::TotalNitrogen, Class::Three, None, 0),
        None
    );
}

#[test]
fn the_tributaries_meet_80_percent_with_none_to_spare_and_the_citys_74_clearly() {
    let share = |percent: &str| Share {
        goal: goal(Sense::AtLeast, percent),
        total: 41,
        reaching: 33,
        judged: 41,
    };
    assert_eq!((share("80").needed(), share("80").spare()), (Some(33), Some(0)));
    assert_eq!(share("80").judge(false).reason, TargetReason::Close);
    assert_eq!(
        (share("74").needed(), share("74").judge(false).reason),
        (Some(31), TargetReason::Clear)
    );
    assert_eq!(
        (share("100").still_needed(), share("100").judge(false).reason),
        (Some(8), TargetReason::Behind)
    );
    assert_eq!(share("100").judge(true).standing, TargetStanding::Missed);
    assert_eq!(share("80").percent(), Some(v("80.5")));
}

#[test]
fn the_three_marks_give_the_seed_years_changes() {
    let marks = |now: &str, last: &str| Marks {
        goal: goal(Sense::Below, "160"),
        last_year: Some(v(last)),
        now: Some(v(now)),
    };
    let percent = |now, last, decimals| {
        marks(now, last)
            .change_percent()
            .expect("a change")
            .fixed(decimals)
    };
    assert_eq!(percent("153", "160", 1), "-4.4");
    assert_eq!(percent("1148", "1282", 2), "-10.45");
    assert_eq!(percent("46", "78", 1), "-41.0");
    assert_eq!(marks("124.32", "114.48").change(), Some(v("9.84")));
    assert_eq!(
        marks("153", "160").judge(MARGIN_PERCENT, false).reason,
        TargetReason::Close
    );
    assert_eq!(marks("1", "0").change_percent(), None);
    let nothing = Marks {
        now: None,
        ..marks("1", "1")
    };
    assert_eq!(
        nothing.judge(MARGIN_PERCENT, false).standing,
        TargetStanding::AtRisk
    );
}

#[test]
fn points_are_read_forwards_and_backwards() {
    let line = |figure: &str, from: &str, base: &str, slope: &str| ScoreRule {
        figure: figure.to_owned(),
        from: v(from),
        base: v(base),
        slope: v(slope),
        lowest: v("0"),
        highest: v("80"),
    };
    let lines = [line("good", "70", "60", "1"), line("tn", "3.38", "50", "-10")];
    let figures = |key: &str| (if key == "good" { Some("80.5") } else { Some("3.5") }).map(v);
    assert_eq!(score::total(&lines, figures), Some(v("119.3")));
    assert_eq!(
        score::needed(&lines, figures, "tn", v("124.32")),
        Some(v("2.998"))
    );
    assert_eq!(score::needed(&lines, figures, "good", v("200")), None);
    assert_eq!(score::needed(&lines, figures, "smell", v("100")), None);
    assert_eq!(score::total(&lines, |_| None), None);
    assert_eq!(lines[0].points(v("500")), Some(v("80")));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_needed_mean_brings_the_year_to_its_goal(so_far in 0_i64..200, done in 0_u32..366, wanted in 1_i64..100) {
        let year = YearMean {
            goal: Goal { value: Value::whole(wanted), sense: Sense::AtMost },
            so_far: Some(Value::whole(so_far)),
            done,
            total: 366,
            highest: None,
        };
        let needed = year.needed().expect("days to come");
        let sum = so_far * Value::ONE * i64::from(done) + needed.micro() * i64::from(year.to_come());
        prop_assert!((sum - wanted * Value::ONE * 366).abs() <= 366);
    }

    #[test]
    fn with_the_budget_kept_the_ratio_is_met_and_with_one_more_it_is_not(total in 300_u32..=366, tenths in 500_i64..1000) {
        let goal = Goal { value: Value::from_micro(tenths * 100_000), sense: Sense::AtLeast };
        let good = good_needed(goal, total).expect("an upward goal");
        let meets = |good: u32| i64::from(good) * 1000 >= tenths * i64::from(total);
        prop_assert!(meets(good) && (good == 0 || !meets(good - 1)));
    }
}
