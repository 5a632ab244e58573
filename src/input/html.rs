//! HTML: the page is cut into elements and texts, the article is found in it, and its readable text is cut out.

mod body;
mod entity;
mod page;

use super::cutter::Cutter;
use crate::document::{BlockKind, Document, Span};
use body::Body;
use page::{Node, Page, Role};
use std::sync::Arc;

pub fn parse(text: String) -> Document {
    let raw: Arc<str> = text.into();
    let page = Page::read(&raw);
    let body = Body::of(&page);
    let mut reader = Reader {
        raw: &raw,
        cutter: Cutter::default(),
        open: Vec::new(),
        depths: [0; 3],
        broke: false,
        listings: body.listings,
        literal: 0,
    };
    for part in body.title.into_iter().chain([body.root]) {
        reader.read(&page, part);
    }
    reader.outside(&page, body.root);
    let mut document = reader.cutter.finish(raw.clone());
    document.declared = body.lang;
    document
}

/// Cuts the readable text out of a page.
struct Reader<'r> {
    raw: &'r str,
    cutter: Cutter,
    /// The blocks that are open: their roles, and the nodes behind them.
    open: Vec<(Role, usize)>,
    /// How many of them are headings, quotations and items.
    depths: [usize; 3],
    /// The last thing read was the end of a line.
    broke: bool,
    /// Listings are left aside.
    listings: bool,
    /// The node behind the literal text that is being read; 0 outside.
    literal: usize,
}

impl Reader<'_> {
    /// Reads an element with all that is in it.
    fn read(&mut self, page: &Page, root: usize) {
        // The header of an article holds its title, that of a page the name of the paper.
        let article = page.element(root).is_some_and(|element| matches!(element.role, Role::Article | Role::Main));
        let mut at = root;
        while at < page.nodes[root].end() {
            self.leave(at);
            let node = &page.nodes[at];
            self.mark(node);
            at += 1;
            match node {
                Node::Text { span, .. } => self.text(*span),
                Node::Comment { span, .. } => self.cutter.remark_here(self.raw, inside(*span, self.raw)),
                Node::Element(element) => match element.role {
                    Role::Aside => at = element.end,
                    _ if element.listing && self.listings => {
                        self.close();
                        at = element.end;
                    }
                    Role::Header if !article => at = element.end,
                    Role::Inline => {}
                    Role::Break => self.line_end(element.tag),
                    role => {
                        self.close();
                        self.open.push((role, element.end));
                        if let Some(kind) = kind_of(role) {
                            self.depths[kind] += 1;
                        }
                    }
                },
            }
        }
        self.leave(usize::MAX);
    }

    /// Marks where literal text begins.
    fn mark(&mut self, node: &Node) {
        if let Node::Element(element) = node
            && element.literal
            && self.literal == 0
        {
            self.literal = element.end;
            self.cutter.begin_literal();
        }
    }

    /// Keeps the comments outside the article: what they say of the whole file holds.
    fn outside(&mut self, page: &Page, root: usize) {
        let end = page.nodes[root].end();
        for (at, node) in page.nodes.iter().enumerate() {
            if let Node::Comment { span, .. } = node
                && !(root..end).contains(&at)
            {
                self.cutter.remark(self.raw, inside(*span, self.raw), 0..0);
            }
        }
    }

    /// Closes the blocks that end before a node.
    fn leave(&mut self, node: usize) {
        if self.literal > 0 && self.literal <= node {
            self.literal = 0;
            self.cutter.end_literal();
        }
        while let Some((role, _)) = self.open.pop_if(|(_, end)| *end <= node) {
            self.close();
            if let Some(kind) = kind_of(role) {
                self.depths[kind] -= 1;
            }
        }
    }

    fn close(&mut self) {
        let kinds = [BlockKind::Heading, BlockKind::Quotation, BlockKind::ListItem];
        let within = kinds.into_iter().zip(self.depths).find(|(_, depth)| *depth > 0);
        let kind = within.map_or(BlockKind::Paragraph, |(kind, _)| kind);
        self.cutter.close(kind);
        self.broke = false;
    }

    /// Two ends of lines in a row end a paragraph.
    fn line_end(&mut self, tag: Span) {
        if self.broke {
            self.close();
        }
        self.cutter.space(tag);
        self.broke = true;
    }

    fn text(&mut self, span: Span) {
        self.broke &= span.of(self.raw).trim_ascii().is_empty();
        let mut at = span.start;
        while let Some(found) = self.raw[at..span.end].find('&') {
            let start = at + found;
            let Some((text, length)) = entity::decode(&self.raw[start..span.end]) else {
                self.cutter.flow(self.raw, Span::new(at, start + 1), false);
                at = start + 1;
                continue;
            };
            self.cutter.flow(self.raw, Span::new(at, start), false);
            // A place where a word may be broken is no letter of it.
            if text != "\u{AD}" {
                self.cutter.put(&text, Span::new(start, start + length));
            }
            at = start + length;
        }
        self.cutter.flow(self.raw, Span::new(at, span.end), false);
    }
}

/// The words of a comment, whose span may lack a part of its marks.
fn inside(span: Span, raw: &str) -> Span {
    let written = span.of(raw);
    let start = written.len() - written.trim_start_matches(['<', '!', '-']).len();
    let end = written.trim_end_matches(['>', '-', '!']).len();
    Span::new(span.start + start, span.start + end.max(start))
}

/// The number of the kind of block that a role makes, as [`Reader`] counts them.
fn kind_of(role: Role) -> Option<usize> {
    match role {
        Role::Heading => Some(0),
        Role::Quotation => Some(1),
        Role::Item => Some(2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(html: &str) -> Vec<(BlockKind, String)> {
        let document = parse(html.to_owned());
        document.blocks.iter().map(|block| (block.kind, block.span.of(&document.text).to_owned())).collect()
    }

    fn texts(html: &str) -> Vec<String> {
        blocks(html).into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn blocks_are_found_and_places_lead_back() {
        let html = "<!DOCTYPE html><html lang=fr-CA><head><title>T</title><style>p{}</style></head><body><h1>Le titre</h1>\r\n\
            <p>Un <b>mot</b>\r\n   fort &amp; pr&eacute;cis&nbsp;!<!-- non --><li>un point<li>un autre</ul>\
            <blockquote><p>Il a dit.</blockquote><script>if (a<b) { x('</p>') }</script></body></html>";
        let document = parse(html.to_owned());
        assert_eq!(document.declared.as_deref(), Some("fr-CA"));
        let expected = [
            (BlockKind::Heading, "Le titre"),
            (BlockKind::Paragraph, "Un mot fort & précis\u{A0}!"),
            (BlockKind::ListItem, "un point"),
            (BlockKind::ListItem, "un autre"),
            (BlockKind::Quotation, "Il a dit."),
        ];
        assert_eq!(blocks(html), expected.map(|(kind, text)| (kind, text.to_owned())));
        for (word, place) in [("mot", "mot"), ("&", "&amp;"), ("précis", "pr&eacute;cis"), ("mot fort", "mot</b>\r\n   fort")] {
            let at = document.text.find(word).unwrap();
            assert_eq!(document.place(Span::new(at, at + word.len())).of(html), place);
        }
    }

    #[test]
    fn the_article_is_found_and_the_page_left_aside() {
        let story = "<p>".to_owned() + &"Le conseil a voté le budget de la ville. ".repeat(6) + "</p>";
        let aside = "<nav>Accueil</nav><aside>Publicité</aside>";
        let read = |page: String| texts(&page).join("|");
        let kept = story.trim_start_matches("<p>").trim_end_matches(" </p>");
        let titled = format!("Le titre|{kept}");
        let article = format!(
            "{aside}<header>Le Journal</header><article><header><h1>Le titre</h1></header>{story}<footer>x</footer></article>"
        );
        assert_eq!(read(format!("{article}<article>Autre</article><footer>Mentions</footer>")), titled);
        let main = format!("{aside}<div role=main><h1>Le titre</h1>{story}</div><div>Lire <a>aussi</a></div>");
        assert_eq!(read(main), titled);
        let soup = format!(
            "<div>Abonnez-vous</div><h1>Le titre</h1><div><div>{story}</div><div><a>Plus</a></div></div><div>Contact</div>"
        );
        assert_eq!(read(soup), titled);
        assert_eq!(
            read(format!("<article>{story}<p>Lire aussi : le stade</p></article>")),
            format!("{kept}|Lire aussi : le stade")
        );
    }

    #[test]
    fn code_is_literal_and_listings_are_left_aside() {
        let html = "<p>Lancez <code>apt <b>list</b></code>, puis <span translate=no>git &amp; Co</span> et             <i class='x notranslate'>tig</i>.</p><pre>ls -l\nrm x</pre><div translate=no><p>On.<p>Off.</div>";
        let document = parse(html.to_owned());
        let literals: Vec<&str> = document.literals.iter().map(|span| span.of(&document.text)).collect();
        assert_eq!(literals, ["apt list", "git & Co", "tig", "On.\nOff."]);
        assert_eq!(texts(html), ["Lancez apt list, puis git & Co et tig.", "On.", "Off."]);
        assert_eq!(texts("<h1>Titre</h1><pre>Une dépêche de\nl'agence.</pre>"), ["Titre", "Une dépêche de l'agence."]);
    }

    #[test]
    fn two_breaks_part_paragraphs() {
        assert_eq!(texts("a<br>b<br> <br/>c"), ["a b", "c"]);
    }

    #[test]
    fn nothing_runs_deep() {
        let deep = "<div><b>".repeat(20_000) + "fin" + &"</i></div>".repeat(20_000);
        assert_eq!(texts(&deep), ["fin"]);
        assert_eq!(texts(&format!("{}fin", "<blockquote><ul><li>".repeat(20_000))), ["fin"]);
        for broken in ["<p", "a <", "a &", "<!--", "<p class='", "</", "<script>a", "<![CDATA[", "&#xFFFFFFFFF;", "<p a=b"] {
            parse(broken.to_owned());
        }
    }
}
