#!/usr/bin/env python3
"""Drives the HTML report in a real Chromium, at three widths, light and dark, and takes pictures of it.

usage: screenshots.py [--bin PROGRAM] [--chromium PROGRAM] [--out FOLDER] [--docs]

Checks that every finding can be reached by keyboard, that a hostile article runs and loads nothing, that text has enough
contrast (WCAG AA, 4.5:1), that nothing runs out of the window, and that the page can be read without JavaScript. Writes a
picture of each state to FOLDER; --docs also writes docs/report.png and docs/terminal.png. Exits 1 when a check fails.

Python 3.11, the package playwright from PyPI (any version; no browser of its own is needed) and Debian's chromium,
fonts-noto-core and fonts-noto-cjk.
"""
import argparse
import html
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = ROOT / "corpus" / "articles"
SHOWN = "usine-de-batteries"

HOSTILE = """<script>window.ran = 1; alert(1); console.log('ran')</script>

Le maire <img src=x onerror="window.ran=1;alert(1)"> a parlé.Il "onmouseover="window.ran=1" x=" est <svg onload=window.ran=1>.

[Le lien](javascript:window.ran=1) mène ' onfocus='window.ran=1' autofocus=' ici.Personne </p></li></ol></style></script><script>window.ran=1</script> ne vient.

<!-- <iframe srcdoc="<script>parent.ran=1</script>"> --> Le prÃ©sident a dit: <style>*{display:none}</style><meta http-equiv=refresh content="0;url=https://example.org">.
"""

ARABIC = """وصل رئيس الوزراء إلى باريس يوم الخميس.وقال إن المحادثات كانت صريحة.

وأضاف أن الحكومة ستنفق 3 مليارات دولار على المدارس. ولم يذكر رئيس الوزراء رئيس الوزراء موعدًا.
"""

ENGLISH = """The prime minister arrived in Paris on Thursday. He said that the talks had been frank.

He added that the government would spend 30 billion dollars on schools. The prime minister gave no date.
"""

BRIEF = """brief = 1
lang = "en"
[[fact]]
id = "investment"
says = "BYD's plant in Hungary cost more than 3.5 billion euros."
names = ["BYD"]
quantities = ["> 3.5 billion EUR"]
[[fact]]
id = "sales"
says = "BYD's European sales rose by 41 percent last year."
names = ["BYD"]
quantities = ["41 %"]
"""

failures = []


def check(holds, what):
    if not holds:
        failures.append(what)
        print(f"FAILED: {what}")


def report(program, folder, name, arguments):
    page = folder / f"{name}.html"
    command = [program, "check", *map(str, arguments), "--fail-on", "never", "--format", "html", "--output", str(page)]
    subprocess.run(command, check=True, cwd=ROOT)
    return page


def sources_of(folder):
    """The spoilt articles and their sources under the same names."""
    for kind in ("spoilt", "source"):
        (folder / kind).mkdir()
        for article in sorted(path for path in ARTICLES.iterdir() if path.is_dir()):
            found = next(article.glob(f"{kind}.*"))
            (folder / kind / f"{article.name}.txt").write_text(found.read_text(encoding="utf-8"), encoding="utf-8")
    return folder / "spoilt", folder / "source"


def pages(program, folder):
    written = {}
    for name, text in (("hostile.txt", HOSTILE), ("arabic.txt", ARABIC), ("english.txt", ENGLISH), ("brief.toml", BRIEF)):
        (folder / name).write_text(text, encoding="utf-8")
    own = ARTICLES / SHOWN
    spoilt, source = next(own.glob("spoilt.*")).relative_to(ROOT), next(own.glob("source.*")).relative_to(ROOT)
    written["article"] = report(program, folder, "article", [spoilt, "--source", source])
    written["brief"] = report(program, folder, "brief", [spoilt, "--source", source, "--expect", folder / "brief.toml"])
    spoilt, source = sources_of(folder)
    written["several"] = report(program, folder, "several", [spoilt, "--source", source])
    written["hostile"] = report(
        program, folder, "hostile", [folder / "hostile.txt", "--source", folder / "hostile.txt", "--to", "fr", "--from", "en"]
    )
    arabic = [folder / "arabic.txt", "--source", folder / "english.txt", "--to", "ar", "--from", "en"]
    written["arabic"] = report(program, folder, "arabic", arabic)
    return written


CONTRAST = r"""() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const channels = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = channels(getComputedStyle(at).backgroundColor);
      if (colour[3] > 0) return colour;
    }
    return [255, 255, 255, 255];
  };
  const weak = new Set();
  for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || !element.checkVisibility() || element.closest('svg, option')) continue;
    const [a, b] = [light(channels(getComputedStyle(element).color)), light(ground(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) weak.add(`${element.tagName}.${element.className} ${ratio.toFixed(2)}`);
  }
  return [...weak];
}"""

FOCUS = """() => {
  const at = document.activeElement;
  const card = at.closest('.card');
  const box = at.getClientRects()[0] ?? { left: 0, top: -1, width: 0, height: 0 };
  const top = document.elementFromPoint(box.left + Math.min(box.width / 2, 20), box.top + box.height / 2);
  return { card: card && card.id, hit: at.matches('.hit') ? at.id : null, tag: at.tagName,
    seen: top !== null && (at.contains(top) || top.contains(at)), outline: getComputedStyle(at).outlineStyle };
}"""


def watch(page, where):
    """A page that says what it should not: that it runs something, loads something, or fails."""
    page.on("dialog", lambda dialog: (check(False, f"{where}: a dialog opened"), dialog.dismiss()))
    page.on("console", lambda message: check(False, f"{where}: the console says {message.text}"))
    page.on("pageerror", lambda error: check(False, f"{where}: {error}"))
    page.on("request", lambda request: check(request.url.startswith("file:") and request.is_navigation_request(),
                                             f"{where}: loads {request.url}"))


def looks(page, where):
    check(page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{where}: wider than the window")
    check(page.evaluate("window.ran === undefined"), f"{where}: the article ran a script")
    weak = page.evaluate(CONTRAST)
    check(not weak, f"{where}: weak contrast of {weak}")


def tabbed(page, where):
    """Tab reaches every card and every linked place, and the focus can be seen."""
    cards, hits = set(), set()
    for _ in range(600):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUS)
        if at["tag"] == "BODY":
            break
        if at["card"] or at["hit"]:
            check(at["outline"] != "none", f"{where}: focus without an outline")
            check(at["seen"], f"{where}: focus on {at['card'] or at['hit']} out of sight")
        cards.add(at["card"])
        hits.add(at["hit"])
    for selector, reached in ((".card", cards), ("a.hit", hits)):
        visible = page.evaluate(f"[...document.querySelectorAll('{selector}')].filter((e) => e.checkVisibility()).map((e) => e.id)")
        missed = set(visible) - reached
        check(visible and not missed, f"{where}: Tab does not reach {sorted(missed) or selector}")


def walked(page, where):
    """n, p, Enter and Esc; the filters."""
    current = "document.querySelector('.card[aria-current]')?.id"
    cards = page.evaluate("[...document.querySelectorAll('.article:not([hidden]) .card')].map((card) => card.id)")
    page.keyboard.press("n")
    check(page.evaluate(current) == cards[0], f"{where}: n does not begin with the worst finding")
    page.keyboard.press("j")
    check(page.evaluate(current) == cards[1], f"{where}: j does not go on")
    page.keyboard.press("p")
    check(page.evaluate(current) == cards[0], f"{where}: p does not go back")
    page.keyboard.press("Enter")
    at = page.evaluate(FOCUS)
    check(at["hit"] == cards[0].replace("f", "m") and at["seen"], f"{where}: Enter leads to {at}")
    page.keyboard.press("Escape")
    check(page.evaluate(FOCUS)["card"] == cards[0], f"{where}: Esc does not lead back to the card")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    check(page.evaluate(FOCUS)["card"] == cards[0], f"{where}: Enter does not lead back to the card")
    page.keyboard.press("Escape")
    check(page.evaluate(current) is None, f"{where}: Esc does not leave")
    page.get_by_label("minor").uncheck()
    left = page.evaluate("[...document.querySelectorAll('.card')].filter((c) => c.checkVisibility() && c.dataset.severity === 'minor').length")
    check(left == 0, f"{where}: the filter leaves {left} minor findings")
    check(page.evaluate("!document.querySelector('.hit.minor:not(.off)')"), f"{where}: the filter leaves marks")
    page.get_by_label("minor").check()
    page.locator("[name=order]").select_option("text")
    starts = page.evaluate("[...document.querySelector('.article:not([hidden])').querySelectorAll('.card')].map((c) => +c.dataset.at)")
    check(starts == sorted(starts), f"{where}: not in the order of the text")
    page.locator("[name=order]").select_option("worst")


def states(browser, written, out):
    for width, height in ((1280, 860), (900, 860), (480, 900)):
        for scheme in ("light", "dark"):
            context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
            for name, path in written.items():
                where = f"{name}-{width}-{scheme}"
                page = context.new_page()
                watch(page, where)
                page.goto(path.as_uri())
                looks(page, where)
                page.screenshot(path=out / f"{where}.png")
                if scheme == "light":
                    tabbed(page, where)
                    page.reload()
                page.keyboard.press("n")
                looks(page, f"{where} with a finding")
                page.screenshot(path=out / f"{where}-finding.png")
                page.keyboard.press("Escape")
                if name in ("article", "several"):
                    walked(page, where)
                page.close()
            context.close()


def without_script(browser, written, out):
    context = browser.new_context(viewport={"width": 1280, "height": 860}, java_script_enabled=False)
    page = context.new_page()
    for name in ("article", "several"):
        page.goto(written[name].as_uri())
        check(page.locator(".card:visible").count() == page.locator(".card").count(), f"{name} without script: hidden cards")
        check(page.locator(".row:visible").count() == page.locator(".row").count(), f"{name} without script: hidden text")
        check(page.locator(".filters:visible").count() == 0, f"{name} without script: filters that do nothing")
        page.screenshot(path=out / f"{name}-without-script.png")
    page.goto(written["article"].as_uri() + "#a1m2")
    page.screenshot(path=out / "article-without-script-place.png")
    context.close()
    page = browser.new_page()
    page.goto(written["article"].as_uri())
    page.pdf(path=out / "article.pdf")
    page.close()


COLOURS = dict(zip(range(30, 38), "#1d1f21 #e06c6c #8fbf7f #e0b35c #7fa9e0 #c792d6 #6fbfc4 #c9ccd1".split()))
COLOURS |= dict(zip(range(90, 98), "#7c828a #ff8a84 #a6d696 #f2ca78 #93bdf2 #d9a8e6 #86d3d8 #ffffff".split()))


def styled(ansi):
    """What a terminal shows, as HTML."""
    style, out = {}, []
    for text, codes in re.findall(r"([^\x1b]*)(?:\x1b\[([\d;]*)m)?", ansi):
        css = ";".join(f"{key}:{value}" for key, value in style.items())
        out.append(f'<span style="{css}">{html.escape(text)}</span>')
        numbers = [int(code or 0) for code in (codes or "").split(";")] if codes is not None else []
        if numbers[:2] == [38, 5]:
            numbers = [numbers[2] + (30 if numbers[2] < 8 else 82)]
        for code in numbers:
            if code == 0:
                style = {}
            elif code == 1:
                style["font-weight"] = "bold"
            elif code in COLOURS:
                style["color"] = COLOURS[code]
    return "".join(out)


def terminal(program, browser, path):
    """The first findings and the last line of the text report."""
    own = Path("corpus/articles") / SHOWN
    command = ["contresens", "check", f"{own}/spoilt.fr.txt", "--source", f"{own}/source.zh.txt"]
    environment = os.environ | {"CLICOLOR_FORCE": "1", "TERM": "xterm-256color"}
    out = subprocess.run([program, *command[1:]], cwd=ROOT, env=environment, capture_output=True, text=True).stdout
    blocks = out.rstrip().split("\n\n")
    plain = [re.sub(r"\x1b\[[\d;]*m", "", block) for block in blocks]
    chosen = [block for block, text in zip(blocks, plain) if re.match(r"(critical|major)\b.*(slipped|reversed|idiom)", text)][:3]
    shown = f"$ {' '.join(command)}\n" + "\n\n".join([*chosen, "…", blocks[-1]])
    page = browser.new_page(viewport={"width": 1280, "height": 200})
    page.set_content(
        "<style>body{margin:0;background:#1d1f21}pre{margin:0;padding:22px 26px;color:#d6d8db;white-space:pre-wrap;"
        'font:14px/1.45 "DejaVu Sans Mono","Noto Sans Mono CJK SC",monospace}</style>'
        f"<pre>{styled(shown)}</pre>"
    )
    page.locator("pre").screenshot(path=path)
    page.close()


def documentation(program, browser, written):
    page = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme="light")
    page.goto(written["article"].as_uri())
    page.keyboard.press("n")
    page.evaluate("document.activeElement.blur()")
    page.evaluate("scrollTo(0, 0)")
    page.screenshot(path=ROOT / "docs" / "report.png")
    page.close()
    terminal(program, browser, ROOT / "docs" / "terminal.png")
    for picture in ("report.png", "terminal.png"):
        size = (ROOT / "docs" / picture).stat().st_size
        check(size < 300_000, f"docs/{picture}: {size} bytes")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default=str(ROOT / "target" / "release" / "contresens"))
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    parser.add_argument("--out", type=Path, default=ROOT / "target" / "screenshots")
    parser.add_argument("--docs", action="store_true")
    arguments = parser.parse_args()
    program = str(Path(arguments.bin).resolve())
    arguments.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        written = pages(program, Path(folder))
        browser = playwright.chromium.launch(executable_path=arguments.chromium, args=["--no-sandbox"])
        states(browser, written, arguments.out)
        without_script(browser, written, arguments.out)
        if arguments.docs:
            documentation(program, browser, written)
        browser.close()
    print(f"{len(failures)} checks failed; pictures in {arguments.out}")
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
