//! What a case has been through, over histories with steps taken back.

use super::*;
use crate::domain::case::Line;
use crate::domain::fact::case::Matter;
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

fn stage(n: u8) -> StageId {
    StageId::new(&format!("s{n}"))
}

fn fact(told: Told) -> CaseFact {
    match told {
        Told::Went(n) => CaseFact::Moved {
            step: MoveId::new(&format!("to{n}")),
            from: StageId::default(),
            to: stage(n),
            closes: false,
            verdict: None,
            given: Box::default(),
            again: None,
            extends: None,
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
        stage: StageId::new("first"),
        ..Matter::default()
    };
    let mut case = Case::opened(CaseId::new("C1"), matter, Actor::Desk, NOON, 1);
    let lines = told.iter().zip(1..).map(|(told, n)| Line {
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
        for n in 0..4 {
            let first = steps.iter().find(|(own, _)| *own == stage(n)).map(|(_, at)| *at);
            prop_assert_eq!(walk.first_in(stage(n).as_str()), first);
            prop_assert_eq!(walk.was_in(stage(n).as_str()), first.is_some());
            let made: Vec<Moment> = steps.iter().filter(|(own, _)| *own == stage(n)).map(|(_, at)| *at).collect();
            prop_assert_eq!(walk.times(&format!("to{n}")), made);
        }
        prop_assert_eq!(walk.was_late(), left.iter().any(|(_, told)| matches!(told, Told::Late)));
        prop_assert_eq!(walk.first_in("first"), Some(NOON), "it was opened there");
    }
}
