//! Working out whole columns against the plainest way there is: a tree walked row by row.

use std::cmp::Ordering;

use proptest::prelude::*;
use statlens::analysis::Figure;

use crate::world::{Given, World, outcome};

/// More than one chunk, and not a whole number of them.
const ROWS: usize = 1_050;
const STATS: [&str; 3] = ["Kills", "Deaths", "Score.Best"];

#[derive(Clone, Debug)]
enum Tree {
    Int(u64),
    Real(f64),
    Text(String),
    Stat(usize),
    Unary(&'static str, Box<Tree>),
    Binary(&'static str, Box<Tree>, Box<Tree>),
    Call(&'static str, Vec<Tree>),
}

/// What a tree comes to. `None` is nothing.
#[derive(Clone, Debug, PartialEq)]
enum Value {
    Int(i128),
    Real(f64),
    Text(String),
}

impl Tree {
    /// With parentheses around everything.
    fn written(&self) -> String {
        match self {
            Self::Int(int) => int.to_string(),
            Self::Real(real) => format!("{real:?}"),
            Self::Text(text) => format!("\"{text}\""),
            Self::Stat(place) => format!("[{}]", STATS[*place]),
            Self::Unary(sign, operand) => format!("({sign} ({}))", operand.written()),
            Self::Binary(sign, left, right) => format!("(({}) {sign} ({}))", left.written(), right.written()),
            Self::Call(name, arguments) => {
                let arguments: Vec<String> = arguments.iter().map(Self::written).collect();
                format!("{name}({})", arguments.join(","))
            }
        }
    }

    fn value(&self, cells: &[Vec<Given>], row: usize) -> Option<Value> {
        match self {
            Self::Int(int) => Some(Value::Int((*int).into())),
            Self::Real(value) => real(*value),
            Self::Text(text) => Some(Value::Text(text.clone())),
            Self::Stat(place) => match &cells[*place][row] {
                Given::Number(text) => match text.parse::<i128>() {
                    Ok(int) => Some(Value::Int(int)),
                    Err(_) => real(text.parse().ok()?),
                },
                Given::Text(text) => Some(Value::Text(text.clone())),
                _ => None,
            },
            Self::Unary("-", operand) => match number(operand.value(cells, row)?)? {
                Value::Int(int) => Some(Value::Int(-int)),
                other => real(-double(&other)),
            },
            Self::Unary(_, operand) => Some(truth(double(&number(operand.value(cells, row)?)?) == 0.0)),
            Self::Binary(sign @ ("and" | "or"), left, right) => {
                let left = double(&number(left.value(cells, row)?)?) != 0.0;
                if left == (*sign == "or") {
                    return Some(truth(left));
                }
                Some(truth(double(&number(right.value(cells, row)?)?) != 0.0))
            }
            Self::Binary(sign, left, right) => {
                binary(sign, left.value(cells, row)?, right.value(cells, row)?)
            }
            Self::Call("if", arguments) => {
                let holds = double(&number(arguments[0].value(cells, row)?)?) != 0.0;
                arguments[if holds { 1 } else { 2 }].value(cells, row)
            }
            Self::Call(name, arguments) => {
                let values: Option<Vec<Value>> =
                    arguments.iter().map(|argument| number(argument.value(cells, row)?)).collect();
                call(name, &values?)
            }
        }
    }
}

fn real(value: f64) -> Option<Value> {
    if !value.is_finite() {
        None
    } else if value.fract() == 0.0 && value.abs() < 9_007_199_254_740_992.0 {
        Some(Value::Int(value as i128))
    } else {
        Some(Value::Real(value))
    }
}

fn number(value: Value) -> Option<Value> {
    (!matches!(value, Value::Text(_))).then_some(value)
}

fn double(value: &Value) -> f64 {
    match value {
        Value::Int(int) => *int as f64,
        Value::Real(real) => *real,
        Value::Text(_) => f64::NAN,
    }
}

fn truth(holds: bool) -> Value {
    Value::Int(holds.into())
}

fn order(left: &Value, right: &Value) -> Ordering {
    match (left, right) {
        (Value::Int(left), Value::Int(right)) => left.cmp(right),
        _ => double(left).partial_cmp(&double(right)).expect("numbers"),
    }
}

fn binary(sign: &str, left: Value, right: Value) -> Option<Value> {
    if let "=" | "!=" = sign {
        let same = match (&left, &right) {
            (Value::Text(left), Value::Text(right)) => left == right,
            (Value::Text(_), _) | (_, Value::Text(_)) => false,
            _ => order(&left, &right) == Ordering::Equal,
        };
        return Some(truth(same == (sign == "=")));
    }
    let (left, right) = (number(left)?, number(right)?);
    let (a, b) = (double(&left), double(&right));
    let ints = match (&left, &right) {
        (Value::Int(left), Value::Int(right)) => Some((*left, *right)),
        _ => None,
    };
    let exact =
        |value: Option<i128>, rounded: f64| value.map_or_else(|| real(rounded), |int| Some(Value::Int(int)));
    match sign {
        "+" => exact(ints.and_then(|(a, b)| a.checked_add(b)), a + b),
        "-" => exact(ints.and_then(|(a, b)| a.checked_sub(b)), a - b),
        "*" => exact(ints.and_then(|(a, b)| a.checked_mul(b)), a * b),
        "/" if b == 0.0 => None,
        "/" => exact(ints.filter(|(a, b)| a % b == 0).map(|(a, b)| a / b), a / b),
        "<" => Some(truth(order(&left, &right) == Ordering::Less)),
        "<=" => Some(truth(order(&left, &right) != Ordering::Greater)),
        ">" => Some(truth(order(&left, &right) == Ordering::Greater)),
        _ => Some(truth(order(&left, &right) != Ordering::Less)),
    }
}

fn call(name: &str, values: &[Value]) -> Option<Value> {
    let first = values[0].clone();
    let sum = || values[1..].iter().try_fold(first.clone(), |sum, next| binary("+", sum, next.clone()));
    match name {
        "abs" => match first {
            Value::Int(int) => Some(Value::Int(int.abs())),
            other => real(double(&other).abs()),
        },
        "round" => match first {
            Value::Int(int) => Some(Value::Int(int)),
            other => real(double(&other).round()),
        },
        "sqrt" => real(double(&first).sqrt()),
        "ln" => real(double(&first).ln()),
        "log" => real(double(&first).log10()),
        "min" => values.iter().cloned().min_by(order),
        "max" => values
            .iter()
            .cloned()
            .reduce(|best, next| if order(&next, &best) == Ordering::Greater { next } else { best }),
        "sum" => sum(),
        "mean" => binary("/", sum()?, Value::Int(values.len() as i128)),
        _ => {
            let mut sorted = values.to_vec();
            sorted.sort_by(order);
            let (low, high) = (sorted[(sorted.len() - 1) / 2].clone(), sorted[sorted.len() / 2].clone());
            if sorted.len() % 2 == 1 {
                Some(high)
            } else {
                binary("/", binary("+", low, high)?, Value::Int(2))
            }
        }
    }
}

fn any_cell() -> impl Strategy<Value = Given> {
    prop_oneof![
        1 => prop_oneof![Just(Given::NotAsked), Just(Given::Pending), Just(Given::NoValue), Just(Given::Failed)],
        4 => (-5i64..6).prop_map(|int| Given::Number(int.to_string())),
        2 => any::<i64>().prop_map(|int| Given::Number(int.to_string())),
        1 => (9_007_199_254_740_990i64..9_007_199_254_740_996).prop_map(|int| Given::Number(int.to_string())),
        2 => (-4f64..4.0).prop_map(|real| Given::Number(real.to_string())),
        1 => prop_oneof![Just("1e300"), Just("-0"), Just("2.0"), Just("1e-300")].prop_map(|text| Given::Number(text.into())),
        1 => prop_oneof![Just("Gold"), Just("Silver")].prop_map(|text| Given::Text(text.into())),
    ]
}

fn any_tree() -> impl Strategy<Value = Tree> {
    let leaf = prop_oneof![
        6 => (0..STATS.len()).prop_map(Tree::Stat),
        2 => (0u64..10).prop_map(Tree::Int),
        1 => any::<u64>().prop_map(Tree::Int),
        1 => (0f64..3.0).prop_map(Tree::Real),
        1 => prop_oneof![Just("Gold"), Just("x")].prop_map(|text| Tree::Text(text.into())),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        let boxed = inner.clone().prop_map(Box::new);
        let sign = prop_oneof![
            Just("+"), Just("-"), Just("*"), Just("/"), Just("="), Just("!="), Just("<"), Just("<="), Just(">"),
            Just(">="), Just("and"), Just("or"),
        ];
        let many = prop_oneof![Just("min"), Just("max"), Just("sum"), Just("mean"), Just("median")];
        let one = prop_oneof![Just("abs"), Just("round"), Just("sqrt"), Just("ln"), Just("log")];
        prop_oneof![
            4 => (sign, boxed.clone(), boxed.clone()).prop_map(|(sign, left, right)| Tree::Binary(sign, left, right)),
            1 => (prop_oneof![Just("-"), Just("not")], boxed).prop_map(|(sign, operand)| Tree::Unary(sign, operand)),
            1 => (many, prop::collection::vec(inner.clone(), 1..4)).prop_map(|(name, all)| Tree::Call(name, all)),
            1 => (one, inner.clone()).prop_map(|(name, argument)| Tree::Call(name, vec![argument])),
            1 => prop::collection::vec(inner, 3).prop_map(|all| Tree::Call("if", all)),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn whole_columns_come_to_what_a_plain_interpreter_says(
        tree in any_tree(),
        few in prop::collection::vec(prop::collection::vec(any_cell(), 7), STATS.len()),
    ) {
        let cells: Vec<Vec<Given>> =
            few.iter().map(|few| few.iter().cycle().take(ROWS).cloned().collect()).collect();
        let stats: Vec<(&str, Vec<Given>)> = STATS.into_iter().zip(cells.clone()).collect();
        let text = tree.written();
        let world = World::new(&stats).with("it", &text).with("copy", "it");
        let derived = world.derived();
        if derived.error(0).is_some() {
            // A text beside an operator is refused before anything runs.
            prop_assert!(text.contains('"'), "{}: {:?}", text, derived.error(0));
            return Ok(());
        }
        for row in (0..7).chain(ROWS - 30..ROWS) {
            let expected = tree.value(&cells, row);
            let column = derived.get(0).expect("worked out");
            let found = match (column.figure(row), column.text(row)) {
                (Some(Figure::Int(int)), _) => Some(Value::Int(int)),
                (Some(Figure::Real(real)), _) => Some(Value::Real(real)),
                (None, Some(text)) => Some(Value::Text(text.to_owned())),
                (None, None) => None,
            };
            prop_assert_eq!(&found, &expected, "{} in row {}", text, row);
            prop_assert_eq!(derived.why(0, row, &world.table).is_none(), expected.is_some());
            prop_assert!(!column.numbers()[row].is_infinite());
            prop_assert_eq!(outcome(&derived, &world.table, 1, row), outcome(&derived, &world.table, 0, row));
            let copy = derived.get(1).expect("worked out");
            prop_assert_eq!(copy.figure(row), column.figure(row));
            prop_assert_eq!(copy.text(row), column.text(row));
        }
    }
}
