"""How the weights of the embedded translator are learned: `mujaz finetune configs/finetune/embedded.yaml`."""
