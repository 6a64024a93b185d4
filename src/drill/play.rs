//! Plays a year: whatever is due at one moment comes in together, as one poll brings it and as people see to it.

use crate::desk::board::Board;
use crate::desk::run::Setup;
use crate::desk::{Command, Done};
use crate::domain::decide::refusal::Refusal;
use crate::domain::fact::case::MoveInput;
use crate::domain::feed::{PollResult, TaskAnswer};
use crate::domain::id::{CaseId, MoveId, PointId, SourceId, TaskId};
use crate::domain::ledger::Stream;
use crate::domain::person::Role;
use crate::domain::quantity::Value;
use crate::domain::signal::Signal;
use crate::domain::state::State;
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span};
use crate::drill::room::Room;
use crate::drill::timed::Times;
use crate::drill::{DrillError, Spent, book, daily, measured};
use crate::report::ReportDocument;
use crate::store::Store;
use crate::training::year::{Begins, ScriptMatter, ScriptStep, What, YearPlan, days};
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Arc;
use std::time::Instant;

/// How long after a poll people act on what it brought.
const LOOK: Span = Span::secs(30);
/// Most things that one person does at once.
const AT_ONCE: usize = 200;

/// A matter that is being played.
struct Live {
    key: Clean,
    case: CaseId,
    course: VecDeque<ScriptStep>,
}

/// A step that a person is about to make: whose, which, with what, with an order or without.
struct Wish {
    nth: u64,
    by: Role,
    step: MoveId,
    given: Box<MoveInput>,
    orders: bool,
}

struct Play<'a> {
    room: Room,
    plan: &'a YearPlan,
    /// Matters that come in.
    coming: BTreeMap<Moment, Vec<ScriptMatter>>,
    /// Matters whose next step is due, by when.
    due: BTreeMap<Moment, Vec<u64>>,
    live: HashMap<u64, Live>,
    /// Cases that others belong under.
    parents: HashMap<Clean, CaseId>,
    /// Sections that are sampled.
    sections: Vec<PointId>,
    count: u64,
}

/// Plays the whole year; the state the desk had at its end.
pub(super) async fn year(
    plan: &YearPlan,
    (setup, papers): (Setup, &mut dyn Store),
    (times, spent): (&Times, &mut Spent),
    progress: &mut dyn FnMut(u64, u64),
) -> Result<State, DrillError> {
    let sections = measured::sections(&setup.room).cloned().collect();
    let mut play = Play {
        sections,
        room: Room::open(setup).await?,
        plan,
        coming: BTreeMap::new(),
        due: BTreeMap::new(),
        live: HashMap::new(),
        parents: HashMap::new(),
        count: 0,
    };
    let air = days::air(plan, days::THIS_YEAR);
    for day in YearPlan::BEFORE..i64::from(plan.days) {
        let began = Instant::now();
        for matter in plan.matters(day) {
            play.coming.entry(matter.at).or_default().push(matter);
        }
        spent.generate += began.elapsed();
        let evening = plan.midnight(day) + Span::hours(20);
        while let Some(at) = play.next(evening) {
            play.moment(at, (times, spent)).await?;
        }
        if plan.has_daily(day) {
            play.daily(evening, papers).await?;
        }
        while let Some(at) = play.next(plan.midnight(day + 1)) {
            play.moment(at, (times, spent)).await?;
        }
        play.measured(day, &air)?;
        progress((day + 1).unsigned_abs(), u64::from(plan.days));
    }
    play.room.tick(plan.end() - Span::secs(1))?;
    play.room.close().await
}

impl Play<'_> {
    /// The next moment at which something is due, before `end`.
    fn next(&self, end: Moment) -> Option<Moment> {
        let coming = self.coming.first_key_value().map(|row| *row.0);
        let due = self.due.first_key_value().map(|row| *row.0);
        let next = coming.into_iter().chain(due).min()?;
        (next < end).then_some(next)
    }

    /// What was measured on a day comes in at its end; before the first, the days of the year before.
    fn measured(&mut self, day: i64, air: &[[Value; 6]]) -> Result<(), DrillError> {
        let at = self.plan.midnight(day + 1);
        self.room.set(at);
        let readings = match usize::try_from(day).ok().and_then(|day| air.get(day)) {
            Some(values) => days::day(self.plan, day, values),
            None => days::year_before(self.plan),
        };
        let rivers = days::rivers(self.plan, day, self.sections.iter());
        for (source, readings) in [("county-days", readings), ("river-samples", rivers)] {
            if !readings.is_empty() {
                let take = PollResult {
                    readings,
                    ..PollResult::default()
                };
                self.room.poll(SourceId::new(source), take, at)?;
            }
        }
        Ok(())
    }

    /// The leader issues the straw daily.
    async fn daily(&mut self, at: Moment, papers: &mut dyn Store) -> Result<(), DrillError> {
        self.room.set(at);
        let board = self.room.see().await?;
        let Some((command, kept)) = daily::issue(&board, at) else {
            return Ok(());
        };
        papers.file(&ReportDocument::digest(&kept.text), &kept)?;
        let done = self.room.act(Role::Leader, command, Vec::new()).await?;
        refused(done, &Clean::new("daily"), "report")
    }

    async fn moment(&mut self, at: Moment, (times, spent): (&Times, &mut Spent)) -> Result<(), DrillError> {
        self.room.tick(at - Span::secs(1))?;
        self.room.set(at);
        let coming = self.coming.remove(&at).unwrap_or_default();
        let (signals, written): (Vec<ScriptMatter>, Vec<ScriptMatter>) = coming
            .into_iter()
            .partition(|matter| matches!(matter.begins, Begins::Signal(_)));
        let board = self.signals(signals, at).await?;
        let due = self.due.remove(&at).unwrap_or_default();
        let wishes = self.answers(due, &board, at)?;
        self.room.set(at + LOOK);
        let board = self.room.see().await?;
        self.open(written, &board).await?;
        self.moves(wishes).await?;
        let waiting = (Instant::now(), times.spent());
        self.room.delivered().await?;
        let stored = times.spent().saturating_sub(waiting.1);
        spent.outbox += waiting.0.elapsed().saturating_sub(stored);
        Ok(())
    }

    /// One poll a source; each signal becomes a case.
    async fn signals(&mut self, matters: Vec<ScriptMatter>, at: Moment) -> Result<Arc<Board>, DrillError> {
        let mut takes: BTreeMap<SourceId, Vec<Signal>> = BTreeMap::new();
        for matter in &matters {
            if let Begins::Signal(signal) = &matter.begins {
                takes
                    .entry(signal.source.clone())
                    .or_default()
                    .push((**signal).clone());
            }
        }
        for (source, signals) in takes {
            let take = PollResult {
                signals,
                ..PollResult::default()
            };
            self.room.poll(source, take, at)?;
        }
        let board = self.room.see().await?;
        for matter in matters {
            let case = match &matter.begins {
                Begins::Signal(signal) => book::on_signal(&board, signal),
                Begins::Hand { .. } => None,
            };
            self.begin(matter, case)?;
        }
        Ok(board)
    }

    /// What people write down, all that is due at once.
    async fn open(&mut self, matters: Vec<ScriptMatter>, board: &Board) -> Result<(), DrillError> {
        let mut commands = Vec::new();
        for matter in &matters {
            let Begins::Hand {
                playbook,
                opening,
                under,
            } = &matter.begins
            else {
                continue;
            };
            let parent = under.as_ref().and_then(|key| self.parents.get(key)).cloned();
            let opening = Box::new(book::opening(board, opening, parent));
            let playbook = playbook.clone();
            commands.push(Command::Open { playbook, opening });
        }
        let Some(first) = matters.first() else {
            return Ok(());
        };
        for some in commands.chunks(AT_ONCE) {
            let done = self
                .room
                .act(Role::Operator, Command::All(some.to_vec()), Vec::new())
                .await?;
            refused(done, &first.key, "open")?;
        }
        let board = self.room.see().await?;
        for matter in matters {
            let case = match &matter.begins {
                Begins::Hand {
                    playbook, opening, ..
                } => book::by_hand(&board, playbook, opening, matter.at),
                Begins::Signal(_) => None,
            };
            self.begin(matter, case)?;
        }
        Ok(())
    }

    fn begin(&mut self, matter: ScriptMatter, case: Option<CaseId>) -> Result<(), DrillError> {
        let case = case.ok_or_else(|| DrillError::NoCase {
            key: matter.key.clone(),
        })?;
        self.count += 1;
        if let Begins::Hand { playbook, .. } = &matter.begins
            && self.plan.has_under(playbook)
        {
            self.parents.insert(matter.key.clone(), case.clone());
        }
        let live = Live {
            key: matter.key,
            case,
            course: matter.course.into(),
        };
        self.wait(self.count, live);
        Ok(())
    }

    /// Puts a matter where its next step waits; one whose course is run, or runs on into the next year, is let go.
    fn wait(&mut self, nth: u64, live: Live) {
        if let Some(step) = live.course.front().filter(|step| step.at < self.plan.end()) {
            self.due.entry(step.at).or_default().push(nth);
            self.live.insert(nth, live);
        }
    }

    /// What units answer comes in with one poll; what is left of what is due is for people.
    fn answers(&mut self, due: Vec<u64>, board: &Board, at: Moment) -> Result<Vec<Wish>, DrillError> {
        let (mut answers, mut wishes) = (Vec::new(), Vec::new());
        for nth in due {
            let Some(mut live) = self.live.remove(&nth) else {
                continue;
            };
            match live.course.pop_front().map(|step| step.what) {
                Some(What::Answer { kind, words }) => {
                    answers.push(answer(board, &live, (kind, words), at)?);
                    self.wait(nth, live);
                }
                Some(What::Move {
                    by,
                    step,
                    given,
                    orders,
                }) => {
                    self.live.insert(nth, live);
                    wishes.push(Wish {
                        nth,
                        by,
                        step,
                        given,
                        orders,
                    });
                }
                None => {}
            }
        }
        if !answers.is_empty() {
            let take = PollResult {
                answers,
                ..PollResult::default()
            };
            self.room.poll(SourceId::new("answers"), take, at)?;
        }
        Ok(wishes)
    }

    /// What people do, each what is theirs, several things at once.
    async fn moves(&mut self, wishes: Vec<Wish>) -> Result<(), DrillError> {
        if wishes.is_empty() {
            return Ok(());
        }
        let board = self.room.see().await?;
        let mut by_role: BTreeMap<Role, Vec<Wish>> = BTreeMap::new();
        for wish in wishes {
            by_role.entry(wish.by).or_default().push(wish);
        }
        for (role, mut wishes) in by_role {
            while !wishes.is_empty() {
                let rest = wishes.split_off(wishes.len().min(AT_ONCE));
                self.do_all(role, std::mem::replace(&mut wishes, rest), &board)
                    .await?;
            }
        }
        Ok(())
    }

    async fn do_all(&mut self, role: Role, wishes: Vec<Wish>, board: &Board) -> Result<(), DrillError> {
        let (mut commands, mut seen) = (Vec::new(), Vec::new());
        let mut first: Option<(Clean, Clean)> = None;
        for wish in &wishes {
            let Some(live) = self.live.get(&wish.nth) else {
                continue;
            };
            let case = board.state.cases.get(&live.case).ok_or_else(|| gone(live))?;
            seen.push((Stream::Case(case.id.clone()), case.version));
            commands.push(book::step(board, case, &wish.step, &wish.given, wish.orders));
            first.get_or_insert_with(|| (live.key.clone(), Clean::new(wish.step.as_str())));
        }
        let (key, step) = first.unwrap_or_default();
        let done = self.room.act(role, Command::All(commands), seen).await?;
        refused(done, &key, step.as_str())?;
        for wish in wishes {
            if let Some(live) = self.live.remove(&wish.nth) {
                self.wait(wish.nth, live);
            }
        }
        Ok(())
    }
}

fn answer(
    board: &Board,
    live: &Live,
    (kind, text): (Clean, Clean),
    at: Moment,
) -> Result<TaskAnswer, DrillError> {
    let case = board.state.cases.get(&live.case).ok_or_else(|| gone(live))?;
    let task = case.tasks.last().cloned().ok_or_else(|| gone(live))?;
    let task = board.state.tasks.get(&task).ok_or_else(|| gone(live))?;
    let photo = (kind.as_str() == "done").then(|| Clean::new(&format!("https://photo.example/{}", task.id)));
    Ok(TaskAnswer {
        task: TaskId::new(task.number()),
        unit: task.order.unit.clone(),
        kind,
        text,
        at,
        photo,
    })
}

fn gone(live: &Live) -> DrillError {
    DrillError::Gone {
        key: live.key.clone(),
        case: live.case.clone(),
    }
}

fn refused(done: Result<Done, Refusal>, key: &Clean, step: &str) -> Result<(), DrillError> {
    let refusal = |refusal| DrillError::Refused {
        key: key.clone(),
        step: Clean::new(step),
        refusal: Box::new(refusal),
    };
    done.map(|_| ()).map_err(refusal)
}
