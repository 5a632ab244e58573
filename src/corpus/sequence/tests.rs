use super::*;

fn found(row: &str, text: &str) -> Option<(String, String)> {
    let text_of_file = format!("kind\tpattern\tright\tunless\twhy\n{row}\tA slip.\n");
    let file = File { path: "patterns.tsv".to_owned(), text: text_of_file.into() };
    let sequences = Sequences::load(&[file], Tokenizer::new(None, &[], &[]), &FxHashSet::default()).unwrap();
    let mut tokens = Vec::new();
    Tokenizer::new(None, &[], &[]).tokens(text, Span::new(0, text.len()), &mut tokens);
    sequences.find(text, &tokens).first().map(|fit| (fit.span.of(text).to_owned(), fit.right.clone()))
}

#[test]
fn items_fit_words_in_their_order() {
    let row = "preposition\t[ más|menos que ] #\t$1 de\t";
    assert_eq!(found(row, "Hubo más que 90 heridos"), Some(("más que".to_owned(), "más de".to_owned())));
    assert_eq!(found(row, "Hubo más que nunca"), None);
    assert_eq!(found(row, "Hubo más, que 90"), None);
}

#[test]
fn gaps_stay_in_their_clause_and_affixes_count() {
    let row = "order\tweil ... [ hat|ist sich? ver*t|ge*en ] .\t\t";
    assert_eq!(
        found(row, "…, weil der Preis im Winter hat sich verschärft."),
        Some(("hat sich verschärft".to_owned(), String::new()))
    );
    assert_eq!(found(row, "…, weil der Preis, im Winter hat sich verschärft."), None);
    assert_eq!(found(row, "…, weil der Preis im Winter hat verschärft werden können."), None);
}

#[test]
fn commas_edges_cases_and_excuses_are_heeded() {
    let row = "pronoun\t^ Aa , quien [ él|ella ] ~ que\t\t<pero; acaso; >si";
    assert_eq!(found(row, "Soto, quien él señaló que sí").map(|found| found.0).as_deref(), Some("él"));
    assert_eq!(found(row, "Soto quien él señaló que sí"), None);
    assert_eq!(found(row, "Dijo Soto, quien él señaló que sí"), None);
    assert_eq!(found(row, "Soto, quien él señaló que acaso"), None);
    assert_eq!(found(row, "Soto, quien él señaló que si"), None);
}

#[test]
fn a_gap_may_stand_beside_a_comma_from_either_side() {
    let row = "order\t[ solo|bara ... , ... , ma anche ]\t\tnon";
    let text = "Riguarda solo le scuole, dice il capo, ma anche i treni";
    assert_eq!(found(row, text).map(|found| found.0).as_deref(), Some("solo le scuole, dice il capo, ma anche"));
    assert_eq!(found(row, "Riguarda solo le scuole ma anche i treni"), None);
}

#[test]
fn what_may_stand_beside_the_rarest_word_refuses_nothing_that_fits() {
    for (pattern, texts) in [
        // The word looked up is the one without alternatives, before the others or behind them.
        ("uno dos? tres|seis", &["uno tres", "uno dos seis"][..]),
        ("tres|seis dos? uno", &["tres uno", "seis dos uno"]),
        ("uno , dos? tres|seis", &["uno, tres", "uno, dos seis"]),
        ("tres|seis .. uno", &["tres uno", "seis a b c d uno"]),
        ("uno .. tres|seis", &["uno tres", "uno a b c d seis"]),
        ("uno dos? .. tres|seis", &["uno dos a b c d tres", "uno seis"]),
        ("uno .. dos? tres|seis", &["uno a b c d dos tres", "uno seis"]),
        ("uno ... tres|seis", &["uno a b c d e f g h tres"]),
        ("uno .. , .. tres|seis", &["uno a b c d, a b c d tres", "uno, seis"]),
        ("uno Aa tres|seis", &["uno Luna tres"]),
    ] {
        for text in texts {
            assert!(found(&format!("order\t{pattern}\t\t"), text).is_some(), "{pattern:?} in {text:?}");
        }
    }
}

#[test]
fn rows_that_say_less_than_they_seem_to_are_refused() {
    let refused = |row: &str| {
        let text = format!("kind\tpattern\tright\tunless\twhy\n{row}\n");
        let file = File { path: "patterns.tsv".to_owned(), text: text.into() };
        Sequences::load(&[file], Tokenizer::new(None, &[], &[]), &FxHashSet::default())
            .err()
            .map_or(String::new(), |error| error.to_string())
    };
    for (row, expected) in [
        ("order\t*en ~\t\t\tA slip.", "expected a word, or words"),
        ("order\t[ de le\tdu\t\tA slip.", "expected one `[` and one `]`"),
        ("order\tde le ]\tdu\t\tA slip.", "expected one `[` and one `]`"),
        ("order\tde [ ] le\tdu\t\tA slip.", "expected one `[` and one `]`"),
        ("order\tde ^ le\tdu\t\tA slip.", "expected `^` at the beginning"),
        ("order\tde le\tdu $9\t\tA slip.", "expected $1 to $2 instead of $9"),
        ("order\tde le\tdu\t\t", "expected something in column \"why\""),
        ("order\tde le\tdu\tde; le\tA slip.", "expected an excuse that is not a word of the pattern"),
        ("order\tde+la le\tdu\t\tA slip.", "expected items of one word each instead of \"de+la\""),
    ] {
        let said = refused(row);
        assert!(said.starts_with(&format!("patterns.tsv:2: {expected}")), "{row:?} says {said:?}");
    }
    assert_eq!(refused("order\t^ ( de ) le .\t$1 $2\t\tA slip.".replace("( ", "[ ").replace(") ", "] ").as_str()), "");
}
