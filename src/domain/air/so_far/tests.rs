//! Half days that tip, days that cannot be taken back, stations that missed too much, and that a tip tips.

use super::*;
use proptest::prelude::*;

/// A station whose every hour is the same, pollutant by pollutant.
fn station(of: [i64; 6]) -> Member<[Hours; 6]> {
    Member {
        of: of.map(|value| [Some(Value::whole(value)); 24]),
        background: false,
    }
}

fn at(standard: Standard, stations: &[Member<[Hours; 6]>], over: usize) -> SoFar {
    so_far(standard, &Today { stations, over })
}

fn one(over: usize, of: [i64; 6]) -> SoFar {
    at(Standard::Hj633_2026, &[station(of)], over)
}

#[test]
fn half_a_day_of_particles_tips_by_what_the_other_half_brings() {
    let of = one(12, [5, 20, 1, 80, 40, 50]);
    assert_eq!(of.now.of(Pollutant::Pm25), Some(80));
    let tip = of.tip.expect("half a day is to come");
    assert_eq!((tip.pollutant, tip.into), (Pollutant::Pm25, Level::Three));
    // 60.500001 · 24 − 50 · 12, over twelve hours; a day's mean is itself rounded to millionths.
    assert_eq!(
        (tip.needed.round(3), tip.hour),
        (Value::whole(71), None),
        "50 for ever never does"
    );
    assert!(of.can_stay_good());
}

#[test]
fn the_hour_is_told_at_which_the_day_tips_if_the_last_hour_lasts() {
    let mut rising = station([5, 20, 1, 80, 40, 40]);
    rising.of[5][11] = Some(Value::whole(160));
    // Eleven hours of 40 and one of 160: 600 in twelve. 760 in thirteen is 58.5, 920 in fourteen 65.7.
    let of = at(Standard::Hj633_2026, &[rising], 12);
    let tip = of.tip.expect("half a day is to come");
    assert_eq!((tip.present, tip.hour), (Value::whole(160), Some(14)));
}

#[test]
fn eight_hours_of_ozone_cannot_be_taken_back_and_particles_can() {
    let of = one(16, [5, 20, 1, 170, 40, 80]);
    assert_eq!(of.now.primary.to_string(), "PM2.5");
    assert!(!of.can_stay_good());
    let of = one(16, [5, 20, 1, 90, 40, 80]);
    assert!(of.now.aqi > Some(100) && of.can_stay_good());
}

#[test]
fn before_the_first_hour_nothing_is_said_and_a_finished_day_is_what_it_is() {
    let of = one(0, [0; 6]);
    assert_eq!((of.now.aqi, of.tip), (None, None));
    let of = one(24, [5, 20, 1, 80, 40, 50]);
    assert_eq!((of.now, of.tip), (of.at_best, None));
}

#[test]
fn a_station_that_missed_five_hours_has_no_day_any_more() {
    let missing = |hours: usize| {
        let mut gaps = station([5, 20, 1, 80, 40, 50]);
        gaps.of[5][..hours].fill(None);
        at(Standard::Hj633_2026, &[gaps], 18).now.of(Pollutant::Pm25)
    };
    assert_eq!((missing(4), missing(5)), (Some(80), None));
}

#[test]
fn a_units_day_wants_the_quorum_of_its_stations_days() {
    let (dirty, clean, gone) = (
        station([5, 20, 1, 80, 40, 70]),
        station([5, 20, 1, 80, 40, 30]),
        Member {
            of: [[None; 24]; 6],
            background: false,
        },
    );
    let of = |stations: &[_]| at(Standard::Hj633_2026, stations, 12).now;
    assert_eq!(of(&[dirty, clean]).of(Pollutant::Pm25), Some(80));
    assert_eq!(
        of(&[dirty, gone, gone, gone]).aqi,
        None,
        "one of four is no county"
    );
    assert!(of(&[dirty, clean, clean, gone]).aqi.is_some());
    let background = Member {
        background: true,
        ..gone
    };
    assert!(of(&[dirty, background, background, background]).aqi.is_some());
}

#[test]
fn every_standard_with_a_scale_has_a_tip_and_the_european_bands_have_none() {
    for standard in Standard::ALL {
        let of = at(standard, &[station([5, 20, 1, 80, 40, 50])], 12);
        assert_eq!(of.now.standard, standard);
        assert_eq!(of.tip.is_some(), standard != Standard::Eaqi, "{standard:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_tip_tips_and_a_hair_less_does_not(
        over in 1_usize..24, new in any::<bool>(),
        levels in proptest::collection::vec(proptest::array::uniform6(0_i64..120), 1..4),
    ) {
        let standard = if new { Standard::Hj633_2026 } else { Standard::Hj633_2012 };
        let stations: Vec<_> = levels.iter().map(|six| { let mut six = *six; six[2] /= 10; station(six) }).collect();
        let before = at(standard, &stations, over);
        let Some(tip) = before.tip else { return Ok(()) };
        let with = |value: Value, until: usize| {
            let mut then = stations.clone();
            for station in &mut then {
                station.of[tip.pollutant.index()][over..until].fill(Some(value));
            }
            at(standard, &then, until).now.of(tip.pollutant).map(Level::of)
        };
        prop_assert!(with(tip.needed, 24) >= Some(tip.into), "{tip:?}");
        if let Some(hair) = tip.needed.micro().checked_sub(1).filter(|micro| *micro >= 0) {
            prop_assert!(with(Value::from_micro(hair), 24) < Some(tip.into), "{tip:?}");
        }
        let tipped = |hour| with(tip.present, hour) >= Some(tip.into);
        match tip.hour {
            Some(hour) => prop_assert!(tipped(hour) && !(over + 1..hour).any(tipped), "{tip:?}"),
            None => prop_assert!(!(over + 1..=24).any(tipped), "{tip:?}"),
        }
    }
}
