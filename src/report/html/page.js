'use strict';
// Walks and filters the findings. Everything it needs is in the page: it only sets classes and attributes, and moves focus.
(() => {
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const form = document.querySelector('.filters');
  const articles = all('.article');
  const findings = [];
  const byId = new Map();

  for (const article of articles) {
    for (const card of all('.card', article)) {
      const link = card.querySelector('.message a');
      const finding = { card, link, article, list: card.parentElement, rank: findings.length, places: [], shown: true };
      findings.push(finding);
      byId.set(card.id, finding);
    }
    for (const piece of all('[data-f]', article)) {
      piece.findings = piece.dataset.f.split(' ').map((number) => byId.get(`${article.id}f${number}`));
      for (const finding of piece.findings) finding.places.push(piece);
    }
  }
  const pieces = all('[data-f]');
  const ranks = ['critical', 'major', 'minor'];
  // As the page was written: worst first.
  const worst = [...findings];
  const inText = [...findings].sort(
    (a, b) => articles.indexOf(a.article) - articles.indexOf(b.article) || a.card.dataset.at - b.card.dataset.at
  );
  let order = worst;
  let current = null;
  let pointing = false;

  const inTranslation = (finding) => finding.places.filter((piece) => piece.classList.contains('hit'));
  const place = (finding) => inTranslation(finding).find((piece) => piece.matches('a')) ?? inTranslation(finding)[0];

  // Only one article at a time is shown of several.
  function open(article) {
    for (const other of articles) other.hidden = other !== article;
    for (const link of all('.index a')) {
      if (link.hash === `#${article.id}`) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
  }

  function select(finding, block = 'center') {
    current?.card.removeAttribute('aria-current');
    for (const piece of current?.places ?? []) piece.classList.remove('now');
    current = finding;
    if (finding) {
      if (finding.article.hidden) open(finding.article);
      finding.card.setAttribute('aria-current', 'true');
      for (const piece of finding.places) piece.classList.add('now');
      place(finding)?.scrollIntoView({ block });
      reveal(finding.card);
    }
    count();
  }

  // Scrolls the list beside the text; the page only where the end of the list lies below the window.
  function reveal(card) {
    const list = card.closest('.findings');
    if (getComputedStyle(list).position !== 'sticky') return;
    const [inner, outer] = [card.getBoundingClientRect(), list.getBoundingClientRect()];
    const [top, bottom] = [outer.top, Math.min(outer.bottom, innerHeight)];
    if (inner.top < top) list.scrollTop += inner.top - top - 8;
    else if (inner.bottom > bottom) list.scrollTop += inner.bottom - bottom + 8;
    const below = card.getBoundingClientRect().bottom - innerHeight;
    if (below > 0) scrollBy(0, below + 8);
  }

  const shown = () => order.filter((finding) => finding.shown);

  function count() {
    const list = shown();
    const at = list.indexOf(current);
    form.querySelector('output').value = at < 0 ? `${list.length} shown` : `${at + 1} of ${list.length}`;
  }

  function step(by) {
    const list = shown();
    if (list.length === 0) return;
    const first = by > 0 ? list.findIndex((finding) => !finding.article.hidden) : list.length - 1;
    const at = list.indexOf(current);
    const next = list[at < 0 ? Math.max(first, 0) : (at + by + list.length) % list.length];
    select(next);
    next.link.focus({ preventScroll: true });
  }

  function filter() {
    const checked = (name) => new Set(all(`[name=${name}]:checked`, form).map((box) => box.value));
    const [severities, tiers, rule] = [checked('severity'), checked('tier'), form.elements.rule.value];
    for (const finding of findings) {
      const { severity, tier, rule: own } = finding.card.dataset;
      finding.shown = severities.has(severity) && tiers.has(tier) && (rule === '' || rule === own);
      finding.card.hidden = !finding.shown;
    }
    for (const piece of pieces) grade(piece);
    if (current && !current.shown) select(null);
    count();
  }

  // A piece looks like the worst finding that is shown of those it belongs to.
  function grade(piece) {
    const visible = piece.findings.filter((finding) => finding.shown);
    piece.classList.toggle('off', visible.length === 0);
    if (!piece.classList.contains('hit') || visible.length === 0) return;
    const first = visible.reduce((a, b) => (a.rank < b.rank ? a : b)).card.dataset;
    for (const rank of ranks) piece.classList.toggle(rank, rank === first.severity);
    piece.classList.toggle('advice', first.tier === 'advice');
    piece.classList.toggle('several', visible.length > 1);
  }

  function sort() {
    order = form.elements.order.value === 'text' ? inText : worst;
    for (const finding of order) finding.list.append(finding.card);
    count();
  }

  // A place that belongs to several findings shows one after the other.
  function chosen(piece) {
    const visible = piece.findings.filter((finding) => finding.shown);
    return visible[(visible.indexOf(current) + 1) % visible.length];
  }

  document.addEventListener('pointerdown', () => { pointing = true; });
  document.addEventListener('focusin', ({ target }) => {
    if (pointing) return;
    const card = target.closest('.card');
    if (card) select(byId.get(card.id));
    else if (target.matches('a.hit') && !target.findings.includes(current)) select(chosen(target) ?? null);
  });

  document.addEventListener('click', (event) => {
    pointing = false;
    const byKey = event.detail === 0;
    const piece = event.target.closest('.hit');
    const card = event.target.closest('.card');
    const finding = piece ? (byKey && piece.findings.includes(current) ? current : chosen(piece)) : byId.get(card?.id);
    const link = event.target.closest('a');
    // A link to where the page already is does nothing by itself.
    if (!finding && link?.hash && link.hash === location.hash) go();
    if (!finding) return;
    event.preventDefault();
    select(finding, piece ? 'nearest' : 'center');
    if (piece && byKey) finding.link.focus({ preventScroll: true });
    else if (card && byKey) place(finding)?.focus({ preventScroll: true });
  });

  document.addEventListener('keydown', (event) => {
    pointing = false;
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches('select')) return;
    if (event.key === 'n' || event.key === 'j') step(1);
    else if (event.key === 'p' || event.key === 'k') step(-1);
    else if (event.key === 'Escape' && current) {
      if (event.target.matches('.hit')) current.link.focus({ preventScroll: true });
      else leave();
    }
    else return;
    event.preventDefault();
  });

  function leave() {
    select(null);
    document.activeElement.blur();
  }

  // Where a link into the page leads.
  function go() {
    const name = decodeURIComponent(location.hash.slice(1));
    const target = document.getElementById(name);
    const article = target?.closest('.article');
    if (!article) return;
    if (articles.length > 1) open(article);
    const finding = byId.get(name.replace('m', 'f'));
    if (finding) select(finding);
    else target.scrollIntoView({ block: target === article ? 'start' : 'center' });
  }

  const names = new Intl.DisplayNames(['en'], { type: 'language' });
  for (const label of all('.language')) {
    try {
      label.textContent = names.of(label.dataset.tag);
    } catch {
      // Not a tag that the browser knows: it stays as it is.
    }
  }
  form.addEventListener('change', (event) => (event.target.name === 'order' ? sort() : filter()));
  form.addEventListener('submit', (event) => event.preventDefault());
  form.elements.on.addEventListener('click', () => step(1));
  form.elements.back.addEventListener('click', () => step(-1));
  for (const part of [form, ...all('.keys')]) part.hidden = false;
  if (articles.length > 1) open(articles[0]);
  filter();
  addEventListener('hashchange', go);
  go();
})();
