//! Formulas, as they are typed and as a query file holds them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use statlens::{
    analysis::formula::{Formula, Names, check, complete},
    model::{DerivedColumn, Query, QueryTitle, Scid, StatDictionary, StatName},
};

fuzz_target!(|text: &str| {
    let names = names();
    match Formula::parse(text) {
        Ok(formula) => {
            let plain = formula.to_string();
            let again = Formula::parse(&plain).unwrap_or_else(|error| panic!("{plain}: {error}"));
            assert_eq!(formula, again, "{plain}");
            assert_eq!(again.to_string(), plain, "spacing is plain once it is");
        }
        Err(error) => {
            assert!(text.get(error.span.clone()).is_some(), "{error:?}");
            assert!(error.column >= 1 && error.column <= text.chars().count() + 1, "{error:?}");
            assert!(!error.message.is_empty());
        }
    }
    if let Err(error) = check(text, &names) {
        assert!(text.get(error.span.clone()).is_some(), "{error:?}");
    }
    for cursor in [0, text.len() / 2, text.len()] {
        for offer in complete(text, cursor, &names) {
            assert!(text.get(offer.replaces.clone()).is_some(), "{offer:?}");
        }
    }
});

fn names() -> Names {
    let title = |name: &str, scid: &str, stats: &[&str]| QueryTitle {
        name: name.into(),
        scid: Scid::from_wire(scid),
        title_id: None,
        stats: stats.iter().map(|stat| StatName::from_wire(stat)).collect(),
    };
    let mut query = Query {
        titles: vec![
            title("Iron Meridian", "a", &["Kills", "Deaths", "Enemies.Weapon.17"]),
            title("Halcyon", "b", &["Kills", "Laps"]),
        ],
        ..Query::default()
    };
    query.view.derived.push(DerivedColumn { name: "K/D".into(), formula: "Kills / Deaths".into() });
    Names::new(&query, &StatDictionary::default())
}
