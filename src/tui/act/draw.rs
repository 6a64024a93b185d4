//! Draw stations for inspection (抽查): how many, who is left out and why.

use crate::desk::Command;
use crate::domain::directory::PointKind;
use crate::domain::id::PointId;
use crate::domain::text::Clean;
use crate::lang::fill;
use crate::lang::tui::Tui;
use crate::tui::act::{Act, Dialog, Place, Purpose, key};
use crate::tui::form::field::text;
use crate::tui::form::{Flaw, Form, FormCtx, Slot};

/// One in so many stations is proposed to be drawn (抽查复核 at least 20 %).
const SHARE: usize = 5;

pub(super) const ACT: Act = Act {
    place: Place::New,
    action: None,
    offered: |ctx| vec![ctx.offer(Tui::DrawTitle.text(ctx.lang), "", Purpose::new(Draw))],
};

/// Draw stations for inspection.
#[derive(Debug)]
pub struct Draw;

impl Dialog for Draw {
    fn key(&self) -> String {
        key("draw", [])
    }

    fn fill(&self, form: &mut Form, ctx: &FormCtx<'_>) -> Option<()> {
        let lang = ctx.lang;
        let is_station = |kind| matches!(kind, PointKind::Air | PointKind::Water);
        let points = ctx.board.points.values();
        let stations = points.filter(|point| is_station(point.kind)).count();
        Tui::DrawTitle.text(lang).clone_into(&mut form.title);
        form.verb.clone_from(&form.title);
        form.about
            .push(fill(Tui::DrawAmong.text(lang), &[("n", &stations)]));
        let proposed = stations.div_ceil(SHARE).to_string();
        form.fields = vec![
            text(Slot::Count, Tui::DrawCount.text(lang), &proposed, true),
            text(Slot::Point, Tui::DrawOut.text(lang), "", false),
        ];
        Some(())
    }

    /// Who is left out is written `code=reason`, separated by semicolons.
    fn command(&self, form: &Form, ctx: &FormCtx<'_>) -> Result<Command, Flaw> {
        let count = form.text(&Slot::Count).trim().parse();
        let count = count.map_err(|_| Flaw::unfit(Slot::Count, Tui::DrawCount, ctx.lang))?;
        let mut excluded = Vec::new();
        let text = form.text(&Slot::Point);
        for row in text.split([';', '；']).filter(|row| !row.trim().is_empty()) {
            let parts = row.split_once(['=', '＝']);
            let (id, why) = parts.ok_or_else(|| Flaw::unfit(Slot::Point, Tui::DrawOut, ctx.lang))?;
            excluded.push((PointId::new(id.trim()), Clean::new(why.trim())));
        }
        Ok(Command::Draw { count, excluded })
    }

    fn is_bound(&self) -> bool {
        false
    }
}
