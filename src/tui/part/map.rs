//! A map of the county: the boundary in braille dots, marks with labels, north up. Called by panels.
//!
//! Positions are projected on the local plane (x = longitude · cos of the middle latitude), which is exact enough
//! for one county. It knows no stations and no fires: what is marked, and how, is the caller's.

use crate::domain::place::Place;
use crate::tui::part;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Something to mark. Marks drawn first keep their place; a later label gives way.
#[derive(Clone, Debug)]
pub struct Mark {
    /// Where.
    pub place: Place,
    /// The symbol on the very cell; empty for a label alone.
    pub symbol: &'static str,
    /// The symbol's look.
    pub style: Style,
    /// Words beside it; empty for none.
    pub label: String,
    /// The words' look.
    pub label_style: Style,
}

/// How the ground becomes dots: two a cell across, four a cell down.
#[derive(Clone, Copy, Debug)]
pub struct Projection {
    area: Rect,
    west: f64,
    north: f64,
    squeeze: f64,
    dots_per_degree: f64,
}

impl Projection {
    /// Fits `places` into `area`, centred, one dot from its edge; `None` where there is nothing to fit or no room.
    pub fn fit(area: Rect, places: impl Iterator<Item = Place>) -> Option<Self> {
        let (mut south, mut west, mut north, mut east) = (f64::MAX, f64::MAX, f64::MIN, f64::MIN);
        for place in places {
            (south, north) = (south.min(place.lat()), north.max(place.lat()));
            (west, east) = (west.min(place.lon()), east.max(place.lon()));
        }
        if south > north || area.width < 4 || area.height < 2 {
            return None;
        }
        let squeeze = f64::midpoint(south, north).to_radians().cos().max(0.01);
        let (wide, high) = (
            f64::from(area.width) * 2.0 - 2.0,
            f64::from(area.height) * 4.0 - 2.0,
        );
        // A single place gets 0.1 degrees around it.
        let (width, height) = (((east - west) * squeeze).max(0.05), (north - south).max(0.05));
        let dots_per_degree = (wide / width).min(high / height);
        Some(Self {
            area,
            west: f64::midpoint(west, east) - (wide / 2.0 + 1.0) / dots_per_degree / squeeze,
            north: f64::midpoint(south, north) + (high / 2.0 + 1.0) / dots_per_degree,
            squeeze,
            dots_per_degree,
        })
    }

    /// The dot of `place`, from the upper left of the area; may lie outside.
    fn dot(&self, place: Place) -> (i32, i32) {
        let x = (place.lon() - self.west) * self.squeeze * self.dots_per_degree;
        let y = (self.north - place.lat()) * self.dots_per_degree;
        (x.floor() as i32, y.floor() as i32)
    }

    /// The cell of `place`; `None` outside the area.
    pub fn cell(&self, place: Place) -> Option<(u16, u16)> {
        let (x, y) = self.dot(place);
        let x = u16::try_from(x.div_euclid(2)).ok()?.checked_add(self.area.x)?;
        let y = u16::try_from(y.div_euclid(4)).ok()?.checked_add(self.area.y)?;
        self.area.contains((x, y).into()).then_some((x, y))
    }
}

/// Draws the closed ring of `boundary` in braille dots.
pub fn outline(buf: &mut Buffer, projection: &Projection, boundary: &[Place], style: Style) {
    let area = projection.area;
    let mut dots = vec![0_u8; usize::from(area.width) * usize::from(area.height)];
    let mut before = boundary.last().map(|place| projection.dot(*place));
    for place in boundary {
        let here = projection.dot(*place);
        if let Some(from) = before {
            edge(from, here, |x, y| light(&mut dots, area, x, y));
        }
        before = Some(here);
    }
    for (nth, bits) in dots.iter().enumerate().filter(|(_, bits)| **bits != 0) {
        let x = area.x + (nth % usize::from(area.width)) as u16;
        let y = area.y + (nth / usize::from(area.width)) as u16;
        if let Some(cell) = buf.cell_mut((x, y)) {
            cell.set_char(char::from_u32(0x2800 + u32::from(*bits)).unwrap_or(' '))
                .set_style(style);
        }
    }
}

/// Draws marks: every symbol first, then each label right of it, left of it, below or above, wherever nothing stands.
pub fn marks(buf: &mut Buffer, projection: &Projection, marks: &[Mark]) {
    let mut taken: Vec<Rect> = Vec::with_capacity(marks.len() * 2);
    for mark in marks.iter().filter(|mark| !mark.symbol.is_empty()) {
        let Some((x, y)) = projection.cell(mark.place) else {
            continue;
        };
        let here = Rect::new(x, y, 1, 1);
        if taken.iter().any(|other| other.intersects(here)) {
            continue;
        }
        buf.set_stringn(x, y, mark.symbol, 1, mark.style);
        taken.push(here);
    }
    for mark in marks.iter().filter(|mark| !mark.label.is_empty()) {
        let Some(cell) = projection.cell(mark.place) else {
            continue;
        };
        let width = part::width(&mark.label) as u16;
        let free = places_for(cell, width, mark.symbol.is_empty())
            .into_iter()
            .flatten()
            .find(|spot| fits(*spot, cell, projection.area, &taken));
        if let Some(spot) = free {
            buf.set_stringn(spot.x, spot.y, &mark.label, usize::from(width), mark.label_style);
            taken.push(spot);
        }
    }
}

/// Where a label may stand, best first.
fn places_for((x, y): (u16, u16), width: u16, alone: bool) -> [Option<Rect>; 4] {
    let spot = |x: Option<u16>, y: Option<u16>| Some(Rect::new(x?, y?, width, 1));
    let middle = x.checked_sub(width / 2);
    if alone {
        return [spot(middle, Some(y)), None, None, None];
    }
    [
        spot(x.checked_add(1), Some(y)),
        spot(x.checked_sub(width), Some(y)),
        spot(middle, y.checked_add(1)),
        spot(middle, y.checked_sub(1)),
    ]
}

/// Whether `spot` lies in `area`, with a blank column between it and whatever is not its own symbol at `own`.
fn fits(spot: Rect, own: (u16, u16), area: Rect, taken: &[Rect]) -> bool {
    let inside =
        spot.x >= area.x && spot.right() <= area.right() && spot.y >= area.y && spot.y < area.bottom();
    let roomy = Rect {
        x: spot.x.saturating_sub(1),
        width: spot.width.saturating_add(2),
        ..spot
    };
    let own = Rect::new(own.0, own.1, 1, 1);
    let mut others = taken
        .iter()
        .filter(|other| **other != own || own.intersects(spot));
    inside && !others.any(|other| other.intersects(roomy))
}

fn light(dots: &mut [u8], area: Rect, x: i32, y: i32) {
    const BITS: [[u8; 2]; 4] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];
    let (column, row) = (x.div_euclid(2), y.div_euclid(4));
    if column < 0 || row < 0 || column >= i32::from(area.width) || row >= i32::from(area.height) {
        return;
    }
    let cell = row as usize * usize::from(area.width) + column as usize;
    let bit = BITS
        .get(y.rem_euclid(4) as usize)
        .and_then(|row| row.get(x.rem_euclid(2) as usize));
    if let (Some(dot), Some(bit)) = (dots.get_mut(cell), bit) {
        *dot |= bit;
    }
}

/// Every dot of the straight line between two dots (Bresenham); far ends are cut to keep it short.
fn edge(from: (i32, i32), to: (i32, i32), mut each: impl FnMut(i32, i32)) {
    const FAR: i32 = 4096;
    let ((mut x, mut y), (ex, ey)) = (cut(from, FAR), cut(to, FAR));
    let (dx, dy) = ((ex - x).abs(), -(ey - y).abs());
    let (sx, sy) = ((ex - x).signum(), (ey - y).signum());
    let mut error = dx + dy;
    loop {
        each(x, y);
        if (x, y) == (ex, ey) {
            return;
        }
        let twice = 2 * error;
        if twice >= dy {
            error += dy;
            x += sx;
        }
        if twice <= dx {
            error += dx;
            y += sy;
        }
    }
}

fn cut((x, y): (i32, i32), far: i32) -> (i32, i32) {
    (x.clamp(-far, far), y.clamp(-far, far))
}

/// An arrow along the wind that comes from `from` degrees: it points to where smoke drifts.
pub fn wind_arrow(from: f64) -> &'static str {
    const TO: [&str; 8] = ["↓", "↙", "←", "↖", "↑", "↗", "→", "↘"];
    TO.get(octant(from)).copied().unwrap_or("↓")
}

/// The eighth of the compass that `degrees` lies in: 0 is north, 2 is east.
pub fn octant(degrees: f64) -> usize {
    ((degrees.rem_euclid(360.0) + 22.5) / 45.0) as usize % 8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(lat: f64, lon: f64) -> Place {
        Place::new(lat, lon).expect("in range")
    }

    fn square() -> Vec<Place> {
        vec![
            place(30.0, 121.0),
            place(30.0, 121.2),
            place(30.2, 121.2),
            place(30.2, 121.0),
        ]
    }

    fn rows(buf: &Buffer) -> Vec<String> {
        let cells: Vec<&str> = buf.content().iter().map(ratatui::buffer::Cell::symbol).collect();
        cells
            .chunks(usize::from(buf.area.width))
            .map(|row| row.concat().trim_end().to_owned())
            .collect()
    }

    #[test]
    fn a_square_degree_is_drawn_narrower_than_high_as_it_is_on_the_ground() {
        let area = Rect::new(0, 0, 20, 5);
        let mut buf = Buffer::empty(area);
        let projection = Projection::fit(area, square().into_iter()).expect("fits");
        outline(&mut buf, &projection, &square(), Style::default());
        assert_eq!(
            rows(&buf),
            [
                "      ⡖⠒⠒⠒⠒⠒⠒⢲",
                "      ⡇      ⢸",
                "      ⡇      ⢸",
                "      ⡇      ⢸",
                "      ⣇⣀⣀⣀⣀⣀⣀⣸",
            ]
        );
    }

    #[test]
    fn labels_give_way_to_marks_and_to_earlier_labels() {
        let area = Rect::new(0, 0, 12, 3);
        let mut buf = Buffer::empty(area);
        let projection = Projection::fit(area, square().into_iter()).expect("fits");
        let mark = |lat, label: &str| Mark {
            place: place(lat, 121.1),
            symbol: "●",
            style: Style::default(),
            label: label.to_owned(),
            label_style: Style::default(),
        };
        marks(
            &mut buf,
            &projection,
            &[mark(30.1, "62"), mark(30.1, "far too long a label")],
        );
        assert_eq!(rows(&buf), ["", "      ●62", ""]);
    }

    #[test]
    fn places_outside_and_areas_without_room_draw_nothing() {
        assert!(Projection::fit(Rect::new(0, 0, 0, 0), square().into_iter()).is_none());
        assert!(Projection::fit(Rect::new(0, 0, 20, 5), std::iter::empty()).is_none());
        let one = Projection::fit(Rect::new(0, 0, 20, 5), std::iter::once(place(30.0, 121.0)));
        assert_eq!(one.and_then(|p| p.cell(place(50.0, 3.0))), None);
    }

    #[test]
    fn smoke_drifts_away_from_where_the_wind_comes() {
        assert_eq!(wind_arrow(0.0), "↓");
        assert_eq!(wind_arrow(44.0), "↙");
        assert_eq!(wind_arrow(350.0), "↓");
        assert_eq!(wind_arrow(270.0), "→");
    }
}
