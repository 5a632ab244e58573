//! The front matter of an article: what it says of its language and of the article that it translates.

use pulldown_cmark::MetadataBlockKind;

#[derive(Debug, Default, PartialEq, Eq)]
pub struct FrontMatter {
    pub lang: Option<String>,
    /// The path of the source, as written.
    pub source: Option<String>,
}

/// The fields, the one that counts most first.
const LANG: [&str; 2] = ["lang", "language"];
const SOURCE: [&str; 2] = ["translation_of", "source"];

impl FrontMatter {
    /// Reads YAML between `---`, of which only plain fields of the first level matter, or TOML between `+++`.
    pub fn read(text: &str, kind: Option<MetadataBlockKind>) -> FrontMatter {
        let table = if kind == Some(MetadataBlockKind::PlusesStyle) { text.parse::<toml::Table>().ok() } else { None };
        let field = |name: &&str| match &table {
            Some(table) => table.get(*name)?.as_str().map(str::to_owned),
            None => yaml_field(text, name),
        };
        let first = |names: [&str; 2]| names.iter().find_map(field).filter(|value| !value.is_empty());
        // An address of the web is where the news came from, not a file to compare with.
        FrontMatter { lang: first(LANG), source: first(SOURCE).filter(|path| !path.contains("://")) }
    }
}

/// The value of a line `name: value`.
fn yaml_field(text: &str, name: &str) -> Option<String> {
    let value = text.lines().find_map(|line| line.strip_prefix(name)?.trim_start().strip_prefix(':'))?.trim();
    let quoted = |mark: char| value.strip_prefix(mark).and_then(|rest| rest.split_once(mark)).map(|(inner, _)| inner);
    let plain = || value.split(" #").next().unwrap_or_default().trim_end();
    Some(quoted('"').or_else(|| quoted('\'')).unwrap_or_else(plain).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, kind: MetadataBlockKind) -> (Option<String>, Option<String>) {
        let found = FrontMatter::read(text, Some(kind));
        (found.lang, found.source)
    }

    #[test]
    fn yaml_and_toml_name_the_language_and_the_source() {
        let both = (Some("fr".to_owned()), Some("../zh/a.md".to_owned()));
        let yaml = "title: \"lang: de\"\nmeta:\n  lang: it\nlang: fr # French\nsource: '../zh/a.md'\n";
        assert_eq!(read(yaml, MetadataBlockKind::YamlStyle), both);
        let toml = "title = \"x\"\nlang = \"fr\"\nsource = \"https://example.org/a\"\ntranslation_of = \"../zh/a.md\"\n";
        assert_eq!(read(toml, MetadataBlockKind::PlusesStyle), both);
        assert_eq!(read("lang:\nsource: https://example.org/a\n", MetadataBlockKind::YamlStyle), (None, None));
        assert_eq!(read("lang = fr", MetadataBlockKind::PlusesStyle), (None, None));
    }
}
