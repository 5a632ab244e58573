//! `--format FORMAT[=FILE]` and `--output FILE`: which reports are written, and where to.

use crate::error::Error;
use clap::builder::{EnumValueParser, PossibleValue, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Arg, Command, ValueEnum};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Text,
    /// One object
    Json,
    /// One object a line for each article
    Jsonl,
    /// SARIF 2.1.0, for code scanning and editors
    Sarif,
    /// Annotations of GitHub Actions
    Github,
    /// Code quality report of GitLab
    Gitlab,
    /// `JUnit`'s report, for build servers
    Junit,
    /// Checkstyle's report, for build servers
    Checkstyle,
    /// Diagnostic format of reviewdog
    Rdjson,
    Html,
}

/// A format as asked for, with its file if it names one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    format: Format,
    path: Option<PathBuf>,
}

/// Where a report goes; None is standard output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Destination<'a> {
    pub format: Format,
    pub path: Option<&'a Path>,
}

/// The reports of a run: those asked for, or text. One of them may be without a file: it goes to `--output`, or to standard
/// output.
pub fn destinations<'a>(requests: &'a [Request], output: Option<&'a Path>) -> Result<Vec<Destination<'a>>, Error> {
    let output = output.filter(|path| *path != Path::new("-"));
    if requests.is_empty() {
        return Ok(vec![Destination { format: Format::Text, path: output }]);
    }
    let plain: Vec<&Request> = requests.iter().filter(|request| request.path.is_none()).collect();
    if let [first, second, ..] = plain[..] {
        let (first, second) = (name(first.format), name(second.format));
        return Err(Error::Usage(format!(
            "--format {first} and --format {second} both go to one place; name a file for one of them: --format {second}=FILE"
        )));
    }
    if let Some(output) = output.filter(|_| plain.is_empty()) {
        return Err(Error::Usage(format!(
            "--output {}: every --format names its own file; leave out --output, or the file of one format",
            output.display()
        )));
    }
    let destinations: Vec<Destination> =
        requests.iter().map(|request| Destination { format: request.format, path: request.path.as_deref().or(output) }).collect();
    for (at, one) in destinations.iter().enumerate() {
        if let Some(other) = destinations[..at].iter().find(|other| one.path.is_some() && other.path == one.path) {
            return Err(Error::Usage(format!(
                "{}: --format {} and --format {} would both be written there",
                one.path.unwrap_or(Path::new("-")).display(),
                name(other.format),
                name(one.format)
            )));
        }
    }
    Ok(destinations)
}

fn name(format: Format) -> String {
    format.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
}

/// Reads `FORMAT` or `FORMAT=FILE`; shells complete the formats.
#[derive(Clone)]
pub struct RequestParser;

impl TypedValueParser for RequestParser {
    type Value = Request;

    fn parse_ref(&self, command: &Command, argument: Option<&Arg>, value: &OsStr) -> Result<Request, clap::Error> {
        let written = value.to_str().ok_or_else(|| clap::Error::new(ErrorKind::InvalidUtf8).with_cmd(command))?;
        let (format, path) = written.split_once('=').map_or((written, None), |(format, path)| (format, Some(path)));
        let format = EnumValueParser::<Format>::new().parse_ref(command, argument, OsStr::new(format))?;
        if path == Some("") {
            let message = format!("--format {written}: expected a file after the equals sign\n");
            return Err(clap::Error::raw(ErrorKind::InvalidValue, message).with_cmd(command));
        }
        Ok(Request { format, path: path.filter(|path| *path != "-").map(PathBuf::from) })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Format::value_variants().iter().filter_map(ValueEnum::to_possible_value)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(format: Format, path: Option<&str>) -> Request {
        Request { format, path: path.map(PathBuf::from) }
    }

    #[test]
    fn one_format_may_go_without_a_file() {
        let both = [request(Format::Text, None), request(Format::Json, Some("a.json"))];
        let written = destinations(&both, Some(Path::new("a.txt"))).unwrap();
        assert_eq!(written[0], Destination { format: Format::Text, path: Some(Path::new("a.txt")) });
        assert_eq!(written[1], Destination { format: Format::Json, path: Some(Path::new("a.json")) });
        assert_eq!(destinations(&[], None).unwrap(), [Destination { format: Format::Text, path: None }]);
    }

    #[test]
    fn contradictions_are_told() {
        let told =
            |requests: &[Request], output: Option<&str>| destinations(requests, output.map(Path::new)).unwrap_err().to_string();
        let plain = [request(Format::Text, None), request(Format::Json, None)];
        assert!(told(&plain, None).contains("--format json=FILE"));
        assert!(told(&[request(Format::Json, Some("a"))], Some("b")).starts_with("--output b: every --format"));
        let same = [request(Format::Text, Some("a")), request(Format::Json, Some("a"))];
        assert!(told(&same, None).starts_with("a: --format text and --format json"));
        assert!(told(&[request(Format::Text, None), request(Format::Json, Some("a"))], Some("a")).starts_with("a: "));
    }
}
