//! How many lines may be on their way, and how many bytes: a slow one, whose answer all others wait for, must not fill the
//! memory with them.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

pub struct Room {
    taken: Mutex<Taken>,
    left: Condvar,
    lines: usize,
    bytes: u64,
}

#[derive(Default)]
struct Taken {
    lines: usize,
    bytes: u64,
    /// How many wait.
    waiting: usize,
}

impl Room {
    pub fn new(lines: usize, bytes: u64) -> Room {
        Room { taken: Mutex::default(), left: Condvar::new(), lines, bytes }
    }

    /// Waits until there is room for a line of this size. A lone one always has it. Once all is taken, half of the lines must
    /// leave: who waits is not woken for each.
    pub fn enter(&self, size: usize) {
        let mut taken = self.taken();
        let fits = |taken: &Taken| taken.lines == 0 || taken.bytes.saturating_add(size as u64) <= self.bytes;
        if taken.lines >= self.lines || !fits(&taken) {
            taken.waiting += 1;
            let full = |taken: &mut Taken| !self.is_half_free(taken) || !fits(taken);
            taken = self.left.wait_while(taken, full).unwrap_or_else(PoisonError::into_inner);
            taken.waiting -= 1;
        }
        taken.lines += 1;
        taken.bytes = taken.bytes.saturating_add(size as u64);
    }

    /// Makes room when a line has been answered.
    pub fn leave(&self, size: usize) {
        let mut taken = self.taken();
        taken.lines -= 1;
        taken.bytes -= size as u64;
        if taken.waiting > 0 && self.is_half_free(&taken) {
            self.left.notify_one();
        }
    }

    fn is_half_free(&self, taken: &Taken) -> bool {
        taken.lines <= self.lines / 2
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;

    #[test]
    fn no_more_enter_than_there_is_room_for() {
        let room = Room::new(3, 100);
        room.enter(1000);
        room.leave(1000);
        let (inside, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..100 {
                        room.enter(40);
                        most.fetch_max(inside.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                        inside.fetch_sub(1, Ordering::SeqCst);
                        room.leave(40);
                    }
                });
            }
        });
        assert!((1..=2).contains(&most.into_inner()));
    }
}
