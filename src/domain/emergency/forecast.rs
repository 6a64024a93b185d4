//! A forecast series (预报) as an upstream issued it, and what the tables in force say of it: the step it reaches, by which
//! rule, and how far it is from the next one. Pure; the desk drafts by it, the Control screen shows it.

use crate::domain::emergency::{Ladder, Met, Run, Step, Verdict, Way};
use crate::domain::fact::forecast::{Forecast, ForecastDay};
use crate::domain::quantity::Value;
use crate::domain::text::Clean;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// What one table says of a forecast.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LadderJudged<'a> {
    /// The table.
    pub ladder: &'a Ladder,
    /// The step that is reached, and why.
    pub verdict: Verdict<'a>,
    /// The next step up; `None` on the highest.
    pub next: Option<Next<'a>>,
}

/// The next step, and what the forecast lacks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next<'a> {
    /// The step.
    pub step: &'a Step,
    /// Every run of the group that is nearest to being there.
    pub lacks: Vec<RunLack>,
}

/// How near the forecast comes to one run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunLack {
    /// The run.
    pub run: Run,
    /// The lowest value of the best stretch of so many days in a row; `None` where no stretch is long enough.
    pub nearest: Option<Value>,
}

impl RunLack {
    /// How far the best stretch lies below the mark (0: on it, which is not above it); `None` where the run is there, or
    /// no stretch is long enough.
    pub fn below(&self) -> Option<Value> {
        let below = self.run.above.micro().checked_sub(self.nearest?.micro())?;
        (below >= 0).then_some(Value::from_micro(below))
    }

    /// Whether the run is there.
    pub fn is_met(&self) -> bool {
        self.nearest.is_some_and(|value| value > self.run.above)
    }
}

impl Forecast {
    /// Takes in further days of the same issue, as a later page brings them; a day given again is corrected.
    pub fn join(&mut self, more: Self) {
        let days = self.days.drain(..).chain(more.days);
        let days: BTreeMap<NaiveDate, ForecastDay> = days.map(|day| (day.date, day)).collect();
        self.days = days.into_values().collect();
    }

    /// The days that are not over on `today`.
    pub fn ahead(&self, today: NaiveDate) -> Vec<ForecastDay> {
        let ahead = self.days.iter().filter(|day| day.date >= today);
        ahead.cloned().collect()
    }

    /// What the upstream names as the cause on the days of those runs, each once, in the order of the days.
    pub fn causes(&self, runs: &[Met]) -> Vec<Clean> {
        let within = |day: &&ForecastDay| {
            runs.iter()
                .any(|met| met.first <= day.date && day.date <= met.last)
        };
        let mut words: Vec<Clean> = Vec::new();
        for day in self.days.iter().filter(within) {
            if !day.words.is_empty() && !words.contains(&day.words) {
                words.push(day.words.clone());
            }
        }
        words
    }
}

/// The tables that hold on a day: those without a date, and of those with one the newest that has begun.
pub fn in_force(ladders: &[Ladder], today: NaiveDate) -> Vec<&Ladder> {
    let newest = ladders
        .iter()
        .filter_map(|ladder| ladder.from)
        .filter(|from| *from <= today)
        .max();
    let holds = |ladder: &&Ladder| ladder.from.is_none() || ladder.from == newest;
    ladders.iter().filter(holds).collect()
}

/// What every table in force says of the days of a forecast that are not over.
pub fn judged<'a>(ladders: &'a [Ladder], forecast: &Forecast, today: NaiveDate) -> Vec<LadderJudged<'a>> {
    let days = forecast.ahead(today);
    let ladders = in_force(ladders, today).into_iter();
    ladders.map(|ladder| one(ladder, &days)).collect()
}

/// The highest step that any table reaches: a coloured warning stands above a step without colour.
pub fn highest<'j, 'a>(judged: &'j [LadderJudged<'a>]) -> Option<(&'j LadderJudged<'a>, &'a Step)> {
    let reached = judged
        .iter()
        .rev()
        .filter_map(|judged| Some((judged, judged.verdict.step?)));
    reached.max_by_key(|(_, step)| step.severity)
}

fn one<'a>(ladder: &'a Ladder, days: &[ForecastDay]) -> LadderJudged<'a> {
    let verdict = ladder.judge(days);
    let above = ladder
        .steps
        .iter()
        .take_while(|step| verdict.step.is_none_or(|reached| *step != reached));
    let mut planned: Vec<&ForecastDay> = days
        .iter()
        .filter(|day| ladder.way(day.cause) == Way::Plan)
        .collect();
    planned.sort_by_key(|day| day.date);
    let next = above.last().map(|step| Next {
        step,
        lacks: nearest(step, &planned),
    });
    LadderJudged {
        ladder,
        verdict,
        next,
    }
}

/// The group of a step that is nearest to being there: the one with the smallest distance in its worst run.
fn nearest(step: &Step, days: &[&ForecastDay]) -> Vec<RunLack> {
    let groups = step.any.iter().map(|group| {
        let lacks: Vec<RunLack> = group.iter().map(|run| lack(*run, days)).collect();
        // A run that is too long for the forecast is further than any distance.
        let worst = lacks
            .iter()
            .filter(|lack| !lack.is_met())
            .map(|lack| lack.below().map_or(i64::MAX, Value::micro))
            .max();
        (worst, lacks)
    });
    groups
        .min_by_key(|group| group.0)
        .map(|group| group.1)
        .unwrap_or_default()
}

fn lack(run: Run, days: &[&ForecastDay]) -> RunLack {
    let long = run.days as usize;
    let stretches = days.windows(long.max(1)).filter_map(|days| {
        let mut dates = days.iter().zip(days.iter().skip(1));
        let consecutive = dates.all(|(a, b)| a.date.succ_opt() == Some(b.date));
        let values: Option<Vec<Value>> = days.iter().map(|day| run.metric.of(day)).collect();
        values.filter(|_| consecutive)?.into_iter().min()
    });
    RunLack {
        run,
        nearest: stretches.max(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::emergency::Metric;
    use crate::domain::fact::forecast::PollutionCause;
    use crate::domain::id::SourceId;
    use crate::domain::playbook::{Origin, Provenance, Words};
    use crate::domain::signal::Severity;
    use crate::domain::time::Moment;

    fn date(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 12, day).expect("a date")
    }

    fn run(above: i64, days: u32) -> Run {
        let metric = Metric::Aqi;
        let above = Value::whole(above);
        Run { metric, above, days }
    }

    /// A step: its key, its colour, and the groups of runs that reach it.
    type Given<'a> = (&'a str, Option<Severity>, Vec<Vec<Run>>);

    fn ladder(key: &str, from: Option<NaiveDate>, steps: Vec<Given<'_>>) -> Ladder {
        let steps = steps.into_iter().map(|(key, severity, any)| Step {
            key: key.to_owned(),
            words: Words::default(),
            severity,
            any,
        });
        Ladder {
            key: key.to_owned(),
            words: Words::default(),
            from,
            provenance: Provenance {
                origin: Origin::Default,
                text: Words::default(),
            },
            ways: BTreeMap::new(),
            steps: steps.collect(),
        }
    }

    fn warning(from: NaiveDate) -> Ladder {
        let (orange, yellow) = (Some(Severity::Orange), Some(Severity::Yellow));
        ladder(
            "warning",
            Some(from),
            vec![
                ("orange", orange, vec![vec![run(200, 2)], vec![run(150, 3)]]),
                ("yellow", yellow, vec![vec![run(200, 1)], vec![run(150, 2)]]),
            ],
        )
    }

    fn linkage() -> Ladder {
        ladder("linkage", None, vec![("L1", None, vec![vec![run(100, 1)]])])
    }

    fn forecast(aqi: &[u16]) -> Forecast {
        let days = aqi.iter().zip(1..).map(|(aqi, day)| ForecastDay {
            date: date(day),
            aqi: Some(*aqi),
            o3_8h: None,
            pm25: None,
            cause: PollutionCause::Pm25,
            words: Clean::new("PM2.5"),
        });
        Forecast {
            source: SourceId::new("station"),
            issued: Moment::from_ms(0),
            days: days.collect(),
        }
    }

    #[test]
    fn a_forecast_says_how_far_it_is_from_the_next_level() {
        let ladders = [warning(date(1)), linkage()];
        let series = forecast(&[120, 148, 152, 90]);
        let all = judged(&ladders, &series, date(1));
        let [warning, linkage] = all.as_slice() else {
            panic!("both hold: {all:?}")
        };
        assert_eq!(warning.verdict.step, None);
        let next = warning.next.as_ref().expect("yellow");
        assert_eq!(next.step.key, "yellow");
        let [lack] = next.lacks.as_slice() else {
            panic!("{next:?}")
        };
        assert_eq!(
            lack.run,
            run(150, 2),
            "two days of 148 and 152 are nearer than one of 200"
        );
        assert_eq!(lack.below(), Some(Value::whole(2)));
        assert_eq!(linkage.verdict.step.map(|s| s.key.as_str()), Some("L1"));
        assert_eq!(linkage.next, None, "the highest step is reached");
    }

    #[test]
    fn a_coloured_warning_stands_above_the_linkage_and_names_its_cause() {
        let ladders = [linkage(), warning(date(1))];
        let series = forecast(&[160, 170, 180]);
        let all = judged(&ladders, &series, date(1));
        let (by, step) = highest(&all).expect("reached");
        assert_eq!((by.ladder.key.as_str(), step.key.as_str()), ("warning", "orange"));
        assert_eq!(series.causes(&by.verdict.because), [Clean::new("PM2.5")]);
        assert_eq!(highest(&judged(&ladders, &forecast(&[60]), date(1))), None);
    }

    #[test]
    fn a_stretch_too_short_is_no_distance_and_days_gone_do_not_count() {
        let ladders = [warning(date(1))];
        let series = forecast(&[210, 220, 140]);
        let all = judged(&ladders, &series, date(3));
        assert_eq!(all[0].verdict.step, None, "only the third day is ahead");
        let next = all[0].next.as_ref().expect("yellow");
        assert_eq!(next.lacks[0].run, run(200, 1));
        assert_eq!(next.lacks[0].below(), Some(Value::whole(60)));
        assert!(
            judged(&ladders, &series, date(4))[0]
                .next
                .as_ref()
                .is_some_and(|next| { next.lacks.iter().all(|lack| lack.nearest.is_none()) })
        );
    }

    #[test]
    fn of_the_tables_with_a_date_the_newest_begun_holds() {
        let ladders = [warning(date(10)), warning(date(2)), warning(date(1)), linkage()];
        let on = |day| {
            let all = in_force(&ladders, date(day));
            all.iter().map(|l| l.from).collect::<Vec<_>>()
        };
        assert_eq!(on(5), [Some(date(2)), None]);
        assert_eq!(on(10), [Some(date(10)), None]);
    }
}
