//! Decisions on declared states: what may be declared, and what may be ended. Pure; called by the desk alone.

use crate::domain::decide::refusal::Refusal;
use crate::domain::declared::Declared;
use crate::domain::fact::declared::Declaration;
use crate::domain::ledger::Stream;
use crate::domain::playbook::Need;
use crate::domain::time::Moment;

/// Checks what somebody declares at `now`: it has words, and ends after its beginning and after now.
///
/// # Errors
/// What is missing, or the end that is none.
pub fn declare(wish: Declaration, now: Moment) -> Result<Declaration, Refusal> {
    if wish.words.is_empty() {
        return Err(Refusal::Needs(Need::Reason));
    }
    if wish.until <= wish.from || wish.until <= now {
        return Err(Refusal::Until(wish.until));
    }
    Ok(wish)
}

/// Checks that a declared state can be ended at `now`.
///
/// # Errors
/// Where it is over already, or unknown.
pub fn end(known: Option<&Declared>, now: Moment) -> Result<u32, Refusal> {
    known
        .filter(|declared| declared.what.until > now)
        .map(|declared| declared.id)
        .ok_or(Refusal::Gone(Stream::Room))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fact::declared::{DeclaredKind, Subject};
    use crate::domain::id::PointId;
    use crate::domain::person::Actor;
    use crate::domain::text::Clean;
    use crate::domain::time::Span;

    const NOW: Moment = Moment::from_ms(1_790_000_000_000);

    #[test]
    fn what_is_declared_has_words_and_an_end_ahead() {
        let good = Declaration {
            of: Subject::Point(PointId::new("m")),
            kind: DeclaredKind::Stop,
            from: NOW - Span::hours(1),
            until: NOW + Span::hours(1),
            words: Clean::new("停产检修"),
        };
        assert_eq!(declare(good.clone(), NOW), Ok(good.clone()));
        let silent = Declaration {
            words: Clean::default(),
            ..good.clone()
        };
        assert_eq!(declare(silent, NOW), Err(Refusal::Needs(Need::Reason)));
        let late = good.until + Span::secs(1);
        assert_eq!(declare(good.clone(), late), Err(Refusal::Until(good.until)));
        let in_hand = Declared {
            id: 7,
            what: good,
            by: Actor::Desk,
        };
        assert_eq!(end(Some(&in_hand), NOW), Ok(7));
        assert_eq!(end(Some(&in_hand), late), Err(Refusal::Gone(Stream::Room)));
        assert_eq!(end(None, NOW), Err(Refusal::Gone(Stream::Room)));
    }
}
