//! The loops that the sample runs by.

use lookout::domain::id::{MoveId, PlaybookId, StageId};
use lookout::domain::person::Role;
use lookout::domain::playbook::{
    Length, Limit, Move, Need, Origin, Playbook, Provenance, Reason, Rung, Since, Stage, Words,
};
use lookout::domain::signal::SignalKind;
use lookout::domain::time::Span;

fn words(zh: &str, en: &str) -> Words {
    Words {
        zh: zh.into(),
        en: en.into(),
    }
}

fn stage(id: &str, zh: &str, en: &str, mins: Option<i64>) -> Stage {
    Stage {
        id: StageId::new(id),
        means: None,
        words: words(zh, en),
        closed: id == "closed",
        limit: mins.map(|mins| Limit {
            length: Length::Span(Span::mins(mins)),
            by: None,
            until: None,
            since: Since::Entered,
            provenance: Provenance {
                origin: Origin::Local,
                text: "秸秆焚烧处置规程 第 4 条".into(),
            },
            escalate: vec![Rung {
                role: Role::Leader,
                after: Span::ZERO,
            }],
        }),
        tells: Vec::new(),
        checklist: Vec::new(),
    }
}

fn step(id: &str, name: (&str, &str), from: &[&str], to: &str) -> Move {
    Move {
        id: MoveId::new(id),
        words: words(name.0, name.1),
        from: from.iter().map(|s| StageId::new(s)).collect(),
        to: Some(StageId::new(to)),
        roles: vec![Role::Operator, Role::Leader],
        ..Move::default()
    }
}

/// A loop like that for straw fires.
pub(super) fn straw_fire() -> Playbook {
    let reasons = vec![
        Reason {
            code: "chimney".into(),
            words: words("烟囱、炊烟", "chimney or cooking smoke"),
        },
        Reason {
            code: "fog".into(),
            words: words("雾气、扬尘", "fog or dust"),
        },
        Reason {
            code: "other".into(),
            words: words("其他", "other"),
        },
    ];
    Playbook {
        id: PlaybookId::new("straw-fire"),
        version: 1,
        letter: 'F',
        words: words("秸秆火情", "straw fire"),
        by_hand: true,
        opens_on: vec![SignalKind::Fire],
        stages: vec![
            stage("found", "待核实", "to be checked", Some(15)),
            stage("confirmed", "待派单", "to be dispatched", Some(5)),
            stage("dispatched", "处置中", "being handled", Some(30)),
            stage("closed", "已销号", "closed", None),
        ],
        moves: vec![
            Move {
                verdict: Some("true".into()),
                ..step("confirm", ("属实", "true"), &["found"], "confirmed")
            },
            Move {
                verdict: Some("false".into()),
                needs: vec![Need::Reason, Need::Comment],
                reasons,
                ..step(
                    "false",
                    ("误报", "false alarm"),
                    &["found", "confirmed"],
                    "closed",
                )
            },
            Move {
                dispatches: true,
                needs: vec![Need::Unit],
                ..step(
                    "dispatch",
                    ("派单", "dispatch"),
                    &["found", "confirmed"],
                    "dispatched",
                )
            },
            Move {
                needs: vec![Need::Comment],
                ..step("close", ("销号", "close"), &["dispatched", "confirmed"], "closed")
            },
        ],
        ..Playbook::default()
    }
}

/// A loop for anything else.
pub(super) fn general() -> Playbook {
    Playbook {
        id: PlaybookId::new("matter"),
        letter: 'M',
        words: words("一般事件", "general matter"),
        opens_on: vec![SignalKind::Alert, SignalKind::Weather],
        ..straw_fire()
    }
}
