//! What a step asks of the person who makes it, as fields of its dialog.

use crate::domain::case::Case;
use crate::domain::playbook::{Move, Need, Playbook};
use crate::lang::tui::Tui;
use crate::tui::form::field::{choice, text};
use crate::tui::form::{Desk, Field, Slot, field, intake, order};

/// So many cases are offered to be merged into.
const MERGES: usize = 30;

/// The fields: what it needs, then the loop's own fields that it asks for.
pub(super) fn fields(desk: &Desk<'_>, case: &Case, playbook: &Playbook, step: &Move) -> Vec<Field> {
    let needs = step.needs.iter();
    let mut fields: Vec<Field> = needs.filter_map(|need| needed(desk, case, step, *need)).collect();
    fields.extend(intake::asked(desk, playbook, &step.asks, &case.state.fields));
    fields
}

fn needed(desk: &Desk<'_>, case: &Case, step: &Move, need: Need) -> Option<Field> {
    match need {
        Need::Reason => {
            let reasons = step.reasons.iter();
            let all = reasons
                .map(|r| choice(r.code.as_str(), desk.lang.of(&r.words)))
                .collect();
            Some(field::asked(
                Slot::Reason,
                Tui::Reason.text(desk.lang),
                all,
                "",
                desk.lang,
            ))
        }
        Need::Comment => Some(text(Slot::Comment, Tui::Comment.text(desk.lang), "", true)),
        // The order's fields ask for the unit.
        Need::Unit if step.dispatches => None,
        Need::Unit => order::fields(desk.board, case, desk.lang, desk.now)
            .into_iter()
            .next(),
        Need::Case => Some(others(desk, case)),
        Need::Photo => Some(text(Slot::Photo, Tui::Photo.text(desk.lang), "", true)),
    }
}

/// The other open cases of the loop to choose from, the nearest first; a number to be written where there is none.
fn others(desk: &Desk<'_>, case: &Case) -> Field {
    let label = Tui::OtherCase.text(desk.lang);
    let same = |other: &&Case| {
        let open = other.is_open() && other.id != case.id;
        open && other.matter.playbook == case.matter.playbook
    };
    let metres = |other: &Case| {
        let apart = case.matter.place.zip(other.matter.place);
        apart.map(|(a, b)| a.distance_m(b))
    };
    let mut found: Vec<&Case> = desk.board.state.cases.values().filter(same).collect();
    if found.is_empty() {
        return text(Slot::Case, label, "", true);
    }
    let far = |other: &&Case| metres(other).unwrap_or(f64::MAX);
    found.sort_by(|a, b| far(a).total_cmp(&far(b)));
    let words = |other: &&Case| {
        let apart = metres(other).map_or(String::new(), |metres| format!("{metres:.0} m  "));
        choice(
            other.id.as_str(),
            &format!("{}  {apart}{}", other.id, other.matter.title),
        )
    };
    let all = found.iter().take(MERGES).map(words).collect();
    field::asked(Slot::Case, label, all, "", desk.lang)
}
