//! From where a source is asked on: what was kept of it, and nothing that was kept of another upstream.

use super::*;
use crate::net::client::Manners;
use crate::net::{Ask, Response};

/// An upstream at an address, asked for all after what its cursor says.
struct After(&'static str);

impl Source for After {
    fn ask(&self, cursor: &Cursor, _: Moment) -> Ask {
        Ask::get(format!("{}?after={cursor}", self.0))
    }

    fn read(&self, _: &Cursor, _: &Response, _: Moment) -> Result<Read, PollError> {
        Ok(Read::default())
    }

    fn every(&self) -> Span {
        Span::mins(5)
    }

    fn late_after(&self) -> Option<Span> {
        None
    }
}

fn poll(address: &'static str) -> Poll {
    Poll::new(Wired {
        id: SourceId::new("host"),
        kind: Clean::new("json"),
        source: Box::new(After(address)),
        every: Span::mins(5),
        late_after: None,
        bounds: Bounds::default(),
        most: 1 << 20,
        volume: None,
    })
}

#[test]
fn after_a_restart_it_is_asked_on_from_what_was_kept_and_of_another_address_from_the_beginning() {
    let (id, reached) = (SourceId::new("host"), Cursor::from(17));
    let nothing = Cursors::new();
    assert_eq!(poll("https://a").from(&nothing), Cursor::Null, "never asked");
    let kept = Cursors::from([(id, poll("https://a").marked(reached.clone()))]);
    assert_eq!(
        poll("https://a").from(&kept),
        reached,
        "the same, in a new process"
    );
    assert_eq!(poll("https://b").from(&kept), Cursor::Null, "another upstream");
}

#[tokio::test(start_paused = true)]
async fn a_source_is_not_asked_again_before_what_it_gave_last_was_taken_in() {
    let (events, told) = std::sync::mpsc::channel();
    let (_term, term) = watch::channel(Some(1));
    let (_cursors, cursors) = watch::channel(Cursors::new());
    let (_wishes, wished) = watch::channel(wishes::Wished::new());
    let line = PollIo {
        client: Client::new(Manners::default(), Moment::default),
        clock: Clock::Wall,
        events,
        term,
        cursors,
        wishes: Wishes::new(wished),
        luck: Luck::new(1),
    };
    // Nobody answers there, which is told like anything else.
    tokio::spawn(run(poll("http://127.0.0.1:1/").wired, line, Span::ZERO));
    let a_day = Duration::from_secs(24 * 3600);
    tokio::time::sleep(a_day).await;
    let first = told.try_recv().expect("it is asked at once");
    assert!(told.try_recv().is_err(), "nothing piles up");
    drop(first);
    tokio::time::sleep(a_day).await;
    assert!(told.try_recv().is_ok(), "it is asked again");
}
