//! The whole screen: header, banners, the panel, footer, and what is open over them. A pure function of board, seat
//! and time; any size, also none.

mod banner;
mod boxed;
mod dialog;
mod foot;
mod head;
mod picking;
mod strip;

use crate::desk::board::Board;
use crate::domain::time::Moment;
use crate::tui::action::Action;
use crate::tui::look::Meaning;
use crate::tui::panel::Panel;
use crate::tui::seat::{Mode, Now, Seat};
use crate::tui::view::Ctx;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// Below this many columns or rows the overview is the critical strip.
const STRIP: (u16, u16) = (60, 14);

/// From this height on header and footer have two lines each.
const ROOMY: u16 = 18;

/// What drawing has found out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    /// How many rows of the list there was room for.
    pub rows: u16,
    /// Where the next typed character goes.
    pub cursor: Option<Position>,
}

/// What header and footer are drawn from beside what panels are.
struct Stage<'a> {
    /// What panels are drawn from.
    ctx: Ctx<'a>,
    /// Whose terminal it is.
    seat: &'a Seat,
    /// The newest board, also while the view is frozen.
    live: &'a Board,
    /// The present moment, also while the view is frozen.
    now: Now,
}

/// Draws one frame.
pub fn draw(seat: &Seat, live: &Board, now: Now, buf: &mut Buffer) -> Drawn {
    let ctx = seat.ctx(live, now.room);
    let stage = Stage { ctx, seat, live, now };
    let area = buf.area;
    buf.set_style(area, ctx.look.style(Meaning::Ground));
    if area.is_empty() {
        return Drawn::default();
    }
    let roomy = area.height >= ROOMY;
    let (heads, feet) = match (roomy, area.height) {
        (true, _) => (2, 2),
        (false, 4..) => (1, 1),
        (false, _) => (u16::from(area.height > 1), 0),
    };
    let banners = banner::all(&stage, area.width);
    let kept = u16::try_from(banners.len())
        .unwrap_or(0)
        .min(area.height.saturating_sub(heads + feet) / 4);
    let (top, bottom) = (slice(area, 0, heads), slice(area, area.height - feet, feet));
    let body = slice(area, heads + kept, area.height - heads - kept - feet);
    head::draw(&stage, top, buf);
    banner::draw(&ctx, &banners, slice(area, heads, kept), buf);
    let rows = draw_body(&stage, area, body, buf);
    let typing = foot::draw(&stage, bottom, buf);
    // What is open leaves the header to be seen: training is said there.
    let over = if roomy {
        slice(area, heads, area.height - heads)
    } else {
        area
    };
    let opened = match &seat.mode {
        Mode::Look | Mode::Filter(_) => None,
        Mode::Pick(pick) => picking::draw(&ctx, pick, over, buf),
        Mode::Form(open) => dialog::draw(&ctx, &open.form, over, buf),
    };
    Drawn {
        rows,
        cursor: opened.or(typing),
    }
}

/// When the screen reads differently although nothing happens: the header's minute, a countdown, a toast's end.
/// The second figure is in the hand's time.
pub fn wakes(seat: &Seat, live: &Board, now: Now) -> (Moment, Option<i64>) {
    let minute = crate::domain::time::Span::mins(1);
    let next_minute = now.room.floor(minute) + minute;
    let panel = Panel::of(seat.screen);
    let counting = panel.and_then(|panel| (panel.wakes)(&seat.ctx(live, now.room), &seat.view()));
    // A countdown that claims to change in the past would spin; the next second is soon enough.
    let soonest = now.room + crate::domain::time::Span::from_ms(100);
    let room = counting.map_or(next_minute, |at| at.max(soonest).min(next_minute));
    (room, seat.hand_wakes(live))
}

fn draw_body(stage: &Stage<'_>, area: Rect, body: Rect, buf: &mut Buffer) -> u16 {
    let (ctx, seat) = (&stage.ctx, stage.seat);
    let small = area.width < STRIP.0 || area.height < STRIP.1;
    let view = seat.views.get(&seat.screen);
    let idle = view.is_none_or(|view| view.cursor.is_none());
    if small && idle && seat.screen == Action::Overview {
        strip::draw(ctx, body, buf);
        return body.height;
    }
    if let Some(panel) = Panel::of(seat.screen) {
        return (panel.draw)(ctx, &seat.view(), body, buf);
    }
    strip::draw(ctx, body, buf);
    body.height
}

fn slice(area: Rect, y: u16, height: u16) -> Rect {
    Rect::new(area.x, area.y.saturating_add(y), area.width, height).intersection(area)
}
