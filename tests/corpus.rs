//! The corpus tests itself: everything is found by walking, and every row is its own minimal pair.

use contresens::Corpus;

#[test]
fn every_table_can_be_read() {
    let corpus = Corpus::load(None).expect("the embedded corpus");
    corpus.load_all().unwrap_or_else(|error| panic!("{error}"));
}
