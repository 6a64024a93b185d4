//! Playbooks (流程): a closed loop as data — stages, moves, clocks, verdicts — read from a file and checked in `config`.
//! A new kind of matter is a playbook file, not code. The engine that runs them is in [`crate::domain::decide::engine`].

mod limit;
pub mod meaning;
mod trigger;

use crate::domain::calendar::Calendar;
use crate::domain::id::{FieldId, MoveId, PlaybookId, StageId};
use crate::domain::person::Role;
use crate::domain::signal::SignalKind;
use crate::domain::template::Wording;
use crate::domain::text::Clean;
use crate::domain::time::Span;
use imbl::OrdMap;

pub use limit::{Length, Limit, Rung, SINCES, Since};
pub use trigger::Trigger;

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

/// What is written down about a matter, by field.
pub type Fields = OrdMap<FieldId, Clean>;

/// A stage of a matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stage {
    /// Its key.
    pub id: StageId,
    /// What it means to the program ([`meaning`]), where its key does not say so.
    pub means: Option<StageId>,
    /// What people read.
    pub words: Words,
    /// Whether the matter is closed here.
    pub closed: bool,
    /// By when it must be left.
    pub limit: Option<Limit>,
    /// Whom it is told at once that a matter is here.
    pub tells: Vec<Role>,
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

/// A reason, or a value of a choice field, that a person picks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Its code in the ledger and in reports.
    pub code: Clean,
    /// What people read.
    pub words: Words,
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// Words.
    Text,
    /// A decimal number.
    Number,
    /// A day, `2026-11-23`.
    Day,
    /// One of these codes.
    Choice(Vec<Reason>),
}

/// What is written down about a matter beside its title and place (登记项).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseField {
    /// Its key.
    pub id: FieldId,
    /// What people read.
    pub words: Words,
    /// What it holds.
    pub kind: FieldKind,
    /// Asked when a case is opened by hand.
    pub intake: bool,
    /// May not stay empty where it is asked.
    pub needed: bool,
    /// The choice field whose codes its own begin with, before a dot (领域.任务).
    pub within: Option<FieldId>,
}

/// What a move waits for before it is offered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum When {
    /// Nothing.
    #[default]
    Always,
    /// The stage's limit has passed.
    Late,
    /// Every alarm of the case has returned to normal.
    Returned,
    /// Every case opened under it is closed.
    Settled,
}

/// One row a condition: its key in files.
pub const WHENS: &[(When, &str)] = &[
    (When::Always, "always"),
    (When::Late, "late"),
    (When::Returned, "returned"),
    (When::Settled, "settled"),
];

/// One permitted step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Move {
    /// Its key.
    pub id: MoveId,
    /// What it means to the program ([`meaning`]), where its key does not say so.
    pub means: Option<MoveId>,
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
    /// Fields that are given with it.
    pub asks: Vec<FieldId>,
    /// Whether it sends an order to the unit.
    pub dispatches: bool,
    /// Whether what it sends is a notice to the enterprise that the case is about, not an order to a unit.
    pub to_enterprise: bool,
    /// What makes it without a person, beside those who may.
    pub by_itself: Vec<Trigger>,
    /// When it is offered.
    pub when: When,
    /// How often it may be made in the life of a case.
    pub most: Option<u32>,
    /// How much later the running limit ends by it (延期).
    pub extends: Option<Span>,
    /// Not for whoever made that step last (另一人复核).
    pub not_by: Option<MoveId>,
    /// The loop of the case that it opens under this one.
    pub opens: Option<PlaybookId>,
}

/// When a new matter repeats an earlier one (重复): the same values of these fields within the time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repeat {
    /// Which fields are compared.
    pub same: Vec<FieldId>,
    /// Within this time, from opening to opening.
    pub within: Span,
}

/// How near to each other two matters are the same one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Nearness {
    /// Within this distance.
    pub metres: f64,
    /// Within this time.
    pub within: Span,
}

/// A closed loop.
#[derive(Clone, Debug, Default, PartialEq)]
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
    /// The codes of rules' alarms that a case of it is opened on; an open one at the same point takes the alarm in.
    pub opens_on_alarm: Vec<Clean>,
    /// Who may see its cases and the alarms it opens on; everybody where empty.
    pub sees: Vec<Role>,
    /// Whether a person may open one.
    pub by_hand: bool,
    /// Who may write one down (登记) beside the duty room.
    pub registered_by: Vec<Role>,
    /// The loop its cases belong under.
    pub under: Option<PlaybookId>,
    /// What is written down about a matter.
    pub fields: Vec<CaseField>,
    /// Stages in order; a case starts in the first.
    pub stages: Vec<Stage>,
    /// Moves in the order they are offered.
    pub moves: Vec<Move>,
    /// When a new matter is one that was closed, again (复燃); the time counts from its closing.
    pub rekindle: Option<Nearness>,
    /// When a new matter is probably one that is open (重复); the time counts from detection to detection.
    pub duplicate: Option<Nearness>,
    /// When a new matter repeats an earlier one (重复), open or closed.
    pub repeat: Option<Repeat>,
    /// What its orders say, where that is its own.
    pub order: Option<Wording>,
    /// The days that its limits count by.
    pub calendar: Calendar,
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

    /// A field by its key.
    pub fn field(&self, id: &FieldId) -> Option<&CaseField> {
        self.fields.iter().find(|field| field.id == *id)
    }

    /// Whether `role` may see its cases and the alarms it opens on.
    pub fn is_seen_by(&self, role: Role) -> bool {
        self.sees.is_empty() || self.sees.contains(&role)
    }

    /// Whether `role` may write one down (登记).
    pub fn may_register(&self, role: Role) -> bool {
        self.by_hand && self.is_seen_by(role) && (role.may_act() || self.registered_by.contains(&role))
    }

    /// Whether an alarm of this code is of the kind it opens on.
    pub fn takes(&self, code: &str) -> bool {
        let of_rule = self.opens_on_alarm.iter().any(|own| own.as_str() == code);
        of_rule || self.opens_on.iter().any(|kind| kind.code() == code)
    }

    /// Whether its cases go to the unit of their township: some step sends an order or names the unit.
    pub fn goes_to_a_unit(&self) -> bool {
        let to_unit =
            |step: &Move| step.dispatches && !step.to_enterprise || step.needs.contains(&Need::Unit);
        self.moves.iter().any(to_unit)
    }

    /// Who may lead a case on from `stage`, each role once.
    pub fn roles_at(&self, stage: &StageId) -> Vec<Role> {
        let mut roles = Vec::new();
        for role in self
            .moves_from(stage)
            .filter(|step| step.to.is_some())
            .flat_map(|step| &step.roles)
        {
            if !roles.contains(role) {
                roles.push(*role);
            }
        }
        roles
    }

    /// The step that sends an order from `stage`.
    pub fn dispatching<'a>(&'a self, stage: &'a StageId) -> Option<&'a Move> {
        self.moves_from(stage).find(|step| step.dispatches)
    }

    /// The moves that leave `stage`, in the order they are offered.
    pub fn moves_from<'a>(&'a self, stage: &'a StageId) -> impl Iterator<Item = &'a Move> {
        self.moves.iter().filter(move |m| m.from.contains(stage))
    }
}
