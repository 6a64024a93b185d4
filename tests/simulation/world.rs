//! The world of one day: the machine's clocks, the disk, the network, the upstreams, the field, and the processes between
//! them. One step moves all of them on by a span; what goes wrong is put into it from outside.

use crate::disk::Disk;
use crate::draw::Draw;
use crate::field::Field;
use crate::net::Net;
use crate::people::{Answered, People};
use crate::planted::Planted;
use crate::process::{Ground, Process};
use crate::room::Furniture;
use crate::store::{Wrong, locked};
use crate::upstream::{Mood, SOURCES, Upstream};
use lookout::clock::Clock;
use lookout::domain::time::{Moment, Span};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

/// When the day begins: a minute before a midnight of 2025.
const DAWN: i64 = 1_760_025_530_000;
/// The longest that an answer is under way.
pub(crate) const SLOWEST: Span = Span::secs(6);

/// The world.
pub(crate) struct World<'a> {
    pub(crate) seed: u64,
    pub(crate) planted: Option<Planted>,
    furniture: &'a Furniture,
    pub(crate) ground: Ground,
    wall: Arc<AtomicI64>,
    steady: Arc<AtomicI64>,
    pub(crate) upstreams: Vec<Upstream>,
    pub(crate) field: Field,
    pub(crate) processes: Vec<Process>,
    pub(crate) people: People,
    started: usize,
    answered: u64,
    /// When the wall clock was set, by the steady one, and by how much.
    pub(crate) sets: Vec<(Moment, Span)>,
    /// When a process last started, by the steady clock.
    pub(crate) started_at: Moment,
    /// When the machine last woke, by the steady clock, and how long it had slept.
    slept: (Moment, Span),
    /// How long it has slept in all.
    asleep: Span,
    /// How long closed cases stay.
    pub(crate) stay: Span,
}

impl<'a> World<'a> {
    pub(crate) fn new(seed: u64, planted: Option<Planted>, furniture: &'a Furniture) -> Self {
        let wall = Arc::new(AtomicI64::new(DAWN));
        let steady = Arc::new(AtomicI64::new(1_000_000));
        let clock = Clock::Set {
            wall: Arc::clone(&wall),
            steady: Some(Arc::clone(&steady)),
        };
        let (mut disk, mut net) = (Disk::default(), Net::default());
        (disk.planted, net.planted) = (planted, planted);
        Self {
            seed,
            planted,
            furniture,
            ground: Ground {
                disk: Arc::new(Mutex::new(disk)),
                net: Arc::new(Mutex::new(net)),
                clock,
            },
            wall,
            steady,
            upstreams: SOURCES.map(Upstream::new).into(),
            field: Field::default(),
            processes: Vec::new(),
            people: People::new(planted),
            started: 0,
            answered: 0,
            sets: Vec::new(),
            started_at: Moment::default(),
            slept: (Moment::default(), Span::ZERO),
            asleep: Span::ZERO,
            stay: furniture.room().keep_closed,
        }
    }

    pub(crate) fn now(&self) -> Moment {
        self.ground.clock.now()
    }

    /// The same by the clock that nobody sets.
    pub(crate) fn steady(&self) -> Moment {
        Moment::from_ms(self.ground.clock.steady().ms())
    }

    /// Somebody sets the machine's clock.
    pub(crate) fn set_clock(&mut self, by: Span) {
        self.wall.fetch_add(by.ms(), Ordering::SeqCst);
        self.sets.push((self.steady(), by));
    }

    /// The machine sleeps: no process runs meanwhile.
    pub(crate) fn sleep(&mut self, span: Span) {
        self.wall.fetch_add(span.ms(), Ordering::SeqCst);
        self.steady.fetch_add(span.ms(), Ordering::SeqCst);
        self.slept = (self.steady(), span);
        self.asleep = self.asleep + span;
    }

    /// The steady clock of whoever is awake: nobody asks or is asked while the machine sleeps.
    pub(crate) fn awake(&self) -> Moment {
        self.steady() - self.asleep
    }

    /// How long something of that moment is past, the last sleep of the machine not counted.
    pub(crate) fn awake_since(&self, at: Moment) -> Span {
        let past = self.now().age_of(at);
        let awake = self.steady() - self.slept.0;
        if past > awake {
            (past - self.slept.1).max(awake)
        } else {
            past
        }
    }

    /// Another process starts; one that cannot read the ledger does not.
    pub(crate) fn start(&mut self) -> bool {
        self.started += 1;
        let seed = Draw::of(self.seed, "process", self.started as u64).bits();
        let started = Process::start(self.started, &self.ground, self.furniture, (seed, self.planted));
        let is_started = started.is_ok();
        self.started_at = self.steady();
        self.processes.extend(started);
        is_started
    }

    /// It is killed.
    pub(crate) fn kill(&mut self, nth: usize) {
        let process = self.processes.remove(nth);
        self.people.leave(process.id);
    }

    /// It ends as it is told to.
    pub(crate) fn stop(&mut self, nth: usize) {
        let process = self.processes.remove(nth);
        self.people.leave(process.id);
        process.leave();
    }

    /// Time passes: tasks run, letters and lists arrive, each desk that is not paused goes round. What was answered to
    /// people, and how many processes died of it.
    pub(crate) fn step(&mut self, span: Span) -> (Vec<Answered>, usize) {
        self.wall.fetch_add(span.ms(), Ordering::SeqCst);
        self.steady.fetch_add(span.ms(), Ordering::SeqCst);
        let now = self.steady();
        for process in &mut self.processes {
            process.paused = process.paused.filter(|until| *until > now);
            if process.paused.is_none() {
                process.run();
            }
        }
        self.answer();
        while let Some(by) = { locked(&self.ground.net).arrive(now) } {
            let waits = |process: &&mut Process| process.id == by && process.paused.is_none();
            if let Some(process) = self.processes.iter_mut().find(waits) {
                process.run();
            }
        }
        let mut died = 0;
        let mut nth = 0;
        while let Some(process) = self.processes.get_mut(nth) {
            if process.paused.is_some() || process.round() {
                nth += 1;
            } else {
                died += 1;
                self.kill(nth);
            }
        }
        self.answer();
        locked(&self.ground.net).forget();
        (self.people.hear(), died)
    }

    /// What was asked reaches the other side, which answers as it is minded.
    fn answer(&mut self) {
        let (now, steady) = (self.now(), self.steady());
        let asked = locked(&self.ground.net).asked();
        for call in asked {
            self.answered += 1;
            let draw = Draw::of(self.seed, &format!("{}{}", call.key.1, call.key.0), call.key.2);
            let own = |upstream: &&mut Upstream| call.ask.url.contains(&format!("//{}.", upstream.name));
            let body = || String::from_utf8_lossy(call.ask.body.as_deref().unwrap_or_default()).into_owned();
            let header = |name: &str| {
                let found = call.ask.headers.iter().find(|(own, _)| own == name);
                found.map(|(_, value)| value.clone()).unwrap_or_default()
            };
            let came = if let Some(upstream) = self.upstreams.iter_mut().find(own) {
                upstream.answers(&draw, now, &call.ask.url)
            } else if call.ask.url.contains("//hook.") {
                self.field.hook(&draw, (&header("webhook-id"), &body()), now)
            } else {
                let disk = locked(&self.ground.disk);
                let orders = disk
                    .rows
                    .iter()
                    .filter_map(|row| row.stream.strip_prefix("task/"));
                let orders = orders.map(str::to_owned).collect();
                drop(disk);
                self.field.robot(&draw, (&orders, &body()), now)
            };
            let quick = Span::from_ms(600);
            let slow = if draw.happens(200) { SLOWEST } else { quick };
            let at = steady + draw.span(Span::from_ms(10), slow);
            locked(&self.ground.net).answer(call, came, at);
        }
    }

    /// Whatever goes wrong ceases.
    pub(crate) fn cease(&mut self) {
        let now = self.now();
        for upstream in &mut self.upstreams {
            upstream.mood = Mood::Honest;
            // What a clock that was ahead has written is of now.
            upstream
                .standing
                .values_mut()
                .for_each(|standing| standing.at = standing.at.min(now));
        }
        self.field.well = true;
        for process in &mut self.processes {
            process.paused = None;
            *locked(&process.wrong) = Wrong::default();
        }
    }
}
