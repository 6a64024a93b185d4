//! The footer: what was just said, the figures of the duty, and the keys that matter here.

use crate::domain::decide::blockers::EMERGENCY;
use crate::domain::id::PlaybookId;
use crate::domain::query::{QueryFault, QueryFaultKind};
use crate::lang::screens::alarms::Alarms;
use crate::lang::tui::Tui;
use crate::lang::{domain as say, fill, query};
use crate::tui::action::Action;
use crate::tui::edit::Edit;
use crate::tui::frame::Stage;
use crate::tui::look::Meaning;
use crate::tui::panel::Panel;
use crate::tui::part;
use crate::tui::part::{case, outside};
use crate::tui::seat::Mode;
use crate::tui::view::Ctx;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

/// The keys that are offered on every screen, after the screen's own.
const ALWAYS: &[Action] = &[
    Action::NextUnhandled,
    Action::Menu,
    Action::Filter,
    Action::Palette,
    Action::Help,
];

/// Draws one line or two; gives the cursor while the filter is typed.
pub(super) fn draw(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
    let Stage { ctx, seat, now, .. } = stage;
    buf.set_style(area, ctx.look.style(Meaning::Bar));
    if area.height == 0 {
        return None;
    }
    let said = seat.toast.as_ref().filter(|toast| toast.until > now.hand);
    let (first, last) = (part::row(area, 0), part::row(area, area.height - 1));
    if let Mode::Filter(edit) = &seat.mode {
        return Some(typed(stage, edit, area, buf));
    }
    if area.height > 1 {
        part::put_line(buf, last, (0, 0), &hints(stage, last.width, true));
    }
    match said {
        Some(toast) => {
            let style = ctx.look.style(if toast.bad {
                Meaning::ToastBad
            } else {
                Meaning::Toast
            });
            buf.set_style(first, style);
            let words = part::cut(
                &toast.words,
                usize::from(first.width.saturating_sub(2)),
                ctx.look.glyphs.cut,
            );
            part::put(buf, first, (1, 0), &words, style);
        }
        None if area.height > 1 => {
            part::put_line(buf, first, (1, 0), &figures(stage));
        }
        None => {
            part::put_line(buf, first, (0, 0), &hints(stage, first.width, false));
        }
    }
    None
}

/// The filter while it is typed; where the cursor stands in it.
fn typed(stage: &Stage<'_>, edit: &Edit, area: Rect, buf: &mut Buffer) -> Position {
    let Stage { ctx, seat, .. } = stage;
    let (first, last) = (part::row(area, 0), part::row(area, area.height - 1));
    let used = part::put(buf, first, (1, 0), "/", ctx.look.style(Meaning::Key)) + 1;
    let (text, at) = edit.window(usize::from(first.width.saturating_sub(used + 1)));
    part::put(buf, first, (used, 0), &text, ctx.look.style(Meaning::Strong));
    let view = seat.view();
    if let Some(fault) = &view.fault {
        let style = ctx.look.style(Meaning::Bad);
        let words = misread(ctx, seat.screen, fault);
        // In one line the words take the end of it, else the line below.
        if area.height > 1 {
            part::put(buf, last, (1, 0), &words, style);
        } else {
            let words = query::words(ctx.lang, fault);
            let wide = u16::try_from(part::width(&words)).unwrap_or(u16::MAX);
            part::put(buf, first, (first.width.saturating_sub(wide), 0), &words, style);
        }
        // The place itself is marked, where all that was typed is in sight.
        if text == edit.text() {
            let before: String = text.chars().take(fault.at - 1).collect();
            let x = used + u16::try_from(part::width(&before)).unwrap_or(0);
            let there = text.chars().nth(fault.at - 1).unwrap_or(' ');
            part::put(buf, first, (x, 0), &there.to_string(), style);
        }
    } else if area.height > 1 {
        let keys = ctx.look.style(Meaning::Hint);
        part::put(buf, last, (1, 0), Tui::FilterKeys.text(ctx.lang), keys);
    }
    Position::new(first.x + used + u16::try_from(at).unwrap_or(0), first.y)
}

/// What of the filter cannot be understood, and what it may ask for.
fn misread(ctx: &Ctx<'_>, screen: Action, fault: &QueryFault) -> String {
    let words = query::words(ctx.lang, fault);
    let fields = Panel::of(screen).map_or(&[][..], |panel| panel.fields);
    if fields.is_empty() || !matches!(fault.why, QueryFaultKind::NoField(_)) {
        return words;
    }
    let list = fields.join(" ");
    format!(
        "{words}  {}",
        fill(Tui::FieldsAre.text(ctx.lang), &[("list", &list)])
    )
}

/// Cases open and late, orders under way, the filter, marks, and who sits here.
fn figures(stage: &Stage<'_>) -> Line<'static> {
    let Stage { ctx, seat, live, .. } = stage;
    let state = &live.state;
    let (open, late) = (state.open_count(), live.needs(ctx.now).late);
    let out = state.undelivered_count();
    let mut spans = Vec::new();
    if live.figures.flood().is_some() {
        let count = live.figures.rates(ctx.now).ten_minutes;
        let words = fill(Alarms::FloodNow.text(ctx.lang), &[("n", &count)]);
        spans.push(Span::styled(format!("{words}   "), ctx.look.style(Meaning::Bad)));
    }
    // The clocks of an emergency's reports run on every screen (初报、续报).
    for case in state.open_of(&PlaybookId::new(EMERGENCY)) {
        let (stage, clock) = (case::stage(ctx, case), case::clock(ctx, case));
        let words = format!("{} {}   ", stage.text, clock.text);
        let meaning = if clock.meaning == Meaning::Text {
            Meaning::Warn
        } else {
            clock.meaning
        };
        spans.push(Span::styled(words, ctx.look.style(meaning)));
    }
    let mut figure = |text: Tui, count: usize, meaning: Meaning| {
        spans.push(Span::styled(
            format!("{} ", text.text(ctx.lang)),
            ctx.look.style(Meaning::Hint),
        ));
        spans.push(Span::styled(format!("{count}   "), ctx.look.style(meaning)));
    };
    figure(Tui::CasesOpen, open, Meaning::Strong);
    figure(
        Tui::CasesLate,
        late,
        if late > 0 { Meaning::Late } else { Meaning::Strong },
    );
    figure(
        Tui::OrdersOut,
        out,
        if out > 0 { Meaning::Warn } else { Meaning::Strong },
    );
    let view = seat.view();
    if !view.marks.is_empty() {
        let words = fill(Tui::Marked.text(ctx.lang), &[("n", &view.marks.len())]);
        spans.push(Span::styled(format!("{words}   "), ctx.look.style(Meaning::Mark)));
    }
    if !view.filter.is_empty() {
        let words = fill(Tui::FilterIs.text(ctx.lang), &[("what", &view.filter)]);
        spans.push(Span::styled(
            format!("{words}   "),
            ctx.look.style(Meaning::Match),
        ));
    }
    if let Some(words) = outside::words(ctx, &view) {
        spans.push(Span::styled(format!("{words}   "), ctx.look.style(Meaning::Warn)));
    }
    let who = who(seat.who.id.as_str(), say::role(ctx.lang, seat.who.role));
    spans.push(Span::styled(format!("{who}   "), ctx.look.style(Meaning::Hint)));
    if !live.collects && !live.collector.is_empty() {
        let words = fill(Tui::NotCollecting.text(ctx.lang), &[("who", &live.collector)]);
        spans.push(Span::styled(words, ctx.look.style(Meaning::Hint)));
    }
    Line::from(spans)
}

/// Who sits here, by name and role; once where both are the same word.
fn who(name: &str, role: &str) -> String {
    if name == role {
        return name.to_owned();
    }
    format!("{name} {role}")
}

/// The keys that fit: the screen's own first, the help always last.
fn hints(stage: &Stage<'_>, room: u16, roomy: bool) -> Line<'static> {
    let ctx = &stage.ctx;
    let own = Panel::of(stage.seat.screen).map_or(&[][..], |panel| panel.actions);
    let more = ALWAYS
        .iter()
        .filter(|action| !own.contains(action) && **action != Action::Help);
    let help = hint(ctx, Action::Help);
    let mut left = usize::from(room).saturating_sub(width(&help) + 1);
    let mut spans = vec![Span::raw(" ")];
    // Where there is one line only, what lies outside the list goes before any key.
    let outside = outside::words(ctx, &stage.seat.view()).filter(|_| !roomy);
    if let Some(words) = outside {
        let words = Span::styled(format!("{words}  "), ctx.look.style(Meaning::Warn));
        left = left.saturating_sub(words.width());
        spans.push(words);
    }
    for action in own.iter().filter(|action| **action != Action::Help).chain(more) {
        let pair = hint(ctx, *action);
        if width(&pair) > left {
            break;
        }
        left -= width(&pair);
        spans.extend(pair);
    }
    spans.extend(help);
    Line::from(spans)
}

fn hint(ctx: &Ctx<'_>, action: Action) -> [Span<'static>; 2] {
    let key = ctx.keymap.hint(action);
    let words = format!(" {}  ", action.row().text.text(ctx.lang));
    [
        Span::styled(key, ctx.look.style(Meaning::Key)),
        Span::styled(words, ctx.look.style(Meaning::Hint)),
    ]
}

fn width(spans: &[Span<'_>]) -> usize {
    spans.iter().map(Span::width).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_the_role_is_said_once() {
        assert_eq!(who("operator", "operator"), "operator");
        assert_eq!(who("zhou", "operator"), "zhou operator");
    }
}
