//! How many lines may be on their way, and how many bytes: a slow one, whose answer all others wait for, must not fill the
//! memory with them.

use std::sync::{Condvar, Mutex, PoisonError};

pub struct Room {
    taken: Mutex<(usize, u64)>,
    left: Condvar,
    lines: usize,
    bytes: u64,
}

impl Room {
    pub fn new(lines: usize, bytes: u64) -> Room {
        Room { taken: Mutex::default(), left: Condvar::new(), lines, bytes }
    }

    /// Waits until there is room for a line of this size. A lone one always has it.
    pub fn enter(&self, size: usize) {
        let full =
            |taken: &mut (usize, u64)| taken.0 > 0 && (taken.0 >= self.lines || taken.1.saturating_add(size as u64) > self.bytes);
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let mut taken = self.left.wait_while(taken, full).unwrap_or_else(PoisonError::into_inner);
        taken.0 += 1;
        taken.1 = taken.1.saturating_add(size as u64);
    }

    /// Makes room when a line has been answered.
    pub fn leave(&self, size: usize) {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.0 -= 1;
        taken.1 -= size as u64;
        self.left.notify_one();
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
