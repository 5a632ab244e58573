//! Where expressions are looked up: a hash table of places in their code, written as bytes when the program is built (or when
//! a house folder is read) and read where it lies.

use super::pattern::half;
use crate::token::Token;
use std::borrow::Cow;
use std::num::NonZeroU16;
use std::ops::Range;

/// What expressions are looked up by, each with its own keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Stem,
    Form,
    /// The first letters of a word.
    Opening,
    /// The first two characters of an unspaced expression.
    Pair,
    /// An unspaced expression whose first piece is one character.
    Character,
}

impl Kind {
    const ALL: [Kind; 5] = [Kind::Stem, Kind::Form, Kind::Opening, Kind::Pair, Kind::Character];

    /// Mixes the kind into a hash, so that one table serves all.
    fn key(self, hash: u64) -> u64 {
        hash ^ (self as u64).wrapping_mul(0xD6E8_FEB8_6659_FD93)
    }

    fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// A place in the code under which something is found.
#[derive(Clone, Copy, Debug)]
pub struct Posting {
    pub code: u32,
    /// The number of the word by which it is found.
    pub part: u8,
    /// Where in the code of that word the alternative stands with which the text must still be compared; none where a word
    /// whose key is found is known to fit.
    pub alternative: Option<NonZeroU16>,
    pub near: Near,
}

impl Posting {
    #[inline]
    pub fn read([code, place, bits]: &[Number; POSTING]) -> Posting {
        let place = number(*place);
        let near = Near::of_side(place >> 8 & 0xFF, number(*bits));
        Posting { code: number(*code), part: place as u8, alternative: NonZeroU16::new((place >> 16) as u16), near }
    }
}

/// What the word beside the key must be: most places are refused by it before the code is read. A bit of a word is that of
/// the lowest bits of its hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Near {
    Anything,
    Before(u32),
    After(u32),
}

impl Near {
    /// The bit of a word's hash.
    pub fn bit(hash: u64) -> u32 {
        1 << (hash % 32)
    }

    fn side(self) -> (u32, u32) {
        match self {
            Near::Anything => (0, 0),
            Near::Before(bits) => (1, bits),
            Near::After(bits) => (2, bits),
        }
    }

    #[inline]
    fn of_side(side: u32, bits: u32) -> Near {
        match side {
            1 => Near::Before(bits),
            2 => Near::After(bits),
            _ => Near::Anything,
        }
    }

    /// Whether the tokens around the key may fit.
    #[inline]
    pub fn allows(self, tokens: &[Token], at: usize) -> bool {
        let fits = |token: &Token, bits: u32| bits & (Near::bit(token.form) | Near::bit(token.stem)) != 0;
        match self {
            Near::Anything => true,
            Near::Before(bits) => at.checked_sub(1).is_some_and(|before| fits(&tokens[before], bits)),
            Near::After(bits) => tokens.get(at + 1).is_some_and(|after| fits(after, bits)),
        }
    }
}

/// The index with the code it leads to. The bytes: numbers of four bytes each, then the code.
///
/// `bits kinds keys postings`, then the first key of each of 2^bits buckets and the end of the last, the lower halves of the
/// keys in their order, the first posting of each key and the end of the last, and three numbers for each posting.
pub struct Index {
    bytes: Cow<'static, [u8]>,
    bits: u32,
    kinds: u32,
    /// Where each part begins, in numbers; the code in bytes.
    keys: usize,
    firsts: usize,
    postings: usize,
    code: usize,
}

const HEADER: usize = 4;
/// Numbers of a posting.
const POSTING: usize = 3;

impl Index {
    /// Reads an index as [`Builder::finish`] wrote it.
    pub fn new(bytes: Cow<'static, [u8]>) -> Index {
        let number = |at: usize| half(&bytes[4 * at..]);
        let (bits, kinds, count, found) = (number(0), number(1), number(2) as usize, number(3) as usize);
        let keys = HEADER + (1 << bits) + 1;
        let firsts = keys + count;
        let postings = firsts + count + 1;
        Index { bits, kinds, keys, firsts, postings, code: 4 * (postings + POSTING * found), bytes }
    }

    /// The keys of a kind; None where there are none.
    pub fn keys(&self, kind: Kind) -> Option<Keys<'_>> {
        let numbers = self.bytes.as_chunks::<4>().0;
        let keys = || Keys {
            buckets: &numbers[HEADER..self.keys],
            halves: &numbers[self.keys..self.firsts],
            firsts: &numbers[self.firsts..self.postings],
            postings: numbers[self.postings..].as_chunks::<POSTING>().0,
            shift: 64 - self.bits,
            mix: kind.key(0),
        };
        (self.kinds & kind.bit() != 0).then(keys)
    }

    pub fn is_empty(&self) -> bool {
        self.kinds == 0
    }

    /// The code from a place on.
    pub fn code(&self, posting: &Posting) -> &[u8] {
        &self.bytes[self.code + posting.code as usize..]
    }
}

/// The keys of one kind, and what is found under them.
#[derive(Clone, Copy)]
pub struct Keys<'i> {
    buckets: &'i [Number],
    /// The lower halves of the keys.
    halves: &'i [Number],
    firsts: &'i [Number],
    postings: &'i [Written],
    shift: u32,
    /// What tells the keys of this kind from the others.
    mix: u64,
}

type Number = [u8; 4];

/// A posting as it lies in the bytes.
pub type Written = [Number; POSTING];

impl<'i> Keys<'i> {
    /// What is found under a key, in the order in which it was added.
    #[inline]
    pub fn find(&self, hash: u64) -> &'i [Written] {
        let key = hash ^ self.mix;
        let bucket = range(self.buckets, (key >> self.shift) as usize);
        // Most buckets are empty.
        if bucket.is_empty() { &[] } else { self.found(bucket, key as u32) }
    }

    fn found(&self, bucket: Range<usize>, half: u32) -> &'i [Written] {
        let at = bucket.clone().zip(&self.halves[bucket]).find(|(_, other)| number(**other) == half);
        at.map_or(&[][..], |(at, _)| &self.postings[range(self.firsts, at)])
    }
}

/// The range that two bounds beside each other enclose.
#[inline]
fn range(bounds: &[Number], at: usize) -> Range<usize> {
    number(bounds[at]) as usize..number(bounds[at + 1]) as usize
}

#[inline]
fn number(bytes: Number) -> u32 {
    u32::from_le_bytes(bytes)
}

/// Collects what an index holds.
#[derive(Default)]
pub struct Builder {
    postings: Vec<(u64, Kind, Posting)>,
}

impl Builder {
    pub fn add(&mut self, kind: Kind, hash: u64, posting: Posting) {
        self.postings.push((kind.key(hash), kind, posting));
    }

    /// The bytes of the index and the code.
    pub fn finish(mut self, code: &[u8]) -> Vec<u8> {
        self.postings.sort_by_key(|(key, ..)| *key);
        let mut groups: Vec<(u64, usize)> = Vec::new();
        for (at, (key, ..)) in self.postings.iter().enumerate() {
            if groups.last().is_none_or(|(last, _)| last != key) {
                groups.push((*key, at));
            }
        }
        let bits = (2 * groups.len()).next_power_of_two().trailing_zeros().clamp(1, 24);
        let kinds = Kind::ALL.into_iter().filter(|kind| self.postings.iter().any(|(_, own, _)| own == kind)).map(Kind::bit).sum();
        let mut numbers: Vec<u32> = vec![bits, kinds, groups.len() as u32, self.postings.len() as u32];
        numbers.extend((0..=1u64 << bits).map(|bucket| groups.partition_point(|(key, _)| key >> (64 - bits) < bucket) as u32));
        numbers.extend(groups.iter().map(|(key, _)| *key as u32));
        numbers.extend(groups.iter().map(|(_, first)| *first as u32).chain([self.postings.len() as u32]));
        for (.., posting) in &self.postings {
            let (side, bits) = posting.near.side();
            let alternative = posting.alternative.map_or(0, NonZeroU16::get);
            numbers.extend([posting.code, u32::from(posting.part) | side << 8 | u32::from(alternative) << 16, bits]);
        }
        let mut bytes: Vec<u8> = numbers.into_iter().flat_map(u32::to_le_bytes).collect();
        bytes.extend(code);
        bytes
    }
}
