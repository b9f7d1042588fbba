//! Every cell is accounted for, whatever the service does.

use proptest::prelude::*;
use serde_json::{Value, json};
use statlens::{
    engine::{EngineConfig, Limits},
    model::Cell,
};

use crate::{
    desk::{Desk, column, config, words, xuids},
    support::{Reply, Server, user},
};

/// What a hostile service does with one user of an answer.
#[derive(Clone, Copy, Debug)]
enum Treatment {
    Right,
    Dropped,
    Empty,
    Doubled,
    Broken,
    BrokenStat,
    OtherType,
}

fn treatment() -> impl Strategy<Value = Treatment> {
    use Treatment::{Broken, BrokenStat, Doubled, Dropped, Empty, OtherType, Right};
    prop::sample::select(vec![Right, Right, Dropped, Empty, Doubled, Broken, BrokenStat, OtherType])
}

fn treated(xuid: u64, treatment: Treatment) -> Vec<Value> {
    let right = user(xuid, "s", &[("Kills", json!(xuid.to_string())), ("Wins", json!(xuid))]);
    match treatment {
        Treatment::Right => vec![right],
        Treatment::Dropped => vec![],
        Treatment::Empty => vec![json!({"xuid": xuid.to_string(), "scids": []})],
        Treatment::Doubled => vec![right.clone(), right],
        Treatment::Broken => vec![json!({"xuid": xuid.to_string(), "scids": "none of your business"})],
        Treatment::BrokenStat => {
            vec![
                json!({"xuid": xuid, "scids": [{"scid": "s", "stats": [{"statname": "Kills", "value": "1"}, 7]}]}),
            ]
        }
        Treatment::OtherType => {
            vec![user(xuid, "s", &[("Kills", json!({"deep": [1]})), ("Wins", json!(true))])]
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_cell_is_accounted_for(
        treatments in prop::collection::vec(treatment(), 1..40),
        statuses in prop::collection::vec(prop::sample::select(vec![200_u16, 200, 200, 403, 500, 429]), 1..8),
        users_per_request in 1_usize..20,
        reversed: bool,
    ) {
        let plan = treatments.clone();
        let server = Server::start(move |request| {
            if !request.is_batch() {
                return Reply::Body(404, String::new());
            }
            let asked = request.users();
            let status = statuses[asked[0] as usize % statuses.len()];
            if status != 200 {
                return Reply::Body(status, String::new());
            }
            let mut users: Vec<Value> =
                asked.iter().flat_map(|xuid| treated(*xuid, plan[*xuid as usize])).collect();
            if reversed {
                users.reverse();
            }
            Reply::json(&json!({ "users": users }))
        });
        let limits = Limits { users_per_request, ..Limits::default() };
        let (mut desk, _) = Desk::start(EngineConfig { limits, ..config(None, &server.url()) });
        let columns = [column("s", "Kills"), column("s", "Wins")];
        let live = desk.fetch(&xuids(0..treatments.len() as u64), &columns);
        let table = live.table();
        let counts = table.counts();
        prop_assert_eq!(counts.values + counts.no_value + counts.failed, treatments.len() * 2);
        for (row, treatment) in treatments.iter().enumerate() {
            if matches!(table.cell(row, 1), Cell::Failed(failure) if failure.status != Some(200)) {
                continue;
            }
            let number = row.to_string();
            let expected = match treatment {
                Treatment::Right | Treatment::Doubled => [number.as_str(), number.as_str()],
                Treatment::Dropped | Treatment::Empty => ["-", "-"],
                Treatment::Broken => ["!", "!"],
                Treatment::BrokenStat => ["1", "!"],
                Treatment::OtherType => ["{\"deep\":[1]}", "true"],
            };
            prop_assert_eq!(&words(table)[row], &expected, "{:?} in row {}", treatment, row);
        }
    }
}
