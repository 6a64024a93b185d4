//! The witness: knows what really is, looks at every board and every answer after each step, and says what must be true
//! and is not.

use crate::disk::Wrote;
use crate::entries::Entries;
use crate::journal::JOURNAL;
use crate::known::{grace, is_journal, known};
use crate::people::Answered;
use crate::process::Process;
use crate::room::EVERY;
use crate::store::locked;
use crate::told::told;
use crate::world::{SLOWEST, World};
use lookout::desk::Done;
use lookout::domain::decide::refusal::Refusal;
use lookout::domain::fact::Fact;
use lookout::domain::fact::task::TaskFact;
use lookout::domain::id::AlarmId;
use lookout::domain::ledger::{Entry, Stream};
use lookout::domain::person::Actor;
use lookout::domain::state::State;
use lookout::domain::task::Delivery;
use lookout::domain::time::{Moment, Span};
use lookout::store::Under;
use std::collections::{BTreeMap, BTreeSet};

/// After the clock was set a source may be called fresh for so long by its old time.
const UNSETTLED: Span = Span::secs(30);
/// A fire that nobody ends stays an alarm that long.
const FIRE_LASTS: Span = Span::hours(23);
/// How many rounds a board may be behind.
const BEHIND: u32 = 4;

/// What must be true and is not.
pub(crate) type Verdict = Result<(), String>;

/// What it knows.
#[derive(Default)]
pub(crate) struct Witness {
    /// The fold of the ledger.
    pub(crate) state: State,
    /// Acts whose entries stand in the ledger, and how many each has.
    seats: BTreeMap<String, usize>,
    /// Acts that were shown as done, with how many entries, and those that were shown as not done.
    done: BTreeMap<String, usize>,
    refused: BTreeSet<String>,
    /// What it has seen of entries.
    entries: Entries,
    /// Whose each term is.
    terms: BTreeMap<u64, usize>,
    wrote: usize,
    /// Where each process must come to that was behind or elsewhere, and for how many rounds it has not.
    behind: BTreeMap<usize, (u64, u32)>,
    /// Since when what stands upstream is on no board that doubts nothing.
    missing: BTreeMap<(usize, AlarmId), Moment>,
    /// Whether an older copy was put in the ledger's place.
    pub(crate) restored: bool,
    pub(crate) orders: usize,
    /// Of when there were readings.
    received: BTreeSet<Moment>,
}

macro_rules! must {
    ($holds:expr, $($why:tt)*) => {
        if !$holds {
            return Err(format!($($why)*));
        }
    };
}

impl Witness {
    /// After a step.
    pub(crate) fn look(&mut self, world: &World<'_>, answers: Vec<Answered>, whole: bool) -> Verdict {
        self.follow(world)?;
        self.hear(answers)?;
        self.field(world)?;
        for process in &world.processes {
            if process.paused.is_none() {
                self.board(world, process, whole)?;
            }
        }
        Ok(())
    }

    /// An administrator puts an older copy in the ledger's place: what is cut off is nobody's promise any more.
    pub(crate) fn restore(&mut self, world: &World<'_>) {
        let disk = locked(&world.ground.disk);
        let mut kept = Self {
            restored: true,
            orders: self.orders,
            terms: std::mem::take(&mut self.terms),
            ..Self::default()
        };
        for row in &disk.rows {
            kept.take(row.entry.clone());
        }
        kept.state = State::staying(Some(world.stay));
        disk.rows.iter().for_each(|row| kept.state.apply(&row.entry));
        kept.wrote = disk.wrote.len();
        kept.done = std::mem::take(&mut self.done);
        kept.done.retain(|seat, _| kept.seats.contains_key(seat));
        kept.refused = std::mem::take(&mut self.refused);
        kept.entries = std::mem::take(&mut self.entries).after_a_restore();
        *self = kept;
    }

    fn take(&mut self, entry: Entry) {
        if let Some(seat) = entry.seat {
            *self.seats.entry(seat.to_string()).or_default() += 1;
        }
    }

    /// Reads on in the ledger: numbered, folded, written by who held the term.
    fn follow(&mut self, world: &World<'_>) -> Verdict {
        if self.state.seq == 0 {
            self.state = State::staying(Some(world.stay));
        }
        let disk = locked(&world.ground.disk);
        let from = usize::try_from(self.state.seq).unwrap_or(usize::MAX);
        for row in disk.rows.iter().skip(from) {
            let entry = &row.entry;
            must!(
                entry.seq == self.state.seq + 1,
                "entry {} follows {}",
                entry.seq,
                self.state.seq
            );
            if let (Stream::Task(id), Fact::Task(fact)) = (&entry.stream, &entry.fact) {
                self.orders += usize::from(matches!(fact, TaskFact::Ordered(_)));
                let says = matches!(fact, TaskFact::Delivered { .. }) && entry.by == Actor::Desk;
                let acted = world.field.acted.contains_key(id.as_str());
                must!(
                    !says || acted || self.restored,
                    "{id} is delivered, and nobody has it"
                );
            }
            self.entries.look(entry, &self.state, world)?;
            self.state.apply(entry);
            self.take(entry.clone());
        }
        must!(
            disk.tip == self.state.tip(),
            "the ledger ends at {}, its fold at {}",
            disk.tip,
            self.state.tip()
        );
        for wrote in disk.wrote.iter().skip(self.wrote) {
            self.terms(wrote)?;
        }
        self.wrote = disk.wrote.len();
        let gone = disk.received.gone(&self.received);
        must!(gone.is_none(), "what was received of {gone:?} is gone");
        self.received = disk.received.moments().collect();
        Ok(())
    }

    /// A term is one process's, and nothing is recorded under one that is over.
    fn terms(&mut self, wrote: &Wrote) -> Verdict {
        let Under::Term(term) = wrote.under else {
            return Ok(());
        };
        must!(
            wrote.term == Some((wrote.by, term)),
            "process {} recorded {} from {} under term {term}; there ran {:?}",
            wrote.by,
            wrote.count,
            wrote.first,
            wrote.term
        );
        let own = *self.terms.entry(term).or_insert(wrote.by);
        must!(own == wrote.by, "term {term} is of {own} and of {}", wrote.by);
        Ok(())
    }

    /// What was shown as done stands, and what was refused does not.
    fn hear(&mut self, answers: Vec<Answered>) -> Verdict {
        for (seat, answer) in answers {
            match answer {
                Ok(done) => drop(self.done.insert(seat.to_string(), done.count)),
                Err(_) => drop(self.refused.insert(seat.to_string())),
            }
        }
        let other = self.done.iter().find(|row| self.seats.get(row.0) != Some(row.1));
        must!(
            other.is_none(),
            "{other:?} was shown as done by so many entries, and there stand {:?} in the ledger",
            other.and_then(|row| self.seats.get(row.0))
        );
        let ghost = self.refused.iter().find(|seat| self.seats.contains_key(*seat));
        must!(ghost.is_none(), "{ghost:?} was refused and stands in the ledger");
        Ok(())
    }

    /// What a seat shows as done by itself.
    pub(crate) fn painted(&mut self, painted: Option<Answered>) {
        let count = |answer: Result<Done, Refusal>| answer.map_or(0, |done| done.count);
        self.done
            .extend(painted.map(|(seat, answer)| (seat.to_string(), count(answer))));
    }

    /// An order reaches the field once, and again only where a person had it sent again by a way without a key.
    fn field(&self, world: &World<'_>) -> Verdict {
        if self.restored {
            return Ok(());
        }
        for (id, acted) in &world.field.acted {
            let task = self.state.tasks.get(id.as_str());
            let is_keyed = task.is_some_and(|task| task.way.as_str() == "hook");
            let again = world.people.again.get(id.as_str()).copied().unwrap_or(0);
            let most = if is_keyed { 1 } else { 1 + again };
            must!(
                *acted <= most,
                "order {id} was acted on {acted} times, asked for {most}: {}",
                told(world, &format!("task/{id}"))
            );
        }
        Ok(())
    }

    /// What one process shows.
    fn board(&mut self, world: &World<'_>, process: &Process, whole: bool) -> Verdict {
        let (board, id) = (process.board(), process.id);
        let (ours, head) = (board.state.tip(), self.state.tip());
        let holds = locked(&world.ground.disk).holds(&ours);
        must!(
            holds || self.restored,
            "process {id} shows {ours}, which does not stand in the ledger"
        );
        let is_told = board.readable.is_err();
        let behind = self.behind.entry(id).or_insert((head.seq, 0));
        let is_well = is_told || (holds && ours.seq >= behind.0) || locked(&process.wrong).unread;
        *behind = if is_well {
            (head.seq, 0)
        } else {
            (behind.0, behind.1 + 1)
        };
        must!(
            behind.1 <= BEHIND,
            "process {id} is at {ours}, the ledger at {head}, without a word"
        );
        if holds && ours == head && whole {
            must!(
                board.state == self.state,
                "process {id} shows another state than the ledger's fold"
            );
        }
        let now = process.now();
        let calm = board.calm(now);
        if !calm.hears_all() {
            self.missing.retain(|(process, _), _| *process != id);
            return Ok(());
        }
        let set = world
            .sets
            .last()
            .is_some_and(|set| world.steady() - set.0 < UNSETTLED);
        if set {
            return Ok(());
        }
        let missing = |alarm: &AlarmId| {
            let known = board.state.alarms.contains_key(alarm);
            // What a journal told is told once: a person may have ended it since.
            !known && (!is_journal(alarm) || board.state.version(&Stream::Alarm(alarm.clone())) == 0)
        };
        let awake = world.awake();
        for upstream in &world.upstreams {
            for (name, standing) in &upstream.standing {
                let alarm = AlarmId::new(&format!("{}/{name}", upstream.name));
                let long = awake - standing.since > known(world, upstream) && now - standing.at < FIRE_LASTS;
                if !long || !missing(&alarm) {
                    self.missing.remove(&(id, alarm));
                    continue;
                }
                let since = *self.missing.entry((id, alarm.clone())).or_insert(awake);
                must!(
                    awake - since <= grace(world, &alarm),
                    "process {id} doubts nothing and does not know of {alarm}, which stands for {} s: {}",
                    (awake - standing.since).ms() / 1000,
                    told(world, &format!("alarm/{alarm}"))
                );
            }
        }
        Ok(())
    }

    /// Once nothing goes wrong any more all agree, somebody collects, and all is known. What is not so yet.
    pub(crate) fn converged(&self, world: &World<'_>) -> Verdict {
        let collecting = world.processes.iter().filter(|process| process.board().collects);
        let collecting: Vec<usize> = collecting.map(|process| process.id).collect();
        must!(collecting.len() == 1, "collect: {collecting:?}");
        must!(
            world.people.waiting() == 0,
            "{} wait for an answer",
            world.people.waiting()
        );
        for process in &world.processes {
            let (board, id) = (process.board(), process.id);
            must!(
                board.state.tip() == self.state.tip(),
                "process {id} is at {}, the ledger at {}",
                board.state.tip(),
                self.state.tip()
            );
            must!(
                board.writable.is_ok(),
                "process {id} cannot write: {:?}",
                board.writable
            );
            must!(
                board.readable.is_ok(),
                "process {id} cannot read: {:?}",
                board.readable
            );
            must!(
                board.beside.is_ok(),
                "process {id} cannot keep: {:?}, collects {}",
                board.beside,
                board.collects
            );
            let calm = board.calm(process.now());
            must!(calm.hears_all(), "process {id} doubts: {:?}", calm.doubts);
        }
        for id in world
            .upstreams
            .iter()
            .filter(|own| own.name == JOURNAL)
            .flat_map(|own| own.standing.keys())
        {
            let alarm = AlarmId::new(&format!("{JOURNAL}/{id}"));
            let raised = self.state.version(&Stream::Alarm(alarm)) > 0;
            must!(raised, "{id} was told once and is recorded nowhere");
        }
        let listed = world.upstreams.iter().filter(|own| own.name != JOURNAL);
        let there = listed.flat_map(|upstream| {
            let ids = upstream.standing.keys();
            ids.map(|id| format!("{}/{id}", upstream.name))
        });
        let there: BTreeSet<String> = there.collect();
        let active = self.state.alarms.values().filter(|alarm| alarm.active);
        let active = active
            .map(|alarm| alarm.id.to_string())
            .filter(|id| id.contains('/') && !id.starts_with("SYS") && !id.starts_with(JOURNAL));
        let active: BTreeSet<String> = active.collect();
        let (more, less): (Vec<_>, Vec<_>) = (
            active.difference(&there).collect(),
            there.difference(&active).collect(),
        );
        let first = more
            .iter()
            .chain(&less)
            .next()
            .map(|id| told(world, &format!("alarm/{id}")));
        must!(
            first.is_none(),
            "active here and not upstream: {more:?}, upstream and not here: {less:?}: {}",
            first.unwrap_or_default()
        );
        let trying = self.state.tasks.values().find(|task| {
            let later = matches!(task.delivery, Delivery::Pending { next, .. } if next > world.now());
            let waits = task.is_leaving() && !later && task.attempts() == Some(0);
            waits && world.now() - (task.sent + task.stepped) > Span::from_ms(SLOWEST.ms() + 2 * EVERY.ms())
        });
        must!(
            trying.is_none(),
            "still on its way: {:?}",
            trying.map(|task| &task.delivery)
        );
        Ok(())
    }

    /// At the end of the day: the chain is whole, and whoever folds it anew has the same.
    pub(crate) fn end(&self, world: &World<'_>, thorough: bool) -> Verdict {
        let disk = locked(&world.ground.disk);
        let audit = disk.verify();
        must!(
            audit.broken.is_none() && audit.good == self.state.seq,
            "the chain: {audit:?}"
        );
        must!(
            disk.state(self.state.stay) == self.state,
            "a fresh fold is another state"
        );
        must!(
            !thorough || disk.reads_back(),
            "a row does not read back as its entry"
        );
        let days = disk.received.judged(&disk.roots(u64::MAX));
        must!(
            days.differ.is_empty(),
            "readings that are not those of their day: {days:?}"
        );
        for process in &world.processes {
            let same = process.board().state == self.state;
            must!(same, "process {} ends with another state", process.id);
        }
        Ok(())
    }
}
