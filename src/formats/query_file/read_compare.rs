use toml_edit::TableLike;

use crate::{
    formats::toml::{Read, Reader},
    model::Compare,
};

const COMPARE_KEYS: [&str; 4] = ["columns", "reference", "beside", "profile"];

impl Reader<'_> {
    pub(super) fn compare(&mut self, root: &dyn TableLike) -> Read<Compare> {
        let Some(item) = root.get("compare") else { return Ok(Compare::default()) };
        let Some(table) = item.as_table_like() else {
            return Err(self.wrong(item, "compare", "a table: write [compare]"));
        };
        self.warn_of_slips(table, &COMPARE_KEYS);
        let mut compare = Compare {
            contestants: self.known(table, "columns")?,
            reference: self.one(table, "reference"),
            beside: self.one(table, "beside").unwrap_or_default(),
            profile: self.known(table, "profile")?,
        };
        let left_out = compare.tidy();
        if left_out > 0 {
            let line = self.line(table.get("columns"));
            self.warnings.push(format!(
                "Line {line}: nobody is compared twice, and eight are the most: {left_out} of “columns” \
                 not shown"
            ));
        }
        Ok(compare)
    }
}
