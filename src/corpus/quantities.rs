//! stub
use super::files::File;
use crate::error::Error;
pub struct Quantities {}
impl Quantities {
    pub fn load<'f>(_get: &dyn Fn(&str) -> &'f [File], _units: &[File]) -> Result<Quantities, Error> {
        Ok(Quantities {})
    }
}
