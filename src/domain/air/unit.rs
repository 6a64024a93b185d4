//! A unit (county, city) and the stations that should speak for it: the index of each of its hours, and who was silent.
//!
//! The one computation of a unit's hour: the Overview, the curve under the warning lines and the map's county read it
//! from here. Concentrations are averaged, never indices (HJ 633-2026, 4.2.1 and 4.2.3), and only where enough stations
//! spoke (HJ 663, 6.1.3).

use crate::domain::age;
use crate::domain::age::Age;
use crate::domain::air::index::{AirIndex, Hour};
use crate::domain::air::judge::hourly;
use crate::domain::air::mean::{HJ663_QUORUM, Member, unit_hour};
use crate::domain::air::pollutant::Pollutant;
use crate::domain::air::standard::Standard;
use crate::domain::id::PointId;
use crate::domain::reading::Period;
use crate::domain::time::{Moment, Span};

/// A station that should speak, heard or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Station {
    /// Its point.
    pub id: PointId,
    /// A background station (对照点、背景点): kept out of the unit's means and of the quorum.
    pub background: bool,
}

/// A unit's hour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitHour {
    /// The end of the hour.
    pub hour: Moment,
    /// Its index; `NA` where too few stations spoke.
    pub index: AirIndex,
    /// How many stations should speak, background stations apart.
    pub due: usize,
    /// Those of them that did not.
    pub silent: Vec<PointId>,
}

impl UnitHour {
    /// Of what each station gave for the hour that ends at `hour`; a station that gave nothing has an empty hour.
    pub fn of(standard: Standard, hour: Moment, stations: &[(Station, Hour)]) -> Self {
        let members: Vec<Member<Hour>> = stations
            .iter()
            .map(|(station, of)| Member {
                of: *of,
                background: station.background,
            })
            .collect();
        let counted = || stations.iter().filter(|(station, _)| !station.background);
        let silent = counted().filter(|(_, of)| !spoke(of));
        Self {
            hour,
            index: hourly(standard, &unit_hour(&members, HJ663_QUORUM)),
            due: counted().count(),
            silent: silent.map(|(station, _)| station.id.clone()).collect(),
        }
    }

    /// How many stations spoke.
    pub fn heard(&self) -> usize {
        self.due - self.silent.len()
    }

    /// Whether enough stations spoke for an index.
    pub fn has_quorum(&self) -> bool {
        HJ663_QUORUM.met(self.heard(), self.due)
    }
}

/// Whether a station gave any concentration that can be one.
fn spoke(hour: &Hour) -> bool {
    Pollutant::ALL
        .into_iter()
        .any(|p| p.pick(&hour.values).is_some_and(|value| p.plausible(value)))
}

/// The unit's hour at `now`, of hours in the order of time: the newest that is current. Stations do not speak all at once:
/// while the hour after it is not over, an hour without its quorum gives way to the one before.
pub fn current<'a>(
    hours: impl DoubleEndedIterator<Item = &'a UnitHour>,
    now: Moment,
) -> Option<&'a UnitHour> {
    let of_now = |hour: &&UnitHour| Age::of(hour.hour, age::limit(Period::Hour), now).is_current();
    let mut newest_first = hours.rev().skip_while(|hour| hour.hour > now + age::AHEAD);
    let newest = newest_first.next().filter(of_now)?;
    let awaited = now < newest.hour + Span::hours(1);
    let before = newest_first.next().filter(of_now);
    match before {
        Some(before) if awaited && !newest.has_quorum() && before.has_quorum() => Some(before),
        Some(_) | None => Some(newest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::quantity::Value;
    use proptest::prelude::*;

    const NOON: Moment = Moment::from_ms(1_790_000_400_000);

    /// PM2.5 of each station; `None` did not speak.
    fn hour(ago: i64, pm25: &[Option<i64>]) -> UnitHour {
        let stations: Vec<(Station, Hour)> = pm25
            .iter()
            .enumerate()
            .map(|(nth, value)| {
                let id = PointId::new(&format!("S{nth}"));
                let clean = value.map(|_| Value::whole(5));
                let of = [
                    clean,
                    clean,
                    clean.map(|_| Value::whole(0)),
                    clean,
                    clean,
                    value.map(Value::whole),
                ];
                (
                    Station {
                        id,
                        background: false,
                    },
                    Hour::of(of),
                )
            })
            .collect();
        UnitHour::of(Standard::Hj633_2026, NOON - Span::hours(ago), &stations)
    }

    #[test]
    fn three_silent_stations_of_four_leave_no_index_however_clean_the_fourth_is() {
        let of = hour(0, &[Some(20), None, None, None]);
        assert_eq!((of.index.aqi, of.heard(), of.due), (None, 1, 4));
        assert_eq!(
            of.silent.iter().map(PointId::as_str).collect::<Vec<_>>(),
            ["S1", "S2", "S3"]
        );
        assert!(hour(0, &[Some(20), Some(20), Some(20), None]).index.aqi.is_some());
        assert!(
            hour(0, &[Some(20), None]).index.aqi.is_some(),
            "half of fewer than four is enough"
        );
        assert_eq!(hour(0, &[Some(20), None, None]).index.aqi, None);
        assert_eq!(hour(0, &[]).index.aqi, None);
    }

    #[test]
    fn a_background_station_is_neither_in_the_mean_nor_in_the_quorum() {
        let of = |background| {
            let station = |id: &str, background| Station {
                id: PointId::new(id),
                background,
            };
            let spoke = Hour::of([Some(Value::whole(9)); 6]);
            let stations = [
                (station("S1", false), spoke),
                (station("S2", background), Hour::default()),
                (station("S3", background), Hour::default()),
            ];
            UnitHour::of(Standard::Hj633_2026, NOON, &stations)
        };
        assert_eq!((of(true).due, of(true).has_quorum()), (1, true));
        assert_eq!((of(false).due, of(false).has_quorum()), (3, false));
    }

    #[test]
    fn an_hour_is_awaited_until_the_next_is_over_and_an_old_one_is_never_now() {
        let (all, one) = ([Some(20); 4], [Some(20), None, None, None]);
        let at = |hours: &[UnitHour], mins| current(hours.iter(), NOON + Span::mins(mins)).map(|of| of.hour);
        let hours = [hour(1, &all), hour(0, &one)];
        assert_eq!(at(&hours, 59), Some(NOON - Span::hours(1)));
        assert_eq!(at(&hours, 60), Some(NOON), "and then it has no index");
        assert_eq!(at(&hours, 180), Some(NOON));
        assert_eq!(at(&hours, 181), None);
        assert_eq!(
            at(&hours, -6),
            Some(NOON - Span::hours(1)),
            "an hour ahead of the clock is not used"
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn an_index_stands_for_three_quarters_of_the_stations_or_half_of_fewer_than_four(
            spoke in proptest::collection::vec(any::<bool>(), 0..12),
        ) {
            let of: Vec<Option<i64>> = spoke.iter().map(|spoke| spoke.then_some(20)).collect();
            let hour = hour(0, &of);
            let (heard, due) = (spoke.iter().filter(|s| **s).count(), spoke.len());
            let enough = heard > 0 && if due < 4 { 2 * heard >= due } else { 4 * heard >= 3 * due };
            prop_assert_eq!(hour.index.aqi.is_some(), enough);
            prop_assert_eq!(hour.silent.len() + hour.heard(), due);
        }
    }
}
