//! The city as it is served: its configuration is checked like any file, its address answers.

use super::*;
use crate::bench::check::Outside;
use crate::config::checked;
use crate::domain::time::Moment;
use std::path::{Path, PathBuf};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A world outside in which there is nothing.
struct Nothing;

impl Outside for Nothing {
    fn variable(&self, _: &str) -> Option<String> {
        None
    }

    fn file(&self, path: &Path) -> Result<Vec<u8>, String> {
        Err(format!("{} is not there", path.display()))
    }

    fn files(&self, folder: &Path) -> Result<Vec<PathBuf>, String> {
        Err(format!("{} is not there", folder.display()))
    }
}

fn noon() -> Clock {
    Clock::standing(Moment::parse_rfc3339("2026-11-23T12:30:00+08:00").expect("a fixed text"))
}

/// Sends one request and reads the whole answer.
async fn ask(city: &City, request: &str) -> String {
    let mut stream = TcpStream::connect(city.address).await.expect("the city listens");
    let request =
        format!("{request} HTTP/1.1\r\nHost: city\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    stream.write_all(request.as_bytes()).await.expect("written");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("read");
    answer
}

#[tokio::test]
async fn the_training_configuration_is_a_good_one() {
    let city = start(1, noon()).await.expect("a port");
    let read = checked::read(Path::new("training"), &city.config, &city.beside(&Nothing));
    let config = match read {
        Ok(config) => config,
        Err(faults) => panic!("{faults:#?}"),
    };
    let directory = &config.directory;
    let counts = (
        directory.townships.len(),
        directory.units.len(),
        directory.points.len(),
    );
    assert_eq!(counts, (21, 34, 21 + 238 + 87 + 67 + 51 + 29 + 12));
    assert_eq!((config.sources.len(), config.channels.len()), (17, 1));
    for township in &directory.townships {
        let unit = directory
            .unit_of(&township.id)
            .expect("a unit for every township");
        assert!(unit.phone.as_str().starts_with("0574-0000-"), "{}", unit.name);
    }
}

#[tokio::test]
async fn every_feed_answers_and_a_trainer_breaks_and_mends_one() {
    let city = start(1, noon()).await.expect("a port");
    for feed in feeds::FEEDS {
        let mend = format!("POST /fault?feed={}&kind=none", feed.name);
        assert!(ask(&city, &mend).await.starts_with("HTTP/1.1 200"));
        let answer = ask(&city, &format!("GET {}", feed.path)).await;
        let down = World::new(1).upkeep.feed(feed.name, noon().now()).is_some();
        let status = if down { "HTTP/1.1 503" } else { "HTTP/1.1 200" };
        assert!(answer.starts_with(status), "{}: {answer}", feed.name);
    }
    for (kind, status) in [
        ("error", "500"),
        ("too-often", "429"),
        ("html", "200"),
        ("down", "503"),
    ] {
        let asked = ask(&city, &format!("POST /fault?feed=alerts&kind={kind}&minutes=5")).await;
        assert!(asked.starts_with("HTTP/1.1 200"), "{asked}");
        let answer = ask(&city, "GET /alertmanager/api/v2/alerts").await;
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status}")),
            "{kind}: {answer}"
        );
    }
    assert!(
        ask(&city, "POST /fault?feed=alerts&kind=odd")
            .await
            .starts_with("HTTP/1.1 400")
    );
    assert!(
        ask(&city, "POST /fault?feed=odd&kind=html")
            .await
            .starts_with("HTTP/1.1 404")
    );
}

#[tokio::test]
async fn an_order_without_a_signature_is_refused() {
    let city = start(1, noon()).await.expect("a port");
    assert!(ask(&city, "POST /orders").await.starts_with("HTTP/1.1 401"));
    let counts = ask(&city, "GET /orders").await;
    assert!(
        counts.contains(r#""forged":1"#) && counts.contains(r#""taken":0"#),
        "{counts}"
    );
    assert!(ask(&city, "GET /answers").await.ends_with("[]"));
}

#[tokio::test]
async fn a_city_that_is_dropped_no_longer_listens() {
    let city = start(1, noon()).await.expect("a port");
    let address = city.address;
    drop(city);
    tokio::task::yield_now().await;
    let gone = async {
        while TcpStream::connect(address).await.is_ok() {
            tokio::task::yield_now().await;
        }
    };
    gone.await;
}
