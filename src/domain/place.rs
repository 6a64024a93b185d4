//! Places on the ground: WGS 84 positions, the datum shift of Chinese maps, distance, bearing, polygons.

use std::f64::consts::PI;

/// A position on WGS 84 in degrees. Always finite and in range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    lat: f64,
    lon: f64,
}

/// The datum an upstream speaks. GCJ-02 lies 430 m east and 257 m south of WGS 84 at Yuyao.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Datum {
    /// World Geodetic System 1984: satellites, GPS, this program.
    #[default]
    Wgs84,
    /// The shifted datum of Chinese web maps.
    Gcj02,
    /// Baidu's, shifted once more.
    Bd09,
}

/// One row a datum: its key in files and facts.
pub const DATUMS: [(Datum, &str); 3] = [
    (Datum::Wgs84, "wgs84"),
    (Datum::Gcj02, "gcj02"),
    (Datum::Bd09, "bd09"),
];

impl Datum {
    /// The key in files and facts.
    pub fn key(self) -> &'static str {
        DATUMS.iter().find(|row| row.0 == self).map_or("", |row| row.1)
    }

    /// By its key.
    pub fn by_key(key: &str) -> Option<Self> {
        DATUMS.iter().find(|row| row.1 == key).map(|row| row.0)
    }
}

/// A closed ring of positions, first not repeated.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ring(pub Vec<Place>);

/// Mean radius of the earth in metres.
const EARTH_M: f64 = 6_371_008.8;

impl Place {
    /// A WGS 84 position; `None` unless finite and within ±90 / ±180 degrees.
    pub fn new(lat: f64, lon: f64) -> Option<Self> {
        let ok = lat.is_finite() && lon.is_finite() && lat.abs() <= 90.0 && lon.abs() <= 180.0;
        ok.then_some(Self { lat, lon })
    }

    /// A position given on `datum`, brought to WGS 84 (error of the inverse shift below 1 m).
    pub fn on(datum: Datum, lat: f64, lon: f64) -> Option<Self> {
        let given = Self::new(lat, lon)?;
        match datum {
            Datum::Wgs84 => Some(given),
            Datum::Gcj02 | Datum::Bd09 => {
                let mut guess = given;
                for _ in 0..4 {
                    let (there_lat, there_lon) = guess.to(datum);
                    guess = Self::new(guess.lat + lat - there_lat, guess.lon + lon - there_lon)?;
                }
                Some(guess)
            }
        }
    }

    /// Latitude and longitude of this position as a map on `datum` writes them.
    pub fn to(self, datum: Datum) -> (f64, f64) {
        match datum {
            Datum::Wgs84 => (self.lat, self.lon),
            Datum::Gcj02 => {
                let (dlat, dlon) = gcj_shift(self);
                (self.lat + dlat, self.lon + dlon)
            }
            Datum::Bd09 => bd_shift(self.to(Datum::Gcj02)),
        }
    }

    /// Degrees north.
    pub fn lat(self) -> f64 {
        self.lat
    }

    /// Degrees east.
    pub fn lon(self) -> f64 {
        self.lon
    }

    /// Great-circle distance in metres.
    pub fn distance_m(self, other: Self) -> f64 {
        let (a, b) = (self.lat.to_radians(), other.lat.to_radians());
        let half = |x: f64| (x / 2.0).sin().powi(2);
        let h = half(b - a) + a.cos() * b.cos() * half((other.lon - self.lon).to_radians());
        2.0 * EARTH_M * h.sqrt().min(1.0).asin()
    }

    /// Initial bearing towards `other`, degrees clockwise from north, 0 ≤ b < 360.
    pub fn bearing_deg(self, other: Self) -> f64 {
        let (a, b) = (self.lat.to_radians(), other.lat.to_radians());
        let dlon = (other.lon - self.lon).to_radians();
        let y = dlon.sin() * b.cos();
        let x = a.cos() * b.sin() - a.sin() * b.cos() * dlon.cos();
        y.atan2(x).to_degrees().rem_euclid(360.0)
    }
}

impl Ring {
    /// Whether `place` lies inside (even-odd rule on the plane of degrees).
    pub fn contains(&self, place: Place) -> bool {
        let mut inside = false;
        let mut before = self.0.last();
        for here in &self.0 {
            if let Some(b) = before
                && (here.lat > place.lat) != (b.lat > place.lat)
            {
                let cut = (b.lon - here.lon) * (place.lat - here.lat) / (b.lat - here.lat) + here.lon;
                if place.lon < cut {
                    inside = !inside;
                }
            }
            before = Some(here);
        }
        inside
    }
}

/// A GCJ-02 position, latitude and longitude, as Baidu's maps write it: turned and moved a little more.
fn bd_shift((lat, lon): (f64, f64)) -> (f64, f64) {
    const TURN: f64 = std::f64::consts::PI * 3000.0 / 180.0;
    let far = lon.hypot(lat) + 0.000_02 * (lat * TURN).sin();
    let angle = lat.atan2(lon) + 0.000_003 * (lon * TURN).cos();
    (far * angle.sin() + 0.006, far * angle.cos() + 0.0065)
}

/// The published approximation of the GCJ-02 shift at a WGS 84 position, in degrees (lat, lon).
fn gcj_shift(p: Place) -> (f64, f64) {
    const A: f64 = 6_378_245.0;
    const EE: f64 = 0.006_693_421_622_965_943;
    let (x, y) = (p.lon - 105.0, p.lat - 35.0);
    let wave = (20.0 * (6.0 * x * PI).sin() + 20.0 * (2.0 * x * PI).sin()) * 2.0 / 3.0;
    let dlat = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * x.abs().sqrt()
        + wave
        + (20.0 * (y * PI).sin() + 40.0 * (y / 3.0 * PI).sin()) * 2.0 / 3.0
        + (160.0 * (y / 12.0 * PI).sin() + 320.0 * (y * PI / 30.0).sin()) * 2.0 / 3.0;
    let dlon = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * x.abs().sqrt()
        + wave
        + (20.0 * (x * PI).sin() + 40.0 * (x / 3.0 * PI).sin()) * 2.0 / 3.0
        + (150.0 * (x / 12.0 * PI).sin() + 300.0 * (x / 30.0 * PI).sin()) * 2.0 / 3.0;
    let rad = p.lat.to_radians();
    let magic = 1.0 - EE * rad.sin() * rad.sin();
    let root = magic.sqrt();
    let dlat = dlat * 180.0 / ((A * (1.0 - EE)) / (magic * root) * PI);
    let dlon = dlon * 180.0 / (A / root * rad.cos() * PI);
    (dlat, dlon)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chinese_shift_at_yuyao_is_taken_back() {
        let wgs = Place::new(30.05, 121.15).expect("in range");
        let (dlat, dlon) = gcj_shift(wgs);
        assert!(
            (dlat + 0.00231).abs() < 2e-4 && (dlon - 0.00447).abs() < 2e-4,
            "{dlat} {dlon}"
        );
        let (lat, lon) = wgs.to(Datum::Gcj02);
        let back = Place::on(Datum::Gcj02, lat, lon).expect("in range");
        assert!(back.distance_m(wgs) < 1.0);
    }

    #[test]
    fn a_square_holds_its_middle_and_not_its_outside() {
        let ring = Ring(
            [(0.0, 0.0), (0.0, 2.0), (2.0, 2.0), (2.0, 0.0)]
                .iter()
                .filter_map(|&(a, o)| Place::new(a, o))
                .collect(),
        );
        assert!(ring.contains(Place::new(1.0, 1.0).expect("in range")));
        assert!(!ring.contains(Place::new(3.0, 1.0).expect("in range")));
    }

    #[test]
    fn what_is_not_on_the_globe_is_no_place() {
        assert_eq!(Place::new(f64::NAN, 0.0), None);
        assert_eq!(Place::new(91.0, 0.0), None);
    }

    /// Beijing railway station, as both kinds of maps write it to five digits.
    #[test]
    fn baidus_datum_is_gcj_02_turned_once_more_and_there_is_a_way_back() {
        let place = Place::on(Datum::Gcj02, 39.902_45, 116.427_03).expect("in range");
        let (lat, lon) = place.to(Datum::Bd09);
        assert!(
            (lat - 39.908_51).abs() < 1e-5 && (lon - 116.433_51).abs() < 1e-5,
            "{lat} {lon}"
        );
        for (datum, key) in DATUMS {
            let (lat, lon) = place.to(datum);
            let back = Place::on(datum, lat, lon).expect("in range");
            assert!(back.distance_m(place) < 1.0, "{key}");
        }
    }
}
