//! Shift: who is on duty, what forbids the hand-over, both signatures, the log that writes itself, and the documents.

use crate::domain::decide::blockers::InTheWay;
use crate::domain::feed::FeedState;
use crate::domain::id::OperatorId;
use crate::domain::ledger::Entry;
use crate::domain::shift::{Shift, Signature};
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::lang::journal::{JournalBasis, JournalLine};
use crate::lang::screens::shift::ShiftText;
use crate::lang::tui::Tui;
use crate::lang::{duty, journal, when};
use crate::report::{Block, Books, REPORTS, ReportDocument};
use crate::tui::action::Action;
use crate::tui::find::Words;
use crate::tui::look::Meaning;
use crate::tui::panel::Panel;
use crate::tui::part;
use crate::tui::part::card::line;
use crate::tui::part::table::{Cell, Column};
use crate::tui::part::{outside, pane, table};
use crate::tui::view::{Ctx, RowId, View};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The row of [`super::PANELS`].
pub const PANEL: Panel = Panel {
    action: Action::Shift,
    title: |lang| Tui::Shift.text(lang),
    rows,
    words,
    fields: &[],
    outside: outside::of_room,
    draw,
    actions: &[
        Action::Menu,
        Action::Open,
        Action::Sort,
        Action::Filter,
        Action::Copy,
    ],
    act,
    wakes: |_, _| None,
};

const COLUMNS: &[Column] = &[
    Column::left(|lang| ShiftText::At.text(lang), 11, 0, 0),
    Column::left(|lang| ShiftText::Who.text(lang), 10, 1, 0),
    Column::left(|lang| ShiftText::What.text(lang), 30, 4, 0),
    Column::left(|lang| ShiftText::About.text(lang), 16, 1, 1),
];

/// How many lines of the journal the list holds.
const LINES: usize = 500;

fn said(ctx: &Ctx<'_>, entry: &Entry) -> Option<JournalLine> {
    let known = JournalBasis {
        state: &ctx.board.state,
        playbooks: &ctx.board.room.playbooks,
    };
    journal::line(ctx.lang, entry, known)
}

/// Newest first.
fn rows(ctx: &Ctx<'_>, _: &View) -> Vec<RowId> {
    let entries = ctx.board.journal.iter().rev();
    let told = entries.filter(|entry| said(ctx, entry).is_some());
    let name = |entry: &Entry| RowId::Other(Clean::new(&entry.seq.to_string()));
    told.take(LINES).map(name).collect()
}

fn entry<'a>(ctx: &Ctx<'a>, id: &RowId) -> Option<&'a Entry> {
    let seq: u64 = id.text().parse().ok()?;
    let first = ctx.board.journal.front()?.seq;
    let at = usize::try_from(seq.checked_sub(first)?).ok()?;
    let near = ctx.board.journal.get(at).filter(|entry| entry.seq == seq);
    near.or_else(|| ctx.board.journal.iter().find(|entry| entry.seq == seq))
}

fn words(ctx: &Ctx<'_>, id: &RowId, words: &mut Words) {
    if let Some(said) = entry(ctx, id).and_then(|entry| said(ctx, entry)) {
        words.add(&said.what);
        words.add(&said.who);
        words.add(&said.about);
    }
}

/// The next document in the preview.
fn act(action: Action, _: &Ctx<'_>, view: &mut View) -> bool {
    let is_sort = action == Action::Sort;
    if is_sort {
        view.choice = (view.choice + 1) % REPORTS.len();
        view.card = 0;
    }
    is_sort
}

fn draw(ctx: &Ctx<'_>, view: &View, area: Rect, buf: &mut Buffer) -> u16 {
    let area = area.intersection(buf.area);
    let lines = head(ctx);
    let height = (lines.len() as u16).min(area.height / 2);
    let (top, rest) = pane::top(area, height);
    for (y, pieces) in lines.iter().enumerate().take(usize::from(height)) {
        let pieces: Vec<(&str, Meaning)> = pieces.iter().map(|(text, m)| (text.as_str(), *m)).collect();
        part::put_line(buf, top, (0, y as u16), &line(ctx, &pieces));
    }
    let split = pane::split(rest, view.open);
    if let Some(area) = split.card {
        preview(ctx, view, area, buf);
    }
    table::draw(ctx, view, (split.list, buf), COLUMNS, &|id| cells(ctx, id))
}

type Pieces = Vec<(String, Meaning)>;

fn piece(text: &str, meaning: Meaning) -> (String, Meaning) {
    (text.to_owned(), meaning)
}

/// Who is on duty, the hand-over's signatures, and what stands in its way.
fn head(ctx: &Ctx<'_>) -> Vec<Pieces> {
    let (lang, room) = (ctx.lang, &ctx.board.room);
    let Some(shift) = ctx.board.state.shift() else {
        let due = room.roster.free(&ctx.board.state.shifts, ctx.now, room.zone);
        let name = due.map(|(id, duty)| {
            let turn = room.roster.turn(duty.turn.as_str());
            format!("{id}  {}", turn.map_or("", |turn| lang.of(&turn.words)))
        });
        let name = name.unwrap_or_default();
        return vec![vec![
            piece("  ", Meaning::Text),
            (name, Meaning::Label),
            piece("  ", Meaning::Text),
            piece(ShiftText::Nobody.text(lang), Meaning::Warn),
        ]];
    };
    let mut lines = vec![on_duty(ctx, shift), signatures(ctx, shift)];
    let way = InTheWay::of(&ctx.board.state, &room.playbooks, shift);
    if way.is_empty() {
        lines.push(vec![
            piece("  ", Meaning::Text),
            piece(ctx.look.glyphs.check, Meaning::Good),
            (format!(" {}", ShiftText::Clear.text(lang)), Meaning::Good),
        ]);
    }
    for (pass, still) in &way.passed {
        let words = duty::passed(lang, pass, still, room.zone);
        lines.push(vec![
            piece("  ", Meaning::Text),
            piece(ctx.look.glyphs.of_feed(FeedState::Late), Meaning::Warn),
            (format!(" {words}"), Meaning::Warn),
        ]);
    }
    for blocker in &way.open {
        lines.push(vec![
            piece("  ", Meaning::Text),
            piece(ctx.look.glyphs.cross, Meaning::Bad),
            (format!(" {}", duty::blocker(lang, blocker)), Meaning::Bad),
        ]);
    }
    lines.push(Vec::new());
    lines
}

fn on_duty(ctx: &Ctx<'_>, shift: &Shift) -> Pieces {
    let lang = ctx.lang;
    let turn = ctx.board.room.roster.turn(shift.duty.turn.as_str());
    let name = turn.map_or_else(|| shift.id.to_string(), |turn| lang.of(&turn.words).to_owned());
    let clock = |at: Moment| when::clock(at, ctx.board.room.zone);
    let leader = shift.duty.leader.as_ref().map_or("—", |id| id.as_str());
    let people: Vec<&str> = shift.on_duty().into_iter().map(OperatorId::as_str).collect();
    vec![
        piece("  ", Meaning::Text),
        (name, Meaning::Strong),
        (
            format!(" {}–{}   ", clock(shift.duty.from), clock(shift.duty.until)),
            Meaning::Text,
        ),
        (format!("{} ", ShiftText::OnDuty.text(lang)), Meaning::Label),
        (people.join(" "), Meaning::Text),
        (format!("   {} ", ShiftText::Leader.text(lang)), Meaning::Label),
        piece(leader, Meaning::Text),
    ]
}

fn signatures(ctx: &Ctx<'_>, shift: &Shift) -> Pieces {
    let lang = ctx.lang;
    let mut pieces = vec![
        piece("  ", Meaning::Text),
        (format!("{}   ", ShiftText::HandOver.text(lang)), Meaning::Label),
    ];
    let marks: [(ShiftText, &Option<Signature>); 4] = [
        (ShiftText::Ready, &shift.prepared),
        (ShiftText::Out, &shift.out),
        (ShiftText::Read, &shift.read),
        (ShiftText::In, &shift.into),
    ];
    for (text, mark) in marks {
        let (words, meaning) = match mark {
            Some(mark) => (
                format!(
                    "{} {} {} {}   ",
                    ctx.look.glyphs.check,
                    text.text(lang),
                    mark.by,
                    when::clock(mark.at, ctx.board.room.zone)
                ),
                Meaning::Good,
            ),
            None => (format!("· {}   ", text.text(lang)), Meaning::Dim),
        };
        pieces.push((words, meaning));
    }
    pieces
}

fn cells(ctx: &Ctx<'_>, id: &RowId) -> Option<Vec<Cell>> {
    let entry = entry(ctx, id)?;
    let said = said(ctx, entry)?;
    Some(vec![
        Cell::new(when::stamp(entry.at, ctx.now, ctx.board.room.zone), Meaning::Dim),
        Cell::new(said.who, Meaning::Label),
        Cell::new(said.what, Meaning::Text),
        Cell::new(said.about, Meaning::Dim),
    ])
}

/// The chosen document as it would be written now.
fn preview(ctx: &Ctx<'_>, view: &View, area: Rect, buf: &mut Buffer) {
    // The hand-over is what a shift is looked at for; the others follow by the key that sorts.
    let first = REPORTS
        .iter()
        .position(|report| report.key == "handover")
        .unwrap_or(0);
    let Some(report) = REPORTS.get((first + view.choice) % REPORTS.len()) else {
        return;
    };
    let Some(period) = report.rhythm.at(ctx.now, &ctx.board.room) else {
        return;
    };
    let body = pane::titled(ctx, area, buf, report.title.text(ctx.lang), "");
    // No line further down than the last one on the screen is looked at, so no table is made longer.
    let books = Books {
        most: view.card + usize::from(body.height),
        ..Books::of_board(ctx.board, period, ctx.now)
    };
    let paper = report.paper(&books, ctx.lang);
    let lines = lines_of(&paper);
    let skip = view
        .card
        .min(lines.len().saturating_sub(usize::from(body.height)));
    for (y, (text, meaning)) in lines.iter().skip(skip).take(usize::from(body.height)).enumerate() {
        let text = part::cut(text, usize::from(body.width), "…");
        part::put_line(buf, body, (0, y as u16), &line(ctx, &[(text.as_str(), *meaning)]));
    }
}

fn lines_of(paper: &ReportDocument) -> Vec<(String, Meaning)> {
    let mut lines = Vec::new();
    for block in &paper.blocks {
        match block {
            Block::Words(words) => lines.push((words.clone(), Meaning::Text)),
            Block::Table(table) => {
                lines.push((String::new(), Meaning::Text));
                lines.push((table.title.clone(), Meaning::Label));
                let rows = table.rows.iter().map(|row| (row.cells.join("  "), Meaning::Text));
                lines.extend(rows);
            }
        }
    }
    lines
}
