//! Frames with 100,000 open alarms and 10,000 cases: the time to draw one, its bytes, the list under a filter, and what a
//! seat waits for that has a filter on.

#[expect(dead_code, reason = "the bench uses a part of it")]
#[path = "../common/mod.rs"]
mod common;

use crate::Report;
use common::story::Sitting;
use lookout::desk::board::Board;
use lookout::domain::query::Query;
use lookout::lang::Lang;
use lookout::tui::action::Action;
use lookout::tui::backend::Painter;
use lookout::tui::find::index::Index;
use lookout::tui::keys::Keymap;
use lookout::tui::look::glyphs::FULL;
use lookout::tui::look::{Depth, Look, Meaning, Theme};
use lookout::tui::panel::{PANELS, Panel};
use lookout::tui::view::{Ctx, View};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::time::{Duration, Instant};

/// Open alarms beside the sample's.
const CROWD: usize = 100_000;
const CASES: &str = "100,000 alarms and 10,000 cases";

/// Adds the rows of this part.
pub(crate) fn run(report: &mut Report) {
    let board = common::crowded(CROWD);
    let stage = Stage {
        board: &board,
        look: Look::new(&Theme::embedded("dark"), Depth::True, &FULL),
        keymap: Keymap::default(),
    };
    for (size, target) in [((80, 24), "p99 ≤ 1 ms"), ((200, 60), "p99 ≤ 2 ms")] {
        for panel in PANELS {
            stage.frame(report, panel, size, target);
        }
    }
    stage.bytes(report, (80, 24), "≤ 4.5 kB");
    stage.bytes(report, (200, 60), "≤ 19 kB");
    stage.lists(report);
    seat(report, &board);
    for points in [1_000, 1] {
        gathered(report, points);
    }
}

/// All alarms read as so many rows: the list opened, and a key until it is painted.
fn gathered(report: &mut Report, points: usize) {
    let mut sitting = Sitting::at(common::gathered(CROWD, points));
    let opened = measured(10, || {
        sitting.keys("6").draw(120, 40);
        sitting.keys("5").draw(120, 40)
    });
    sitting.keys("6");
    let painted = measured(200, || sitting.keys("j").draw(120, 40));
    for (what, target, times) in [
        ("opened and left", "–", opened),
        ("key to paint", "≤ 0.8 / ≤ 2 ms", painted),
    ] {
        let figure = format!("Alarms, 100,000 in {points} rows, {what}, p50 / p99");
        report.add(&figure, target, of(&times));
    }
}

/// What a person at a seat waits for who has a filter on: a key until it is painted, and a board that another brings.
fn seat(report: &mut Report, board: &Board) {
    for (screen, typed) in [("6", "总磷"), ("5", "火点"), ("7", "S"), ("1", "总磷")] {
        let mut sitting = Sitting::at(board.clone());
        sitting.keys(screen).keys("/").types(typed).keys("Enter");
        let frames = [
            ("key to paint", true, "≤ 0.8 / ≤ 2 ms"),
            ("board to paint", false, "–"),
        ];
        for (what, is_key, target) in frames {
            let times = measured(200, || {
                if is_key {
                    sitting.keys("j")
                } else {
                    sitting.sees();
                    &mut sitting
                }
                .draw(120, 40)
            });
            let figure = format!("screen {screen} under «{typed}», {CASES}, {what}, p50 / p99");
            report.add(&figure, target, of(&times));
        }
    }
}

struct Stage<'a> {
    board: &'a Board,
    look: Look,
    keymap: Keymap,
}

impl Stage<'_> {
    fn ctx(&self) -> Ctx<'_> {
        Ctx {
            board: self.board,
            keymap: &self.keymap,
            look: &self.look,
            lang: Lang::Zh,
            now: common::now(),
        }
    }

    /// A view in the middle of its list.
    fn view(&self, panel: &Panel) -> View {
        let mut view = View::default();
        view.list.ids = (panel.rows)(&self.ctx(), &view).into();
        view.top = view.list.ids.len() / 2;
        view.cursor = view.list.ids.get(view.top + 3).cloned();
        view
    }

    fn frame(&self, report: &mut Report, panel: &Panel, (width, height): (u16, u16), target: &str) {
        let (ctx, view) = (self.ctx(), self.view(panel));
        let area = Rect::new(0, 0, width, height);
        let times = measured(300, || {
            let mut buf = Buffer::empty(area);
            (panel.draw)(&ctx, &view, area, &mut buf);
            buf
        });
        let figure = format!(
            "frame {:?} {width}x{height} drawn, 100,000 alarms, p50 / p99",
            panel.action
        );
        report.add(&figure, target, of(&times));
    }

    fn bytes(&self, report: &mut Report, (width, height): (u16, u16), target: &str) {
        let area = Rect::new(0, 0, width, height);
        let sizes = PANELS.iter().map(|panel| {
            let mut buf = Buffer::empty(area);
            buf.set_style(area, self.look.style(Meaning::Ground));
            (panel.draw)(&self.ctx(), &self.view(panel), area, &mut buf);
            let bytes = Painter::new(Depth::True).paint(buf, None).len();
            (bytes, panel.action)
        });
        let (bytes, worst) = sizes.max().unwrap_or((0, Action::Overview));
        let figure = format!("bytes of a full frame {width}x{height}, the largest screen");
        report.add(
            &figure,
            target,
            format!("{:.1} kB ({worst:?})", bytes as f64 / 1000.0),
        );
    }

    /// The list opened, made ready for finding, and narrowed by what is typed.
    fn lists(&self, report: &mut Report) {
        let ctx = self.ctx();
        for (id, target) in [(Action::Fires, "–"), (Action::Alarms, "≤ 10 ms")] {
            let panel = Panel::of(id).expect("a row of PANELS");
            let times = measured(10, || (panel.rows)(&ctx, &View::default()));
            report.add(
                &format!("{id:?} opened, 100,000 alarms, p50 / p99"),
                target,
                of(&times),
            );
        }
        let alarms = Panel::of(Action::Alarms).expect("a row of PANELS");
        let ready = || {
            let rows = (alarms.rows)(&ctx, &View::default());
            Index::new(rows, |id, words| (alarms.words)(&ctx, id, words))
        };
        report.add(
            "filter opened over 100,000 alarms, p50 / p99",
            "≤ 20 ms",
            of(&measured(10, ready)),
        );
        let index = ready();
        for typed in ["总磷", "S0512", "zl", "9", "9 zl 黄"] {
            let times = measured(100, || {
                index.found(&Query::parse(typed).expect("words"), |_, _| None)
            });
            let figure = format!("filter «{typed}» over 100,000 alarms, p50 / p99");
            report.add(&figure, "p99 ≤ 10 ms", of(&times));
        }
    }
}

/// The times of `count` runs, sorted.
fn measured<T>(count: usize, mut run: impl FnMut() -> T) -> Vec<Duration> {
    let mut times: Vec<Duration> = (0..count)
        .map(|_| {
            let begin = Instant::now();
            std::hint::black_box(run());
            begin.elapsed()
        })
        .collect();
    times.sort();
    times
}

fn of(sorted: &[Duration]) -> String {
    let at = |share: usize| {
        let nth = (sorted.len() * share / 100).min(sorted.len().saturating_sub(1));
        sorted.get(nth).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
    };
    format!("{:.2} / {:.2} ms", at(50), at(99))
}
