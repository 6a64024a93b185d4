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
//! | [`bench`] | where a file that a person writes is checked: text with places, shape, faults, secrets |
//! | [`store`] | where facts and readings are kept: SQLite; beside it the anchors, written out of its owner's reach, and the room's key, which signs |
//! | [`net`] | ask → reply: the only sender of HTTP |
//! | [`sources`] | upstreams, one a file: what to ask, how to read the reply |
//! | [`channels`] | ways out for orders, one a file: the letter, the receipt |
//! | [`config`] | what the configuration says and means; every fault at once with its place |
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
//! where it stands and may send a `Request`; a frame is a pure function of board, seat, look and the time.
//!
//! A console is two processes: the one that is started holds the terminal and waits ([`cli`], the guardian); its child runs
//! both loops. So the terminal is put back also when the console is killed. `serve` is one, without a seat.
//!
//! *One key press.* Bytes → input event → key → `Action::Acknowledge` → the seat: what is under the cursor, may this role,
//! is a comment needed? → `Event::Request`, with the versions that were on the screen → the desk asks `alarm::decide`: facts, or
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
//! # Words
//!
//! | word | Chinese | what it is | not |
//! |---|---|---|---|
//! | room | 值班室 | one duty room: a configuration, a ledger | seat: one person's terminal in it |
//! | desk | 值班台 | the part that polls, judges, records and delivers; signs as the desk | operator: a person |
//! | ledger | 台账 | all facts, numbered and chained | log: the shift's, or the program's own |
//! | entry | 条目 | one fact of the ledger | reading: kept beside the ledger |
//! | source | 数据源 | an upstream that is polled | intake: where drinking water is taken |
//! | point | 点位 | where readings are measured | place: where a matter is |
//! | reading | 读数 | one value of a point, a quantity, a moment | signal: a matter that an upstream reports |
//! | flaw | 缺陷 | a row of an upstream that cannot be understood | fault: a source or an instrument that does not work |
//! | alarm | 告警 | an abnormal state that a person must see, raised by a rule or a signal | warning: issued by an authority |
//! | cleared | 恢复 | the condition of an alarm holds no more | returned: a unit does not take an order |
//! | acknowledge | 确认 | a person has seen the alarm and answers for it | true: verified, it is so |
//! | shelve | 搁置 | held back by a person for a time | suppressed: held back by a declaration or a rule |
//! | flood | 报警泛滥 | more alarms in ten minutes than a person can take in | a source that floods: one raises too many |
//! | case | 事件 | a matter that goes through a loop | emergency: one kind of it |
//! | sub-case | 子事项 | a case under another, its parent | repeat: the same matter again |
//! | loop | 流程 | the stages and steps of a kind of case: one file, its playbook | rule: when an alarm is raised |
//! | stage | 阶段 | where a case stands | state: of an alarm |
//! | register | 登记 | make a matter a case | prosecute: by law |
//! | close (a problem) | 销号 | a problem rectified, verified and done with | close: any other case that is done with |
//! | rectify | 整改 | an enterprise or unit mends what was wrong | corrected: an upstream mends a reading |
//! | expedite | 督办 | press on what is late | summons: called to account in person |
//! | order | 派单 | what a unit is to do, with a number | directive: of the command; sort: of a list |
//! | assign | 交办 | give a petition or problem to the unit responsible | transfer: to another department |
//! | withdraw | 撤回派单 | take an order back | undo: take back one's own last step |
//! | directive | 指令 | the command's paper that starts an episode, with a number | command: of the command line and the palette |
//! | notice | 须知 | tells a role that something awaits it | order: goes to a unit |
//! | channel | 渠道 | a way out for orders and notices | source: a way in |
//! | answer | 反馈 | what a unit says to an order | receipt: the channel took it |
//! | due | 时限 | by when a thing must be done | limit: what a value must not exceed |
//! | late | 超时 | its time has passed | stale: an old reading; a late source: old data |
//! | episode | 管控 | one time of emergency control, from start to lifting | emergency: an accident |
//! | curtailment | 限产 | an enterprise that runs less under an episode | declared stop: its own |
//! | enterprise | 企业 | a works that is supervised | unit: who takes orders, a department or a township |
//! | target | 目标 | what the year must reach | limit: of each value |
//! | hand-over | 交接班 | a change of shift that both sign | transfer: of a case |
//! | drill | 演练 | a rehearsal by a script; all that leaves the room is marked DRILL | training: the simulated county |
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
//!
//! [`bench`]: mod@bench

pub mod domain;

pub mod clock;
pub mod lang;

pub mod bench;
pub mod store;

pub mod net;

pub mod channels;
pub mod sources;

pub mod config;

pub mod desk;

pub mod report;

pub mod tui;

pub mod training;

pub mod drill;

pub mod log;

pub mod cli;
