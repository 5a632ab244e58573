//! Paths as URIs, and back.

use std::path::PathBuf;

/// A path as a URI: all but letters, digits, `-._~` and slashes in per cent.
pub fn encoded(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    path.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// The URI of a file, when its path is absolute.
pub fn of_file(path: &str) -> Option<String> {
    if path.starts_with('/') {
        Some(format!("file://{}", encoded(path)))
    } else if cfg!(windows) && path.get(1..2) == Some(":") {
        Some(format!("file:///{}", encoded(&path.replace('\\', "/"))))
    } else {
        None
    }
}

/// The path of a `file:` URI.
pub fn path(uri: &str) -> Option<PathBuf> {
    let path = uri.strip_prefix("file://")?;
    let path = decoded(path.strip_prefix("localhost").unwrap_or(path))?;
    let drive = cfg!(windows) && path.get(2..3) == Some(":");
    Some(PathBuf::from(if drive { &path[1..] } else { &path }))
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let mut digit = || char::from(rest.next()?).to_digit(16);
            bytes.push((digit()? * 16 + digit()?) as u8);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_go_there_and_back() {
        let uri = of_file("/a b/été, 100%.txt").unwrap();
        assert_eq!(uri, "file:///a%20b/%C3%A9t%C3%A9%2C%20100%25.txt");
        assert_eq!(path(&uri), Some(PathBuf::from("/a b/été, 100%.txt")));
        assert_eq!((path("untitled:a"), path("file:///a%2"), of_file("a.txt")), (None, None, None));
    }
}
