//! The formats of `check`, as the tools that read them want them. `scripts/validate_formats.py` holds them against the published
//! schemas and against programs that read them; here stands what must not change.

use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder with a translation that has findings of every kind, and names that need escaping.
struct Folder(PathBuf);

const TARGET: &str = "# Prix « & salaires »\n\nL'usine a coûté plus de 350 millions d'euros.Elle 😀 ouvrira mardi avec 5 % de postes, a dit <b>AT&T</b>.\n\nLe prÃ©sident a parlé.\u{202E}\n";
const SOURCE: &str = "物价与工资\n\n该工厂耗资超过35亿欧元。它将于周二开业,带来5%的岗位,AT&T表示。\n\n总统讲话了。\n";

impl Folder {
    fn new(name: &str) -> Folder {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("formats").join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("été, 100%")).unwrap();
        fs::write(folder.join("été, 100%/a.txt"), TARGET).unwrap();
        fs::write(folder.join("source.txt"), SOURCE).unwrap();
        Folder(folder)
    }

    /// Checks the translation against its source, and gives what stands on standard output.
    fn check(&self, arguments: &[&str]) -> Output {
        let fixed = ["check", "été, 100%/a.txt", "--source", "source.txt", "--from", "zh", "--to", "fr"];
        self.run(&[&fixed[..], arguments].concat())
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_contresens"));
        command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").current_dir(&self.0).args(arguments);
        command.output().unwrap()
    }

    fn text(&self, format: &str) -> String {
        String::from_utf8(self.check(&["--format", format]).stdout).unwrap()
    }

    fn json(&self, format: &str) -> Value {
        serde_json::from_str(&self.text(format)).unwrap()
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).unwrap()
    }
}

/// The finding of a rule.
fn of<'v>(results: &'v Value, key: &str, rule: &str) -> &'v Value {
    results
        .as_array()
        .unwrap()
        .iter()
        .find(|result| result.pointer(key) == Some(&json!(rule)))
        .unwrap_or_else(|| panic!("{rule} in {results:#}"))
}

#[test]
fn sarif_names_rule_place_and_source() {
    let folder = Folder::new("sarif");
    let log = folder.json("sarif");
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    assert_eq!(run["invocations"][0]["exitCode"], 1);
    assert!(run["invocations"][0]["exitCodeDescription"].as_str().unwrap().contains("--fail-on"));
    let result = of(&run["results"], "/ruleId", "numbers/magnitude-slipped");
    let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
    assert_eq!((&rule["id"], &rule["name"]), (&json!("numbers/magnitude-slipped"), &json!("MagnitudeSlipped")));
    assert_eq!(rule["defaultConfiguration"]["level"], "error");
    assert!(rule["help"]["markdown"].as_str().unwrap().contains("```text"));
    assert!(!rule["help"]["text"].as_str().unwrap().contains("```"));
    assert_eq!(result["level"], "error");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "%C3%A9t%C3%A9%2C%20100%25/a.txt");
    let region = &place["region"];
    let (start, length) = (region["byteOffset"].as_u64().unwrap() as usize, region["byteLength"].as_u64().unwrap() as usize);
    assert_eq!(&TARGET[start..start + length], region["snippet"]["text"].as_str().unwrap());
    assert_eq!((&region["startLine"], &region["startColumn"]), (&json!(3), &json!(25)));
    assert!(result["message"]["text"].as_str().unwrap().ends_with("See [the source](1)."));
    let source = &result["relatedLocations"][0]["physicalLocation"];
    assert_eq!(source["artifactLocation"]["uri"], "source.txt");
    assert_eq!(source["region"]["startLine"], 3);
    assert!(source["region"]["snippet"]["text"].as_str().unwrap().contains("35亿"));
    assert!(result.get("fixes").is_none());
}

#[test]
fn fingerprints_outlive_moved_lines() {
    let folder = Folder::new("prints");
    let prints = |log: &Value| -> Vec<String> {
        let results = log["runs"][0]["results"].as_array().unwrap().iter();
        results.map(|result| format!("{}{}", result["ruleId"], result["partialFingerprints"]["contresens/v1"])).collect()
    };
    let mut before = prints(&folder.json("sarif"));
    let moved = TARGET.replacen("\n\n", "\n\nElle est située au bord du fleuve, selon la mairie.\n\n\n", 1);
    fs::write(folder.0.join("été, 100%/a.txt"), moved).unwrap();
    let after = prints(&folder.json("sarif"));
    before.retain(|print| print.contains("magnitude-slipped") || print.contains("sentences-glued") || print.contains("mojibake"));
    assert_eq!(before.len(), 3);
    assert!(before.iter().all(|print| after.contains(print)), "{before:?} {after:?}");
}

#[test]
fn annotations_are_a_command_a_line_worst_first() {
    let folder = Folder::new("github");
    let text = folder.text("github");
    assert!(
        text.lines().all(|line| ["::error ", "::warning ", "::notice "].iter().any(|start| line.starts_with(start))),
        "{text}"
    );
    let first = text.lines().next().unwrap();
    assert!(
        first.starts_with(
            "::error title=numbers/magnitude-slipped (critical),file=été%2C 100%25/a.txt,line=3,endLine=3,col=25,endColumn="
        ),
        "{first}"
    );
    assert!(first.contains("%0Awhy: "), "{first}");
    assert!(!text.contains('\u{202E}'), "what turns the direction of a line is not printed");
}

#[test]
fn code_quality_issues_have_prints_of_their_own() {
    let folder = Folder::new("gitlab");
    let issues = folder.json("gitlab");
    let issue = of(&issues, "/check_name", "numbers/magnitude-slipped");
    assert_eq!((&issue["severity"], &issue["location"]["lines"]["begin"]), (&json!("critical"), &json!(3)));
    assert_eq!(issue["location"]["path"], "été, 100%/a.txt");
    let mut prints: Vec<&str> = issues.as_array().unwrap().iter().map(|issue| issue["fingerprint"].as_str().unwrap()).collect();
    let count = prints.len();
    prints.sort_unstable();
    prints.dedup();
    assert_eq!(prints.len(), count);
}

#[test]
fn build_servers_see_failures_only_of_what_fails() {
    let folder = Folder::new("xml");
    let text = folder.text("junit");
    assert!(text.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"contresens\" tests="), "{text}");
    assert!(
        text.contains(
            "<testcase name=\"3:25 numbers/magnitude-slipped\" classname=\"été, 100%/a.txt\">\n      <failure type=\"critical\""
        ),
        "{text}"
    );
    let never = String::from_utf8(folder.check(&["--format", "junit", "--fail-on", "never"]).stdout).unwrap();
    assert!(never.contains("failures=\"0\"") && !never.contains("<failure"), "{never}");
    let text = folder.text("checkstyle");
    assert!(text.contains("<file name=\"été, 100%/a.txt\">\n    <error line="), "{text}");
    assert!(text.contains("severity=\"error\"") && text.contains("source=\"contresens.numbers/magnitude-slipped\""), "{text}");
}

#[test]
fn columns_of_reviewdog_count_bytes() {
    let folder = Folder::new("rdjson");
    let report = folder.json("rdjson");
    let finding = of(&report["diagnostics"], "/code/value", "numbers/magnitude-slipped");
    assert_eq!(finding["severity"], "ERROR");
    let line = TARGET.lines().nth(2).unwrap();
    let range = &finding["location"]["range"];
    let column = |end: &str| range[end]["column"].as_u64().unwrap() as usize - 1;
    assert!(line[column("start")..column("end")].contains("350 millions"), "{finding}");
    assert_eq!(finding["related_locations"][0]["location"]["path"], "source.txt");
}

#[test]
fn several_formats_are_written_at_once_and_files_have_no_colours() {
    let folder = Folder::new("several");
    let output = folder.check(&["--format", "text=a.out", "--format", "jsonl", "--format", "sarif=a.sarif"]);
    let line: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(line["path"], "été, 100%/a.txt");
    assert!(String::from_utf8(output.stderr).unwrap().contains("Failed: "), "why it failed is told beside the report");
    assert!(folder.read("a.out").contains("Failed: "));
    assert!(folder.read("a.sarif").starts_with('{'));
    let mut command = Command::new(env!("CARGO_BIN_EXE_contresens"));
    command.env("CLICOLOR_FORCE", "1").env_remove("NO_COLOR").current_dir(&folder.0);
    let coloured = command.args(["check", "été, 100%/a.txt", "--to", "fr", "--format", "text"]).output().unwrap();
    assert!(coloured.stdout.contains(&0x1b), "colours were asked for");
    assert!(!coloured.stderr.contains(&0x1b));
    command.args(["--output", "b.out"]).output().unwrap();
    assert!(!folder.read("b.out").contains('\u{1b}'));
    let plain = command.env("NO_COLOR", "1").env_remove("CLICOLOR_FORCE").output().unwrap();
    assert!(!plain.stdout.contains(&0x1b));
}

#[test]
fn contradictions_stop_the_run_before_anything_is_written() {
    let folder = Folder::new("contradictions");
    let cases: &[(&[&str], &str)] = &[
        (&["--format", "text", "--format", "json"], "name a file for one of them: --format json=FILE"),
        (&["--format", "json=a", "--output", "b"], "--output b: every --format names its own file"),
        (&["--format", "json=a", "--format", "sarif=a"], "a: --format json and --format sarif would both be written there"),
        (&["--format", "sarif="], "expected a file after the equals sign"),
        (&["--format", "sarf"], "a similar value exists: 'sarif'"),
        (&["--format", "json=no/such/folder/a"], "no/such/folder/a: cannot be written"),
    ];
    for (arguments, expected) in cases {
        let output = folder.check(arguments);
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(told.contains(expected), "{arguments:?}: {told}");
        assert!(output.stdout.is_empty());
    }
    assert!(!folder.0.join("a").exists());
}

#[test]
fn articles_without_findings_have_whole_reports() {
    let folder = Folder::new("clean");
    fs::write(folder.0.join("b.txt"), "Le président a parlé jeudi devant les députés.\n").unwrap();
    let text =
        |format: &str| String::from_utf8(folder.run(&["check", "b.txt", "--to", "fr", "--format", format]).stdout).unwrap();
    let log: Value = serde_json::from_str(&text("sarif")).unwrap();
    assert_eq!((&log["runs"][0]["results"], &log["runs"][0]["tool"]["driver"]["rules"]), (&json!([]), &json!([])));
    assert_eq!(text("github"), "");
    assert_eq!(text("gitlab"), "[]\n");
    assert!(text("junit").contains("<testcase name=\"no findings\" classname=\"b.txt\"/>"));
    assert!(text("checkstyle").contains("<file name=\"b.txt\">\n  </file>"));
    assert_eq!(serde_json::from_str::<Value>(&text("rdjson")).unwrap()["diagnostics"], json!([]));
}
