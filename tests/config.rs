//! The configuration, and what else the program says of itself: completions, manual pages.

mod common;

use common::Folder;

#[test]
fn completions_and_manual_pages_name_every_command() {
    let folder = Folder::new("completions");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = folder.run(&["completions", shell]);
        assert!(ran.code == 0 && ran.out.contains("fail-on") && ran.out.contains("segment"), "{shell}: {}", ran.err);
    }
    assert!(folder.run(&["man"]).out.contains(".TH contresens 1"));
    assert_eq!(folder.run(&["man", "--dir", "man"]).code, 0);
    assert!(folder.read("man/contresens.1").contains("contresens\\-check(1)"));
    assert!(folder.read("man/contresens-check.1").contains("fail\\-on"));
}
