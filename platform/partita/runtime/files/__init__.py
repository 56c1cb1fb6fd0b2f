"""Attachments of records: streamed into blobs; theirs who uploads until a record takes them, then as open as it is."""
