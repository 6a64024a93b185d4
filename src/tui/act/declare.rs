//! Declare a stop, a maintenance or a calibration (申报): of what, until when, who said so.

use crate::desk::Command;
use crate::domain::fact::declared::{DECLARED_KINDS, Declaration, DeclaredKind, Subject};
use crate::domain::text::Clean;
use crate::domain::time::Span;
use crate::lang::domain as say;
use crate::lang::tui::Tui;
use crate::tui::act::alarms::ends;
use crate::tui::act::intake::enterprise;
use crate::tui::act::{Act, Dialog, Place, Purpose, key};
use crate::tui::form::field::{asked, choice, text};
use crate::tui::form::{Flaw, Form, FormCtx, Slot};

/// The ends that are offered.
const ENDS: &[Span] = &[
    Span::hours(4),
    Span::hours(12),
    Span::days(1),
    Span::days(3),
    Span::days(7),
    Span::days(15),
    Span::days(30),
];

pub(super) const ACT: Act = Act {
    place: Place::New,
    action: None,
    offered: |ctx| vec![ctx.offer(Tui::DeclareTitle.text(ctx.lang), "", Purpose::new(Declare))],
};

/// Declare a stop, a maintenance or a calibration.
#[derive(Debug)]
pub struct Declare;

impl Dialog for Declare {
    fn key(&self) -> String {
        key("declare", [])
    }

    fn fill(&self, form: &mut Form, ctx: &FormCtx<'_>) -> Option<()> {
        let lang = ctx.lang;
        Tui::DeclareTitle.text(lang).clone_into(&mut form.title);
        form.verb.clone_from(&form.title);
        let kinds = DECLARED_KINDS.iter();
        let kinds = kinds
            .map(|row| choice(row.1, say::declared_kind(lang, row.0)))
            .collect();
        let ends = ends(ctx, ENDS.iter().copied());
        form.fields = vec![
            text(Slot::Point, Tui::PointOrEnterprise.text(lang), "", true),
            asked(Slot::Kind, Tui::AnswerKind.text(lang), kinds, "", lang),
            asked(Slot::Until, Tui::Until.text(lang), ends, "", lang),
            text(Slot::Comment, Tui::Words.text(lang), "", true),
        ];
        Some(())
    }

    fn command(&self, form: &Form, ctx: &FormCtx<'_>) -> Result<Command, Flaw> {
        let name = form.text(&Slot::Point);
        let name = name.trim();
        let mut points = ctx.board.points.values();
        let point = points.find(|p| p.id.as_str() == name || p.name.as_str() == name);
        let owner = enterprise(ctx.board, name).map(|owner| Subject::Enterprise(owner.id.clone()));
        let of = point.map(|point| Subject::Point(point.id.clone())).or(owner);
        let kind = form.text(&Slot::Kind);
        let kind = DECLARED_KINDS.iter().find(|row| row.1 == kind).map(|row| row.0);
        let until = form.moment(&Slot::Until);
        Ok(Command::Declare(Box::new(Declaration {
            of: of.ok_or_else(|| Flaw::unfit(Slot::Point, Tui::PointOrEnterprise, ctx.lang))?,
            kind: kind.unwrap_or(DeclaredKind::Stop),
            // From now on: the board's own moment is at most a beat old.
            from: ctx.board.at,
            until: until.ok_or_else(|| Flaw::unfit(Slot::Until, Tui::Until, ctx.lang))?,
            words: Clean::from(form.text(&Slot::Comment)),
        })))
    }

    fn is_bound(&self) -> bool {
        false
    }
}
