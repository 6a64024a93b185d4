//! What the people of a role were told about a thing, and who has seen it: the same on every card and list.

use crate::domain::case::Case;
use crate::domain::ledger::Stream;
use crate::domain::notice::Notice;
use crate::domain::person::Role;
use crate::lang::notice::Notices;
use crate::lang::{notice, when};
use crate::tui::part::card::Card;
use crate::tui::view::Ctx;

/// How it stands with each notice about a thing, the first told first.
pub fn of(ctx: &Ctx<'_>, stream: &Stream) -> Vec<String> {
    let mut told: Vec<&Notice> = ctx.board.state.notices_of(stream).collect();
    told.sort_by_key(|notice| notice.told);
    told.into_iter().map(|notice| standing(ctx, notice)).collect()
}

/// The notices about a case and its orders.
pub fn card(ctx: &Ctx<'_>, case: &Case, card: &mut Card<'_>) {
    let tasks = case.tasks.iter().cloned().map(Stream::Task);
    let streams: Vec<Stream> = [Stream::Case(case.id.clone())].into_iter().chain(tasks).collect();
    let state = &ctx.board.state;
    let mut told: Vec<&Notice> = streams.iter().flat_map(|of| state.notices_of(of)).collect();
    if told.is_empty() {
        return;
    }
    told.sort_by_key(|notice| notice.told);
    card.heading(Notices::Heading.text(ctx.lang));
    for notice in told.into_iter().rev() {
        let at = when::stamp(notice.told, ctx.now, ctx.board.room.zone);
        card.event(&at, &standing(ctx, notice), "");
    }
}

/// Whether the last notice about a case to a role was seen, as a mark; `None` where there is none.
pub fn mark(ctx: &Ctx<'_>, case: &Case, role: Role) -> Option<String> {
    let told = ctx.board.state.notices_of(&Stream::Case(case.id.clone()));
    let own = told.filter(|notice| notice.telling.role == role);
    let last = own.max_by_key(|notice| notice.told)?;
    Some(notice::mark(ctx.lang, last))
}

fn standing(ctx: &Ctx<'_>, notice: &Notice) -> String {
    let known = notice::NoticeBasis {
        state: &ctx.board.state,
        playbooks: &ctx.board.room.playbooks,
        now: ctx.now,
    };
    notice::standing(ctx.lang, notice, known, ctx.board.room.zone)
}
