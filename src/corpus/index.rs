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

    /// Mixes the kind into a hash, so that one table serves all; mixed in twice, it leaves the hash.
    fn key(self, hash: u64) -> u64 {
        hash ^ (self as u64).wrapping_mul(0xD6E8_FEB8_6659_FD93)
    }

    fn bit(self) -> u32 {
        1 << self as u32
    }

    /// Bits of a hash for the sieve: other ones for each kind.
    fn place(self, hash: u64) -> u64 {
        hash >> (9 * self as u32)
    }
}

/// A place in the code under which something is found, as it lies in the bytes: the code, or the value of an expression whose one
/// word is known to fit; the number of the word by which it is
/// found, the side of [`Near`], the letter, and where in the code of that word the alternative stands with which the text must
/// still be compared; the bits of [`Near`].
#[derive(Clone, Copy)]
pub struct Posting<'i>(pub &'i Entry);

/// A posting as it lies in the bytes.
pub type Entry = [Number; POSTING];

impl Posting<'_> {
    pub fn write(code: u32, part: u8, alternative: Option<NonZeroU16>, near: Near, letter: Letter) -> Entry {
        let (side, bits) = near.side();
        let alternative = u32::from(alternative.map_or(0, NonZeroU16::get));
        let place = u32::from(part) | side << 8 | u32::from(letter.0) << 11 | alternative << 16;
        [code, place, bits].map(u32::to_le_bytes)
    }

    /// Whether the letter behind the key and the tokens around it may fit: most do not.
    #[inline]
    pub fn may_stand(self, around: &Around) -> bool {
        let (place, bits) = (number(self.0[1]), number(self.0[2]));
        around.letter.may_be(Letter((place >> 11) as u8 & LETTER))
            && match around.beside.get(self.side() as usize) {
                Some(beside) => bits & beside != 0,
                None => Near::of_side(self.side(), bits).allows(around.tokens, around.at),
            }
    }

    /// The value of an expression of which nothing but the key is to be compared, which is known to fit.
    pub fn value(self) -> Option<usize> {
        (self.side() == Near::Alone.side().0 && self.alternative().is_none()).then(|| self.code())
    }

    fn side(self) -> u32 {
        number(self.0[1]) >> 8 & 7
    }

    fn code(self) -> usize {
        number(self.0[0]) as usize
    }

    pub fn part(self) -> usize {
        usize::from(number(self.0[1]) as u8)
    }

    /// None where a word whose key is found is known to fit.
    pub fn alternative(self) -> Option<NonZeroU16> {
        NonZeroU16::new((number(self.0[1]) >> 16) as u16)
    }
}

/// What stands around a key in a text, read once for all postings under it.
pub struct Around<'t> {
    tokens: &'t [Token],
    at: usize,
    /// The bits by the first sides of [`Near`].
    beside: [u32; 4],
    letter: Letter,
}

impl<'t> Around<'t> {
    /// Around the token number `at`; `letter`: the one behind its opening, where it is looked up by that.
    pub fn new(tokens: &'t [Token], at: usize, letter: Letter) -> Around<'t> {
        let bits = |place: Option<usize>| place.and_then(|place| tokens.get(place)).map_or(0, Near::bits);
        Around { tokens, at, beside: [u32::MAX, u32::MAX, bits(at.checked_sub(1)), bits(Some(at + 1))], letter }
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
    /// There is no other word.
    Alone,
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
            Near::Anything => (0, u32::MAX),
            Near::Alone => (1, u32::MAX),
            Near::Before(bits) => (2, bits),
            Near::After(bits) => (3, bits),
            Near::GapBefore(bits) => (4, bits),
            Near::GapAfter(bits) => (5, bits),
        }
    }

    fn of_side(side: u32, bits: u32) -> Near {
        match side {
            0 => Near::Anything,
            1 => Near::Alone,
            2 => Near::Before(bits),
            3 => Near::After(bits),
            4 => Near::GapBefore(bits),
            _ => Near::GapAfter(bits),
        }
    }

    /// Whether the tokens around the key may fit.
    #[inline]
    pub fn allows(self, tokens: &[Token], at: usize) -> bool {
        match self {
            Near::Anything | Near::Alone => true,
            Near::Before(bits) => at.checked_sub(1).is_some_and(|before| bits & Near::bits(&tokens[before]) != 0),
            Near::After(bits) => tokens.get(at + 1).is_some_and(|after| bits & Near::bits(after) != 0),
            Near::GapBefore(bits) => Near::any(&tokens[at.saturating_sub(GAP_WORDS + 1)..at], bits),
            Near::GapAfter(bits) => Near::any(&tokens[at + 1..(at + GAP_WORDS + 2).min(tokens.len())], bits),
        }
    }

    /// Gaps are rare: what looks into them stays out of the way of the rest.
    #[inline(never)]
    fn any(tokens: &[Token], bits: u32) -> bool {
        tokens.iter().any(|token| bits & Near::bits(token) != 0)
    }
}

/// The index with the code it leads to. The bytes: numbers of four bytes each, then the code.
///
/// `bits kinds keys postings`, then a sieve of 2^(bits + SIEVE) bits of which each key has one, the first key of each of
/// 2^bits buckets and the end of the last, the lower half and the first posting of each key in their order and the end of the last,
/// and three numbers for each posting.
pub struct Index {
    bytes: Cow<'static, [u8]>,
    bits: u32,
    kinds: u32,
    /// Where each part begins, in numbers; the code in bytes.
    buckets: usize,
    keys: usize,
    postings: usize,
    code: usize,
}

const HEADER: usize = 4;
/// Numbers of a key.
const KEY: usize = 2;
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
        let postings = keys + KEY * (count + 1);
        Index { bits, kinds, buckets, keys, postings, code: 4 * (postings + POSTING * found), bytes }
    }

    /// The keys; None where there are none.
    pub fn keys(&self) -> Option<Keys<'_>> {
        let numbers = self.bytes.as_chunks::<4>().0;
        (self.kinds != 0).then(|| Keys {
            kinds: self.kinds,
            sieve: &numbers[HEADER..self.buckets],
            buckets: &numbers[self.buckets..self.keys],
            halves: numbers[self.keys..self.postings].as_chunks::<KEY>().0,
            postings: numbers[self.postings..].as_chunks::<POSTING>().0,
            mask: (1 << (self.bits + SIEVE)) - 1,
            shift: 64 - self.bits,
        })
    }

    /// The code from a place on.
    pub fn code(&self, posting: Posting) -> &[u8] {
        &self.bytes[self.code + posting.code()..]
    }
}

/// The keys of all kinds, and what is found under them.
#[derive(Clone, Copy)]
pub struct Keys<'i> {
    /// The kinds of which there are any.
    kinds: u32,
    sieve: &'i [Number],
    buckets: &'i [Number],
    /// The lower half and the first posting of each.
    halves: &'i [[Number; KEY]],
    postings: &'i [Entry],
    /// Bits of a place in the sieve.
    mask: u64,
    /// Bits of a key below those of its bucket.
    shift: u32,
}

type Number = [u8; 4];

impl<'i> Keys<'i> {
    pub fn has(&self, kind: Kind) -> bool {
        self.kinds & kind.bit() != 0
    }

    /// What is found under a key, in the order in which it was added.
    #[inline]
    pub fn find(&self, kind: Kind, hash: u64) -> &'i [Entry] {
        let place = kind.place(hash) & self.mask;
        let is_kept = number(self.sieve[(place >> NUMBER) as usize]) >> (place & 31) & 1 != 0;
        // Most words are no keys.
        if is_kept { self.found(kind.key(hash)) } else { &[] }
    }

    fn found(&self, key: u64) -> &'i [Entry] {
        let bucket = range(self.buckets, (key >> self.shift) as usize);
        let at = bucket.clone().zip(&self.halves[bucket]).find(|(_, [half, _])| number(*half) == key as u32);
        at.map_or(&[][..], |(at, [_, first])| &self.postings[number(*first) as usize..number(self.halves[at + 1][1]) as usize])
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
    postings: Vec<(u64, Kind, Entry)>,
}

impl Builder {
    pub fn add(&mut self, kind: Kind, hash: u64, posting: Entry) {
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
        for (key, first) in &groups {
            let kind = self.postings[*first].1;
            let place = kind.place(kind.key(*key)) & ((1 << (bits + SIEVE)) - 1);
            sieve[(place >> NUMBER) as usize] |= 1 << (place & 31);
        }
        numbers.extend(sieve);
        numbers.extend((0..=1u64 << bits).map(|bucket| groups.partition_point(|(key, _)| key >> (64 - bits) < bucket) as u32));
        let keys = groups.iter().map(|(key, first)| [*key as u32, *first as u32]);
        numbers.extend(keys.chain([[0, self.postings.len() as u32]]).flatten());
        let mut bytes: Vec<u8> = numbers.into_iter().flat_map(u32::to_le_bytes).collect();
        bytes.extend(self.postings.iter().flat_map(|(.., posting)| posting.as_flattened()));
        bytes.extend(code);
        bytes
    }
}
