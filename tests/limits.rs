//! Limits, and output that cannot be written: an article that was not wholly checked is never taken for a clean one, and no
//! half of a report is left behind.

mod common;

use common::Folder;
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};

const GOOD: &str = "Le maire a parlé jeudi devant les députés.\n";

fn spawn(folder: &Folder, arguments: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_contresens"));
    command.args(arguments).current_dir(&folder.path).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

#[test]
fn what_takes_too_long_is_an_error() {
    let folder = Folder::new("late");
    folder.write("a.txt", GOOD);
    let ran = folder.run(&["check", "a.txt", "--time-limit", "0.000000001"]);
    assert_eq!(ran.code, 2);
    assert_eq!(ran.out, "");
    assert!(ran.err.contains("a.txt: not checked: it takes more than 0.000000001 s (--time-limit)"), "{}", ran.err);
    assert_eq!(folder.run(&["check", "a.txt", "--to", "fr", "--time-limit", "0"]).code, 0);
    assert_eq!(folder.run(&["check", "a.txt", "--time-limit", "soon"]).code, 2);
    let lines =
        format!("{}\n{}\n", json!({"id": [1], "target": GOOD}), json!({"id": "b", "target": GOOD, "source": "The mayor."}));
    let ran = folder.run_with(&["batch", "--time-limit", "0.000000001"], &lines);
    let answers: Vec<Value> = ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let error = "not checked: it takes more than 0.000000001 s (--time-limit)";
    assert_eq!(answers, [json!({"id": [1], "error": error}), json!({"id": "b", "error": error})]);
    assert_eq!(ran.code, 0);
}

#[test]
fn what_is_too_large_is_not_read() {
    let folder = Folder::new("large");
    folder.write("a.txt", GOOD).write("b.txt", &GOOD.repeat(100));
    let ran = folder.run(&["check", "b.txt", "--to", "fr", "--max-size", "1K"]);
    assert_eq!((ran.code, ran.err.as_str()), (2, "error: b.txt: not read: larger than 1 KiB (--max-size)\n"));
    let source = folder.run(&["check", "a.txt", "--to", "fr", "--source", "b.txt", "--max-size", "1K"]);
    assert!(source.code == 2 && source.err.contains("b.txt: not read"), "{}", source.err);
    let piped = folder.run_with(&["check", "-", "--to", "fr", "--max-size", "1K"], &GOOD.repeat(100));
    assert!(piped.code == 2 && piped.err.contains("-: not read"), "{}", piped.err);
    assert_ne!(folder.run(&["check", "b.txt", "--to", "fr", "--max-size", "0"]).code, 2);
    let line = |id: i32, text: &str| json!({"id": id, "to": "fr", "target": text}).to_string();
    let input = [line(1, GOOD), line(2, &GOOD.repeat(100)), line(3, GOOD)].join("\n");
    let ran = folder.run_with(&["batch", "--max-size", "1K"], &input);
    let answers: Vec<Value> = ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((&answers[0]["id"], &answers[2]["id"]), (&json!(1), &json!(3)));
    assert_eq!(answers[1], json!({"error": "line 2: not read: larger than 1 KiB (--max-size)"}));
    // The last line may be the large one, and end without a line break.
    let ran = folder.run_with(&["batch", "--max-size", "1K"], &line(2, &GOOD.repeat(100)));
    assert!(ran.out.starts_with("{\"error\":\"line 1: not read"), "{}", ran.out);
}

#[test]
fn an_article_that_cannot_be_read_does_not_hide_the_others() {
    let folder = Folder::new("unread");
    folder.write("a.txt", GOOD).write("b.json", "{\"target\": ").write("c.txt", GOOD);
    let formats = ["text", "json", "jsonl", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson", "html"];
    let files: Vec<String> = formats.iter().map(|format| format!("--format={format}=report.{format}")).collect();
    let mut arguments = vec!["check", "a.txt", "b.json", "c.txt", "--to", "fr"];
    arguments.extend(files.iter().map(String::as_str));
    let ran = folder.run(&arguments);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("error: b.json:1: expected "), "{}", ran.err);
    for format in formats {
        let report = folder.read(&format!("report.{format}"));
        let told = if format == "text" {
            report.contains("Failed: 1 article was not checked")
        } else {
            report.contains("b.json:1: expected")
        };
        assert!(told, "{format}: {report}");
    }
    let report: Value = serde_json::from_str(&folder.read("report.json")).unwrap();
    assert_eq!(report["documents"].as_array().unwrap().len(), 2);
    assert_eq!(report["errors"][0]["path"], "b.json");
    let sarif: Value = serde_json::from_str(&folder.read("report.sarif")).unwrap();
    assert_eq!(sarif["runs"][0]["invocations"][0]["executionSuccessful"], false);
    assert_eq!(folder.run(&["check", "a.txt", "c.txt", "--to", "fr"]).code, 0);
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let folder = Folder::new("pipe");
    let text = "Le prÃ©sident a parlÃ©.\n".repeat(3_000);
    folder.write("a.txt", &text);
    let closed = |arguments: &[&str], input: String| {
        let mut child = spawn(&folder, arguments);
        let mut stdin = child.stdin.take().unwrap();
        let writer = std::thread::spawn(move || drop(stdin.write_all(input.as_bytes())));
        let mut first = [0; 10];
        let mut out = child.stdout.take().unwrap();
        out.read_exact(&mut first).unwrap();
        drop(out);
        let mut told = String::new();
        child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
        writer.join().unwrap();
        (child.wait().unwrap().code(), told)
    };
    assert_eq!(closed(&["check", "a.txt", "--to", "fr"], String::new()), (Some(1), String::new()));
    assert_eq!(closed(&["check", "a.txt", "--to", "fr", "--fail-on", "never", "--format", "json"], String::new()).0, Some(0));
    let line = json!({"id": 1, "to": "fr", "target": GOOD}).to_string() + "\n";
    assert_eq!(closed(&["batch"], line.repeat(2000)), (Some(0), String::new()));
    assert_eq!(closed(&["segment", "a.txt", "--lang", "fr"], String::new()), (Some(0), String::new()));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error_and_leaves_no_half_report() {
    let folder = Folder::new("full");
    folder.write("a.txt", GOOD);
    for arguments in
        [&["check", "a.txt", "--to", "fr", "--output", "/dev/full"][..], &["align", "a.txt", "a.txt", "--output", "/dev/full"]]
    {
        let ran = folder.run(arguments);
        assert_eq!(ran.code, 2, "{arguments:?}");
        assert!(ran.err.contains("/dev/full: cannot be written"), "{}", ran.err);
    }
    let full = || Stdio::from(fs::OpenOptions::new().write(true).open("/dev/full").unwrap());
    let lines = json!({"id": 1, "target": GOOD}).to_string();
    for (arguments, input) in [(&["check", "a.txt"][..], ""), (&["batch"], lines.as_str()), (&["rules"], "")] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_contresens"));
        let child = command.args(arguments).current_dir(&folder.path).stdin(Stdio::piped()).stdout(full()).stderr(Stdio::piped());
        let mut child = child.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("-: cannot be written"), "{arguments:?}");
    }
    let none = folder.run(&["check", "a.txt", "--output", "no/such/folder/report.txt"]);
    assert!(none.code == 2 && none.err.contains("report.txt: cannot be written"), "{}", none.err);
}

#[cfg(unix)]
#[test]
fn a_report_takes_the_place_of_the_last_one() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = Folder::new("place");
    folder.write("a.txt", GOOD).write("old.txt", "the last report, which was longer than this one will be".repeat(9).as_str());
    fs::set_permissions(folder.path.join("old.txt"), fs::Permissions::from_mode(0o640)).unwrap();
    symlink("old.txt", folder.path.join("link.txt")).unwrap();
    assert_eq!(folder.run(&["check", "a.txt", "--to", "fr", "--output", "link.txt"]).code, 0);
    assert!(folder.read("old.txt").ends_with("Passed\n"));
    assert_eq!(fs::metadata(folder.path.join("old.txt")).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(fs::symlink_metadata(folder.path.join("link.txt")).unwrap().is_symlink());
    let names: Vec<_> = fs::read_dir(&folder.path).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 4, "{names:?}");
}

#[cfg(unix)]
fn interrupt(child: &Child) {
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
}

#[cfg(unix)]
#[test]
fn an_interrupted_batch_keeps_what_was_answered() {
    let folder = Folder::new("stopped");
    let mut child = spawn(&folder, &["batch"]);
    let mut stdin = child.stdin.take().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap()).lines();
    for id in 0..3 {
        writeln!(stdin, "{}", json!({"id": id, "to": "fr", "target": GOOD})).unwrap();
        let answer: Value = serde_json::from_str(&out.next().unwrap().unwrap()).unwrap();
        assert_eq!(answer["id"], id);
    }
    // More lines may come: it waits for them.
    interrupt(&child);
    assert!(out.next().is_none());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "error: interrupted: 3 lines were answered\n");
}

#[cfg(unix)]
#[test]
fn an_interrupted_check_reports_what_was_checked() {
    let folder = Folder::new("broken-off");
    folder.write("a.txt", "Le prÃ©sident a parlé jeudi.\n").write("c.txt", GOOD);
    assert!(Command::new("mkfifo").arg(folder.path.join("b.txt")).status().unwrap().success());
    let arguments = ["check", "a.txt", "b.txt", "c.txt", "--to", "fr", "--format", "json"];
    let child = spawn(&folder, &arguments);
    // Opened when the program has come so far as to read it.
    let mut pipe = fs::OpenOptions::new().write(true).open(folder.path.join("b.txt")).unwrap();
    interrupt(&child);
    pipe.write_all(GOOD.as_bytes()).unwrap();
    drop(pipe);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130), "{output:?}");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    // The others are checked beside it, and may be done or not.
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let done = report["documents"].as_array().unwrap().len();
    assert!(told.contains(&format!("error: interrupted: {done} of 3 articles were checked")), "{told}");
    let left: Vec<&str> = report["errors"].as_array().into_iter().flatten().map(|one| one["error"].as_str().unwrap()).collect();
    assert!(done + left.len() == 3 && left.iter().all(|one| one.ends_with(": not checked: interrupted")), "{left:?}");
}
