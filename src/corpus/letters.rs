//! The letter groups of all languages: how much more often a group stands in each of them than one that is never met.
//! Compiled into one table when the program is built; `scripts/train_letters.py` counts what it is made of.

use super::files::Files;
use super::table::Table;
use crate::error::Error;
use crate::token::hash;
use std::borrow::Cow;

/// Letters of a group, at least and at most; the mark for the edge of a word counts as one.
pub const SHORTEST: usize = 2;
pub const LONGEST: usize = 4;
/// What stands for the beginning and the end of a word.
pub const EDGE: char = '_';
/// Weights are written in tenths of a nat.
const NAT: f32 = 10.0;

/// The groups, as numbers of four bytes: `bits count`, then the first group of each of 2^bits buckets and the end of the last,
/// half a hash of each group, the first entry of each group and the end of the last; then entries of two bytes: the language's
/// place in the codes, and the weight.
pub struct Letters {
    bytes: Cow<'static, [u8]>,
    bits: u32,
    count: usize,
}

const HEADER: usize = 2;

impl Letters {
    /// The table of the corpus.
    pub fn load(files: &Files) -> Result<Letters, Error> {
        let bytes = files.compiled(KEY, || compile(files))?;
        let number = |at: usize| bytes.as_chunks::<4>().0.get(at).map_or(0, |bytes| u32::from_le_bytes(*bytes));
        Ok(Letters { bits: number(0), count: number(1) as usize, bytes })
    }

    /// The languages, by their place in the codes, that a group speaks for, each with what [`nats`] makes of it.
    pub fn find(&self, group: &str) -> &[[u8; 2]] {
        let numbers = self.bytes.as_chunks::<4>().0;
        let number = |at: usize| u32::from_le_bytes(numbers[at]) as usize;
        let key = hash(group);
        let bucket = HEADER + (key >> (64 - self.bits)) as usize;
        let keys = HEADER + (1 << self.bits) + 1;
        let firsts = keys + self.count;
        let at = (number(bucket)..number(bucket + 1)).find(|at| number(keys + at) == key as u32 as usize);
        let entries = 4 * (firsts + self.count + 1);
        let range = at.map_or(0..0, |at| entries + 2 * number(firsts + at)..entries + 2 * number(firsts + at + 1));
        self.bytes[range].as_chunks::<2>().0
    }
}

/// How much a weight of the table says in nats.
pub fn nats(weight: u8) -> f32 {
    f32::from(weight) / NAT
}

/// Under what name the table is compiled.
pub const KEY: &str = "letters";

/// Compiles the tables `letters.tsv` of all languages.
pub fn compile(files: &Files) -> Result<Vec<u8>, Error> {
    let mut entries: Vec<(u64, [u8; 2])> = Vec::new();
    for (place, tag) in tags(files)?.into_iter().enumerate().take(usize::from(u8::MAX)) {
        for file in files.get(&format!("languages/{tag}/letters.tsv")) {
            for row in Table::read(file)?.rows() {
                let weight = row.need("weight")?;
                let weight = weight.parse().map_err(|_| row.error(format!("a weight from 0 to 255 instead of {weight:?}")))?;
                let groups = row.get("groups").split(' ').filter(|group| group.chars().nth(SHORTEST - 1).is_some());
                entries.extend(groups.map(|group| (hash(group), [place as u8, weight])));
            }
        }
    }
    entries.sort_unstable();
    Ok(write(&entries))
}

/// The tags of all codes, in their order.
fn tags(files: &Files) -> Result<Vec<String>, Error> {
    let mut tags = Vec::new();
    for file in files.get("codes.tsv") {
        for row in Table::read(file)?.rows() {
            tags.push(row.need("tag")?.to_owned());
        }
    }
    Ok(tags)
}

fn write(entries: &[(u64, [u8; 2])]) -> Vec<u8> {
    let mut groups: Vec<(u64, u32)> = Vec::new();
    for (at, (key, _)) in entries.iter().enumerate() {
        if groups.last().is_none_or(|(last, _)| last != key) {
            groups.push((*key, at as u32));
        }
    }
    let bits = groups.len().next_power_of_two().trailing_zeros().clamp(1, 24);
    let mut numbers = vec![bits, groups.len() as u32];
    numbers.extend((0..=1u64 << bits).map(|bucket| groups.partition_point(|(key, _)| key >> (64 - bits) < bucket) as u32));
    numbers.extend(groups.iter().map(|(key, _)| *key as u32));
    numbers.extend(groups.iter().map(|(_, first)| *first).chain([entries.len() as u32]));
    let numbers = numbers.into_iter().flat_map(u32::to_le_bytes);
    numbers.chain(entries.iter().flat_map(|(_, entry)| *entry)).collect()
}
