#!/usr/bin/env python3
"""Time and memory of hostile texts, of n characters and of twice as many: what grows faster than the text is found here.

usage: measure_hostile.py [--bin PROGRAM] [--seconds S] [--only WORDS] [--most BYTES]

Every kind of text (a million brackets, one word of a million letters, the same sentence a hundred thousand times ...) is
made larger by twos until a run takes S seconds of processor time or the text has BYTES bytes. Prints for each kind the
bytes of the last run, its seconds, its peak memory and by how much both grew from the run before, what the program takes to
start being taken off; kinds that grew to more than 2.6 times are marked with `!`. Python 3.11 on a system with wait4,
standard library only.
"""
import argparse
import json
import os
import random
import subprocess
import sys
import tempfile

PROSE = "Le ministre a présenté mardi un plan de 12 millions d'euros pour les écoles de la région. "
ENGLISH = "The minister presented on Tuesday a plan of 12 million euros for the schools of the region. "
CHINESE = "部长周二公布了一项耗资1200万欧元的地区学校计划。"


def words(count, length=7, capital=False, seed=1):
    numbers = random.Random(seed)
    made = ("".join(numbers.choice("aeioubcdfglmnprst") for _ in range(length)) for _ in range(count))
    return [word.capitalize() if capital else word for word in made]


def many(text, separator=""):
    """The text again and again, up to n characters."""
    return lambda n: separator.join([text] * max(1, n // len(text + separator)))


def alone(make, to="fr"):
    return lambda n: ("batch", {"to": to, "target": make(n)})


def pair(target, source, to="fr", of="en"):
    return lambda n: ("batch", {"to": to, "from": of, "target": target(n), "source": source(n)})


def file(form, make):
    return lambda n: (form, make(n))


def numbered(form, separator="\n"):
    return lambda n: separator.join(form.format(number) for number in range(max(1, n // (len(form) + 3))))


def named(form, separator=" ", seed=1):
    """A form filled with made-up words, all different."""
    return lambda n: separator.join(
        form.format(a, a.capitalize(), b, b.capitalize())
        for a, b in zip(words(max(1, n // (len(form) + 10)), seed=seed), words(max(1, n // (len(form) + 10)), seed=seed + 50))
    )


def nested(begin, end, inside="a", around="{}"):
    return lambda n: around.format(begin * (n // len(begin + end)) + inside + end * (n // len(begin + end)))


KINDS = {
    # One sign, one word, one line.
    "letters": alone(many("a")),
    "letters und": lambda n: ("batch", {"target": "a" * n}),
    "syllables": alone(many("la")),
    "random word": alone(lambda n: "".join(words(n // 7))),
    "accents": alone(many("é")),
    "capitals": alone(many("A")),
    "digits": alone(many("7")),
    "digits spaced": alone(many("777 ")),
    "digits comma": alone(many("7,")),
    "digits point": alone(many("777.")),
    "digits dash": alone(many("7-")),
    "digits slash": alone(many("7/")),
    "digits colon": alone(many("7:")),
    "percent": alone(many("7 % ")),
    "dollars": alone(many("$7 ")),
    "dollar signs": alone(many("$")),
    "and numbers": alone(many("7 à ")),
    "number words": alone(many("cent ")),
    "number words hyphened": alone(many("vingt-")),
    "number words en": alone(many("hundred and "), "en"),
    "thousand": alone(many("deux mille ")),
    "billions": alone(many("milliards de ")),
    "dates": alone(many("12 mars 2024 ")),
    "dates ranges": alone(many("du 12 au ")),
    "months": alone(many("mars ")),
    "weekdays": alone(many("lundi ")),
    "years": alone(many("2024 ")),
    "years-dash": alone(many("2024-")),
    "zh letters": alone(many("中"), "zh"),
    "zh numerals": alone(many("一"), "zh"),
    "zh ten thousands": alone(many("万"), "zh"),
    "zh mixed numerals": alone(many("三万"), "zh"),
    "zh dates": alone(many("3月"), "zh"),
    "zh percent": alone(many("百分之"), "zh"),
    "zh comparisons": alone(many("不如"), "zh"),
    "zh prose one line": alone(many(CHINESE), "zh"),
    "zh unstopped": alone(many("部长公布计划,"), "zh"),
    "zh in fr": alone(many("中")),
    "ja kana": alone(many("カ"), "ja"),
    "ko": alone(many("한국 "), "ko"),
    "th": alone(many("ก"), "th"),
    "ar": alone(many("رئيس "), "ar"),
    "hi": alone(many("भारत "), "hi"),
    "combining": alone(lambda n: "e" + "\u0301" * (n // 2)),
    "combining und": lambda n: ("batch", {"target": "e" + "\u0301" * (n // 2)}),
    "combining each": alone(many("e\u0301\u0302")),
    "combining zalgo": alone(lambda n: ("a" + "\u0316\u0301" * 50 + " ") * (n // 200)),
    "joiners": alone(many("\u200d")),
    "joined letters": alone(many("a\u200d")),
    "invisible": alone(many("\u200b")),
    "bidi": alone(many("\u202e")),
    "bidi letters": alone(many("a\u202e")),
    "soft hyphens": alone(many("a\u00ad")),
    "replacement": alone(many("\ufffd")),
    "private use": alone(many("\ue000")),
    "controls": alone(many("\x01")),
    "mojibake": alone(many("Ã©")),
    "mojibake open": alone(many("Ã")),
    "emoji": alone(many("🙂")),
    "emoji joined": alone(many("👩\u200d")),
    "flags": alone(many("🇫🇷")),
    "bullets": alone(many("•")),
    "glyphs": alone(many("▌ ")),
    "spaces": alone(lambda n: "a" + " " * n + "b"),
    "nbsp": alone(lambda n: "a" + "\u00a0" * (n // 2) + "b"),
    "tabs": alone(many("a\t")),
    "newlines": alone(many("\n")),
    "crlf": alone(many("\r\n")),
    "returns": alone(many("a\r")),
    "newline letters": alone(many("a\n")),
    "soft lines": alone(many("le mot \n")),
    "stops on lines": alone(many("a\n. b\n")),
    "separators": alone(many("a\u2028")),
    # Marks.
    "quotes": alone(many('"')),
    "quotes en": alone(many('"'), "en"),
    "quotes spaced": alone(many('"a" ')),
    "quotes on lines": alone(many('"a\n')),
    "guillemets open": alone(many("«")),
    "guillemets close": alone(many("»")),
    "guillemets": alone(many("« a » ")),
    "guillemets nested": alone(nested("« ", " »")),
    "guillemets lines": alone(many("« a\n")),
    "guillemets letters": alone(many("« a b ")),
    "curly": alone(many("“")),
    "curly mixed": alone(many("“a» ")),
    "single quotes": alone(many("'")),
    "apostrophes": alone(many("l'")),
    "apostrophes curly": alone(many("l’")),
    "backticks": alone(many("`")),
    "zh quotes": alone(many("「"), "zh"),
    "zh quotes curly": alone(many("“中”"), "zh"),
    "brackets": alone(many("(")),
    "brackets close": alone(many(")")),
    "brackets letters": alone(many("(a ")),
    "brackets nested": alone(nested("(", ")")),
    "brackets pairs": alone(many("(a) ")),
    "brackets empty": alone(many("()")),
    "brackets square": alone(many("[")),
    "brackets words": alone(many("mot (")),
    "acronyms": alone(many("Organisation mondiale (OM) ")),
    "acronyms spaced": alone(many("OM (")),
    "stops": alone(many(".")),
    "stops spaced": alone(many(". ")),
    "ellipses": alone(many("…")),
    "questions": alone(many("?")),
    "question words": alone(many("a?")),
    "question address": alone(many("a/a?")),
    "exclamations": alone(many("! ")),
    "commas": alone(many(",")),
    "comma words": alone(many("a,")),
    "comma spaced": alone(many("a, ")),
    "colons": alone(many("a: ")),
    "semicolons": alone(many("a; ")),
    "dashes": alone(many("-")),
    "dashes long": alone(many("— ")),
    "hyphens": alone(many("a-")),
    "underscores": alone(many("_")),
    "slashes": alone(many("a/")),
    "at signs": alone(many("a@")),
    "addresses": alone(many("http://a.b/c ")),
    "address": alone(lambda n: "http://" + "a/" * (n // 2)),
    "address dots": alone(lambda n: "www." + "a." * (n // 2)),
    "entities": alone(many("&")),
    "entity open": alone(many("&a")),
    "entity long": alone(lambda n: "&" * (n // 2) + "a" * (n // 2)),
    "tags open": alone(many("<")),
    "tags": alone(many("<a ")),
    "tags whole": alone(many("<br>")),
    "escapes": alone(many("\\")),
    "escapes n": alone(many("\\n")),
    "escapes u": alone(many("\\u00e9")),
    "abbreviations": alone(many("M. ")),
    "initials": alone(many("A.")),
    "initials spaced": alone(many("A. ")),
    "small stops": alone(many("a. ")),
    "small stops glued": alone(many("a.")),
    "glued": alone(many("mot.Mot")),
    "glued commas": alone(many("mot,mot")),
    "roman": alone(many("XIV ")),
    "centuries": alone(many("XIVe siècle ")),
    "lists numbered": alone(numbered("{}. Un point")),
    "lists equal numbers": alone(many("1. a\n")),
    "lists inline": alone(numbered("{}) un point", " ")),
    "lists letters": alone(many("a) un ")),
    "lists dashed": alone(many("- a\n")),
    "lists bulleted": alone(many("• a\n")),
    # Words and sentences.
    "words equal": alone(many("mot ")),
    "words small": alone(many("le ")),
    "words two": alone(many("ha hi ")),
    "words four": alone(many("le mot du jour ")),
    "words different": alone(named("{0}")),
    "words capital": alone(named("{1}")),
    "words capital lines": alone(named("{1}", "\n")),
    "names": alone(named("{1} {3},")),
    "names sentences": alone(named("Le ministre {1} {3} a parlé.")),
    "names near": alone(lambda n: " ".join(f"Marie Dupont{a} parle." for a in words(n // 24, 2))),
    "names upper": alone(lambda n: " ".join(a.upper() for a in words(n // 8))),
    "names hyphened": alone(named("le {0}-{2}")),
    "names hyphened loose": alone(lambda n: " ".join(f"{a}-{b} {a} {b} {a}{b}" for a, b in zip(words(n // 45), words(n // 45, seed=2)))),
    "names in zh": pair(named("{1} {3}."), many("比亚迪。"), of="zh"),
    "names both": pair(named("{1} {3} parle."), named("{1} {3} speaks.", seed=3)),
    "names strange": pair(named("{1} {3} parle.", seed=4), named("{1} {3} speaks.", seed=5)),
    "names heard": pair(named("{1} {3} parle."), many("克里斯托弗尔说。"), of="zh"),
    "glosses": alone(named("{1} {3} ({0}),")),
    "glosses equal": alone(many("mot (mot) ")),
    "quoted words": alone(named("« {0} »")),
    "prose one line": alone(many(PROSE)),
    "prose lines": alone(many(PROSE + "\n")),
    "prose no stop": alone(many(PROSE.replace(".", ","))),
    "prose different": alone(named("Le {0} de la {2} a vu les {2} dans le {0}.")),
    "prose nearly": alone(named("Le ministre de la région a vu mardi les écoles dans le {0}.")),
    "prose nearly lines": alone(named("Le ministre de la région a vu mardi les écoles dans le {0}.", "\n\n")),
    "prose number": alone(numbered("Le ministre a vu {} écoles dans la région.", " ")),
    "paragraphs": alone(many(PROSE + "\n\n")),
    "sentences short": alone(many("Oui. ")),
    "sentences quoted": alone(many("« Oui », dit-il. ")),
    "en in fr": alone(many(ENGLISH)),
    "languages in turn": alone(many(PROSE + ENGLISH)),
    "languages in turn words": alone(many("the ministre of la ")),
    "scripts in turn": alone(many("a中б")),
    "scripts in a word": alone(many("aа")),
    "scripts in turn words": alone(many("mot мир 中 ")),
    "detected": lambda n: ("batch", {"target": many(PROSE + ENGLISH)(n)}),
    "idioms": alone(many("bête mangeuse d'or ")),
    "concepts": alone(many("hausse baisse ")),
    "negations": alone(many("ne pas ")),
    "negations ne": alone(many("ne ")),
    "comparisons": alone(many("plus que ")),
    "better": alone(many("mieux vaut que ")),
    "speech": alone(many("a-t-il dit, ")),
    "I": alone(many("je ")),
    "if": alone(many("si ")),
    "question": alone(many("est-ce que ")),
    # Two sides.
    "pair equal": pair(many(PROSE), many(ENGLISH)),
    "pair equal lines": pair(many(PROSE + "\n"), many(ENGLISH + "\n")),
    "pair zh": pair(many(PROSE), many(CHINESE), of="zh"),
    "pair short": pair(many("Oui. "), many("Yes. ")),
    "pair same": pair(many(PROSE), many(PROSE)),
    "pair numbers": pair(numbered("Il a vu {} villes.", " "), numbered("He saw {} towns.", " ")),
    "pair numbers in a sentence": pair(numbered("{} villes,", " "), numbered("{} towns,", " ")),
    "pair numbers no stop": pair(many("7 ans "), many("8 years ")),
    "pair numbers zh": pair(numbered("{} villes,", " "), numbered("{}座城市", ","), of="zh"),
    "pair dates": pair(many("le 12 mars 2024, "), many("13 April 2023, ")),
    "pair quotes": pair(many("« a » "), many('"b" ')),
    "pair different": pair(named("Le {0} {2} {0}."), named("The {0} {2} {0}.", seed=7)),
    "pair one to many": pair(lambda n: PROSE, many(ENGLISH)),
    "pair many to one": pair(many(PROSE), lambda n: ENGLISH),
    "pair sentence": pair(many("mot "), many("word ")),
    "pair words": pair(named("{0}"), named("{2}")),
    "pair one word": pair(many("a"), many("b")),
    "pair digits": pair(many("7"), many("8")),
    "pair marks": pair(many("("), many("[")),
    "pair combining": pair(lambda n: "e" + "\u0301" * (n // 2), lambda n: "a" + "\u0301" * (n // 2)),
    "pair lists": pair(many("- a\n"), many("- b\n")),
    "pair terms": pair(many("hausse "), many("rise fall ")),
    "pair negations": pair(many("ne pas "), many("not ")),
    "pair comparisons": pair(many("mieux vaut a que b, "), many("甲不如乙,"), of="zh"),
    "pair names zh": pair(many("Dupont "), many("杜邦"), of="zh"),
    "pair names equal": pair(many("Marie Dupont. "), many("Marie Durand. ")),
    "pair names one sentence": pair(named("{1},"), named("{1},", seed=9)),
    # Files.
    "html nested": file("html", nested("<div>", "</div>")),
    "html open": file("html", many("<div>")),
    "html inline": file("html", many("<b>a")),
    "html spans": file("html", nested("<span>", "</span>", around="<p>{}</p>")),
    "html closing": file("html", many("</p>")),
    "html less": file("html", many("<")),
    "html comments": file("html", many("<!--")),
    "html attributes": file("html", lambda n: "<p " + "a=b " * (n // 4) + ">x</p>"),
    "html entities": file("html", many("&amp;")),
    "html entity names": file("html", many("&a")),
    "html scripts": file("html", many("<script>")),
    "html lists": file("html", nested("<ul><li>", "</li></ul>")),
    "html tables": file("html", many("<table><tr><td>a")),
    "html paragraphs": file("html", many("<p>Le mot.</p>\n")),
    "html articles": file("html", many("<article><p>Le mot.</p>")),
    "html navs": file("html", many("<nav>")),
    "xml nested": file("xlf", nested("<g>", "</g>", around="<xliff><file><trans-unit><source>a</source><target>{}</target></trans-unit></file></xliff>")),
    "xml units": file("xlf", lambda n: "<xliff><file>" + "<trans-unit><source>a b.</source><target>c d.</target></trans-unit>" * (n // 65) + "</file></xliff>"),
    "xml groups": file("xlf", nested("<group>", "</group>", around="<xliff><file>{}</file></xliff>")),
    "xml attributes": file("xlf", lambda n: "<xliff " + " ".join(f"a{i}='b'" for i in range(n // 9)) + "><file/></xliff>"),
    "tmx units": file("tmx", lambda n: "<tmx><header srclang='en'/><body>" + "<tu><tuv xml:lang='en'><seg>a.</seg></tuv><tuv xml:lang='fr'><seg>b.</seg></tuv></tu>" * (n // 80) + "</body></tmx>"),
    "tmx variants": file("tmx", lambda n: "<tmx><header srclang='en'/><body><tu>" + "<tuv xml:lang='en'><seg>a.</seg></tuv><tuv xml:lang='fr'><seg>b.</seg></tuv>" * (n // 72) + "</tu></body></tmx>"),
    "po units": file("po", lambda n: 'msgid ""\nmsgstr "Language: fr\\n"\n' + '\nmsgid "a"\nmsgstr "b"\n' * (n // 24)),
    "po pieces": file("po", lambda n: 'msgid "a"\nmsgstr ""\n' + '"b "\n' * (n // 5)),
    "po comments": file("po", many("# a\n")),
    "tsv rows": file("tsv", lambda n: "source\ttarget\n" + "a b.\tc d.\n" * (n // 10)),
    "tsv columns": file("tsv", lambda n: "source\ttarget" + "\tx" * (n // 2) + "\na\tb\n"),
    "csv quotes": file("csv", lambda n: 'source,target\na,"' + '""' * (n // 2) + '"\n'),
    "csv commas": file("csv", lambda n: "source,target\n" + "," * n),
    "jsonl rows": file("jsonl", many('{"source": "a.", "target": "b."}\n')),
    "json nested": file("json", nested("[", "]")),
    "json objects": file("json", nested('{"a":', "}", "1")),
    "json rows": file("json", lambda n: "[" + ",".join(['{"source": "a.", "target": "b."}'] * (n // 32)) + "]"),
    "json keys": file("json", lambda n: '{"target": "a"' + "".join(f', "k{i}": 1' for i in range(n // 12)) + "}"),
    "json escapes": file("json", lambda n: '{"target": "' + "\\u00e9" * (n // 6) + '"}'),
    "md emphasis": file("md", many("*a ")),
    "md emphasis strong": file("md", many("**a *b ")),
    "md stars": file("md", many("*")),
    "md underscores": file("md", many("_a")),
    "md brackets": file("md", many("[")),
    "md brackets text": file("md", many("[a](")),
    "md images": file("md", many("![a]")),
    "md links": file("md", many("[a](b) ")),
    "md references": file("md", numbered("[a{0}]: b")),
    "md quotes": file("md", many("> ")),
    "md quotes lines": file("md", many("> a\n")),
    "md lists nested": file("md", lambda n: "".join("  " * i + "- a\n" for i in range(int(n ** 0.5)))),
    "md lists": file("md", many("- a\n")),
    "md lists one line": file("md", many("- ")),
    "md code": file("md", lambda n: "".join("`" * i + "a" for i in range(1, int((2 * n) ** 0.5)))),
    "md fences": file("md", many("```\n")),
    "md tags": file("md", many("<a ")),
    "md comments": file("md", many("<!-- ")),
    "md cdata": file("md", many("a <![CDATA[")),
    "md processing": file("md", many("a <? ")),
    "md tables": file("md", many("| a | b |\n")),
    "md headings": file("md", many("# a\n")),
    "md underlines": file("md", many("a\n=\n")),
    "md escapes": file("md", many("\\")),
    "md entities": file("md", many("&amp;")),
    "md front": file("md", lambda n: "---\n" + "a: b\n" * (n // 5) + "---\nLe mot.\n"),
    "md front open": file("md", many("---\n")),
}


def run(program, kind, limit):
    form, content = kind
    if form == "batch":
        line = json.dumps({"id": 1, **content}, ensure_ascii=False)
        arguments, data = ["batch", "--jobs", "1"], line.encode("utf-8", "surrogatepass") + b"\n"
    else:
        arguments = ["check", "-", "--input-format", form, "--to", "fr", "--format", "jsonl", "--fail-on", "never"]
        data = content.encode()
    if limit is not None:
        arguments += ["--time-limit", str(limit)]
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answer, tempfile.TemporaryFile() as told:
        given.write(data)
        given.seek(0)
        child = subprocess.Popen([program, *arguments], stdin=given, stdout=answer, stderr=told)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        answer.seek(0)
        told.seek(0)
        out, err = answer.read(300), told.read(200).decode(errors="replace").strip()
    note = err.splitlines()[-1][:90] if err and child.returncode else ""
    if b'"error"' in out:
        note = out.decode(errors="replace").strip()[:90]
    if child.returncode < 0 or "panicked" in err:
        note = f"DIED {child.returncode} {err[:200]}"
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, len(data), note


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", default="target/release/contresens")
    parser.add_argument("--seconds", type=float, default=1.5)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--most", type=int, default=4_000_000)
    parser.add_argument("--least", type=int, default=16_000)
    parser.add_argument("--time-limit", type=float)
    arguments = parser.parse_args()
    starts = {}
    doubted = 0
    for name, make in KINDS.items():
        if arguments.only and not any(word in name for word in arguments.only):
            continue
        small = make(8)
        key = (small[0], *((small[1].get("to"), small[1].get("from")) if small[0] == "batch" else ()))
        if key not in starts:
            starts[key] = run(arguments.bin, small, arguments.time_limit)
        size, before, now = arguments.least, None, None
        while True:
            before, now = now, run(arguments.bin, make(size), arguments.time_limit)
            if now[0] > arguments.seconds or size * 2 > arguments.most:
                break
            size *= 2
        seconds, memory = now[0] - starts[key][0], now[1] - starts[key][1]
        if before is None:
            before = run(arguments.bin, make(size // 2), arguments.time_limit)
        grown = seconds / max(before[0] - starts[key][0], 0.02)
        bulk = memory / max(before[1] - starts[key][1], 4)
        steep = grown > 2.6 or bulk > 3.5 and memory > 64 or now[3].startswith("DIED")
        doubted += steep
        print(
            f"{'!' if steep else ' '} {name:28} {now[2]:>9} bytes {seconds:7.2f} s {grown:5.1f}x {memory:7.0f} MiB {bulk:5.1f}x"
            f" {seconds / now[2] * 1e6:8.2f} s/MB {now[3]}",
            flush=True,
        )
    return 1 if doubted else 0


if __name__ == "__main__":
    sys.exit(main())
