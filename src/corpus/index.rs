//! Where expressions are looked up: a hash table of places in their code, written as bytes when the program is built (or when
//! a house folder is read) and read where it lies.

use super::pattern::{GAP_WORDS, half};
use crate::token::{OPENING, Token};
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
    pub letter: Letter,
}

impl Posting {
    #[inline]
    pub fn read([code, place, bits]: &[Number; POSTING]) -> Posting {
        let place = number(*place);
        let near = Near::of_side(place >> 8 & 7, number(*bits));
        let alternative = NonZeroU16::new((place >> 16) as u16);
        Posting { code: number(*code), part: place as u8, alternative, near, letter: Letter((place >> 11) as u8 & LETTER) }
    }

    /// As [`Posting::read`] takes it.
    fn write(&self) -> [u32; POSTING] {
        let (side, bits) = self.near.side();
        let place = side | u32::from(self.letter.0) << 3;
        [self.code, u32::from(self.part) | place << 8 | u32::from(self.alternative.map_or(0, NonZeroU16::get)) << 16, bits]
    }
}

/// The letter behind an opening, without its case; 0 where it may be any.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Letter(u8);

/// The bits that tell the letters of ASCII apart, and what stands for no letter at all.
const LETTER: u8 = 31;
const NONE: u8 = 32;

impl Letter {
    /// That of a prefix.
    pub fn of_prefix(prefix: &str) -> Letter {
        match prefix.as_bytes().get(..=OPENING) {
            Some(begin @ [.., last]) if begin.is_ascii() && last.is_ascii_alphabetic() => Letter(last & LETTER),
            _ => Letter(0),
        }
    }

    /// That of a word.
    #[inline]
    pub fn of_word(word: &str) -> Letter {
        match word.as_bytes().get(..=OPENING) {
            Some(begin @ [.., last]) if begin.is_ascii() => Letter(last & LETTER),
            None if word.is_ascii() => Letter(NONE),
            _ => Letter(0),
        }
    }

    /// Whether a word with this letter may begin with a prefix with that.
    #[inline]
    pub fn may_be(self, prefix: Letter) -> bool {
        prefix.0 == 0 || self.0 == 0 || self.0 == prefix.0
    }
}

/// What the word beside the key must be: most places are refused by it before the code is read. A bit of a word is that of
/// the lowest bits of its hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Near {
    Anything,
    Before(u32),
    After(u32),
    /// With a gap between.
    GapBefore(u32),
    GapAfter(u32),
}

impl Near {
    /// The bit of a word's hash.
    pub fn bit(hash: u64) -> u32 {
        1 << (hash % 32)
    }

    /// The bits of a token: of its form and of its stem.
    #[inline]
    pub fn bits(token: &Token) -> u32 {
        Near::bit(token.form) | Near::bit(token.stem)
    }

    fn side(self) -> (u32, u32) {
        match self {
            Near::Anything => (0, 0),
            Near::Before(bits) => (1, bits),
            Near::After(bits) => (2, bits),
            Near::GapBefore(bits) => (3, bits),
            Near::GapAfter(bits) => (4, bits),
        }
    }

    #[inline]
    fn of_side(side: u32, bits: u32) -> Near {
        match side {
            1 => Near::Before(bits),
            2 => Near::After(bits),
            3 => Near::GapBefore(bits),
            4 => Near::GapAfter(bits),
            _ => Near::Anything,
        }
    }

    /// Whether the tokens around the key may fit.
    #[inline]
    pub fn allows(self, tokens: &[Token], at: usize) -> bool {
        let fits = |token: &Token, bits: u32| bits & Near::bits(token) != 0;
        match self {
            Near::Anything => true,
            Near::Before(bits) => at.checked_sub(1).is_some_and(|before| fits(&tokens[before], bits)),
            Near::After(bits) => tokens.get(at + 1).is_some_and(|after| fits(after, bits)),
            Near::GapBefore(bits) => tokens[at.saturating_sub(GAP_WORDS + 1)..at].iter().any(|before| fits(before, bits)),
            Near::GapAfter(bits) => tokens[at + 1..(at + GAP_WORDS + 2).min(tokens.len())].iter().any(|after| fits(after, bits)),
        }
    }
}

/// The index with the code it leads to. The bytes: numbers of four bytes each, then the code.
///
/// `bits kinds keys postings`, then a sieve of 2^(bits + SIEVE) bits of which each key has one, the first key of each of
/// 2^bits buckets and the end of the last, the lower halves of the keys in their order, the first posting of each key and the
/// end of the last, and three numbers for each posting.
pub struct Index {
    bytes: Cow<'static, [u8]>,
    bits: u32,
    kinds: u32,
    /// Where each part begins, in numbers; the code in bytes.
    buckets: usize,
    keys: usize,
    firsts: usize,
    postings: usize,
    code: usize,
}

const HEADER: usize = 4;
/// Numbers of a posting.
const POSTING: usize = 3;
/// The logarithm of the bits of the sieve for each bucket: most words that are no keys are told by it alone, and it is small
/// enough to stay near the processor.
const SIEVE: u32 = 4;
/// The logarithm of the bits of a number.
const NUMBER: u32 = 5;

impl Index {
    /// Reads an index as [`Builder::finish`] wrote it.
    pub fn new(bytes: Cow<'static, [u8]>) -> Index {
        let number = |at: usize| half(&bytes[4 * at..]);
        let (bits, kinds, count, found) = (number(0), number(1), number(2) as usize, number(3) as usize);
        let buckets = HEADER + (1 << (bits + SIEVE - NUMBER));
        let keys = buckets + (1 << bits) + 1;
        let firsts = keys + count;
        let postings = firsts + count + 1;
        Index { bits, kinds, buckets, keys, firsts, postings, code: 4 * (postings + POSTING * found), bytes }
    }

    /// The keys of a kind; None where there are none.
    #[inline]
    pub fn keys(&self, kind: Kind) -> Option<Keys<'_>> {
        if self.kinds & kind.bit() == 0 {
            return None;
        }
        let numbers = self.bytes.as_chunks::<4>().0;
        Some(Keys {
            sieve: &numbers[HEADER..self.buckets],
            buckets: &numbers[self.buckets..self.keys],
            halves: &numbers[self.keys..self.firsts],
            firsts: &numbers[self.firsts..self.postings],
            postings: numbers[self.postings..].as_chunks::<POSTING>().0,
            shift: 64 - self.bits - SIEVE,
            mix: kind.key(0),
        })
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
    sieve: &'i [Number],
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
        let place = key >> self.shift;
        let is_kept = number(self.sieve[(place >> NUMBER) as usize]) >> (place & 31) & 1 != 0;
        // Most words are no keys.
        if is_kept { self.found((place >> SIEVE) as usize, key as u32) } else { &[] }
    }

    fn found(&self, bucket: usize, half: u32) -> &'i [Written] {
        let bucket = range(self.buckets, bucket);
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
        let bits = groups.len().next_power_of_two().trailing_zeros().clamp(1, 24);
        let kinds = Kind::ALL.into_iter().filter(|kind| self.postings.iter().any(|(_, own, _)| own == kind)).map(Kind::bit).sum();
        let mut numbers: Vec<u32> = vec![bits, kinds, groups.len() as u32, self.postings.len() as u32];
        let mut sieve = vec![0u32; 1 << (bits + SIEVE - NUMBER)];
        for place in groups.iter().map(|(key, _)| key >> (64 - bits - SIEVE)) {
            sieve[(place >> NUMBER) as usize] |= 1 << (place & 31);
        }
        numbers.extend(sieve);
        numbers.extend((0..=1u64 << bits).map(|bucket| groups.partition_point(|(key, _)| key >> (64 - bits) < bucket) as u32));
        numbers.extend(groups.iter().map(|(key, _)| *key as u32));
        numbers.extend(groups.iter().map(|(_, first)| *first as u32).chain([self.postings.len() as u32]));
        numbers.extend(self.postings.iter().flat_map(|(.., posting)| posting.write()));
        let mut bytes: Vec<u8> = numbers.into_iter().flat_map(u32::to_le_bytes).collect();
        bytes.extend(code);
        bytes
    }
}
