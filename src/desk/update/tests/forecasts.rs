//! A forecast series at the desk: judged by the tables in force, drafting once, a person deciding.

use super::*;
use crate::domain::air::Pollutant;
use crate::domain::emergency::{Ladder, Metric, Run, Step};
use crate::domain::episode;
use crate::domain::fact::forecast::{Forecast, ForecastDay, PollutionCause as Bad};
use crate::domain::id::{FieldId, PointId};
use crate::domain::playbook::{CaseField, FieldKind, Origin, Provenance};
use crate::domain::quantity::Value;
use crate::domain::reading::{Flag, Period, Reading};

/// A warning: yellow at two days above 150 or one above 200, orange at three above 150.
fn ladder() -> Ladder {
    let run = |above, days| Run {
        metric: Metric::Aqi,
        above: Value::whole(above),
        days,
    };
    let step = |key: &str, severity, any| Step {
        key: key.to_owned(),
        words: Words::default(),
        severity: Some(severity),
        any,
    };
    Ladder {
        key: "warning".to_owned(),
        words: Words::default(),
        from: None,
        provenance: Provenance {
            origin: Origin::Default,
            text: Words::default(),
        },
        ways: std::collections::BTreeMap::new(),
        steps: vec![
            step("orange", Severity::Orange, vec![vec![run(150, 3)]]),
            step(
                "yellow",
                Severity::Yellow,
                vec![vec![run(150, 2)], vec![run(200, 1)]],
            ),
        ],
    }
}

fn bench() -> Bench {
    let mut bench = Bench::new();
    let field = |id: &str| CaseField {
        id: FieldId::new(id),
        words: Words::default(),
        kind: FieldKind::Text,
        intake: false,
        needed: false,
        within: None,
    };
    let playbook = Playbook {
        id: PlaybookId::new(episode::EPISODE),
        version: 1,
        letter: 'E',
        opens_on: vec![SignalKind::Forecast],
        fields: vec![field(episode::LEVEL), field(episode::CAUSE)],
        stages: vec![
            super::bench::stage("consulting", false),
            super::bench::stage("not_started", true),
        ],
        moves: vec![super::bench::step(
            "drop",
            "consulting",
            "not_started",
            Role::Operator,
        )],
        ..Playbook::default()
    };
    let room = Arc::make_mut(&mut bench.desk.board.room);
    room.playbooks.push(playbook);
    room.ladders = vec![ladder()];
    bench
}

/// A forecast issued that many hours after noon, from the next day on.
fn forecast(hours: i64, aqi: &[u16]) -> Forecast {
    let first = NOON.date(CHINA).succ_opt().expect("a day");
    let days = first.iter_days().zip(aqi).map(|(date, aqi)| ForecastDay {
        date,
        aqi: Some(*aqi),
        o3_8h: None,
        pm25: None,
        cause: Bad::Pm25,
        words: Clean::new("PM2.5"),
    });
    Forecast {
        source: SourceId::new("eye"),
        issued: NOON + Span::hours(hours),
        days: days.collect(),
    }
}

impl Bench {
    fn forecasts(&mut self, forecast: Forecast) {
        let take = PollResult {
            forecasts: vec![forecast],
            ..PollResult::default()
        };
        self.read(take, NOON);
    }

    fn episodes(&self) -> Vec<(&str, &str)> {
        let cases = self.desk.board.state.cases.values();
        cases
            .map(|case| (case.field(episode::LEVEL), case.field(episode::CAUSE)))
            .collect()
    }

    fn drop_it(&mut self) {
        let case = self.case().id.clone();
        let command = Command::Move {
            case,
            step: MoveId::new("drop"),
            given: MoveInput::default(),
            order: None,
        };
        self.act("leader", Vec::new(), command)
            .expect("the step is offered");
    }
}

#[test]
fn a_level_that_a_series_reaches_drafts_an_episode_with_level_and_cause_once() {
    let mut bench = bench();
    for _ in 0..3 {
        bench.forecasts(forecast(0, &[160, 170, 140]));
    }
    assert_eq!(bench.episodes(), [("yellow", "PM2.5")]);
    assert_eq!(bench.alarm().cause.severity, Severity::Yellow);
    assert_eq!(bench.case().alarms, [bench.alarm().id.clone()]);
    let source = SourceId::new("eye");
    assert_eq!(bench.desk.board.state.forecasts[&source].days.len(), 3);
}

#[test]
fn below_every_level_nothing_is_drafted_but_the_forecast_is_kept() {
    let mut bench = bench();
    bench.forecasts(forecast(0, &[150, 150, 150]));
    assert_eq!(bench.episodes(), []);
    assert!(bench.desk.board.state.alarms.is_empty());
    assert_eq!(bench.desk.board.state.forecasts.len(), 1);
}

#[test]
fn what_people_dropped_is_drafted_again_by_a_later_series_and_not_by_the_same() {
    let mut bench = bench();
    bench.forecasts(forecast(0, &[160, 170, 140]));
    bench.drop_it();
    bench.forecasts(forecast(0, &[160, 170, 141]));
    assert_eq!(
        bench.episodes().len(),
        1,
        "the same issue, corrected, at the same level"
    );
    bench.forecasts(forecast(6, &[160, 170, 140]));
    assert_eq!(bench.episodes().len(), 2);
    bench.forecasts(forecast(3, &[250, 250, 250]));
    assert_eq!(
        bench.episodes().len(),
        2,
        "an older issue that comes late says nothing"
    );
}

#[test]
fn while_an_episode_is_open_a_worse_series_joins_it() {
    let mut bench = bench();
    bench.forecasts(forecast(0, &[160, 170, 140]));
    bench.forecasts(forecast(6, &[160, 170, 180]));
    assert_eq!(bench.episodes().len(), 1);
    assert_eq!(bench.alarm().cause.severity, Severity::Orange);
    bench.forecasts(forecast(12, &[60, 70, 80]));
    assert!(
        !bench.desk.board.state.alarms.values().any(|alarm| alarm.active),
        "it is better"
    );
    assert_eq!(bench.episodes().len(), 1, "people decide what becomes of it");
}

#[test]
fn a_forecast_in_words_only_is_an_alarm_and_drafts_nothing() {
    let mut bench = bench();
    let mut signal = fire("1", Severity::Yellow);
    signal.kind = SignalKind::Forecast;
    bench.poll(vec![signal], false);
    assert_eq!(bench.episodes(), []);
    assert_eq!(bench.desk.board.state.alarms.len(), 1);
}

#[test]
fn the_hours_to_come_of_a_model_are_judged_as_a_series_and_are_no_flaw() {
    let mut bench = bench();
    let midnight = NOON.date(CHINA).and_time(chrono::NaiveTime::MIN);
    let midnight = Moment::from_local(midnight, CHINA).expect("a moment");
    let hours = |flag: Flag| {
        let hour = move |n: i64, p: Pollutant| Reading {
            point: PointId::new("cell"),
            quantity: p.quantity(),
            period: Period::Hour,
            at: midnight + Span::hours(n),
            value: Some(Value::whole(match p {
                Pollutant::Pm25 => 160,
                Pollutant::Co => 1,
                Pollutant::So2 | Pollutant::No2 | Pollutant::O3 | Pollutant::Pm10 => 20,
            })),
            flag,
            source: SourceId::new("eye"),
        };
        let each = (1..=48).flat_map(move |n| Pollutant::ALL.map(|p| hour(n, p)));
        Event::Read {
            source: SourceId::new("eye"),
            take: Box::new(PollResult {
                readings: each.collect(),
                ..PollResult::default()
            }),
            at: NOON,
            next: NOON,
        }
    };
    let flaws = |bench: &Bench| bench.desk.board.feeds["eye"].flaws;
    bench.give(hours(Flag::Modelled));
    assert_eq!((bench.episodes(), flaws(&bench)), (vec![("yellow", "PM2.5")], 0));
    let newest = bench.desk.board.latest.values().map(|reading| reading.at).max();
    assert!(
        newest.is_some_and(|at| at <= NOON),
        "what is to come is not shown as now"
    );
    bench.give(hours(Flag::Modelled));
    let state = &bench.desk.board.state;
    let forecasts: Vec<_> = state.forecasts.values().collect();
    assert_eq!(
        (forecasts.len(), forecasts[0].issued),
        (1, midnight),
        "one issue a day"
    );
    let seq = state.seq;
    bench.give(hours(Flag::Modelled));
    assert_eq!(bench.desk.board.state.seq, seq, "said again it is nothing new");
    let mut bench = self::bench();
    bench.give(hours(Flag::Valid));
    assert_eq!(bench.episodes(), [], "nobody measures the future");
    assert!(flaws(&bench) > 0);
}
