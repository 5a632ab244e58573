//! Where the article stands in a page: what says that it is one, else the element that holds most of the text.

use super::page::{Element, Node, Page, Role};

pub struct Body {
    /// The element that holds the article.
    pub root: usize,
    /// The title of the page, when it stands outside.
    pub title: Option<usize>,
    /// Text with the ends of its lines is not all there is: it is code beside an article, no article sent over a wire.
    pub listings: bool,
    /// The language that the article, or what is around it, declares.
    pub lang: Option<String>,
}

/// The least share of the page's text in an `<article>` that is the article: lists of other news are made of them too.
const ARTICLE_SHARE: f64 = 0.3;
/// The share of an element's text from which the part that holds it is taken for the whole.
const MOST: f64 = 0.75;

impl Body {
    pub fn of(page: &Page) -> Body {
        let weights = weights(page);
        let whole = weights[0] as f64;
        let heaviest = |role: Role| {
            let found = elements(page).filter(|(at, element)| element.role == role && weights[*at] > 0);
            found.map(|(at, _)| at).max_by_key(|at| (weights[*at], std::cmp::Reverse(*at)))
        };
        let article = heaviest(Role::Article).filter(|at| weights[*at] as f64 >= ARTICLE_SHARE * whole);
        let root = article.or_else(|| heaviest(Role::Main)).unwrap_or_else(|| narrowed(page, &weights));
        let inside = elements(page).filter(|(at, element)| element.listing && (root..page.nodes[root].end()).contains(at));
        let listed: usize = inside.map(|(at, _)| weights[at]).sum();
        Body { root, title: title(page, root), listings: 2 * listed < weights[root], lang: lang(page, root) }
    }
}

fn elements(page: &Page) -> impl Iterator<Item = (usize, &Element)> {
    (0..page.nodes.len()).filter_map(|at| Some((at, page.element(at)?)))
}

/// How much text, in bytes, stands in each node: links and what is left aside do not count.
fn weights(page: &Page) -> Vec<usize> {
    let mut weights = vec![0; page.nodes.len()];
    for (at, node) in page.nodes.iter().enumerate().skip(1).rev() {
        match node {
            Node::Text { span, .. } => weights[at] = span.len(),
            Node::Element(element) if element.link || matches!(element.role, Role::Aside | Role::Header) => weights[at] = 0,
            Node::Element(_) | Node::Comment { .. } => {}
        }
        weights[node.parent()] += weights[at];
    }
    weights
}

/// The innermost element that holds nearly all the text of those around it.
fn narrowed(page: &Page, weights: &[usize]) -> usize {
    let mut root = 0;
    while let Some(next) = children(page, root).find(|at| {
        let holds = page.element(*at).is_some_and(|element| element.role == Role::Block);
        holds && weights[*at] as f64 >= MOST * weights[root] as f64 && weights[*at] > 0
    }) {
        // A paragraph is no container of an article.
        if children(page, next)
            .all(|at| page.element(at).is_none_or(|element| matches!(element.role, Role::Inline | Role::Break)))
        {
            break;
        }
        root = next;
    }
    root
}

/// The nodes right under one.
fn children(page: &Page, of: usize) -> impl Iterator<Item = usize> {
    let end = page.nodes[of].end();
    let next = move |at: &usize| Some(page.nodes[*at].end()).filter(|next| *next < end);
    std::iter::successors(Some(of + 1).filter(|first| *first < end), next)
}

/// The only first-level heading, when it stands before the article and not in what is left aside.
fn title(page: &Page, root: usize) -> Option<usize> {
    let mut titles = elements(page).filter(|(_, element)| element.title);
    let (at, _) = titles.next().filter(|(at, _)| *at < root)?;
    let outside = |role: Role| matches!(role, Role::Aside | Role::Header);
    let left = ancestors(page, at).any(|around| page.element(around).is_some_and(|element| outside(element.role)));
    (titles.next().is_none() && !left).then_some(at)
}

fn lang(page: &Page, root: usize) -> Option<String> {
    let own = |at: usize| page.element(at).and_then(|element| element.lang.clone());
    own(root).or_else(|| ancestors(page, root).find_map(own))
}

fn ancestors(page: &Page, of: usize) -> impl Iterator<Item = usize> {
    std::iter::successors(Some(of), |at| Some(page.nodes[*at].parent()).filter(|parent| parent != at)).skip(1)
}
