//! The whole way, end to end: the real binary in a real terminal, polling real HTTP, over a real ledger.
//!
//! Bodies are written by hand and dated at run time; `LOOKOUT_REAL` adds the recorded ones (`room_real.rs`).

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test says why by failing"
)]

#[path = "room/anchored.rs"]
mod anchored;
#[path = "room/bodies.rs"]
mod bodies;
#[path = "room/collector.rs"]
mod collector;
#[path = "room/console.rs"]
mod console;
#[path = "room/damaged.rs"]
mod damaged;
#[path = "room/guarded.rs"]
mod guarded;
#[path = "room/kept.rs"]
mod kept;
#[path = "room/later.rs"]
mod later;
#[path = "room/leader.rs"]
mod leader;
#[path = "room/long.rs"]
mod long;
#[path = "room/lost.rs"]
mod lost;
#[path = "room/modes.rs"]
mod modes;
#[path = "room/premises.rs"]
mod premises;
#[path = "room/reasons.rs"]
mod reasons;
#[path = "room/reload.rs"]
mod reload;
#[path = "room/secrets.rs"]
mod secrets;
#[path = "room/standing_by.rs"]
mod standing_by;
#[path = "room/unwritable.rs"]
mod unwritable;
#[path = "room/upstream.rs"]
mod upstream;

use console::Console;
use lookout::clock::Clock;
use lookout::domain::fact::Fact;
use lookout::domain::fact::alarm::AlarmFact;
use lookout::domain::fact::task::TaskFact;
use lookout::domain::ledger::Entry;
use lookout::domain::signature;
use lookout::domain::signature::{Signed, SigningKey};
use lookout::domain::time::{Moment, UTC};
use lookout::store::Ledger;
use premises::{Room, SECRET, SIZE, acknowledge, acknowledge_row, dispatch};
use std::collections::BTreeSet;
use upstream::Answer;

#[test]
fn stations_fires_and_alerts_reach_the_screen() {
    let room = Room::new();
    let mut console = room.console();
    console.wait_for("Test room");
    console.press("2");
    let age = lookout::clock::Clock::Wall.now().age_of(bodies::hour()).as_mins();
    let ages = [format!("{age}m"), format!("{}m", age + 1)];
    console.wait("both stations with their index and age", |text| {
        let row = |name: &str, index: &str| {
            let of_station = |line: &&str| line.contains(name) && line.contains(index);
            text.lines()
                .filter(of_station)
                .any(|line| ages.iter().any(|age| line.contains(age.as_str())))
        };
        row("测试东", "78") && row("测试西", "46")
    });
    console.press("6");
    console.wait_for("Disk of host 0 is full");
    console.press("3");
    console.wait_for("Simen");
    console.press("0");
    console.wait("every source in order", |text| text.matches(" ok").count() >= 3);
    console.press("q");
    assert_eq!(console.end(), 0);
}

#[test]
fn an_acknowledgement_is_in_the_ledger_before_it_is_on_the_screen() {
    let room = Room::new();
    let mut console = room.console();
    console.press("6");
    console.wait_for("Disk of host 0 is full");
    acknowledge(&mut console);
    let shown = room.acknowledged();
    console.kill();
    assert!(shown >= 1, "it was on the screen before it was in the ledger");
    let mut again = room.console();
    again.press("6");
    again.wait_for("needs a person 1");
    let audit = room
        .ledger()
        .verify(&mut |_, _| {})
        .expect("the chain can be read");
    assert_eq!(audit.broken, None);
}

#[test]
fn two_consoles_on_one_ledger_see_each_other_and_one_of_them_polls() {
    let room = Room::new();
    let mut first = room.console();
    first.press("6");
    first.wait_for("Disk of host 0 is full");
    let mut second = room.console();
    second.press("6");
    second.wait_for("Disk of host 0 is full");
    acknowledge(&mut first);
    second.wait_for("needs a person 1");
    first.kill();
    // The lease of a process that was killed runs out; then the other one polls.
    room.upstream.set(
        "/am/api/v2/alerts",
        Answer::Body(bodies::alerts(2), "application/json"),
    );
    second.wait_for("Disk of host 1 is full");
}

#[test]
fn an_order_reaches_the_webhook_once_and_signed_although_it_refused_twice() {
    let room = Room::new();
    room.upstream.refuse_letters(2);
    let mut console = room.console();
    console.press("3");
    console.wait_for("Simen");
    dispatch(&mut console);
    console.wait("the delivery", |_| {
        room.upstream.letters().iter().any(|letter| letter.status == 200)
    });
    console.wait("that it was delivered", |text| text.contains("delivered"));
    let letters = room.upstream.letters();
    assert_eq!(
        letters.iter().map(|letter| letter.status).collect::<Vec<_>>(),
        [500, 500, 200]
    );
    let ids: BTreeSet<&str> = letters.iter().map(|letter| letter.header("webhook-id")).collect();
    assert_eq!(ids.len(), 1, "one order, one key");
    assert!(letters.iter().all(is_signed), "every attempt is signed");
    let failed = room.tasks(|fact| matches!(fact, TaskFact::Failed { .. }));
    let delivered = room.tasks(|fact| matches!(fact, TaskFact::Delivered { .. }));
    assert_eq!((failed, delivered), (2, 1), "each attempt is a fact");
}

#[test]
fn killed_twenty_times_nothing_shown_is_lost_and_nothing_is_sent_twice() {
    let room = Room::new();
    room.upstream.set(
        "/am/api/v2/alerts",
        Answer::Body(bodies::alerts(24), "application/json"),
    );
    let mut shown = 0;
    for round in 0..20_u64 {
        let mut console = room.console();
        console.press("6");
        console.wait("alarms", |text| text.contains("Disk of host"));
        if round % 2 == 0 {
            console.press("3");
            console.wait_for("Simen");
            if !room.has_order() {
                dispatch(&mut console);
            }
            console.press("6");
        }
        let before = room.acknowledged();
        let said = try_to_acknowledge(&mut console, round);
        console.kill();
        shown += usize::from(said);
        let after = room.acknowledged();
        assert!(
            after >= before + usize::from(said),
            "round {round}: shown as recorded and not in the ledger"
        );
    }
    assert!(room.acknowledged() >= shown, "{shown} were shown");
    assert!(shown > 0, "the test never saw an acknowledgement");
    let audit = room
        .ledger()
        .verify(&mut |_, _| {})
        .expect("the chain can be read");
    assert_eq!(audit.broken, None);
    let orders = room.tasks(|fact| matches!(fact, TaskFact::Ordered(_)));
    let letters = room.upstream.letters();
    let taken: BTreeSet<&str> = letters.iter().map(|letter| letter.header("webhook-id")).collect();
    assert!(
        taken.len() <= orders,
        "an order has one key, whatever happens to the process"
    );
}

#[test]
fn a_broken_source_has_a_name_an_alarm_and_recovers() {
    let faults = [
        (Answer::Status(500), "500"),
        (Answer::Html, "not understood"),
        (Answer::Truncated, "broke off"),
        (Answer::Endless, "larger than"),
        (Answer::Bomb, "larger than"),
        (Answer::Silence, "no answer in time"),
    ];
    let room = Room::new();
    let mut console = room.console();
    console.press("0");
    console.wait("every source in order", |text| text.matches(" ok").count() >= 3);
    for (fault, words) in faults {
        room.upstream.set("/air", fault);
        console.press("0");
        console.wait(words, |text| text.contains(words));
        console.press("1");
        console.wait("that it is not calm", |text| {
            text.contains("air") && !text.contains("no unhandled alarms")
        });
        let raised = |fact: &Fact| {
            matches!(
                fact,
                Fact::Alarm(AlarmFact::Raised(_) | AlarmFact::Regraded { .. })
            )
        };
        console.wait("an alarm of it", |_| {
            room.last_of_alarm("SYS-SRC/air")
                .is_some_and(|fact| raised(&fact))
        });
        room.upstream
            .set("/air", Answer::Body(bodies::air(), "application/json"));
        console.press("0");
        console.wait("its recovery", |text| text.matches(" ok").count() >= 3);
        console.wait("the end of its condition", |_| {
            let last = room.last_of_alarm("SYS-SRC/air");
            last.is_some_and(|fact| matches!(fact, Fact::Alarm(AlarmFact::Returned)))
        });
        // Seen, so that the next fault raises it anew.
        console.press("6");
        console.press("!");
        acknowledge_row(&mut console);
    }
    console.press("q");
}

#[test]
fn every_way_out_leaves_the_terminal_as_it_was() {
    let room = Room::new();
    for way in ["q", "\u{3}\u{3}", "TERM", "INT", "HUP"] {
        let mut console = room.console();
        console.wait_for("Test room");
        match way {
            "TERM" | "INT" | "HUP" => console.signal(way),
            keys => console.press(keys),
        }
        console.end();
        console.finish();
        assert_eq!(console.is_restored(), Ok(()), "after {way:?}");
    }
}

#[test]
fn a_full_disk_shows_live_data_says_so_and_recovers() {
    let room = Room::new();
    let mut console = room.console_with_disk_of(160);
    console.press("6");
    console.wait_for("Disk of host 0 is full");
    room.upstream.set(
        "/am/api/v2/alerts",
        Answer::Body(bodies::alerts(2000), "application/json"),
    );
    console.wait("the banner", |text| text.to_lowercase().contains("read-only"));
    assert!(
        !console.text().contains("Disk of host 1999 is full"),
        "what is not stored is not shown as an alarm"
    );
    console.press("2");
    console.wait("live data", |text| text.contains("测试东") && text.contains("78"));
    room.upstream.set(
        "/am/api/v2/alerts",
        Answer::Body(bodies::alerts(1), "application/json"),
    );
    console.wait("that it records again", |text| {
        !text.to_lowercase().contains("read-only")
    });
    console.press("q");
}

/// The recorded bodies of real upstreams, where `LOOKOUT_REAL` names their folder.
#[test]
fn recorded_bodies_reach_the_screen() {
    let Some(folder) = std::env::var_os("LOOKOUT_REAL").map(std::path::PathBuf::from) else {
        println!("skipped: LOOKOUT_REAL names no folder of recorded bodies");
        return;
    };
    let room = Room::new();
    let body = |path: &str| std::fs::read(folder.join(path)).expect("a recorded body");
    let archive = body("quotsoft_hourly/ningbo_china_sites_201906.csv");
    let published = last_published(&String::from_utf8_lossy(&archive));
    let fires = body("firms/SUOMI_VIIRS_C2_Global_VNP14IMGTDL_NRT_2023313_bbox97-18-135-54.csv");
    let fires = of_the_last_day(&String::from_utf8_lossy(&fires), Clock::Wall.now());
    let alerts = body("alertmanager/karma_0.25.0_alerts_groups.json");
    room.upstream
        .set("/air", Answer::Body(archive.into(), "text/csv"));
    room.upstream
        .set("/fires", Answer::Body(fires.into_bytes().into(), "text/csv"));
    room.upstream.set(
        "/am/api/v2/alerts",
        Answer::Body(alerts.into(), "application/json"),
    );
    room.configure(|config| {
        let config = config.replace("city = \"宁波市\"", "form = \"archive\"");
        config.replace(
            "area = [120.0, 29.0, 122.0, 31.0]",
            "area = [97.0, 18.0, 135.0, 54.0]",
        )
    });
    let mut console = room.console();
    console.press("2");
    console.wait(
        "the stations with the index that was published, none of it called now",
        |text| {
            published.iter().all(|(station, index)| {
                let index = format!(" {index} ");
                text.lines().any(|line| {
                    line.contains(station.as_str()) && line.contains(&index) && line.contains("no data")
                })
            })
        },
    );
    console.press("0");
    console.wait("that data of years ago are late", |text| text.contains("late"));
    console.press("6");
    console.wait_for("Free_Disk_Space_Too_Low");
    let raised = |code: &str| {
        let is = |entry: &&Entry| matches!(&entry.fact, Fact::Alarm(AlarmFact::Raised(cause)) if cause.code.as_str() == code);
        room.entries().iter().filter(is).count()
    };
    assert!(raised("STRAW-FIRE") > 100, "{}", raised("STRAW-FIRE"));
    assert!(raised("ALERT") > 5, "{}", raised("ALERT"));
    console.press("q");
    assert_eq!(console.end(), 0);
}

/// A day's detections as if they were of the last 24 hours: those of a later time of day are yesterday's.
fn of_the_last_day(csv: &str, now: Moment) -> String {
    let (today, time) = (now.date(UTC), now.local(UTC).format("%H:%M").to_string());
    let yesterday = today.pred_opt().expect("a day before");
    let recent = |line: &str| {
        let mut fields: Vec<String> = line.split(',').map(str::to_owned).collect();
        let day = if fields[6] <= time { today } else { yesterday };
        fields[5] = day.to_string();
        fields.join(",")
    };
    let (head, rows) = csv.split_once('\n').expect("a header");
    let rows: Vec<String> = rows.lines().map(recent).collect();
    format!("{head}\n{}\n", rows.join("\n"))
}

/// Station and published index of the last hour of a wide archive in which every station has one.
fn last_published(csv: &str) -> Vec<(String, String)> {
    let mut lines = csv.lines();
    let stations: Vec<&str> = lines.next().expect("a header").split(',').skip(3).collect();
    let last = lines
        .rfind(|line| line.split(',').nth(2) == Some("AQI"))
        .expect("an index");
    let indices = last.split(',').skip(3);
    let given = stations
        .into_iter()
        .zip(indices)
        .filter(|(_, index)| !index.is_empty());
    given
        .map(|(station, index)| (station.to_owned(), index.to_owned()))
        .collect()
}

/// Acknowledges the first alarm and stops at any moment; whether the screen said that it is recorded.
fn try_to_acknowledge(console: &mut Console, round: u64) -> bool {
    console.press("g");
    console.press_until("a", "the dialog", |text| text.contains("Comment"));
    let patience = std::time::Duration::from_millis(350 + (round * 97) % 400);
    let says = |text: &str| text.contains("recorded: Acknowledge");
    for _ in 0..3 {
        if console.becomes(patience, &says) {
            return true;
        }
        console.press("\r");
    }
    console.becomes(std::time::Duration::from_millis((round * 31) % 300), &says)
}

/// Whether a letter carries a valid Standard Webhooks signature of the room's secret.
fn is_signed(letter: &upstream::Letter) -> bool {
    let key = SigningKey::parse(SECRET).expect("the test's secret");
    let signed = Signed {
        id: letter.header("webhook-id"),
        at: Moment::from_ms(
            letter
                .header("webhook-timestamp")
                .parse::<i64>()
                .expect("seconds")
                * 1000,
        ),
        body: &letter.body,
    };
    signature::verify(&[key], &signed, letter.header("webhook-signature"), signed.at).is_ok()
}
