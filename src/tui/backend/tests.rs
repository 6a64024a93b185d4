//! What the painter writes, read back through a terminal emulator.

use super::*;
use proptest::prelude::*;
use ratatui::style::{Modifier, Style};
use std::num::NonZeroU16;

fn screen_of(parser: &vt100::Parser) -> Vec<String> {
    parser.screen().rows(0, 20).collect()
}

fn text_of(frame: &Buffer) -> Vec<String> {
    let row = |y| {
        let mut text = String::new();
        let mut x = frame.area.left();
        while let Some(cell) = frame.cell((x, y)).filter(|_| x < frame.area.right()) {
            text.push_str(cell.symbol());
            x += width(cell).max(1);
        }
        text.trim_end().to_owned()
    };
    (frame.area.top()..frame.area.bottom()).map(row).collect()
}

fn frame(lines: &[&str]) -> Buffer {
    let mut frame = Buffer::empty(Rect::new(0, 0, 20, 4));
    for (y, line) in lines.iter().enumerate() {
        frame.set_string(0, y as u16, line, Style::new());
    }
    frame
}

fn parser() -> vt100::Parser {
    let size = |n| NonZeroU16::new(n).expect("not zero");
    vt100::Parser::new(size(4), size(20), 0)
}

#[test]
fn a_changed_cell_costs_a_few_bytes_and_no_change_none() {
    let mut painter = Painter::new(Depth::True);
    let first = painter.paint(frame(&["综合指数 3.42", "b"]), None);
    assert!(first.starts_with(BEGIN) && first.ends_with(END));
    assert!(painter.paint(frame(&["综合指数 3.42", "b"]), None).is_empty());
    let next = painter.paint(frame(&["综合指数 3.43", "b"]), None);
    assert!(
        next.len() <= BEGIN.len() + END.len() + 6 + 8,
        "{}",
        String::from_utf8_lossy(&next)
    );
}

#[test]
fn chinese_text_needs_no_move_between_its_characters() {
    let mut painter = Painter::new(Depth::None);
    let bytes = painter.paint(frame(&["秸秆火情未确认告警"]), None);
    assert!(String::from_utf8_lossy(&bytes).contains("秸秆火情未确认告警"));
}

#[test]
fn a_border_over_half_a_character_is_seen() {
    let mut over = frame(&["秸秆火情"]);
    over.set_string(3, 0, "│x│", Style::new());
    let mut painter = Painter::new(Depth::True);
    let mut parser = parser();
    parser.process(&painter.paint(over, None));
    assert_eq!(screen_of(&parser).first().map(String::as_str), Some("秸 │x│情"));
}

#[test]
fn the_cursor_stands_where_it_is_wanted_and_hides_otherwise() {
    let mut painter = Painter::new(Depth::True);
    let mut parser = parser();
    parser.process(&painter.paint(frame(&["a"]), Some(Position::new(5, 2))));
    assert_eq!(parser.screen().cursor_position(), (2, 5));
    assert!(!parser.screen().hide_cursor());
    parser.process(&painter.paint(frame(&["a"]), None));
    assert!(parser.screen().hide_cursor());
}

#[test]
fn without_colours_bold_and_reverse_stay() {
    let mut bold = frame(&[]);
    bold.set_string(
        0,
        0,
        "x",
        Style::new()
            .fg(Color::Red)
            .add_modifier(Modifier::BOLD | Modifier::REVERSED),
    );
    let bytes = Painter::new(Depth::None).paint(bold, None);
    assert!(String::from_utf8_lossy(&bytes).contains("\x1b[1;7mx"));
}

#[test]
fn a_size_of_nothing_is_painted_without_complaint() {
    let nothing = Buffer::empty(Rect::new(0, 0, 0, 0));
    assert!(
        !Painter::new(Depth::True)
            .paint(nothing, Some(Position::new(0, 0)))
            .is_empty()
    );
}

fn cell() -> impl Strategy<Value = (&'static str, u8, Modifier)> {
    (
        prop::sample::select(vec!["a", " ", "─", "火", "情", "●", "3"]),
        0_u8..3,
        prop::sample::select(vec![
            Modifier::empty(),
            Modifier::BOLD,
            Modifier::BOLD | Modifier::UNDERLINED,
            Modifier::REVERSED,
        ]),
    )
}

fn random_frame() -> impl Strategy<Value = Buffer> {
    prop::collection::vec((0_u16..20, 0_u16..4, cell()), 0..60).prop_map(|cells| {
        let mut frame = frame(&[]);
        for (x, y, (symbol, color, modifier)) in cells {
            let style =
                Style::new().bg([Color::Reset, Color::Rgb(1, 2, 3), Color::Indexed(9)][color as usize]);
            frame.set_string(x, y, symbol, style.add_modifier(modifier));
        }
        frame
    })
}

/// Where the characters of a frame begin.
fn beginnings(frame: &Buffer) -> Vec<Position> {
    let mut behind = Position::ORIGIN;
    let begins = |at: &Position| {
        let begins = at.y != behind.y || at.x >= behind.x;
        if let Some(cell) = frame.cell(*at).filter(|_| begins) {
            behind = Position::new(at.x + width(cell).max(1), at.y);
        }
        begins
    };
    frame.area.positions().filter(begins).collect()
}

/// The ground, and where there is ink to see it, whether it is bold; underlined; reversed.
type Seen = (vt100::Color, bool, bool, bool);

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the frames of this test use three colours"
)]
fn drawn_style(cell: &Cell) -> Seen {
    let ground = match cell.bg {
        Color::Rgb(r, g, b) => vt100::Color::Rgb(r, g, b),
        Color::Indexed(n) => vt100::Color::Idx(n),
        _ => vt100::Color::Default,
    };
    let has = |modifier| cell.modifier.contains(modifier);
    let bold = has(Modifier::BOLD) && cell.symbol() != " ";
    (ground, bold, has(Modifier::UNDERLINED), has(Modifier::REVERSED))
}

fn seen_style(cell: &vt100::Cell) -> Seen {
    let bold = cell.bold() && cell.has_contents() && cell.contents() != " ";
    (cell.bgcolor(), bold, cell.underline(), cell.inverse())
}

proptest! {
    #[test]
    fn any_frames_one_after_another_are_seen_as_they_are(frames in prop::collection::vec(random_frame(), 1..5)) {
        let mut painter = Painter::new(Depth::True);
        let mut parser = parser();
        for mut frame in frames {
            parser.process(&painter.paint(frame.clone(), None));
            mend(&mut frame);
            let seen: Vec<String> = screen_of(&parser).iter().map(|row| row.trim_end().to_owned()).collect();
            prop_assert_eq!(seen, text_of(&frame));
            for at in beginnings(&frame) {
                let (drawn, seen) = (frame.cell(at), parser.screen().cell(at.y, at.x));
                prop_assert_eq!(drawn.map(drawn_style), seen.map(seen_style), "{:?}", at);
            }
        }
    }
}
