//! The language server, as an editor speaks to it.

use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// An editor that has started the server.
struct Editor {
    child: Child,
    stdin: Option<ChildStdin>,
    messages: Receiver<Value>,
    /// The number of the last request.
    asked: i64,
}

impl Editor {
    fn start(arguments: &[&str], folder: &Path) -> Editor {
        let mut child = Command::new(env!("CARGO_BIN_EXE_contresens"))
            .arg("lsp")
            .args(arguments)
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let (sender, messages) = channel();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || {
            while let Some(message) = read(&mut stdout) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        let stdin = child.stdin.take();
        Editor { child, stdin, messages, asked: 0 }
    }

    /// Starts the server with options for a folder, and greets it.
    fn greeted(arguments: &[&str], folder: &Path, options: Value) -> Editor {
        let mut editor = Editor::start(arguments, folder);
        let answer = editor.ask(
            "initialize",
            json!({"processId": null, "capabilities": {}, "rootUri": uri(folder), "initializationOptions": options}),
        );
        assert_eq!(answer["result"]["capabilities"]["hoverProvider"], true);
        editor.say("initialized", json!({}));
        editor
    }

    fn send(&mut self, message: Value) {
        let body = message.to_string();
        write!(self.stdin.as_mut().unwrap(), "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
    }

    fn say(&mut self, method: &str, parameters: Value) {
        self.send(json!({"jsonrpc": "2.0", "method": method, "params": parameters}));
    }

    fn next(&self) -> Value {
        self.messages.recv_timeout(Duration::from_mins(1)).expect("a message of the server")
    }

    /// The answer to a request.
    fn ask(&mut self, method: &str, parameters: Value) -> Value {
        self.asked += 1;
        self.send(json!({"jsonrpc": "2.0", "id": self.asked, "method": method, "params": parameters}));
        loop {
            let message = self.next();
            if message["id"] == self.asked {
                return message;
            }
        }
    }

    /// The next diagnostics of a text.
    fn diagnostics(&self, uri: &str) -> Value {
        loop {
            let message = self.next();
            if message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri {
                return message["params"].clone();
            }
        }
    }

    fn open(&mut self, uri: &str, text: &str) {
        self.say(
            "textDocument/didOpen",
            json!({"textDocument": {"uri": uri, "languageId": "plaintext", "version": 1, "text": text}}),
        );
    }

    fn end(mut self) -> i32 {
        self.say("exit", Value::Null);
        self.stdin.take();
        self.child.wait().unwrap().code().unwrap()
    }

    fn leave(mut self) -> i32 {
        assert_eq!(self.ask("shutdown", Value::Null)["result"], Value::Null);
        self.end()
    }
}

/// One message; None at the end.
fn read(stdout: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if stdout.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim().split_once(": ") {
            Some(("Content-Length", count)) => length = count.parse().unwrap(),
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    stdout.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).unwrap())
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("lsp").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("zh")).unwrap();
    folder
}

fn uri(path: &Path) -> String {
    let path = path.display().to_string();
    let encoded = path.bytes().map(|byte| match byte {
        b'/' | b'-' | b'.' | b'_' => char::from(byte).to_string(),
        byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    });
    format!("file://{}", encoded.collect::<String>())
}

const SOURCE: &str = "该工厂耗资超过35亿欧元。它将于周二开业。\n";
const TARGET: &str = "« Bravo 😀 »\n比 😀 : l'usine a coûté plus de 350 millions d'euros.Elle ouvrira mardi.\n";

fn finding<'v>(found: &'v Value, rule: &str) -> Option<&'v Value> {
    found["diagnostics"].as_array().unwrap().iter().find(|finding| finding["code"] == rule)
}

/// The words of a line between two columns in UTF-16 units.
fn words(text: &str, range: &Value) -> String {
    let line: Vec<u16> = text.lines().nth(range["start"]["line"].as_u64().unwrap() as usize).unwrap().encode_utf16().collect();
    assert_eq!(range["start"]["line"], range["end"]["line"]);
    let column = |end: &str| range[end]["character"].as_u64().unwrap() as usize;
    String::from_utf16(&line[column("start")..column("end")]).unwrap()
}

#[test]
fn a_text_is_checked_when_opened_changed_and_saved() {
    let folder = folder("life");
    let a = uri(&folder.join("é 1.txt"));
    let mut editor = Editor::greeted(&[], &folder, json!({"to": "fr"}));
    editor.open(&a, TARGET);
    let found = editor.diagnostics(&a);
    assert_eq!(found["version"], 1);
    let glued = finding(&found, "typography/sentences-glued").unwrap();
    assert_eq!((&glued["severity"], &glued["source"]), (&json!(2), &json!("contresens")));
    assert_eq!(words(TARGET, &glued["range"]), "euros.Elle");
    // Fast typing: what is checked in between does not matter.
    for (version, text) in [(2, "Le m"), (3, "Le maire a parlé.Il part."), (4, "Le maire a parlé. Il part.")] {
        editor.say(
            "textDocument/didChange",
            json!({"textDocument": {"uri": a, "version": version}, "contentChanges": [{"text": text}]}),
        );
    }
    let found = loop {
        let found = editor.diagnostics(&a);
        if found["version"] == 4 {
            break found;
        }
    };
    assert_eq!(finding(&found, "typography/sentences-glued"), None);
    editor.say("textDocument/didSave", json!({"textDocument": {"uri": a}}));
    assert_eq!(editor.diagnostics(&a)["version"], 4);
    editor.say("textDocument/didClose", json!({"textDocument": {"uri": a}}));
    assert_eq!(editor.diagnostics(&a)["diagnostics"], json!([]));
    assert_eq!(editor.leave(), 0);
}

#[test]
fn sources_are_found_shown_and_read_as_they_stand_in_the_editor() {
    let folder = folder("source");
    fs::write(folder.join("zh/a.txt"), SOURCE).unwrap();
    let (a, source) = (uri(&folder.join("a.txt")), uri(&folder.join("zh/a.txt")));
    let mut editor = Editor::greeted(&["--stdio"], &folder, json!({"source": "zh", "from": "zh", "to": "fr"}));
    editor.open(&a, TARGET);
    let found = editor.diagnostics(&a);
    let slipped = finding(&found, "numbers/magnitude-slipped").unwrap_or_else(|| panic!("{found:#}"));
    assert_eq!(slipped["severity"], 1);
    assert!(words(TARGET, &slipped["range"]).starts_with("350 millions"));
    let related = &slipped["relatedInformation"][0]["location"];
    assert_eq!(related["uri"], json!(source));
    assert!(words(SOURCE, &related["range"]).contains("35亿"));
    let at = &slipped["range"]["start"];
    let shown = editor.ask("textDocument/hover", json!({"textDocument": {"uri": a}, "position": at}));
    let shown = shown["result"]["contents"]["value"].as_str().unwrap();
    assert!(shown.starts_with("**numbers/magnitude-slipped** (critical, gate)"), "{shown}");
    assert!(shown.contains("\n> 该工厂耗资超过35亿欧元。\n"), "the sentence, not the whole line: {shown}");
    // A source is no translation; and what it says now counts, not what is on the disk.
    editor.open(&source, &SOURCE.replace("35亿", "3.5亿"));
    assert_eq!(
        editor.diagnostics(&a)["diagnostics"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|found| found["code"] == "numbers/magnitude-slipped")
            .count(),
        0
    );
    let corrected = editor.diagnostics(&source);
    assert_eq!(corrected["diagnostics"], json!([]));
    assert_eq!(editor.leave(), 0);
}

#[test]
fn front_matter_names_the_source() {
    let folder = folder("matter");
    fs::write(folder.join("zh/b.txt"), SOURCE).unwrap();
    let a = uri(&folder.join("a.md"));
    let text = "---\nlang: fr\nsource: zh/b.txt\n---\n\nL'usine a coûté plus de 350 millions d'euros. Elle ouvrira mardi.\n";
    let mut editor = Editor::greeted(&[], &folder, Value::Null);
    editor.open(&a, text);
    let found = editor.diagnostics(&a);
    let slipped = finding(&found, "numbers/magnitude-slipped").unwrap_or_else(|| panic!("{found:#}"));
    assert_eq!(slipped["range"]["start"]["line"], 5);
    editor.say(
        "textDocument/didChange",
        json!({"textDocument": {"uri": a, "version": 2}, "contentChanges": [{"text": text.replace("b.txt", "c.txt")}]}),
    );
    let found = editor.diagnostics(&a);
    assert!(found["diagnostics"][0]["message"].as_str().unwrap().contains("c.txt: cannot be read"), "{found}");
    assert_eq!(editor.leave(), 0);
}

#[test]
fn suggestions_are_actions_that_write_over_the_finding() {
    let folder = folder("actions");
    let a = uri(&folder.join("a.txt"));
    let mut editor = Editor::greeted(&["--to", "fr"], &folder, Value::Null);
    editor.open(&a, TARGET);
    let found = editor.diagnostics(&a);
    let range = finding(&found, "typography/sentences-glued").unwrap()["range"].clone();
    let asked = json!({"textDocument": {"uri": a}, "range": {"start": range["start"], "end": range["start"]}, "context": {"diagnostics": []}});
    let actions = editor.ask("textDocument/codeAction", asked.clone());
    let action = &actions["result"][0];
    assert_eq!((&action["title"], &action["kind"]), (&json!("Write euros. Elle"), &json!("quickfix")));
    assert_eq!(action["edit"]["changes"][&a], json!([{"range": range, "newText": "euros. Elle"}]));
    let mut refactoring = asked;
    refactoring["context"]["only"] = json!(["refactor"]);
    assert_eq!(editor.ask("textDocument/codeAction", refactoring)["result"], json!([]));
    assert_eq!(editor.leave(), 0);
}

#[test]
fn what_is_wrong_with_a_request_is_told() {
    let folder = folder("wrong");
    let mut editor = Editor::start(&[], &folder);
    assert_eq!(editor.ask("textDocument/hover", json!({}))["error"]["code"], -32002, "not greeted yet");
    let greeting = |options: Value| json!({"processId": null, "capabilities": {}, "rootUri": uri(&folder), "initializationOptions": options});
    for (options, told) in [
        (json!({"source": "nowhere"}), "nowhere: cannot be read"),
        (json!({"to": "klingon"}), "klingon"),
        (json!({"source": 5}), "initialize: "),
    ] {
        let refused = editor.ask("initialize", greeting(options));
        assert!(refused["error"]["message"].as_str().unwrap().contains(told), "{refused}");
    }
    editor.ask("initialize", greeting(Value::Null));
    editor.say("initialized", json!({}));
    assert_eq!(editor.ask("textDocument/rename", json!({}))["error"]["code"], -32601);
    assert_eq!(editor.ask("textDocument/hover", json!({"a": 1}))["error"]["code"], -32602);
    editor.say("textDocument/didOpen", json!({"broken": true}));
    let nowhere = json!({"textDocument": {"uri": "untitled:a"}, "position": {"line": 9, "character": 9}});
    assert_eq!(editor.ask("textDocument/hover", nowhere.clone())["result"], Value::Null);
    editor.open("untitled:a", "---\nlang: klingon\n---\n");
    editor.say("textDocument/didClose", json!({"textDocument": {"uri": "untitled:b"}}));
    assert_eq!(editor.ask("textDocument/hover", nowhere.clone())["result"], Value::Null);
    assert_eq!(editor.ask("shutdown", Value::Null)["result"], Value::Null);
    assert_eq!(editor.ask("textDocument/hover", nowhere)["error"]["code"], -32600, "shut down");
    assert_eq!(editor.end(), 0);
    assert_eq!(Editor::greeted(&[], &folder, Value::Null).end(), 1, "exit without shutdown");
}

#[test]
fn the_configuration_of_the_workspace_holds() {
    let folder = folder("workspace");
    fs::create_dir_all(folder.join("fr/old")).unwrap();
    fs::write(folder.join("zh/a.txt"), SOURCE).unwrap();
    let config = "from = \"zh\"\nignore = [\"fr/old/\"]\npairing = { source = \"zh/{path}\", target = \"{lang}/{path}\" }\n\
        [rules]\ntypography = \"off\"\n[[overrides]]\nfiles = [\"fr/b.txt\"]\nrules = { \"typography/sentences-glued\" = \"gate\" }\n";
    fs::write(folder.join("contresens.toml"), config).unwrap();
    let found = |arguments: &[&str], name: &str| {
        let path = uri(&folder.join(name));
        let mut editor = Editor::greeted(arguments, &folder, Value::Null);
        editor.open(&path, TARGET);
        let found = editor.diagnostics(&path);
        assert_eq!(editor.leave(), 0);
        (finding(&found, "numbers/magnitude-slipped").is_some(), finding(&found, "typography/sentences-glued").is_some())
    };
    assert_eq!(found(&[], "fr/a.txt"), (true, false), "the source by its pattern, the rules as they are set");
    assert_eq!(found(&[], "fr/b.txt"), (false, true), "an override, and a source that is not there");
    assert_eq!(found(&[], "fr/old/c.txt"), (false, false), "passed over");
    assert_eq!(found(&["--no-config"], "fr/a.txt"), (false, true));
    fs::write(folder.join("contresens.toml"), "to = 1\n").unwrap();
    let mut editor = Editor::start(&[], &folder);
    let parameters = json!({"processId": null, "capabilities": {}, "rootUri": uri(&folder)});
    let refused = editor.ask("initialize", parameters);
    assert!(refused["error"]["message"].as_str().unwrap().contains("contresens.toml:1:6"), "{refused}");
}
