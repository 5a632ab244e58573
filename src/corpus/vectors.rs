//! Sentence vectors from a model that a user brings: static multilingual word vectors in the layout of model2vec. Read by
//! hand: the crate of that name panics on a table that is shorter than its vocabulary.

use crate::error::Error;
use half::f16;
use safetensors::tensor::{Dtype, SafeTensors, TensorView};
use serde_json::Value;
use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};
use tokenizers::Tokenizer;

const TOKENIZER: &str = "tokenizer.json";
const TENSORS: &str = "model.safetensors";
const CONFIG: &str = "config.json";

/// A model that turns texts into vectors: a row for every token.
pub struct Model {
    tokenizer: Tokenizer,
    /// The token of words that the model does not know; it says nothing.
    unknown: Option<u32>,
    rows: Vec<f32>,
    dimensions: usize,
    /// What each token weighs; one where the list ends.
    weights: Vec<f32>,
    /// The row of each token, where several share one; its own number where the list ends.
    mapping: Vec<usize>,
}

impl Model {
    /// Reads a model from its folder; nothing is fetched.
    pub fn read(folder: &Path) -> Result<Model, Error> {
        let (tokenizer, tensors, config) =
            (File::read(folder, TOKENIZER)?, File::read(folder, TENSORS)?, File::read(folder, CONFIG)?);
        config.json()?;
        let layout = tokenizer.json()?;
        let mut read = Tokenizer::from_bytes(&tokenizer.bytes).map_err(|error| tokenizer.broken("a tokenizer", error))?;
        read.with_truncation(None).map_err(|error| tokenizer.broken("a tokenizer", error))?;
        read.with_padding(None);
        let named = layout["model"]["unk_token"].as_str().and_then(|token| read.token_to_id(token));
        let unknown = named.or_else(|| layout["model"]["unk_id"].as_u64().map(|id| id as u32));
        let all = SafeTensors::deserialize(&tensors.bytes).map_err(|error| tensors.broken("tensors", error))?;
        let table = ["embeddings", "0", "embedding.weight"].into_iter().find_map(|name| all.tensor(name).ok());
        let table = table.ok_or_else(|| tensors.broken("a tensor \"embeddings\"", "there is none"))?;
        let &[count, dimensions] = table.shape() else {
            return Err(tensors.broken("a row of numbers for each token", format!("the shape is {:?}", table.shape())));
        };
        let values = |tensor: &TensorView| {
            values(tensor)
                .ok_or_else(|| tensors.broken("numbers (F64, F32, F16, I8, I32 or I64)", format!("{:?}", tensor.dtype())))
        };
        let rows = values(&table)?;
        let list = |name: &str| all.tensor(name).map_or_else(|_| Ok(Vec::new()), |tensor| values(&tensor));
        let weights = list("weights")?;
        let mapping: Vec<usize> = list("mapping")?.into_iter().map(|row| row as usize).collect();
        let tokens = read.get_vocab(true).into_values().max().map_or(0, |last| last as usize + 1);
        let needed = mapping.iter().map(|row| row + 1).max().unwrap_or(0).max(if mapping.len() < tokens { tokens } else { 0 });
        if count < needed || dimensions == 0 {
            return Err(
                tensors.broken(&format!("{needed} rows, one for each token of {TOKENIZER}"), format!("there are {count}"))
            );
        }
        Ok(Model { tokenizer: read, unknown, rows, dimensions, weights, mapping })
    }

    /// The vector of each text: the sum over its tokens. Only directions are compared.
    pub fn vectors(&self, texts: &[String]) -> Vec<Vec<f32>> {
        texts.iter().map(|text| self.vector(text)).collect()
    }

    fn vector(&self, text: &str) -> Vec<f32> {
        let mut sum = vec![0.0; self.dimensions];
        // A text that the tokenizer refuses has no known word.
        let Ok(encoding) = self.tokenizer.encode_fast(text, false) else { return sum };
        for &token in encoding.get_ids().iter().filter(|token| Some(**token) != self.unknown) {
            let row = self.mapping.get(token as usize).copied().unwrap_or(token as usize);
            let weight = self.weights.get(token as usize).copied().unwrap_or(1.0);
            let row = &self.rows[row * self.dimensions..(row + 1) * self.dimensions];
            sum.iter_mut().zip(row).for_each(|(sum, part)| *sum += part * weight);
        }
        sum
    }
}

/// A file of a model.
struct File {
    path: PathBuf,
    bytes: Vec<u8>,
}

impl File {
    fn read(folder: &Path, name: &str) -> Result<File, Error> {
        let path = folder.join(name);
        match fs::read(&path) {
            Ok(bytes) => Ok(File { path, bytes }),
            Err(cause) => Err(Error::Read { path, cause }),
        }
    }

    fn json(&self) -> Result<Value, Error> {
        serde_json::from_slice(&self.bytes).map_err(|error| self.broken("JSON", error))
    }

    fn broken(&self, expected: &str, found: impl Display) -> Error {
        Error::Usage(format!("{}: expected {expected} of a model in the layout of Model2Vec: {found}", self.path.display()))
    }
}

/// The numbers of a tensor; None for a type that models are not written in.
fn values(tensor: &TensorView) -> Option<Vec<f32>> {
    let bytes = tensor.data();
    Some(match tensor.dtype() {
        Dtype::F64 => bytes.as_chunks().0.iter().map(|part| f64::from_le_bytes(*part) as f32).collect(),
        Dtype::F32 => bytes.as_chunks().0.iter().map(|part| f32::from_le_bytes(*part)).collect(),
        Dtype::F16 => bytes.as_chunks().0.iter().map(|part| f16::from_le_bytes(*part).to_f32()).collect(),
        Dtype::I8 => bytes.iter().map(|byte| f32::from(byte.cast_signed())).collect(),
        Dtype::I32 => bytes.as_chunks().0.iter().map(|part| i32::from_le_bytes(*part) as f32).collect(),
        Dtype::I64 => bytes.as_chunks().0.iter().map(|part| i64::from_le_bytes(*part) as f32).collect(),
        _ => return None,
    })
}
