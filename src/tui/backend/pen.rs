//! The pen: how the terminal would style the next character, and the SGR parameters (ECMA-48, 8.3.117) that change it.
//!
//! Called by the painter alone; colours come reduced to the terminal's depth.

use ratatui::style::{Color, Modifier};

/// How the next character would be styled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Pen {
    pub(super) fg: Color,
    pub(super) bg: Color,
    pub(super) modifier: Modifier,
}

impl Pen {
    /// The pen for a blank cell that shall look as if `wanted` wrote it: this one as far as nobody sees the ink.
    pub(super) fn blank(self, wanted: Self) -> Self {
        let inked = |pen: Self| pen.modifier.intersects(INKED);
        if inked(self) || inked(wanted) {
            return wanted;
        }
        Self {
            bg: wanted.bg,
            ..self
        }
    }

    /// The fewest SGR parameters that make this pen `to`.
    pub(super) fn turn(self, to: Self) -> String {
        let lost = self.modifier - to.modifier;
        if lost.is_empty() {
            return self.change(to);
        }
        let anew = format!(";{}", Self::default().change(to));
        let off = self.without(lost, to);
        let fewest = if off.len() < anew.len() { off } else { anew };
        fewest.trim_end_matches(';').to_owned()
    }

    /// The SGR parameters that make this pen `to`, which has all its modifiers.
    fn change(self, to: Self) -> String {
        let mut codes: Vec<String> = Vec::new();
        if self.fg != to.fg {
            codes.push(color(to.fg, 30));
        }
        if self.bg != to.bg {
            codes.push(color(to.bg, 40));
        }
        let gained = to.modifier - self.modifier;
        let gained = MODIFIERS.iter().filter(|row| gained.contains(row.0));
        codes.extend(gained.map(|row| row.1.to_owned()));
        codes.join(";")
    }

    /// The SGR parameters that take `lost` away one by one and then make this pen `to`.
    fn without(mut self, lost: Modifier, to: Self) -> String {
        let mut codes = String::new();
        for (modifiers, off) in OFF.iter().filter(|row| row.0.intersects(lost)) {
            codes.push_str(off);
            codes.push(';');
            self.modifier -= *modifiers;
        }
        codes + &self.change(to)
    }
}

/// SGR codes of the modifiers in use. Blinking is not: one cell is redrawn instead.
const MODIFIERS: &[(Modifier, &str)] = &[
    (Modifier::BOLD, "1"),
    (Modifier::DIM, "2"),
    (Modifier::ITALIC, "3"),
    (Modifier::UNDERLINED, "4"),
    (Modifier::REVERSED, "7"),
    (Modifier::CROSSED_OUT, "9"),
];

/// SGR codes that take modifiers away.
const OFF: &[(Modifier, &str)] = &[
    (Modifier::BOLD.union(Modifier::DIM), "22"),
    (Modifier::ITALIC, "23"),
    (Modifier::UNDERLINED, "24"),
    (Modifier::REVERSED, "27"),
    (Modifier::CROSSED_OUT, "29"),
];

/// Modifiers by which a blank cell shows its ink.
pub(super) const INKED: Modifier = Modifier::UNDERLINED
    .union(Modifier::REVERSED)
    .union(Modifier::CROSSED_OUT);

/// The SGR parameters of a colour; `base` is 30 for the ink and 40 for the ground.
fn color(color: Color, base: u8) -> String {
    let basic = |n: u8| if n < 8 { base + n } else { base + 52 + n };
    match color {
        Color::Reset => (base + 9).to_string(),
        Color::Black => basic(0).to_string(),
        Color::Red => basic(1).to_string(),
        Color::Green => basic(2).to_string(),
        Color::Yellow => basic(3).to_string(),
        Color::Blue => basic(4).to_string(),
        Color::Magenta => basic(5).to_string(),
        Color::Cyan => basic(6).to_string(),
        Color::Gray => basic(7).to_string(),
        Color::DarkGray => basic(8).to_string(),
        Color::LightRed => basic(9).to_string(),
        Color::LightGreen => basic(10).to_string(),
        Color::LightYellow => basic(11).to_string(),
        Color::LightBlue => basic(12).to_string(),
        Color::LightMagenta => basic(13).to_string(),
        Color::LightCyan => basic(14).to_string(),
        Color::White => basic(15).to_string(),
        Color::Indexed(n) if n < 16 => basic(n).to_string(),
        Color::Indexed(n) => format!("{};5;{n}", base + 8),
        Color::Rgb(r, g, b) => format!("{};2;{r};{g};{b}", base + 8),
    }
}
