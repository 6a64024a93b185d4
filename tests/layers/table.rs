//! The house's rules as data: who may name whom, which words have one home, which families are blind.

/// Who may name whom. The longest name that fits a module is its row; its own subtree, and what is around it, are always open.
pub(crate) const MAY_NAME: &[(&str, &[&str])] = &[
    ("domain", &[]),
    (
        "domain::fact",
        &[
            "domain::id",
            "domain::place",
            "domain::quantity",
            "domain::signal",
            "domain::text",
            "domain::time",
        ],
    ),
    ("clock", &["domain::time"]),
    ("lang", &["domain"]),
    ("bench", &["domain", "lang"]),
    ("config", &["domain", "lang", "bench", "sources", "channels"]),
    ("store", &["domain", "clock"]),
    ("net", &["domain"]),
    ("sources", &["domain", "bench", "net"]),
    ("channels", &["domain", "bench", "lang", "net"]),
    ("desk", &["domain"]),
    ("desk::update", &["domain", "desk"]),
    ("desk::board", &["domain"]),
    ("desk::luck", &[]),
    ("desk::run", DESK_IO),
    ("desk::poll", DESK_IO),
    ("desk::outbox", DESK_IO),
    ("desk::lease", DESK_IO),
    ("desk::share", DESK_IO),
    ("desk::start", DESK_IO),
    ("desk::follow", DESK_IO),
    ("desk::year", DESK_IO),
    ("desk::verify", DESK_IO),
    ("desk::once", DESK_IO),
    ("desk::picture", DESK_IO),
    ("desk::revised", DESK_IO),
    ("training", &["domain", "clock", "bench", "config"]),
    (
        "drill",
        &[
            "domain", "clock", "lang", "config", "store", "net", "channels", "desk", "training", "report",
        ],
    ),
    ("report", &["domain", "lang", "desk::board"]),
    ("tui", &["domain", "lang", "config", "report", "desk"]),
    ("intake", &["domain", "config", "desk"]),
    ("ssh", &["domain", "config", "tui", "desk"]),
    ("log", &["domain", "clock", "desk::board"]),
    (
        "cli",
        &[
            "domain", "clock", "lang", "bench", "config", "store", "net", "sources", "channels", "desk",
            "training", "drill", "report", "tui", "intake", "ssh", "log",
        ],
    ),
    ("main", &["cli", "lookout"]),
];

/// What the desk's I/O half may name.
const DESK_IO: &[&str] = &[
    "domain", "config", "clock", "store", "net", "sources", "channels", "desk",
];

/// Doors that later parts of the program add; their rows stand so that they cannot be built differently.
pub(crate) const LATER: &[&str] = &["intake", "ssh"];

/// Modules that run tasks and wait.
const WAITING: &[&str] = &[
    "net",
    "desk::run",
    "desk::poll",
    "desk::outbox",
    "desk::year",
    "desk::verify",
    "training",
    "drill",
    "tui::run",
    "tui::terminal",
    "cli",
];

/// Modules that read files or speak to the system.
const OUTSIDE: &[&str] = &[
    "bench::check",
    "desk::lease",
    "desk::run",
    "drill",
    "log",
    "net",
    "store",
    "tui::run",
    "tui::terminal",
    "training",
    "cli",
    "main",
];

/// Modules that say what they do in the program's own log.
const LOGGING: &[&str] = &[
    "desk::run",
    "desk::poll",
    "desk::outbox",
    "desk::lease",
    "desk::share",
    "desk::follow",
    "desk::year",
    "desk::verify",
    "training",
    "log",
    "cli",
];

/// Modules that know a form that is stored or sent; in the domain the facts alone, which are their own stored form.
const FORMS: &[&str] = &[
    "bench",
    "channels",
    "cli",
    "config",
    "desk::share",
    "domain::fact",
    "drill",
    "intake",
    "sources",
    "store",
    "training",
    "tui::look",
];

/// The beginning of a path, and the modules it may stand in.
pub(crate) const HOMES: &[(&str, &[&str])] = &[
    ("reqwest", &["net"]),
    ("rusqlite", &["store"]),
    ("russh", &["ssh"]),
    ("ring", &["store::room_key"]),
    ("serde", FORMS),
    ("serde_json", FORMS),
    ("annotate_snippets", &["cli::fault"]),
    ("axum", &["intake", "training"]),
    ("crossterm", &["tui::terminal"]),
    ("std::time::SystemTime::now", &["clock"]),
    ("chrono::Utc::now", &["clock"]),
    ("chrono::Local", &["clock"]),
    ("rustix::time", &["clock"]),
    ("std::sync::OnceLock", &[]),
    ("std::sync::LazyLock", &[]),
    ("rand", &["cli::furnish", "cli::drill"]),
    ("tokio", WAITING),
    ("tracing", LOGGING),
    ("std::fs", OUTSIDE),
    ("std::env", OUTSIDE),
    ("std::process", OUTSIDE),
    ("std::net", OUTSIDE),
    ("std::thread", OUTSIDE),
    ("std::io", OUTSIDE),
    // What is to be a fact is drawn up at the desk alone; the store takes it, and a drill looks over its shoulder.
    ("crate::domain::ledger::Draft", &["desk", "store", "drill"]),
];

/// Where something may be asynchronous.
pub(crate) const ASYNC: &[&str] = WAITING;

/// Macros that stand nowhere.
pub(crate) const NO_MACROS: &[&str] = &[
    "println",
    "eprintln",
    "todo",
    "unimplemented",
    "dbg",
    "thread_local",
];

/// Methods that are called nowhere.
pub(crate) const NO_METHODS: &[&str] = &["unwrap"];

/// Families whose members must not know each other, so that one is added or removed by its file and its row alone; and
/// what all of a family share.
pub(crate) const BLIND: &[(&str, &[&str])] = &[
    ("channels", &["setting"]),
    (
        "sources",
        &["answer", "field", "gather", "setting", "stamp", "upstream"],
    ),
    ("domain::rule", &[]),
    ("tui::panel", &[]),
    ("report", &["books", "hand", "heard", "paper", "span"]),
];

/// Longest file, counted to its tests.
pub(crate) const MOST_LINES: usize = 400;
