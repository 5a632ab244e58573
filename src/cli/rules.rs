//! `contresens rules` and `contresens explain`: what the rules say of themselves.

use super::{Listing, written};
use crate::error::Error;
use crate::report::rules;
use clap::Args;
use std::io::{self, Write};

#[derive(Args)]
pub struct RulesArguments {
    /// How to write the list
    #[arg(long, value_enum, default_value_t = Listing::Text)]
    format: Listing,
}

#[derive(Args)]
pub struct ExplainArguments {
    /// The id of a rule, as reports name it
    #[arg(value_name = "RULE")]
    rule: String,
}

pub fn run(arguments: &RulesArguments) -> Result<bool, Error> {
    let list = match arguments.format {
        Listing::Text => rules::text(),
        Listing::Json => rules::json(),
        Listing::Markdown => rules::markdown(),
    };
    written(write!(io::stdout().lock(), "{list}"))?;
    Ok(true)
}

pub fn explain(arguments: &ExplainArguments) -> Result<bool, Error> {
    let Some(rule) = crate::rules::find(&arguments.rule) else {
        let like = crate::rules::all().map(|rule| rule.id).filter(|id| id.contains(arguments.rule.as_str())).collect::<Vec<_>>();
        let hint = if like.is_empty() {
            "`contresens rules` lists them".to_owned()
        } else {
            format!("did you mean {}?", like.join(", "))
        };
        return Err(Error::Usage(format!("no rule {:?}; {hint}", arguments.rule)));
    };
    written(write!(io::stdout().lock(), "{}\n\n{}", rule.id, rules::story(rule)))?;
    Ok(true)
}
