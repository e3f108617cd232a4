"""Words and tools of the model: vocabulary, parameters, luck, log; imports nothing else of the program."""
