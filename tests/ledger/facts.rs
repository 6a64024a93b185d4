//! Any fact there can be, for properties.

use lookout::domain::fact::Fact;
use lookout::domain::fact::alarm::{AlarmFact, Cause, Hold, Reopened};
use lookout::domain::fact::case::{CaseFact, Matter, Means, MoveInput};
use lookout::domain::fact::declared::{DECLARED_KINDS, Declaration, Mark, Subject};
use lookout::domain::fact::evidence::Evidence;
use lookout::domain::fact::forecast::{Forecast, ForecastDay, PollutionCause as Bad};
use lookout::domain::fact::notice::{About, Deputy, NoticeFact, Telling};
use lookout::domain::fact::readings::DayRoot;
use lookout::domain::fact::room::{Draw, RoomFact};
use lookout::domain::fact::shift::{Blocker, Duty, NOTE_KINDS, SIDES, ShiftFact};
use lookout::domain::fact::task::{Order, Sighted, TaskFact};
use lookout::domain::id::{AlarmId, CaseId, ChannelId, FieldId, SourceId, TaskId};
use lookout::domain::ledger::Entry;
use lookout::domain::person::ROLES;
use lookout::domain::place::{Datum, Place};
use lookout::domain::quantity::{QUANTITIES, Value as Number};
use lookout::domain::signal::{SEVERITIES, Severity};
use lookout::domain::state::State;
use lookout::domain::text::Clean;
use lookout::domain::time::{Moment, Span};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use std::sync::Arc;

/// Anything at all that upstreams may send, made clean.
fn text() -> BoxedStrategy<Clean> {
    prop_oneof![
        any::<String>().prop_map(|raw| Clean::new(&raw)),
        "[a-z/\"\\\\{},火情 ]{0,20}".prop_map(|raw| Clean::new(&raw)),
        Just(Clean::new(&"长".repeat(2500))),
    ]
    .boxed()
}

fn name<T: From<Clean> + std::fmt::Debug>() -> impl Strategy<Value = T> {
    text().prop_map(T::from)
}

fn maybe<T: From<Clean> + std::fmt::Debug>() -> impl Strategy<Value = Option<T>> {
    option::of(name::<T>())
}

fn moment() -> BoxedStrategy<Moment> {
    any::<i64>().prop_map(Moment::from_ms).boxed()
}

fn place() -> BoxedStrategy<Option<Place>> {
    option::of((-90.0..=90.0_f64, -180.0..=180.0_f64))
        .prop_map(|at| at.and_then(|(lat, lon)| Place::new(lat, lon)))
        .boxed()
}

fn severity() -> BoxedStrategy<Severity> {
    select(SEVERITIES).prop_map(|row| row.0).boxed()
}

fn mark() -> impl Strategy<Value = Mark> {
    let kind = select(DECLARED_KINDS).prop_map(|row| row.0);
    (kind, moment(), moment()).prop_map(|(kind, from, until)| Mark { kind, from, until })
}

fn evidence() -> impl Strategy<Value = Evidence> {
    let number = || any::<i64>().prop_map(Number::from_micro);
    let quantity = select(QUANTITIES).prop_map(|row| row.0);
    let values = vec((moment(), number()), 0..5);
    (quantity, values, option::of(number()), vec(mark(), 0..3)).prop_map(
        |(quantity, values, limit, marks)| Evidence {
            quantity,
            values,
            limit,
            marks,
        },
    )
}

fn cause() -> BoxedStrategy<Box<Cause>> {
    let words = (text(), text(), text());
    let names = (maybe(), maybe(), maybe());
    let times = (moment(), option::of(moment()), any::<bool>());
    let unread = (text(), text(), text());
    let rest = (
        severity(),
        place(),
        any::<bool>(),
        times,
        option::of(evidence()),
        unread,
    );
    (words, names, rest)
        .prop_map(|((code, title, detail), (source, point, township), rest)| {
            let (severity, place, township_guessed, (began, ends, own_end), evidence, unread) = rest;
            let (area, severity_words, picture) = unread;
            Box::new(Cause {
                code,
                severity,
                title,
                detail,
                source,
                point,
                bearing: Some(123.4),
                picture,
                place,
                township,
                township_guessed,
                area,
                severity_words,
                began,
                ends,
                own_end,
                evidence: evidence.map(Arc::new),
            })
        })
        .boxed()
}

fn hold() -> BoxedStrategy<Hold> {
    prop_oneof![
        (name(), text(), moment()).prop_map(|(by, reason, until)| Hold::Shelved { by, reason, until }),
        text().prop_map(|why| Hold::Suppressed { why }),
        (name(), text()).prop_map(|(by, reason)| Hold::OutOfService { by, reason }),
    ]
    .boxed()
}

/// Any fact of an alarm.
pub(crate) fn alarm_fact() -> BoxedStrategy<AlarmFact> {
    prop_oneof![
        3 => cause().prop_map(|cause| AlarmFact::raised(*cause)),
        1 => (severity(), text()).prop_map(|(severity, title)| AlarmFact::Regraded { severity, title }),
        3 => Just(AlarmFact::Returned),
        3 => (text(), option::of(moment()))
            .prop_map(|(comment, until)| AlarmFact::Acknowledged { comment, until }),
        1 => select(vec![Reopened::Expired, Reopened::Undone]).prop_map(|why| AlarmFact::Unacknowledged { why }),
        1 => hold().prop_map(AlarmFact::Held),
        1 => Just(AlarmFact::Released),
        1 => name().prop_map(|case| AlarmFact::Joined { case }),
    ]
    .boxed()
}

fn matter() -> BoxedStrategy<Box<Matter>> {
    let names = (name(), name(), maybe(), maybe(), maybe(), maybe());
    let rest = (any::<u32>(), text(), text(), place(), moment(), fields());
    let links = (maybe(), maybe(), maybe(), maybe(), option::of(text()), maybe());
    (names, rest, links)
        .prop_map(
            |((playbook, stage, means, township, alarm, rekindles), rest, links)| {
                let (playbook_version, title, area, place, detected, fields) = rest;
                let (parent, point, enterprise, unit, likeness, repeats) = links;
                Box::new(Matter {
                    playbook,
                    playbook_version,
                    stage,
                    means,
                    title,
                    place,
                    township,
                    area,
                    alarm,
                    detected,
                    rekindles,
                    parent,
                    point,
                    enterprise,
                    unit,
                    fields,
                    likeness,
                    repeats,
                })
            },
        )
        .boxed()
}

fn fields() -> BoxedStrategy<Vec<(FieldId, Clean)>> {
    proptest::collection::vec((name(), text()), 0..3).boxed()
}

fn day_root() -> BoxedStrategy<DayRoot> {
    let ends = (option::of(moment()), option::of(moment()));
    (any::<u32>(), moment(), moment(), any::<u32>(), text(), ends)
        .prop_map(|(lot, from, until, count, root, (oldest, dropped))| DayRoot {
            lot,
            from,
            until,
            count: u64::from(count),
            root,
            oldest,
            dropped,
        })
        .boxed()
}

fn draw() -> BoxedStrategy<Draw> {
    let points = || proptest::collection::vec(name(), 0..4);
    let excluded = proptest::collection::vec((name(), text()), 0..2);
    (text(), points(), excluded, any::<u32>(), points())
        .prop_map(|(seed, among, excluded, count, drawn)| Draw {
            seed,
            among,
            excluded,
            count,
            drawn,
        })
        .boxed()
}

fn forecast() -> BoxedStrategy<Forecast> {
    let figure = || option::of((0..900_000_000_i64).prop_map(Number::from_micro));
    let day = (
        option::of(0..=500_u16),
        figure(),
        figure(),
        select(Bad::KEYS),
        text(),
    );
    let first = chrono::NaiveDate::from_ymd_opt(2026, 11, 24).expect("a date");
    (name(), moment(), vec(day, 0..4))
        .prop_map(move |(source, issued, days)| Forecast {
            source,
            issued,
            days: days
                .into_iter()
                .zip(first.iter_days())
                .map(|((aqi, o3_8h, pm25, cause, words), date)| ForecastDay {
                    date,
                    aqi,
                    o3_8h,
                    pm25,
                    cause: cause.0,
                    words,
                })
                .collect(),
        })
        .boxed()
}

fn given() -> BoxedStrategy<Box<MoveInput>> {
    let words = (option::of(text()), text(), option::of(text()));
    let shared = option::of(2_u32..300);
    (words, maybe(), maybe(), fields(), option::of(moment()), shared)
        .prop_map(|((reason, comment, photo), unit, case, fields, at, shared_by)| {
            Box::new(MoveInput {
                reason,
                comment,
                unit,
                case,
                photo,
                shared_by,
                fields,
                at,
            })
        })
        .boxed()
}

/// Any fact of a case; its tasks are named like those of [`task_name`].
pub(crate) fn case_fact() -> BoxedStrategy<CaseFact> {
    let span = || option::of((0_i64..1_000_000_000).prop_map(Span::from_ms));
    let moved = (
        name(),
        name(),
        name(),
        any::<bool>(),
        option::of(text()),
        given(),
        span(),
        span(),
        option::of((name(), name()).prop_map(|(step, to)| Box::new(Means { step, to }))),
    );
    prop_oneof![
        3 => matter().prop_map(CaseFact::Opened),
        3 => moved.prop_map(|(step, from, to, closes, verdict, given, again, extends, means)| CaseFact::Moved {
            step,
            from,
            to,
            closes,
            verdict,
            given,
            again,
            extends, means }),
        1 => (name(), name()).prop_map(|(from, to)| CaseFact::Reverted { from, to }),
        1 => (name(), moment()).prop_map(|(stage, due)| CaseFact::Late { stage, due }),
        1 => name().prop_map(|alarm| CaseFact::Joined { alarm }),
        2 => task_name().prop_map(|task| CaseFact::Ordered { task }),
        1 => text().prop_map(|words| CaseFact::Noted { words }),
    ]
    .boxed()
}

/// One of few tasks.
pub(crate) fn task_name() -> BoxedStrategy<TaskId> {
    (0..4_u8).prop_map(|n| TaskId::new(&format!("F-{n}"))).boxed()
}

fn order() -> BoxedStrategy<Box<Order>> {
    let words = (text(), text(), text(), text());
    let names = (name(), name(), name());
    let clocks = vec((text(), moment()), 0..3);
    let more = (text(), text(), text(), option::of(seen()), clocks);
    (words, names, option::of(moment()), more)
        .prop_map(
            |((unit_name, contact, phone, text), (case, unit, channel), deadline, more)| {
                let (key, whereabouts, map, seen, clocks) = more;
                Box::new(Order {
                    case,
                    unit,
                    unit_name,
                    contact,
                    phone,
                    channel,
                    text,
                    deadline,
                    key,
                    whereabouts,
                    map,
                    seen,
                    clocks,
                    severity: Some(Severity::Red),
                    place: Place::new(30.05, 121.15),
                    datum: Some(Datum::Gcj02),
                    episode: Some(Box::default()),
                    title: Clean::default(),
                    drill: true,
                })
            },
        )
        .boxed()
}

fn seen() -> BoxedStrategy<Box<Sighted>> {
    (
        text(),
        text(),
        text(),
        option::of(0..360_u16),
        option::of(0..40_000_u32),
    )
        .prop_map(|(by, wind, picture, bearing, metres)| {
            Box::new(Sighted {
                by,
                bearing,
                metres,
                wind,
                picture,
            })
        })
        .boxed()
}

/// Any fact of a task.
pub(crate) fn task_fact() -> BoxedStrategy<TaskFact> {
    prop_oneof![
        3 => order().prop_map(TaskFact::Ordered),
        2 => (text(), moment(), any::<bool>())
            .prop_map(|(why, next, blocks)| TaskFact::Failed { why, next, blocks }),
        1 => Just(TaskFact::Trying),
        1 => (text(), moment()).prop_map(|(why, next)| TaskFact::Waiting { why, next }),
        1 => text().prop_map(|way| TaskFact::Routed { way: ChannelId::new(way.as_str()) }),
        1 => text().prop_map(|why| TaskFact::Doubted { why }),
        1 => Just(TaskFact::Call),
        1 => text().prop_map(|receipt| TaskFact::Delivered { receipt }),
        1 => text().prop_map(|why| TaskFact::Refused { why }),
        1 => Just(TaskFact::Withdrawn),
        1 => (text(), text(), option::of(moment()), option::of(text()))
            .prop_map(|(kind, text, at, photo)| TaskFact::Answered { kind, text, at, photo }),
    ]
    .boxed()
}

fn declaration() -> BoxedStrategy<Declaration> {
    let of = prop_oneof![
        text().prop_map(|id| Subject::Point(id.into())),
        text().prop_map(|id| Subject::Enterprise(id.into())),
    ];
    let kind = proptest::sample::select(DECLARED_KINDS).prop_map(|row| row.0);
    (of, kind, moment(), moment(), text())
        .prop_map(|(of, kind, from, until, words)| Declaration {
            of,
            kind,
            from,
            until,
            words,
        })
        .boxed()
}

fn duty() -> BoxedStrategy<Box<Duty>> {
    let people = proptest::collection::vec(name(), 0..3);
    (text(), people, option::of(name()), moment(), moment())
        .prop_map(|(turn, operators, leader, from, until)| {
            Box::new(Duty {
                turn,
                operators,
                leader,
                from,
                until,
            })
        })
        .boxed()
}

fn blockers() -> BoxedStrategy<Vec<Blocker>> {
    let one = (select(&["alarm", "episode", "report"][..]), text())
        .prop_filter_map("a kind", |(kind, name)| Blocker::of(kind, name.as_str()));
    proptest::collection::vec(one, 0..3).boxed()
}

/// Any fact of a shift.
pub(crate) fn shift_fact() -> BoxedStrategy<ShiftFact> {
    prop_oneof![
        2 => duty().prop_map(ShiftFact::Opened),
        2 => (select(NOTE_KINDS), text()).prop_map(|(kind, words)| ShiftFact::Noted { kind: kind.0, words }),
        1 => Just(ShiftFact::Prepared),
        1 => Just(ShiftFact::Read),
        1 => (blockers(), text()).prop_map(|(blockers, reason)| ShiftFact::Overridden { blockers, reason }),
        2 => (select(SIDES), blockers()).prop_map(|(side, despite)| ShiftFact::Signed { side: side.0, despite }),
        1 => Just(ShiftFact::Closed),
    ]
    .boxed()
}

/// Any fact of a notice about one of few things.
pub(crate) fn notice_fact() -> BoxedStrategy<NoticeFact> {
    let case = || (0..3_u8).prop_map(|n| CaseId::new(&format!("F{n}")));
    let about = prop_oneof![
        (case(), name(), moment()).prop_map(|(case, stage, at)| About::Entered { case, stage, at }),
        (case(), name(), moment(), moment(), option::of(moment())).prop_map(
            |(case, stage, entered, due, rung)| About::Late {
                case,
                stage,
                entered,
                due,
                rung,
            }
        ),
        (0..4_u8, moment()).prop_map(|(n, raised)| About::Unseen {
            alarm: AlarmId::new(&format!("firms/{n}")),
            raised,
        }),
        (task_name(), option::of(moment())).prop_map(|(task, sent)| About::Undelivered { task, sent }),
    ];
    let to = || {
        let to = (name(), text(), text(), maybe());
        option::of(to.prop_map(|(unit, contact, phone, channel)| Deputy {
            unit,
            contact,
            phone,
            channel,
        }))
    };
    let telling = (about, select(ROLES), text(), to(), any::<bool>(), any::<bool>());
    let told = telling.prop_map(|(about, (role, _), title, to, unseated, drill)| {
        NoticeFact::Told(Box::new(Telling {
            about,
            role,
            title,
            drill,
            to,
            unseated,
        }))
    });
    prop_oneof![
        3 => told,
        1 => (name(), text()).prop_map(|(channel, receipt)| NoticeFact::Sent { channel, receipt }),
        1 => (name(), text(), option::of(moment()))
            .prop_map(|(channel, why, until)| NoticeFact::Unsent { channel, why, until }),
        1 => (to(), any::<bool>()).prop_map(|(to, unseated)| {
            let to = to.map(Box::new);
            NoticeFact::Readdressed { to, unseated }
        }),
        1 => Just(NoticeFact::Seen),
    ]
    .boxed()
}

/// Any fact of the room.
pub(crate) fn room_fact() -> BoxedStrategy<RoomFact> {
    prop_oneof![
        text().prop_map(|version| RoomFact::Collecting { version }),
        (1..u64::from(u32::MAX), text()).prop_map(|(entry, digest)| RoomFact::Snapshot { entry, digest }),
        day_root().prop_map(|root| RoomFact::Readings(Box::new(root))),
        text().prop_map(|words| RoomFact::Noted { words }),
        (-100_000_000..100_000_000_i64).prop_map(|by| RoomFact::ClockStepped { by }),
        "[a-z]{1,8}".prop_map(|source| RoomFact::Asked {
            source: SourceId::new(&source),
        }),
        forecast().prop_map(|forecast| RoomFact::Forecast(Box::new(forecast))),
        draw().prop_map(|draw| RoomFact::Drawn(Box::new(draw))),
        declaration().prop_map(|what| RoomFact::Declared(Box::new(what))),
        (1..100_u32).prop_map(|id| RoomFact::DeclarationEnded { id }),
        (text(), moment(), moment(), text(), 0..3_u32).prop_map(|(kind, from, until, digest, correction)| {
            RoomFact::Reported {
                kind,
                from,
                until,
                digest,
                correction,
            }
        }),
    ]
    .boxed()
}

/// Any fact.
pub(crate) fn fact() -> BoxedStrategy<Fact> {
    prop_oneof![
        alarm_fact().prop_map(Fact::Alarm),
        case_fact().prop_map(Fact::Case),
        task_fact().prop_map(Fact::Task),
        notice_fact().prop_map(Fact::Notice),
        shift_fact().prop_map(Fact::Shift),
        room_fact().prop_map(Fact::Room),
    ]
    .boxed()
}

/// The state that entries make, folded from nothing; closed cases stay for ever.
pub(crate) fn folded<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> State {
    let mut state = State::default();
    for entry in entries {
        state.apply(entry);
    }
    state
}
