"""Provers: each looks at the finished Model and yields findings. Checks are independent of one another."""
