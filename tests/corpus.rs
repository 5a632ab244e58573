//! The corpus tests itself: everything is found by walking, and every row is its own minimal pair.

use contresens::Corpus;
use contresens::document::Span;

#[test]
fn every_table_can_be_read() {
    let corpus = Corpus::load(None).expect("the embedded corpus");
    corpus.load_all().unwrap_or_else(|error| panic!("{error}"));
}

/// The plain words of an expression: what it looks like in a text.
fn plain(expression: &str) -> String {
    let words = expression.split_whitespace().filter(|word| !matches!(*word, "&" | ".."));
    let one = |word: &str| word.split('|').next().unwrap_or(word).trim_start_matches('=').trim_end_matches('*').to_owned();
    words.map(one).collect::<Vec<_>>().join(" ")
}

#[test]
fn every_trap_catches_its_literal_rendering_and_spares_the_preferred_ones() {
    let corpus = Corpus::load(None).unwrap();
    let mut wrong = Vec::new();
    let mut rows = 0;
    for pack in corpus.packs() {
        let Some(pitfalls) = corpus.pitfalls(&pack).unwrap() else { continue };
        for (pair, traps) in pitfalls.pairs.iter().enumerate() {
            let language = &corpus.knowledge(&pack).unwrap().language;
            let fires = |text: &str, number: usize| {
                let span = Span::new(0, text.len());
                let mut tokens = Vec::new();
                language.tokenizer().tokens(text, span, &mut tokens);
                pitfalls.literal.find(text, span, &tokens).iter().any(|hit| *hit.value == (pair, number))
                    || traps.proven.find(text, span, &tokens).iter().any(|hit| *hit.value == number)
            };
            for (number, trap) in traps.all().enumerate() {
                let trap = trap.unwrap_or_else(|error| panic!("{error}"));
                rows += 1;
                for literal in &trap.literal {
                    // A prefix is no word of its own, and a sign stands beside one.
                    if !literal.contains(['*', '%']) && !fires(&plain(literal), number) {
                        wrong.push(format!("{}: {literal:?} does not fire on itself", trap.address));
                    }
                }
                for preferred in trap.preferred.iter().filter(|preferred| fires(preferred, number)) {
                    wrong.push(format!("{}: the preferred {preferred:?} contains the literal rendering", trap.address));
                }
            }
        }
    }
    assert!(rows > 500, "only {rows} traps were found");
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}
