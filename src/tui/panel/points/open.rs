//! What is open at a point or an enterprise, as its card lists it.

use crate::domain::id::{EnterpriseId, PointId};
use crate::lang::screens::points::Points;
use crate::tui::look::Meaning;
use crate::tui::panel::points::figure;
use crate::tui::part::card::Card;
use crate::tui::part::case;
use crate::tui::view::Ctx;

/// Open alarms and cases of a point or an enterprise, on its card.
pub(super) fn matters(
    ctx: &Ctx<'_>,
    card: &mut Card<'_>,
    at: &dyn Fn(&PointId) -> bool,
    firm: Option<&EnterpriseId>,
) {
    card.heading(Points::Open.text(ctx.lang));
    let before = card.height();
    for alarm in ctx.board.state.alarms_at(at) {
        let pieces = [
            (alarm.cause.code.as_str(), figure::alarmed(alarm)),
            ("  ", Meaning::Text),
            (alarm.cause.title.as_str(), Meaning::Text),
        ];
        card.pieces(&pieces);
    }
    for own in ctx.board.state.open_cases() {
        let here = own.matter.point.as_ref().is_some_and(at)
            || (firm.is_some() && own.matter.enterprise.as_ref() == firm);
        if here {
            let stage = case::stage(ctx, own);
            let pieces = [
                (own.id.as_str(), Meaning::Link),
                ("  ", Meaning::Text),
                (own.matter.title.as_str(), Meaning::Text),
                ("  ", Meaning::Text),
                (stage.text.as_str(), stage.meaning),
            ];
            card.pieces(&pieces);
        }
    }
    if card.height() == before {
        card.text(Points::Nothing.text(ctx.lang), Meaning::Dim);
    }
}
