/// Why the body is no JSON any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// It ends too early.
    CutOff,
    /// Something else stands here.
    Broken(usize),
}

/// Goes through JSON from left to right, part by part. Commas are found, not required.
#[derive(Clone, Copy)]
pub(super) struct Scan<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Scan<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// What has not been gone through.
    pub(super) fn rest(&self) -> &'b [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    pub(super) fn go_to(&mut self, at: usize) {
        self.at = at;
    }

    /// The next byte that is not space.
    pub(super) fn peek(&mut self) -> Result<u8, Stop> {
        while let Some(byte) = self.bytes.get(self.at) {
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Ok(*byte);
            }
            self.at += 1;
        }
        Err(Stop::CutOff)
    }

    /// Steps over the byte that [`Self::peek`] gave.
    pub(super) fn step(&mut self) {
        self.at += 1;
    }

    /// Steps over the commas that come next; whether there were any.
    pub(super) fn commas(&mut self) -> bool {
        let mut any = false;
        while self.peek() == Ok(b',') {
            any = true;
            self.step();
        }
        any
    }

    /// Steps over the colon that comes next.
    pub(super) fn colon(&mut self) -> Result<(), Stop> {
        if self.peek()? != b':' {
            return Err(Stop::Broken(self.at));
        }
        self.step();
        Ok(())
    }

    /// The string that comes next, with its quotes.
    pub(super) fn string(&mut self) -> Result<&'b [u8], Stop> {
        if self.peek()? != b'"' {
            return Err(Stop::Broken(self.at));
        }
        let start = self.at;
        let mut at = start + 1;
        loop {
            let rest = self.bytes.get(at..).ok_or(Stop::CutOff)?;
            let found = rest.iter().position(|byte| matches!(byte, b'"' | b'\\')).ok_or(Stop::CutOff)?;
            at += found;
            if rest[found] == b'"' {
                break;
            }
            at += 2;
        }
        self.at = at + 1;
        Ok(&self.bytes[start..self.at])
    }

    /// The number or word that comes next.
    pub(super) fn bare(&mut self) -> Result<&'b [u8], Stop> {
        let start = self.at;
        let is_bare = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
        let length = self.rest().iter().take_while(|byte| is_bare(byte)).count();
        if length == 0 {
            return Err(Stop::Broken(start));
        }
        self.at = start + length;
        Ok(&self.bytes[start..self.at])
    }

    /// Steps over the value that comes next, however deep it is.
    pub(super) fn skip_value(&mut self) -> Result<(), Stop> {
        let mut open = Brackets::default();
        loop {
            match self.peek()? {
                b'"' => {
                    self.string()?;
                }
                bracket @ (b'{' | b'[') => {
                    open.push(bracket);
                    self.step();
                }
                bracket @ (b'}' | b']') => {
                    if !open.pop(bracket) {
                        return Err(Stop::Broken(self.at));
                    }
                    self.step();
                }
                b',' | b':' if open.depth > 0 => self.step(),
                _ => {
                    self.bare()?;
                }
            }
            if open.depth == 0 {
                return Ok(());
            }
        }
    }
}

/// Which brackets are open, a bit each.
#[derive(Default)]
struct Brackets {
    depth: usize,
    are_curly: Vec<u64>,
}

impl Brackets {
    fn push(&mut self, bracket: u8) {
        let (word, bit) = (self.depth / 64, self.depth % 64);
        if word == self.are_curly.len() {
            self.are_curly.push(0);
        }
        let is_curly = u64::from(bracket == b'{');
        self.are_curly[word] = self.are_curly[word] & !(1 << bit) | is_curly << bit;
        self.depth += 1;
    }

    /// Closes the last one, if it is of this kind.
    fn pop(&mut self, bracket: u8) -> bool {
        let Some(depth) = self.depth.checked_sub(1) else { return false };
        let is_curly = self.are_curly[depth / 64] >> (depth % 64) & 1 == 1;
        if is_curly == (bracket == b'}') {
            self.depth = depth;
            return true;
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn skip(json: &str) -> Result<&str, Stop> {
        let mut scan = Scan::new(json.as_bytes());
        scan.skip_value()?;
        Ok(std::str::from_utf8(scan.rest()).unwrap())
    }

    #[test]
    fn values_are_stepped_over_at_any_depth() {
        assert_eq!(skip(r#" {"a]}":[1,{"b":"\"}"}]} rest"#), Ok(" rest"));
        assert_eq!(skip("12.5e+3,"), Ok(","));
        assert_eq!(skip("null"), Ok(""));
        let deep = "[{\"a\":".repeat(100_000) + "1" + &"}]".repeat(100_000) + "!";
        assert_eq!(skip(&deep), Ok("!"));
    }

    #[test]
    fn what_is_open_or_crossed_stops() {
        for open in ["", "[", "{\"a", "{\"a\":[1,2", "\"a\\"] {
            assert_eq!(skip(open), Err(Stop::CutOff), "{open}");
        }
        assert_eq!(skip("[{]}"), Err(Stop::Broken(2)));
        assert_eq!(skip("]"), Err(Stop::Broken(0)));
        assert_eq!(skip("[1,<html>]"), Err(Stop::Broken(3)));
        assert_eq!(skip(&("{[".repeat(40) + "}")), Err(Stop::Broken(80)));
    }
}
