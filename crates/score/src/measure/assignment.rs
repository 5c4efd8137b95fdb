//! One-to-one matching of greatest weight.

/// Matches rows to columns one to one so that the weights add up to the most; a weight of 0 is no match.
///
/// `weights[row][column]`; returns each row's column. The Hungarian method, O(rows² × columns); ties are broken by the
/// lowest column, so the result depends on the order given and on nothing else.
pub fn assign(weights: &[Vec<u64>]) -> Vec<Option<usize>> {
    let rows = weights.len();
    let columns = weights.first().map_or(0, Vec::len);
    if rows == 0 || columns == 0 {
        return vec![None; rows];
    }
    // The method wants at least as many columns as rows; the missing ones weigh nothing.
    let m = columns.max(rows);
    let cost = |row: usize, column: usize| -> i64 {
        if column <= columns {
            -(weights[row - 1][column - 1] as i64)
        } else {
            0
        }
    };
    let mut u = vec![0i64; rows + 1];
    let mut v = vec![0i64; m + 1];
    let mut row_of = vec![0usize; m + 1];
    let mut way = vec![0usize; m + 1];
    for row in 1..=rows {
        row_of[0] = row;
        let mut at = 0;
        let mut least = vec![i64::MAX; m + 1];
        let mut used = vec![false; m + 1];
        loop {
            used[at] = true;
            let here = row_of[at];
            let (mut delta, mut next) = (i64::MAX, 0);
            for column in 1..=m {
                if used[column] {
                    continue;
                }
                let reduced = cost(here, column) - u[here] - v[column];
                if reduced < least[column] {
                    least[column] = reduced;
                    way[column] = at;
                }
                if least[column] < delta {
                    delta = least[column];
                    next = column;
                }
            }
            for column in 0..=m {
                if used[column] {
                    u[row_of[column]] += delta;
                    v[column] -= delta;
                } else if column > 0 {
                    least[column] -= delta;
                }
            }
            at = next;
            if row_of[at] == 0 {
                break;
            }
        }
        while at != 0 {
            row_of[at] = row_of[way[at]];
            at = way[at];
        }
    }
    let mut out = vec![None; rows];
    for column in 1..=columns {
        let row = row_of[column];
        if row > 0 && weights[row - 1][column - 1] > 0 {
            out[row - 1] = Some(column - 1);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_up_a_good_match_for_two() {
        assert_eq!(assign(&[vec![5, 4], vec![5, 0]]), [Some(1), Some(0)]);
    }

    #[test]
    fn no_weight_is_no_match() {
        assert_eq!(
            assign(&[vec![0, 0], vec![0, 1], vec![0, 2]]),
            [None, None, Some(1)]
        );
        assert_eq!(assign(&[]), []);
        assert_eq!(assign(&[vec![], vec![]]), [None, None]);
    }

    #[test]
    fn agrees_with_trying_everything() {
        // A small linear congruential generator: the same matrices on every run.
        let mut state = 7u64;
        let mut next = || {
            state = state
                .wrapping_mul(6364136223846793005)
                .wrapping_add(1442695040888963407);
            (state >> 33) % 6
        };
        for _ in 0..200 {
            let weights: Vec<Vec<u64>> = (0..4).map(|_| (0..3).map(|_| next()).collect()).collect();
            let ours: u64 = assign(&weights)
                .iter()
                .enumerate()
                .filter_map(|(row, column)| column.map(|column| weights[row][column]))
                .sum();
            assert_eq!(ours, best(&weights, 0, 0), "{weights:?}");
        }
    }

    fn best(weights: &[Vec<u64>], row: usize, used: u32) -> u64 {
        if row == weights.len() {
            return 0;
        }
        let mut top = best(weights, row + 1, used);
        for (column, weight) in weights[row].iter().enumerate() {
            if used & (1 << column) == 0 {
                top = top.max(weight + best(weights, row + 1, used | (1 << column)));
            }
        }
        top
    }
}
