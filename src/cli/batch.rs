//! `contresens batch`: JSON lines in, JSON lines out, in the same order, in constant memory, each line flushed.
//! All cores work.

mod answers;
mod room;

use super::Knowledge;
use super::house::{self, House};
use super::limits::{self, LimitArguments};
use super::remarks::remarks;
use crate::brief::Brief;
use crate::checker::{Check, Checker};
use crate::config::{Held, Loaded, Settings};
use crate::error::Error;
use crate::input::{Format, parse};
use crate::report::json::Article;
use answers::Answers;
use clap::Args;
use room::Room;
use serde::Deserialize;
use serde_json::{Value, json};
use std::io::{self, BufRead, Read, Stdout};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

#[derive(Args)]
pub struct BatchArguments {
    /// Articles checked at the same time [default: the number of cores]
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
    /// A configuration: its languages where a line names none, its rules and its house knowledge. No other is read, and what
    /// it says of files and of the gate does not concern lines
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    limits: LimitArguments,
    #[command(flatten)]
    knowledge: Knowledge,
}

/// Lines for each worker that are on their way or wait for an answer before them.
const AHEAD: usize = 64;
/// How often a worker that waits for a line looks whether the run was interrupted.
const PATIENCE: Duration = Duration::from_millis(100);

/// A line as it was read, or why it was not.
type Given = Result<Vec<u8>, Error>;

/// A line in.
#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    id: Value,
    target: String,
    source: Option<String>,
    expect: Option<Value>,
    from: Option<String>,
    to: Option<String>,
}

/// What all workers share: the checker, and the languages of lines that name none.
struct Desk<'c> {
    checker: Checker<'c>,
    from: Option<String>,
    to: Option<String>,
}

pub fn run(arguments: &BatchArguments) -> Result<bool, Error> {
    let config = arguments.config.as_deref().map(Loaded::read).transpose()?;
    let settings = Settings::of(Path::new("-"), config.as_ref(), None, &arguments.knowledge.flags())?;
    let corpus = House::of(&settings).load(&arguments.knowledge.lists)?;
    let mut checker = house::checker(&corpus, &settings)?;
    house::check_languages(&checker, &settings)?;
    let stop = limits::stop_on_interrupt()?;
    checker.limit(arguments.limits.limits(&stop));
    let usual = |tag: Option<Held<String>>| tag.map(|held| held.value);
    let desk = Desk { checker, from: usual(settings.from), to: usual(settings.to) };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let jobs = arguments.jobs.unwrap_or(cores).max(1);
    let most = arguments.limits.size();
    let room = Arc::new(Room::new(jobs * AHEAD, most));
    let (lines_in, lines) = channel();
    let answers = Answers::new(io::stdout(), room.clone());
    let lines = Mutex::new(lines);
    // It may wait for a line for ever, so nobody waits for it.
    thread::spawn(move || read(&lines_in, &room, most));
    thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| work(&lines, &answers, &desk, &stop));
        }
    });
    let count = answers.end()?;
    if stop.load(Ordering::Relaxed) {
        return Err(Error::Interrupted(Some(format!("{count} lines were answered"))));
    }
    Ok(true)
}

/// Reads lines as long as there is room for them.
fn read(lines: &Sender<(usize, Given)>, room: &Room, most: u64) {
    let mut input = io::stdin().lock();
    for number in 0.. {
        let line = match line(&mut input, most) {
            Ok(Next::End) => return,
            Ok(Next::Whole(line)) => Ok(line),
            Ok(Next::Large) => Err(Error::Large { path: PathBuf::from(format!("line {}", number + 1)), most }),
            Err(cause) => Err(Error::Read { path: PathBuf::from("-"), cause }),
        };
        let broken = matches!(line, Err(Error::Read { .. }));
        room.enter(line.as_ref().map_or(0, Vec::len));
        if lines.send((number, line)).is_err() || broken {
            return;
        }
    }
}

/// What stands next in the input.
enum Next {
    Whole(Vec<u8>),
    /// Larger than what is read; passed over.
    Large,
    End,
}

fn line(input: &mut impl BufRead, most: u64) -> io::Result<Next> {
    let mut line = Vec::new();
    let read = input.by_ref().take(most.saturating_add(1)).read_until(b'\n', &mut line)?;
    if read == 0 {
        return Ok(Next::End);
    }
    if line.ends_with(b"\n") || read as u64 <= most {
        return Ok(Next::Whole(line));
    }
    drop(line);
    input.skip_until(b'\n')?;
    Ok(Next::Large)
}

/// Answers lines until there are none, the run is interrupted, or nobody reads the answers: it does not wait for the reader then,
/// which may wait for room for ever.
fn work(lines: &Mutex<Receiver<(usize, Given)>>, answers: &Answers<Stdout>, desk: &Desk, stop: &AtomicBool) {
    while !stop.load(Ordering::Relaxed) && !answers.are_closed() {
        let Ok(next) = lines.lock().map(|lines| lines.recv_timeout(PATIENCE)) else { return };
        let (number, given) = match next {
            Ok(next) => next,
            Err(RecvTimeoutError::Timeout) => continue,
            Err(RecvTimeoutError::Disconnected) => return,
        };
        let size = given.as_ref().map_or(0, Vec::len);
        let answer = match given {
            Ok(line) => Ok(answer(&line, desk)),
            Err(error @ Error::Large { .. }) => Ok(json!({"error": error.to_string()}).to_string()),
            Err(error) => Err(error),
        };
        answers.take(number, size, answer);
    }
}

/// The line out for a line in: a report, or what is wrong with the line.
fn answer(line: &[u8], desk: &Desk) -> String {
    if line.iter().all(u8::is_ascii_whitespace) {
        return String::new();
    }
    match serde_json::from_slice::<Line>(line) {
        Ok(line) => match report(&line, desk) {
            Ok(report) => report,
            Err(error) => json!({"id": line.id, "error": error}).to_string(),
        },
        Err(error) => {
            let id = serde_json::from_slice::<Value>(line).ok().and_then(|value| value.get("id").cloned());
            // The reader counts within the line; the answer does not say which it is, for a cluster cuts its input anywhere.
            let error = error.to_string().replace("at line 1 column", "at column");
            let error = format!("expected an object with \"id\" and \"target\": {error}");
            id.map_or_else(|| json!({"error": error}), |id| json!({"id": id, "error": error})).to_string()
        }
    }
}

fn report(line: &Line, desk: &Desk) -> Result<String, String> {
    let mut target = parse(line.target.clone(), Format::Plain);
    let source = line.source.clone().map(|source| parse(source, Format::Plain));
    let brief = line.expect.clone().map(Brief::from_json).transpose()?;
    let check = Check {
        target: Some(&target),
        source: source.as_ref(),
        brief: brief.as_ref(),
        from: line.from.as_deref().or(desk.from.as_deref()),
        to: line.to.as_deref().or(desk.to.as_deref()),
    };
    let report = limits::checked(&desk.checker, &check).map_err(|error| error.to_string())?;
    target.notes.extend(remarks(&target, source.as_ref(), &report, desk.checker.corpus()));
    let article = Article::new(None, Some(line.id.clone()), &report, &target, source.as_ref());
    serde_json::to_string(&article).map_err(|error| error.to_string())
}
