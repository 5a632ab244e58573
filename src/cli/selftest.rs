//! `contresens selftest`: what is caught of the defects planted into a user's own clean article.

use super::house::{self, House};
use super::{Knowledge, written};
use crate::checker::Check;
use crate::config::Settings;
use crate::error::Error;
use crate::input;
use crate::mqm::Tier;
use crate::selftest::{Proof, prove};
use clap::{Args, ValueEnum};
use serde_json::json;
use std::io::{self, Write};
use std::path::PathBuf;

#[derive(Args)]
pub struct SelftestArguments {
    /// A good translation; it is only read
    #[arg(value_name = "ARTICLE")]
    article: PathBuf,
    /// The source article; without it only what the translation shows by itself is planted
    #[arg(long, value_name = "FILE")]
    source: Option<PathBuf>,
    /// Language of the source [default: detected]
    #[arg(long, value_name = "LANG")]
    from: Option<String>,
    /// Language of the translation [default: declared in the file, else detected]
    #[arg(long, value_name = "LANG")]
    to: Option<String>,
    /// How to write the proof
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    knowledge: Knowledge,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

pub fn run(arguments: &SelftestArguments) -> Result<bool, Error> {
    let settings = Settings::of(&arguments.article, None, None, &arguments.knowledge.flags())?;
    let corpus = House::of(&settings).load(&arguments.knowledge.lists)?;
    let checker = house::checker(&corpus, &settings)?;
    let target = input::read(&arguments.article)?;
    let source = arguments.source.as_deref().map(input::read).transpose()?;
    let check = Check { from: arguments.from.as_deref(), to: arguments.to.as_deref(), ..Check::default() };
    let proof = prove(&checker, &target, source.as_ref(), &check)?;
    let mut out = io::stdout().lock();
    written(match arguments.format {
        Format::Text => text(&mut out, &proof),
        Format::Json => writeln!(out, "{:#}", object(&proof)),
    })?;
    Ok(true)
}

/// Findings on the article as it is, by tier.
fn alarms(proof: &Proof, tier: Tier) -> usize {
    proof.clean.diagnostics.iter().filter(|found| found.tier == tier).count()
}

fn share(part: usize, whole: usize) -> String {
    if whole == 0 { "-".to_owned() } else { format!("{:.0} %", 100.0 * part as f64 / whole as f64) }
}

fn text(out: &mut impl Write, proof: &Proof) -> io::Result<()> {
    writeln!(out, "{:<24}{:>8}{:>8}{:>8}{:>9}", "defect", "planted", "caught", "share", "by gate")?;
    let (mut planted, mut caught, mut gate) = (0, 0, 0);
    for outcome in &proof.outcomes {
        planted += outcome.planted;
        caught += outcome.caught;
        gate += outcome.gate;
        let share = share(outcome.caught, outcome.planted);
        writeln!(out, "{:<24}{:>8}{:>8}{share:>8}{:>9}", outcome.kind, outcome.planted, outcome.caught, outcome.gate)?;
    }
    writeln!(out, "{:<24}{planted:>8}{caught:>8}{:>8}{gate:>9}", "all", share(caught, planted))?;
    for (kind, missed) in proof.outcomes.iter().filter_map(|outcome| Some((outcome.kind, outcome.missed.first()?))) {
        writeln!(out, "missed: {kind}: {missed}")?;
    }
    let (gate, advice) = (alarms(proof, Tier::Gate), alarms(proof, Tier::Advice));
    writeln!(out, "On the article as it is: {gate} gate findings, {advice} of advice.")
}

fn object(proof: &Proof) -> serde_json::Value {
    let outcomes: Vec<serde_json::Value> = proof
        .outcomes
        .iter()
        .map(|outcome| {
            json!({
                "defect": outcome.kind,
                "planted": outcome.planted,
                "caught": outcome.caught,
                "gate": outcome.gate,
                "missed": outcome.missed,
            })
        })
        .collect();
    json!({"defects": outcomes, "clean": {"gate": alarms(proof, Tier::Gate), "advice": alarms(proof, Tier::Advice)}})
}
