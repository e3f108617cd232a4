"""Hold the model against published figures; uses `sim`, never the other way round."""
