use super::*;

fn of(x: &[f64], y: &[f64], method: Method) -> Correlation {
    correlation(x, y, method, &Stop::default()).unwrap()
}

#[test]
fn a_missing_number_takes_its_pair_with_it() {
    let x = [1.0, f64::NAN, 3.0, 4.0, 100.0];
    let y = [2.0, 50.0, 6.0, 8.0, f64::INFINITY];
    for method in [Method::Pearson, Method::Spearman] {
        let found = of(&x, &y, method);
        assert_eq!((found.pairs, found.missing), (3, 2));
        assert!((found.r.unwrap() - 1.0).abs() < 1e-12, "{found:?}");
    }
}

#[test]
fn equal_numbers_share_the_mean_of_their_ranks() {
    let mut values = [5.0, 1.0, 5.0, -0.0, 0.0, 9.0];
    let order = ascending(&values);
    rank(&mut values, &order, &[0, 1, 2, 3, 4, 5]);
    assert_eq!(values, [4.5, 3.0, 4.5, 1.5, 1.5, 6.0]);
}

#[test]
fn ranks_rise_with_numbers_of_any_size() {
    let x = [-f64::MAX, -1e18, 0.0, 1e-300, 1e18, f64::MAX];
    let y = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
    assert!((of(&x, &y, Method::Spearman).r.unwrap() - 1.0).abs() < 1e-12);
    let r = of(&x, &y, Method::Pearson).r.unwrap();
    assert!(r > 0.0 && r < 1.0, "{r}");
}

#[test]
fn what_does_not_vary_goes_with_nothing() {
    let level = [0.1; 5];
    let rising = [1.0, 2.0, 3.0, 4.0, 5.0];
    for method in [Method::Pearson, Method::Spearman] {
        assert_eq!(of(&level, &rising, method), Correlation { r: None, pairs: 5, missing: 0 });
        assert_eq!(of(&[], &[], method), Correlation { r: None, pairs: 0, missing: 0 });
        assert_eq!(of(&[1.0], &[2.0], method).r, None);
        assert_eq!(of(&[f64::NAN; 5], &rising, method), Correlation { r: None, pairs: 0, missing: 5 });
    }
    // Where both have a number, only one is left of x.
    assert_eq!(of(&[1.0, 1.0, 2.0], &[5.0, 6.0, f64::NAN], Method::Pearson).r, None);
}

#[test]
fn a_matrix_is_the_same_both_ways() {
    let columns: Vec<Vec<f64>> =
        (1..5).map(|column| (0..50).map(|row| f64::from(row * column * 7 % 31)).collect()).collect();
    let slices: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    for method in [Method::Pearson, Method::Spearman] {
        let found = matrix(&slices, method, &Stop::default()).unwrap();
        assert_eq!(found.size(), 4);
        for one in 0..4 {
            assert!((found.at(one, one).r.unwrap() - 1.0).abs() < 1e-12);
            for other in 0..4 {
                assert_eq!(found.at(one, other), found.at(other, one));
                let alone = of(&columns[one.max(other)], &columns[one.min(other)], method);
                assert_eq!(found.at(one, other), &alone);
            }
        }
    }
    assert_eq!(matrix(&[], Method::Pearson, &Stop::default()).unwrap().size(), 0);
    let stop = Stop::default();
    stop.stop();
    assert_eq!(matrix(&slices, Method::Pearson, &stop), Err(Stopped));
}

#[test]
fn each_goes_wholly_with_itself() {
    for step in 1..200 {
        let column: Vec<f64> = (0..7).map(|row| f64::from(row * row * step % 97) / 7.0).collect();
        for method in [Method::Pearson, Method::Spearman] {
            let found = matrix(&[&column], method, &Stop::default()).unwrap();
            assert_eq!(found.at(0, 0).r, column.iter().any(|number| *number > 0.0).then_some(1.0), "{step}");
        }
    }
}
