//! The gender and number of determiners and nouns: `agreement.tsv`. A word is all that any of its meanings may be, so two words
//! that have nothing in common cannot stand together.

use super::files::File;
use super::grammar::Words;
use super::morphology::Reading;
use super::table::{Row, Table};
use crate::error::Error;
use crate::token::{Token, WordHash, folded, hash};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;

/// What a word may be: any of three genders, each singular or plural; and whether it may be a form of a verb as well.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Features(u8);

/// The low three bits are the genders in the singular, the next three those in the plural.
const GENDERS: &[(&str, u8)] = &[("m", 0b00_1001), ("f", 0b01_0010), ("n", 0b10_0100)];
const NUMBERS: &[(&str, u8)] = &[("s", SINGULAR), ("p", PLURAL)];
const SINGULAR: u8 = 0b00_0111;
const PLURAL: u8 = 0b11_1000;
const VERB: u8 = 0b100_0000;

/// The beginning of a sentence, among words that stand before others.
const BEGINNING: &str = "^";

impl Features {
    /// Reads `m s`, `f`, `m f p`, `f s v`: a gender or a number that is not named may be any.
    fn read(row: Row, column: &str) -> Result<Features, Error> {
        let words = row.need(column)?.split_whitespace();
        let known = |word: &str| word == "v" || GENDERS.iter().chain(NUMBERS).any(|(name, _)| *name == word);
        match words.clone().find(|word| !known(word)) {
            Some(word) => Err(row.error(format!("m, f, n, s, p or v instead of {word:?}"))),
            None => Ok(Features::of(words)),
        }
    }

    fn of<'w>(words: impl Iterator<Item = &'w str> + Clone) -> Features {
        let says = |name: &str| words.clone().any(|word| word == name);
        let among = |table: &[(&str, u8)]| {
            let bits = table.iter().filter(|(name, _)| says(name)).fold(0, |all, (_, bits)| all | bits);
            if bits == 0 { SINGULAR | PLURAL } else { bits }
        };
        Features(among(GENDERS) & among(NUMBERS) | if says("v") { VERB } else { 0 })
    }

    /// What both may be.
    pub fn common(self, other: Features) -> Features {
        Features(self.0 & other.0)
    }

    /// What either may be.
    fn either(self, other: Features) -> Features {
        Features(self.0 | other.0)
    }

    /// Whether there is nothing that the word can be.
    pub fn is_nothing(self) -> bool {
        self.0 & (SINGULAR | PLURAL) == 0
    }

    pub fn agrees(self, other: Features) -> bool {
        !self.common(other).is_nothing()
    }

    /// Whether there is a gender that both may have, whatever their numbers.
    pub fn agrees_in_gender(self, other: Features) -> bool {
        let genders = |features: Features| (features.0 | features.0 >> 3) & SINGULAR;
        genders(self) & genders(other) != 0
    }

    pub fn may_be_verb(self) -> bool {
        self.0 & VERB != 0
    }

    /// The one gender and the one number, where there is one: `feminine singular`.
    pub fn described(self) -> String {
        const NAMES: &[(u8, &str)] = &[(GENDERS[0].1, "masculine"), (GENDERS[1].1, "feminine"), (GENDERS[2].1, "neuter")];
        let bits = self.0 & (SINGULAR | PLURAL);
        let all = NAMES.iter().chain(&[(SINGULAR, "singular"), (PLURAL, "plural")]);
        all.filter(|(mask, _)| bits & !mask == 0).map(|(_, name)| *name).collect::<Vec<_>>().join(" ")
    }

    pub fn may_be_plural(self) -> bool {
        self.0 & PLURAL != 0
    }

    pub fn may_be_singular(self) -> bool {
        self.0 & SINGULAR != 0
    }

    /// The plural of a singular.
    fn pluralised(self) -> Features {
        Features((self.0 & SINGULAR) << 3 | self.0 & VERB)
    }
}

/// What a language says of the agreement of its words.
#[derive(Default)]
pub struct Agreement {
    determiners: Vec<Determiner>,
    /// The number of each determiner by its form.
    by_form: FxHashMap<WordHash, usize>,
    /// A bit for the end of the hash of each.
    bits: u64,
    adjectives: FxHashMap<WordHash, Features>,
    nouns: FxHashMap<WordHash, Features>,
    /// Endings of nouns by their last byte, the longest first, with the words that only end so.
    endings: FxHashMap<Option<u8>, Vec<(String, Features, Words)>>,
    /// Words of which nothing is said.
    silent: FxHashSet<WordHash>,
    /// Numbers, which may stand between a determiner and its noun.
    numbers: FxHashSet<WordHash>,
    /// Words that join a singular to another, so that a plural determiner may stand before both: `les nom et prénom`.
    joining: FxHashSet<WordHash>,
    /// Words, and the beginning of a sentence, after which no pronoun stands before a verb.
    nominal: Words,
    /// How a plural is made: endings, the longest first, what takes their place, and the words that do otherwise.
    plurals: Vec<(String, String, Words)>,
    /// Beginnings before which some determiners change, and those before which they may.
    vowels: Vec<String>,
    perhaps_vowels: Vec<String>,
    /// What the fields of dictionaries mean.
    fields: Vec<(String, Vec<String>)>,
}

/// A word that stands before a noun and shows its gender and number.
pub struct Determiner {
    form: String,
    plain: Features,
    /// Before a vowel; None where it cannot stand there.
    vowel: Option<Features>,
    /// Determiners of one set differ in nothing else.
    set: String,
    unless: Words,
}

impl Determiner {
    /// Whether the word before it makes it another: `l'un`.
    pub fn is_excused_by(&self, text: &str, before: &Token) -> bool {
        self.unless.has(text, before)
    }
}

impl Agreement {
    pub fn load(files: &[File]) -> Result<Agreement, Error> {
        let mut agreement = Agreement::default();
        let mut listed = Vec::new();
        for file in files {
            for row in Table::read(file)?.rows() {
                agreement.add(row, &mut listed)?;
            }
        }
        let forms = agreement.determiners.iter().enumerate().map(|(number, determiner)| (hash(&determiner.form), number));
        agreement.by_form = forms.collect();
        agreement.bits = agreement.by_form.keys().fold(0, |bits, form| bits | 1 << (form % 64));
        for endings in agreement.endings.values_mut() {
            endings.sort_by_key(|(ending, ..)| Reverse(ending.len()));
        }
        agreement.plurals.sort_by_key(|(ending, ..)| Reverse(ending.len()));
        for (form, features) in listed.iter().filter(|(_, features)| features.may_be_singular()) {
            // A form may be the plural of one word and another word: `fils`.
            if let Some(plural) = agreement.plural(form) {
                let known = agreement.nouns.entry(hash(&plural)).or_default();
                *known = known.either(features.pluralised());
            }
        }
        Ok(agreement)
    }

    fn add(&mut self, row: Row, listed: &mut Vec<(String, Features)>) -> Result<(), Error> {
        row.need("forms")?;
        let forms = row.list("forms").map(|form| folded(form).into_owned());
        let ending = |form: &str| form.strip_prefix('*').map(str::to_owned);
        match row.need("kind")? {
            "determiner" => self.determiners.extend(determiners(row)?),
            "adjective" => {
                let features = Features::read(row, "features")?;
                self.adjectives.extend(forms.map(|form| (hash(&form), features)));
            }
            "noun" => {
                let features = Features::read(row, "features")?;
                for form in forms {
                    match ending(&form) {
                        Some(ending) => {
                            let same = self.endings.entry(ending.bytes().next_back()).or_default();
                            same.push((ending, features, Words::read(row, "unless")));
                        }
                        None if self.nouns.insert(hash(&form), features).is_some() => {
                            return Err(row.error(format!("nouns that no other row has, instead of {form:?}")));
                        }
                        None => listed.push((form, features)),
                    }
                }
            }
            "plural" => {
                let right = ending(row.get("features")).ok_or_else(|| row.error("an ending (*s) as features"))?;
                let made = forms.filter_map(|form| ending(&form)).map(|form| (form, right.clone(), Words::read(row, "unless")));
                self.plurals.extend(made);
            }
            "silent" => self.silent.extend(forms.map(|form| hash(&form))),
            "number" => self.numbers.extend(forms.map(|form| hash(&form))),
            "nominal" => self.nominal = Words::read(row, "forms"),
            "joining" => self.joining.extend(forms.map(|form| hash(&form))),
            "vowel" => self.vowels.extend(forms),
            "perhaps-vowel" => self.perhaps_vowels.extend(forms),
            "field" => {
                let meaning: Vec<String> = row.need("features")?.split_whitespace().map(str::to_owned).collect();
                self.fields.extend(row.list("forms").map(|field| (field.to_owned(), meaning.clone())));
            }
            other => return Err(row.error(format!("a kind of word instead of {other:?}"))),
        }
        Ok(())
    }

    pub fn determiner(&self, form: WordHash) -> Option<&Determiner> {
        // Most words are told by the end of their hash to be none.
        if self.bits >> (form % 64) & 1 == 0 { None } else { self.by_form.get(&form).map(|number| &self.determiners[*number]) }
    }

    /// What a determiner says of the word after it; None where it says nothing.
    pub fn features_before(&self, determiner: &Determiner, next: &str) -> Option<Features> {
        // The first byte tells most words to be others.
        let lead = next.as_bytes().first();
        let begins = |beginnings: &[String]| {
            beginnings.iter().any(|beginning| beginning.as_bytes().first() == lead && next.starts_with(beginning.as_str()))
        };
        if begins(&self.vowels) {
            determiner.vowel
        } else if begins(&self.perhaps_vowels) {
            determiner.vowel.map(|vowel| vowel.either(determiner.plain))
        } else {
            Some(determiner.plain)
        }
    }

    /// The one determiner of the same set that fits a noun.
    pub fn instead(&self, determiner: &Determiner, noun: Features, next: &str) -> Option<&str> {
        let same = self.determiners.iter().filter(|other| other.set == determiner.set && !other.set.is_empty());
        let mut fitting = same.filter(|other| self.features_before(other, next).is_some_and(|features| features.agrees(noun)));
        fitting.next().filter(|_| fitting.next().is_none()).map(|other| other.form.as_str())
    }

    /// What an adjective that stands before its noun may be.
    pub fn adjective(&self, form: WordHash) -> Option<Features> {
        self.adjectives.get(&form).copied()
    }

    pub fn is_number(&self, form: WordHash) -> bool {
        self.numbers.contains(&form)
    }

    /// Whether what follows a word (or nothing, where the sentence begins) is no pronoun before its verb.
    pub fn is_nominal_after(&self, text: &str, before: Option<&Token>) -> bool {
        before.map_or_else(|| self.nominal.is_form(hash(BEGINNING)), |before| self.nominal.has(text, before))
    }

    pub fn is_joining(&self, form: WordHash) -> bool {
        self.joining.contains(&form)
    }

    /// What a noun with this form may be; None where nothing sure is known of the word. `readings` are those of a dictionary.
    pub fn noun<'d>(&self, word: &str, form: WordHash, readings: impl FnOnce() -> Vec<Reading<'d>>) -> Option<Features> {
        if self.silent.contains(&form) {
            return None;
        }
        if let Some(known) = self.nouns.get(&form) {
            return Some(*known);
        }
        let readings = readings();
        if !readings.is_empty() {
            return self.judged(&readings);
        }
        let fits = |(ending, _, unless): &&(String, Features, Words)| {
            word.len() > ending.len() && word.ends_with(ending.as_str()) && !unless.is_form(form)
        };
        self.endings.get(&word.bytes().next_back())?.iter().find(fits).map(|(_, features, _)| *features)
    }

    /// What a word may be by all its readings: None when one of them is neither a noun nor a verb, or none is a noun.
    fn judged(&self, readings: &[Reading]) -> Option<Features> {
        let (mut features, mut noun) = (Features::default(), false);
        for reading in readings {
            let (stem, ending) = (self.meaning(reading.stem), self.meaning(reading.ending));
            // What the ending says of the gender or the number holds, where it says anything.
            let told = |table: &[(&str, u8)]| -> Vec<&str> {
                let is_told = |word: &&str| table.iter().any(|(name, _)| name == word);
                let words = if ending.iter().any(is_told) { &ending } else { &stem };
                words.iter().copied().filter(is_told).collect()
            };
            let (genders, numbers) = (told(GENDERS), told(NUMBERS));
            let own = Features::of(genders.iter().chain(&numbers).copied());
            let says = |what: &str| stem.contains(&what) || ending.contains(&what);
            if says("other") || !says("noun") && !says("verb") {
                return None;
            }
            if says("noun") {
                noun = true;
                features = features.either(own);
            } else {
                // A participle may stand for a noun.
                features = features.either(Features(VERB | if genders.is_empty() { 0 } else { own.0 }));
            }
        }
        Some(features).filter(|_| noun)
    }

    /// What the fields of a dictionary say in our words.
    fn meaning(&self, fields: &str) -> Vec<&str> {
        let known = fields.split_whitespace().flat_map(|field| self.fields.iter().filter(move |(name, _)| is_field(name, field)));
        known.flat_map(|(_, meaning)| meaning.iter().map(String::as_str)).collect()
    }

    /// The plural of a singular noun, by the first rule that fits.
    pub fn plural(&self, noun: &str) -> Option<String> {
        let form = hash(noun);
        self.plurals.iter().find_map(|(ending, right, unless)| {
            let stem = noun.strip_suffix(ending.as_str()).filter(|_| !unless.is_form(form))?;
            Some(format!("{stem}{right}"))
        })
    }
}

/// Whether a field is the one of a row, or begins as it does (`po:v*`).
fn is_field(row: &str, field: &str) -> bool {
    row.strip_suffix('*').map_or(row == field, |beginning| field.starts_with(beginning))
}

fn determiners(row: Row) -> Result<Vec<Determiner>, Error> {
    let plain = Features::read(row, "features")?;
    let vowel = match row.get("vowel") {
        "" => Some(plain),
        "-" => None,
        _ => Some(Features::read(row, "vowel")?),
    };
    let forms = row.list("forms").map(|form| folded(form).into_owned());
    let determiner =
        |form: String| Determiner { form, plain, vowel, set: row.get("set").to_owned(), unless: Words::read(row, "unless") };
    Ok(forms.map(determiner).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agreement(rows: &str) -> Result<Agreement, Error> {
        let text = format!("kind\tforms\tfeatures\tunless\tset\tvowel\n{rows}\n");
        Agreement::load(&[File { path: "agreement.tsv".to_owned(), text: text.into() }])
    }

    fn said(features: Option<Features>) -> Option<String> {
        features.map(Features::described)
    }

    #[test]
    fn nouns_are_known_by_their_form_their_plural_and_their_ending() {
        let rows = "noun\tpays; canal; fil\tm s\nnoun\tfils\tm\nnoun\t*tion\tf s\tbastion\nplural\t*\t*s\nplural\t*s\t*s\nplural\t*al\t*aux";
        let agreement = agreement(rows).unwrap();
        let noun = |word: &str| said(agreement.noun(word, hash(word), Vec::new));
        assert_eq!(noun("canaux").as_deref(), Some("masculine plural"));
        assert_eq!(noun("pays").as_deref(), Some("masculine"));
        assert_eq!(noun("fils").as_deref(), Some("masculine"));
        assert_eq!(noun("nation").as_deref(), Some("feminine singular"));
        assert_eq!((noun("bastion"), noun("tion"), noun("arbre")), (None, None, None));
    }

    #[test]
    fn determiners_heed_the_sound_and_are_replaced_within_their_set() {
        let rows = "vowel\te; a\nperhaps-vowel\th\ndeterminer\tmon\tm s\t\tmon\ts\ndeterminer\tma\tf s\t\tmon\t-\ndeterminer\tmes\tp\t\tmon";
        let agreement = agreement(rows).unwrap();
        let mon = agreement.determiner(hash("mon")).unwrap();
        let before = |next: &str| said(agreement.features_before(mon, next));
        assert_eq!(before("voiture").as_deref(), Some("masculine singular"));
        assert_eq!((before("école").as_deref(), before("auto").as_deref()), (Some("masculine singular"), Some("singular")));
        assert_eq!(before("hache").as_deref(), Some("singular"));
        let feminine = Features::of("f s".split(' '));
        assert_eq!(agreement.instead(mon, feminine, "voiture"), Some("ma"));
        assert_eq!(agreement.instead(mon, feminine, "auto"), Some("mon"));
    }

    #[test]
    fn what_a_dictionary_says_counts_by_all_readings() {
        let rows =
            "field\tpo:nom\tnoun\nfield\tpo:v*\tverb\nfield\tpo:infi\tother\nfield\tis:fem\tf\nfield\tis:mas\tm\nfield\tis:sg\ts";
        let agreement = agreement(rows).unwrap();
        let noun = |readings: &[(&'static str, &'static str)]| {
            let all = readings.iter().map(|(stem, ending)| Reading { stem, ending }).collect();
            agreement.noun("mot", hash("mot"), || all)
        };
        let mesure = noun(&[("po:nom is:fem", "is:sg"), ("po:v1_t", "po:ipre")]).unwrap();
        assert!(mesure.may_be_verb() && mesure.described() == "feminine singular");
        assert_eq!(said(noun(&[("po:nom is:fem", "is:mas is:sg")])).as_deref(), Some("masculine singular"), "the ending holds");
        assert_eq!(said(noun(&[("po:nom is:mas", ""), ("po:prep", "")])), None);
        assert_eq!(said(noun(&[("po:nom is:mas", ""), ("po:v3", "po:infi")])), None);
    }

    #[test]
    fn errors_name_their_row() {
        let error = |rows: &str| agreement(rows).err().unwrap().to_string();
        assert_eq!(error("noun\tmot\tx"), "agreement.tsv:2: expected m, f, n, s, p or v instead of \"x\"");
        assert!(error("noun\tmot\tm s\nnoun\tmot\tf s").starts_with("agreement.tsv:3: expected nouns that no other row has"));
        assert!(error("x\tmot").starts_with("agreement.tsv:2: expected a kind of word"));
    }
}
