//! Patterns of paths that tell which source belongs to which translation.

use super::Pairing;
use toml::Spanned;

/// The patterns of a configuration.
#[derive(Debug)]
pub struct Patterns {
    source: Vec<Piece>,
    target: Vec<Piece>,
}

#[derive(Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Path,
    Lang,
}

/// What a file is to the patterns.
#[derive(Debug, PartialEq, Eq)]
pub enum Role {
    Source,
    /// A translation, with the path of its source and its own language where the path says it.
    Target {
        source: String,
        lang: Option<String>,
    },
    /// Neither.
    Other,
}

const PATH: &str = "{path}";
const LANG: &str = "{lang}";

impl Patterns {
    /// The error has the byte of the file at which the pattern stands that is none.
    pub fn read(pairing: &Pairing) -> Result<Patterns, (usize, String)> {
        let read = |pattern: &Spanned<String>, languages: usize| {
            pieces(pattern.get_ref(), languages)
                .map_err(|expected| (pattern.span().start, format!("expected {expected} instead of {:?}", pattern.get_ref())))
        };
        Ok(Patterns { source: read(&pairing.source, 0)?, target: read(&pairing.target, 1)? })
    }

    /// What a file is whose path, with slashes, counts from the folder of the configuration.
    pub fn role(&self, file: &str, is_tag: &dyn Fn(&str) -> bool) -> Role {
        if let Some(found) = fit(&self.target, file, Found::default(), is_tag) {
            let source: String =
                self.source.iter().map(|piece| if let Piece::Text(text) = piece { text } else { found.path }).collect();
            // Of `en/{path}` and `{lang}/{path}` the first is one of the second.
            if source == file {
                return Role::Source;
            }
            return Role::Target { source, lang: found.lang.map(str::to_owned) };
        }
        if fit(&self.source, file, Found::default(), is_tag).is_some() { Role::Source } else { Role::Other }
    }
}

fn pieces(pattern: &str, languages: usize) -> Result<Vec<Piece>, &'static str> {
    if pattern.starts_with('/') || pattern.split('/').any(|part| part == "..") {
        return Err("a pattern that stays below the folder of the configuration");
    }
    let mut pieces = Vec::new();
    let mut rest = pattern;
    while let Some(at) = rest.find(['{', '}']) {
        let piece = [(PATH, Piece::Path), (LANG, Piece::Lang)].into_iter().find(|(name, _)| rest[at..].starts_with(name));
        let (name, piece) = piece.ok_or("no braces but {path} and {lang}")?;
        pieces.extend((at > 0).then(|| Piece::Text(rest[..at].to_owned())));
        pieces.push(piece);
        rest = &rest[at + name.len()..];
    }
    pieces.extend((!rest.is_empty()).then(|| Piece::Text(rest.to_owned())));
    let count = |wanted: &Piece| pieces.iter().filter(|piece| *piece == wanted).count();
    match (count(&Piece::Path), count(&Piece::Lang)) {
        (1, found) if found <= languages => Ok(pieces),
        (1, _) if languages == 0 => Err("a pattern of the source without {lang}"),
        (1, _) => Err("{lang} once"),
        _ => Err("{path} once"),
    }
}

/// What the pieces of a pattern hold.
#[derive(Clone, Copy, Default)]
struct Found<'f> {
    path: &'f str,
    lang: Option<&'f str>,
}

/// The longest path that lets the pattern fit a text.
fn fit<'f>(pieces: &[Piece], text: &'f str, found: Found<'f>, is_tag: &dyn Fn(&str) -> bool) -> Option<Found<'f>> {
    let Some((piece, rest)) = pieces.split_first() else { return text.is_empty().then_some(found) };
    let ends = || text.char_indices().rev().map(|(at, c)| (&text[..at + c.len_utf8()], &text[at + c.len_utf8()..]));
    match piece {
        Piece::Text(own) => fit(rest, text.strip_prefix(own.as_str())?, found, is_tag),
        Piece::Path => ends().find_map(|(path, after)| fit(rest, after, Found { path, ..found }, is_tag)),
        Piece::Lang => ends()
            .filter(|(lang, _)| !lang.contains(['/', '.']) && is_tag(lang))
            .find_map(|(lang, after)| fit(rest, after, Found { lang: Some(lang), ..found }, is_tag)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patterns(source: &str, target: &str) -> Result<Patterns, String> {
        let spanned = |text: &str| Spanned::new(0..text.len(), text.to_owned());
        Patterns::read(&Pairing { source: spanned(source), target: spanned(target) }).map_err(|(_, message)| message)
    }

    fn role(source: &str, target: &str, file: &str) -> Role {
        patterns(source, target).unwrap().role(file, &|tag| ["en", "fr", "pt-BR"].contains(&tag))
    }

    fn translation(source: &str, lang: &str) -> Role {
        Role::Target { source: source.to_owned(), lang: Some(lang.to_owned()).filter(|lang| !lang.is_empty()) }
    }

    #[test]
    fn paths_lead_to_their_sources() {
        let folders = |file: &str| role("en/{path}", "{lang}/{path}", file);
        assert_eq!(folders("fr/a/b.md"), translation("en/a/b.md", "fr"));
        assert_eq!((folders("en/a.md"), folders("img/a.md"), folders("a.md")), (Role::Source, Role::Other, Role::Other));
        let endings = |file: &str| role("{path}.md", "{path}.{lang}.md", file);
        assert_eq!(endings("news/a.pt-BR.md"), translation("news/a.md", "pt-BR"));
        assert_eq!(endings("a.b.fr.md"), translation("a.b.md", "fr"));
        assert_eq!((endings("a.md"), endings("a.old.md"), endings("a.txt")), (Role::Source, Role::Source, Role::Other));
        assert_eq!(role("src/{path}", "out/{path}", "out/é.md"), translation("src/é.md", ""));
    }

    #[test]
    fn what_is_no_pattern_is_told() {
        let told = |source: &str, target: &str| patterns(source, target).unwrap_err();
        assert!(told("en", "{lang}/{path}").contains("{path} once"));
        assert!(told("{lang}/{path}", "{path}").contains("without {lang}"));
        assert!(told("en/{path}", "{lang}/{lang}/{path}").contains("{lang} once"));
        assert!(told("en/{file}", "{path}").contains("no braces but"));
        assert!(told("../{path}", "{path}").contains("stays below"));
    }
}
