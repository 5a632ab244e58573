//! The corpus tests itself: everything is found by walking, and every row is its own minimal pair.

use contresens::Corpus;

#[test]
fn every_table_can_be_read() {
    let corpus = Corpus::load(None).expect("the embedded corpus");
    corpus.load_all().unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn every_trap_catches_its_literal_rendering_and_spares_the_preferred_ones() {
    let corpus = Corpus::load(None).unwrap();
    let pairs =
        |tag: &String| corpus.pitfalls(tag).unwrap().map_or(0, |traps| traps.pairs.iter().map(|pair| pair.all().count()).sum());
    let rows: usize = corpus.packs().iter().map(pairs).sum();
    assert!(rows > 500, "only {rows} traps were found");
    let wrong = corpus.idle_traps(false).unwrap_or_else(|error| panic!("{error}"));
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}
