//! Lookout (瞭望): the duty room's console for environmental supervision.
//!
//! A metaphor carries the names: a duty room. Feeds come in at the **sources**; the **desk** judges them, writes the
//! **ledger** and puts up the **board**; people sit at **seats** and see the board; orders go out by the **channels**.
//!
//! # The modules, in the order to read them
//!
//! | module | what it is |
//! |---|---|
//! | [`domain`] | the matters themselves, pure: readings, signals, the air index, rules, alarms, cases, tasks, facts and the state folded from them |
//! | [`clock`] | the only reader of the wall clock |
//! | [`lang`] | every word for people, in Chinese and English |
//! | [`config`] | what the configuration says and means; every fault at once with its place |
//! | [`store`] | where facts and readings are kept: SQLite; beside it the anchors, written out of its owner's reach, and the room's key, which signs |
//! | [`net`] | ask → reply: the only sender of HTTP |
//! | [`sources`] | upstreams, one a file: what to ask, how to read the reply |
//! | [`channels`] | ways out for orders, one a file: the letter, the receipt |
//! | [`desk`] | the one core loop: events in, effects out, the board |
//! | [`report`] | the room's documents, made from the ledger as data |
//! | [`tui`] | one person's terminal: bytes → keys → actions → acts; board → cells → bytes |
//! | [`training`] | the simulated county, served over HTTP on loopback; a scripted year of it |
//! | [`drill`] | plays a scripted year against a running desk and holds its ledger against what was expected |
//! | [`log`] | the program's own log |
//! | [`cli`] | the command line, one subcommand a file; the only place that knows all others |
//!
//! Each names only those before it, and fewer: the table in `tests/layers.rs` says which, and is checked. Members of
//! a family (sources, channels, rules, panels) do not know each other: a thing is added by one file and one row in
//! its registry.
//!
//! # Two small loops
//!
//! The **desk**, one a process: `update(Event) → Vec<Effect>` decides and is pure; `run` performs the effects: append,
//! keep, count, publish, deliver. The **seat**, one a terminal: keys become an `Action`, the seat decides what it means
//! where it stands and may send an `Act`; a frame is a pure function of board, seat, look and the time.
//!
//! A console is two processes: the one that is started holds the terminal and waits ([`cli`], the guardian); its child runs
//! both loops. So the terminal is put back also when the console is killed. `serve` is one, without a seat.
//!
//! *One key press.* Bytes → input event → key → `Action::Acknowledge` → the seat: what is under the cursor, may this role,
//! is a comment needed? → `Event::Act`, with the versions that were on the screen → the desk asks `alarm::decide`: facts, or
//! a refusal → `Effect::Append` → stored → `State::apply` → published → every seat draws. If somebody else was first, the
//! append is refused, the newer entries are read, the decision is taken again, and the person reads who did what when.
//!
//! *One poll.* Timer → `source.ask(cursor)` → `net` → `source.read(reply)` → points, readings, signals, flaws → `Event::Read` →
//! rules over two days of trends → facts → the same path. Good rows come through and bad ones are counted; a poll that
//! gave nothing usable is `Event::Silent`, never an empty list.
//!
//! *One order.* `TaskFact::Ordered` is in the ledger before anything is sent → the outbox takes what is undelivered → the
//! channel's letter → `net` → receipt → `Delivered`, `Failed`, `Refused` or `Doubted`, facts again. The key on the wire belongs
//! to this order of this ledger alone, the same on every attempt and after every restart; a way without a key never repeats
//! what may have arrived. The telephone is a channel too: the operator records the call.
//!
//! # What holds everywhere
//!
//! - State changes only by [`domain::state::State::apply`]; folding the entries gives the state; a snapshot is a cache.
//! - Entries are numbered, chained by SHA-256, and appended with the number that the decision saw; the store refuses otherwise.
//! - The chain is verified from its first entry in the background, at the start and every hour, by whoever collects or shows;
//!   until it was, the board says so, and while it does not hold no act is taken.
//! - Nothing is shown as done before it is stored. What cannot be stored turns the console read-only, visibly.
//! - Every process follows the ledger; only the holder of the lease polls, judges and delivers. Two at once do no harm.
//! - Time comes in as an argument. Text from outside is cleaned once, where it is read, and typed so
//!   ([`domain::text::Clean`]). A number that leaves its module wears its unit in its type or name.
//! - Nothing is global or thread-local: one process serves many seats, each with its own language, theme and depth of
//!   colour. (The log is the one exception that `tracing` asks for; it is set once, by `cli`.)

pub mod domain;

pub mod clock;
pub mod lang;

pub mod config;
pub mod store;

pub mod net;

pub mod channels;
pub mod sources;

pub mod desk;

pub mod report;

pub mod tui;

pub mod training;

pub mod drill;

pub mod log;

pub mod cli;
