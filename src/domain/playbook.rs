//! Playbooks (流程): a closed loop as data — stages, moves, clocks, verdicts — read from a file and checked in `config`.
//!
//! A new kind of matter is a playbook file, not code. The engine that runs them is in `case`.

use crate::domain::id::MoveId;
use crate::domain::id::PlaybookId;
use crate::domain::id::StageId;
use crate::domain::person::Role;
use crate::domain::signal::SignalKind;
use crate::domain::text::Clean;
use crate::domain::time::Span;

/// Words of a data file in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Chinese.
    pub zh: Clean,
    /// English.
    pub en: Clean,
}

impl From<&str> for Words {
    /// A text that is the same in every language: a clause, a figure, a room's own words.
    fn from(text: &str) -> Self {
        let text = Clean::new(text);
        Self {
            zh: text.clone(),
            en: text,
        }
    }
}

/// Where a threshold or a time limit comes from; shown wherever it is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A law or a standard.
    Law,
    /// A rule of the place.
    Local,
    /// This program's proposal.
    Default,
}

/// A limit's origin with the document it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// What kind of source.
    pub origin: Origin,
    /// The document, clause or example.
    pub text: Words,
}

/// One row an origin: its key in files and JSON.
pub const ORIGINS: &[(Origin, &str)] = &[
    (Origin::Law, "law"),
    (Origin::Local, "local"),
    (Origin::Default, "default"),
];

/// From when a stage's time limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// From detection of the matter, or from its reopening.
    Detected,
    /// From entering the stage.
    Entered,
}

/// One row a beginning: its key in files.
pub const SINCES: &[(Since, &str)] = &[(Since::Detected, "detected"), (Since::Entered, "entered")];

/// A time limit of a stage: by when it must have been left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    /// How long.
    pub span: Span,
    /// Counted from when.
    pub since: Since,
    /// Who says so.
    pub provenance: Provenance,
    /// Whom a missed limit is brought to, soonest first; empty only marks it late.
    pub escalate: Vec<Rung>,
}

/// One rung of the ladder (督办) that a missed limit climbs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rung {
    /// Whom it is brought to.
    pub role: Role,
    /// How long after the limit; not negative.
    pub after: Span,
}

/// A stage of a matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// Its key.
    pub id: StageId,
    /// What people read.
    pub words: Words,
    /// Whether the matter is closed here.
    pub closed: bool,
    /// By when it must be left.
    pub limit: Option<Limit>,
    /// What to do here, in order (处置要点); a card shows it.
    pub checklist: Vec<Words>,
}

/// What a move asks of the person who makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// One of the move's reason codes.
    Reason,
    /// Words.
    Comment,
    /// The unit it goes to, proposed from the directory.
    Unit,
    /// Another case that this one joins or repeats.
    Case,
    /// A photo's path, address or number.
    Photo,
}

/// One row a need: its key in files and JSON.
pub const NEEDS: &[(Need, &str)] = &[
    (Need::Reason, "reason"),
    (Need::Comment, "comment"),
    (Need::Unit, "unit"),
    (Need::Case, "case"),
    (Need::Photo, "photo"),
];

/// The kinds of a unit's answer that a move may wait for.
pub const ANSWERS: &[&str] = &["received", "on_scene", "done", "returned"];

/// A reason a person picks from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Its code in the ledger and in reports.
    pub code: Clean,
    /// What people read.
    pub words: Words,
}

/// One permitted step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// Its key.
    pub id: MoveId,
    /// What people read on the action.
    pub words: Words,
    /// The stages it leaves.
    pub from: Vec<StageId>,
    /// The stage it enters; `None` for a mere mark (such as 督办) that leaves stage and clock as they are.
    pub to: Option<StageId>,
    /// Who may make it.
    pub roles: Vec<Role>,
    /// What must be given.
    pub needs: Vec<Need>,
    /// Reasons to pick from where [`Need::Reason`] is asked.
    pub reasons: Vec<Reason>,
    /// The verdict on the matter that it states (`true`, `false`, `duplicate` …), if it states one.
    pub verdict: Option<Clean>,
    /// Whether it sends an order to the unit.
    pub dispatches: bool,
    /// The kind of a unit's answer (`received`, `on_scene`, `done`, `returned`) that makes this step by itself.
    pub answer: Option<Clean>,
    /// Offered only once the stage's limit has passed.
    pub when_late: bool,
}

/// How near to each other two matters are the same one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Near {
    /// Within this distance.
    pub metres: f64,
    /// Within this time.
    pub within: Span,
}

/// A closed loop.
#[derive(Clone, Debug, PartialEq)]
pub struct Playbook {
    /// Its key.
    pub id: PlaybookId,
    /// Its version; a case keeps the one it was opened under.
    pub version: u32,
    /// The letter its case numbers begin with.
    pub letter: char,
    /// What people read.
    pub words: Words,
    /// The signals that a case of it is opened on.
    pub opens_on: Vec<SignalKind>,
    /// Stages in order; a case starts in the first.
    pub stages: Vec<Stage>,
    /// Moves in the order they are offered.
    pub moves: Vec<Move>,
    /// When a new matter is one that was closed, again (复燃); the time counts from its closing.
    pub rekindle: Option<Near>,
    /// When a new matter is probably one that is open (重复); the time counts from detection to detection.
    pub duplicate: Option<Near>,
}

impl Playbook {
    /// A stage by its key.
    pub fn stage(&self, id: &StageId) -> Option<&Stage> {
        self.stages.iter().find(|s| s.id == *id)
    }

    /// A move by its key.
    pub fn step(&self, id: &MoveId) -> Option<&Move> {
        self.moves.iter().find(|m| m.id == *id)
    }

    /// The moves that leave `stage`, in the order they are offered.
    pub fn moves_from<'a>(&'a self, stage: &'a StageId) -> impl Iterator<Item = &'a Move> {
        self.moves.iter().filter(move |m| m.from.contains(stage))
    }
}
