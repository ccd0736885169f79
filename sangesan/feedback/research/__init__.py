"""Research (研讨): a topic is put up for study, nodes say what they see, a conclusion is drawn and passed on."""
