//! The self-test on our own good articles: what is planted is caught, and nothing is found on the clean text.

use contresens::input::read;
use contresens::mqm::Tier;
use contresens::selftest::prove;
use contresens::{Check, Checker, Corpus};
use std::fs;
use std::path::Path;

#[test]
fn planted_defects_are_caught_in_our_own_articles() {
    let corpus = Corpus::load(None).unwrap();
    let checker = Checker::new(&corpus).unwrap();
    let mut articles = 0;
    for folder in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/articles")).unwrap() {
        let folder = folder.unwrap().path();
        let named = |start: &str| {
            let files = fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path());
            files.into_iter().find(|path| path.file_name().unwrap().to_str().unwrap().starts_with(start)).unwrap()
        };
        let (good, source) = (read(&named("good.")).unwrap(), read(&named("source.")).unwrap());
        let proof = prove(&checker, &good, Some(&source), &Check::default()).unwrap();
        let planted: usize = proof.outcomes.iter().map(|outcome| outcome.planted).sum();
        let caught: usize = proof.outcomes.iter().map(|outcome| outcome.caught).sum();
        assert!(planted >= 30, "{}: only {planted} planted", folder.display());
        assert!(caught * 10 >= planted * 9, "{}: {caught} of {planted} caught", folder.display());
        let gate: Vec<&str> =
            proof.clean.diagnostics.iter().filter(|found| found.tier == Tier::Gate).map(|found| found.rule).collect();
        assert!(gate.is_empty(), "{}: {gate:?} on the clean article", folder.display());
        articles += 1;
    }
    assert!(articles >= 4);
}
