//! What an order under an episode demands: the measure or the cut, with the level and the command's order number.

use crate::desk::board::Board;
use crate::domain::case::{Case, drill};
use crate::domain::episode;
use crate::domain::id::FieldId;
use crate::domain::playbook::{FieldKind, Playbook};
use crate::lang::tui::Tui;
use crate::lang::{Lang, fill};

/// What is demanded of a unit or an enterprise under an episode: the measure or the cut, the level, the command's order
/// number, the permitted load. `None` for what is under none.
pub(super) fn under_order(board: &Board, case: &Case, lang: Lang) -> Option<String> {
    let episode = board.state.cases.get(case.matter.parent.as_ref()?)?;
    let playbook = board
        .room
        .playbooks
        .iter()
        .find(|p| p.id == episode.matter.playbook)?;
    let own = case.matter.playbook.as_str();
    [episode::MEASURE, episode::CURTAILMENT]
        .contains(&own)
        .then_some(())?;
    let level = level(playbook, episode.field(episode::LEVEL), lang);
    let no = episode.field(episode::ORDER_NO);
    let name = lang.of(&playbook.words);
    let under = fill(
        Tui::UnderOrder.text(lang),
        &[("name", &name), ("level", &level), ("no", &no)],
    );
    let title = &drill::unmarked(case.matter.title.as_str());
    if own == episode::MEASURE {
        return Some(fill(
            Tui::MeasureOf.text(lang),
            &[("under", &under), ("what", title)],
        ));
    }
    let mut words = fill(Tui::CutOf.text(lang), &[("under", &under), ("who", title)]);
    for (field, text, key) in [
        ("cut", Tui::CutWhat, "cut"),
        (episode::LIMIT_KW, Tui::CutKw, "kw"),
    ] {
        let value = case.field(field);
        if !value.is_empty() {
            words.push_str(&fill(text.text(lang), &[(key, &value)]));
        }
    }
    Some(words)
}

/// A level in words; its code where the loop does not know it.
pub(super) fn level(playbook: &Playbook, code: &str, lang: Lang) -> String {
    let field = playbook.field(&FieldId::new(episode::LEVEL));
    let words = field.and_then(|field| match &field.kind {
        FieldKind::Choice(all) => all.iter().find(|one| one.code.as_str() == code),
        FieldKind::Text | FieldKind::Number | FieldKind::Day => None,
    });
    words.map_or_else(|| code.to_owned(), |one| lang.of(&one.words).to_owned())
}
