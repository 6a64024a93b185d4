//! How many colours a terminal has, and the nearest of them to a colour of a theme.

use ratatui::style::Color;

/// How many colours a terminal shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Depth {
    /// 16 million.
    True,
    /// The 256 of xterm.
    #[default]
    C256,
    /// The 16 of every terminal; the terminal's owner chose how they look.
    C16,
    /// None: `NO_COLOR`, or a terminal without.
    None,
}

/// The sixteen as xterm draws them; used to find the nearest.
const SIXTEEN: [(u8, u8, u8); 16] = [
    (0, 0, 0),
    (205, 0, 0),
    (0, 205, 0),
    (205, 205, 0),
    (0, 0, 238),
    (205, 0, 205),
    (0, 205, 205),
    (229, 229, 229),
    (127, 127, 127),
    (255, 0, 0),
    (0, 255, 0),
    (255, 255, 0),
    (92, 92, 255),
    (255, 0, 255),
    (0, 255, 255),
    (255, 255, 255),
];

impl Depth {
    /// What the environment of a terminal says. A bare `xterm` gets 256: over SSH `COLORTERM` does not arrive.
    pub fn of_env(get: &dyn Fn(&str) -> Option<String>) -> Self {
        let set = |name: &str| get(name).filter(|value| !value.is_empty());
        if set("NO_COLOR").is_some() {
            return Self::None;
        }
        let term = set("TERM").unwrap_or_default();
        let colorterm = set("COLORTERM").unwrap_or_default();
        if colorterm == "truecolor" || colorterm == "24bit" || term.ends_with("-direct") {
            Self::True
        } else if matches!(
            term.as_str(),
            "linux" | "vt220" | "ansi" | "cygwin" | "xterm-16color"
        ) {
            Self::C16
        } else if matches!(term.as_str(), "" | "dumb" | "vt100" | "vt102") {
            Self::None
        } else {
            Self::C256
        }
    }

    /// `color` in as many colours as there are. Without colours everything is the terminal's own ink and ground.
    pub fn reduce(self, color: Color) -> Color {
        match (self, color) {
            (Self::None, _) => Color::Reset,
            (Self::C256, Color::Rgb(r, g, b)) => Color::Indexed(nearest_256(r, g, b)),
            (Self::C16, Color::Rgb(r, g, b)) => Color::Indexed(nearest_16((r, g, b))),
            (Self::C16, Color::Indexed(n)) if n >= 16 => Color::Indexed(nearest_16(rgb_of(n))),
            (Self::True | Self::C256 | Self::C16, any) => any,
        }
    }
}

/// The levels of the 6×6×6 cube.
const LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];

fn nearest_256(r: u8, g: u8, b: u8) -> u8 {
    let step = |x: u8| (0_u8..6).min_by_key(|&i| level(i).abs_diff(x)).unwrap_or(0);
    let cube = 16 + 36 * step(r) + 6 * step(g) + step(b);
    let mean = (u16::from(r) + u16::from(g) + u16::from(b)) / 3;
    let grey = (mean.saturating_sub(3) / 10).min(23) as u8;
    if far((r, g, b), rgb_of(232 + grey)) < far((r, g, b), rgb_of(cube)) {
        232 + grey
    } else {
        cube
    }
}

fn level(i: u8) -> u8 {
    LEVELS.get(usize::from(i)).copied().unwrap_or(255)
}

fn rgb_of(n: u8) -> (u8, u8, u8) {
    match n {
        0..=15 => SIXTEEN.get(usize::from(n)).copied().unwrap_or_default(),
        16..=231 => {
            let n = n - 16;
            (level(n / 36), level(n / 6 % 6), level(n % 6))
        }
        232..=255 => {
            let grey = 8 + 10 * (n - 232);
            (grey, grey, grey)
        }
    }
}

fn nearest_16(color: (u8, u8, u8)) -> u8 {
    (0_u8..16).min_by_key(|&n| far(color, rgb_of(n))).unwrap_or(7)
}

/// Weighted square distance; the eye sees green most and blue least.
fn far(a: (u8, u8, u8), b: (u8, u8, u8)) -> u32 {
    let d = |x: u8, y: u8| u32::from(x.abs_diff(y)).pow(2);
    3 * d(a.0, b.0) + 6 * d(a.1, b.1) + d(a.2, b.2)
}
