//! Two cameras that see the same thing: their bearings crossed to a position, with its error.
//!
//! Pure geometry on the plane around the first camera, good to some tens of kilometres. Not here: which two sightings
//! are of the same thing. Called by the desk and the screens of fires.

use crate::domain::place::Place;
use crate::domain::playbook::Origin;

/// The error of a camera's bearing in degrees (1 σ) where nothing else is known, and where that figure comes from: a
/// pan-tilt head's backlash and the width of a plume, to be replaced by what a room has measured.
pub const BEARING_ERROR_DEG: (f64, Origin) = (0.5, Origin::Default);

/// Bearings that cross at a narrower angle than this, in degrees, tell no position.
const NARROWEST_DEG: f64 = 3.0;

/// Metres in a degree of latitude on the mean sphere.
const DEGREE_M: f64 = 111_195.08;

/// What one camera saw.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CameraRay {
    /// Where the camera stands.
    pub from: Place,
    /// In which direction, degrees clockwise from north.
    pub bearing: f64,
}

/// Where two sights cross.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossing {
    /// The position.
    pub place: Place,
    /// The longer half-axis of its error ellipse (1 σ), in metres.
    pub error_m: f64,
}

/// Crosses two sights whose bearings are good to `error_deg` degrees (1 σ). `None` where they run nearly side by side, or
/// would cross behind one of the cameras.
pub fn cross(a: CameraRay, b: CameraRay, error_deg: f64) -> Option<Crossing> {
    let narrow = a.from.lat().to_radians().cos();
    let east = (b.from.lon() - a.from.lon()) * DEGREE_M * narrow;
    let north = (b.from.lat() - a.from.lat()) * DEGREE_M;
    let (a_east, a_north) = a.bearing.to_radians().sin_cos();
    let (b_east, b_north) = b.bearing.to_radians().sin_cos();
    // The sine of the angle between the two lines of sight.
    let sine = a_east * b_north - a_north * b_east;
    if sine.abs() < NARROWEST_DEG.to_radians().sin() {
        return None;
    }
    let a_metres = (east * b_north - north * b_east) / sine;
    let b_metres = (east * a_north - north * a_east) / sine;
    if a_metres <= 0.0 || b_metres <= 0.0 {
        return None;
    }
    let place = Place::new(
        a.from.lat() + a_metres * a_north / DEGREE_M,
        a.from.lon() + a_metres * a_east / (DEGREE_M * narrow),
    )?;
    let across = error_deg.to_radians().tan();
    let cosine = a_east * b_east + a_north * b_north;
    let error_m = half_axis(a_metres * across, b_metres * across, cosine);
    Some(Crossing { place, error_m })
}

/// The longer half-axis where two lines, good to `a` and `b` metres across, cross at an angle of that cosine: the root of
/// the inverse of the smaller eigenvalue of the sum of both lines' information (their normals' outer products over the variances).
fn half_axis(a: f64, b: f64, cosine: f64) -> f64 {
    let (a, b) = (1.0 / (a * a), 1.0 / (b * b));
    let trace = a + b;
    let determinant = a * b * (1.0 - cosine * cosine);
    let root = (trace * trace - 4.0 * determinant).max(0.0).sqrt();
    // The smaller root, written so that nothing cancels.
    let smaller = 2.0 * determinant / (trace + root);
    (1.0 / smaller).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sight(lat: f64, lon: f64, bearing: f64) -> CameraRay {
        let from = Place::new(lat, lon).expect("in range");
        CameraRay { from, bearing }
    }

    /// On the equator a hundredth of a degree is 1,111.95 m both ways.
    #[test]
    fn two_cameras_at_a_right_angle_give_the_corner_of_the_square() {
        let (a, b) = (sight(0.0, 0.0, 45.0), sight(0.0, 0.02, 315.0));
        let found = cross(a, b, 0.5).expect("they cross");
        assert!((found.place.lat() - 0.01).abs() < 1e-9 && (found.place.lon() - 0.01).abs() < 1e-9);
        // Both are 1,111.95·√2 = 1,572.54 m away; at a right angle the error is that of one: 1,572.54·tan 0.5° = 13.72 m.
        assert!((found.error_m - 13.72).abs() < 0.01, "{}", found.error_m);
    }

    #[test]
    fn the_narrower_they_cross_the_longer_is_the_error() {
        // An equilateral triangle of 2,223.90 m: each side is good to 19.41 m; at 60° that becomes 19.41 / √(1 − cos 60°) = 27.45 m.
        let found = cross(sight(0.0, 0.0, 30.0), sight(0.0, 0.02, 330.0), 0.5).expect("they cross");
        assert!((found.error_m - 27.45).abs() < 0.02, "{}", found.error_m);
        let wide = cross(sight(0.0, 0.0, 30.0), sight(0.0, 0.02, 330.0), 1.0).expect("they cross");
        assert!((wide.error_m / found.error_m - 2.0).abs() < 0.001);
        let far = cross(sight(0.0, 0.0, 5.0), sight(0.0, 0.02, 355.0), 0.5).expect("they cross");
        assert!(far.error_m > 10.0 * found.error_m, "{}", far.error_m);
    }

    #[test]
    fn what_was_seen_from_two_towers_of_the_county_is_found_again() {
        let fire = Place::new(30.155, 121.010).expect("in range");
        let towers =
            [(30.110, 121.070), (30.215, 121.066)].map(|(lat, lon)| Place::new(lat, lon).expect("in range"));
        let [a, b] = towers.map(|from| CameraRay {
            from,
            bearing: from.bearing_deg(fire),
        });
        let found = cross(a, b, BEARING_ERROR_DEG.0).expect("they cross");
        assert!(
            found.place.distance_m(fire) < 10.0,
            "{}",
            found.place.distance_m(fire)
        );
        assert!((60.0..110.0).contains(&found.error_m), "{}", found.error_m);
    }

    #[test]
    fn side_by_side_or_behind_a_camera_is_no_position() {
        assert_eq!(cross(sight(0.0, 0.0, 0.0), sight(0.0, 0.02, 1.0), 0.5), None);
        assert_eq!(cross(sight(0.0, 0.0, 90.0), sight(0.0, 0.02, 270.0), 0.5), None);
        assert_eq!(cross(sight(0.0, 0.0, 315.0), sight(0.0, 0.02, 45.0), 0.5), None);
    }
}
