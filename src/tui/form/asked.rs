//! What a loop asks of the person who opens a case or makes a step, as fields of the dialog.

use crate::domain::case::Case;
use crate::domain::id::FieldId;
use crate::domain::playbook::{CaseField as Asked, FieldKind, Fields, Move, Need, Playbook};
use crate::domain::text::Clean;
use crate::lang::Lang;
use crate::lang::tui::Tui;
use crate::tui::form::field::{choice, choices, text};
use crate::tui::form::{Field, Form, FormCtx, Slot, field, order};

/// So many cases are offered to be merged into.
const MERGES: usize = 30;

/// The fields: what it needs, then the loop's own fields that it asks for.
pub fn fields(ctx: &FormCtx<'_>, case: &Case, playbook: &Playbook, step: &Move) -> Vec<Field> {
    let needs = step.needs.iter();
    let mut fields: Vec<Field> = needs.filter_map(|need| needed(ctx, case, step, *need)).collect();
    fields.extend(own(ctx, playbook, &step.asks, &case.state.fields));
    fields
}

fn needed(ctx: &FormCtx<'_>, case: &Case, step: &Move, need: Need) -> Option<Field> {
    match need {
        Need::Reason => {
            let reasons = step.reasons.iter();
            let all = reasons
                .map(|r| choice(r.code.as_str(), ctx.lang.of(&r.words)))
                .collect();
            Some(field::asked(
                Slot::Reason,
                Tui::Reason.text(ctx.lang),
                all,
                "",
                ctx.lang,
            ))
        }
        Need::Comment => Some(text(Slot::Comment, Tui::Comment.text(ctx.lang), "", true)),
        // The order's fields ask for the unit.
        Need::Unit if step.dispatches => None,
        Need::Unit => order::fields(ctx.board, case, ctx.lang, ctx.now)
            .into_iter()
            .next(),
        Need::Case => Some(others(ctx, case)),
        Need::Photo => Some(text(Slot::Photo, Tui::Photo.text(ctx.lang), "", true)),
    }
}

/// The other open cases of the loop to choose from, the nearest first; a number to be written where there is none.
fn others(ctx: &FormCtx<'_>, case: &Case) -> Field {
    let label = Tui::OtherCase.text(ctx.lang);
    let same = |other: &&Case| {
        let open = other.is_open() && other.id != case.id;
        open && other.matter.playbook == case.matter.playbook
    };
    let metres = |other: &Case| {
        let apart = case.matter.place.zip(other.matter.place);
        apart.map(|(a, b)| a.distance_m(b))
    };
    let mut found: Vec<&Case> = ctx.board.state.cases.values().filter(same).collect();
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
    field::asked(Slot::Case, label, all, "", ctx.lang)
}

/// The playbook's own fields that are asked, with what stands in them already.
pub fn own(ctx: &FormCtx<'_>, playbook: &Playbook, ids: &[FieldId], known: &Fields) -> Vec<Field> {
    let own = playbook.fields.iter().filter(|field| ids.contains(&field.id));
    own.map(|field| ask(ctx.lang, field, known.get(&field.id)))
        .collect()
}

fn ask(lang: Lang, field: &Asked, known: Option<&Clean>) -> Field {
    let (slot, label) = (Slot::Own(field.id.clone()), lang.of(&field.words));
    let known = known.map_or("", Clean::as_str);
    match &field.kind {
        FieldKind::Choice(all) => {
            let all = all
                .iter()
                .map(|one| choice(one.code.as_str(), lang.of(&one.words)));
            if field.needed {
                return field::asked(slot, label, all.collect(), known, lang);
            }
            let none = choice("", Tui::Unknown.text(lang));
            choices(slot, label, std::iter::once(none).chain(all).collect(), known)
        }
        FieldKind::Day => {
            let label = format!("{label} {}", Tui::DayForm.text(lang));
            text(slot, &label, known, field.needed)
        }
        FieldKind::Text | FieldKind::Number => text(slot, label, known, field.needed),
    }
}

/// What was filled in of the playbook's own fields.
pub fn filled(form: &Form, playbook: &Playbook) -> Vec<(FieldId, Clean)> {
    let own = playbook.fields.iter().map(|field| field.id.clone());
    let given = own.map(|id| {
        let value = Clean::from(form.text(&Slot::Own(id.clone())));
        (id, value)
    });
    given.filter(|(_, value)| !value.is_empty()).collect()
}
