//! From tokens to steps, by precedence climbing.

use std::{ops::Range, sync::Arc};

use super::{
    Formula, FormulaError, suggest,
    syntax::{Binary, COMPARISON, Function, NOT, Name, SIGN, Step},
    token::{Spanned, Token, tokens},
};
use crate::analysis::Figure;

/// How deep parentheses, calls and signs may stand in each other.
const MOST_DEEP: usize = 64;
/// How many numbers, names and operations a formula may have.
const MOST_STEPS: usize = 1000;
/// How many bytes a formula may have.
pub(super) const MOST_BYTES: usize = 1 << 14;
/// The most decimals to which `round` rounds.
pub(super) const MOST_DECIMALS: i128 = 15;

/// Reads a formula.
pub(super) fn parse(text: &str) -> Result<Formula, FormulaError> {
    if text.len() > MOST_BYTES {
        let message = format!(
            "the formula is too long: it may have {MOST_BYTES} characters. Make two formulas, and let one use \
             the other by its name"
        );
        return Err(FormulaError::new(text, 0..0, message));
    }
    let (tokens, broken) = tokens(text);
    let mut parser = Parser {
        text,
        tokens,
        broken,
        at: 0,
        depth: 0,
        steps: Vec::new(),
        spans: Vec::new(),
        names: Vec::new(),
    };
    parser.expression(0)?;
    if let Some(found) = parser.next_token() {
        return Err(parser.unexpected_after_operand(&found));
    }
    if let Some(broken) = parser.broken {
        return Err(broken);
    }
    Ok(Formula { text: text.into(), steps: parser.steps, spans: parser.spans, names: parser.names })
}

struct Parser<'a> {
    text: &'a str,
    tokens: Vec<Spanned>,
    /// Why there are no further tokens, when that is not the end of the text.
    broken: Option<FormulaError>,
    at: usize,
    depth: usize,
    steps: Vec<Step>,
    spans: Vec<Range<usize>>,
    names: Vec<Name>,
}

/// What was read: which steps, and with which bytes it is written.
struct Operand {
    first_step: usize,
    span: Range<usize>,
}

type Read<T> = Result<T, FormulaError>;

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|spanned| &spanned.token)
    }

    fn next_token(&mut self) -> Option<Spanned> {
        let token = self.tokens.get(self.at).cloned();
        self.at += usize::from(token.is_some());
        token
    }

    fn accept(&mut self, token: &Token) -> Option<Range<usize>> {
        (self.peek() == Some(token)).then(|| self.next_token())?.map(|spanned| spanned.span)
    }

    fn error(&self, span: Range<usize>, message: impl Into<String>) -> FormulaError {
        FormulaError::new(self.text, span, message)
    }

    fn push(&mut self, step: Step, span: Range<usize>) -> Read<()> {
        if self.steps.len() == MOST_STEPS {
            let message = format!(
                "the formula is too long: it may have {MOST_STEPS} numbers, names and operations. Make two \
                 formulas, and let one use the other by its name"
            );
            return Err(self.error(span, message));
        }
        self.steps.push(step);
        self.spans.push(span);
        Ok(())
    }

    /// Reads an operand and all operators behind it that bind at least so tightly.
    fn expression(&mut self, least: u8) -> Read<Operand> {
        let mut left = self.operand()?;
        while let Some(&Token::Operator(binary)) = self.peek() {
            let precedence = binary.precedence();
            if precedence < least {
                break;
            }
            let sign = self.tokens[self.at].span.clone();
            self.at += 1;
            let right = self.expression(precedence + 1)?;
            if !binary.takes_text() {
                self.refuse_text(&left, binary.sign())?;
                self.refuse_text(&right, binary.sign())?;
            }
            left = Operand { first_step: left.first_step, span: left.span.start..right.span.end };
            self.push(Step::Binary(binary), left.span.clone())?;
            if precedence == COMPARISON {
                self.refuse_chain(&sign)?;
            }
        }
        Ok(left)
    }

    /// `a < b < c` means something else than people expect, so it means nothing.
    fn refuse_chain(&self, first: &Range<usize>) -> Read<()> {
        match self.tokens.get(self.at) {
            Some(Spanned { token: Token::Operator(next), span }) if next.precedence() == COMPARISON => {
                let first = &self.text[first.clone()];
                let message = format!(
                    "comparisons do not chain: write a {first} b and b {} c, or put one in parentheses",
                    next.sign()
                );
                Err(self.error(span.clone(), message))
            }
            _ => Ok(()),
        }
    }

    fn refuse_text(&self, operand: &Operand, sign: &str) -> Read<()> {
        // Parentheses around a text make no number of it.
        let bare = self.text[operand.span.clone()]
            .trim_matches(|c: char| c.is_whitespace() || matches!(c, '(' | ')'));
        let is_text = matches!(self.steps.get(operand.first_step), Some(Step::Text(_)))
            && self.text[self.spans[operand.first_step].clone()] == *bare;
        if !is_text {
            return Ok(());
        }
        let message =
            format!("expected a number beside {sign}, found a text: texts can be compared with = and !=");
        Err(self.error(operand.span.clone(), message))
    }

    fn deeper<T>(&mut self, span: &Range<usize>, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        if self.depth == MOST_DEEP {
            let message = format!(
                "this stands too deep: parentheses, calls and signs may stand {MOST_DEEP} deep in each other"
            );
            return Err(self.error(span.clone(), message));
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    fn operand(&mut self) -> Read<Operand> {
        let first_step = self.steps.len();
        let Some(Spanned { token, span }) = self.next_token() else { return Err(self.missing_operand()) };
        let operand = |span| Operand { first_step, span };
        match token {
            Token::Number(figure) => {
                self.push(Step::Number(figure), span.clone())?;
                Ok(operand(span))
            }
            Token::Text(text) => {
                self.push(Step::Text(text), span.clone())?;
                Ok(operand(span))
            }
            Token::Word(word) if self.peek() == Some(&Token::Open) => self.call(&word, &span).map(operand),
            Token::Word(name) | Token::Bracketed(name) => self.name(name, span).map(operand),
            Token::Operator(Binary::Subtract) => self.prefix(Step::Negate, SIGN, span).map(operand),
            Token::Operator(Binary::Add) => {
                let inner = self.deeper(&span, |parser| parser.expression(SIGN))?;
                self.refuse_text(&inner, Binary::Add.sign())?;
                Ok(operand(span.start..inner.span.end))
            }
            Token::Not => self.prefix(Step::Not, NOT, span).map(operand),
            Token::Open => {
                self.deeper(&span, |parser| parser.expression(0))?;
                let close = self.close(&span)?;
                Ok(operand(span.start..close.end))
            }
            Token::Operator(_) | Token::Close | Token::Comma | Token::Of => {
                let found = &self.text[span.clone()];
                let message = format!("expected a stat, a number or a function here, found {found}");
                Err(self.error(span, message))
            }
        }
    }

    fn prefix(&mut self, step: Step, tightness: u8, sign: Range<usize>) -> Read<Range<usize>> {
        let inner = self.deeper(&sign, |parser| parser.expression(tightness))?;
        self.refuse_text(&inner, &self.text[sign.clone()])?;
        let span = sign.start..inner.span.end;
        self.push(step, span.clone())?;
        Ok(span)
    }

    fn missing_operand(&mut self) -> FormulaError {
        let end = self.text.trim_end().len();
        self.broken.take().unwrap_or_else(|| {
            let message = if end == 0 {
                "the formula is empty: write for example Kills / Deaths"
            } else {
                "expected a stat, a number or a function here, and the formula ends"
            };
            FormulaError::new(self.text, end..end, message)
        })
    }

    fn close(&mut self, open: &Range<usize>) -> Read<Range<usize>> {
        if let Some(close) = self.accept(&Token::Close) {
            return Ok(close);
        }
        match self.next_token() {
            Some(found) => Err(self.unexpected_after_operand(&found)),
            None => Err(self.broken.take().unwrap_or_else(|| {
                FormulaError::new(
                    self.text,
                    open.clone(),
                    "this parenthesis is never closed: write ) behind it",
                )
            })),
        }
    }

    fn unexpected_after_operand(&self, found: &Spanned) -> FormulaError {
        let written = &self.text[found.span.clone()];
        let message = match found.token {
            Token::Close => "this parenthesis was never opened".to_owned(),
            Token::Comma => "a comma stands only between the arguments of a function".to_owned(),
            Token::Of => "two colons stand only between a title and its stat: Title::Stat".to_owned(),
            Token::Word(_) | Token::Bracketed(_) => format!(
                "expected an operator such as + or / before {written}. A name with spaces is written in brackets"
            ),
            _ => format!("expected an operator such as + or / here, found {written}"),
        };
        self.error(found.span.clone(), message)
    }

    fn name(&mut self, first: Arc<str>, span: Range<usize>) -> Read<Range<usize>> {
        let (name, span) = match self.accept(&Token::Of) {
            None => (Name { title: None, stat: first }, span),
            Some(of) => match self.next_token() {
                Some(Spanned { token: Token::Word(stat) | Token::Bracketed(stat), span: end }) => {
                    (Name { title: Some(first), stat }, span.start..end.end)
                }
                Some(found) => return Err(self.error(found.span, "expected the name of a stat behind ::")),
                None => {
                    let missing = self.error(of.end..of.end, "expected the name of a stat behind ::");
                    return Err(self.broken.take().unwrap_or(missing));
                }
            },
        };
        let place = self.names.iter().position(|known| *known == name).unwrap_or_else(|| {
            self.names.push(name);
            self.names.len() - 1
        });
        self.push(Step::Name(place), span.clone())?;
        Ok(span)
    }

    fn call(&mut self, word: &str, span: &Range<usize>) -> Read<Range<usize>> {
        let Some(function) = Function::from_name(word) else { return Err(self.unknown_function(word, span)) };
        // The caller saw the parenthesis.
        let open = self.next_token().map_or(span.clone(), |open| open.span);
        let mut arguments = Vec::new();
        if self.peek() != Some(&Token::Close) {
            loop {
                arguments.push(self.deeper(span, |parser| parser.expression(0))?);
                if self.accept(&Token::Comma).is_none() {
                    break;
                }
            }
        }
        let close = self.close(&open)?;
        let whole = span.start..close.end;
        if !function.arguments().contains(&arguments.len()) {
            let message = format!("{} is called so: {}", function.name(), function.usage());
            return Err(self.error(whole, message));
        }
        self.check_arguments(function, &arguments)?;
        self.push(Step::Call(function, arguments.len()), whole.clone())?;
        Ok(whole)
    }

    fn check_arguments(&self, function: Function, arguments: &[Operand]) -> Read<()> {
        let numbers = if function == Function::If { &arguments[..1] } else { arguments };
        for argument in numbers {
            self.refuse_text(argument, function.name())?;
        }
        if function == Function::Round
            && let Some(decimals) = arguments.get(1)
        {
            let is_fine =
                matches!(self.steps[decimals.first_step..], [Step::Number(Figure::Int(0..=MOST_DECIMALS))]);
            if !is_fine {
                let message = format!("the decimals of round are a number from 0 to {MOST_DECIMALS}");
                return Err(self.error(decimals.span.clone(), message));
            }
        }
        Ok(())
    }

    fn unknown_function(&self, word: &str, span: &Range<usize>) -> FormulaError {
        let names = Function::ALL.map(Function::name);
        match suggest::nearest(word, names.iter().copied()) {
            Some(near) => self
                .error(span.clone(), format!("there is no function {word}. Was {near} meant?"))
                .replaced_by(near),
            None => self
                .error(span.clone(), format!("there is no function {word}. There are {}", names.join(", "))),
        }
    }
}
