//! Dialogs about the room at large: the draw of stations to inspect, a declared stop or maintenance.

use crate::desk::Deed;
use crate::desk::board::Board;
use crate::domain::declared::DECLARED_KINDS;
use crate::domain::declared::Declaration;
use crate::domain::declared::DeclaredKind;
use crate::domain::declared::Subject;
use crate::domain::directory::PointKind;
use crate::domain::id::PointId;
use crate::domain::text::Clean;
use crate::lang::Lang;
use crate::lang::domain as say;
use crate::lang::fill;
use crate::lang::tui::Tui;
use crate::tui::form::Choice;
use crate::tui::form::Desk;
use crate::tui::form::Form;
use crate::tui::form::Slot;
use crate::tui::form::field::choice;
use crate::tui::form::field::choices;
use crate::tui::form::field::text;
use crate::tui::form::intake::enterprise;

/// One in so many stations is proposed to be drawn (抽查复核 at least 20 %).
const SHARE: usize = 5;

/// The draw: how many, who is left out and why.
pub(super) fn draw(form: &mut Form, desk: &Desk<'_>) {
    let lang = desk.lang;
    let is_station = |kind| matches!(kind, PointKind::Air | PointKind::Water);
    let stations = desk
        .board
        .points
        .values()
        .filter(|point| is_station(point.kind))
        .count();
    Tui::DrawTitle.text(lang).clone_into(&mut form.title);
    form.verb.clone_from(&form.title);
    form.about
        .push(fill(Tui::DrawAmong.text(lang), &[("n", &stations)]));
    let proposed = stations.div_ceil(SHARE).to_string();
    form.fields = vec![
        text(Slot::Count, Tui::DrawCount.text(lang), &proposed, true),
        text(Slot::Point, Tui::DrawOut.text(lang), "", false),
    ];
}

/// The draw as it was filled in: `code=reason`, separated by semicolons.
pub(super) fn drawn(form: &Form, lang: Lang) -> Result<Deed, String> {
    let unfit = |what: Tui| fill(Tui::Unfit.text(lang), &[("what", &what.text(lang))]);
    let count = form.text(Slot::Count).trim().parse();
    let count = count.map_err(|_| unfit(Tui::DrawCount))?;
    let mut excluded = Vec::new();
    let text = form.text(Slot::Point);
    for row in text.split([';', '；']).filter(|row| !row.trim().is_empty()) {
        let (id, why) = row.split_once(['=', '＝']).ok_or_else(|| unfit(Tui::DrawOut))?;
        excluded.push((PointId::new(id.trim()), Clean::new(why.trim())));
    }
    Ok(Deed::Draw { count, excluded })
}

/// A declared state: of what, which, until when, who said so.
pub(super) fn declare(form: &mut Form, desk: &Desk<'_>, ends: Vec<Choice>) {
    let lang = desk.lang;
    Tui::DeclareTitle.text(lang).clone_into(&mut form.title);
    form.verb.clone_from(&form.title);
    let kinds = DECLARED_KINDS.iter();
    let kinds = kinds
        .map(|row| choice(row.1, say::declared_kind(lang, row.0)))
        .collect();
    form.fields = vec![
        text(Slot::Point, Tui::PointOrEnterprise.text(lang), "", true),
        choices(Slot::Kind, Tui::AnswerKind.text(lang), kinds, ""),
        choices(Slot::Until, Tui::Until.text(lang), ends, ""),
        text(Slot::Comment, Tui::Words.text(lang), "", true),
    ];
}

/// The declared state as it was filled in.
pub(super) fn declared(form: &Form, board: &Board, lang: Lang) -> Result<Deed, String> {
    let unfit = |what: Tui| fill(Tui::Unfit.text(lang), &[("what", &what.text(lang))]);
    let name = form.text(Slot::Point);
    let name = name.trim();
    let point = board
        .points
        .values()
        .find(|p| p.id.as_str() == name || p.name.as_str() == name);
    let owner = enterprise(board, name).map(|owner| Subject::Enterprise(owner.id.clone()));
    let of = point.map(|point| Subject::Point(point.id.clone())).or(owner);
    let kind = form.text(Slot::Kind);
    let kind = DECLARED_KINDS.iter().find(|row| row.1 == kind).map(|row| row.0);
    let until = form.moment(Slot::Until);
    Ok(Deed::Declare(Box::new(Declaration {
        of: of.ok_or_else(|| unfit(Tui::PointOrEnterprise))?,
        kind: kind.unwrap_or(DeclaredKind::Stop),
        // From now on: the board's own moment is at most a beat old.
        from: board.at,
        until: until.ok_or_else(|| unfit(Tui::Until))?,
        words: Clean::from(form.text(Slot::Comment)),
    })))
}
