//! A page as a flat list of its elements and texts, in the order of the file; no depth of nesting is too much.

use crate::document::{Comment, Span};
use html5gum::Tokenizer;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use std::collections::HashMap;
use std::convert::Infallible;

/// What an element means for the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Its text belongs to the text around it.
    Inline,
    /// The end of a line.
    Break,
    Block,
    Heading,
    Item,
    Quotation,
    Article,
    Main,
    /// The beginning of a page or of an article.
    Header,
    /// Not the article's words: navigation, scripts, notices.
    Aside,
}

#[expect(clippy::struct_excessive_bools, reason = "each is a fact by itself")]
pub struct Element {
    pub role: Role,
    /// A first-level heading.
    pub title: bool,
    /// The text in it is a link.
    pub link: bool,
    /// The text in it belongs to no language, or is not to be translated.
    pub literal: bool,
    /// It is text with the ends of its lines, as listings of code are.
    pub listing: bool,
    pub lang: Option<String>,
    pub tag: Span,
    /// The element around it.
    pub parent: usize,
    /// The node behind the last one in it.
    pub end: usize,
}

pub enum Node {
    Element(Element),
    Text { span: Span, parent: usize, at: usize },
    Comment { span: Span, parent: usize, at: usize },
}

impl Node {
    /// The node behind the last one in it.
    pub fn end(&self) -> usize {
        match self {
            Node::Element(element) => element.end,
            Node::Text { at, .. } | Node::Comment { at, .. } => at + 1,
        }
    }

    pub fn parent(&self) -> usize {
        match self {
            Node::Element(Element { parent, .. }) | Node::Text { parent, .. } | Node::Comment { parent, .. } => *parent,
        }
    }
}

/// All elements and texts; the first one stands for the whole page, and is its own parent.
pub struct Page {
    pub nodes: Vec<Node>,
}

impl Page {
    pub fn read(raw: &str) -> Page {
        let root = Element {
            role: Role::Block,
            title: false,
            link: false,
            literal: false,
            listing: false,
            lang: None,
            tag: Span::new(0, 0),
            parent: 0,
            end: 0,
        };
        let mut builder = Builder {
            nodes: vec![Node::Element(root)],
            open: Vec::new(),
            names: HashMap::new(),
            read: 0,
            told: 0,
            tag: Tag::default(),
        };
        let callback = |event: CallbackEvent<'_>, span: html5gum::Span<usize>| -> Option<Infallible> {
            builder.take(event, Span { start: span.start, end: span.end });
            None
        };
        let mut emitter = CallbackEmitter::new(callback);
        emitter.naively_switch_states(true);
        let Ok(()) = Tokenizer::new_with_emitter(raw, emitter).finish();
        builder.finish()
    }

    /// The element with a number, if it is one.
    pub fn element(&self, at: usize) -> Option<&Element> {
        match &self.nodes[at] {
            Node::Element(element) => Some(element),
            Node::Text { .. } | Node::Comment { .. } => None,
        }
    }
}

/// Inline elements inside each other among which the one is looked for that ends.
const DEEPEST_INLINE: usize = 100;

/// A start tag that is being read.
#[derive(Default)]
struct Tag {
    start: usize,
    name: String,
    attribute: String,
    lang: Option<String>,
    role: String,
    hidden: bool,
    literal: bool,
}

struct Builder {
    nodes: Vec<Node>,
    /// The elements that are open, outermost first.
    open: Vec<(usize, String)>,
    /// How many of a name are open.
    names: HashMap<String, usize>,
    /// How far the file has been read into nodes, and how far it is known to be text.
    read: usize,
    told: usize,
    tag: Tag,
}

impl Builder {
    fn take(&mut self, event: CallbackEvent<'_>, span: Span) {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.text(span.start);
                self.tag = Tag { start: span.start, name: text(name), ..Tag::default() };
            }
            CallbackEvent::AttributeName { name } => {
                self.tag.attribute = text(name);
                self.tag.hidden |= name == b"hidden";
            }
            CallbackEvent::AttributeValue { value } => self.attribute(text(value)),
            CallbackEvent::CloseStartTag { self_closing } => {
                self.read = span.end;
                self.begin(Span { start: self.tag.start, end: span.end }, self_closing);
            }
            CallbackEvent::EndTag { name } => {
                self.text(span.start);
                self.read = span.end;
                self.close(&text(name));
            }
            CallbackEvent::String { .. } => self.told = span.end,
            CallbackEvent::Comment { value } => {
                self.text(span.start);
                self.read = span.end;
                if text(value).contains(Comment::MARK) {
                    let (at, parent) = (self.nodes.len(), self.inside());
                    self.nodes.push(Node::Comment { span, parent, at });
                }
            }
            CallbackEvent::Doctype { .. } => {
                self.text(span.start);
                self.read = span.end;
            }
            CallbackEvent::Error(_) => {}
        }
    }

    fn attribute(&mut self, value: String) {
        match self.tag.attribute.as_str() {
            "lang" | "xml:lang" if !value.is_empty() => self.tag.lang = Some(value),
            "role" => self.tag.role = value.to_ascii_lowercase(),
            "aria-hidden" => self.tag.hidden |= value == "true",
            "translate" => self.tag.literal |= value.eq_ignore_ascii_case("no"),
            "class" => self.tag.literal |= value.split_ascii_whitespace().any(|class| class == "notranslate"),
            _ => {}
        }
    }

    /// The text before a tag.
    fn text(&mut self, end: usize) {
        let end = end.min(self.told);
        if self.read < end {
            let (at, parent) = (self.nodes.len(), self.inside());
            self.nodes.push(Node::Text { span: Span::new(self.read, end), parent, at });
            self.read = end;
        }
    }

    /// The innermost element that is open.
    fn inside(&self) -> usize {
        self.open.last().map_or(0, |(at, _)| *at)
    }

    fn begin(&mut self, span: Span, self_closing: bool) {
        let tag = std::mem::take(&mut self.tag);
        let role = role(&tag);
        if let Some(before) = self.open.last().map(|(_, name)| name.clone()).filter(|before| ends_before(before, &tag.name, role))
        {
            self.close(&before);
        }
        let at = self.nodes.len();
        self.nodes.push(Node::Element(Element {
            role,
            title: tag.name == "h1",
            link: tag.name == "a",
            literal: tag.literal || matches!(tag.name.as_str(), "code" | "kbd" | "samp" | "tt" | "var"),
            listing: tag.name == "pre",
            lang: tag.lang,
            tag: span,
            parent: self.inside(),
            end: at + 1,
        }));
        if !is_void(&tag.name) && !(self_closing && role == Role::Aside) {
            *self.names.entry(tag.name.clone()).or_default() += 1;
            self.open.push((at, tag.name));
        }
    }

    /// Closes the innermost element of a name with all in it; a name that is not open closes nothing.
    fn close(&mut self, name: &str) {
        if self.names.get(name).is_none_or(|open| *open == 0) || self.crosses(name) {
            return;
        }
        while let Some((at, own)) = self.open.pop() {
            self.end(at);
            if let Some(open) = self.names.get_mut(&own) {
                *open -= 1;
            }
            if own == name {
                return;
            }
        }
    }

    /// Whether the innermost element of a name is an inline one around a block that is open: its end tag closes no block.
    fn crosses(&self, name: &str) -> bool {
        let inline = |at: usize| matches!(&self.nodes[at], Node::Element(element) if element.role == Role::Inline);
        let mut near = self.open.iter().rev().take(DEEPEST_INLINE);
        let first = near.find(|(at, own)| own == name || !inline(*at));
        first.is_none_or(|(_, own)| own != name) && role(&Tag { name: name.to_owned(), ..Tag::default() }) == Role::Inline
    }

    fn end(&mut self, at: usize) {
        let behind = self.nodes.len();
        if let Node::Element(element) = &mut self.nodes[at] {
            element.end = behind;
        }
    }

    fn finish(mut self) -> Page {
        self.text(usize::MAX);
        while let Some((at, _)) = self.open.pop() {
            self.end(at);
        }
        self.end(0);
        Page { nodes: self.nodes }
    }
}

fn role(tag: &Tag) -> Role {
    let by_name = match tag.name.as_str() {
        "br" => Role::Break,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Role::Heading,
        "li" | "dt" | "dd" => Role::Item,
        "blockquote" => Role::Quotation,
        "article" => Role::Article,
        "main" => Role::Main,
        "header" => Role::Header,
        "nav" | "footer" | "aside" | "script" | "style" | "template" | "noscript" | "head" | "svg" | "math" | "iframe"
        | "object" | "video" | "audio" | "canvas" | "button" | "select" | "textarea" | "dialog" | "datalist" | "title" => {
            Role::Aside
        }
        "html" | "body" | "p" | "div" | "section" | "ul" | "ol" | "dl" | "table" | "caption" | "thead" | "tbody" | "tfoot"
        | "tr" | "td" | "th" | "figure" | "figcaption" | "pre" | "hr" | "address" | "details" | "summary" | "form"
        | "fieldset" | "legend" | "center" | "hgroup" | "menu" => Role::Block,
        _ => Role::Inline,
    };
    match tag.role.as_str() {
        _ if tag.hidden || by_name == Role::Aside => Role::Aside,
        "navigation" | "banner" | "complementary" | "contentinfo" | "search" | "dialog" | "menu" | "alert" => Role::Aside,
        "main" => Role::Main,
        "article" => Role::Article,
        "heading" => Role::Heading,
        _ => by_name,
    }
}

/// Whether an element that was not closed ends where another begins.
fn ends_before(open: &str, next: &str, next_role: Role) -> bool {
    match open {
        "p" => !matches!(next_role, Role::Inline | Role::Break) && !(next_role == Role::Aside && is_void(next)),
        "li" | "tr" | "option" => next == open,
        "dt" | "dd" => matches!(next, "dt" | "dd"),
        "td" | "th" => matches!(next, "td" | "th" | "tr"),
        _ => false,
    }
}

/// Elements that hold nothing and need no end.
fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area" | "base" | "br" | "col" | "embed" | "hr" | "img" | "input" | "link" | "meta" | "source" | "track" | "wbr"
    )
}
