//! What a case has been through, over histories with steps taken back.

use super::*;
use crate::domain::case::CaseLine;
use crate::domain::fact::case::{Matter, Means};
use crate::domain::id::CaseId;
use proptest::prelude::*;
use std::sync::Arc;

const NOON: Moment = Moment::from_ms(1_790_000_000_000);

/// What may be in a timeline here.
#[derive(Clone, Copy, Debug)]
enum Told {
    Went(u8),
    Back,
    Late,
    Noted,
}

/// What the stages and moves are called, and what they mean: every other one is called what it means.
const STAGES: [(&str, &str); 4] = [("s0", "s0"), ("own", "s1"), ("s2", "s2"), ("s0 again", "s3")];
const MOVES: [(&str, &str); 4] = [
    ("to0", "to0"),
    ("own", "to1"),
    ("to2", "to2"),
    ("to0 again", "to3"),
];

fn stage(n: u8) -> StageId {
    StageId::new(STAGES[usize::from(n)].0)
}

/// What a step there means, where its keys do not say so.
fn means(n: u8) -> Option<Box<Means>> {
    let (step, to) = (MOVES[usize::from(n)].1, STAGES[usize::from(n)].1);
    let (step, to) = (MoveId::new(step), StageId::new(to));
    (n % 2 == 1).then(|| Box::new(Means { step, to }))
}

fn fact(told: Told) -> CaseFact {
    match told {
        Told::Went(n) => CaseFact::Moved {
            step: MoveId::new(MOVES[usize::from(n)].0),
            from: StageId::default(),
            to: stage(n),
            closes: false,
            verdict: None,
            given: Box::default(),
            again: None,
            extends: None,
            means: means(n),
        },
        Told::Back => CaseFact::Reverted {
            from: StageId::default(),
            to: StageId::default(),
        },
        Told::Late => CaseFact::Late {
            stage: StageId::default(),
            due: NOON,
        },
        Told::Noted => CaseFact::Noted {
            words: Clean::new("seen"),
        },
    }
}

fn case(told: &[Told]) -> Case {
    let matter = Matter {
        stage: StageId::new("own first"),
        means: Some(StageId::new("first")),
        ..Matter::default()
    };
    let mut case = Case::opened(CaseId::new("C1"), matter, Actor::Desk, NOON, 1);
    let lines = told.iter().zip(1..).map(|(told, n)| CaseLine {
        at: NOON + Span::mins(n),
        by: Actor::Desk,
        fact: fact(*told),
    });
    Arc::make_mut(&mut case.timeline).extend(lines);
    case
}

fn told() -> impl Strategy<Value = Vec<Told>> {
    let one = prop_oneof![
        4 => (0u8..4).prop_map(Told::Went),
        2 => Just(Told::Back),
        1 => Just(Told::Late),
        1 => Just(Told::Noted),
    ];
    prop::collection::vec(one, 0..30)
}

/// Strikes out each step that was taken back together with its taking back, one pair at a time, and all that lies
/// between: what was missed in a stage that was never entered was not missed.
fn struck(told: &[Told]) -> Vec<(usize, Told)> {
    let mut left: Vec<(usize, Told)> = told.iter().copied().enumerate().collect();
    while let Some(back) = left.iter().position(|(_, told)| matches!(told, Told::Back)) {
        let step = left
            .iter()
            .take(back)
            .rposition(|(_, told)| matches!(told, Told::Went(_)));
        left.drain(step.unwrap_or(back)..=back);
    }
    left
}

proptest! {
    #[test]
    fn what_was_taken_back_was_never_made(told in told()) {
        let case = case(&told);
        let walk = case.walk();
        let left = struck(&told);
        let at = |nth: usize| NOON + Span::mins(nth as i64 + 1);
        let steps: Vec<(StageId, Moment)> = left
            .iter()
            .filter_map(|(nth, told)| match told {
                Told::Went(n) => Some((stage(*n), at(*nth))),
                Told::Back | Told::Late | Told::Noted => None,
            })
            .collect();
        let walked: Vec<(StageId, Moment)> = walk.steps().iter().map(|s| (s.to.clone(), s.at)).collect();
        prop_assert_eq!(&walked, &steps);
        for n in 0..4_u8 {
            let meant = StageMeaning::called(STAGES[usize::from(n)].1);
            let first = steps.iter().find(|(own, _)| *own == stage(n)).map(|(_, at)| *at);
            prop_assert_eq!(walk.first_in(meant), first);
            prop_assert_eq!(walk.was_in(meant), first.is_some());
            let made: Vec<Moment> = steps.iter().filter(|(own, _)| *own == stage(n)).map(|(_, at)| *at).collect();
            let what = MoveMeaning::called(MOVES[usize::from(n)].1);
            prop_assert_eq!(&walk.times(what), &made);
            let called = MoveId::new(MOVES[usize::from(n)].0);
            let as_called = walk.made_as(&called);
            prop_assert_eq!(as_called.map(|step| step.at).collect::<Vec<_>>(), made);
        }
        prop_assert_eq!(walk.was_late(), left.iter().any(|(_, told)| matches!(told, Told::Late)));
        prop_assert_eq!(walk.first_in(StageMeaning::called("first")), Some(NOON), "it was opened there");
    }
}

#[test]
fn from_one_stage_to_another_of_the_same_meaning_nothing_is_left_and_nothing_entered() {
    let mut case = case(&[]);
    let moved = |to: &str, means: &str, at: i64| CaseLine {
        at: NOON + Span::mins(at),
        by: Actor::Desk,
        fact: CaseFact::Moved {
            step: MoveId::new("on"),
            from: StageId::default(),
            to: StageId::new(to),
            closes: false,
            verdict: None,
            given: Box::default(),
            again: None,
            extends: None,
            means: Some(Box::new(Means {
                step: MoveId::new("on"),
                to: StageId::new(means),
            })),
        },
    };
    let lines = [moved("own second", "first", 1), moved("own third", "second", 2)];
    Arc::make_mut(&mut case.timeline).extend(lines);
    let [first, second] = ["first", "second"].map(StageMeaning::called);
    let walk = case.walk();
    assert_eq!((walk.first_in(first), walk.left(first)), (Some(NOON), Some(2)));
    assert_eq!(walk.first_in(second), Some(NOON + Span::mins(2)));
    assert!(!walk.steps()[0].left(first) && !walk.steps()[0].entered(first));
}
