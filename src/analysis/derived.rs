/// What a formula came to for each row of a table: what [`View`](super::View) takes for a derived
/// column.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Derived {
    /// The name of the column.
    pub name: String,
    /// For each row of the table the number, finite; NaN for none.
    pub numbers: Vec<f64>,
    /// For each row the place in `reasons` of why there is no number. Not read where there is one.
    pub why: Vec<u8>,
    /// Why a number may be missing, in words for the user: one sentence each without the final stop.
    pub reasons: Vec<String>,
}

impl Derived {
    /// Why a row has no number.
    #[must_use]
    pub fn reason(&self, row: usize) -> &str {
        let place = self.why.get(row).copied().unwrap_or_default();
        self.reasons.get(usize::from(place)).map_or("It cannot be worked out", String::as_str)
    }
}
