//! The commands: one file each. Arguments are read here, and every command says with `true` that the gate is passed.

mod align;
mod baseline;
mod batch;
mod beads;
mod check;
mod completions;
mod detect;
mod house;
mod init;
mod limits;
mod lsp;
mod output;
mod progress;
mod remarks;
mod rules;
mod segment;
mod selftest;

use crate::checker::Setting;
use crate::config::{Choice, Flags, Held, Origin};
use crate::corpus::Corpus;
use crate::error::Error;
use clap::{Args, Parser, Subcommand, ValueEnum};
pub use limits::INTERRUPTED;
use std::io;
use std::path::PathBuf;

/// The linter for translated news: finds what is garbled, wrong, missing or not translated.
///
/// Example: contresens check article.fr.txt --source article.zh.txt
#[derive(Parser)]
#[command(name = "contresens", version, propagate_version = true, arg_required_else_help = true)]
#[command(
    after_help = "Exit: 0 nothing that fails the gate; 1 findings that do; 2 the program could not do its work.\nLanguages are BCP 47 tags (fr, zh, pt-BR); `-` is standard input."
)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Check translated articles, alone or against their sources
    #[command(after_help = "Example: contresens check article.fr.txt --source article.zh.txt --fail-on critical")]
    Check(check::CheckArguments),
    /// Write down what a check finds, so that later checks hold it back
    #[command(after_help = "Example: contresens baseline translations/ --baseline contresens-baseline.json")]
    Baseline(baseline::BaselineArguments),
    /// Check articles from JSON lines on standard input, one report a line on standard output
    #[command(after_help = "Example: echo '{\"id\": 1, \"to\": \"fr\", \"target\": \"Bonjour.Monde\"}' | contresens batch")]
    Batch(batch::BatchArguments),
    /// Show which sentences of a source a translation renders
    #[command(after_help = align::EXAMPLE)]
    Align(align::AlignArguments),
    /// Tell the language of files or of lines
    #[command(after_help = "Example: contresens detect article.fr.txt")]
    Detect(detect::DetectArguments),
    /// Cut texts into sentences
    #[command(after_help = "Example: contresens segment article.fr.txt --lang fr")]
    Segment(segment::SegmentArguments),
    /// Plant defects into a good article and count what is caught: the proof on your own text
    #[command(after_help = "Example: contresens selftest article.fr.txt --source article.en.txt")]
    Selftest(selftest::SelftestArguments),
    /// List the rules
    #[command(after_help = "Example: contresens rules --format markdown")]
    Rules(rules::RulesArguments),
    /// Explain a rule with its examples
    #[command(after_help = "Example: contresens explain numbers/magnitude-slipped")]
    Explain(rules::ExplainArguments),
    /// Write a commented configuration, or a brief, to begin with
    #[command(after_help = "Example: contresens init")]
    Init(init::InitArguments),
    /// Check texts in an editor: the language server
    #[command(after_help = lsp::EXAMPLE)]
    Lsp(lsp::LspArguments),
    /// Write what a shell needs to complete the arguments
    #[command(after_help = "Example: contresens completions bash > ~/.local/share/bash-completion/completions/contresens")]
    Completions(completions::CompletionsArguments),
    /// Write the manual page
    #[command(after_help = "Example: contresens man --dir ~/.local/share/man/man1")]
    Man(completions::ManArguments),
}

/// Runs a command. False says that findings fail the gate.
pub fn run(arguments: &Arguments) -> Result<bool, Error> {
    match &arguments.command {
        Command::Check(arguments) => check::run(arguments),
        Command::Baseline(arguments) => baseline::run(arguments),
        Command::Batch(arguments) => batch::run(arguments),
        Command::Align(arguments) => align::run(arguments),
        Command::Detect(arguments) => detect::run(arguments),
        Command::Segment(arguments) => segment::run(arguments),
        Command::Selftest(arguments) => selftest::run(arguments),
        Command::Rules(arguments) => rules::run(arguments),
        Command::Explain(arguments) => rules::explain(arguments),
        Command::Init(arguments) => init::run(arguments),
        Command::Lsp(arguments) => lsp::run(arguments),
        Command::Completions(arguments) => completions::run(arguments),
        Command::Man(arguments) => completions::man(arguments),
    }
}

/// What every checking command takes.
#[derive(Args)]
struct Knowledge {
    #[command(flatten)]
    overlay: Overlay,
    /// Switch a rule or a family of rules: ID=off, ID=advice or ID=gate; may be repeated
    #[arg(long = "rule", value_name = "ID=TIER", value_parser = rule_setting)]
    rules: Vec<(String, Setting)>,
    /// A glossary: a source term, a tab, the target terms that may render it divided by |, and perhaps a tab and a note; may be
    /// repeated. Its languages by its name (`en-fr.tsv`) or its first row (`en`, tab, `fr`), else it holds for all
    #[arg(long = "terms", value_name = "FILE")]
    terms: Vec<PathBuf>,
    /// A spelling dictionary of hunspell, named after its language (`fr.dic`, with `fr.aff` beside it): words that it does not
    /// have are told; may be repeated
    #[arg(long = "dictionary", value_name = "FILE")]
    dictionaries: Vec<PathBuf>,
    #[command(flatten)]
    lists: Lists,
}

/// What every command takes that reads texts.
#[derive(Args)]
struct Overlay {
    /// House knowledge laid over the corpus: a folder of the same layout
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,
}

impl Overlay {
    fn load(&self) -> Result<Corpus, Error> {
        let folder = self.corpus.clone().map(|value| Held { value, origin: Origin::Flag("--corpus") });
        house::overlaid(folder.as_ref())
    }
}

/// What helps to align texts beyond the corpus.
#[derive(Args)]
struct Lists {
    /// A word list that helps to align source and translation; may be repeated. Two columns divided by a tab, or CC-CEDICT;
    /// its languages by its name (`en-fr.tsv`) or its first row (`en`, tab, `fr`), else it is read both ways
    #[arg(long = "lexicon", value_name = "FILE")]
    lexicons: Vec<PathBuf>,
    /// A folder with static multilingual word vectors that help to align source and translation: tokenizer.json,
    /// model.safetensors and config.json in the layout of model2vec; nothing is downloaded
    #[cfg(feature = "vectors")]
    #[arg(long, value_name = "DIR")]
    vectors: Option<PathBuf>,
}

impl Lists {
    fn read(&self, mut corpus: Corpus) -> Result<Corpus, Error> {
        for path in &self.lexicons {
            corpus.add_lexicon(path)?;
        }
        self.read_vectors(&mut corpus)?;
        Ok(corpus)
    }

    /// Adds the word vectors to a corpus, where the program was built with them.
    #[cfg_attr(not(feature = "vectors"), expect(clippy::unused_self, clippy::unnecessary_wraps))]
    fn read_vectors(
        &self,
        #[cfg_attr(not(feature = "vectors"), expect(unused_variables))] corpus: &mut Corpus,
    ) -> Result<(), Error> {
        #[cfg(feature = "vectors")]
        if let Some(folder) = &self.vectors {
            corpus.add_vectors(folder)?;
        }
        Ok(())
    }
}

fn rule_setting(written: &str) -> Result<(String, Setting), String> {
    let (id, tier) = written.split_once('=').ok_or("expected ID=off, ID=advice or ID=gate")?;
    let setting = Choice::named(tier).and_then(|choice| choice.tier);
    let setting = setting.ok_or_else(|| format!("expected off, advice or gate instead of {tier:?}"))?;
    Ok((id.to_owned(), setting))
}

impl Knowledge {
    /// What the command line says of all articles.
    fn flags(&self) -> Flags {
        let choice = |(id, setting): &(String, Setting)| (id.clone(), Choice { tier: Some(*setting), severity: None });
        Flags {
            rules: self.rules.iter().map(choice).collect(),
            terms: self.terms.clone(),
            lexicons: self.lists.lexicons.clone(),
            dictionaries: self.dictionaries.clone(),
            corpus: self.overlay.corpus.clone(),
            ..Flags::default()
        }
    }
}

/// What became of what was written to standard output. When nobody reads it any more the command ends.
fn written(result: io::Result<()>) -> Result<(), Error> {
    result.map_err(|cause| match cause.kind() {
        io::ErrorKind::BrokenPipe => Error::Closed,
        _ => Error::Write { path: PathBuf::from("-"), cause },
    })
}

/// Languages of machine output.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Listing {
    Text,
    Json,
    Markdown,
}
