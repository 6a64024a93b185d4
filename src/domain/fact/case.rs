//! What happens to a case (事件).

use crate::domain::fact::pool::{Pool, Pooled, share};
use crate::domain::id::{
    AlarmId, CaseId, EnterpriseId, FieldId, MoveId, PlaybookId, PointId, StageId, TaskId, TownshipId, UnitId,
};
use crate::domain::place::Place;
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span};
use serde::{Deserialize, Serialize};

/// What a case is about; fixed at its opening.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Matter {
    /// The loop it runs by.
    pub playbook: PlaybookId,
    /// The playbook's version at opening.
    pub playbook_version: u32,
    /// The stage it starts in: the playbook's first.
    pub stage: StageId,
    /// What that stage means ([`crate::domain::playbook::meaning`]), where its key does not say so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub means: Option<StageId>,
    /// One line.
    pub title: Clean,
    /// Where, if known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// The township, if found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub township: Option<TownshipId>,
    /// The township or area in the upstream's own words, where the directory does not know them; else empty.
    #[serde(default, skip_serializing_if = "Clean::is_empty")]
    pub area: Clean,
    /// The alarm it was opened on; `None` when opened by hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alarm: Option<AlarmId>,
    /// When the matter was detected: clocks count from here.
    pub detected: Moment,
    /// The earlier case at the same place that this one is again (复燃).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rekindles: Option<CaseId>,
    /// The case that it belongs under: a measure's episode, a find's cruise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<CaseId>,
    /// What saw it, or is measured there: a camera, a section, an outlet, a meter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub point: Option<PointId>,
    /// The enterprise it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enterprise: Option<EnterpriseId>,
    /// The unit it is given to from the beginning: the unit of a measure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// What was written down at its opening.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<(FieldId, Clean)>,
    /// What another matter must be like to repeat it: loop and compared fields; `None` where the loop compares none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub likeness: Option<Clean>,
    /// The earlier case that it repeats (重复).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repeats: Option<CaseId>,
}

/// What a move was given.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MoveInput {
    /// A reason code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Clean>,
    /// Words.
    pub comment: Clean,
    /// The unit it goes to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// Another case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseId>,
    /// A photo's path, address or number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub photo: Option<Clean>,
    /// Of how many cases that one photo is the evidence (共用), where a step was made for several at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shared_by: Option<u32>,
    /// Fields that were filled in or changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<(FieldId, Clean)>,
    /// When it was done, by the clock of the unit that answered so; the entry's time is when that was heard.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Moment>,
}

/// What a step and the stage it entered mean ([`crate::domain::playbook::meaning`]).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Means {
    /// What the step counts as, whatever the room calls it.
    pub step: MoveId,
    /// What the entered stage counts as.
    pub to: StageId,
}

/// What happened to a case, as the ledger keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum CaseFact {
    /// It was opened.
    Opened(Box<Matter>),
    /// A step was made.
    Moved {
        /// By its key in the loop's file of that version.
        step: MoveId,
        /// The stage it left.
        from: StageId,
        /// The stage it entered.
        to: StageId,
        /// Whether the entered stage closes it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        closes: bool,
        /// The verdict it states, if one.
        #[serde(skip_serializing_if = "Option::is_none")]
        verdict: Option<Clean>,
        /// What was given with it.
        given: Box<MoveInput>,
        /// After how long in the entered stage the desk makes the next step by itself, if it does.
        #[serde(skip_serializing_if = "Option::is_none")]
        again: Option<Span>,
        /// How much later the running limit ends by it.
        #[serde(skip_serializing_if = "Option::is_none")]
        extends: Option<Span>,
        /// What the step and the entered stage mean, where their keys do not say so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        means: Option<Box<Means>>,
    },
    /// The last step was taken back.
    Reverted {
        /// The stage it was in.
        from: StageId,
        /// The stage it is in again.
        to: StageId,
    },
    /// The limit of a stage passed.
    Late {
        /// The one whose limit it was: the case may have moved on since.
        stage: StageId,
        /// The limit's end.
        due: Moment,
    },
    /// Another alarm belongs to it.
    Joined {
        /// From now on handled with the case.
        alarm: AlarmId,
    },
    /// An order was made for it.
    Ordered {
        /// By its id, which no other ledger has.
        task: TaskId,
    },
    /// Words were added.
    Noted {
        /// As they were written; none of them is taken back.
        words: Clean,
    },
}

share!(Matter: playbook, stage, means, township, parent, point, unit, fields);
share!(Means: step, to);
share!(MoveInput: reason, comment, unit, fields);

impl Pooled for CaseFact {
    fn share(&mut self, pool: &mut Pool) {
        match self {
            Self::Opened(matter) => matter.share(pool),
            Self::Moved {
                step,
                from,
                to,
                verdict,
                given,
                means,
                ..
            } => {
                step.share(pool);
                from.share(pool);
                to.share(pool);
                verdict.share(pool);
                given.share(pool);
                if let Some(means) = means {
                    means.share(pool);
                }
            }
            Self::Reverted { from, to } => {
                from.share(pool);
                to.share(pool);
            }
            Self::Late { stage, .. } => stage.share(pool),
            Self::Joined { .. } | Self::Ordered { .. } | Self::Noted { .. } => {}
        }
    }
}
