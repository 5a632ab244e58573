//! `check --show-config`: what holds for each file, as a configuration would say it, and where each value comes from.

use super::pairing::Partner;
use super::plan::Job;
use crate::checker::Setting;
use crate::config::{Choice, Held, Origin, shown};
use std::fmt::Display;
use std::io::{self, Write};
use std::path::Path;

pub fn write(out: &mut impl Write, jobs: &[Job]) -> io::Result<()> {
    for job in jobs {
        let config = job.config.as_deref().map_or("none".to_owned(), |path| shown(path).display().to_string());
        writeln!(out, "# {}\n# configuration: {config}", job.path.display())?;
        for (line, origin) in lines(job) {
            writeln!(out, "{line:<48} # {origin}")?;
        }
    }
    Ok(())
}

fn lines(job: &Job) -> Vec<(String, Origin)> {
    let settings = &job.settings;
    let mut lines = Vec::new();
    one(&mut lines, "from", settings.from.as_ref(), quoted);
    one(&mut lines, "to", settings.to.as_ref(), quoted);
    match &job.partner {
        Partner::Found(path) => one(&mut lines, "source", Some(path), file),
        Partner::Missing(path) => one(&mut lines, "source", Some(path), |path| format!("{}, which is not there", file(path))),
        Partner::None => {}
    }
    one(&mut lines, "corpus", settings.corpus.as_ref(), file);
    for (key, paths) in [("terms", &settings.terms), ("lexicons", &settings.lexicons), ("dictionaries", &settings.dictionaries)] {
        for path in paths {
            one(&mut lines, key, Some(path), |path| format!("[{}]", file(path)));
        }
    }
    for name in &settings.keep_names {
        one(&mut lines, "keep-names", Some(name), |name| format!("[{name:?}]"));
    }
    one(&mut lines, "gate.fail-on", Some(&settings.fail_on), |fail_on| quoted(&fail_on.name()));
    one(&mut lines, "gate.max-major", settings.max_major.as_ref(), ToString::to_string);
    one(&mut lines, "gate.min-score", settings.min_score.as_ref(), ToString::to_string);
    for (rule, choice) in &settings.rules {
        one(&mut lines, &format!("rules.{rule:?}"), Some(choice), chosen);
    }
    lines
}

fn one<T>(lines: &mut Vec<(String, Origin)>, key: &str, held: Option<&Held<T>>, written: impl Fn(&T) -> String) {
    lines.extend(held.map(|held| (format!("{key} = {}", written(&held.value)), held.origin.clone())));
}

fn quoted(text: &impl Display) -> String {
    format!("{:?}", text.to_string())
}

fn file(path: &impl AsRef<Path>) -> String {
    quoted(&shown(path.as_ref()).display())
}

fn chosen(choice: &Choice) -> String {
    let tier = choice.tier.map(|tier| match tier {
        Setting::Off => "off",
        Setting::Tier(tier) => tier.name(),
    });
    match (tier, choice.severity) {
        (tier, Some(severity)) => {
            let tier = tier.map_or(String::new(), |tier| format!("tier = {tier:?}, "));
            format!("{{ {tier}severity = {:?} }}", severity.name())
        }
        (tier, None) => quoted(&tier.unwrap_or("")),
    }
}
