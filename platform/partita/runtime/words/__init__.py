"""Words: how texts become words of the index, what is indexed of a record, how a question is read."""
