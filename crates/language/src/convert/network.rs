//! The weights in a thinc model file: nodes in a fixed order, each with its parameters.

use super::{error::ConvertError, msgpack::Value};
use crate::prepared::{
    EncoderData, Feature, LinearData, MaxoutData, Prepared, TableData, TransitionData,
};

/// The parts of a model file, in step with each other.
struct Nodes<'a> {
    path: &'static str,
    nodes: &'a [Value],
    attrs: &'a [Value],
    params: &'a [Value],
}

impl<'a> Nodes<'a> {
    fn new(path: &'static str, model: &'a Value) -> Result<Self, ConvertError> {
        let part = |key| {
            model
                .get(key)
                .and_then(Value::list)
                .ok_or(ConvertError::Unexpected {
                    path,
                    problem: "not a thinc model",
                })
        };
        let all = Nodes {
            path,
            nodes: part("nodes")?,
            attrs: part("attrs")?,
            params: part("params")?,
        };
        if all.attrs.len() != all.nodes.len() || all.params.len() != all.nodes.len() {
            return Err(all.error("parts differ in length"));
        }
        Ok(all)
    }

    fn error(&self, problem: &'static str) -> ConvertError {
        ConvertError::Unexpected {
            path: self.path,
            problem,
        }
    }

    /// Indices of the nodes with this name.
    fn named(&self, name: &str) -> impl Iterator<Item = usize> {
        self.nodes.iter().enumerate().filter_map(move |(i, node)| {
            (node.get("name").and_then(Value::str) == Some(name)).then_some(i)
        })
    }

    /// An attribute, which thinc packs once more by itself.
    fn attr(&self, node: usize, key: &str) -> Option<Value> {
        Value::read(self.attrs[node].get(key)?.bin()?)
    }

    /// Shape and numbers of a parameter.
    fn array(&self, node: usize, key: &str) -> Result<(Vec<usize>, Vec<f32>), ConvertError> {
        let read = || {
            let array = self.params[node].get(key)?;
            let kind = array.get("type")?;
            if kind.str() != Some("<f4") {
                return None;
            }
            let shape: Option<Vec<usize>> = array
                .get("shape")?
                .list()?
                .iter()
                .map(|n| Some(n.int()? as usize))
                .collect();
            let shape = shape?;
            let (numbers, rest) = array.get("data")?.bin()?.as_chunks::<4>();
            let count = shape.iter().try_fold(1usize, |n, &d| n.checked_mul(d))?;
            let fits = rest.is_empty() && numbers.len() == count;
            fits.then(|| {
                let numbers = numbers.iter().map(|&bytes| f32::from_le_bytes(bytes));
                (shape, numbers.collect())
            })
        };
        read().ok_or_else(|| self.error("a weight array is missing or odd"))
    }

    fn linear(&self, node: usize) -> Result<LinearData, ConvertError> {
        Ok(LinearData {
            w: self.array(node, "W")?.1,
            b: self.array(node, "b")?.1,
        })
    }
}

/// The `nth` linear layer with this node name.
pub(super) fn linear(
    path: &'static str,
    model: &Value,
    name: &str,
    nth: usize,
) -> Result<LinearData, ConvertError> {
    let nodes = Nodes::new(path, model)?;
    let node = nodes.named(name).nth(nth);
    nodes.linear(node.ok_or_else(|| nodes.error("a linear layer is missing"))?)
}

/// The embedding tables and convolution blocks.
pub(super) fn encoder(path: &'static str, model: &Value) -> Result<EncoderData, ConvertError> {
    let nodes = Nodes::new(path, model)?;
    let columns = nodes
        .named("extract_features")
        .next()
        .and_then(|node| nodes.attr(node, "columns"))
        .ok_or_else(|| nodes.error("no feature columns"))?;
    let mut tables = Vec::new();
    for node in nodes.named("hashembed") {
        let number = |key| nodes.attr(node, key).and_then(|value| value.int());
        let column = number("column")
            .and_then(|at| columns.list()?.get(at as usize)?.str())
            .ok_or_else(|| nodes.error("a table has no column"))?;
        let feature = match column {
            "NORM" => Feature::Norm,
            "PREFIX" => Feature::Prefix,
            "SUFFIX" => Feature::Suffix,
            "SHAPE" => Feature::Shape,
            "SPACY" => Feature::Spacy,
            "IS_SPACE" => Feature::IsSpace,
            _ => return Err(nodes.error("a feature this program does not know")),
        };
        let (shape, weights) = nodes.array(node, "E")?;
        let seed = number("seed").ok_or_else(|| nodes.error("a table has no seed"))? as u32;
        tables.push(TableData {
            feature,
            seed,
            rows: shape[0] as u32,
            weights,
        });
    }
    let mut layers = Vec::new();
    let mut size = (0, 0);
    for (maxout, norm) in nodes.named("maxout").zip(nodes.named("layernorm")) {
        let (shape, w) = nodes.array(maxout, "W")?;
        if shape.len() != 3 {
            return Err(nodes.error("a maxout layer of another shape"));
        }
        size = (shape[0] as u32, shape[1] as u32);
        layers.push(MaxoutData {
            w,
            b: nodes.array(maxout, "b")?.1,
            gain: nodes.array(norm, "G")?.1,
            shift: nodes.array(norm, "b")?.1,
        });
    }
    if layers.is_empty() || tables.is_empty() {
        return Err(nodes.error("no encoder layers"));
    }
    let mix = layers.remove(0);
    Ok(EncoderData {
        width: size.0,
        pieces: size.1,
        tables,
        mix,
        blocks: layers,
    })
}

/// The layers of a parser or entity recogniser.
pub(super) fn transitions(
    path: &'static str,
    model: &Value,
) -> Result<TransitionData, ConvertError> {
    let nodes = Nodes::new(path, model)?;
    let linears: Vec<usize> = nodes.named("linear").collect();
    let lower = nodes.named("precomputable_affine").next();
    let (Some(lower), &[upper, squeeze]) = (lower, &linears[..]) else {
        return Err(nodes.error("not a transition model with an upper layer"));
    };
    let (shape, w) = nodes.array(lower, "W")?;
    let [features, hidden, pieces, _] = shape[..] else {
        return Err(nodes.error("a lower layer of another shape"));
    };
    Ok(TransitionData {
        squeeze: nodes.linear(squeeze)?,
        features: features as u32,
        hidden: hidden as u32,
        pieces: pieces as u32,
        lower: LinearData {
            w,
            b: nodes.array(lower, "b")?.1,
        },
        pad: nodes.array(lower, "pad")?.1,
        upper: nodes.linear(upper)?,
    })
}

/// Checks that all layers fit together, so that loading need not.
pub(super) fn check(model: &Prepared) -> Result<(), ConvertError> {
    model
        .fits()
        .map_err(|(path, problem)| ConvertError::Unexpected { path, problem })
}
