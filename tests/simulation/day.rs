//! A room-day: stretches of work, with what goes wrong in them, until enough has happened; then all that goes wrong ceases,
//! and everything must come to agree.

use crate::draw::Draw;
use crate::known::left;
use crate::planted::Planted;
use crate::process::Process;
use crate::room::Furniture;
use crate::store::locked;
use crate::upstream::{MOODS, Mood, SOURCES};
use crate::what::What;
use crate::witness::{Verdict, Witness};
use crate::world::World;
use lookout::domain::time::{Moment, Span};
use std::fmt;
use std::fmt::Debug;

/// What a day must hold at least: facts, orders, faults.
pub(crate) const LEAST: (u64, usize, u32) = (200, 20, 5);
/// Steps after which a day that has not come to its end is stuck.
const MOST_STEPS: usize = 600;
/// Steps within which all agree once nothing goes wrong, beside those that the pages of a journal take.
const SETTLES: usize = 120;
/// Steps within which a page comes whose answer is slow.
const PAGE_TAKES: usize = 3;

/// What a day held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Held {
    pub(crate) facts: u64,
    pub(crate) orders: usize,
    pub(crate) faults: u32,
    pub(crate) steps: usize,
    /// The last entry, by the beginning of its hash: two days with the same are the same.
    pub(crate) head: u64,
}

/// A day on which something was not true that must be.
pub(crate) struct Broken {
    seed: u64,
    why: String,
    steps: Vec<(Span, Vec<What>)>,
}

impl Debug for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "LOOKOUT_SEED={}: {}", self.seed, self.why)?;
        let from = self.steps.len().saturating_sub(40);
        for (nth, (span, what)) in self.steps.iter().enumerate().skip(from) {
            writeln!(f, "  {nth:3} +{:5} ms  {what:?}", span.ms())?;
        }
        Ok(())
    }
}

impl Broken {
    /// What was not true, and after how many steps.
    pub(crate) fn told(&self) -> (&str, usize) {
        (&self.why, self.steps.len())
    }
}

/// One day of that seed.
pub(crate) fn day(seed: u64, planted: Option<Planted>, furniture: &Furniture) -> Result<Held, Broken> {
    let mut day = Day {
        draw: Draw::of(seed, "day", 0),
        world: World::new(seed, planted, furniture),
        witness: Witness::default(),
        held: Held::default(),
        steps: Vec::new(),
    };
    let went = day.works().and_then(|()| day.settles()).and_then(|()| {
        let thorough = seed.is_multiple_of(32);
        day.witness.end(&day.world, thorough)
    });
    went.map_err(|why| Broken {
        seed,
        why,
        steps: std::mem::take(&mut day.steps),
    })?;
    let hash = day.witness.state.hash;
    let head = hash
        .iter()
        .take(8)
        .fold(0, |all, byte| all << 8 | u64::from(*byte));
    Ok(Held {
        steps: day.steps.len(),
        head,
        ..day.held
    })
}

struct Day<'a> {
    draw: Draw,
    world: World<'a>,
    witness: Witness,
    held: Held,
    steps: Vec<(Span, Vec<What>)>,
}

impl Day<'_> {
    /// Until enough has happened.
    fn works(&mut self) -> Verdict {
        self.happens(What::Starts);
        self.happens(What::Starts);
        loop {
            let what = self.draws();
            for one in &what {
                self.happens(*one);
            }
            let passes = [300, 1_000, 1_000, 3_000, 3_000, 5_000];
            let span = Span::from_ms(self.draw.one(&passes).copied().unwrap_or(1_000));
            self.step(span, what)?;
            let held = &mut self.held;
            held.facts = held.facts.max(self.witness.state.seq);
            held.orders = self.witness.orders;
            if held.facts >= LEAST.0 && held.orders >= LEAST.1 && held.faults >= LEAST.2 {
                return Ok(());
            }
            if self.steps.len() > MOST_STEPS {
                return Err(format!("the day comes to no end: {held:?}"));
            }
        }
    }

    /// Nothing goes wrong any more: until all agree.
    fn settles(&mut self) -> Verdict {
        self.world.cease();
        let mut yet = Ok(());
        let most = SETTLES + left(&self.world) * PAGE_TAKES;
        for _ in 0..most {
            self.again();
            self.step(Span::secs(2), Vec::new())?;
            yet = self.witness.converged(&self.world);
            if yet.is_ok() {
                return Ok(());
            }
        }
        yet.map_err(|why| format!("all was well for {most} steps, and {why}"))
    }

    /// There are two processes at least, and none that an older copy has left behind.
    fn again(&mut self) {
        let left = |process: &Process| {
            process.board().readable.is_err()
                && !locked(&self.world.ground.disk).holds(&process.board().state.tip())
        };
        if let Some(nth) = self.world.processes.iter().position(left) {
            self.world.kill(nth);
        }
        while self.world.processes.len() < 2 {
            if !self.world.start() {
                break;
            }
        }
    }

    fn step(&mut self, span: Span, what: Vec<What>) -> Verdict {
        self.steps.push((span, what));
        let (answers, _) = self.world.step(span);
        let whole = self.steps.len().is_multiple_of(8);
        self.witness.look(&self.world, answers, whole)
    }

    /// What happens next.
    fn draws(&mut self) -> Vec<What> {
        let draw = &self.draw;
        let process =
            |draw: &Draw| usize::try_from(draw.below(self.world.processes.len() as u64)).unwrap_or(0);
        let mut what = Vec::new();
        for source in 0..2 {
            what.extend((0..draw.below(4)).map(|_| What::Begins(source)));
            what.extend((0..draw.below(3)).map(|_| What::Ends(source)));
        }
        for source in 2..4 {
            what.extend((0..draw.below(2)).map(|_| What::Begins(source)));
            what.extend((0..draw.below(2)).map(|_| What::Ends(source)));
        }
        let acts = self.world.processes.len() as u64 * 4;
        for _ in 0..draw.below(acts + 1) {
            what.push(What::Acts(process(draw)));
        }
        if self.world.processes.len() < 2 && draw.happens(500)
            || self.world.processes.len() == 2 && draw.happens(10)
        {
            what.push(What::Starts);
        }
        for nth in 0..self.world.processes.len() {
            if draw.happens(200) {
                what.push(What::Mended(nth));
            }
        }
        if draw.happens(300) && !self.world.processes.is_empty() {
            what.push(self.fault(process(draw)));
        }
        what
    }

    /// Something that goes wrong.
    fn fault(&self, nth: usize) -> What {
        let draw = &self.draw;
        match draw.below(100) {
            0..5 => What::Killed(nth),
            5..17 => What::KilledWithin(
                nth,
                1 + u32::try_from(draw.below(12)).unwrap_or(0),
                draw.happens(500),
            ),
            17..21 => What::Stops(nth),
            21..31 => What::Paused(nth, draw.span(Span::secs(2), Span::secs(30))),
            31..33 => What::Sleeps(draw.span(Span::mins(1), Span::hours(6))),
            33..38 => {
                let by = [-3_600, -90, -20, 7, 40, 3_600, 86_400];
                What::ClockSet(Span::secs(draw.one(&by).copied().unwrap_or(7)))
            }
            38..43 => What::Full(nth),
            43..47 => What::Beside(nth),
            47..52 => What::Unread(nth),
            52..62 => What::Unknown(nth, draw.happens(500), u32::try_from(draw.below(3)).unwrap_or(0)),
            62..63 => What::Restored(1 + draw.below(12)),
            _ => {
                let mood = draw.one(&MOODS).copied().unwrap_or(Mood::Mute);
                let source = usize::try_from(draw.below(SOURCES.len() as u64)).unwrap_or(0);
                What::Mooded(source, mood, draw.span(Span::secs(4), Span::secs(60)))
            }
        }
    }

    fn happens(&mut self, what: What) {
        let (now, steady) = (self.world.now(), self.world.steady());
        let awake = self.world.awake();
        for upstream in &mut self.world.upstreams {
            if upstream.until <= steady {
                upstream.mood = Mood::Honest;
            }
        }
        let world = &mut self.world;
        self.held.faults += u32::from(what.is_fault());
        match what {
            What::Begins(source) => world
                .upstreams
                .iter_mut()
                .skip(source)
                .take(1)
                .for_each(|upstream| upstream.begin(now, awake)),
            What::Ends(source) => {
                let draw = &self.draw;
                world
                    .upstreams
                    .iter_mut()
                    .skip(source)
                    .take(1)
                    .for_each(|upstream| upstream.end(draw));
            }
            What::Acts(nth) => {
                if let Some(process) = world
                    .processes
                    .get(nth)
                    .filter(|process| process.paused.is_none())
                {
                    let painted = world.people.act(process, &self.draw);
                    self.witness.painted(painted);
                }
            }
            What::Starts => drop(world.start()),
            What::Stops(nth)
                if world
                    .processes
                    .get(nth)
                    .is_some_and(|process| process.paused.is_none()) =>
            {
                world.stop(nth);
            }
            What::Killed(nth) => world.kill(nth),
            What::Sleeps(span) => world.sleep(span),
            What::ClockSet(by) => world.set_clock(by),
            What::Mooded(source, mood, span) => {
                for upstream in world.upstreams.iter_mut().skip(source).take(1) {
                    (upstream.mood, upstream.until) = (mood, steady + span);
                }
            }
            What::Restored(back) => {
                let mut disk = locked(&world.ground.disk);
                let after = disk.tip.seq.saturating_sub(back);
                disk.cut(after);
                drop(disk);
                self.witness.restore(world);
            }
            What::Paused(nth, _)
            | What::KilledWithin(nth, ..)
            | What::Full(nth)
            | What::Beside(nth)
            | What::Unread(nth)
            | What::Unknown(nth, ..)
            | What::Mended(nth)
            | What::Stops(nth) => {
                if let Some(process) = world.processes.get_mut(nth) {
                    Self::wrong(process, what, steady);
                }
            }
        }
    }

    /// Something goes wrong with one process, or is put right.
    fn wrong(process: &mut Process, what: What, steady: Moment) {
        let mut wrong = locked(&process.wrong);
        match what {
            What::Paused(_, span) => process.paused = Some(steady + span),
            What::KilledWithin(_, steps, done) => wrong.kill = Some((steps, done)),
            What::Full(_) => wrong.full = true,
            What::Beside(_) => wrong.beside = true,
            What::Unread(_) => wrong.unread = true,
            What::Unknown(_, stands, times) => (wrong.unknown, wrong.unsettled) = (Some(stands), times),
            _ => (wrong.full, wrong.beside, wrong.unread) = (false, false, false),
        }
    }
}
