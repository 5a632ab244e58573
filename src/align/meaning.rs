//! What sentence vectors say of two segments: how near their meanings are, beyond how near any two segments of the texts are.

use super::band::Band;
use super::units::Side;
use std::ops::Range;

/// The vectors of the segments of a text, each of length one (or zero for a segment without a known word).
pub struct Vectors {
    segments: Vec<Vec<f32>>,
    /// Their mean: its product with a vector is the mean cosine of that vector with all of them.
    centre: Vec<f32>,
}

impl Vectors {
    pub fn new(mut segments: Vec<Vec<f32>>) -> Vectors {
        for vector in &mut segments {
            normalise(vector);
        }
        let mut centre = vec![0.0; segments.first().map_or(0, Vec::len)];
        for vector in &segments {
            centre.iter_mut().zip(vector).for_each(|(sum, part)| *sum += part / segments.len() as f32);
        }
        Vectors { segments, centre }
    }

    /// The same vectors, the segments in another order.
    pub fn reordered(&self, order: &[usize]) -> Vectors {
        Vectors { segments: order.iter().map(|at| self.segments[*at].clone()).collect(), centre: self.centre.clone() }
    }

    /// For runs of up to `widest` segments from each segment on: the length of the sum of their vectors.
    fn lengths(&self, widest: usize) -> Vec<Vec<f32>> {
        let from = |start: usize| {
            let mut sum = vec![0.0; self.centre.len()];
            let run = self.segments[start..].iter().take(widest);
            run.map(|vector| {
                sum.iter_mut().zip(vector).for_each(|(sum, part)| *sum += part);
                product(&sum, &sum).sqrt()
            })
            .collect()
        };
        (0..self.segments.len()).map(from).collect()
    }
}

fn normalise(vector: &mut [f32]) {
    let length = product(vector, vector).sqrt();
    if length > 0.0 {
        for part in vector {
            *part /= length;
        }
    }
}

fn product(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// What a margin of one says for a segment, in nats. A translation is usually some 0.3 to 0.5 nearer than strangers are,
/// which weighs about as much as three or four words that a dictionary pairs.
const WEIGHT: f32 = 20.0;

/// What the vectors of two segments say for their pair, in nats; nothing without vectors.
pub fn likeness(source: &Side, target: &Side, row: usize, column: usize) -> f32 {
    let (Some(source), Some(target)) = (&source.vectors, &target.vectors) else { return 0.0 };
    let (here, there) = (&source.segments[row], &target.segments[column]);
    let usual = f32::midpoint(product(here, &target.centre), product(there, &source.centre));
    WEIGHT * (product(here, there) - usual)
}

/// The nearness of all runs of segments inside a band.
pub struct Nearness<'a> {
    source: &'a Vectors,
    target: &'a Vectors,
    band: &'a Band,
    /// The cosine of the two segments that end at each cell.
    cosines: Vec<f32>,
    lengths: (Vec<Vec<f32>>, Vec<Vec<f32>>),
    /// The mean cosine of each segment with all of the other text.
    usual: (Vec<f32>, Vec<f32>),
}

impl<'a> Nearness<'a> {
    /// None when the texts have no vectors.
    pub fn new(source: &'a Side, target: &'a Side, band: &'a Band, widest: usize) -> Option<Nearness<'a>> {
        let (source, target) = (source.vectors.as_ref()?, target.vectors.as_ref()?);
        let mut cosines = vec![0.0; band.size()];
        for row in 1..=source.segments.len() {
            for column in band.columns(row).filter(|column| *column > 0) {
                let Some(cell) = band.at(row, column) else { continue };
                cosines[cell] = product(&source.segments[row - 1], &target.segments[column - 1]);
            }
        }
        let usual = |own: &Vectors, other: &Vectors| own.segments.iter().map(|vector| product(vector, &other.centre)).collect();
        let usual = (usual(source, target), usual(target, source));
        Some(Nearness { source, target, band, cosines, lengths: (source.lengths(widest), target.lengths(widest)), usual })
    }

    /// What the vectors of a bead say for it, in nats: by how much its two sides are nearer to each other than each is to
    /// the other text on average (after the margin of Artetxe and Schwenk 2019), for every segment of the shorter side.
    pub fn of(&self, source: &Range<usize>, target: &Range<usize>) -> f32 {
        let pairs = source.clone().flat_map(|row| target.clone().map(move |column| (row, column)));
        let sum: f32 = pairs.map(|(row, column)| self.cosine(row, column)).sum();
        let length = self.lengths.0[source.start][source.len() - 1] * self.lengths.1[target.start][target.len() - 1];
        if length == 0.0 {
            return 0.0;
        }
        let mean = |usual: &[f32]| usual.iter().sum::<f32>() / usual.len() as f32;
        let usual = f32::midpoint(mean(&self.usual.0[source.clone()]), mean(&self.usual.1[target.clone()]));
        WEIGHT * (sum / length - usual) * source.len().min(target.len()) as f32
    }

    fn cosine(&self, row: usize, column: usize) -> f32 {
        match self.band.at(row + 1, column + 1) {
            Some(cell) => self.cosines[cell],
            None => product(&self.source.segments[row], &self.target.segments[column]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_centre_gives_the_mean_cosine() {
        let vectors = Vectors::new(vec![vec![2.0, 0.0], vec![0.0, 3.0], vec![0.0, 0.0]]);
        assert_eq!(vectors.segments, [vec![1.0, 0.0], vec![0.0, 1.0], vec![0.0, 0.0]]);
        assert!((product(&[1.0, 0.0], &vectors.centre) - 1.0 / 3.0).abs() < 1e-6);
        assert_eq!(vectors.lengths(2), [vec![1.0, 2.0f32.sqrt()], vec![1.0, 1.0], vec![0.0]]);
        assert_eq!(vectors.reordered(&[1, 0, 2]).segments[0], [0.0, 1.0]);
    }
}
