//! `contresens batch`: JSON lines in, JSON lines out, in the same order, in constant memory, each line flushed.
//! All cores work; the writer puts the answers back into the order of the lines.

use super::{Knowledge, written};
use crate::brief::Brief;
use crate::checker::{Check, Checker};
use crate::error::Error;
use crate::input::{Format, parse};
use crate::report::json::Article;
use clap::Args;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

#[derive(Args)]
pub struct BatchArguments {
    /// Articles checked at the same time [default: the number of cores]
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
    #[command(flatten)]
    knowledge: Knowledge,
}

/// Lines on their way for each worker.
const QUEUE: usize = 4;

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

pub fn run(arguments: &BatchArguments) -> Result<bool, Error> {
    let corpus = arguments.knowledge.load()?;
    let checker = arguments.knowledge.checker(&corpus)?;
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let jobs = arguments.jobs.unwrap_or(cores).max(1);
    let (lines_in, lines) = sync_channel::<(usize, Vec<u8>)>(jobs * QUEUE);
    let (answers_in, answers) = sync_channel::<(usize, String)>(jobs * QUEUE);
    let lines = Mutex::new(lines);
    thread::scope(|scope| {
        for _ in 0..jobs {
            let (lines, answers_in, checker) = (&lines, answers_in.clone(), &checker);
            scope.spawn(move || work(lines, &answers_in, checker));
        }
        drop(answers_in);
        let reader = scope.spawn(move || read(&lines_in));
        let result = written(write(&answers));
        // The readers and workers see the closed channel and stop.
        drop(answers);
        let read = reader.join().unwrap_or(Ok(()));
        result.and_then(|()| read.map_err(|cause| Error::Read { path: PathBuf::from("-"), cause }))
    })?;
    Ok(true)
}

fn read(lines: &SyncSender<(usize, Vec<u8>)>) -> io::Result<()> {
    let mut input = io::stdin().lock();
    for number in 0.. {
        let mut line = Vec::new();
        if input.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        if lines.send((number, line)).is_err() {
            break;
        }
    }
    Ok(())
}

fn work(lines: &Mutex<Receiver<(usize, Vec<u8>)>>, answers: &SyncSender<(usize, String)>, checker: &Checker) {
    loop {
        let next = lines.lock().map(|lines| lines.recv());
        let Ok(Ok((number, line))) = next else { return };
        if answers.send((number, answer(&line, checker))).is_err() {
            return;
        }
    }
}

/// Writes the answers in the order of their lines. An empty answer is for an empty line and is not written.
fn write(answers: &Receiver<(usize, String)>) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let mut early = BTreeMap::new();
    let mut next = 0;
    for (number, answer) in answers {
        early.insert(number, answer);
        while let Some(answer) = early.remove(&next) {
            next += 1;
            if !answer.is_empty() {
                out.write_all(answer.as_bytes())?;
                out.write_all(b"\n")?;
                out.flush()?;
            }
        }
    }
    Ok(())
}

/// The line out for a line in: a report, or what is wrong with the line.
fn answer(line: &[u8], checker: &Checker) -> String {
    if line.iter().all(u8::is_ascii_whitespace) {
        return String::new();
    }
    match serde_json::from_slice::<Line>(line) {
        Ok(line) => match report(&line, checker) {
            Ok(report) => report,
            Err(error) => json!({"id": line.id, "error": error}).to_string(),
        },
        Err(error) => {
            let id = serde_json::from_slice::<Value>(line).ok().and_then(|value| value.get("id").cloned());
            let error = format!("expected an object with \"id\" and \"target\": {error}");
            id.map_or_else(|| json!({"error": error}), |id| json!({"id": id, "error": error})).to_string()
        }
    }
}

fn report(line: &Line, checker: &Checker) -> Result<String, String> {
    let target = parse(line.target.clone(), Format::Plain);
    let source = line.source.clone().map(|source| parse(source, Format::Plain));
    let brief = line.expect.clone().map(Brief::from_json).transpose()?;
    let check = Check {
        target: Some(&target),
        source: source.as_ref(),
        brief: brief.as_ref(),
        from: line.from.as_deref(),
        to: line.to.as_deref(),
    };
    let report = checker.check(&check).map_err(|error| error.to_string())?;
    let article = Article::new(None, Some(line.id.clone()), &report, &target, source.as_ref());
    serde_json::to_string(&article).map_err(|error| error.to_string())
}
