//! The training city for days of its time, nobody acting: what the process takes does not grow with what is over.

use crate::given;
use crate::process::{Serving, Taken};
use std::time::Duration;

/// How many times as fast as outside.
const SPEED: u64 = 600;
/// Hours of the room after which as much of the past is in hand as ever will be: what is judged over reaches three days back.
const FILLED: u64 = 72;
/// Looks at the process.
const LOOKS: u64 = 12;

#[test]
#[ignore = "half an hour of a real process: .ci/long"]
fn days_of_the_room_make_the_process_neither_larger_nor_slower() {
    let seconds = given("LOOKOUT_SOAK_MINUTES", 30) * 60;
    let serving = Serving::training(SPEED);
    let looks: Vec<Taken> = (0..LOOKS)
        .map(|_| {
            std::thread::sleep(Duration::from_secs(seconds / LOOKS));
            serving.taken()
        })
        .collect();
    let (first, middle, last) = (looks[3], looks[7], looks[11]);
    let (earlier, later) = (middle.cpu - first.cpu, last.cpu - middle.cpu);
    println!(
        "soak: {} hours of the room, memory {} → {} → {} MB, processor {earlier} → {later} hundredths of a second a third, files {} → {}, threads {} → {}",
        seconds * SPEED / 3600,
        first.rss >> 10,
        middle.rss >> 10,
        last.rss >> 10,
        first.files,
        last.files,
        first.threads,
        last.threads
    );
    assert!(last.files <= first.files + 2, "files stay open");
    assert!(last.threads <= first.threads + 1, "threads stay");
    if seconds * SPEED / 3600 / 3 < FILLED {
        println!("soak: too short to tell growth from the first days' filling");
        return;
    }
    assert!(later <= earlier + earlier / 2 + 50, "it grows slower");
    // What stands open costs some; nobody acts, so it grows by some alarms a day.
    let hours = seconds * SPEED / 3600 / 3 * 2;
    assert!(
        last.rss <= first.rss + 6 * 1024 + hours * 128,
        "it grows: {} kB",
        last.rss
    );
}
