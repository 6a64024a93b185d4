//! The hours to come of a model, as a forecast: natural days made of its hours and judged as measured days are.
//!
//! The tables of steps speak of the index of HJ 633, whatever the room judges its air by; so do the days here. Several
//! cells become one day as the stations of a unit do (HJ 663, 6.1.3); a day with too few hours has no value.

use crate::domain::air;
use crate::domain::air::mean::{HJ663_QUORUM, Member, unit_day};
use crate::domain::air::period::OZONE_RULE;
use crate::domain::air::series::PointHours;
use crate::domain::air::{Day, Norm, Pollutant, natural_day};
use crate::domain::fact::forecast::{Forecast, ForecastDay, PollutionCause};
use crate::domain::id::{PointId, SourceId};
use crate::domain::reading::{Period, Reading};
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Zone};
use chrono::{NaiveDate, NaiveTime};
use std::collections::{BTreeMap, BTreeSet};

/// The days from today on of a model's hours, those gone by and those to come; `None` where no day after today has a value.
///
/// A model does not say when it ran: what it says on one local day is one issue, of that day's midnight, and what it
/// changes within the day corrects it.
pub fn forecast<'a>(
    source: &SourceId,
    hours: impl IntoIterator<Item = &'a Reading>,
    (now, zone): (Moment, Zone),
) -> Option<Forecast> {
    let mut cells: BTreeMap<&PointId, PointHours> = BTreeMap::new();
    for hour in hours.into_iter().filter(|hour| hour.period == Period::Hour) {
        if let (Some(pollutant), Some(value)) = (Pollutant::of(hour.quantity), hour.usable()) {
            let place = natural_day::place_of(hour.at, zone);
            cells.entry(&hour.point).or_default().put(place, pollutant, value);
        }
    }
    let today = now.date(zone);
    let cells: Vec<BTreeMap<NaiveDate, Day>> = cells.values().map(|cell| cell.days(OZONE_RULE)).collect();
    let dates: BTreeSet<NaiveDate> = cells.iter().flat_map(BTreeMap::keys).copied().collect();
    let ahead = dates.into_iter().filter(|date| *date >= today);
    let days: Vec<ForecastDay> = ahead.filter_map(|date| day(&cells, date)).collect();
    days.last().filter(|last| last.date > today)?;
    Some(Forecast {
        source: source.clone(),
        issued: Moment::from_local(today.and_time(NaiveTime::MIN), zone)?,
        days,
    })
}

/// One day of all cells; `None` where too few hours are known of everything.
fn day(cells: &[BTreeMap<NaiveDate, Day>], date: NaiveDate) -> Option<ForecastDay> {
    let members = cells.iter().map(|days| Member {
        of: days.get(&date).copied().unwrap_or_default(),
        background: false,
    });
    let members: Vec<Member<Day>> = members.collect();
    let of = unit_day(&members, HJ663_QUORUM);
    of.values.iter().flatten().next()?;
    let index = air::daily(Norm::Hj633.on(date), &of);
    let primary = index.primary.first();
    Some(ForecastDay {
        date,
        aqi: index.aqi,
        o3_8h: Pollutant::O3.pick(&of.values),
        pm25: Pollutant::Pm25.pick(&of.values),
        cause: match primary {
            Some(Pollutant::Pm25) => PollutionCause::Pm25,
            Some(Pollutant::O3) => PollutionCause::O3,
            Some(Pollutant::Pm10 | Pollutant::No2 | Pollutant::So2 | Pollutant::Co) | None => {
                PollutionCause::Other
            }
        },
        words: Clean::new(primary.map_or("", Pollutant::symbol)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::quantity::Value;
    use crate::domain::reading::Flag;
    use crate::domain::time::{CHINA, Span};

    /// 2026-11-23 12:00 in China.
    const NOON: Moment = Moment::from_ms(1_795_406_400_000);

    /// Hours of PM2.5 from midnight on, in two cells that lie 20 apart; the six others are clean.
    fn hours(count: i64, pm25: impl Fn(i64) -> i64) -> Vec<Reading> {
        let midnight = NOON - Span::hours(12);
        let hour = |cell: &str, n: i64, p: Pollutant, value: i64| Reading {
            point: PointId::new(cell),
            quantity: p.quantity(),
            period: Period::Hour,
            at: midnight + Span::hours(n),
            value: Some(Value::whole(value)),
            flag: Flag::Modelled,
            source: SourceId::new("model"),
        };
        let each = (1..=count).flat_map(|n| {
            let of = |p: Pollutant| match p {
                Pollutant::Pm25 => pm25(n),
                Pollutant::Co => 1,
                Pollutant::So2 | Pollutant::No2 | Pollutant::O3 | Pollutant::Pm10 => 20,
            };
            let of = &of;
            Pollutant::ALL
                .into_iter()
                .flat_map(move |p| {
                    let apart = if p == Pollutant::Pm25 { 10 } else { 0 };
                    [
                        hour("west", n, p, of(p) - apart),
                        hour("east", n, p, of(p) + apart),
                    ]
                })
                .collect::<Vec<_>>()
        });
        each.collect()
    }

    fn of(hours: &[Reading]) -> Option<Vec<ForecastDay>> {
        let forecast = forecast(&SourceId::new("model"), hours, (NOON, CHINA))?;
        assert_eq!(forecast.issued, NOON - Span::hours(12));
        Some(forecast.days)
    }

    #[test]
    fn the_days_of_a_model_are_the_means_of_its_cells_and_a_day_of_few_hours_is_none() {
        let days = of(&hours(24 + 24 + 10, |n| if n <= 24 { 30 } else { 150 })).expect("a day to come");
        let dates: Vec<String> = days.iter().map(|day| day.date.to_string()).collect();
        assert_eq!(dates, ["2026-11-23", "2026-11-24"], "ten hours are no day");
        assert_eq!(days[0].pm25, Some(Value::whole(30)));
        assert_eq!(
            (days[1].pm25, days[1].cause),
            (Some(Value::whole(150)), PollutionCause::Pm25)
        );
        let whole = Day::of([20, 20, 1, 20, 20, 150].map(|v| Some(Value::whole(v))));
        let index = air::daily(Norm::Hj633.on(NOON.date(CHINA)), &whole).aqi;
        assert!(index > Some(150));
        assert_eq!(days[1].aqi, index, "judged as a measured day is");
    }

    #[test]
    fn hours_that_end_with_today_are_no_forecast() {
        assert_eq!(of(&hours(24, |_| 150)), None);
        assert_eq!(of(&hours(24 + 12, |_| 150)), None, "half a day is none");
        assert_eq!(of(&[]), None);
    }
}
