//! The way out: answers are written in the order of their lines, each at once, by whichever worker has the next one. No thread
//! sleeps and is woken for every line.

use super::room::Room;
use crate::cli::written;
use crate::error::Error;
use std::collections::BTreeMap;
use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What is written for a line; an error of the whole run.
pub type Answer = Result<String, Error>;

pub struct Answers<W> {
    room: Arc<Room>,
    queue: Mutex<Queue<W>>,
    closed: AtomicBool,
}

struct Queue<W> {
    out: W,
    /// Those that came before their turn, with the bytes of their lines.
    early: BTreeMap<usize, (usize, Answer)>,
    next: usize,
    count: usize,
    failed: Option<Error>,
}

impl<W: Write> Answers<W> {
    /// Answers leave the room when they are written.
    pub fn new(out: W, room: Arc<Room>) -> Answers<W> {
        let queue = Queue { out, early: BTreeMap::new(), next: 0, count: 0, failed: None };
        Answers { room, queue: Mutex::new(queue), closed: AtomicBool::new(false) }
    }

    /// Takes the answer to a line of so many bytes, and writes all whose turn it is. An empty answer is for an empty line and
    /// is not written.
    pub fn take(&self, number: usize, size: usize, answer: Answer) {
        let mut queue = self.queue();
        queue.early.insert(number, (size, answer));
        while let Some((size, answer)) = queue.turn() {
            self.room.leave(size);
            if let Err(error) = answer.and_then(|answer| queue.write(answer)) {
                queue.failed = Some(error);
                self.closed.store(true, Ordering::Relaxed);
            }
        }
    }

    /// Whether nothing is written any more.
    pub fn are_closed(&self) -> bool {
        self.closed.load(Ordering::Relaxed)
    }

    /// How many were written; the error that ended it.
    pub fn end(self) -> Result<usize, Error> {
        let mut queue = self.queue();
        queue.failed.take().map_or(Ok(queue.count), Err)
    }

    fn queue(&self) -> MutexGuard<'_, Queue<W>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<W: Write> Queue<W> {
    /// The answer whose turn it is; none behind an error.
    fn turn(&mut self) -> Option<(usize, Answer)> {
        let answer = self.early.remove(&self.next).filter(|_| self.failed.is_none())?;
        self.next += 1;
        Some(answer)
    }

    fn write(&mut self, mut answer: String) -> Result<(), Error> {
        if answer.is_empty() {
            return Ok(());
        }
        self.count += 1;
        // In one piece: whoever reads along waits for the end of the line.
        answer.push('\n');
        written(self.out.write_all(answer.as_bytes()).and_then(|()| self.out.flush()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io;

    fn room() -> Arc<Room> {
        let room = Room::new(9, 100);
        (0..4).for_each(|_| room.enter(1));
        Arc::new(room)
    }

    #[test]
    fn answers_are_written_in_the_order_of_their_lines() {
        let mut out = Vec::new();
        let answers = Answers::new(&mut out, room());
        for (number, answer) in [(2, "c"), (0, "a"), (3, "d"), (1, "")] {
            answers.take(number, 1, Ok(answer.to_owned()));
        }
        assert_eq!(answers.end().unwrap(), 3);
        assert_eq!(out, b"a\nc\nd\n");
    }

    #[test]
    fn an_error_ends_it_when_its_turn_has_come() {
        let mut out = Vec::new();
        let answers = Answers::new(&mut out, room());
        answers.take(1, 1, Err(Error::Usage("broken".to_owned())));
        assert!(!answers.are_closed());
        answers.take(0, 1, Ok("a".to_owned()));
        answers.take(2, 1, Ok("c".to_owned()));
        assert!(answers.are_closed() && answers.end().is_err());
        assert_eq!(out, b"a\n");
    }

    #[test]
    fn a_reader_that_has_gone_closes_it() {
        struct Gone;
        impl Write for Gone {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let answers = Answers::new(Gone, room());
        answers.take(0, 1, Ok("a".to_owned()));
        assert!(answers.are_closed() && matches!(answers.end(), Err(Error::Closed)));
    }
}
