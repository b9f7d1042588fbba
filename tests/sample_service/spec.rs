//! The text form of faults: what is written is read back, and what cannot be read is pointed at.

use proptest::{collection::vec, prelude::*, sample::select};
use statlens::sample::{Fault, FaultKind, Faults};

fn parameter(kind: FaultKind) -> BoxedStrategy<String> {
    let list = |word: BoxedStrategy<String>| vec(word, 1..4).prop_map(|words| words.join("  ")).boxed();
    match kind {
        FaultKind::Token | FaultKind::TooMany => (1..=u32::MAX).prop_map(|count| count.to_string()).boxed(),
        FaultKind::BadUser | FaultKind::UserForbidden | FaultKind::UserUnknown => {
            list(any::<u64>().prop_map(|xuid| xuid.to_string()).boxed())
        }
        FaultKind::TitleForbidden => list("[0-9A-Fa-f-]{1,40}".boxed()),
        _ => prop_oneof![
            (0..=10_000_u32).prop_map(|share| format!("{}.{:02}%", share / 100, share % 100)),
            (0..=100_u32).prop_map(|share| format!(" {share}% ")),
            any::<u32>().prop_map(|count| format!("first {count}")),
        ]
        .boxed(),
    }
}

fn fault() -> impl Strategy<Value = Fault> {
    select(FaultKind::ALL)
        .prop_flat_map(|kind| parameter(kind).prop_map(move |text| Fault::read(kind, &text).unwrap()))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn what_is_written_is_read_back(all in vec(fault(), 0..8)) {
        let faults: Faults = all.iter().cloned().collect();
        prop_assert_eq!(faults.to_string().parse(), Ok(faults.clone()));
        let again: Faults = faults.iter().collect();
        prop_assert_eq!(&again, &faults);
        for fault in faults.iter() {
            prop_assert_eq!(Fault::read(fault.kind(), &fault.parameter()), Ok(fault.clone()));
            prop_assert_eq!(faults.get(fault.kind()), Some(fault));
        }
    }

    #[test]
    fn any_text_is_read_or_pointed_at(text in "[ -~é,:%]{0,40}|(500|slow|429|401|413|400-user|x)(:[ -~é]{0,8})?(,(500|cut|é)(:[0-9a-z% ]{0,6})?){0,3}") {
        match text.parse::<Faults>() {
            Ok(faults) => prop_assert_eq!(faults.to_string().parse(), Ok(faults)),
            Err(error) => {
                let wrong = text.get(error.at());
                prop_assert!(wrong.is_some(), "{:?} of {:?}", error.at(), text);
                prop_assert!(!error.to_string().is_empty());
            }
        }
    }
}

#[test]
fn faults_are_changed_one_by_one_as_a_panel_does() {
    let mut faults = Faults::none();
    for kind in FaultKind::ALL {
        faults.set(Fault::usual(*kind));
        assert_eq!(Fault::read(*kind, " "), Ok(Fault::usual(*kind)));
        assert!(!kind.parameter().is_empty());
    }
    assert_eq!(faults.iter().count(), FaultKind::ALL.len());
    assert_eq!(faults.to_string().parse(), Ok(faults.clone()));
    for kind in FaultKind::ALL {
        faults.remove(*kind);
    }
    assert!(faults.is_none());
    let error = Fault::read(FaultKind::Slow, "now and then").unwrap_err();
    assert!(error.to_string().contains("first 3"));
}
