"""Fine-tuning as a recipe: a YAML file in, a model folder with its card out."""
