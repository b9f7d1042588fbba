//! Running code over all rows of a table: doubles in chunks, and row by row where that is not exact.
//!
//! A chunk is worked out in doubles, an operation at a time. A row in which anything reached
//! [`EXACT_LIMIT`], or where a text takes part, is worked out again by itself (`scalar`). Below
//! that limit doubles reckon with integers exactly, so both ways agree.

use rayon::prelude::*;

use super::{
    Derived,
    lanes::Lanes,
    program::{Code, Op, Source},
    scalar::{self, Missing, Scalar, Stepped, Why, is_base, log, round, round_scale},
    syntax::{Binary, Function},
};
use crate::{
    analysis::{Figure, moments::EXACT_LIMIT},
    model::{Cell, Column, StatTable},
};

/// How many rows are worked out together: small enough that all values held stay in the cache.
const CHUNK: usize = 1024;
/// How many rows a thread takes at once: a whole number of chunks.
const STRETCH: usize = 16 * CHUNK;

type Lane = [f64; CHUNK];

/// What code reads.
#[derive(Clone, Copy)]
pub(super) struct Rows<'a> {
    pub(super) table: &'a StatTable,
    /// The formulas that are worked out already.
    pub(super) formulas: &'a [Option<Derived>],
    /// The stages of the same program that are worked out already.
    pub(super) stages: &'a [Vec<f64>],
}

/// Works out all rows, on all cores.
pub(super) fn run(code: &Code, rows: Rows<'_>) -> Lanes {
    let mut numbers = vec![0.0; rows.table.rows().len()];
    let parts = numbers.par_chunks_mut(STRETCH).enumerate();
    let beyond: Vec<Vec<(u32, Scalar<'_>)>> =
        parts.map(|(place, numbers)| run_stretch(code, rows, place * STRETCH, numbers)).collect();
    let mut lanes = Lanes::new(numbers);
    for (row, scalar) in beyond.into_iter().flatten() {
        lanes.set(row, scalar);
    }
    lanes
}

/// Works out the rows from `first` on into `numbers`. Returns, in order, what a double cannot hold.
fn run_stretch<'a>(
    code: &'a Code,
    rows: Rows<'a>,
    first: usize,
    numbers: &mut [f64],
) -> Vec<(u32, Scalar<'a>)> {
    let mut chunk = Chunk {
        rows,
        sees_texts: code.sees_texts(),
        start: 0,
        length: 0,
        held: vec![[0.0; CHUNK]; code.stack_size()],
        top: 0,
        again: [false; CHUNK],
    };
    let (mut beyond, mut stack) = (Vec::new(), Vec::new());
    for (place, numbers) in numbers.chunks_mut(CHUNK).enumerate() {
        let start = first + place * CHUNK;
        chunk.run(code, start, numbers.len());
        for (number, result) in numbers.iter_mut().zip(chunk.result()) {
            // Adding zero turns −0 into 0.
            *number = result + 0.0;
        }
        for place in (0..numbers.len()).filter(|place| chunk.again[*place]) {
            let scalar = row(code, rows, start + place, &mut stack).0;
            numbers[place] = match scalar {
                Scalar::Figure(figure) => figure.as_f64(),
                Scalar::Text(_) | Scalar::Nothing(_) => f64::NAN,
            };
            if matches!(scalar, Scalar::Text(_)) || numbers[place].abs() >= EXACT_LIMIT {
                // A table has fewer than 2^32 rows.
                beyond.push(((start + place) as u32, scalar));
            }
        }
    }
    beyond
}

/// Works out one row exactly. Returns the outcome and the operation that it is of.
pub(super) fn row<'a>(
    code: &'a Code,
    rows: Rows<'a>,
    row: usize,
    stack: &mut Vec<Stepped<'a>>,
) -> Stepped<'a> {
    stack.clear();
    for (step, op) in code.ops.iter().enumerate() {
        let nothing = (Scalar::Nothing(Missing { why: Why::Operand, step }), step);
        let mut pop = || stack.pop().unwrap_or(nothing);
        let scalar = match op {
            Op::Number(figure) => Scalar::Figure(*figure),
            Op::Text(text) => Scalar::Text(text),
            Op::Load(source) => load(*source, rows, row).unwrap_or(nothing.0),
            Op::Negate => scalar::negate(pop(), step),
            Op::Not => scalar::not(pop()),
            Op::Binary(binary) => {
                let right = pop();
                let left = pop();
                scalar::binary(*binary, left, right, step)
            }
            Op::Call(function, count) => {
                let first = stack.len().saturating_sub(*count);
                let scalar = scalar::call(*function, &stack[first..], step);
                stack.truncate(first);
                scalar
            }
        };
        stack.push((scalar, step));
    }
    stack.pop().unwrap_or((Scalar::Nothing(Missing { why: Why::Operand, step: 0 }), 0))
}

fn load(source: Source, rows: Rows<'_>, row: usize) -> Option<Scalar<'_>> {
    match source {
        Source::NotFetched => None,
        Source::Column(column) => match rows.table.cell(row, column) {
            Cell::Value(value) => Some(Figure::of(&value).map_or(Scalar::Text(value.text), Scalar::Figure)),
            _ => None,
        },
        Source::Formula(place) => {
            let lanes = &rows.formulas.get(place)?.as_ref()?.lanes;
            lanes.figure(row).map(Scalar::Figure).or_else(|| lanes.text(row).map(Scalar::Text))
        }
        Source::Stage(place) => scalar::real_figure(*rows.stages.get(place)?.get(row)?).map(Scalar::Figure),
    }
}

/// Some rows on their way through the code.
struct Chunk<'a> {
    rows: Rows<'a>,
    sees_texts: bool,
    start: usize,
    length: usize,
    /// The values held, `top` of them.
    held: Vec<Lane>,
    top: usize,
    /// The rows that must be worked out again, one by one.
    again: [bool; CHUNK],
}

impl Chunk<'_> {
    fn result(&self) -> &[f64] {
        self.held.first().map_or(&[], |lane| &lane[..self.length])
    }

    fn run(&mut self, code: &Code, start: usize, length: usize) {
        (self.start, self.length, self.top) = (start, length, 0);
        self.again[..length].fill(false);
        for op in &code.ops {
            match op {
                Op::Number(figure) => self.constant(figure.as_f64()),
                Op::Text(_) => {
                    self.again[..length].fill(true);
                    self.push().fill(f64::NAN);
                }
                Op::Load(source) => self.load(*source),
                Op::Negate => self.map(|x| -x),
                Op::Not => self.map(|x| if x.is_nan() { x } else { truth(x == 0.0) }),
                Op::Binary(binary) => self.binary(*binary),
                Op::Call(function, count) => self.call(*function, *count),
            }
        }
    }

    fn push(&mut self) -> &mut [f64] {
        self.top += 1;
        &mut self.held[self.top - 1][..self.length]
    }

    fn constant(&mut self, number: f64) {
        if number.abs() >= EXACT_LIMIT {
            self.again[..self.length].fill(true);
        }
        self.push().fill(number);
    }

    fn load(&mut self, source: Source) {
        let range = self.start..self.start + self.length;
        let rows = self.rows;
        let numbers = match source {
            Source::NotFetched => None,
            Source::Column(place) => rows.table.columns().get(place).map(Column::numbers),
            Source::Formula(place) => {
                rows.formulas.get(place).and_then(Option::as_ref).map(|derived| derived.lanes.numbers())
            }
            Source::Stage(place) => rows.stages.get(place).map(Vec::as_slice),
        };
        let Some(numbers) = numbers.and_then(|numbers| numbers.get(range)) else {
            return self.push().fill(f64::NAN);
        };
        self.push().copy_from_slice(numbers);
        for (place, number) in numbers.iter().enumerate() {
            self.again[place] |= number.abs() >= EXACT_LIMIT;
        }
        if self.sees_texts {
            for place in (0..numbers.len()).filter(|place| numbers[*place].is_nan()) {
                self.again[place] |= matches!(load(source, rows, self.start + place), Some(Scalar::Text(_)));
            }
        }
    }

    /// Makes the topmost value another.
    fn map(&mut self, operation: impl Fn(f64) -> f64) {
        let again = &mut self.again[..self.length];
        for (x, again) in self.held[self.top - 1][..self.length].iter_mut().zip(again) {
            *x = operation(*x);
            *again |= x.abs() >= EXACT_LIMIT;
        }
    }

    /// Makes one of the value at `left` and that at `right`, above it. It stands at `left`.
    fn zip(&mut self, left: usize, right: usize, operation: impl Fn(f64, f64) -> f64) {
        let (below, above) = self.held.split_at_mut(right);
        let pairs = below[left][..self.length].iter_mut().zip(&above[0][..self.length]);
        for ((left, right), again) in pairs.zip(&mut self.again[..self.length]) {
            *left = operation(*left, *right);
            *again |= left.abs() >= EXACT_LIMIT;
        }
    }

    fn binary(&mut self, binary: Binary) {
        self.top -= 1;
        let (left, right) = (self.top - 1, self.top);
        match binary {
            Binary::Add => self.zip(left, right, |a, b| a + b),
            Binary::Subtract => self.zip(left, right, |a, b| a - b),
            Binary::Multiply => self.zip(left, right, |a, b| a * b),
            Binary::Divide => self.zip(left, right, |a, b| if b == 0.0 { f64::NAN } else { a / b }),
            Binary::Equal => self.zip(left, right, |a, b| compared(a, b, a == b)),
            Binary::NotEqual => self.zip(left, right, |a, b| compared(a, b, a != b)),
            Binary::Less => self.zip(left, right, |a, b| compared(a, b, a < b)),
            Binary::AtMost => self.zip(left, right, |a, b| compared(a, b, a <= b)),
            Binary::Greater => self.zip(left, right, |a, b| compared(a, b, a > b)),
            Binary::AtLeast => self.zip(left, right, |a, b| compared(a, b, a >= b)),
            Binary::And => {
                self.zip(left, right, |a, b| if a == 0.0 { 0.0 } else { compared(a, b, b != 0.0) });
            }
            Binary::Or => {
                self.zip(
                    left,
                    right,
                    |a, b| {
                        if a != 0.0 && !a.is_nan() { 1.0 } else { compared(a, b, b != 0.0) }
                    },
                );
            }
        }
    }

    fn call(&mut self, function: Function, count: usize) {
        let base = self.top - count;
        self.top = base + 1;
        let others = base + 1..base + count;
        match function {
            Function::If => self.choose(base),
            Function::Abs => self.map(f64::abs),
            Function::Sqrt => self.map(|x| if x < 0.0 { f64::NAN } else { x.sqrt() }),
            Function::Ln => self.map(|x| if x > 0.0 { x.ln() } else { f64::NAN }),
            Function::Log if count == 1 => self.map(|x| if x > 0.0 { x.log10() } else { f64::NAN }),
            Function::Log => {
                self.zip(
                    base,
                    base + 1,
                    |x, base| {
                        if x > 0.0 && is_base(base) { log(x, base) } else { f64::NAN }
                    },
                );
            }
            Function::Round => {
                // The decimals are the same number in all rows.
                let scale = if count == 2 { round_scale(self.held[base + 1][0]) } else { 1.0 };
                self.map(|x| round(x, scale));
            }
            Function::Min => self.fold(base, others, |a, b| if b < a || b.is_nan() { b } else { a }),
            Function::Max => self.fold(base, others, |a, b| if b > a || b.is_nan() { b } else { a }),
            Function::Sum => self.fold(base, others, |a, b| a + b),
            Function::Mean => {
                self.fold(base, others, |a, b| a + b);
                self.map(|sum| sum / count as f64);
            }
            Function::Median => self.median(base, count),
            // These are stages, never calls.
            Function::Rank | Function::Percentile => self.map(|_| f64::NAN),
        }
    }

    fn fold(&mut self, base: usize, others: std::ops::Range<usize>, operation: impl Fn(f64, f64) -> f64) {
        for other in others {
            self.zip(base, other, &operation);
        }
    }

    fn choose(&mut self, base: usize) {
        let [condition, then, otherwise, ..] = &mut self.held[base..] else { return };
        for place in 0..self.length {
            let held = condition[place];
            condition[place] = if held.is_nan() {
                held
            } else if held == 0.0 {
                otherwise[place]
            } else {
                then[place]
            };
        }
    }

    fn median(&mut self, base: usize, count: usize) {
        let mut numbers = vec![0.0; count];
        for place in 0..self.length {
            for (number, lane) in numbers.iter_mut().zip(&self.held[base..base + count]) {
                *number = lane[place];
            }
            numbers.sort_unstable_by(f64::total_cmp);
            let (low, high) = (numbers[(count - 1) / 2], numbers[count / 2]);
            let both = low + high;
            self.again[place] |= both.abs() >= EXACT_LIMIT;
            self.held[base][place] = if numbers.iter().any(|number| number.is_nan()) {
                f64::NAN
            } else if count % 2 == 1 {
                high
            } else {
                both / 2.0
            };
        }
    }
}

fn truth(holds: bool) -> f64 {
    f64::from(u8::from(holds))
}

fn compared(a: f64, b: f64, holds: bool) -> f64 {
    if a.is_nan() || b.is_nan() { f64::NAN } else { truth(holds) }
}
