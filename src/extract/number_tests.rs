//! What the numbers and dates of real sentences are, by language. A line is a case: text, then what is found.

use super::date::dates;
use super::number::numbers;
use super::{Bound, Date, Form, Number};
use crate::corpus::Language;
use crate::corpus::embedded::TEXTS;
use crate::corpus::files::{File, Files};
use crate::corpus::language::word_list;
use crate::corpus::quantities::Quantities;
use crate::document::Span;
use crate::token::Token;
use std::fmt::Write as _;

/// Rows of kinds that the tables may not have yet.
const EXTRA: &[(&str, &str)] = &[
    (
        "fr",
        "à\t\trange\nau\t\trange\nentre\t\tbetween\nde\t\tof\nd\t\tof\nneuf\t9\tunit ?\nflambant neuf\t\tnone\nM\t1000000\tscale\n",
    ),
    (
        "en",
        "to\t\trange\nbetween\t\tbetween\nof\t\tof\na.m.\t\tclock\np.m.\t\tclock\nam\t\tclock\npm\t\tclock\nm\t1000000\tscale\n",
    ),
    ("de", "bis\t\trange\nzwischen\t\tbetween\nvon\t\tof\n"),
    ("es", "a\t\trange\nentre\t\tbetween\nde\t\tof\n"),
    ("it", "a\t\trange\ntra\t\tbetween\ndi\t\tof\n"),
    ("pt", "a\t\trange\nentre\t\tbetween\nde\t\tof\n"),
    (
        "zh",
        "至\t\trange\n到\t\trange\n第\t\tordinal-before\n个\t\tmeasure\n家\t\tmeasure\n次\t\tmeasure\n十分\t\tnone\n万一\t\tnone\n",
    ),
];

pub(super) fn language(tag: &str) -> Language {
    let files = Files::embedded(TEXTS, &[]);
    // Only the tables that are read here: a slip in another one is not told by these tests.
    let profile = format!("languages/{tag}/profile.toml");
    let read: Vec<_> = TEXTS.iter().copied().filter(|(path, _)| *path == profile).collect();
    let mut language = Language::load(tag, &Files::embedded(&read, &[])).unwrap();
    let at = |name: &str| files.get(&format!("languages/{tag}/{name}"));
    language.function_words = word_list(at("function-words.txt")).collect();
    let mut rows = at("numbers.tsv").to_vec();
    for (_, extra) in EXTRA.iter().filter(|(extended, _)| *extended == tag) {
        rows.push(File { path: "extra".to_owned(), text: format!("word\tvalue\tkind\n{extra}").into() });
    }
    let get = |name: &str| if name == "numbers.tsv" { &rows[..] } else { at(name) };
    language.quantities = Quantities::load(&get, files.get("quantities/units.tsv")).unwrap();
    language
}

fn found(language: &Language, text: &str) -> (Vec<Number>, Vec<Date>) {
    found_in(language, text, Span::new(0, text.len()))
}

pub(super) fn found_in(language: &Language, text: &str, stretch: Span) -> (Vec<Number>, Vec<Date>) {
    let mut tokens: Vec<Token> = Vec::new();
    language.tokenizer().tokens(text, stretch, &mut tokens);
    let dates = dates(text, stretch, &tokens, language);
    (numbers(text, stretch, &tokens, language, &dates), dates)
}

/// Value and other end, unit, bound, and the form where it is not that of a plain number.
fn told(text: &str, number: &Number) -> String {
    let mut told = String::new();
    match number.bound {
        Bound::Exact => {}
        Bound::About => told.push('~'),
        Bound::Above => told.push('>'),
        Bound::Below | Bound::Most => told.push('<'),
    }
    let short = |value: f64| {
        let rounded = (value * 1e4).round() / 1e4;
        if value.abs() >= 1e6 { format!("{value:e}") } else { rounded.to_string() }
    };
    told.push_str(&short(number.value));
    if let Some(upper) = number.upper {
        write!(told, "..{}", short(upper)).unwrap();
    }
    if let Some(unit) = &number.unit {
        write!(told, " {unit}").unwrap();
    }
    match number.form {
        Form::Digits => {}
        Form::Words => told.push_str(" words"),
        Form::Ordinal => told.push_str(" ordinal"),
        Form::Century => told.push_str(" century"),
        Form::Year => told.push_str(" year"),
        Form::Label => write!(told, " label {}", number.span.of(text)).unwrap(),
    }
    told
}

fn dated(date: &Date) -> String {
    let mut told = Vec::new();
    told.extend(date.year.map(|year| format!("y{year}")));
    told.extend(date.month.map(|month| format!("m{month}")));
    told.extend(date.day.map(|day| format!("d{day}")));
    told.extend(date.weekday.map(|weekday| format!("w{weekday}")));
    told.join(" ")
}

/// Each line is `text => number | number`, with nothing after the arrow where there is no number.
fn check(tag: &str, cases: &str, read: impl Fn(&str, (Vec<Number>, Vec<Date>)) -> Vec<String>) {
    let language = language(tag);
    let mut wrong = String::new();
    for case in cases.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (text, expected) = case.split_once("=>").expect("a case has an arrow");
        let (text, expected) = (text.trim(), expected.trim());
        let seen = read(text, found(&language, text)).join(" | ");
        if seen != expected {
            writeln!(wrong, "{tag}: {text}\n  expected {expected}\n  found    {seen}").unwrap();
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

fn check_numbers(tag: &str, cases: &str) {
    check(tag, cases, |text, (numbers, _)| numbers.iter().map(|number| told(text, number)).collect());
}

fn check_dates(tag: &str, cases: &str) {
    check(tag, cases, |_, (_, dates)| dates.iter().map(dated).collect());
}

#[test]
fn french_digits_and_scales() {
    check_numbers(
        "fr",
        "1,2 milliard d'euros => 1.2e9 EUR
        5 milliards de dollars => 5e9 USD
        300 millions d'emplois => 3e8
        3 500 milliards de yuans => 3.5e12 CNY
        12\u{202F}345 personnes => 12345 person
        12 345 personnes => 12345 person
        1.234.567 habitants => 1.234567e6 person
        1,234,567 habitants => 1.234567e6 person
        2.5 points de pourcentage => 2.5 point
        une hausse de 0,3 % => 0.3 percent
        une hausse de 7 pour cent => 7 percent
        5 M€ et 3 Md€ => 5e6 EUR | 3e9 EUR
        12,5 km/h puis 30 km => 12.5 km/h | 30 km
        il fait -5 °C => 5 C
        1/3 des voix, 24/7 => 0.3333 | 24 label 24/7
        25 mètres carrés => 25 m2
        la loi compte 12 articles => 12
        4 à 5 milliards d'euros => 4e9..5e9 EUR
        de 10 à 15 % => 10..15 percent
        10-15 jours => 10..15 day
        entre 10 et 15 jours => 10..15 day
        de 500 000 à 1 million d'euros => 500000..1e6 EUR
        de 5 % à 10 % => 5 percent | 10 percent
        environ 300 personnes => ~300 person
        plus de 5 milliards => >5e9
        pas plus de 5 milliards => <5e9
        près d'un million de personnes => ~1e6 person words
        5 milliards environ => ~5e9
        moins de 2 000 euros => <2000 EUR
        il y en a 5 par jour => 5",
    );
}

#[test]
fn french_words() {
    check_numbers(
        "fr",
        "quatre-vingt-dix-sept pays => 97 words
        deux cent mille manifestants => 200000 words
        deux cent mille personnes => 200000 person words
        cent vingt-trois mille quatre cent cinquante-six => 123456 words
        mille neuf cent quatre-vingt-quatre => 1984 words
        trois millions cinq cent mille => 3.5e6 words
        deux virgule cinq milliards => 2.5e9 words
        une dizaine de personnes => ~10 person words
        des dizaines de milliers de personnes => ~10000..100000 person words
        une centaine de milliers d'euros => ~100000 EUR words
        un million et demi d'euros => 1.5e6 EUR words
        la moitié des élèves => 0.5 words
        les deux tiers des élèves => 0.6667 words
        les trois quarts des élèves => 0.75 words
        un demi-milliard d'euros => 5e8 EUR words
        deux heures et demie => 2.5 hour words
        trois hommes et deux femmes => 3 words | 2 words
        deux et trois => 2 words | 3 words
        l'un des hommes, une femme et un enfant => \n un homme a vu l'une des deux => 2 words
        neuf personnes => 9 person words
        un vélo flambant neuf => \n un vélo électrique neuf roule => \n les neuf pays => 9 words
        des milliards d'euros => ~1e9..9.99e11 EUR words\n le double => 2 times words
        au moins trois morts => >3 words",
    );
}

#[test]
fn french_names_of_numbers() {
    check_numbers(
        "fr",
        "le XIXe siècle => 19 century
        au XXIe siècle => 21 century
        au 21e siècle => 21 century
        deux siècles => 2 century words
        le 1er et le 2e => 1 ordinal | 2 ordinal
        la troisième fois => 3 ordinal
        en 2024 => 2024 year
        dans les années 1990 => 1990 year
        dans les années 90 => 1990 year
        à 12h30 => 12 label 12h30
        à 12 h 30 => 12 label 12 h 30
        à 12:30 => 12 label 12:30
        35 heures => 35 hour
        score de 2-1 => 2 label 2-1
        le G7 et la Covid-19 => 7 label G7 | 19 label 19
        version 1.2.3 => 1.2 label 1.2.3
        le 01 42 34 56 78 => 1 label 01 42 34 56 78
        un téléphone 5G => 5 label 5G
        le 27 juillet 2024 => \n ouvert 24/7 => 24 label 24/7",
    );
}

#[test]
fn english_numbers() {
    check_numbers(
        "en",
        "$5 billion => 5e9 USD
        $5bn => 5e9 USD
        (p = .003) => 0.003
        P<.05 in men => 0.05
        US$5.2 million => 5.2e6 USD
        \u{20AC}5m => 5e6 EUR
        5 m long => 5 m
        1,234 people => 1234 person
        1,234.5 tons => 1234.5 t
        12,34,567 people => 1.234567e6 person
        twenty-five countries => 25 words
        one hundred and five => 105 words
        two and a half million => 2.5e6 words
        half a million people => 500000 person words
        two-thirds of voters => 0.6667 words
        a dozen countries => ~12 words
        dozens of people => ~10..100 person words
        hundreds of thousands of people => ~100000..1e6 person words
        a hundred days => 100 day words
        5 percentage points => 5 point
        rose 7 percent => 7 percent
        10 to 15 percent => 10..15 percent
        between 10 and 15 percent => 10..15 percent
        from $5 billion to $10 billion => 5e9..1e10 USD
        more than 300 people => >300 person
        up to 40% => <40 percent
        about two years => ~2 year words
        30 or so => ~30
        a three-year plan => 3 year words
        a two-way street => \n one of them, no one => \n the Big Four banks => \n in 2024 => 2024 year
        the 1990s => 1990 year
        the 21st century => 21 century
        the nineteenth century => 19 century
        the 3rd and 45th time => 3 ordinal | 45 ordinal
        at 8 p.m. and 9am => 8 label 8 p.m. | 9 label 9am
        won 3-2 => 3 label 3-2
        Boeing F-16 => 16 label 16
        in 5 in 2020 => 5 | 2020 year
        two point five => 2.5 words
        doubled => 2 times words
        in 2024 to 1.26 trillion yuan => 2024 year | 1.26e12 CNY
        three-quarters of a million => 750000 words
        3.5m people => 3.5e6 person
        +1 202 555 0123 => 1.202555e6 label 1 202 555 0123
        Room 101, Q3 => 101 | 3 label Q3
        two thousand and twenty-four => 2024 words
        tens of thousands of people => ~10000..100000 person words
        one million two hundred thousand => 1.2e6 words",
    );
}

#[test]
fn chinese_numbers() {
    check_numbers(
        "zh",
        "共1.2万人 => 12000 person
        1万亿元 => 1e12 CNY
        50亿美元 => 5e9 USD
        50多亿美元 => >5e9 USD
        1亿2000万 => 1.2e8
        1万2500 => 12500
        三亿五千万 => 3.5e8 words
        一百零五个 => 105 words
        两千人 => 2000 person words
        三万五 => 35000 words
        十几个国家 => ~10..20 words
        数十万人 => ~100000..1e6 person words
        三分之二 => 0.6667 words
        百分之五 => 5 percent words
        百分之5.3 => 5.3 percent
        三成 => 30 percent words
        10至15人 => 10..15 person
        超过300人 => >300 person
        约50亿 => ~5e9
        300余人 => >300 person
        5个百分点 => 5 point
        21世纪 => 21 century
        二十一世纪 => 21 century
        2024年 => 2024 year
        二〇二四年 => 2024 year
        90年代 => 1990 year
        第三次 => 3 ordinal
        参阅第 5.4.3 节 => 5.4 label 5.4.3
        三个国家 => 3 words
        三星公司 => \n 一些人一样 => \n 一个人 => \n 十分重要，万一 => \n 千万别 => \n 两年半 => 2.5 year words
        一半 => 0.5 words
        七国集团 => 
        两三天 => ~2..3 day words
        七八百人 => ~700..800 person words
        九一八 => 
        歼-20战机 => 20 label 20
        126万亿元 => 1.26e14 CNY
        1,234万 => 1.234e7
        三万二千 => 32000 words
        5千克，3千瓦时 => 5 kg | 3 kWh
        9时30分 => 9 label 9时30
        千分之三 => 0.3 percent words",
    );
}

#[test]
fn german_numbers() {
    check_numbers(
        "de",
        "fünfundzwanzig Länder => 25 words
        dreihunderttausend Menschen => 300000 person words
        zweitausendvierundzwanzig => 2024 words
        3,5 Mio. Euro => 3.5e6 EUR
        1.234,5 Tonnen => 1234.5 t
        5 Milliarden Dollar => 5e9 USD
        rund 300 Menschen => ~300 person
        10 bis 15 Prozent => 10..15 percent
        Achtung und Rundfunk => \n mehr als zwei Millionen => >2e6 words",
    );
}

#[test]
fn numbers_of_other_languages() {
    check_numbers(
        "es",
        "mil millones de euros => 1e9 EUR words
        5.000 millones de euros => 5e9 EUR
        treinta y cinco países => 35 words
        doscientos cincuenta => 250 words
        el siglo XXI => 21 century
        entre 10 y 15 personas => 10..15 person",
    );
    check_numbers(
        "it",
        "trecentocinquanta euro => 350 EUR words
        due miliardi di dollari => 2e9 USD words
        il XX secolo => 20 century",
    );
    check_numbers(
        "pt",
        "vinte e cinco países => 25 words
        1,5 milhão de pessoas => 1.5e6 person
        mil e duzentos => 1200 words",
    );
}

#[test]
fn dates_in_the_order_of_their_language() {
    check_dates(
        "fr",
        "lundi 27 juillet 2024 => y2024 m7 d27 w1
        le 1er mai => m5 d1
        en juillet 2024, puis mardi => y2024 m7 | w2
        le 27/07/2024 => y2024 m7 d27
        2024-07-27 => y2024 m7 d27
        en mars => m3
        la planète Mars => \n en 2024 => \n la version 1.2.3 => \n du 27-29 juillet => m7 d27
        le 11-Septembre => m9 d11",
    );
    check_dates(
        "en",
        "Monday, July 27, 2024 => y2024 m7 d27 w1
        July 27th => m7 d27
        27th of July 2024 => y2024 m7 d27
        in May => m5
        Theresa May => \n May I go => \n it may rain => \n they march => \n March 5 => m3 d5
        on Friday => w5
        07/27/2024 => y2024 m7 d27
        in July 10 million people => m7",
    );
    check_dates("de", "am 27. Juli 2024 => y2024 m7 d27\nMontag, den 27. Juli => m7 d27 w1\n27.07.2024 => y2024 m7 d27");
    check_dates("es", "15 de marzo de 2024 => y2024 m3 d15\nel lunes 27 de julio => m7 d27 w1");
    check_dates(
        "zh",
        "2024年7月27日 => y2024 m7 d27
        7月27日 => m7 d27
        27日 => d27
        七月二十七日 => m7 d27
        7月 => m7
        3个月 => \n 周六 => w6
        星期六 => w6
        一周一次 => \n 3号线 => \n 7月27号 => m7 d27",
    );
}

#[test]
fn every_language_loads() {
    let files = Files::embedded(TEXTS, &[]);
    for tag in files.folders("languages/") {
        let get = |name: &str| files.get(&format!("languages/{tag}/{name}"));
        Quantities::load(&get, files.get("quantities/units.tsv")).unwrap();
    }
}
