//! What a formula comes to, row by row.

use std::{collections::HashMap, sync::Arc};

use super::scalar::{Scalar, real_figure};
use crate::analysis::{Figure, moments::EXACT_LIMIT};

/// Stands for no text.
const NO_TEXT: u32 = u32::MAX;

/// The outcome in each row: 8 bytes where it is a number that a double holds, or nothing.
#[derive(Clone, Debug, Default)]
pub(super) struct Lanes {
    /// NaN where there is no number.
    numbers: Vec<f64>,
    /// The integers beyond what a double holds, by row.
    large: Vec<(u32, i128)>,
    /// For each row its text's place in `pool`. Empty when no row has one.
    texts: Vec<u32>,
    pool: Vec<Arc<str>>,
    places: HashMap<Arc<str>, u32>,
}

impl Lanes {
    pub(super) fn new(numbers: Vec<f64>) -> Self {
        Self { numbers, ..Self::default() }
    }

    pub(super) fn numbers(&self) -> &[f64] {
        &self.numbers
    }

    /// Notes an outcome that a double cannot hold. Rows must come in order.
    pub(super) fn set(&mut self, row: u32, scalar: Scalar<'_>) {
        match scalar {
            Scalar::Figure(Figure::Int(int)) => self.large.push((row, int)),
            Scalar::Text(text) => self.set_text(row as usize, text),
            Scalar::Figure(Figure::Real(_)) | Scalar::Nothing(_) => {}
        }
    }

    fn set_text(&mut self, row: usize, text: &str) {
        let place = self.places.get(text).copied().unwrap_or_else(|| {
            let shared: Arc<str> = text.into();
            let place = self.pool.len() as u32;
            self.pool.push(shared.clone());
            self.places.insert(shared, place);
            place
        });
        if self.texts.is_empty() {
            self.texts = vec![NO_TEXT; self.numbers.len()];
        }
        self.texts[row] = place;
    }

    pub(super) fn figure(&self, row: usize) -> Option<Figure> {
        let number = *self.numbers.get(row)?;
        if number.abs() < EXACT_LIMIT {
            return real_figure(number);
        }
        let known = u32::try_from(row)
            .ok()
            .and_then(|row| self.large.binary_search_by_key(&row, |(row, _)| *row).ok());
        match known {
            Some(place) => Some(Figure::Int(self.large[place].1)),
            None => real_figure(number),
        }
    }

    pub(super) fn text(&self, row: usize) -> Option<&str> {
        let place = *self.texts.get(row)?;
        self.pool.get(place as usize).map(|text| &**text)
    }

    pub(super) fn has_large(&self) -> bool {
        !self.large.is_empty()
    }
}
