//! How a token is written.

/// What most rules ask of the letters of a token, told once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape(u8);

impl Shape {
    const ASCII: u8 = 1;
    const LARGE: u8 = 2;
    const SMALL: u8 = 4;
    const LARGE_INSIDE: u8 = 8;

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
        Shape(shape | if inside { Shape::LARGE_INSIDE } else { 0 })
    }

    fn has(self, bit: u8) -> bool {
        self.0 & bit != 0
    }

    /// Every letter is of ASCII.
    pub fn is_ascii(self) -> bool {
        self.has(Shape::ASCII)
    }

    /// It begins with a capital.
    pub fn is_large(self) -> bool {
        self.has(Shape::LARGE)
    }

    /// It begins with a small letter: some scripts have neither.
    pub fn is_small(self) -> bool {
        self.has(Shape::SMALL)
    }

    /// A capital stands behind the first letter.
    pub fn is_large_inside(self) -> bool {
        self.has(Shape::LARGE_INSIDE)
    }
}
