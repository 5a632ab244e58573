//! How a token is written.

/// What most rules ask of the letters of a token, told once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape(u8);

impl Shape {
    const ASCII: u8 = 1;
    const LARGE: u8 = 2;
    const SMALL: u8 = 4;
    const LARGE_INSIDE: u8 = 8;
    const DIGITS: u8 = 16;

    /// The length and the shape of the word that a text begins with, where it is written in letters and digits of ASCII, and a
    /// sign of ASCII that is no apostrophe ends it: most are.
    pub(super) fn of_plain(text: &[u8]) -> Option<(usize, Shape)> {
        let sign = |at: usize| text.get(at).map_or(0, |byte| SIGNS[usize::from(*byte)]);
        let first = sign(0) & (Shape::LARGE | Shape::SMALL);
        if first == 0 {
            return None;
        }
        let (mut length, mut inside) = (1, 0);
        loop {
            match sign(length) {
                0 => break,
                sign => inside |= sign,
            }
            length += 1;
        }
        if text.get(length).is_some_and(|next| !next.is_ascii() || *next == b'\'') {
            return None;
        }
        let large_inside = if inside & Shape::LARGE == 0 { 0 } else { Shape::LARGE_INSIDE };
        Some((length, Shape(Shape::ASCII | first | large_inside | inside & Shape::DIGITS)))
    }

    pub(super) fn of(word: &str) -> Shape {
        let mut shape = 0;
        let inside = if word.is_ascii() {
            shape |= Shape::ASCII;
            word.bytes().skip(1).any(|byte| byte.is_ascii_uppercase())
        } else {
            word.chars().skip(1).any(char::is_uppercase)
        };
        if let Some(first) = word.chars().next() {
            shape |= if first.is_uppercase() { Shape::LARGE } else { 0 };
            shape |= if first.is_lowercase() { Shape::SMALL } else { 0 };
        }
        shape |= if word.bytes().any(|byte| byte.is_ascii_digit()) { Shape::DIGITS } else { 0 };
        Shape(shape | if inside { Shape::LARGE_INSIDE } else { 0 })
    }

    fn has(self, bit: u8) -> bool {
        self.0 & bit != 0
    }

    /// Every letter is of ASCII.
    pub fn is_ascii(self) -> bool {
        self.has(Shape::ASCII)
    }

    /// A capital stands anywhere in it.
    pub(super) fn has_capitals(self) -> bool {
        self.has(Shape::LARGE | Shape::LARGE_INSIDE)
    }

    /// It begins with a capital.
    pub fn is_large(self) -> bool {
        self.has(Shape::LARGE)
    }

    /// It begins with a small letter: some scripts have neither.
    pub fn is_small(self) -> bool {
        self.has(Shape::SMALL)
    }

    /// It has digits of ASCII.
    pub fn has_digits(self) -> bool {
        self.has(Shape::DIGITS)
    }

    /// A capital stands behind the first letter.
    pub fn is_large_inside(self) -> bool {
        self.has(Shape::LARGE_INSIDE)
    }
}

/// For each byte, what a letter or digit of ASCII says of the shape of its word; 0 for what is none.
const SIGNS: [u8; 256] = {
    let mut signs = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        signs[byte] = match byte as u8 {
            b'a'..=b'z' => Shape::SMALL,
            b'A'..=b'Z' => Shape::LARGE,
            b'0'..=b'9' => Shape::DIGITS,
            _ => 0,
        };
        byte += 1;
    }
    signs
};
